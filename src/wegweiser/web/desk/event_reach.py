"""Which events one may open at the desk; what one may not see does not exist."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.drafts import Work
from wegweiser.catalogue.models import Kind
from wegweiser.consortium.rights import Permission
from wegweiser.events import hosting
from wegweiser.events.models import Event
from wegweiser.web.desk.access import Desk


def offer(desk: Desk, uuid: UUID) -> Work:
    """The offer of an event that one may take registrations for; else 404."""
    found = works.work(uuid)
    reach = desk.rights.extent(Permission.EVENT_EDIT)
    if found is None or found.kind != Kind.EVENT or not found.within(reach, desk.member):
        raise Http404
    return found


def event(desk: Desk, uuid: UUID, permission: Permission) -> Event:
    """An event that `permission` reaches; else 404."""
    condition = hosting.within(desk.rights.extent(permission), desk.member)
    rows = Event.objects.select_related("draft__entry", "draft__partner", "draft__contact")
    found = rows.filter(condition, uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def ensure_may_change(desk: Desk, event: Event) -> None:
    """A protected template is changed only by who looks after all events. Raises PermissionDenied."""
    if event.is_protected and not desk.rights.extent(Permission.EVENT_EDIT).everywhere:
        raise PermissionDenied


def sees_guests(desk: Desk, event: Event) -> bool:
    reach = desk.rights.extent(Permission.EVENT_GUESTS_SEE)
    assigned = event.draft.contact_id == desk.member.pk and reach.assigned
    return reach.everywhere or event.draft.partner_id in reach.partners or assigned
