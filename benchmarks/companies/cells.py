"""What an import makes of single cells, against what a person says they mean: `third.psv` read as the list it is.

`expected` holds postal code;telephone;district;least;most;first contact;mail;held for each row. `*`: a matter of taste.
"""

import csv
import datetime as dt
import io
import json
from collections import Counter
from pathlib import Path

from wegweiser.companies.importing import headers, reading
from wegweiser.companies.importing.region import DistrictName, Region
from wegweiser.companies.importing.rows import Clean, Cleaner, Rejected
from wegweiser.companies.importing.sectors import Sectors
from wegweiser.consortium import gazetteer, place_files

CENTRE = Path(gazetteer.__file__).parent.parent / "centres" / "magdeburg"
NO_FIRM = "-"  # a line of the list that is none
TODAY = dt.date(2026, 11, 26)
JUDGED = ("postcode", "phone", "district", "least", "most", "first contact", "mail", "held")
COLUMNS = {
    "name": "Firma",
    "street": "Straße",
    "postcode": "PLZ",
    "place": "Ort",
    "district": "Landkreis",
    "phone": "Telefon",
    "email": "E-Mail",
    "website": "Internet",
    "person": "Ansprechpartner",
    "staff": "Mitarbeiterzahl",
    "since": "Erstkontakt",
    "remark": "Bemerkungen",
}
OUTSIDERS_COLUMNS = {
    "name": "Firma",
    "person": "Ansprechpartner",
    "street": "Straße",
    "postcode": "PLZ",
    "place": "Ort",
    "phone": "Telefon",
    "email": "E-Mail",
    "website": "Web",
    "sector": "Branche",
    "staff": "Mitarbeiter",
    "remark": "Bemerkung",
}
SOURCES = ("postcode", "phone", "district", "staff", "staff", "since", "email", "")


def cleaner() -> Cleaner:
    """The model centre's, read from its files."""
    catalogue = json.loads((CENTRE / "catalogue.json").read_text(encoding="utf-8"))
    found = tuple(DistrictName(row["ags"], row["label"], row.get("plate") or "") for row in catalogue["districts"])
    places = place_files.read(
        CENTRE / "places.csv", CENTRE / "postcodes.csv", districts={district.ags for district in found}
    )
    labels = {row["key"]: (row["label"],) for row in catalogue["sectors"]}
    known = gazetteer.Gazetteer(
        tuple(places),
        {district.ags: district.name for district in found},
        plates={district.plate: district.ags for district in found if district.plate},
    )
    return Cleaner(Region(found, known), Sectors(labels), TODAY)


def read(table: list[dict[str, str]], columns: dict[str, str]) -> list[Clean | Rejected]:
    """The table written as a file and read as an import reads it; `\\n` in a cell is a line break."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";")
    lines.writerow(columns.values())
    lines.writerows([[row.get(name, "").replace("\\n", "\n") for name in columns] for row in table])
    grid = reading.read(text.getvalue().encode())
    head = headers.head(grid.lines)
    return list(cleaner().rows(grid.lines, head, head.mapping))


def got(row: Clean) -> tuple[str, ...]:
    return (
        row.postcode,
        next(iter(row.phones), ""),
        row.district,
        "" if row.employees_min is None else str(row.employees_min),
        "" if row.employees_max is None else str(row.employees_max),
        row.first_contact.isoformat() if row.first_contact else "",
        next(iter(row.emails), ""),
        "h" if row.held else "",
    )


def judge(table: list[dict[str, str]], *, misses: bool) -> None:
    """Print how many cells were read right. Cells where nothing stands and nothing is meant are not counted."""
    right, judged = Counter[str](), Counter[str]()
    for row, read_row in zip(table, read(table, COLUMNS), strict=True):
        is_firm = row["firm"] != NO_FIRM
        judged["row taken or left out"] += 1
        right["row taken or left out"] += isinstance(read_row, Clean) is is_firm
        if isinstance(read_row, Rejected) or not is_firm:
            if isinstance(read_row, Clean) is not is_firm and misses:
                print(f"  row taken or left out: {row['name']} {row['email']} {row['phone']}")
            continue
        meant = (row["expected"].split(";") + [""] * len(JUDGED))[: len(JUDGED)]
        for name, source, is_meant, found in zip(JUDGED, SOURCES, meant, got(read_row), strict=True):
            if is_meant == "*" or (name == "mail" and not is_meant) or not (source == "" or row[source] or is_meant):
                continue
            judged[name] += 1
            right[name] += found == is_meant
            if found != is_meant and misses:
                print(f"  {name}: {row['name']}: {row.get(source, '')!r} is {found!r}, meant {is_meant!r}")
    for name, count in judged.items():
        print(f"  {name}: {right[name]} of {count}")
