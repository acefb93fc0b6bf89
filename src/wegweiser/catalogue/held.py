"""Entries that this process has read before, until the catalogue changes: pages show the same few again and again.

The objects are sealed. Their contact is not among them: people change without the catalogue.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from wegweiser.catalogue import times
from wegweiser.catalogue.models import HERE, Availability, Change, Entry, EntryTopic, EntryVector, Kind
from wegweiser.consortium import directory
from wegweiser.kernel import clock
from wegweiser.kernel.kept import Prepared, sealed

MOST = 1_000  # entries in full; of the others a process only knows where they belong


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an entry of ours belongs, without its texts."""

    pk: int
    kind: str
    slug: str
    sort_key: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    availability: str
    partner: int | None
    contact: int | None
    topics: tuple[int, ...]
    withdrawn: bool
    changed: int

    def is_over(self, *, now: dt.datetime | None = None) -> bool:
        return self.availability == Availability.PAST or times.is_over(self.starts_at, self.ends_at, now=now)


@dataclass
class _Held:
    """What belongs to one state of the catalogue. Another state gets another object: a late reader spoils nothing."""

    state: Hashable
    entries: dict[int, Entry] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] | None = None  # by kind and slug


_change = Prepared(lambda: Change.objects.filter(pk=1).values_list("last"))
_newest_vector = Prepared(
    lambda encoder: EntryVector.objects.filter(encoder=encoder).order_by("-id").values_list("id")[:1]
)
_held = _Held(None)
_named = _Held(None)  # entries with the names of their topics, partners and sectors


def last_change() -> int:
    """The number of the last change of the catalogue, 0 before the first."""
    rows = _change.rows()
    return int(rows[0][0]) if rows else 0


def newest_vector(encoder: str) -> int:
    rows = _newest_vector.rows(encoder)
    return int(rows[0][0]) if rows else 0


def forget() -> None:
    """Drop what this process holds: for tests, which begin the same numbers again."""
    global _held, _named
    _held, _named = _Held(None), _Held(None)


def _current() -> _Held:
    global _held  # noqa: PLW0603
    state, held = last_change(), _held
    if held.state != state:
        held = _held = _Held(state)
    return held


def _current_with_names() -> _Held:
    global _named  # noqa: PLW0603
    state, held = (last_change(), directory.names()), _named
    if held.state != state:
        held = _named = _Held(state)
    return held


def by_ids(ids: Sequence[int]) -> list[Entry]:
    """Those of `ids` that are not withdrawn, in this order: for cards, which name no topic, partner or sector."""
    rows = Entry.objects.prefetch_related(None)
    return [row for row in _read(_current(), rows, ids) if row.withdrawn_at is None]


def places() -> Iterable[Place]:
    """All entries of ours that are not withdrawn, by their name."""
    return (row for row in _places(_current()).values() if not row.withdrawn)


def coming_dates() -> list[Place]:
    """Events that have not begun yet and take place, the next first."""
    now = clock.now()
    dates = [(row.starts_at, row.pk, row) for row in places() if row.kind == Kind.EVENT and row.starts_at]
    called_off = Availability.CANCELLED
    return [row for begin, _pk, row in sorted(dates) if begin > now and row.availability != called_off]


def entry(kind: str, slug: str) -> Entry | None:
    """Our entry behind an address, a withdrawn one too, with topics, partners and sectors as they are called now."""
    place = _places(_current()).get((kind, slug))
    if place is None:
        return None
    rows = Entry.objects.select_related("partner")
    rows = rows.prefetch_related("topic_rows__topic", "sectors", "supporting_partners")
    return next(iter(_read(_current_with_names(), rows, [place.pk])), None)


def _read(held: _Held, rows: QuerySet[Entry], ids: Iterable[int]) -> list[Entry]:
    wanted = list(ids)
    missing = [number for number in wanted if number not in held.entries]
    found = {number: row for number in wanted if (row := held.entries.get(number))}
    if missing:
        found |= {number: sealed(row) for number, row in rows.in_bulk(missing).items()}
        known = {} if len(held.entries) + len(missing) > MOST else held.entries
        held.entries = {**known, **found}
    return [found[number] for number in wanted if number in found]


def _places(held: _Held) -> dict[tuple[str, str], Place]:
    if held.places is None:
        topics: dict[int, list[int]] = {}
        for number, topic in EntryTopic.objects.order_by("entry_id", "position").values_list("entry_id", "topic_id"):
            topics.setdefault(number, []).append(topic)
        columns = ("kind", "slug", "sort_key", "starts_at", "ends_at", "availability", "changed")
        rows = Entry.objects.filter(origin=HERE).order_by("sort_key", "id")
        held.places = {
            (row["kind"], row["slug"]): Place(
                pk=row["pk"],
                partner=row["partner_id"],
                contact=row["contact_id"],
                topics=tuple(topics.get(row["pk"], ())),
                withdrawn=row["withdrawn_at"] is not None,
                **{name: row[name] for name in columns},
            )
            for row in rows.values("pk", "partner_id", "contact_id", "withdrawn_at", *columns)
        }
    return held.places
