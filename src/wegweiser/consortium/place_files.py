"""The two CSV files with which a centre brings its places and postal codes (docs/operation.md)."""

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from wegweiser.consortium.gazetteer import Place
from wegweiser.kernel.errors import DomainError

PLACE_COLUMNS = ("name", "district", "area", "latitude", "longitude", "population")
CODE_COLUMNS = ("postcode", "place", "district")


def read(places: Path, postcodes: Path | None, *, districts: Collection[str]) -> list[Place]:
    """The places of a centre's files. Raises DomainError("places_invalid") with file, line and mistake.

    `districts` are the AGS that may be named.
    """
    codes: dict[tuple[str, str], list[str]] = {}
    known: dict[tuple[str, str], Place] = {}
    for line, row in _rows(places, PLACE_COLUMNS):
        if row["district"] and row["district"] not in districts:
            raise _mistake(places, line, f"the district {row['district']!r} is not in the catalogue")
        try:
            latitude, longitude = float(row["latitude"]), float(row["longitude"])
            population = int(row["population"] or 0)
        except ValueError as error:
            raise _mistake(places, line, str(error)) from error
        if not row["name"] or len(row["name"]) > 80:
            raise _mistake(places, line, "a place needs a name of at most 80 characters")
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and population >= 0):
            raise _mistake(places, line, "latitude, longitude or population is out of range")
        known[row["name"], row["district"]] = Place(
            row["name"], row["district"], row["area"][:80], latitude, longitude, population
        )
    for line, row in _rows(postcodes, CODE_COLUMNS) if postcodes else ():
        if not re.fullmatch(r"\d{5}", row["postcode"]):
            raise _mistake(postcodes, line, f"{row['postcode']!r} is no postal code of five digits")
        key = row["place"], row["district"]
        if key not in known:
            raise _mistake(postcodes, line, f"there is no place {row['place']!r} in {row['district']!r}")
        codes.setdefault(key, []).append(row["postcode"])
    return [
        Place(row.name, row.district, row.area, *row.point, row.population, tuple(codes.get(key, ())))
        for key, row in known.items()
    ]


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line. Raises DomainError where the file cannot be read or has other columns."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise DomainError("centre_file_missing", f"{path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise DomainError("places_invalid", f"{path} is not UTF-8.") from error
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != tuple(columns):
        raise DomainError("places_invalid", f"{path}: the first line must be {','.join(columns)}.")
    for row in reader:
        if None in row or None in row.values():
            raise _mistake(path, reader.line_num, f"there must be {len(columns)} columns")
        yield reader.line_num, {name: value.strip() for name, value in row.items()}


def _mistake(path: Path | None, line: int, text: str) -> DomainError:
    return DomainError("places_invalid", f"{path}, line {line}: {text}.")
