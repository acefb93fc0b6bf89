"""The list of what editors work on. The database narrows, orders and pages it: only rows that are shown are made.

Two tables hold it: entries nobody edited yet, and drafts. Of a draft whose state is published the entry is shown.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast, overload
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    F,
    Manager,
    Prefetch,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from wegweiser.catalogue import drafts, times
from wegweiser.catalogue.fields import KINDS, TRANSLATED, sides, translated_names
from wegweiser.catalogue.models import HERE, Availability, Draft, DraftState, Entry, EntryTopic, Kind
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.kernel import translations
from wegweiser.kernel.sorting import sort_key
from wegweiser.kernel.translated import Translated

NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
NOTHING = ("", "[]", "{}", "null", "false", "0")  # what JSON has that is empty in Python, as text
ENTRY, DRAFT = 0, 1


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; empty values narrow nothing."""

    kind: str = ""
    state: str = ""
    topic: Topic | None = None
    partner: Partner | None = None
    contact: Member | None = None
    text: str = ""
    lacks_english: bool = False
    past: bool | None = False  # None: both


@dataclass(frozen=True)
class Row:
    """One offer in the list."""

    uuid: UUID
    kind: str
    slug: str
    title: Translated
    state: DraftState
    partner: str
    topic: str
    contact: str
    starts_at: dt.datetime | None
    lacks_english: bool
    outdated: bool
    has_picture: bool
    sort_key: str
    is_past: bool


class Rows(Sequence[Row]):
    """The rows of a list, each slice read when it is asked for."""

    def __init__(self, found: "QuerySet[Any, tuple[int, int]]") -> None:
        self._found = found

    @cached_property
    def _length(self) -> int:
        return self._found.count()

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, int):
            return self[range(len(self))[place] :][0]
        keys = [(source, pk) for source, pk, *_order in self._found[place]]
        entries = _read(Entry.objects).in_bulk([pk for source, pk in keys if source == ENTRY])
        written = _drafts().in_bulk([pk for source, pk in keys if source == DRAFT])
        rows = {(ENTRY, pk): _of_entry(entry) for pk, entry in entries.items()}
        rows |= {(DRAFT, pk): _of_draft(draft) for pk, draft in written.items()}
        # Between the two reads somebody may begin a draft (the entry is still there, and shown) or throw one away.
        return [rows[key] for key in keys if key in rows]


def listed(allowed: Q, wanted: Filter) -> Rows:
    """The offers of a list, by title; dates in their order where only events are asked for, past ones backwards."""
    plain, edited = _entry_columns(wanted).filter(allowed), _draft_columns(wanted).filter(allowed)
    if wanted.topic:
        plain = plain.filter(topic_rows__topic=wanted.topic, topic_rows__position=0)
        edited = edited.filter(topic=wanted.topic)
    columns = ("source", "pk", "key", "begin")
    both = [rows.filter(_narrowed(wanted)).order_by().values_list(*columns) for rows in (plain, edited)]
    first = ["-begin" if wanted.past else "begin"] if wanted.kind == Kind.EVENT else []
    return Rows(cast("Any", both[0]).union(both[1], all=True).order_by(*first, "key", "source", "pk"))


def _narrowed(wanted: Filter) -> Q:
    found = Q()
    for name in ("kind", "partner", "contact"):
        if value := getattr(wanted, name):
            found &= Q(**{name: value})
    for word in sort_key(wanted.text).split():
        found &= Q(key__contains=word)
    if wanted.state:
        found &= Q(told=wanted.state)
    if wanted.lacks_english:
        found &= Q(english_is_behind=True)
    if wanted.past is not None:
        found &= Q(past=wanted.past)
    return found


def _entries() -> QuerySet[Entry]:
    """Ours that nobody edited yet."""
    return _read(Entry.objects.filter(origin=HERE, kind__in=list(KINDS), draft=None))


def _read(entries: "QuerySet[Entry] | Manager[Entry]") -> QuerySet[Entry]:
    """With what their rows in the list say."""
    rows = entries.select_related("partner", "contact")
    return rows.prefetch_related(Prefetch("topic_rows", EntryTopic.objects.select_related("topic")))


def _drafts() -> QuerySet[Draft]:
    """What is worked on. Templates are no offers: they have a list of their own."""
    return Draft.objects.filter(is_template=False).select_related("partner", "contact", "topic", "entry")


