"""A page for each thing the centre offers."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.models import Availability, Entry, Kind
from wegweiser.documents import calendars
from wegweiser.events import materials
from wegweiser.kernel import addresses
from wegweiser.web import context as centres
from wegweiser.web.page_cache import keep
from wegweiser.web.public import answers, details, enrolment, offers, reads, sections, series, structured

# What one can do on the page of an offer: the title above the person. To a date one comes by a button (`enrol`).
ASK = {
    Kind.DEMONSTRATOR: _("Besuch vereinbaren"),
    Kind.LIGHTHOUSE_PROJECT: _("Mehr erfahren"),
    Kind.CHECK: _("Check vereinbaren"),
    Kind.PROGRAMME: _("Fragen zur Förderung"),
}
OTHERWISE = _("Fragen dazu?")
OVER = {
    Kind.EVENT: _("Diese Veranstaltung ist vorbei. Weiter unten stehen Angebote, die dazu passen."),
    Kind.PROGRAMME: _("Dieses Programm ist ausgelaufen. Weiter unten stehen Angebote, die dazu passen."),
}


def _page(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    entry = reads.entry(kind, slug)
    if entry is None:
        moved = catalogue.renamed(kind, slug)
        if moved is None:
            raise Http404
        there = redirect(offers.href(moved), permanent=True)
        there["Cache-Control"] = "no-cache"  # it may be renamed back: a browser that keeps this would go in a circle
        return there
    if entry.withdrawn_at:
        similar = series.cards(reads.similar(entry, 3))
        return render(request, "public/gone.html", {"title": str(entry.title), "similar": similar}, status=410)
    return page(request, entry)


def page(request: HttpRequest, entry: Entry, *, preview: UUID | None = None) -> HttpResponse:
    """The page of an offer; as a `preview` it says so and leads back to where it is edited."""
    kind, told = Kind(entry.kind), details.sections(entry.details)
    taking_part = enrolment.of(entry, request.GET.get(enrolment.FROM, "")) if kind == Kind.EVENT else None
    without = enrolment.COUNTED_HERE if taking_part else ()
    facts, paragraphs = details.facts(entry, without=without), details.paragraphs(entry, told)
    if taking_part:
        facts += enrolment.facts(taking_part)
    results = details.results(entry.details)
    text_language = offers.foreign(entry.text) if paragraphs else ""
    languages = {
        text_language,
        *(fact.language for fact in facts),
        *(section.language for section in told),
        *(result.language for result in results),
    }
    part_of = series.of_event(taking_part.event) if taking_part else None
    topics = [row.topic for row in entry.topic_rows.all()]
    past = entry.is_over()
    here = bool(entry.starts_at) and entry.availability != Availability.CANCELLED and not past
    context = {
        "entry": entry,
        "card": offers.card(entry),
        "past": past,
        "off": _off(entry, taking_part, part_of),
        "here": here and preview is None,
        "way_in": _way_in(entry, taking_part) if here and preview is None else None,
        "no_button": enrolment.refusal(taking_part) if taking_part and here else "",
        "agenda": enrolment.agenda(taking_part.event) if taking_part else [],
        "facts": facts,
        "paragraphs": paragraphs,
        "text_language": text_language,
        "only_german": "de" in languages,
        "sections": told,
        "ask": OTHERWISE if entry.availability == Availability.CANCELLED else ASK.get(kind, OTHERWISE),
        "over": OVER.get(kind, OVER[Kind.EVENT]),
        "no_promise": kind == Kind.PROGRAMME,
        "section": sections.BY_KIND.get(kind),
        "structured": structured.offer(entry, taking_part, part_of),
        "series": part_of,
        "materials": [] if preview else materials.shown(entry),
        "results": results,
        "result_kind": details.result_kind(entry.details),
        "topics": [answers.topic_line(topic, None) for topic in topics],
        "partner": entry.partner,
        "supporting": list(entry.supporting_partners.all()),
        "person": answers.person_card(reads.contact_of(entry), phone=""),
        "similar": series.cards(reads.similar(entry, 3, beside=part_of.entries if part_of else ())),
        "picture": offers.picture(entry),
        "preview": preview,
    }
    return render(request, "public/offer.html", context)


@dataclass(frozen=True)
class WayIn:
    """The button by which one comes to a date."""

    href: str
    button: str
    icon: str


def _way_in(entry: Entry, taking_part: enrolment.Enrolment | None) -> WayIn | None:
    """None where one can come to it no more, or not yet."""
    if taking_part:
        return WayIn(taking_part.href, taking_part.button, "check") if taking_part.takes else None
    if entry.kind != Kind.EVENT:
        return None
    return WayIn(f"{reverse('public:ask')}?zu={entry.slug}#senden", gettext("Anmelden oder fragen"), "mail")


def _off(entry: Entry, taking_part: enrolment.Enrolment | None, part_of: series.Shown | None) -> dict[str, Any] | None:
    """Why a date does not take place, as its guests read it, and where one could go instead; None where it does."""
    if entry.kind != Kind.EVENT or entry.availability != Availability.CANCELLED:
        return None
    event = taking_part.event if taking_part else None
    return {"reason": event.cancelled_reason if event else "", "instead": series.instead(part_of)}


@login_not_required
@keep
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.EVENT, slug)


@login_not_required
@keep
@require_safe
def demonstrator(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.DEMONSTRATOR, slug)


@login_not_required
@keep
@require_safe
def lighthouse_project(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.LIGHTHOUSE_PROJECT, slug)


@login_not_required
@keep
@require_safe
def check(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.CHECK, slug)


@login_not_required
@keep
@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.GUIDE, slug)


@login_not_required
@keep
@require_safe
def video(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.VIDEO, slug)


@login_not_required
@keep
@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.PROGRAMME, slug)


@login_not_required
@keep
@require_safe
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.TOOL, slug)


@login_not_required
@keep
@require_safe
def news(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.NEWS, slug)


@login_not_required
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The date as a file for one's own calendar."""
    entry = reads.entry(Kind.EVENT, slug)
    if entry is None or entry.withdrawn_at or entry.starts_at is None:
        raise Http404
    place, view = offers.where(entry), centres.of(request)
    date = calendars.Date(
        uid=addresses.identity(entry.uuid),
        title=str(entry.title),
        starts_at=entry.starts_at,
        ends_at=entry.ends_at or entry.starts_at + dt.timedelta(hours=1),
        text=str(entry.summary),
        place=place,
        url=addresses.offer(entry.kind, entry.slug, language=get_language() or "de"),
        sequence=entry.changed,
        organiser=view.email,
        organiser_name=view.name,
    )
    called_off = entry.availability == Availability.CANCELLED
    text = calendars.file(date, method=calendars.Method.CANCEL if called_off else calendars.Method.PUBLISH)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{entry.slug}.ics"'
    return response
