"""The lists of the site: one search, its filters and their counts, shown whole or as the part that changed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wegweiser.catalogue import search
from wegweiser.catalogue.search import Wish
from wegweiser.catalogue.shelf import Found
from wegweiser.consortium import directory
from wegweiser.consortium.models import District
from wegweiser.kernel.kept import Recent
from wegweiser.web.page_cache import keep, must_be_new, not_this_one
from wegweiser.web.public import details, nearby, offers, sections, series, wishes
from wegweiser.web.public.nearby import Nearby
from wegweiser.web.public.sections import Section
from wegweiser.web.public.wishes import Asked
from wegweiser.web.ui import maps

PAGE = 24


@dataclass(frozen=True)
class Choice:
    """One filter as a list that opens."""

    name: str
    label: str | Promise
    empty: str | Promise
    options: list[tuple[str, str]]
    value: str


@dataclass(frozen=True)
class Month:
    """The dates of one month."""

    title: str
    cards: list[offers.Card]


def _show(request: HttpRequest, section: Section) -> HttpResponse:
    asked = wishes.read(request.GET)
    districts = {row.key: row for row in directory.districts()}
    place = districts.get(asked["landkreis"])
    language = (get_language() or "de")[:2]
    looking = nearby.read(asked, place) if "place" in section.filters else Nearby()
    around_district = looking.point is not None and not looking.typed
    wish = wishes.wish(
        asked,
        section,
        district=place.ags if place and not around_district else "",
        area=frozenset(looking.districts),
        lang=language,
        near=looking.point,
        within_km=looking.within_km,
    )
    found = search.find(wish, now=must_be_new(request))
    page = Paginator(found.ids, PAGE).get_page(request.GET.get("seite"))
    entries = search.listed(list(page.object_list))
    distances = {entry.pk: nearby.distance(found.kilometres, entry.pk) for entry in entries}
    cards = series.with_places(offers.cards(entries, distances), entries)
    techniques = details.techniques(entries, distances) if section.face == sections.TECHNIQUE else []
    names = _named.take((directory.names(), language), lambda: _names(districts.values()))
    context: dict[str, Any] = {
        "section": section,
        "asked": asked,
        "no_days": asked.no_days,
        "page": page,
        "cards": cards,
        "some": bool(cards),
        "stories": details.stories(entries, distances) if section.face == sections.STORIES else [],
        "techniques": techniques,
        "only_german": any(language == "de" for row in techniques for _name, language in row.technologies),
        "months": _months(cards) if section.face == sections.DATES and not asked["q"] else [],
        "count": _count(page.paginator.count),
        "partial": bool(asked["q"]) and not found.complete and bool(found.ids),
        "choices": _choices(section, asked, found, names, {key: row.ags for key, row in districts.items()}),
        "active": _active(asked, names, looking),
        "narrowed": any(name not in {"q", "ort", "umkreis"} for name in asked.values),
        "radii": _radii(asked) if looking.point else [],
        "has_places": "place" in section.filters and bool(directory.gazetteer()),
        "nearby": looking,
        "meant": [(name, asked.with_(ort=written)) for name, written in looking.others],
        "further": _further(wish, asked) if looking.point and not found.ids else None,
        "everywhere": None if found.ids else _everywhere(wish, asked),
        "anywhere": _anywhere(found.anywhere, asked, section),
        "spans": [(key, text, asked.without("von", "bis", wann=key)) for key, text in wishes.SPANS.items()],
        "map": _map(asked, found.counts["district"], place, districts) if "place" in section.filters else None,
    }
    is_part = bool(getattr(request, "htmx", False)) and not request.headers.get("HX-History-Restore-Request")
    response = render(request, "public/_listing.html" if is_part else "public/listing.html", context)
    if is_part:
        response["HX-Push-Url"] = request.path + (asked.with_() if asked.values else "")
    if found.outdated:
        not_this_one(response)
    response["Vary"] = "HX-Request, Accept-Language, Cookie"
    return response


Names = Mapping[str, Mapping[str, str]]
_named: Recent[Names] = Recent(10)
_maps: Recent[maps.ChoiceMap | None] = Recent(200)


def _names(districts: Iterable[District]) -> Names:
    """The words for the keys of each filter, in the order of the list."""
    return {
        "art": {word: str(offers.LABELS[kind]) for word, kind in wishes.KINDS.items()},
        "thema": {row.slug: str(row.title) for row in directory.topics()},
        "partner": {row.slug: row.short_name for row in directory.partners()},
        "branche": {row.key: str(row) for row in directory.sectors()},
        "landkreis": {row.key: str(row) for row in districts},
        "form": {"vor-ort": _("vor Ort"), "online": _("online")},
    }


def _choices(section: Section, asked: Asked, found: Found, names: Names, ags: Mapping[str, str]) -> list[Choice]:
    """The filters of this list, each value with how many entries it would leave; `ags` of districts by their key."""
    every = {
        "kind": (
            "art",
            _("Was?"),
            _("alles"),
            {word: found.counts["kind"].get(kind, 0) for word, kind in wishes.KINDS.items()},
        ),
        "topic": ("thema", _("Thema"), _("alle Themen"), found.counts["topic"]),
        "sector": ("branche", _("Branche"), _("alle Branchen"), found.counts["sector"]),
        "partner": ("partner", _("Partner"), _("alle Partner"), found.counts["partner"]),
        "place": (
            *("landkreis", _("Landkreis"), _("überall")),
            {key: found.counts["district"].get(number, 0) for key, number in ags.items()},
        ),
        "attendance": (
            *("form", _("Vor Ort oder online"), _("beides")),
            {word: found.counts["attendance"].get(way, 0) for word, way in wishes.WAYS.items()},
        ),
    }
    choices = []
    for wanted in section.filters:
        if wanted not in every:
            continue
        name, label, empty, counts = every[wanted]
        options = [
            (key, f"{text} ({counts.get(key, 0)})")
            for key, text in names[name].items()
            if counts.get(key) or key == asked[name]
        ]
        if options:
            choices.append(Choice(name, label, empty, options, asked[name]))
    return choices


def _active(asked: Asked, names: Names, looking: Nearby) -> list[dict[str, str]]:
    """What the list is narrowed by, each with the address that takes it away."""
    found = []
    around = "ort" if looking.typed else "landkreis" if looking.point else ""
    for name, value in asked.values.items():
        if name == "umkreis":
            continue  # told with its place
        if name == around:
            text = looking.label
        elif name == "q":
            text = f"„{value}“"
        elif name in names:
            text = names[name].get(value, value)
        elif name == "wann":
            text = str(wishes.SPANS[value])
        elif name in {"von", "bis"}:
            day = date_format(dt.date.fromisoformat(value), "SHORT_DATE_FORMAT")
            text = _("ab %(day)s") % {"day": day} if name == "von" else _("bis %(day)s") % {"day": day}
        else:
            text = _("auch Vergangenes")
        gone = (name, "umkreis") if name in {"landkreis", "ort"} else (name,)
        found.append({"label": text, "href": asked.without(*gone)})
    return found


def _radii(asked: Asked) -> list[tuple[str, str, bool]]:
    """How far one may look: in words, with its address, and whether it is the present one."""
    present = asked["umkreis"] or str(wishes.USUAL_RADIUS)
    words = {**{str(km): f"{km} km" for km in wishes.RADII}, wishes.ANY_DISTANCE: _("egal wie weit")}
    return [(text, asked.with_(umkreis=radius), radius == present) for radius, text in words.items()]


def _further(wish: Wish, asked: Asked) -> tuple[str, str] | None:
    """Where nothing is near enough: how many there are farther away, and the address that shows them."""
    number = len(search.find(replace(wish, within_km=None)).ids)
    return (_count(number), asked.with_(umkreis=wishes.ANY_DISTANCE)) if number else None


def _everywhere(wish: Wish, asked: Asked) -> tuple[str, str] | None:
    """Where a list of one kind holds nothing: how many there are of all kinds on any day, and their address."""
    number = len(search.find(replace(wish, kinds=frozenset(), since=None, until=None, past=False)).ids)
    if not number:
        return None
    text = ngettext("%(n)d Treffer in allen Angeboten", "%(n)d Treffer in allen Angeboten", number) % {"n": number}
    return text, reverse("public:offers") + asked.without("art", "von", "bis", "wann", "vergangene")


def _anywhere(number: int, asked: Asked, section: Section) -> tuple[str, str] | None:
    """What lies nowhere and so is in no radius, in words, with the address that shows it."""
    if not number:
        return None
    text = ngettext(
        "%(n)d weiteres Angebot ist an keinen Ort gebunden, zum Beispiel online.",
        "%(n)d weitere Angebote sind an keinen Ort gebunden, zum Beispiel online.",
        number,
    )
    online = {"form": "online"} if section.face == sections.DATES else {}
    return text % {"n": number}, Asked({**asked.values, **online}).without("ort", "umkreis")


def _map(
    asked: Asked, counts: Mapping[str, int], place: District | None, districts: Mapping[str, District]
) -> maps.ChoiceMap | None:
    """The districts with their counts, each with the address of this list narrowed to it; None where nothing lies."""
    if not any(counts.values()):
        return None
    here = place.ags if place else ""
    drawn = directory.outlines.versioned()[0], directory.districts.versioned()[0], get_language()
    key = (drawn, here, tuple(asked.values.items()), tuple(counts.items()))
    return _maps.take(key, lambda: maps.choice_map(counts, here=here, hrefs=_link(asked, districts)))


def _link(asked: Asked, districts: Mapping[str, District]) -> Mapping[str, str]:
    """For each district (AGS) the address of this list narrowed to it."""
    return {row.ags: asked.with_(landkreis=key) + "#treffer" for key, row in districts.items()}


def _count(number: int) -> str:
    return ngettext("%(n)d Treffer", "%(n)d Treffer", number) % {"n": number}


def _months(cards: Iterable[offers.Card]) -> list[Month]:
    """Dates under the name of their month, in their order; what has no day comes last."""
    months = groupby(cards, key=lambda card: (card.day.year, card.day.month) if card.day else None)
    groups = [list(group) for _month, group in months]
    titles = [date_format(group[0].day, "F Y") if group[0].day else _("Ohne festen Tag") for group in groups]
    return [Month(title, group) for title, group in zip(titles, groups, strict=True)]


@login_not_required
@keep
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Search over all that is offered."""
    return _show(request, sections.EVERYTHING)


@login_not_required
@keep
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    return _show(request, sections.EVENTS)


@login_not_required
@keep
@require_safe
def demonstrators(request: HttpRequest) -> HttpResponse:
    return _show(request, sections.DEMONSTRATORS)


@login_not_required
@keep
@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    return _show(request, sections.STORIES_SECTION)


@login_not_required
@keep
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    return _show(request, sections.CHECKS)


@login_not_required
@keep
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    return _show(request, sections.GUIDES)


@login_not_required
@keep
@require_safe
def videos(request: HttpRequest) -> HttpResponse:
    return _show(request, sections.VIDEOS)


@login_not_required
@keep
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    return _show(request, sections.PROGRAMMES)


@login_not_required
@keep
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    return _show(request, sections.NEWS)
