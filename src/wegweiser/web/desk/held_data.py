"""Which events still hold names of guests, until when, and forgetting them before that where nothing needs them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from wegweiser.catalogue import times
from wegweiser.consortium.models import Partner
from wegweiser.consortium.rights import Permission
from wegweiser.events import held_data, hosting
from wegweiser.events.actions import forgetting
from wegweiser.events.held_data import Held
from wegweiser.events.models import Event, Forgetting
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import event_reach
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.sentences import SENTENCES

PAGE = 25
KEEPS: dict[str, Promise] = {
    held_data.AHEAD: gettext_lazy("Die Veranstaltung steht noch bevor."),
    held_data.ATTENDANCE: gettext_lazy("Die Teilnahme ist nicht abgeschlossen: Betriebe zählen erst danach."),
    held_data.LISTS: gettext_lazy("Eine Online-Liste ist eingelesen und nicht übernommen."),
    held_data.MAILS: gettext_lazy("Mails nach dem Termin gehen noch hinaus, und Gäste antworten darauf."),
    held_data.CALLS: gettext_lazy("Jemand ohne E-Mail-Adresse ist noch anzurufen."),
    held_data.SERIES: gettext_lazy("Gäste haben mit derselben Anmeldung noch spätere Termine der Reihe."),
    held_data.NOTHING: gettext_lazy("Hier steht nichts mehr, was sich vergessen ließe."),
}


@require_GET
@needs(Permission.EVENT_GUESTS_SEE)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Events that hold anything, the oldest first: those that go next stand on top."""
    reach = desk.rights.extent(Permission.EVENT_GUESTS_SEE)
    partners = list(Partner.objects.all() if reach.everywhere else Partner.objects.filter(pk__in=reach.partners))
    partner = next((row for row in partners if row.slug == request.GET.get("partner")), None)
    when = request.GET.get("zeit", "")
    found = _reached(desk)
    if partner:
        found = found.filter(draft__partner=partner)
    over = times.over(starts="draft__starts_at", ends="draft__ends_at")
    if when in {"vorbei", "kommend"}:
        found = found.filter(over) if when == "vorbei" else found.exclude(over)
    holding = held_data.holding(found).order_by("draft__starts_at", "id")
    page: Any = Paginator(holding, PAGE).get_page(request.GET.get("seite"))
    page.object_list = [_line(held) for held in held_data.of(list(page.object_list))]
    context = {
        "page": page,
        "guests": held_data.told().filter(event__in=found).count(),
        "zeit": when if when in {"vorbei", "kommend"} else "",
        "whens": [("vorbei", _("vergangene")), ("kommend", _("kommende"))],
        "partner": partner.slug if partner else "",
        "partners": [(row.slug, row.short_name) for row in partners],
    }
    return render(request, "desk/held_data.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_GUESTS_SEE)
def one(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """What one event holds and what keeps it; `do` forget empties it now."""
    event = event_reach.event(desk, uuid, Permission.EVENT_GUESTS_SEE)
    status = 200
    if request.method == "POST":
        if request.POST.get("do") == "forget":
            try:
                done = forgetting.order(event=event, by=desk.by)
            except DomainError as refusal:
                messages.warning(request, str(SENTENCES[refusal.code]))
            else:
                messages.success(request, _said(done))
            return redirect("desk:event_held_data", uuid=event.uuid)
        status = 422
    (held,) = held_data.of([event])
    context = {
        **_line(held),
        "title": str(event),
        "forgotten": Forgetting.objects.filter(event=event).first(),
        "mails_until": words.moment(held.mails_until, "d.m.Y"),
    }
    return render(request, "desk/event_held_data.html", context, status=status)


def _said(done: Forgetting) -> str:
    if done.finished_at is None:
        return _("Die ersten sind vergessen, der Rest folgt in wenigen Minuten von selbst.")
    told = ngettext("%(n)s Eintrag ist vergessen.", "%(n)s Einträge sind vergessen.", done.rows)
    return told % {"n": done.rows}


def _reached(desk: Desk) -> QuerySet[Event]:
    condition = hosting.within(desk.rights.extent(Permission.EVENT_GUESTS_SEE), desk.member)
    rows = Event.objects.filter(condition, draft__is_template=False)
    return rows.select_related("draft__entry", "draft__partner").prefetch_related("notices")


def _line(held: Held) -> dict[str, Any]:
    return {
        "held": held,
        "event": held.event,
        "begins": words.begins(held.event),
        "partner": held.event.draft.partner.short_name if held.event.draft.partner else "",
        "since": words.moment(held.since, "d.m.Y"),
        "keeps": [KEEPS[code] for code in held.keeps],
    }
