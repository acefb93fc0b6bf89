"""`python -m benchmarks.matching.cost`: what the matching costs in memory and CPU, with few and with many offers.

Offers beyond those of the model centre are drawn from its words; their vectors are random. CPU depends on neither.
"""

import argparse
import os
import random
import re
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from wegweiser.catalogue.matching import (
    E5,
    Document,
    Encoder,
    Index,
    Packed,
    UniversalSentenceEncoder,
    learned_from_bytes,
)

from .catalogue import LEARNED, load

SEED = 7
WORDS = 25
ROUNDS = 20
OFFER_WORDS = 40
HOSTILE = {
    "200,000 letters": "x" * 200_000,
    "200,000 letters, a word of eight again and again": "maschine " * 22_000,
    "NUL bytes and words": "\0Lager\0" * 20_000,
    "only emoji": "🔥" * 200_000,
    "one letter, then emoji": "a" + "🔥" * 200_000,
    "10,000 different words": " ".join(f"wort{i:x}" for i in range(10_000)),
    "10,000 Chinese letters": "机" * 10_000,
    "words of the emergency": "konto server daten alles rechner " * 2_000,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.matching.cost", description="Memory and CPU of the matching.")
    parser.add_argument("--offers", type=int, nargs="*", default=[100, 100_000], help="how many offers (100 100000)")
    counts = parser.parse_args().offers
    print(f"| one process | RSS MiB | PSS MiB | anonymous MiB |\n| --- | --- | --- | --- |\n{memory('before')}")
    encoders: list[Encoder] = [UniversalSentenceEncoder(), E5()]
    start = time.process_time()
    for encoder in encoders:
        encoder.encode_questions(["Guten Tag"])
    loading = time.process_time() - start
    print(memory("both encoders loaded"))
    known = load()
    questions = _questions(known)
    print(memory("the model centre's documents read"))
    learned = learned_from_bytes(LEARNED.read_bytes())
    print(memory("its sample questions read"))
    rows = []
    index = None
    for count in counts:
        index = None
        documents = _corpus(known, count)
        start = time.process_time()
        vectors = _random(encoders, len(documents))
        index = Index.build(documents, vectors, encoders=encoders, learned=learned)
        built = time.process_time() - start
        words = Index.build(documents) if count == counts[0] else None
        print(memory(f"index over {count:,} offers"))
        if words is not None:
            rows.append((f"{count:,} offers, words alone", built, _spent(words, questions)))
            first = index
        rows.append((f"{count:,} offers", built, _spent(index, questions)))
    print(f"\nLoading both encoders: {loading:.2f} s of CPU.")
    print("\n| a question of 25 words | CPU ms, median | largest of 20 | CPU s to build the index |")
    print("| --- | --- | --- | --- |")
    for name, built, spent in rows:
        print(f"| {name} | {np.median(spent):.1f} | {max(spent):.1f} | {built:.1f} |")
    usual = float(np.median(_spent(first, questions)))
    print("\n| a hostile text | CPU ms | times a question of 25 words |\n| --- | --- | --- |")
    for name, text in HOSTILE.items():
        cost = float(np.median(_spent(first, [text] * 3)))
        print(f"| {name} | {cost:.0f} | {cost / usual:.1f} |")


def memory(name: str) -> str:
    """A row of the table of memory, from what Linux tells of this process."""
    found = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    parts = [re.search(rf"^{part}:\s+(\d+) kB", found, re.MULTILINE) for part in ("Rss", "Pss", "Anonymous")]
    return f"| {name} | " + " | ".join(f"{int(part[1]) / 1_024:.0f}" for part in parts if part) + " |"


def _questions(documents: list[Document]) -> list[str]:
    """Twenty questions of 25 German words each, out of everyday words."""
    draw = random.Random(SEED)
    sayings = [document.everyday_words for document in documents if document.lang == "de"]
    texts = [" ".join(draw.sample(sayings, 3)).replace(";", "").split() for _ in range(ROUNDS)]
    return [" ".join(words[:WORDS]) for words in texts]


def _corpus(known: list[Document], count: int) -> list[Document]:
    """The model centre's documents and as many drawn ones as make `count` offers, in German."""
    draw = random.Random(SEED)
    offers = [document for document in known if document.kind not in {"topic", "contact"} and document.lang == "de"]
    words = " ".join(f"{offer.title} {offer.summary} {offer.text}" for offer in offers).split()
    drawn = []
    for number in range(count - len(offers)):
        like = offers[number % len(offers)]
        text = draw.choices(words, k=OFFER_WORDS)
        drawn.append(
            Document(f"drawn-{number}", like.kind, like.topics, like.partner, " ".join(text[:6]), " ".join(text[6:]))
        )
    return [*known, *drawn]


def _random(encoders: list[Encoder], count: int) -> dict[str, np.ndarray | Packed]:
    draw = np.random.default_rng(SEED)
    return {
        encoder.name: Packed(
            draw.integers(-127, 128, (count, encoder.dimensions), np.int8), np.full(count, 0.0007, np.float32)
        )
        for encoder in encoders
    }


def _spent(index: Index, texts: list[str]) -> list[float]:
    """CPU of each text in milliseconds, after one that does not count."""
    index.match(texts[0])
    spent = []
    for text in texts:
        start = time.process_time()
        index.match(text)
        spent.append(1_000 * (time.process_time() - start))
    return spent


if __name__ == "__main__":
    main()
