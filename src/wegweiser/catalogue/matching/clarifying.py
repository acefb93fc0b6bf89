"""Asking back: which question says most where the topics are close, and what its answer makes of their chances.

A question has two to four replies in plain words. Each says how much more often somebody gives it whose topic is this
one than somebody whose topic is another (`topics`, bounded), and which offers it speaks for. A question without a topic
of its own tells topics apart; one that belongs to a topic is asked where that topic is clear and its offers are not.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

MOST = 2  # questions in a row
LEAST, MOST_LIKELY = 1 / 8, 8.0  # bounds of what a reply may say about a topic
SLIP = 0.1  # share of people who press something else than what they mean
MISLED = 0.3  # share of those who are asked back about it whose text says nothing of their topic
GAIN = 0.03  # by how much the best topic's chance has to grow on average, else nobody is asked
SETTLED = 0.6  # chance from which a topic's own question may be asked
CLOSE = 0.42  # share below which the offers that replies speak for are close to each other
OFFER_SLOPE = 0.8
REPLY_OFFER = 2.0  # what a reply adds to the sum of an offer it speaks for
REPLY_TOPIC = 2.0  # what it adds to the sum of an offer of the topic that it speaks for most
MOST_REPLIES = 4
# The question that is made of the topics' everyday words, where a centre wrote none.
DERIVED = "thema"
DERIVED_TEXT = {"de": "Welcher Satz trifft es am ehesten?", "en": "Which sentence fits best?"}
OR = {"de": "{} oder: {}", "en": "{} or: {}"}


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer to choose. `text` by language."""

    key: str
    text: Mapping[str, str]
    topics: Mapping[str, float]
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clarifier:
    """A question to ask back. `topic`: the one it belongs to, empty where it tells topics apart."""

    key: str
    text: Mapping[str, str]
    replies: tuple[Reply, ...]
    topic: str = ""

    def reply(self, key: str) -> Reply | None:
        return next((reply for reply in self.replies if reply.key == key), None)


def read(rows: Sequence[Mapping[str, Any]]) -> tuple[Clarifier, ...]:
    """The questions of a centre as its file keeps them."""
    return tuple(
        Clarifier(
            row["key"],
            row["text"],
            tuple(
                Reply(reply["key"], reply["text"], reply.get("topics", {}), tuple(reply.get("offers", ())))
                for reply in row["replies"]
            ),
            row.get("topic", ""),
        )
        for row in rows
    )


def likelihood(asked: Clarifier, topics: Sequence[str]) -> np.ndarray:
    """How likely each reply is, given each topic (replies, topics); each column sums to one."""
    said = [[min(max(reply.topics.get(slug, 1.0), LEAST), MOST_LIKELY) for slug in topics] for reply in asked.replies]
    likely = np.array(said, float).reshape(len(asked.replies), len(topics))
    return (1 - SLIP) * likely / likely.sum(axis=0) + SLIP / len(asked.replies)


def shifted(chances: np.ndarray, asked: Clarifier, reply: str, topics: Sequence[str]) -> np.ndarray:
    """The chances (topics,) once somebody has given that reply; the same where it is none of the question's."""
    place = next((i for i, one in enumerate(asked.replies) if one.key == reply), None)
    if place is None or not len(topics):
        return chances
    after = chances * likelihood(asked, topics)[place]
    return after / after.sum()


def answered(chances: np.ndarray, replies: Sequence[tuple[Clarifier, str]], topics: Sequence[str]) -> np.ndarray:
    """The chances (topics,) once somebody has answered all that.

    Who is asked back about the topic was not understood well: one that the text ruled out may be the right one all the
    same, and what somebody chose has to show. A question within a topic leaves the chances as they are.
    """
    said = [(asked, key) for asked, key in replies if (reply := asked.reply(key)) and reply.topics]
    if said:
        chances = doubted(chances)
    for asked, key in said:
        chances = shifted(chances, asked, key, topics)
    return chances


