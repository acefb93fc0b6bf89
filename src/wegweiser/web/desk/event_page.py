"""One event at the desk: its places, its guests, who waits, whom to call."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import times
from wegweiser.catalogue.models import DraftState
from wegweiser.companies import phones
from wegweiser.consortium.rights import Permission
from wegweiser.events import hosting, queries, talks, whole
from wegweiser.events.models import ACTIVE, Event, Pool, Registration, State
from wegweiser.kernel import addresses
from wegweiser.web.desk import event_reach
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs

PAGE = 50
WAITING_SHOWN = 100
MOVED_SHOWN = 20
CALLS_SHOWN = 50
PAPER = 1000  # people on one paper: setting one takes memory for all of them


@dataclass(frozen=True)
class Shown:
    """What a list of guests is narrowed to, by the address of its page; downloads hold exactly the same."""

    group: str
    text: str
    pool: Pool | None
    order: str

    def rows(self, event: Event) -> QuerySet[Registration]:
        return hosting.guests(event, group=self.group, text=self.text, pool=self.pool, order=self.order)

    @property
    def parameters(self) -> dict[str, str]:
        given = {
            "stand": self.group,
            "q": self.text,
            "platz": str(self.pool.uuid) if self.pool else "",
            "folge": self.order,
        }
        return {key: value for key, value in given.items() if value}


def shown(asked: Mapping[str, str], pools: list[Pool]) -> Shown:
    group, order = asked.get("stand", ""), asked.get("folge", "")
    return Shown(
        group=group if group in hosting.GROUPS else "",
        text=asked.get("q", "").replace("\0", "").strip()[:120],
        pool=next((pool for pool in pools if str(pool.uuid) == asked.get("platz")), None),
        order=order if order in hosting.ORDERS else "",
    )


@require_GET
@needs(Permission.EVENT_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """An event. Who may not see guests sees its places and settings."""
    event = event_reach.source(desk, uuid)
    if event.draft.is_template:
        return redirect("desk:event_template", uuid=uuid)
    rooms = hosting.counted(event.pools.all())
    sees = event_reach.sees_guests(desk, event)
    entry, draft = event.draft.entry, event.draft
    public = entry is not None and entry.withdrawn_at is None
    over = times.is_over(draft.starts_at, draft.ends_at)
    context: dict[str, Any] = {
        "event": event,
        "series": event.series,
        "series_place": whole.places_of_events([event.pk]).get(event.pk) if event.series_id else None,
        "submission": uuid4(),
        "title": str(entry.title if entry and public else event),
        "begins": words.begins(event),
        "place": words.place(event),
        "is_public": public,
        "is_changed": works.state_of(draft) == DraftState.CHANGED,
        "href": _href(event) if public else "",
        "over": over,
        "closed": queries.closed_because(event),
        "cancelled_at": words.moment(event.cancelled_at),
        "opens_at": words.moment(event.opens_at),
        "closes_at": words.moment(event.closes_at),
        "rooms": rooms,
        "sum": hosting.numbers([event]).get(event.pk),
        "outside": [] if over else _outside(event, rooms, names=sees),
        "ends": words.moment(queries.planned_end(event), "H:i"),
        "missing": [] if over else words.missing_settings(event),
        "sees_guests": sees,
        "news": hosting.being_told(event),
    }
    if sees:
        context |= _guests(request, event, rooms)
    return render(request, "desk/event.html", context)


def _outside(event: Event, rooms: list[hosting.Counted], *, names: bool) -> list[dict[str, Any]]:
    """The talks outside the hours of the event, with who has or wants one."""
    pools = talks.outside(event, [room.pool for room in rooms])
    found = Registration.objects.filter(pool__in=pools, state__in=ACTIVE).order_by("sort_key", "pk") if pools else []
    guests: dict[int, list[Registration]] = {}
    for row in found:
        guests.setdefault(row.pool_id, []).append(row)
    return [
        {
            "talk": words.talk(pool),
            "count": len(guests.get(pool.pk, [])),
            "guests": guests.get(pool.pk, []) if names else [],
        }
        for pool in pools
    ]


def _guests(request: HttpRequest, event: Event, rooms: list[hosting.Counted]) -> dict[str, Any]:
    """Everything with names."""
    pools = [room.pool for room in rooms]
    asked = shown(request.GET, pools)
    listed: Any = Paginator(asked.rows(event), PAGE).get_page(request.GET.get("seite"))
    listed.object_list = [line(row) for row in listed.object_list]
    everybody = Registration.objects.filter(event=event)
    waiting = list(hosting.lines(event)[: WAITING_SHOWN + 1])
    download = reverse("desk:event_guests_download", kwargs={"uuid": event.uuid})
    return {
        "page": listed,
        "stand": asked.group,
        "states": [
            ("angemeldet", _("angemeldet")),
            ("warteliste", _("auf der Warteliste")),
            ("offen", _("Adresse noch nicht bestätigt")),
            ("abgesagt", _("abgesagt oder verfallen")),
        ],
        "q": asked.text,
        "platz": str(asked.pool.uuid) if asked.pool else "",
        "pools": [(str(pool.uuid), str(pool.label)) for pool in pools] if len(pools) > 1 else [],
        "folge": asked.order,
        "orders": [("neu", _("neueste zuerst")), ("name", _("nach Name")), ("betrieb", _("nach Betrieb"))],
        "downloads": [
            (kind.upper(), f"{download}?{urlencode({**asked.parameters, 'datei': kind})}") for kind in ("xlsx", "csv")
        ],
        "papers": _papers(event, sum(room.confirmed for room in rooms)),
        "waiting": [
            {"row": row, "place": place, "until": words.moment(row.until), "offered": row.state == State.OFFERED}
            for place, row in enumerate(waiting[:WAITING_SHOWN], start=1)
        ],
        "more_waiting": len(waiting) > WAITING_SHOWN,
        "moved_up": [
            {"row": row, "since": words.moment(row.since)}  # type: ignore[attr-defined]
            for row in hosting.moved_up(event)[:MOVED_SHOWN]
        ],
        "calls": call_lines(hosting.calls(everybody)[:CALLS_SHOWN]),
    }


def _papers(event: Event, places: int) -> list[tuple[str, str]]:
    """The papers for the door with their addresses; several of each where one would be too heavy."""
    found = []
    for name, label in (("signatures", _("Unterschriftenliste")), ("badges", _("Namensschilder"))):
        href = reverse(f"desk:event_{name}", kwargs={"uuid": event.uuid})
        numbers = [*range(1, -(-places // PAPER) + 1)] if places > PAPER else []
        found += [(f"{label} {number}", f"{href}?teil={number}") for number in numbers] or [(label, href)]
    return found


def call_lines(calls: list[hosting.Call]) -> list[dict[str, Any]]:
    """Calls to make as lists show them."""
    return [
        {
            "call": call,
            "phone": phones.shown(call.registration.phone),
            "say": words.to_say(call.registration),
            "until": words.moment(call.registration.until),
        }
        for call in calls
    ]


def line(row: Registration) -> dict[str, Any]:
    """A guest as lists show them."""
    return {
        "row": row,
        "badge": words.BADGES.get(row.state, "neutral"),
        "since": words.moment(row.recorded_at, "d.m.Y"),
        "until": words.moment(row.until),
    }


def _href(event: Event) -> str:
    entry = event.draft.entry
    return addresses.offer_path("event", entry.slug) if entry else ""
