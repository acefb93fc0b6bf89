"""The dates of the centre at the desk: how full each is, who waits, and what is to be done next."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import worklist
from wegweiser.catalogue.models import DraftState, Kind
from wegweiser.consortium.models import Partner
from wegweiser.consortium.rights import Permission
from wegweiser.events import hosting, whole
from wegweiser.events.models import Event
from wegweiser.kernel import clock
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs

PAGE = 25
WHENS = {"kommend": False, "vorbei": True, "alle": None}


@require_GET
@needs(Permission.EVENT_EDIT)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Events within one's reach, the next one first."""
    asked, reach = request.GET, desk.rights.extent(Permission.EVENT_EDIT)
    partners = list(Partner.objects.all() if reach.everywhere else Partner.objects.filter(pk__in=reach.partners))
    partner = next((row for row in partners if row.slug == asked.get("partner")), None)
    when = asked.get("zeit", "") if asked.get("zeit") in WHENS else "kommend"
    text = asked.get("q", "").strip()[:120]
    wanted = worklist.Filter(
        kind=Kind.EVENT,
        partner=partner,
        contact=desk.member if asked.get("meine") else None,
        text=text,
        past=WHENS[when],
    )
    page: Any = Paginator(worklist.listed(works.editable(reach, desk.member), wanted), PAGE).get_page(
        asked.get("seite")
    )
    page.object_list = lines(list(page.object_list))
    context = {
        "page": page,
        "q": text,
        "zeit": when,
        "whens": [("kommend", _("kommende")), ("vorbei", _("vergangene")), ("alle", _("alle"))],
        "meine": asked.get("meine", ""),
        "whose": [("1", _("nur meine"))],
        "partner": partner.slug if partner else "",
        "partners": [(row.slug, row.short_name) for row in partners],
        "may_see_figures": desk.may(Permission.EVENT_GUESTS_SEE),
        "may_record": desk.may(Permission.STEP_RECORD),
    }
    return render(request, "desk/events.html", context)


def lines(rows: list[worklist.Row]) -> list[dict[str, Any]]:
    """Offers with the registration of each, in a constant number of statements."""
    known = Event.objects.filter(draft__uuid__in=[row.uuid for row in rows]).select_related("draft__entry", "series")
    events: dict[UUID, Event] = {event.draft.uuid: event for event in known}
    prefetch_related_objects(list(events.values()), "pools")
    numbers, calls = hosting.numbers(events.values()), hosting.call_counts(events.values())
    places = whole.places_of_events([event.pk for event in events.values() if event.series_id])
    found = []
    for row in rows:
        event = events.get(row.uuid)
        told = numbers.get(event.pk) if event else None
        text, href = words.next_thing(row, event, calls.get(event.pk, 0) if event else 0)
        found.append(
            {
                "row": row,
                "event": event,
                "place": places.get(event.pk) if event else None,
                "day": clock.local(row.starts_at) if row.starts_at else None,
                "numbers": told,
                "full": words.full(told) if told else "",
                "badge": _badge(row, event),
                "next": text,
                "href": href,
            }
        )
    return found


def _badge(row: worklist.Row, event: Event | None) -> tuple[str, str]:
    """(kind, text) of what one has to know of an event at a glance."""
    if event and event.is_cancelled:
        return "danger", _("abgesagt")
    if row.state in {DraftState.DRAFT, DraftState.WITHDRAWN}:
        return "neutral", _("nicht öffentlich")
    if event is None and not row.is_past:
        return "neutral", _("ohne Anmeldung")
    return "", ""
