"""The matching over this installation's entries: one index per process, built again when entries or vectors changed."""

import datetime as dt
import re
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from uuid import UUID

import numpy as np
from django.db.models import Count, Max

from wegweiser.catalogue import indexed, queries
from wegweiser.catalogue.matching import (
    E5,
    Borrowed,
    Clarifier,
    Encoder,
    Index,
    Reason,
    UniversalSentenceEncoder,
    apart,
    bound,
    lending,
    sentence,
    wants,
)
from wegweiser.catalogue.matching.clarifying import MOST, read
from wegweiser.catalogue.matching.wants import Want
from wegweiser.catalogue.models import HERE, Change, Entry, EntryVector, Example, Kind, LearnedWeights
from wegweiser.consortium import directory
from wegweiser.consortium import models as subjects
from wegweiser.kernel import clock
from wegweiser.kernel.translated import Translated

LOOKED_SECONDS = 1.0  # how long others may rely on the last look of `keep_up`
MOST_SIMILAR = 5  # that a case keeps


@dataclass(frozen=True)
class Topic:
    slug: str
    partner: str
    score: float


@dataclass(frozen=True)
class Offer:
    """An offer that fits; `why` are sentences in the language of the question's page."""

    entry: Entry
    score: float
    why: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Ask:
    """What to ask back. `replies` are pairs of key and words; `language` is that of the words."""

    key: str
    text: str
    replies: tuple[tuple[str, str], ...]
    language: str


@dataclass(frozen=True)
class Given:
    """What was asked back and answered: both in the languages they exist in. No answer: "I do not know"."""

    key: str
    reply: str
    question: Translated
    answer: Translated


@dataclass(frozen=True)
class Answer:
    """What fits a question: all topics, the person, the offers. Out of scope: neither person nor offers.

    `similar` are the records behind routed cases much like it, as (kind, uuid), the nearest first.
    """

    in_scope: bool
    urgent: bool
    kind: str
    unsure: bool
    topics: tuple[Topic, ...]
    contact: Entry | None
    offers: tuple[Offer, ...]
    similar: tuple[tuple[str, UUID], ...] = ()
    ask: Ask | None = None
    given: tuple[Given, ...] = ()
    wants: frozenset[Want] = frozenset()
    introduced: bool = False  # the text leaves no doubt of its `kind`

    def as_document(self, text: str = "") -> dict[str, object]:
        """What a case keeps of the suggestion: keys and scores, so that routing can later be compared with it.

        Not the contact: the topic leads to whoever looks after it today, and a name would outlive its erasure. Not the
        words that a reason quotes either, which are the enquirer's, only what kind of reason it is, and where the words
        stand in `text`, the case's own: when that is erased, they are gone.
        """
        return {
            "topics": [{"slug": topic.slug, "score": topic.score} for topic in self.topics],
            "offers": [
                {
                    "kind": offer.entry.kind,
                    "slug": offer.entry.slug,
                    "why": [reason.kind for reason in offer.reasons],
                    "said": _places(text, offer.reasons),
                }
                for offer in self.offers
            ],
            "kind": self.kind,
            "in_scope": self.in_scope,
            "asked": [{"question": one.question, "answer": one.answer} for one in self.given],
            "similar": [str(uuid) for _, uuid in self.similar[:MOST_SIMILAR]],
        }


def topic_of(found: Answer | None) -> subjects.Topic | None:
    """The topic that an enquiry is kept under where nobody says another: of what is outside our field none."""
    if found is None or not found.in_scope or not found.topics:
        return None
    return subjects.Topic.objects.filter(slug=found.topics[0].slug).first()


def _places(text: str, reasons: Sequence[Reason]) -> list[tuple[int, int]]:
    """Where the words that reasons quote stand in `text`, first as they were typed."""
    words = [re.escape(word) for reason in reasons if reason.kind == "word" for word in reason.words]
    found = [re.search(rf"\b{word}", text) or re.search(rf"\b{word}", text, re.IGNORECASE) for word in words]
    return [hit.span() for hit in found if hit]


