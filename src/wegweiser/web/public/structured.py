"""What search engines read of a page: schema.org as data, from the same facts the page shows."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from wegweiser.catalogue.models import HERE, Attendance, Availability, Entry, Kind
from wegweiser.consortium.models import Centre, Member, Network, Partner, Topic
from wegweiser.events.models import Way
from wegweiser.kernel import addresses
from wegweiser.web.public import offers
from wegweiser.web.public.enrolment import Enrolment
from wegweiser.web.public.series import Shown

SCHEMA = "https://schema.org"
FILMS = (".mp4", ".m4v", ".webm", ".ogv", ".mov")
_TYPES = {
    Kind.EVENT: "Event",
    Kind.GUIDE: "Article",
    Kind.NEWS: "NewsArticle",
    Kind.LIGHTHOUSE_PROJECT: "Article",
    Kind.PROGRAMME: "GovernmentService",
    Kind.VIDEO: "VideoObject",
}
_MODES = {
    Attendance.ON_SITE: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.HYBRID: "MixedEventAttendanceMode",
}


def block(data: dict[str, Any]) -> SafeString:
    """`data` as JSON that may stand inside a script element, whatever its texts say."""
    text = json.dumps({"@context": SCHEMA, **data}, ensure_ascii=False)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(safe)  # noqa: S308 (escaped above)


def offer(entry: Entry, taking_part: Enrolment | None = None, part_of: Shown | None = None) -> SafeString:
    """An entry of ours; what has no better type is a Service. `taking_part`: where registration is taken here."""
    told = described(entry, entry.partner, taking_part)
    if part_of:
        told["superEvent"] = _series(part_of)
    return block(told)


def series(shown: Shown) -> SafeString:
    """A series with all its dates, those that are over too."""
    dates = []
    for line in sorted(shown.lines, key=lambda line: line.day):
        entry = line.date.event.draft.entry
        if entry is not None:
            taking_part = Enrolment(line.date.event, line.date.rooms, line.date.closed, f"{line.href}anmelden/")
            dates.append(described(entry, None, taking_part))
    ends = [date["startDate"] for date in dates if "startDate" in date]
    days = {"startDate": ends[0], "endDate": ends[-1]} if ends else {}
    return block({**_series(shown), **days, "subEvent": dates})


def _series(shown: Shown) -> dict[str, Any]:
    url = addresses.series(shown.series.uuid, language=(get_language() or "de")[:2])
    return {"@type": "EventSeries", "name": shown.title, "url": url}


def described(entry: Entry, partner: Partner | None, taking_part: Enrolment | None = None) -> dict[str, Any]:
    """The facts of an entry under the names of schema.org."""
    kind = _TYPES.get(Kind(entry.kind), "Service")
    data: dict[str, Any] = {"@type": kind, "name": str(entry.title), "description": str(entry.summary)}
    if entry.origin == HERE:
        data["url"] = _address(entry)
    if partner:
        organisation = {"@type": "Organization", "name": str(partner.name)}
        data["organizer" if kind == "Event" else "publisher" if "Article" in kind else "provider"] = organisation
    if "Article" in kind:
        data["headline"] = data.pop("name")
    if day := entry.details.get("published_on"):
        if "Article" in kind:
            data["datePublished"] = day
        elif kind == "VideoObject":
            data["uploadDate"] = day
    if kind == "VideoObject":
        data |= _video(entry)
    if kind == "Event":
        data |= _event(entry)
        if taking_part:
            data |= _registration(entry, taking_part)
    if entry.image:
        data["image"] = settings.BASE_URL.rstrip("/") + entry.image
    return _said(data)


def _video(entry: Entry) -> dict[str, Any]:
    """Where the film itself lies, if that is known: most addresses lead to a page around it."""
    minutes, film = entry.details.get("video_minutes"), entry.source_url
    return {
        "duration": f"PT{minutes}M" if minutes else None,
        "thumbnailUrl": settings.BASE_URL.rstrip("/") + entry.image if entry.image else None,
        "contentUrl": film if urlsplit(film).path.lower().endswith(FILMS) else None,
    }


def listing(entries: Sequence[Entry], partners: Mapping[int, Partner], *, name: str, url: str) -> str:
    """A list of entries as one document (JSON-LD), each with its number."""
    items = [
        {"@type": "ListItem", "position": number, "item": described(row, partners.get(row.partner_id or 0))}
        for number, row in enumerate(entries, start=1)
    ]
    told = {"name": name, "url": url, "inLanguage": (get_language() or "de")[:2], "numberOfItems": len(items)}
    document = {"@context": SCHEMA, "@type": "ItemList", **told, "itemListElement": items}
    return json.dumps(document, ensure_ascii=False, indent=1)


def _event(entry: Entry) -> dict[str, Any]:
    status = "EventCancelled" if entry.availability == Availability.CANCELLED else "EventScheduled"
    found: dict[str, Any] = {"eventStatus": f"{SCHEMA}/{status}", "inLanguage": entry.languages}
    if entry.starts_at:
        found["startDate"] = entry.starts_at.isoformat()
    if entry.ends_at:
        found["endDate"] = entry.ends_at.isoformat()
    if entry.attendance:
        found["eventAttendanceMode"] = f"{SCHEMA}/{_MODES[Attendance(entry.attendance)]}"
    if entry.place and entry.attendance != Attendance.ONLINE:
        found["location"] = {"@type": "Place", "name": entry.place, "address": entry.place}
    elif entry.attendance == Attendance.ONLINE:
        found["location"] = {"@type": "VirtualLocation", "url": addresses.offer(entry.kind, entry.slug)}
    if entry.price is not None and not entry.is_over():
        there = Availability(entry.availability) in {Availability.OPEN, Availability.WAITING}
        found["offers"] = {
            "@type": "Offer",
            "price": f"{entry.price:.2f}",
            "priceCurrency": "EUR",
            "availability": f"{SCHEMA}/{'InStock' if there else 'SoldOut'}",
        }
        found["isAccessibleForFree"] = entry.price == 0
    return found


def _registration(entry: Entry, found: Enrolment) -> dict[str, Any]:
    """Ways of taking part, places and the way to the form, as they are now."""
    event, ways = found.event, {room.pool.way for room in found.rooms}
    page = settings.BASE_URL.rstrip("/") + offers.href(entry)
    told: dict[str, Any] = {"isAccessibleForFree": True}
    mode = Attendance.HYBRID if len(ways) > 1 else Attendance.ONLINE if ways == {Way.ONLINE} else Attendance.ON_SITE
    if ways:
        told["eventAttendanceMode"] = f"{SCHEMA}/{_MODES[mode]}"
    there = {"@type": "Place", "name": event.room or entry.place, "address": entry.place}
    online = {"@type": "VirtualLocation", "url": page}
    places = [there] * (Way.ON_SITE in ways and bool(entry.place)) + [online] * (Way.ONLINE in ways)
    if places:
        told["location"] = places[0] if len(places) == 1 else places
    seats = {way: sum(room.pool.capacity for room in found.rooms if room.pool.way == way) for way in ways}
    if seats:
        told["maximumAttendeeCapacity"] = sum(seats.values())
        told["remainingAttendeeCapacity"] = sum(room.free for room in found.open_rooms) if found.has_places else 0
    if mode == Attendance.HYBRID:
        told["maximumPhysicalAttendeeCapacity"] = seats[Way.ON_SITE]
        told["maximumVirtualAttendeeCapacity"] = seats[Way.ONLINE]
    if not entry.is_over() and not event.is_cancelled:
        sold = "InStock" if found.takes and found.has_places else "SoldOut"
        sold = "PreOrder" if found.closed == "registration_not_open_yet" else sold
        told["offers"] = {
            "@type": "Offer",
            "price": "0.00",
            "priceCurrency": "EUR",
            "availability": f"{SCHEMA}/{sold}",
            "url": settings.BASE_URL.rstrip("/") + found.href.partition("?")[0],
        }
        if event.opens_at:
            told["offers"]["validFrom"] = event.opens_at.isoformat()
        if event.closes_at:
            told["offers"]["validThrough"] = event.closes_at.isoformat()
    return told


def person(member: Member, partner: Partner | None) -> SafeString:
    data: dict[str, Any] = {
        "@type": "Person",
        "name": member.name,
        "jobTitle": str(member.position),
        "email": member.email,
        "telephone": member.phone,
        "url": addresses.contact(member.slug, language=_language()),
    }
    if partner:
        data["worksFor"] = {"@type": "Organization", "name": str(partner.name)}
    return block(_said(data))


def partner(row: Partner, *, of: Centre | None) -> SafeString:
    """An institute; `of` the centre that it carries today."""
    data: dict[str, Any] = {
        "@type": "Organization",
        "name": str(row.name),
        "description": str(row.profile),
        "email": row.email,
        "telephone": row.phone,
        "url": row.website,
        "address": row.city,
        "memberOf": _organisation(of) if of else None,
    }
    return block(_said(data))


def topic(row: Topic, *, owner: Partner | None, of: Centre | None, offered: Iterable[Entry]) -> SafeString:
    """A topic is what the centre does for firms: a Service of the partner that answers for it, with its offers."""
    items = [{"@type": "Offer", "name": str(entry.title), "url": _address(entry)} for entry in offered]
    data: dict[str, Any] = {
        "@type": "Service",
        "name": str(row.title),
        "description": str(row.summary),
        "url": addresses.offer(Kind.TOPIC, row.slug, language=_language()),
        "provider": {"@type": "Organization", "name": str(owner.name)} if owner else None,
        "broker": _organisation(of) if of else None,
        "areaServed": of.region if of else "",
        "hasOfferCatalog": {"@type": "OfferCatalog", "itemListElement": items} if items else None,
    }
    return block(_said(data))


def networks(rows: Iterable[Network]) -> SafeString:
    """The networks of the page, each with the place where it stands there. None of them is part of the centre."""
    here = addresses.networks(language=_language())
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "item": _said(
                {
                    "@type": "Organization",
                    "@id": f"{here}#{row.slug}",
                    "name": str(row.name),
                    "description": str(row.summary),
                    "areaServed": str(row.scope),
                    "url": row.website,
                }
            ),
        }
        for position, row in enumerate(rows, start=1)
    ]
    return block({"@type": "ItemList", "url": here, "itemListElement": items})


def centre(row: Centre) -> SafeString:
    data = {
        **_organisation(row),
        "description": str(row.about),
        "telephone": row.phone,
        "email": row.email,
        "areaServed": row.region,
    }
    return block(_said(data))


def _organisation(row: Centre) -> dict[str, str]:
    return {"@type": "Organization", "name": str(row.name), "url": addresses.home(language=_language())}


def _address(entry: Entry) -> str:
    return settings.BASE_URL.rstrip("/") + offers.href(entry)


def _language() -> str:
    return get_language() or "de"


def _said(data: dict[str, Any]) -> dict[str, Any]:
    """Without what nobody has said."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}
