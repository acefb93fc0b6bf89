"""The matching over this installation's entries: one index per process, built again when entries or vectors changed."""

import datetime as dt
import logging
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import Count, Max

from wegweiser.catalogue import queries
from wegweiser.catalogue.matching import (
    E5,
    Borrowed,
    Clarifier,
    Encoder,
    Index,
    Learned,
    Packed,
    Reason,
    UniversalSentenceEncoder,
    apart,
    bound,
    learned_from_bytes,
    lending,
    sentence,
    wants,
)
from wegweiser.catalogue.matching import Example as Routed
from wegweiser.catalogue.matching.clarifying import MOST, read
from wegweiser.catalogue.matching.wants import Want
from wegweiser.catalogue.models import HERE, Change, Entry, EntryVector, Example, ExampleVector, Kind, LearnedWeights
from wegweiser.consortium import directory
from wegweiser.consortium import models as subjects
from wegweiser.kernel import clock
from wegweiser.kernel.translated import Translated

log = logging.getLogger(__name__)

EXAMPLES = 1_000  # the newest that are used: a process encodes each of them once
MOST_SIMILAR = 5  # that a case keeps
WRITTEN = 3_000  # and of what editors wrote
COVERAGE = 0.5  # share of documents that need a vector before an encoder takes part


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


_lock = threading.Lock()
_held: tuple[_State, Index] | None = None
_borrows = False


@cache
def encoders() -> tuple[Encoder, ...]:
    """The encoders that ship with the installation, the quick one first; they load when first asked."""
    own = (UniversalSentenceEncoder(_models()), E5(_models()))
    return tuple(Borrowed(encoder, _models()) for encoder in own) if _borrows else own


@contextmanager
def encoders_apart() -> Iterator[tuple[Encoder, ...]]:
    """The same for who encodes once in a while: those that a web process lends, else in a process of their own, whose
    memory goes back at the end."""
    with apart.encoders(encoders(), _models()) as found:
        yield tuple(Borrowed(encoder, _models()) for encoder in found)


def lend() -> None:
    """Lend this process's encoders to the others of the installation."""
    lending.start(encoders(), _models())


def borrow() -> None:
    """From now on use what another process lends, and load encoders only where nobody does."""
    global _borrows  # noqa: PLW0603
    _borrows = True
    encoders.cache_clear()


def _models() -> Path:
    return Path(settings.HOME) / "models"