def words_at(text: str, places: Iterable[Sequence[int]]) -> list[str]:
    """The words of a case's text that a suggestion's reasons quote; none once the text is erased."""
    return [word for begin, end in places if (word := text[begin:end])]


@dataclass(frozen=True)
class _State:
    last: int
    vector: int
    learned: int
    example: tuple[int, int]  # the newest and how many: an erased one has to leave the index
    day: dt.date


@dataclass(frozen=True)
class _Held:
    """The index of a state; `read` is the newest stored vector of an example that it knows."""

    state: _State
    index: Index
    read: int


_lock = threading.Lock()
_held: _Held | None = None
_looked = float("-inf")
_borrows = False


@cache
def encoders() -> tuple[Encoder, ...]:
    """The encoders that ship with the installation, the quick one first; they load when first asked."""
    own = (UniversalSentenceEncoder(indexed.folder()), E5(indexed.folder()))
    return tuple(Borrowed(encoder, indexed.folder()) for encoder in own) if _borrows else own


@contextmanager
def encoders_apart() -> Iterator[tuple[Encoder, ...]]:
    """The same for who encodes once in a while: those that a web process lends, else in a process of their own, whose
    memory goes back at the end."""
    with apart.encoders(encoders(), indexed.folder()) as found:
        yield tuple(Borrowed(encoder, indexed.folder()) for encoder in found)


def lend() -> None:
    """Lend this process's encoders to the others of the installation."""
    lending.start(encoders(), indexed.folder())


def borrow() -> None:
    """From now on use what another process lends, and load encoders only where nobody does."""
    global _borrows  # noqa: PLW0603
    _borrows = True
    encoders.cache_clear()


def match(text: str, *, lang: str = "de", limit: int = 5, replies: Sequence[tuple[str, str]] = ()) -> Answer | None:
    """Topics, person and offers for a question in somebody's own words; None when it is blank.

    `replies` are pairs of keys: what was asked back, and what was answered (empty: "I do not know").
    """
    here = index()
    clarifiers = _clarifiers() or here.clarifiers()
    found = here.match(
        text,
        lang,
        limit,
        now=clock.now().timestamp(),
        people=directory.today().slugs(),
        clarifiers=clarifiers,
        replies=replies[:MOST],
    )
    if found is None:
        return None
    keys = [(offer.kind, offer.key) for offer in found.offers]
    keys += [(str(Kind.CONTACT), found.contact)] if found.contact else []
    rows = queries.shown().filter(origin=HERE, slug__in=[slug for _, slug in keys])
    entries = {(row.kind, row.slug): row for row in rows}
    offers = tuple(
        Offer(entry, hit.score, tuple(sentence(reason, lang) for reason in hit.why), hit.why)
        for hit in found.offers
        if (entry := entries.get((hit.kind, hit.key))) and entry.availability not in queries.GONE
    )
    return Answer(
        in_scope=found.in_scope,
        urgent=found.urgent,
        kind=found.kind,
        unsure=found.unsure,
        topics=tuple(Topic(topic.slug, topic.partner, topic.score) for topic in found.topics),
        contact=entries.get((str(Kind.CONTACT), found.contact or "")),
        offers=offers,
        similar=tuple((kind, UUID(uuid)) for kind, _, uuid in (one.source.partition(":") for one in found.similar)),
        ask=_ask(found.ask, lang) if found.ask else None,
        given=_given(clarifiers, replies[:MOST]),
        wants=wants.of(bound(text)),
        introduced=found.introduced,
    )


def _clarifiers() -> tuple[Clarifier, ...]:
    """What this centre asks back."""
    centre = directory.centre()
    return read(centre.texts.get("clarifying", [])) if centre else ()


