"""Search over this installation's entries: one shelf per process, built again when entries or names changed."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from wegweiser.catalogue import held, times
from wegweiser.catalogue.matching.documents import Document
from wegweiser.catalogue.models import Attendance, Availability, Entry, Kind
from wegweiser.catalogue.queries import POINTS, shown
from wegweiser.catalogue.shelf import Found, Item, Query, Shelf
from wegweiser.consortium import directory
from wegweiser.consortium.gazetteer import Point
from wegweiser.kernel import clock
from wegweiser.kernel.translated import LANGUAGES

LOOKED_SECONDS = 1.0  # how long others may rely on the last look of `keep_up`: with a kept page never two seconds

_lock = threading.Lock()
_held: tuple[Hashable, Shelf] | None = None
_looked = float("-inf")  # when `keep_up` last found or made this process's shelf up to date

# What people call a kind when they look for one; a programme's own text seldom says "Förderung".
CALLED = {
    Kind.PROGRAMME: {"de": "Förderung Förderprogramm Fördermittel Zuschuss", "en": "funding programme grant"},
}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody looks for, as days and keys.

    `district` and those of `area` by AGS, `near` as latitude and longitude in degrees.

    With `near`, only what lies at most `within_km` (None: however far) from there, the nearest first if `by_distance`.
    """

    text: str = ""
    lang: str = "de"
    kinds: frozenset[str] = frozenset()
    topic: str = ""
    partner: str = ""
    sector: str = ""
    district: str = ""
    area: frozenset[str] = frozenset()
    near: Point | None = None
    within_km: int | None = None
    by_distance: bool = False
    attendance: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    past: bool = False


def find(wish: Wish, *, now: bool = False) -> Found:
    """The entries that fit, and the counts for each filter. It asks the database for no entry.

    Right after a change others may get what was, for as long as one thread builds anew (`Found.outdated`); with `now`
    the answer waits for it.
    """
    query = Query(
        text=wish.text,
        lang=wish.lang,
        kinds=wish.kinds,
        topic=wish.topic,
        partner=wish.partner,
        sector=wish.sector,
        district=wish.district,
        area=wish.area,
        near=wish.near,
        within_km=wish.within_km,
        by_distance=wish.by_distance,
        attendance=wish.attendance,
        since=_begin(wish.since),
        until=_begin(wish.until + dt.timedelta(days=1)) if wish.until else None,
        past=wish.past,
        people=directory.today().slugs(),
    )
    held, outdated = shelf(now=now)
    return replace(held.find(query, now=clock.now().timestamp()), outdated=outdated)


def listed(ids: Sequence[int]) -> list[Entry]:
    """The entries of a page of results, in the order of `ids`."""
    return held.by_ids(ids)


def shelf(*, now: bool = False) -> tuple[Shelf, bool]:
    """This process's shelf, and whether it is an outdated one: one thread builds while the others keep the old.

    That thread is a visitor's only where nobody looks after the shelf with `keep_up`. With `now` nobody gets an
    outdated one.
    """
    global _held  # noqa: PLW0603
    state = _state()
    kept = _held
    if kept and kept[0] == state:
        return kept[1], False
    if kept and not now:
        if time.monotonic() - _looked < LOOKED_SECONDS or not _lock.acquire(blocking=False):
            return kept[1], True
    else:
        _lock.acquire()
    try:
        if _held is None or _held[0] != state:
            rows = shown().prefetch_related("sectors", "supporting_partners").iterator(500)
            _held = (state, Shelf(map(partial(_item, _whereabouts()), rows)))
        return _held[1], False
    finally:
        _lock.release()


def keep_up() -> bool:
    """Build the shelf where it is outdated, and whether it was: for a thread that looks again and again.

    While it does so at least every LOOKED_SECONDS, no visitor builds one.
    """
    global _looked  # noqa: PLW0603
    kept = _held
    was_outdated = kept is None or kept[0] != _state()
    if was_outdated:
        shelf(now=True)
    _looked = time.monotonic()
    return was_outdated


def forget() -> None:
    """Drop this process's shelf and entries, so that the next search reads them again."""
    global _held, _looked
    _held, _looked = None, float("-inf")
    held.forget()


def _state() -> Hashable:
    """What the shelf is made of: the entries, the names of partners, sectors and districts, and where entries lie."""
    return held.last_change(), directory.names(), directory.places_version()


def _whereabouts() -> Callable[[Entry], Point | None]:
    """Where an entry lies: the place that its address names, else the middle of its district."""
    places = directory.gazetteer()
    middles = {row.district_id: (row.latitude, row.longitude) for row in directory.outlines()}

    def point(entry: Entry) -> Point | None:
        if entry.attendance == Attendance.ONLINE:
            return None
        district = entry.district_id or ""
        return places.located(entry.place, district=district) or middles.get(district)

    return point


def _begin(day: dt.date | None) -> float | None:
    zone = clock.local(clock.now()).tzinfo
    return dt.datetime.combine(day, dt.time(), zone).timestamp() if day else None


def _item(where: Callable[[Entry], Point | None], entry: Entry) -> Item:
    end = times.end(entry.starts_at, entry.ends_at)
    over = end.timestamp() if end else None
    if entry.availability == Availability.PAST:
        over = 0.0
    partners = [entry.partner, *entry.supporting_partners.all()]
    return Item(
        id=entry.pk,
        kind=entry.kind,
        sort_key=entry.sort_key,
        topics=tuple(row.topic.slug for row in entry.topic_rows.all()),
        partners=tuple(dict.fromkeys(partner.slug for partner in partners if partner)),
        sectors=tuple(sector.key for sector in entry.sectors.all()),
        district=entry.district_id or "",
        point=where(entry),
        attendance=entry.attendance,
        starts_at=entry.starts_at.timestamp() if entry.starts_at else None,
        over_at=over,
        published_at=_begin(_published(entry)),
        person=entry.slug if entry.kind == Kind.CONTACT else "",
        documents={lang: _document(entry, lang) for lang in LANGUAGES},
    )


def _published(entry: Entry) -> dt.date | None:
    """The day of a piece of news; without one the day it came in."""
    if entry.kind != Kind.NEWS:
        return None
    said = entry.details.get("published_on")
    return dt.date.fromisoformat(said) if said else clock.local(entry.recorded_at).date()


def _document(entry: Entry, lang: str) -> Document:
    """All words by which one may look for `entry`."""
    where = [
        CALLED.get(Kind(entry.kind), {}).get(lang, ""),
        entry.place,
        str(entry.district or ""),
        entry.partner.short_name if entry.partner else "",
    ]
    company = entry.details.get("company") or {}
    where += [company.get("name", ""), company.get("city", "")]
    sectors = " ".join(sector.label.text(lang) for sector in entry.sectors.all())
    points = ["; ".join(map(str, entry.details.get(name) or [])) for name in POINTS]
    return Document(
        key=str(entry.pk),
        kind=entry.kind,
        topics=(),
        partner="",
        title=entry.title.text(lang),
        summary=entry.summary.text(lang),
        text=" ".join(part for part in (entry.text.text(lang), entry.format, *where, sectors, *points) if part),
        everyday_words=entry.everyday_words.text(lang),
        lang=lang,
    )
