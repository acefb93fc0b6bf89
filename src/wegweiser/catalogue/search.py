"""Search over this installation's entries: one shelf per process, built again when entries or names changed."""

import datetime as dt
import threading
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from wegweiser.catalogue import held, times
from wegweiser.catalogue.matching.documents import Document
from wegweiser.catalogue.models import Availability, Entry, Kind
from wegweiser.catalogue.queries import POINTS, shown
from wegweiser.catalogue.shelf import Found, Item, Query, Shelf
from wegweiser.consortium import directory
from wegweiser.consortium import queries as consortium
from wegweiser.kernel import clock
from wegweiser.kernel.translated import LANGUAGES

_lock = threading.Lock()
_held: tuple[Hashable, Shelf] | None = None

# What people call a kind when they look for one; a programme's own text seldom says "Förderung".
CALLED = {
    Kind.PROGRAMME: {"de": "Förderung Förderprogramm Fördermittel Zuschuss", "en": "funding programme grant"},
}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody looks for, as days and keys: `district` by AGS with `within_km` around it."""

    text: str = ""
    lang: str = "de"
    kinds: frozenset[str] = frozenset()
    topic: str = ""
    partner: str = ""
    sector: str = ""
    district: str = ""
    within_km: int = 0
    attendance: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    past: bool = False


def find(wish: Wish) -> Found:
    """The entries that fit, and the counts for each filter. It asks the database for no entry."""
    query = Query(
        text=wish.text,
        lang=wish.lang,
        kinds=wish.kinds,
        topic=wish.topic,
        partner=wish.partner,
        sector=wish.sector,
        districts=_around(wish.district, wish.within_km) if wish.district else frozenset(),
        attendance=wish.attendance,
        since=_begin(wish.since),
        until=_begin(wish.until + dt.timedelta(days=1)) if wish.until else None,
        past=wish.past,
    )
    return shelf().find(query, now=clock.now().timestamp())


def listed(ids: Sequence[int]) -> list[Entry]:
    """The entries of a page of results, in the order of `ids`."""
    return held.by_ids(ids)


def shelf() -> Shelf:
    """This process's shelf, up to date. One thread builds while the others keep the old one."""
    global _held  # noqa: PLW0603
    state = (held.last_change(), directory.names())  # it holds the names of partners, sectors and districts, too
    kept = _held
    if kept and kept[0] == state:
        return kept[1]
    if kept and not _lock.acquire(blocking=False):
        return kept[1]
    if not kept:
        _lock.acquire()
    try:
        if _held is None or _held[0] != state:
            _held = (state, Shelf(map(_item, shown().prefetch_related("sectors", "supporting_partners").iterator(500))))
        return _held[1]
    finally:
        _lock.release()


def forget() -> None:
    """Drop this process's shelf and entries, so that the next search reads them again."""
    global _held  # noqa: PLW0603
    _held = None
    held.forget()


def _around(district: str, within_km: int) -> frozenset[str]:
    """The district itself and those whose middle is near enough."""
    near = consortium.districts_within(district, within_km) if within_km else ()
    return frozenset({district, *near})


def _begin(day: dt.date | None) -> float | None:
    zone = clock.local(clock.now()).tzinfo
    return dt.datetime.combine(day, dt.time(), zone).timestamp() if day else None


def _item(entry: Entry) -> Item:
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
        attendance=entry.attendance,
        starts_at=entry.starts_at.timestamp() if entry.starts_at else None,
        over_at=over,
        documents={lang: _document(entry, lang) for lang in LANGUAGES},
    )


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
