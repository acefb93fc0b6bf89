"""A series of dates: all of them on one page, and as a calendar to subscribe to."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wegweiser.documents import calendars
from wegweiser.events import whole
from wegweiser.kernel import addresses
from wegweiser.web import context as centres
from wegweiser.web.page_cache import keep
from wegweiser.web.public import series, structured
from wegweiser.web.public.sections import EVENTS
from wegweiser.web.public.series import Shown
from wegweiser.web.public.views import event_feeds


def _series(uuid: UUID) -> Shown:
    found = whole.public(uuid)
    shown = series.of(found.pk) if found else None
    if shown is None:
        raise Http404
    return shown


@login_not_required
@keep
@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All dates, those to come with what is left of them, those that are over with their papers."""
    shown, language = _series(uuid), (get_language() or "de")[:2]
    calendar = addresses.series_feed(uuid, language=language)
    context = {
        "shown": shown,
        "section": EVENTS,
        "calendar": calendar,
        "subscribe": "webcal://" + calendar.partition("://")[2],
        "structured": structured.series(shown),
    }
    return render(request, "public/series.html", context)


@login_not_required
@keep
@require_safe
def feed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The dates of the series for a calendar that follows them."""
    shown = _series(uuid)
    entries = [line.date.event.draft.entry for line in sorted(shown.lines, key=lambda line: line.day)]
    dates = [event_feeds.date_of(entry) for entry in entries if entry is not None]
    url = addresses.series(uuid, language=(get_language() or "de")[:2])
    view = centres.of(request)
    by = calendars.Organiser(view.email, view.name)
    text = calendars.feed(dates, name=shown.title, organiser=by, url=url)
    headers = {"Content-Disposition": content_disposition_header(as_attachment=False, filename="reihe.ics") or ""}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