def _entry_columns(wanted: Filter) -> QuerySet[Entry]:
    """Entries with what the list is narrowed and ordered by, under the same names as those of drafts.

    Only what is asked for: to write down which English texts are missing takes longer than the whole question without.
    """
    rows = _entries()
    if wanted.lacks_english:
        rows = rows.annotate(english_is_behind=_flag(_lacks_english()))
    if wanted.past is not None:
        is_past = Q(kind=Kind.EVENT) & (Q(availability=Availability.PAST) | times.over())
        rows = rows.annotate(past=_flag(is_past))
    return rows.annotate(
        source=Value(ENTRY),
        key=F("sort_key"),
        begin=Coalesce("starts_at", Value(NEVER, DateTimeField())),
        told=Case(
            When(withdrawn_at=None, then=Value(DraftState.PUBLISHED)),
            default=Value(DraftState.WITHDRAWN),
            output_field=CharField(),
        ),
    )


def _draft_columns(wanted: Filter) -> QuerySet[Draft]:
    """The same of drafts: the state as `drafts.state_of` gives it, and the entry's columns where that one is shown."""
    withdrawn = Q(state__in=[DraftState.PUBLISHED, DraftState.CHANGED], entry__withdrawn_at__isnull=False)
    is_back = Q(state=DraftState.WITHDRAWN, entry__isnull=False, entry__withdrawn_at=None)
    told = Case(
        When(withdrawn, then=Value(DraftState.WITHDRAWN)),
        When(is_back, then=Value(DraftState.PUBLISHED)),
        default=F("state"),
        output_field=CharField(),
    )
    shows_entry = Q(told=DraftState.PUBLISHED, entry__isnull=False)
    shown = {
        name: Case(When(shows_entry, then=F(f"entry__{column}")), default=F(column))
        for name, column in {"key": "sort_key", "starts": "starts_at", "ends": "ends_at"}.items()
    }
    rows = _drafts().annotate(source=Value(DRAFT), told=told).annotate(**shown)
    if wanted.lacks_english:
        rows = rows.annotate(english_is_behind=_flag(Q(lacks_english=True) | ~Q(outdated=[])))
    if wanted.past is not None:
        rows = rows.annotate(past=_flag(Q(kind=Kind.EVENT) & times.over(starts="starts", ends="ends")))
    return rows.annotate(begin=Coalesce("starts", Value(NEVER, DateTimeField())))


def _flag(condition: Q) -> Case:
    """True or False, never unknown: what is unknown would be in no list."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _lacks_english() -> Q:
    """`translations.missing` as a condition on entries."""
    found = Q(pk__in=[])
    for kind in KINDS:
        lacks = Q(pk__in=[])
        for name in translated_names(kind):
            column, dot, key = name.partition(".")
            german, english = (_text(column, key), _text(column, f"{key}_en")) if dot else _both(column)
            lacks |= ~Q(In(german, NOTHING)) & Q(In(english, NOTHING))
        found |= Q(kind=kind) & lacks
    return found


def _both(column: str) -> tuple[Coalesce, Coalesce]:
    return _text(column, "de"), _text(column, "en")


def _text(column: str, key: str) -> Coalesce:
    return Coalesce(KeyTextTransform(key, column), Value(""), output_field=TextField())


def _of_entry(entry: Entry) -> Row:
    topics = list(entry.topic_rows.all())
    told = {**{name: getattr(entry, name) for name in TRANSLATED}, "details": entry.details}
    return Row(
        uuid=entry.uuid,
        kind=entry.kind,
        slug=entry.slug,
        title=Translated(entry.title),
        state=DraftState.WITHDRAWN if entry.withdrawn_at else DraftState.PUBLISHED,
        partner=entry.partner.short_name if entry.partner else "",
        topic=str(topics[0].topic.title) if topics else "",
        contact=entry.contact.name if entry.contact else "",
        starts_at=entry.starts_at,
        lacks_english=bool(translations.missing(sides(entry.kind, told))),
        outdated=False,
        has_picture=bool(entry.image),
        sort_key=entry.sort_key,
        is_past=entry.kind == Kind.EVENT and entry.is_over(),
    )


def _of_draft(draft: Draft) -> Row:
    state = drafts.state_of(draft)
    shown = draft.entry if draft.entry and state == DraftState.PUBLISHED else draft
    return Row(
        uuid=draft.uuid,
        kind=draft.kind,
        slug=draft.slug,
        title=Translated(shown.title),
        state=state,
        partner=draft.partner.short_name if draft.partner else "",
        topic=str(draft.topic.title) if draft.topic else "",
        contact=draft.contact.name if draft.contact else "",
        starts_at=shown.starts_at,
        lacks_english=draft.lacks_english,
        outdated=bool(draft.outdated),
        has_picture=bool(draft.content.get("picture")),
        sort_key=shown.sort_key,
        is_past=draft.kind == Kind.EVENT and times.is_over(shown.starts_at, shown.ends_at),
    )