def _ask(asked: Clarifier, lang: str) -> Ask:
    spoken = lang if all(lang in text for text in (asked.text, *(reply.text for reply in asked.replies))) else "de"
    return Ask(asked.key, asked.text[spoken], tuple((row.key, row.text[spoken]) for row in asked.replies), spoken)


def _given(clarifiers: Sequence[Clarifier], replies: Sequence[tuple[str, str]]) -> tuple[Given, ...]:
    """Those of the pairs that mean anything, with their words."""
    known = {asked.key: asked for asked in clarifiers}
    found = []
    for key, reply in replies:
        said = known[key].reply(reply) if key in known else None
        if said or (key in known and not reply):
            found.append(Given(key, reply, Translated(known[key].text), Translated(said.text if said else {})))
    return tuple(found)


def index(*, now: bool = False) -> Index:
    """This process's index, up to date. Threads share it; one of them builds while the others keep the old one.

    That thread is a visitor's only where nobody looks after the index with `keep_up`. With `now` nobody gets the old.
    """
    global _held  # noqa: PLW0603
    state = _state()
    held = _held
    if held and held.state == state:
        return held.index
    if held and not now:
        if time.monotonic() - _looked < LOOKED_SECONDS or not _lock.acquire(blocking=False):
            return held.index
    else:
        _lock.acquire()
    try:
        if _held is None or _held.state != state:
            read = indexed.newest_encoded()  # before the vectors: one that comes meanwhile is read again, not missed
            same = held and replace(held.state, example=state.example) == state
            _held = _Held(state, _taught(held) if held and same else _build(held), read)
        return _held.index
    finally:
        _lock.release()


def keep_up() -> bool:
    """Renew the index where it is outdated, and whether it was: for a thread that looks again and again.

    While it does so at least every LOOKED_SECONDS, no visitor builds one. The first is made by whoever asks first.
    """
    global _looked  # noqa: PLW0603
    if _held is None:
        return False
    was_outdated = _held.state != _state()
    if was_outdated:
        index(now=True)
    _looked = time.monotonic()
    return was_outdated


def forget() -> None:
    """Drop this process's index, so that the next question builds it again."""
    global _held, _looked
    _held, _looked = None, float("-inf")
    indexed.forget()


def _state() -> _State:
    """Four look-ups by index; the day, because an event of yesterday fits nobody any more."""
    last = Change.objects.filter(pk=1).values_list("last", flat=True).first() or 0
    vector = EntryVector.objects.aggregate(newest=Max("id"))["newest"] or 0
    learned = LearnedWeights.objects.aggregate(newest=Max("id"))["newest"] or 0
    example = Example.objects.aggregate(newest=Max("id"), count=Count("id"))
    return _State(last, vector, learned, (example["newest"] or 0, example["count"]), clock.today())


def _build(before: _Held | None) -> Index:
    corpus = queries.corpus()
    documents = [document for _, document in corpus]
    found = {encoder.name: indexed.vectors(encoder, corpus) for encoder in encoders()}
    vectors = {name: packed for name, packed in found.items() if packed is not None}
    taking_part = [encoder for encoder in encoders() if encoder.name in vectors]
    return Index.build(
        documents,
        vectors,
        encoders=taking_part,
        examples=indexed.examples(),
        known=_encoded(taking_part, before),
        learned=indexed.learned(),
        folder=indexed.folder(),
    )


def _taught(before: _Held) -> Index:
    """The index before with the examples of now: only they have changed."""
    return before.index.taught(indexed.examples(), _encoded(before.index.encoders, before))


def _encoded(taking_part: Iterable[Encoder], before: _Held | None) -> dict[str, dict[str, np.ndarray]]:
    """The vectors of examples by encoder and text: those of the index before, and what was stored since it was made."""
    held = before.index.encoded_examples if before else {}
    found = {}
    for encoder in taking_part:
        since = before.read if before and encoder.name in held else 0
        found[encoder.name] = {**indexed.encoded(encoder, since=since), **held.get(encoder.name, {})}
    return found
