"""What the first screen says of events: my next ones, and whom to call because they have no mail address."""

from typing import Any

from django.db.models import Q

from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import worklist
from wegweiser.catalogue.models import Kind
from wegweiser.consortium.rights import Permission
from wegweiser.events import hosting
from wegweiser.web.desk import event_page, events
from wegweiser.web.desk.access import Desk

EVENTS, CALLS = 3, 5


def of(desk: Desk) -> dict[str, Any] | None:
    """None for who holds no events."""
    if not desk.may(Permission.EVENT_EDIT):
        return None
    reach = desk.rights.extent(Permission.EVENT_EDIT)
    wanted = worklist.Filter(kind=Kind.EVENT, contact=desk.member)
    coming = worklist.listed(works.editable(reach, desk.member), wanted)[:EVENTS]
    return {"coming": events.lines(coming), "calls": _calls(desk)}


def _calls(desk: Desk) -> list[dict[str, Any]]:
    """Guests of my own partner's events, or of mine: who manages the centre is not asked to call everybody."""
    if not desk.may(Permission.EVENT_GUESTS_SEE):
        return []
    reach = hosting.within(desk.rights.extent(Permission.EVENT_GUESTS_SEE), desk.member)
    partners = [held.partner_id for held in desk.rights.held if held.partner_id]
    own = Q(draft__partner__in=partners) | Q(draft__contact=desk.member)
    return event_page.call_lines(hosting.calls(hosting.calls_ahead(reach & own))[:CALLS])
