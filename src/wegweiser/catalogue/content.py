"""An entry as one document that editors work on, and back to the offer that is published.

Rows are named by their keys, moments are ISO in UTC, both languages stand side by side.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from wegweiser.catalogue import times
from wegweiser.catalogue.fields import KINDS, TRANSLATED
from wegweiser.catalogue.models import Attendance, Availability, Entry, EntryTopic, Kind
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import District, Member, Partner, Sector, Topic
from wegweiser.files import queries as files
from wegweiser.kernel import clock
from wegweiser.kernel.translated import Translated, translated

Content = dict[str, Any]
PLACES = {"online": Attendance.ONLINE, "on_site_or_online": Attendance.HYBRID, "phone": ""}


def empty(kind: str) -> Content:
    """A document in which nothing is said yet."""
    return {
        **{name: {"de": ""} for name in TRANSLATED},
        "topics": [],
        "partner": "",
        "supporting_partners": [],
        "contact": "",
        "format": "",
        "attendance": Attendance.ON_SITE if kind in {Kind.EVENT, Kind.DEMONSTRATOR, Kind.CHECK} else "",
        "place": "",
        "district": "",
        "starts_at": None,
        "ends_at": None,
        "languages": ["de"],
        "sectors": [],
        "price": None,
        "picture": "",
        "availability": Availability.OPEN,
        "details": {},
        "licence": "",
        "source_url": "",
    }


def of_entry(entry: Entry) -> Content:
    """What `entry` shows, without keys that say the same as one of its columns."""
    known = KINDS.get(entry.kind)
    details = {key: value for key, value in entry.details.items() if known is None or key not in known.dropped}
    picture = details.pop("picture", None) or {}
    return {
        **{name: dict(getattr(entry, name)) or {"de": ""} for name in TRANSLATED},
        "topics": [row.topic.key for row in entry.topic_rows.all()],
        "partner": entry.partner.key if entry.partner else "",
        "supporting_partners": sorted(row.key for row in entry.supporting_partners.all()),
        "contact": entry.contact.slug if entry.contact else "",
        "format": entry.format,
        "attendance": entry.attendance,
        "place": entry.place,
        "district": entry.district_id or "",
        "starts_at": _written(entry.starts_at),
        "ends_at": _written(entry.ends_at),
        "languages": list(entry.languages),
        "sectors": sorted(row.key for row in entry.sectors.all()),
        "price": None if entry.price is None else f"{entry.price:.2f}",
        "picture": picture.get("uuid", ""),
        "availability": entry.availability,
        "details": details,
        "licence": entry.licence,
        "source_url": entry.source_url,
    }


def offer(kind: str, slug: str, content: Mapping[str, Any]) -> Offer:
    """The offer that `content` tells. Rows that are gone since are left out."""
    topics = {row.key: row for row in Topic.objects.filter(key__in=content["topics"])}
    starts_at, ends_at = moment(content["starts_at"]), moment(content["ends_at"])
    details = dict(content["details"])
    picture = files.picture(content["picture"])
    shown = files.document(picture) if picture else None
    if shown:
        details["picture"] = shown
    partners = {row.key: row for row in Partner.objects.all()}
    return Offer(
        kind=kind,
        slug=slug,
        title=_side_by_side(content["title"]),
        summary=_side_by_side(content["summary"]),
        text=_text(kind, content),
        target_group=_side_by_side(content["target_group"]),
        everyday_words=_side_by_side(content["everyday_words"]),
        topics=tuple(topics[key] for key in content["topics"] if key in topics),
        partner=partners.get(content["partner"]),
        supporting_partners=tuple(partners[key] for key in content["supporting_partners"] if key in partners),
        contact=Member.objects.filter(slug=content["contact"]).first() if content["contact"] else None,
        format=content["format"],
        attendance=_attendance(kind, content),
        place=content["place"],
        district=District.objects.filter(pk=content["district"]).first() if content["district"] else None,
        starts_at=starts_at,
        ends_at=ends_at,
        languages=tuple(content["languages"]),
        sectors=tuple(Sector.objects.filter(key__in=content["sectors"])),
        price=None if content["price"] is None else Decimal(content["price"]),
        image=files.image(picture) if picture else "",
        availability=availability(content["availability"], starts_at, ends_at),
        details=details,
        licence=content["licence"],
        source_url=content["source_url"],
    )


def unsaved_entry(kind: str, slug: str, content: Mapping[str, Any], of: Entry | None) -> Entry:
    """The entry as it would be published, for a preview: nothing of it is stored, all its rows are at hand."""
    told = offer(kind, slug, content)
    entry = Entry(**told.columns(), pk=of.pk if of else -1, recorded_at=of.recorded_at if of else clock.now())
    if of:
        entry.uuid = of.uuid
    rows = [EntryTopic(entry=entry, topic=topic, position=place) for place, topic in enumerate(told.topics)]
    at_hand: dict[str, tuple[QuerySet[Any], list[Any]]] = {
        "topic_rows": (EntryTopic.objects.none(), rows),
        "supporting_partners": (Partner.objects.none(), list(told.supporting_partners)),
        "sectors": (Sector.objects.none(), list(told.sectors)),
    }
    cache: dict[str, Any] = {}
    for name, (query, found) in at_hand.items():
        query._result_cache = found  # noqa: SLF001 - what `prefetch_related` does
        cache[name] = query
    entry._prefetched_objects_cache = cache  # type: ignore[attr-defined]  # noqa: SLF001
    return entry


def availability(said: str, starts_at: dt.datetime | None, ends_at: dt.datetime | None) -> str:
    """What was said, but by the clock where it is about the past."""
    if said == Availability.CANCELLED:
        return said
    if times.is_over(starts_at, ends_at):
        return Availability.PAST
    return Availability.OPEN if said == Availability.PAST else said


def moment(written: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(written) if written else None


def _written(value: dt.datetime | None) -> str | None:
    return value.astimezone(dt.UTC).isoformat() if value else None


def _side_by_side(value: Mapping[str, str]) -> Translated:
    german = value.get("de", "")
    return translated(german, value.get("en")) if german else Translated()


def _text(kind: str, content: Mapping[str, Any]) -> Translated:
    """The text, or where a kind tells it in parts, the parts together."""
    parts = KINDS[kind].told_by if kind in KINDS else ()
    details = content["details"]
    german = [details[name] for name in parts if details.get(name)]
    if not german:
        return _side_by_side(content["text"])
    english = [details[f"{name}_en"] for name in parts if details.get(f"{name}_en")]
    return translated("\n\n".join(german), "\n\n".join(english) if len(english) == len(german) else None)


def _attendance(kind: str, content: Mapping[str, Any]) -> str:
    """Where a check takes place says how one takes part."""
    location = content["details"].get("location") if kind == Kind.CHECK else None
    return str(PLACES.get(location, Attendance.ON_SITE)) if location else content["attendance"]
