"""Talks and visits that were arranged. Once over, they ask for a log (`cases.log`)."""

import datetime as dt

from django.db import transaction

from wegweiser.consortium.models import Member
from wegweiser.enquiries import queries
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import Appointment, Case, Contribution, State
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

LONGEST = 16 * 60  # minutes


def arrange(
    *, case: Case, member: Member, kind: str, starts_at: dt.datetime, minutes: int = 30, place: str = "", by: Actor
) -> tuple[Appointment, bool]:
    """A talk or visit of `member` at an aware moment, and whether it is new: the same one arranged twice is one."""
    if kind not in {Contribution.Kind.TALK, Contribution.Kind.VISIT}:
        raise DomainError("kind_unknown", field="kind")
    if not 0 < minutes <= LONGEST:
        raise DomainError("minutes_out_of_range", field="minutes")
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        same = Appointment.objects.filter(case=case, member=member, kind=kind, starts_at=starts_at, cancelled_at=None)
        if known := same.first():
            return known, False
        if case.state == State.CLOSED:
            raise DomainError("case_closed", "A closed case has to be reopened first.")
        appointment = Appointment.objects.create(
            case=case, member=member, kind=kind, starts_at=starts_at, minutes=minutes, place=_place(place)
        )
        audit.record(Event.APPOINTMENT_ARRANGED, by=by, subject=appointment, references={"case": case.uuid})
    return appointment, True


def change(
    *,
    appointment: Appointment,
    member: Member | None = None,
    starts_at: dt.datetime | None = None,
    minutes: int | None = None,
    place: str | None = None,
    by: Actor,
) -> list[str]:
    """Another moment, length or place, or somebody else who goes; gives the fields that are otherwise than before.

    Raises DomainError: appointment_not_open once it was held or cancelled, minutes_out_of_range, and member_elsewhere
    for whom neither the case's partner nor a partner of whoever had it has at work today.
    """
    if minutes is not None and not 0 < minutes <= LONGEST:
        raise DomainError("minutes_out_of_range", field="minutes")
    with transaction.atomic():
        appointment.refresh_from_db(from_queryset=Appointment.objects.select_for_update())
        if appointment.cancelled_at or appointment.log_id:
            raise DomainError("appointment_not_open", "It is off, or took place.")
        place = None if place is None else _place(place)
        wanted = {"member": member, "starts_at": starts_at, "minutes": minutes, "place": place}
        given = {field: value for field, value in wanted.items() if value is not None}
        changed = [field for field, value in given.items() if getattr(appointment, field) != value]
        if "member" in changed and member is not None:
            _works_beside(member, appointment)
        if changed:
            for field in changed:
                setattr(appointment, field, given[field])
            appointment.save(update_fields=changed)
            references = {"member": member.uuid} if "member" in changed and member else {}
            audit.record(Event.APPOINTMENT_CHANGED, by=by, subject=appointment, changed=changed, references=references)
    return changed


def remember(*, appointment: Appointment, told_start: dt.datetime | None, by: Actor) -> Appointment:
    """Which moment the enquirer knows while they still have to be told of another; None: they know how it is."""
    if appointment.told_start != told_start:
        with transaction.atomic():
            appointment.told_start = told_start
            appointment.save(update_fields=["told_start"])
            audit.record(Event.APPOINTMENT_CHANGED, by=by, subject=appointment, changed=["told_start"])
    return appointment


def cancel(*, appointment: Appointment, by: Actor) -> Appointment:
    """It will not take place. Cancelling twice changes nothing; what took place cannot be cancelled."""
    with transaction.atomic():
        appointment.refresh_from_db(from_queryset=Appointment.objects.select_for_update())
        if appointment.cancelled_at:
            return appointment
        if appointment.log_id:
            raise DomainError("appointment_not_open", "It took place.")
        appointment.cancelled_at = clock.now()
        appointment.save(update_fields=["cancelled_at"])
        audit.record(Event.APPOINTMENT_CANCELLED, by=by, subject=appointment, changed=["cancelled_at"])
    return appointment


def _place(place: str) -> str:
    return " ".join(place.replace("\0", "").split())[:200]


def _works_beside(member: Member, appointment: Appointment) -> None:
    beside = queries.colleagues(member=appointment.member, day=clock.today())
    if not queries.works_for(member, appointment.case.partner) and not beside.filter(member=member).exists():
        raise DomainError("member_elsewhere", "They do not work there.", field="member")