def doubted(chances: np.ndarray) -> np.ndarray:
    """The chances (topics,) of a text that may mislead: a share of them goes to all topics alike; their order stays."""
    return (1 - MISLED) * chances + MISLED / max(len(chances), 1)


def leaning(replies: Sequence[tuple[Clarifier, str]], topics: Sequence[str]) -> np.ndarray:
    """How far the answers speak for each topic (topics,): 1 is as far as one may, -1 as far against it."""
    said = [reply.topics for asked, key in replies if (reply := asked.reply(key))]
    weights = [[min(max(one.get(slug, 1.0), LEAST), MOST_LIKELY) for slug in topics] for one in said]
    return np.log(np.array(weights, float).reshape(len(said), len(topics))).sum(axis=0) / math.log(MOST_LIKELY)


def gain(chances: np.ndarray, asked: Clarifier, topics: Sequence[str]) -> tuple[float, float]:
    """What a reply brings on average: fewer nats of doubt about the topic, and a higher chance of the best one."""
    joint = likelihood(asked, topics) * chances
    of_reply = joint.sum(axis=1)
    after = joint / of_reply[:, None]
    doubt = _entropy(chances) - float(of_reply @ [_entropy(row) for row in after])
    return doubt, float(joint.max(axis=1).sum() - chances.max())


def _entropy(chances: np.ndarray) -> float:
    held = chances[chances > 0]
    return float(-(held * np.log(held)).sum())


def chosen(
    known: Sequence[Clarifier],
    chances: np.ndarray,
    topics: Sequence[str],
    offers: Mapping[str, float],
    given: Collection[str] = (),
    *,
    unsure: bool,
) -> Clarifier | None:
    """The question that says most; None where none says enough or enough was asked. `given` are keys of those asked.

    `offers` are the sums of the offers by key.
    """
    if len(given) >= MOST or not len(topics):
        return None
    best, least = None, 0.0
    for asked in known:
        if asked.topic or asked.key in given:
            continue
        doubt, first = gain(chances, asked, topics)
        if doubt > least and (first >= GAIN or (unsure and not given)):
            best, least = asked, doubt
    if best:
        return best
    leading = topics[int(np.argmax(chances))]
    if float(chances.max()) < SETTLED:
        return None
    own = (asked for asked in known if asked.topic == leading and asked.key not in given)
    return next((asked for asked in own if _close(asked, offers)), None)


def _close(asked: Clarifier, offers: Mapping[str, float]) -> bool:
    """Whether none of the groups of offers that the replies speak for stands out."""
    best = [max((offers[key] for key in reply.offers if key in offers), default=None) for reply in asked.replies]
    held = [value for value in best if value is not None]
    if len(held) < 2:
        return False
    weights = [math.exp(OFFER_SLOPE * (value - max(held))) for value in held]
    return 1 / sum(weights) < CLOSE


def derived(sayings: Mapping[str, Mapping[str, Sequence[str]]]) -> tuple[Clarifier, ...]:
    """A question made of what people say about each topic: `sayings[topic][language]` are phrases."""
    replies = tuple(
        Reply(slug, {lang: _either(phrases, lang) for lang, phrases in said.items() if phrases}, {slug: MOST_LIKELY})
        for slug, said in sayings.items()
        if said.get("de")
    )
    return (Clarifier(DERIVED, DERIVED_TEXT, replies),) if len(replies) > 1 else ()


def _either(phrases: Sequence[str], lang: str) -> str:
    return OR.get(lang, OR["de"]).format(*phrases[:2]) if len(phrases) > 1 else phrases[0]


def shortened(asked: Clarifier, order: Sequence[str]) -> Clarifier:
    """With no more replies than one reads: of the question about all topics those of the likeliest, in that order."""
    if len(asked.replies) <= MOST_REPLIES:
        return asked
    best = sorted(asked.replies, key=lambda reply: order.index(reply.key))[:MOST_REPLIES]
    return replace(asked, replies=tuple(best))
