"""`python -m benchmarks.matching.enquirers`: how well it is told who asks, and whether a centre has something for them.

260 texts by a writer who has seen no rule and no other text; nobody who works on the rules reads them, and they are
never printed. Floors: everybody is a firm, and signs alone, without what texts have taught.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from wegweiser.catalogue.matching import E5, Index, Match, UniversalSentenceEncoder, enquirers, learned_from_bytes
from wegweiser.catalogue.matching.rules import Kind

from .catalogue import LEARNED, load
from .figures import mean, ratio

FILE = Path(__file__).with_name("enquirers.jsonl")
Told = list[tuple[str, bool]]  # kind, and whether that is clear


def main() -> None:
    asked = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    documents, encoders = load(), [E5(), UniversalSentenceEncoder()]
    vectors = {e.name: e.encode_offers([document.passage for document in documents]) for e in encoders}
    index = Index.build(documents, vectors, encoders=encoders, learned=learned_from_bytes(LEARNED.read_bytes()))
    found = [index.match(row["text"], row["lang"]) for row in asked]
    kinds = [row["kind"] for row in asked]
    signs = [enquirers.told(row["text"], None) for row in asked]
    ways: dict[str, Told] = {
        "everybody is a firm (floor)": [(str(Kind.COMPANY), False)] * len(asked),
        "signs alone": [(str(one.kind), one.is_clear) for one in signs],
        "full": [(match.kind, match.introduced) if match else ("", False) for match in found],
    }
    names = [str(kind) for kind in Kind if str(kind) in kinds]
    print("| way | kind right |", " | ".join(f"{name} found, taken for it" for name in names), "|")
    print("| --- " * (len(names) + 2) + "|")
    for way, told in ways.items():
        right = mean([float(kind == true) for (kind, _), true in zip(told, kinds, strict=True)])
        print(f"| {way} | {right} |", " | ".join(_of(name, told, kinds) for name in names), "|")
    print("\n| full | figure |\n| --- | --- |")
    clear = [(kind, true) for (kind, is_clear), true in zip(ways["full"], kinds, strict=True) if is_clear]
    print(f"| clear who asks: of those that are no firm | {ratio(_clear(ways['full'], kinds))} |")
    print(f"| clear who asks: right | {mean([float(kind == true) for kind, true in clear])} |")
    print(f"| clear who asks: a firm all the same | {sum(true == Kind.COMPANY for _, true in clear)} of {len(clear)} |")
    _scope([row["in_scope"] for row in asked], found, kinds)


def _of(name: str, told: Told, kinds: Sequence[str]) -> str:
    """How many of a kind were found, and how many were taken for it that are not."""
    pairs = [(kind, true) for (kind, _), true in zip(told, kinds, strict=True)]
    hits = sum(kind == true == name for kind, true in pairs)
    return f"{hits} of {sum(true == name for _, true in pairs)}, {sum(kind == name != true for kind, true in pairs)}"


def _clear(told: Told, kinds: Sequence[str]) -> list[tuple[float, float]]:
    return [(float(is_clear), 1.0) for (_, is_clear), true in zip(told, kinds, strict=True) if true != Kind.COMPANY]


def _scope(inside: Sequence[bool], found: Sequence[Match | None], kinds: Sequence[str]) -> None:
    out = [(not known, match is None or not match.in_scope) for known, match in zip(inside, found, strict=True)]
    print(f"| out of scope: precision | {ratio([(float(true and said), float(said)) for true, said in out])} |")
    print(f"| out of scope: recall | {ratio([(float(true and said), float(true)) for true, said in out])} |")
    lost = sum(said and not true for (true, said), kind in zip(out, kinds, strict=True) if kind == Kind.COMPANY)
    print(f"| firms inside that got no offer | {lost} of {kinds.count(Kind.COMPANY)} |")


if __name__ == "__main__":
    main()
