"""Dates for other programs and other sites: calendars to subscribe to, Atom, JSON-LD, and a list without a script."""

import datetime as dt
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import feedgenerator
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from wegweiser.catalogue import held
from wegweiser.catalogue.models import Availability, Entry
from wegweiser.consortium import directory
from wegweiser.documents import calendars
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.kept import Recent
from wegweiser.web import context as centres
from wegweiser.web.page_cache import keep
from wegweiser.web.public import chosen_dates, offers, structured
from wegweiser.web.public.chosen_dates import Chosen
from wegweiser.web.public.views.machines import CONTROLS

LISTED, MOST_LISTED = 5, 30
HOUR = dt.timedelta(hours=1)  # of a date that names no end
MADE: Recent[tuple[str, float]] = Recent(200)  # feeds and when they were made, until the catalogue or the day changes


def _language() -> str:
    return (get_language() or "de")[:2]


def _chosen(request: HttpRequest) -> Chosen:
    found = chosen_dates.read(request.GET)
    if found is None:
        raise Http404
    return found


@login_not_required
@keep
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A calendar to subscribe to. What is off stays in it as called off; what was over a week ago goes."""
    chosen, view = _chosen(request), centres.of(request)
    by = calendars.Organiser(view.email, view.name)
    key = (settings.BASE_URL, _language(), chosen.query, by, held.last_change(), directory.names())
    text, made = MADE.take((*key, clock.today()), lambda: (_calendar(chosen, by), clock.now().timestamp()))
    headers = {"Last-Modified": http_date(made), "Content-Disposition": 'inline; filename="termine.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


def _calendar(chosen: Chosen, by: calendars.Organiser) -> str:
    dates = [date_of(row) for row in chosen_dates.dates(chosen, back=chosen_dates.BACK)]
    url = addresses.events(language=_language())
    return calendars.feed(dates, name=chosen.name(by.name), organiser=by, url=url)


def date_of(entry: Entry) -> calendars.Date:
    """An entry as a feed has it."""
    starts = entry.starts_at or entry.recorded_at
    cancelled = entry.availability == Availability.CANCELLED
    title = str(entry.title)
    return calendars.Date(
        uid=addresses.identity(entry.uuid),
        title=_("Abgesagt: %(title)s") % {"title": title} if cancelled else title,
        starts_at=starts,
        ends_at=entry.ends_at or starts + HOUR,
        text=str(entry.summary),
        place=offers.where(entry),
        url=addresses.offer(entry.kind, entry.slug, language=_language()),
        sequence=entry.changed,
        written_at=entry.recorded_at,
        cancelled=cancelled,
    )


@login_not_required
@keep
@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """The newest dates, for a news reader."""
    chosen, language, view = _chosen(request), _language(), centres.of(request)
    feed = feedgenerator.Atom1Feed(
        title=_("Neue Termine: %(centre)s") % {"centre": view.name} + (f" ({chosen.words})" if chosen.words else ""),
        link=addresses.events(language=language),
        feed_url=addresses.event_feed("event_atom", language=language, query=chosen.query),
        description=view.claim,
        language=language,
    )
    for entry in chosen_dates.new(chosen):
        facts = ", ".join(filter(None, [offers.when(entry), offers.where(entry)]))
        feed.add_item(
            title=CONTROLS.sub(" ", str(entry.title)),
            link=addresses.offer(entry.kind, entry.slug, language=language),
            description=CONTROLS.sub(" ", ". ".join(filter(None, [facts, str(entry.summary)]))),
            unique_id=f"urn:uuid:{entry.uuid}",
            pubdate=entry.recorded_at,
            updateddate=entry.recorded_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@login_not_required
@keep
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The coming dates as data, for search engines and the calendars of regions and chambers."""
    chosen, view = _chosen(request), centres.of(request)
    partners = {row.pk: row for row in directory.partners()}
    name, url = chosen.name(view.name), addresses.events(language=_language())
    text = structured.listing(chosen_dates.dates(chosen), partners, name=name, url=url)
    return HttpResponse(text, content_type="application/ld+json; charset=utf-8")


@csp_replace({"frame-ancestors": ["*"]})
@login_not_required
@keep
@xframe_options_exempt
@require_safe
def embedded(request: HttpRequest) -> HttpResponse:
    """The next dates for a frame on somebody else's page. It asks for nothing, so any page may show it."""
    chosen = _chosen(request)
    given = request.GET.get("max", "")
    most = min(max(int(given), 1), MOST_LISTED) if given.isdecimal() and len(given) < 4 else LISTED
    cards = offers.cards(chosen_dates.coming(chosen, most))
    everything = addresses.events(language=_language())
    return render(request, "public/embedded_dates.html", {"cards": cards, "chosen": chosen, "everything": everything})


@login_not_required
@keep
@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """How one gets our dates into one's own calendar or onto one's own page, with the addresses to copy."""
    chosen, language = chosen_dates.read(request.GET) or Chosen(), _language()

    def address(name: str) -> str:
        return addresses.event_feed(name, language=language, query=chosen.query)

    calendar_address = address("event_feed")
    listed = address("event_list")
    context = {
        "chosen": chosen,
        "choices": _choices(chosen),
        "calendar": calendar_address,
        "subscribe": "webcal://" + calendar_address.partition("://")[2],
        "atom": address("event_atom"),
        "data": address("event_data"),
        "list": listed,
        "frame": _frame(listed),
    }
    return render(request, "public/event_feeds.html", context)


def _frame(address: str) -> str:
    """What the other page's editors copy."""
    title = _("Termine des Zentrums")
    source = address.replace("&", "&amp;")
    return f'<iframe src="{source}" title="{title}" width="100%" height="420" loading="lazy" style="border:0"></iframe>'


def _choices(chosen: Chosen) -> list[dict[str, Any]]:
    """The lists that narrow the feed, each with what is chosen."""
    return [
        {
            "name": "thema",
            "label": _("Thema"),
            "empty": _("alle Themen"),
            "options": [(row.slug, str(row.title)) for row in directory.topics()],
            "value": chosen.topic.slug if chosen.topic else "",
        },
        {
            "name": "partner",
            "label": _("Veranstalter"),
            "empty": _("alle"),
            "options": [(row.slug, str(row.name)) for row in directory.today().partners()],
            "value": chosen.partner.slug if chosen.partner else "",
        },
        {
            "name": "format",
            "label": _("Art"),
            "empty": _("alle"),
            "options": chosen_dates.format_choices(),
            "value": chosen_dates.slugify(chosen.format),
        },
        {
            "name": "landkreis",
            "label": _("Landkreis"),
            "empty": _("das ganze Gebiet"),
            "options": [(row.key, str(row)) for row in directory.districts()],
            "value": chosen.district.key if chosen.district else "",
        },
    ]
