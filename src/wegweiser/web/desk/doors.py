"""The door of an event: by name, by code, by head count, and for those who never registered.

The page works as forms. With its script it keeps working without a network (static/ui/js/door.js): the list of guests
is kept by the device until the event is over or somebody logs out, and what was done settles afterwards, each once.
"""

import datetime as dt
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wegweiser.consortium.rights import TABLE, Permission, Scope
from wegweiser.crossings import door as crossing
from wegweiser.crossings.door import NOBODY, Entry
from wegweiser.events import door, queries
from wegweiser.events.models import Event, Registration, Seat
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import door_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.visits import WORKER

MOST_ENTRIES = 500  # that a device sends at once
KEPT_AFTER = dt.timedelta(hours=12)  # a device keeps the list so long after the end
MOST_FOUND = 30


def reach(desk: Desk) -> door.Reach:
    """Who only checks in stands at the doors of their partner's events of today; others see those around it, too."""
    extent = desk.rights.extent(Permission.EVENT_CHECK_IN)
    today_only = {
        held.partner_id
        for held in desk.rights.held
        if held.partner_id and TABLE[held.role].get(Permission.EVENT_CHECK_IN) == Scope.ASSIGNED
    }
    return door.Reach(extent.everywhere, extent.partners, today_only)


def _of_event(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the event whose door it is; one that somebody may not stand at does not exist for them."""

    @wraps(view)
    def found(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
        event = door.events(reach(desk), day=clock.today()).filter(uuid=uuid).first()
        if event is None:
            raise Http404
        return view(request, desk=desk, event=event)

    return found


@require_GET
@needs(Permission.EVENT_CHECK_IN)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Today's events, and for those who plan them what was lately and what comes."""
    day = clock.today()
    rows: list[dict[str, Any]] = [
        {"event": event, "title": words.title(event), "when": words.when(event), "day": _day(event)}
        for event in door.events(reach(desk), day=day)
    ]
    context = {
        "today": [row for row in rows if row["day"] == day],
        "coming": [row for row in rows if row["day"] and row["day"] > day],
        "before": [row for row in rows if row["day"] and row["day"] < day][::-1],
        "plans": desk.rights.reach(Permission.EVENT_CHECK_IN) != Scope.ASSIGNED,
    }
    return render(request, "desk/doors.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_CHECK_IN)
@_of_event
def page(request: HttpRequest, *, desk: Desk, event: Event) -> HttpResponse:
    """The door itself."""
    if request.method == "POST":
        return _act(request, desk, event)
    asked = request.GET.get("q", "").strip()[:120]
    seats, there = door.found(event, asked), _there(event)
    context = {
        "event": event,
        "title": words.title(event),
        "when": words.when(event),
        "counts": door.counts(event),
        "pools": door.pools(event),
        "q": asked,
        "groups": [_group(group, there) for group in door.groups(seats[:MOST_FOUND])],
        "more": len(seats) > MOST_FOUND,
        "lately": [_shown(seat, there) for seat in door.lately(event)],
        "submission": uuid4(),
        "login": desk.user.uuid,
        "may_finish": desk.may(Permission.STEP_RECORD, event.draft.partner),
    }
    return render(request, "desk/door.html", context)


@never_cache
@require_GET
@needs(Permission.EVENT_CHECK_IN)
@_of_event
def listed(request: HttpRequest, *, desk: Desk, event: Event) -> HttpResponse:
    """Everybody who is expected, for the device; who is logged in, and the token to send with.

    A device that says how far it is (`seit`) hears only of those with whom anything happened since.
    """
    asked, seen = request.GET.get("seit", ""), door.seen()
    since = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    some = door.changed(event, since=since)
    told = _list(request, desk, event, door.expected(event) if some is None else some)
    return JsonResponse({**told, "whole": some is None, "seen": seen})


@never_cache
@require_POST
@needs(Permission.EVENT_CHECK_IN)
@_of_event
def settle(request: HttpRequest, *, desk: Desk, event: Event) -> HttpResponse:
    """What a device did, entry by entry; the answer says of each what became of it, and how the list is now."""
    try:
        rows = list(json.loads(request.body)["entries"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"problem": words.problem("not_readable")}, status=400)
    if len(rows) > MOST_ENTRIES:
        return JsonResponse({"problem": _("Das ist zu viel auf einmal.")}, status=413)
    entries, unread = _read(rows)
    outcomes = crossing.settle(event=event, entries=entries, by=desk.by)
    results = [{"id": str(row.entry.id), "problem": words.outcome(row), "code": row.code} for row in outcomes]
    results += [{"id": key, "problem": words.problem("not_readable"), "code": "not_readable"} for key in unread]
    return JsonResponse({"results": results, **_list(request, desk, event, _concerned(event, entries))})


@require_GET
@needs(Permission.EVENT_CHECK_IN)
@_of_event
def worker(request: HttpRequest, *, desk: Desk, event: Event) -> HttpResponse:
    """The script that answers for this page while there is no network; its address is how far it reaches."""
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(WORKER.read_text(encoding="utf-8"), content_type="text/javascript", headers=headers)


# --- As forms --------------------------------------------------------------------------------------------------------


def _act(request: HttpRequest, desk: Desk, event: Event) -> HttpResponse:
    given = request.POST
    do, asked = given.get("do", ""), given.get("q", "").strip()[:120]
    here = reverse("desk:door", kwargs={"uuid": event.uuid})
    if do == "find" and (found := door.code(asked)) is None:
        return redirect(f"{here}?{urlencode({'q': asked})}")
    if do == "heads":
        _heads(request, desk, event)
        return redirect(here)
    told = {"verb": "arrive", "seat": str(found)} if do == "find" else {"verb": do, **given.dict()}
    try:
        entry = _entry({"id": given.get("submission") or str(uuid4()), **told})
    except (ValueError, KeyError, TypeError):
        raise Http404 from None
    (outcome,) = crossing.settle(event=event, entries=[entry], by=desk.by)
    if outcome.code:
        messages.warning(request, " ".join([_who(event, entry), words.outcome(outcome)]).strip())
    else:
        said = _("%(name)s ist wieder offen.") if do == "undo" else _("%(name)s ist da.")
        messages.success(request, said % {"name": _who(event, entry)})
    return redirect(here)


def _heads(request: HttpRequest, desk: Desk, event: Event) -> None:
    row = _registration(event, request.POST.get("registration", ""))
    try:
        heads = int(request.POST.get("heads", ""))
        came = crossing.check_in_heads(registration=row, heads=heads, by=desk.by)
    except ValueError:
        messages.warning(request, _("Bitte eine Zahl eingeben."))
    except DomainError as refusal:
        messages.warning(request, words.problem(refusal.code))
    else:
        said = ngettext("%(n)s Person ist dazugekommen.", "%(n)s Personen sind dazugekommen.", came)
        messages.success(request, f"{row.name}: {said % {'n': came}}")


def _registration(event: Event, uuid: str) -> Registration:
    try:
        found = Registration.objects.filter(event=event, uuid=UUID(uuid)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _who(event: Event, entry: Entry) -> str:
    seat = (
        Seat.objects.select_related("registration").filter(uuid=entry.seat or NOBODY, registration__event=event).first()
    )
    return words.name(seat) if seat else entry.name


def _read(rows: list[Any]) -> tuple[list[Entry], list[str]]:
    """The entries that can be read, and the ids of those that cannot: one such holds up no other."""
    entries, unread = [], []
    for row in rows:
        try:
            entries.append(_entry(row))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            unread.append(str(row.get("id", "")) if isinstance(row, dict) else "")
    return entries, unread


def _entry(told: dict[str, Any]) -> Entry:
    """An entry as a device or a form tells it. Raises ValueError, KeyError or TypeError for what is none."""

    def uuid(name: str) -> UUID | None:
        return UUID(str(told[name])) if told.get(name) else None

    at = parse_datetime(str(told["at"])) if told.get("at") else None
    heads = int(told.get("heads") or 1)
    return Entry(
        id=UUID(str(told["id"])),
        verb=str(told["verb"]),
        at=at if at is None or at.tzinfo else clock.at(at.date(), at.time()),
        seat=uuid("seat"),
        of=uuid("of"),
        pool=uuid("pool"),
        name=str(told.get("name") or "")[:160],
        firm=str(told.get("firm") or "")[:200],
        heads=heads,
    )


# --- What one sees ---------------------------------------------------------------------------------------------------


def _concerned(event: Event, entries: list[Entry]) -> list[Seat]:
    """Those whom entries are about, as they are now."""
    seats = [entry.seat for entry in entries if entry.seat]
    return door.concerned(event, seats=seats, submissions=[entry.id for entry in entries if entry.verb == "walk_in"])


def _list(request: HttpRequest, desk: Desk, event: Event, seats: list[Seat]) -> dict[str, Any]:
    ends, there = queries.ends_at(event), _there(event)
    counts = door.counts(event)
    return {
        "login": str(desk.user.uuid),
        "csrf": get_token(request),
        "now": clock.now().isoformat(),
        "until": (ends + KEPT_AFTER).isoformat() if ends and not event.settled_at else "",
        "free": counts.free,
        "seats": [_told(seat, there) for seat in seats],
    }


def _there(event: Event) -> set[int]:
    return {pool.pk for pool in door.pools(event)}


def _told(seat: Seat, there: set[int]) -> dict[str, Any]:
    row, trouble = seat.registration, door.trouble(seat, there)
    arrived = seat.arrived_at if seat.presence == "attended" else None
    return {
        "id": str(seat.uuid),
        "group": str(row.uuid),
        "name": words.name(seat),
        "by": row.name,
        "firm": row.firm,
        "first": seat.position == 1,
        "code": trouble,
        "words": words.problem(trouble) if trouble else "",
        "here": arrived.isoformat() if arrived else "",
        "of": str(seat.arrival) if seat.arrival else "",
    }


def _shown(seat: Seat, there: set[int]) -> dict[str, Any]:
    trouble = door.trouble(seat, there)
    return {
        "seat": seat,
        "name": words.name(seat),
        "firm": seat.registration.firm,
        "here": words.time(seat.arrived_at) if seat.presence == "attended" and seat.arrived_at else "",
        "trouble": trouble,
        "words": words.problem(trouble) if trouble else "",
        "may_admit": trouble in {"waits", "registered_online"} and seat.position == 1,
    }


def _group(seats: list[Seat], there: set[int]) -> dict[str, Any]:
    row, shown = seats[0].registration, [_shown(seat, there) for seat in seats]
    coming = [one for one in shown if not one["trouble"]]
    return {"registration": row, "rows": shown, "several": len(coming) > 1, "count": len(coming)}


def _day(event: Event) -> dt.date | None:
    """Of an event of several days that goes on today: today."""
    starts, ends = queries.starts_at(event), queries.ends_at(event)
    if starts is None:
        return None
    first, today = clock.local(starts).date(), clock.today()
    return today if ends and first <= today and ends > clock.at(today) else first
