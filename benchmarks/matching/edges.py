"""`python -m benchmarks.matching.edges`: emergencies, what a centre is not for, and what only sounds like either.

380 texts by a writer who has seen no rule and no other text; nobody who works on the rules reads them, and they are
never printed. The floor is signs alone, without encoders and without what texts have taught.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from wegweiser.catalogue.matching import E5, Index, UniversalSentenceEncoder, learned_from_bytes

from .catalogue import LEARNED, load
from .figures import Figure, mean

FILE = Path(__file__).with_name("edges.jsonl")
URGENT, OUTSIDE, NEAR = "urgent", "outside", "near"  # and "calm"
Said = list[tuple[bool, bool]]  # of each text: taken for an emergency, taken for what lies outside


def main() -> None:
    asked = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    documents, encoders = load(), [E5(), UniversalSentenceEncoder()]
    vectors = {e.name: e.encode_offers([document.passage for document in documents]) for e in encoders}
    learned = learned_from_bytes(LEARNED.read_bytes())
    ways = {
        "signs alone (floor)": Index.build(documents),
        "full": Index.build(documents, vectors, encoders=encoders, learned=learned),
    }
    said: dict[str, Said] = {}
    for way, index in ways.items():
        found = [index.match(row["text"], row["lang"]) for row in asked]
        said[way] = [(match.urgent, not match.in_scope) if match else (False, True) for match in found]
    figures = {way: _figures(asked, told) for way, told in said.items()}
    print("| 380 texts |", " | ".join(ways), "|\n| --- " + "| --- " * len(ways) + "|")
    for name in next(iter(figures.values())):
        print(f"| {name} |", " | ".join(str(of[name]) for of in figures.values()), "|")


def _figures(asked: Sequence[dict[str, Any]], said: Said) -> dict[str, Figure]:
    rows = [
        (row["label"], row["label"] == OUTSIDE or row.get(OUTSIDE, False), *told)
        for row, told in zip(asked, said, strict=True)
    ]
    return {
        "emergencies found": mean([float(urgent) for label, _, urgent, _ in rows if label == URGENT]),
        "false alarms among all others": mean([float(urgent) for label, _, urgent, _ in rows if label != URGENT]),
        "out of scope: precision": mean([float(is_out) for _, is_out, _, told in rows if told]),
        "out of scope: recall": mean([float(told) for _, is_out, _, told in rows if is_out]),
        "inside that sound outside, taken for it": mean([float(told) for label, _, _, told in rows if label == NEAR]),
    }


if __name__ == "__main__":
    main()
