"""Which events one may open at the desk; what one may not see does not exist."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.drafts import Work
from wegweiser.catalogue.models import Kind
from wegweiser.consortium.rights import Permission
from wegweiser.events import hosting
from wegweiser.events.models import Event
from wegweiser.web.desk.access import Desk


def offer(desk: Desk, uuid: UUID) -> Work:
    """The offer of an event that one may take registrations for, or of a template one may change; else 404."""
    found = works.work(uuid)
    reach = desk.rights.extent(Permission.EVENT_EDIT)
    if found is None or found.kind != Kind.EVENT or not found.within(reach, desk.member):
        raise Http404
    protected = is_template(found) and Event.objects.filter(draft=found.draft, is_protected=True).exists()
    if protected and not reach.everywhere:
        raise Http404
    return found


def is_template(work: Work) -> bool:
    return work.draft is not None and work.draft.is_template


def event(desk: Desk, uuid: UUID, permission: Permission, *, templates: bool = False) -> Event:
    """An event that `permission` reaches; else 404. With `templates` also one of those that one may change."""
    condition = hosting.within(desk.rights.extent(permission), desk.member)
    if not templates:
        condition &= Q(draft__is_template=False)
    rows = Event.objects.select_related("draft__entry", "draft__partner", "draft__contact", "series")
    found = rows.filter(condition, uuid=uuid).first()
    if found is None or (found.draft.is_template and not may_change(desk, found)):
        raise Http404
    return found


def template(desk: Desk, uuid: UUID) -> Event:
    """Any template: everybody who may edit events makes events from it. Else 404."""
    rows = Event.objects.select_related("draft__partner", "draft__contact", "draft__topic")
    found = rows.filter(draft__is_template=True, uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def source(desk: Desk, uuid: UUID) -> Event:
    """What one may make a copy of: one's own events, and all templates; else 404."""
    reach = desk.rights.extent(Permission.EVENT_EDIT)
    own = hosting.within(reach, desk.member)
    condition = own if reach.everywhere else own | Q(draft__is_template=True)  # an empty condition would swallow "or"
    rows = Event.objects.select_related("draft__entry", "draft__partner", "draft__contact", "series")
    found = rows.filter(condition, uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def may_copy(desk: Desk, event: Event) -> bool:
    """Whether `source` finds an event or template for them."""
    reach = desk.rights.extent(Permission.EVENT_EDIT)
    assigned = event.draft.contact_id == desk.member.pk and reach.assigned
    own = reach.everywhere or event.draft.partner_id in reach.partners or assigned
    return desk.may(Permission.EVENT_EDIT) and (own or event.draft.is_template)


def may_change(desk: Desk, event: Event) -> bool:
    """Whether one may change an event or template. What is protected is changed by who looks after all events."""
    reach = desk.rights.extent(Permission.EVENT_EDIT)
    if reach.everywhere:
        return True
    assigned = event.draft.contact_id == desk.member.pk and reach.assigned
    return not event.is_protected and (event.draft.partner_id in reach.partners or assigned)


def ensure_may_change(desk: Desk, event: Event) -> None:
    """A protected template is changed only by who looks after all events. Raises PermissionDenied."""
    if event.is_protected and not desk.rights.extent(Permission.EVENT_EDIT).everywhere:
        raise PermissionDenied


def sees_guests(desk: Desk, event: Event) -> bool:
    reach = desk.rights.extent(Permission.EVENT_GUESTS_SEE)
    assigned = event.draft.contact_id == desk.member.pk and reach.assigned
    return reach.everywhere or event.draft.partner_id in reach.partners or assigned
