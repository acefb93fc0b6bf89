"""What somebody who leaves still had to do goes to an heir. States, past talks and the thread stay as they are."""

from collections.abc import Iterable

from django.db import transaction

from wegweiser.consortium.models import Member
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import OPEN, Appointment, Case, FollowUp
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor


def take_over_cases(*, cases: Iterable[Case], heir: Member, by: Actor) -> int:
    """`heir` answers for the open ones of `cases`; returns how many."""
    with transaction.atomic():
        keys = [case.pk for case in cases]
        rows = list(Case.objects.select_for_update().filter(pk__in=keys, state__in=OPEN))
        for case in rows:
            case.adviser = heir
            case.save(update_fields=["adviser"])
            audit.record(Event.CASE_INHERITED, by=by, subject=case, changed=["adviser"])
    return len(rows)


def take_over_follow_ups(*, follow_ups: Iterable[FollowUp], heir: Member, by: Actor) -> int:
    """`heir` keeps the promises among `follow_ups` that are still open; returns how many."""
    with transaction.atomic():
        keys = [row.pk for row in follow_ups]
        rows = list(FollowUp.objects.select_for_update().filter(pk__in=keys, done_at=None))
        for row in rows:
            row.member = heir
            row.save(update_fields=["member"])
            audit.record(Event.FOLLOW_UP_INHERITED, by=by, subject=row, changed=["member"])
    return len(rows)


def take_over_appointments(*, appointments: Iterable[Appointment], heir: Member, by: Actor) -> int:
    """`heir` keeps those of `appointments` that were neither held nor cancelled; returns how many."""
    with transaction.atomic():
        keys = [row.pk for row in appointments]
        rows = list(Appointment.objects.select_for_update().filter(pk__in=keys, log=None, cancelled_at=None))
        for row in rows:
            row.member = heir
            row.save(update_fields=["member"])
            audit.record(Event.APPOINTMENT_INHERITED, by=by, subject=row, changed=["member"])
    return len(rows)