def match(text: str, *, lang: str = "de", limit: int = 5, replies: Sequence[tuple[str, str]] = ()) -> Answer | None:
    """Topics, person and offers for a question in somebody's own words; None when it is blank.

    `replies` are pairs of keys: what was asked back, and what was answered (empty: "I do not know").
    """
    here = index()
    clarifiers = _clarifiers() or here.clarifiers()
    found = here.match(
        text, lang, limit, people=directory.today().slugs(), clarifiers=clarifiers, replies=replies[:MOST]
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
        if (entry := entries.get((hit.kind, hit.key)))
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


def index() -> Index:
    """This process's index, up to date. Threads share it; one of them builds while the others keep the old one."""
    global _held  # noqa: PLW0603
    state = _state()
    held = _held
    if held and held[0] == state:
        return held[1]
    if held and not _lock.acquire(blocking=False):
        return held[1]
    if not held:
        _lock.acquire()
    try:
        if _held is None or _held[0] != state:
            same = held and replace(held[0], example=state.example) == state
            _held = (state, _taught(held[1]) if held and same else _build(held[1] if held else None))
        return _held[1]
    finally:
        _lock.release()


def forget() -> None:
    """Drop this process's index, so that the next question builds it again."""
    global _held  # noqa: PLW0603
    _held = None
    _read_learned.cache_clear()


def _state() -> _State:
    """Four look-ups by index; the day, because an event of yesterday fits nobody any more."""
    last = Change.objects.filter(pk=1).values_list("last", flat=True).first() or 0
    vector = EntryVector.objects.aggregate(newest=Max("id"))["newest"] or 0
    learned = LearnedWeights.objects.aggregate(newest=Max("id"))["newest"] or 0
    example = Example.objects.aggregate(newest=Max("id"), count=Count("id"))
    return _State(last, vector, learned, (example["newest"] or 0, example["count"]), clock.today())


def _build(before: Index | None) -> Index:
    corpus = queries.corpus()
    documents = [document for _, document in corpus]
    keys = [(entry, document.lang) for entry, document in corpus]
    vectors = {encoder.name: packed for encoder in encoders() if (packed := _vectors(encoder, keys)) is not None}
    taking_part = [encoder for encoder in encoders() if encoder.name in vectors]
    held = before.encoded_examples if before else {}
    known = {encoder.name: {**_encoded(encoder), **held.get(encoder.name, {})} for encoder in taking_part}
    learned = _learned()
    return Index.build(
        documents,
        vectors,
        encoders=taking_part,
        examples=_routed(),
        known=known,
        learned=learned,
        folder=_models(),
    )


def _taught(before: Index) -> Index:
    """The index before with the examples of now: only they have changed."""
    known = {
        encoder.name: {**_encoded(encoder), **before.encoded_examples[encoder.name]} for encoder in before.encoders
    }
    return before.taught(_routed(), known)


def _learned() -> Learned | None:
    newest = LearnedWeights.objects.order_by("id").values_list("id", "source").last()
    found = _read_learned(*newest) if newest else None
    return found.renamed(queries.renamed_keys()) if found else None


@lru_cache(maxsize=1)
def _read_learned(pk: int, source: str) -> Learned | None:
    """A row, which is replaced and never changed, by its key and what it was made of.

    It weighs tens of megabytes, so the next index has the same.
    """
    raw = LearnedWeights.objects.filter(pk=pk).values_list("weights", flat=True).first()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA shrink_memory")  # else this connection keeps what it read of the row
    try:
        return learned_from_bytes(bytes(raw), _models()) if raw else None
    except ValueError:  # of a version before
        log.warning("What the sample questions taught is of another version: set the centre up again from its file.")
        return None


def _encoded(encoder: Encoder) -> dict[str, np.ndarray]:
    """The stored vectors of examples by their text."""
    rows = ExampleVector.objects.filter(encoder=encoder.name, version=encoder.version)
    return {text: np.frombuffer(bytes(raw), "<f4") for text, raw in rows.values_list("example__text", "vector")}


def _routed() -> list[Routed]:
    """The newest examples; an offer is found by its id, so one that was renamed is still meant.

    What editors wrote for an offer leads to the topics it has now, and is silent while the offer is withdrawn.
    """
    rows = list(Example.objects.filter(entry=None).order_by("-id")[:EXAMPLES])
    named = queries.keys_of({uuid for row in rows for uuid in row.offers})
    written = Example.objects.filter(entry__withdrawn_at=None, entry__origin=HERE).exclude(entry=None)
    written = written.select_related("entry").prefetch_related("entry__topic_rows__topic").order_by("-id")[:WRITTEN]
    return [
        Routed(
            row.text,
            tuple(one.topic.slug for one in row.entry.topic_rows.all()),
            ((row.entry.kind, row.entry.slug),),
            "",
            written=True,
        )
        for row in written
        if row.entry
    ] + [
        Routed(
            row.text,
            tuple(row.topics),
            tuple(named[uuid] for uuid in row.offers if uuid in named),
            f"{row.source_kind}:{row.source_uuid}",
        )
        for row in rows
    ]


def _vectors(encoder: Encoder, keys: Sequence[tuple[int, str]]) -> Packed | None:
    """The stored vectors in the order of `keys`, zeros where one is still to come; None when too few are there."""
    stored = {
        (row.entry_id, row.language): bytes(row.vector)
        for row in EntryVector.objects.filter(encoder=encoder.name, entry_id__in={entry for entry, _ in keys})
    }
    if not keys or sum(key in stored for key in keys) < COVERAGE * len(keys):
        return None
    rows = np.zeros((len(keys), encoder.dimensions), np.int8)
    scales = np.ones(len(keys), np.float32)
    for place, key in enumerate(keys):
        if raw := stored.get(key):
            scales[place] = np.frombuffer(raw[:4], "<f4")[0]
            rows[place] = np.frombuffer(raw[4:], np.int8)
    return Packed(rows, scales)
