"""Links of those who invite for us: one code per event and multiplier, so that one sees who brought whom."""

from django.db import transaction
from django.utils.crypto import get_random_string

from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Multiplier
from wegweiser.kernel import audit, visible
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # nobody takes one for another
LENGTH = 8


def give_link(*, event: Event, name: str, by: Actor) -> Multiplier:
    """The link of `name` to `event`; asking twice finds the first. Raises DomainError("name_missing")."""
    name = visible.line(name, 160)
    if not name:
        raise DomainError("name_missing", field="name")
    with transaction.atomic():
        event = lock_event(event)
        known = next((row for row in event.multipliers.all() if row.name.casefold() == name.casefold()), None)
        if known is not None:
            return known
        found = Multiplier.objects.create(event=event, name=name, code=get_random_string(LENGTH, SIGNS))
        audit.record(Audited.EVENT_CHANGED, by=by, subject=event, changed=["multipliers"])
    return found
