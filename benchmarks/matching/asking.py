"""`python -m benchmarks.matching.asking`: what one question back brings, answered by the label or wrongly.

Nobody was asked: the reply is the one that says most for the labelled topic (or helps most with the labelled offers),
and every tenth time another one. `--set second --half tune` as in the benchmark beside it.
"""

import argparse
import json
import tomllib
from typing import Any

import numpy as np

from wegweiser.catalogue.matching import (
    E5,
    Clarifier,
    Index,
    Match,
    UniversalSentenceEncoder,
    clarifying,
    learned_from_bytes,
)

from .__main__ import SETS, Remembered
from .catalogue import LEARNED, load
from .figures import grades, mean, ndcg

CLARIFYING = LEARNED.with_name("clarifying.toml")
WRONG = 0.1  # share of replies that somebody did not mean
SEED = 4


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.matching.asking", description="What a question back brings.")
    parser.add_argument("--half", choices=("tune", "unseen"), default="tune")
    parser.add_argument("--set", choices=tuple(SETS), default="second")
    given = parser.parse_args()
    questions = [json.loads(line) for line in SETS[given.set].read_text(encoding="utf-8").splitlines()]
    asked = [question for question in questions if question["half"] == given.half]
    documents = load()
    encoders = [Remembered(E5()), Remembered(UniversalSentenceEncoder())]
    vectors = {one.name: one.encode_offers([document.passage for document in documents]) for one in encoders}
    taught = learned_from_bytes(LEARNED.read_bytes())
    index = Index.build(documents, vectors, encoders=encoders, learned=taught)
    known = clarifying.read(tomllib.loads(CLARIFYING.read_text(encoding="utf-8"))["questions"])
    inside = [question for question in asked if question["in_scope"]]
    tell(index, known, inside, f"{given.set} set, {given.half}")
    tell(index, index.clarifiers(), inside, f"{given.set} set, {given.half}, a centre that wrote no questions")
    out = [question for question in asked if not question["in_scope"]]
    matches = [index.match(question["text"], question["lang"], clarifiers=known) for question in out]
    print(f"Out of scope and asked back all the same: {sum(bool(one and one.ask) for one in matches)} of {len(out)}.")


def tell(index: Index, known: tuple[Clarifier, ...], asked: list[dict[str, Any]], name: str) -> None:
    """The table: everybody, and only those who are asked."""
    draw = np.random.default_rng(SEED)
    rounds: list[list[Match | None]] = [[index.match(q["text"], q["lang"], clarifiers=known) for q in asked]]
    said: list[list[tuple[str, str]]] = [[] for _ in asked]
    for _ in range(clarifying.MOST):
        after = []
        for i, (question, match) in enumerate(zip(asked, rounds[-1], strict=True)):
            if match and match.ask:
                said[i].append((match.ask.key, answered(match.ask, question, draw)))
                after.append(index.match(question["text"], question["lang"], clarifiers=known, replies=said[i]))
            else:
                after.append(match)
        rounds.append(after)
    print(f"## {name}: {len(asked)} questions in scope\n")
    print("| | asked | right topic first | among two | nDCG@5 of offers |\n| --- | --- | --- | --- | --- |")
    back = [i for i, match in enumerate(rounds[0]) if match and match.ask]
    for title, chosen in (("all", list(range(len(asked)))), ("those who are asked", back)):
        for step, matches in enumerate(rounds):
            share = sum(len(said[i]) >= step for i in chosen) / max(len(chosen), 1) if step else 0.0
            row = figures([asked[i] for i in chosen], [matches[i] for i in chosen])
            print(f"| {title}, {step} answered | {share:.2f} | {row} |")
    keys: dict[str, int] = {}
    for pairs in said:
        for key, _ in pairs:
            keys[key] = keys.get(key, 0) + 1
    print("\nAsked: " + ", ".join(f"{key} {count}" for key, count in sorted(keys.items(), key=lambda row: -row[1])))


def answered(asked: Clarifier, question: dict[str, Any], draw: np.random.Generator) -> str:
    """The reply that fits the label best, or another one."""
    gains = grades(question.get("offers", {}))
    if asked.topic:
        right = max(asked.replies, key=lambda reply: sum(gains.get(key, 0) for key in reply.offers))
    else:
        right = max(asked.replies, key=lambda reply: reply.topics.get(question["topics"][0], 1.0))
    others = [reply.key for reply in asked.replies if reply is not right]
    return str(draw.choice(others)) if draw.random() < WRONG else right.key


def figures(asked: list[dict[str, Any]], matches: list[Match | None]) -> str:
    first, two, gains = [], [], []
    for question, match in zip(asked, matches, strict=True):
        slugs = [topic.slug for topic in match.topics] if match else []
        first.append(float(slugs[:1] == question["topics"][:1]))
        two.append(float(question["topics"][0] in slugs[:2]))
        if question.get("offers"):
            gains.append(ndcg([offer.key for offer in match.offers] if match else [], question["offers"]))
    return f"{mean(first)} | {mean(two)} | {mean(gains)}"


if __name__ == "__main__":
    main()
