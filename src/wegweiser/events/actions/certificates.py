"""Certificates of attendance: one for each place whose guest was there."""

import secrets
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from wegweiser.events import certificates, lengths
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Certificate, Event, Seat
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError


def issue(*, seat: Seat, by: Actor) -> Certificate:
    """The certificate of somebody who was there; asked again it is the same one.

    Guests get it once it is over. At the desk it is printed from the share of the time on that counts as having taken
    part, so that it can be handed out at the end.
    Raises DomainError: not_attended, certificate_too_early, name_missing, certificate_without_hours.
    """
    with transaction.atomic():
        event = lock_event(Event.objects.get(registrations__seats=seat))
        row = Seat.objects.select_related("registration__pool").get(pk=seat.pk)
        row.registration.event = event
        if not certificates.took_part(row):
            raise DomainError("not_attended")
        since = certificates.from_when(event, row.registration.pool, at_desk=by.kind == ActorKind.STAFF)
        if since is not None and clock.now() < since:
            raise DomainError("certificate_too_early")
        if not certificates.name(row):
            raise DomainError("name_missing", field="name")
        known = Certificate.objects.filter(seat=row).first()
        hours = event.certificate_hours or _planned(event, row)
        if not hours:
            raise DomainError("certificate_without_hours")
        if known is not None and known.hours == hours:
            return known
        found, _fresh = Certificate.objects.update_or_create(
            seat=row, defaults={"hours": hours}, create_defaults={"hours": hours, "code": _code()}
        )
        audit.record(Audited.CERTIFICATE_ISSUED, by=by, subject=found, references={"event": event.uuid})
    return found


def _planned(event: Event, seat: Seat) -> Decimal:
    """How long it was to last, in quarters of an hour; nothing where nobody said when it ends."""
    lasts = lengths.of(event, seat.registration.pool)
    if lasts is None:
        return Decimal(0)
    quarters = (Decimal(lasts.total_seconds()) / 900).quantize(Decimal(1), ROUND_HALF_UP)
    return min(quarters / 4, Decimal("99.75"))


def _code() -> str:
    signs = "".join(secrets.choice(certificates.SIGNS) for _ in range(12))
    return "-".join((signs[:4], signs[4:8], signs[8:]))
