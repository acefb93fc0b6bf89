"""A guest's own calendar: the page that sends its address, and the feed behind it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wegweiser.documents import calendars
from wegweiser.events import own_calendars, queries
from wegweiser.events.actions import own_calendars as actions
from wegweiser.kernel.actor import Actor
from wegweiser.web import context as centres
from wegweiser.web.public import gone_links, limits

DONE = {"send": "geschickt", "end": "beendet"}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """What the address is for; it is sent to the guest's mailbox, never shown here."""
    row = queries.behind(token)
    if row is None or row.is_erased:
        return gone_links.page(request, row)
    context = {"row": row, "token": token, "done": request.GET.get("stand", ""), "refused": ""}
    act = request.POST.get("act", "")
    if request.method == "POST" and act in DONE and row.email:
        if not limits.allowed(request, "own-calendar", limits.SEND):
            context["refused"] = limits.too_many(limits.SEND)
            return limits.refuse(render(request, "public/own_calendar.html", context, status=429), limits.SEND)
        if act == "send":
            actions.send(registration=row, by=Actor.link(row.uuid))
        else:
            actions.end(registration=row, by=Actor.link(row.uuid))
        there = redirect("public:own_calendar_page", token=token)
        there["Location"] += f"?stand={DONE[act]}"
        return there
    return render(request, "public/own_calendar.html", context)


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Everything the guest registered for; 404 for an address that is unknown or was ended."""
    rows = own_calendars.behind(token)
    if rows is None:
        raise Http404
    dates = [found for row in rows if (found := own_calendars.date(row))]
    view = centres.of(request)
    name = _("Meine Termine: %(centre)s") % {"centre": view.name}
    text = calendars.feed(dates, name=name, organiser=calendars.Organiser(view.email, view.name))
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
