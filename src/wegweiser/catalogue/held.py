"""Entries that this process has read before, until the catalogue changes: pages show the same few again and again.

The objects are sealed. Their contact is not among them: people change without the catalogue.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet

from wegweiser.catalogue import times
from wegweiser.catalogue.models import HERE, Availability, Change, Entry, EntryTopic, EntryVector, Kind
from wegweiser.consortium import directory
from wegweiser.kernel import clock
from wegweiser.kernel.kept import Prepared, sealed

NEVER = -1  # before the first change
FEW = 50  # changes that one looks for one by one
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


@dataclass(frozen=True)
class _Places:
    """All entries of ours as of one change, by kind and slug."""

    last: int
    rows: Mapping[tuple[str, str], Place]

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(row.kind for row in self.rows.values() if not row.withdrawn)


@dataclass
class _Held:
    """What belongs to one state of the catalogue. Another state gets another object: a late reader spoils nothing.

    It begins with those entries of the state before that have not changed since: an editor changes one of hundreds.
    """

    last: int
    names: Hashable = None
    entries: dict[int, Entry] = field(default_factory=dict)
    places: _Places | None = None
    places_before: _Places | None = None

    def next(self, last: int, names: Hashable = None) -> "_Held":
        places, changed = self.places or self.places_before, _changed_since(self.last)
        if changed is None or last < self.last or names != self.names:
            return _Held(last, names, places_before=places)
        same = {number: row for number, row in self.entries.items() if number not in changed}
        return _Held(last, names, same, places_before=places)


_change = Prepared(lambda: Change.objects.filter(pk=1).values_list("last"))
_newest_vector = Prepared(
    lambda encoder: EntryVector.objects.filter(encoder=encoder).order_by("-id").values_list("id")[:1]
)
_newest = Prepared(lambda: Entry.objects.order_by("-changed").values_list("changed", "id")[:FEW])
_held = _Held(NEVER)
_named = _Held(NEVER)  # entries with the names of their topics, partners and sectors


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
    _held, _named = _Held(NEVER), _Held(NEVER)


def _current() -> _Held:
    global _held  # noqa: PLW0603
    last, held = last_change(), _held
    if held.last != last:
        held = _held = held.next(last)
    return held


def _current_with_names() -> _Held:
    global _named  # noqa: PLW0603
    last, names, held = last_change(), directory.names(), _named
    if (held.last, held.names) != (last, names):
        held = _named = held.next(last, names)
    return held


def _changed_since(last: int) -> set[int] | None:
    """The ids of the entries that have changed since then; None where they are more than a few."""
    rows = _newest.rows()
    if len(rows) == FEW and rows[-1][0] > last:
        return None
    return {number for changed, number in rows if changed > last}


def by_ids(ids: Sequence[int]) -> list[Entry]:
    """Those of `ids` that are not withdrawn, in this order: for cards, which name no topic, partner or sector."""
    rows = Entry.objects.prefetch_related(None)
    return [row for row in _read(_current(), rows, ids) if row.withdrawn_at is None]


def places() -> Iterable[Place]:
    """All entries of ours that are not withdrawn, by their name."""
    return (row for row in _places().rows.values() if not row.withdrawn)


def kinds() -> frozenset[str]:
    """The kinds of which there is an entry of ours that is not withdrawn, as of this process's last look at them."""
    return (_held.places or _places()).kinds


def coming_dates() -> list[Place]:
    """Events that have not begun yet and take place, the next first."""
    now = clock.now()
    dates = [(row.starts_at, row.pk, row) for row in places() if row.kind == Kind.EVENT and row.starts_at]
    called_off = Availability.CANCELLED
    return [row for begin, _pk, row in sorted(dates) if begin > now and row.availability != called_off]


def entry(kind: str, slug: str) -> Entry | None:
    """Our entry behind an address, a withdrawn one too, with topics, partners and sectors as they are called now."""
    place = _places().rows.get((kind, slug))
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


def _places() -> _Places:
    held = _current()
    if held.places is None:
        before = held.places_before
        held.places = _read_places(held.last, before if before and before.last <= held.last else _Places(NEVER, {}))
    return held.places


def _read_places(last: int, before: _Places) -> _Places:
    """The places as of the change `last`: those before, and what has changed since, which is read."""
    topics: dict[int, list[int]] = {}
    rows = EntryTopic.objects.filter(entry__changed__gt=before.last).order_by("entry_id", "position")
    for number, topic in rows.values_list("entry_id", "topic_id"):
        topics.setdefault(number, []).append(topic)
    columns = ("kind", "slug", "sort_key", "starts_at", "ends_at", "availability", "changed")
    changed = [
        Place(
            pk=row["pk"],
            partner=row["partner_id"],
            contact=row["contact_id"],
            topics=tuple(topics.get(row["pk"], ())),
            withdrawn=row["withdrawn_at"] is not None,
            **{name: row[name] for name in columns},
        )
        for row in Entry.objects.filter(origin=HERE, changed__gt=before.last).values(
            "pk", "partner_id", "contact_id", "withdrawn_at", *columns
        )
    ]
    anew = {row.pk for row in changed}
    all_rows = [*(row for row in before.rows.values() if row.pk not in anew), *changed]
    all_rows.sort(key=lambda row: (row.sort_key, row.pk))
    return _Places(last, {(row.kind, row.slug): row for row in all_rows})
