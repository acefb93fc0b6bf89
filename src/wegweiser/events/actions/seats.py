"""Single places of a registration: forgetting who it was."""

from django.db import transaction

from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, PresenceRow, Seat
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor


def forget(*, seat: Seat, by: Actor) -> Seat:
    """Forget the name of somebody a colleague registered, here and in lists of who was there. Everything else stays.

    Who registered themselves is found by their address and forgotten by `registrations.erase`.
    """
    with transaction.atomic():
        event = lock_event(Event.objects.get(registrations__seats=seat))
        row = Seat.objects.get(pk=seat.pk)
        listed = PresenceRow.objects.filter(seat=row).exclude(name="", email="")
        if row.name or listed.exists():
            row.name = ""
            row.save(update_fields=["name", "sort_key"])
            listed.update(name="", email="", told="")
            audit.record(Audited.SEAT_ERASED, by=by, subject=row, changed=["name"], references={"event": event.uuid})
    return row
