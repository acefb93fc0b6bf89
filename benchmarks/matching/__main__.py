"""`python -m benchmarks.matching`: figures for six sets of questions and six ways of matching.

The first two sets are in halves, the others are unseen as a whole.
`--set second` takes one set only, `--half tune` leaves the unseen half alone: tuning must not look at it. The texts of
the half "unseen" are never printed; its labels are used for nothing but these figures.
"""

import argparse
import json
import os
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from wegweiser.catalogue.matching import (
    E5,
    Document,
    Encoder,
    Example,
    Index,
    Learned,
    Match,
    UniversalSentenceEncoder,
    learned_from_bytes,
)

from .catalogue import LEARNED, load
from .figures import Figure, mean, ndcg, ratio

# From the third on they are unseen as a whole.
FILES = {
    "first": "questions.jsonl",
    "second": "blind.jsonl",
    "third": "third.jsonl",
    "fourth": "fourth.jsonl",
    "fifth": "fifth.jsonl",
    "sixth": "sixth.jsonl",
}
SETS = {name: Path(__file__).with_name(file) for name, file in FILES.items()}
FOLDS = 5


class Remembered:
    """An encoder that encodes each question once, so that four ways do not cost four times the work."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}
        self.name = encoder.name
        self.version = encoder.version
        self.dimensions = encoder.dimensions

    def encode_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Rows (n, dimensions)."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode_questions([text])[0]
        return np.array([self._known[text] for text in texts], np.float32).reshape(len(texts), self.dimensions)

    def encode_offers(self, texts: Sequence[str]) -> np.ndarray:
        """Rows (n, dimensions)."""
        return self._encoder.encode_offers(texts)


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.matching", description="Figures of the matching.")
    parser.add_argument("--half", choices=("tune", "unseen"), help="print one half only")
    parser.add_argument("--set", choices=tuple(SETS), help="one set only")
    given = parser.parse_args()
    documents = load()
    encoders = [Remembered(E5()), Remembered(UniversalSentenceEncoder())]
    vectors = {e.name: e.encode_offers([document.passage for document in documents]) for e in encoders}
    e5, use = encoders
    kinds = {document.key: document.kind for document in documents}
    taught = learned_from_bytes(LEARNED.read_bytes())
    ways = {
        "BM25 on whole words (floor)": Index.build(documents, plain=True),
        "lexical": Index.build(documents),
        "lexical + e5": Index.build(documents, vectors, encoders=[e5]),
        "lexical + use": Index.build(documents, vectors, encoders=[use]),
        "lexical + both encoders": Index.build(documents, vectors, encoders=encoders),
        "full: and sample questions": Index.build(documents, vectors, encoders=encoders, learned=taught),
    }
    for name in [given.set] if given.set else SETS:
        questions = [json.loads(line) for line in SETS[name].read_text(encoding="utf-8").splitlines()]
        halves = {half: [q for q in questions if q["half"] == half] for half in ("tune", "unseen")}
        tell(name, halves, given.half, documents, vectors, encoders, ways, kinds, taught)
    cost(documents, vectors, taught, [q["text"] for q in halves["tune"] or halves["unseen"]])


def tell(
    of: str,
    halves: dict[str, list[dict[str, Any]]],
    wanted: str | None,
    documents: list[Document],
    vectors: dict[str, np.ndarray],
    encoders: list[Remembered],
    ways: dict[str, Index],
    kinds: dict[str, str],
    taught: Learned,
) -> None:
    """The tables of one set."""
    for half, asked in halves.items():
        if wanted not in (None, half) or not asked:
            continue
        print(f"\n## {of} set, {half}\n")
        print("| way | right topic first | among two | nDCG@5 of offers |\n| --- | --- | --- | --- |")
        for name, index in ways.items():
            report(name, asked, [index.match(q["text"], q["lang"]) for q in asked])
        edges(asked, [ways["full: and sample questions"].match(q["text"], q["lang"]) for q in asked])
        if not halves["tune"]:
            continue
        # Routed cases: those of the tuning half; within it, each fold is matched with the other four.
        learned: list[Match | None] = [None] * len(asked)
        for fold in range(FOLDS):
            inside = [i for i in range(len(asked)) if half == "unseen" or i % FOLDS == fold]
            cases = [q for i, q in enumerate(halves["tune"]) if half == "unseen" or i % FOLDS != fold]
            examples = [Example(q["text"], tuple(q["topics"]), _offers(q, kinds), q["id"]) for q in cases]
            index = Index.build(documents, vectors, encoders=encoders, examples=examples, learned=taught)
            for i in inside:
                learned[i] = index.match(asked[i]["text"], asked[i]["lang"])
            if half == "unseen":
                break
        print(
            f"\n| way, {of} set, {half} | right topic first | among two | nDCG@5 of offers |\n| --- | --- | --- | --- |"
        )
        report(f"full + {len(cases)} routed cases", asked, learned)


def _offers(question: dict[str, Any], kinds: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """What helps, best first, as far as the corpus holds it."""
    return tuple((kinds[key], key) for key in question.get("offers", ()) if key in kinds)


def report(name: str, asked: list[dict[str, Any]], matches: list[Match | None]) -> None:
    """One row of the table of topics and offers; only questions in scope count."""
    first, two, gains = [], [], []
    for question, match in zip(asked, matches, strict=True):
        if not question["in_scope"]:
            continue
        slugs = [topic.slug for topic in match.topics] if match else []
        first.append(float(slugs[:1] == question["topics"][:1]))
        two.append(float(question["topics"][0] in slugs[:2]))
        if question.get("offers"):
            gains.append(ndcg([offer.key for offer in match.offers] if match else [], question["offers"]))
    print(f"| {name} | {mean(first)} | {mean(two)} | {mean(gains)} |")


def edges(asked: list[dict[str, Any]], matches: list[Match | None]) -> None:
    """Out of scope, urgency and kind of enquirer, as `full` sees them."""
    out = [(not q["in_scope"], m is None or not m.in_scope) for q, m in zip(asked, matches, strict=True)]
    now = [(q["urgent"], m is not None and m.urgent) for q, m in zip(asked, matches, strict=True)]
    rows: dict[str, Figure] = {
        "out of scope: precision": ratio([(float(true and said), float(said)) for true, said in out]),
        "out of scope: recall": ratio([(float(true and said), float(true)) for true, said in out]),
        "urgent: recall": ratio([(float(true and said), float(true)) for true, said in now]),
        "urgent: false alarms among the calm": ratio(
            [(float(said and not true), float(not true)) for true, said in now]
        ),
        "kind of enquirer right": mean(
            [float(m is not None and m.kind == q["kind"]) for q, m in zip(asked, matches, strict=True)]
        ),
    }
    print("\n| full | figure |\n| --- | --- |")
    for name, figure in rows.items():
        print(f"| {name} | {figure} |")


def cost(documents: list[Document], vectors: dict[str, np.ndarray], taught: Learned, texts: list[str]) -> None:
    """CPU per question and memory, encoders not remembered."""
    print("\n| cost | CPU ms per question, mean | 95th percentile |\n| --- | --- | --- |")
    for name, encoders in (("lexical", []), ("full", [E5(), UniversalSentenceEncoder()])):
        index = Index.build(documents, vectors, encoders=encoders, learned=taught if encoders else None)
        index.match(texts[0])
        spent = []
        for text in texts:
            start = time.process_time()
            index.match(text)
            spent.append(1_000 * (time.process_time() - start))
        print(f"| {name} | {np.mean(spent):.1f} | {np.percentile(spent, 95):.1f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    print(f"\nPeak memory of the process: {peak:.0f} MiB; {len(documents)} documents.")


if __name__ == "__main__":
    main()
