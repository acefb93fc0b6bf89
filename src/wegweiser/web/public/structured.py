"""What search engines read of a page: schema.org as data, from the same facts the page shows."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from wegweiser.catalogue.models import HERE, Attendance, Availability, Entry, Kind
from wegweiser.consortium.models import Centre, Member, Network, Partner, Topic
from wegweiser.kernel import addresses
from wegweiser.web.public import offers

SCHEMA = "https://schema.org"
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


def offer(entry: Entry) -> SafeString:
    """An entry of ours; what has no better type is a Service."""
    kind = _TYPES.get(Kind(entry.kind), "Service")
    data: dict[str, Any] = {"@type": kind, "name": str(entry.title), "description": str(entry.summary)}
    if entry.origin == HERE:
        data["url"] = _address(entry)
    if entry.partner:
        organisation = {"@type": "Organization", "name": str(entry.partner.name)}
        data["organizer" if kind == "Event" else "publisher" if "Article" in kind else "provider"] = organisation
    if "Article" in kind:
        data["headline"] = data.pop("name")
    if day := entry.details.get("published_on"):
        if "Article" in kind:
            data["datePublished"] = day
        elif kind == "VideoObject":
            data["uploadDate"] = day
    if kind == "Event":
        data |= _event(entry)
    if entry.image:
        data["image"] = settings.BASE_URL.rstrip("/") + entry.image
    return block(_said(data))


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
