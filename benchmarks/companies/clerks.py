"""What a careful clerk finds on lists that we are measured by: who merges, asks and leaves apart by reading alone.

PYTHONPATH=src:. python -m benchmarks.companies.clerks

`clerks/LIST.json` holds what somebody decided who knew the rows without `truth` and `trap`, and no rule: `one` are
groups of rows (counted from 0) that they would merge by themselves, `ask` pairs that they would lay before others.
"""

import json
from itertools import combinations
from pathlib import Path

from benchmarks.companies.__main__ import interval, ours, rows, told_by, truth

HERE = Path(__file__).parent / "clerks"


def main() -> None:
    for path in sorted(HERE.glob("*.json")):
        decided, table = json.loads(path.read_text(encoding="utf-8")), rows(path.stem)
        same, traps, disputed = truth(table)
        merged = {tuple(sorted(pair)) for group in decided["one"] for pair in combinations(group, 2)}
        group_of = {row: group for group in decided["one"] for row in group}
        asked = {
            tuple(sorted((one, other)))
            for left, right in decided["ask"]
            for one in group_of.get(left, [left])
            for other in group_of.get(right, [right])
        }
        by_us, shown = ours(told_by(path.stem, table))
        print(path.stem)
        for who, found, proposed in (("a clerk", merged, asked), ("ours", by_us, shown)):
            judged, told = found - disputed, found | proposed
            print(f"  {who}: precision {interval(len(judged & same), len(judged))}")
            print(f"    recall {interval(len(found & same), len(same))}, or shown {len(told & same) / len(same):.3f}")
            print(f"    traps merged {len(found & traps)} of {len(traps)}")


if __name__ == "__main__":
    main()
