"""`python -m benchmarks.companies.made_up [--told]`: pairs by two readers who looked where the rules are too narrow.

1,743 pairs that any clerk would merge and 394 traps beside them, each two rows as a list has them; `kind` says by what.
Pairs alone are compared, so no third row helps. `--told` prints what is told otherwise.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from benchmarks.companies import cells
from benchmarks.companies.__main__ import interval
from wegweiser.companies.importing import told
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.row import whereabouts
from wegweiser.companies.linkage.row.profiles import profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict

FILE = Path(__file__).with_name("made_up.jsonl")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.companies.made_up")
    parser.add_argument("--told", action="store_true", help="print the pairs that are told otherwise")
    given = parser.parse_args()
    pairs = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    columns = cells.OUTSIDERS_COLUMNS
    table = [{name: pair[side].get(cell, "") for name, cell in columns.items()} for pair in pairs for side in "ab"]
    places = cells.cleaner().region.gazetteer
    rows = [
        whereabouts.located(told.known_of(row), lambda: places) if isinstance(row, Clean) else None
        for row in cells.read(table, columns)
    ]
    count: Counter[tuple[bool, Verdict]] = Counter()
    for number, (pair, one, other) in enumerate(zip(pairs, rows[::2], rows[1::2], strict=True), start=1):
        verdict = compare(profile(1, one), profile(2, other)).verdict if one and other else Verdict.NO
        count[pair["same"], verdict] += 1
        if given.told and (verdict == Verdict.SURE) is not pair["same"]:
            print(f"{number} {pair['kind']}: {verdict.name}\n  {pair['a']}\n  {pair['b']}")
    same, traps = (sum(count[is_one, verdict] for verdict in Verdict) for is_one in (True, False))
    print(f"of one firm and merged: {interval(count[True, Verdict.SURE], same)}")
    print(f"of one firm and merged or shown: {interval(same - count[True, Verdict.NO], same)}")
    print(f"traps merged: {count[False, Verdict.SURE]} of {traps}")


if __name__ == "__main__":
    main()
