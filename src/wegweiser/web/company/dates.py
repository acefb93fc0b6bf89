"""The dates of the firm's people: one list by month, each for the calendar, and all of them by a secret address."""

import itertools
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wegweiser.companies.actions import calendars as actions
from wegweiser.crossings import company_dates as crossing
from wegweiser.crossings.company_dates import Kind, Row
from wegweiser.documents import calendars
from wegweiser.kernel import addresses, clock
from wegweiser.web import context as centres
from wegweiser.web.company.access import Visitor, inside, outside
from wegweiser.web.company.sections import Section, Summary, register

CALENDAR = "text/calendar; charset=utf-8"


def _language() -> str:
    return "en" if get_language() == "en" else "de"


def _summary(me: Visitor) -> Summary:
    rows = [row for row in crossing.coming(me.access, language=_language()) if not row.off]
    if not rows:
        return Summary(_("Nichts steht an"))
    day = date_format(clock.local(rows[0].date.starts_at), "j. F" if _language() == "de" else "j F")
    return Summary(_("Als Nächstes am %(day)s") % {"day": day})


register(
    Section(
        name="dates",
        title=gettext_lazy("Ihre Termine"),
        icon="calendar",
        order=15,
        url="company:dates",
        summary=_summary,
    )
)


@require_http_methods(["GET", "HEAD", "POST"])
@inside()
def overview(request: HttpRequest, *, me: Visitor) -> HttpResponse:
    """What is to come, month after month. `act` start shows the address of a calendar, this once; end ends it."""
    act, secret = request.POST.get("act", ""), ""
    if request.method == "POST":
        if act == "start":
            secret = actions.give(access=me.access, by=me.by)
        else:
            if act == "end":
                actions.end(access=me.access, by=me.by)
            return redirect("company:dates")
    rows = crossing.coming(me.access, language=_language())
    months = itertools.groupby(rows, key=lambda row: clock.local(row.date.starts_at).replace(day=1).date())
    address = addresses.company_calendar(secret, language=_language()) if secret else ""
    context = {
        "me": me,
        "months": [(month, [_shown(row) for row in found]) for month, found in months],
        "address": address,
        "subscribe": "webcal://" + address.partition("://")[2],
        "subscribed": crossing.subscribed(me.access),
    }
    return render(request, "company/dates.html", context)


@require_safe
@inside()
def file(request: HttpRequest, *, me: Visitor, kind: str, uuid: UUID) -> HttpResponse:
    """One date for the calendar."""
    row = crossing.one(me.access, kind, uuid, language=_language())
    if row is None:
        raise Http404
    view = centres.of(request)
    date = row.date if row.date.organiser else replace(row.date, organiser=view.email, organiser_name=view.name)
    return HttpResponse(
        calendars.file(date),
        content_type=CALENDAR,
        headers={"Content-Disposition": 'attachment; filename="termin.ics"', "Cache-Control": "private, no-store"},
    )


@outside
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The feed behind a secret address, in its reader's language; 404 once it was ended or they may not enter."""
    access = crossing.behind(token)
    if access is None:
        raise Http404
    language = "en" if access.person.language == "en" else "de"
    with translation.override(language):
        dates = crossing.feed(access, language=language)
        view = centres.of(request)
        name = _("Meine Termine: %(centre)s") % {"centre": view.name}
        body = calendars.feed(dates, name=name, organiser=calendars.Organiser(view.email, view.name))
    return HttpResponse(body, content_type=CALENDAR)


def _shown(row: Row) -> dict[str, Any]:
    language, date = _language(), row.date
    starts, ends = clock.local(date.starts_at), clock.local(date.ends_at)
    one_day = starts.date() == ends.date()
    until = date_format(ends, "G:i") if one_day else date_format(ends, "d.m.Y, G:i")
    hours = f"{date_format(starts, 'G:i')} – {until}"
    return {
        "row": row,
        "title": date.title,
        "day": starts,
        "time": _("bis zu diesem Tag") if date.all_day else _("%(hours)s Uhr") % {"hours": hours},
        "place": "" if date.place.startswith(("http://", "https://")) else date.place,
        "link": date.place if date.place.startswith(("http://", "https://")) else "",
        "href": _href(row, language),
        "file": reverse("company:date_file", kwargs={"kind": str(row.kind), "uuid": row.uuid})
        if row.certain and not row.off
        else "",
    }


def _href(row: Row, language: str) -> str:
    match row.kind:
        case Kind.EVENT:
            return addresses.offer("event", row.slug, language=language) if row.slug else ""
        case Kind.APPOINTMENT:
            return reverse("company:case", kwargs={"uuid": row.case})
        case _:
            return reverse("company:plan")
