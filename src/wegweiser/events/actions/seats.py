"""Single places of a registration: forgetting who it was."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, PresenceRow, Registration, Seat
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.actions import letters


def forget(*, seat: Seat, by: Actor) -> Seat:
    """Forget the name of somebody a colleague registered, here and in lists of who was there. Everything else stays.

    Who registered themselves is found by their address and forgotten by `registrations.erase`.
    """
    with transaction.atomic():
        event = lock_event(Event.objects.get(registrations__seats=seat))
        row = Seat.objects.select_related("registration__event__series").get(pk=seat.pk)
        listed = PresenceRow.objects.filter(seat=row).exclude(name="", email="")
        if row.name or listed.exists():
            if row.name:
                letters.unname(causes=_told(row.registration), name=row.name, by=by)
            row.name = ""
            row.save(update_fields=["name", "sort_key"])
            listed.update(name="", email="", told="")
            audit.record(Audited.SEAT_ERASED, by=by, subject=row, changed=["name"], references={"event": event.uuid})
    return row


def _told(registration: Registration) -> list[UUID]:
    """Whose letters name those who come along: this registration, and with several dates of a series each of them."""
    same = Q(pk=registration.pk)
    if registration.event.series is not None and registration.email:
        same |= Q(event__series=registration.event.series, email=registration.email)
    return list(Registration.objects.filter(same).values_list("uuid", flat=True))
