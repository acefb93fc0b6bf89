"""Which town a dialling code is of, learned from the rows of lists that were read.

python -m benchmarks.companies.dialling

Writes `companies/linkage/row/dialling.toml`. A code counts where three firms in one town have it, and fewer in all
others together.
"""

import re
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.companies import __main__ as lists
from benchmarks.companies import cells
from wegweiser.companies.linkage.row import whereabouts
from wegweiser.companies.linkage.row.written_addresses import folded_place

KEPT_BACK = {*lists.UNREAD, "unseen", "thirtieth", "thirty-first"}
LEAST_FIRMS = 3
_CODE = re.compile(r"\s*(?:\+49\s?|0049\s?|\(?0)(\d{2,5})\)?\s?[ /-]")
_MOBILE = ("15", "16", "17", "80", "18", "19")


def learned() -> dict[str, str]:
    """The folded name of a town by dialling code without its zero."""
    gazetteer = cells.cleaner().region.gazetteer
    firms: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for half in lists.HALVES:
        for row in () if half in KEPT_BACK else lists.rows(half):
            code, town = _CODE.match(row.get("phone") or ""), folded_place(row["place"])
            if code and not code[1].startswith(_MOBILE) and gazetteer.called(town):
                firms[code[1]][town].add(f"{half} {row['firm']}")
    found = {}
    for code, towns in firms.items():
        (town, most), *more = Counter({town: len(theirs) for town, theirs in towns.items()}).most_common()
        if most >= LEAST_FIRMS and most > sum(count for _, count in more):
            found[code] = town
    return dict(sorted(found.items()))


def main() -> None:
    lines = [
        "# The town of a dialling code (without its zero), learned from rows that have both:",
        "# python -m benchmarks.companies.dialling",
        *(f'{code} = "{town}"' for code, town in learned().items()),
    ]
    path = Path(whereabouts.__file__).with_name("dialling.toml")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
