"""When members are not there, and who stands in. The reason is neither asked for nor kept."""

import datetime as dt

from django.db import transaction

from wegweiser.consortium import teams
from wegweiser.consortium.events import Event
from wegweiser.consortium.models import Absence, Member
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

LONGEST = dt.timedelta(days=3 * 365)


def enter(
    *, member: Member, first_day: dt.date, last_day: dt.date, deputy: Member | None = None, by: Actor
) -> tuple[Absence, bool]:
    """`member` is not there on these days. Also: is it new; the same days entered twice are one absence.

    Raises DomainError as `change` does.
    """
    with transaction.atomic():
        _lock(member)
        known = Absence.objects.filter(member=member, first_day=first_day, last_day=last_day).first()
        if known:
            return (known if known.deputy == deputy else change(absence=known, deputy=deputy, by=by)), False
        _check(member, first_day, last_day, deputy)
        absence = Absence.objects.create(member=member, first_day=first_day, last_day=last_day, deputy=deputy)
        audit.record(Event.ABSENCE_ENTERED, by=by, subject=absence, references={"member": member.uuid})
    return absence, True


def change(
    *,
    absence: Absence,
    first_day: dt.date | None = None,
    last_day: dt.date | None = None,
    deputy: Member | None = None,
    by: Actor,
) -> Absence:
    """Other days, where they are given, and another deputy or none.

    Raises DomainError: days_reversed, absence_over, absence_too_long, absence_overlaps, deputy_self, deputy_elsewhere.
    """
    with transaction.atomic():
        _lock(absence.member)
        absence.refresh_from_db()
        first_day, last_day = first_day or absence.first_day, last_day or absence.last_day
        _check(absence.member, first_day, last_day, deputy, besides=absence)
        absence.first_day, absence.last_day, absence.deputy = first_day, last_day, deputy
        absence.save(update_fields=["first_day", "last_day", "deputy"])
        audit.record(Event.ABSENCE_CHANGED, by=by, subject=absence, changed=["first_day", "last_day", "deputy"])
    return absence


def drop(*, absence: Absence, by: Actor) -> None:
    """They are there after all, or it is long over."""
    with transaction.atomic():
        audit.record(Event.ABSENCE_DROPPED, by=by, subject=absence)
        absence.delete()


def _lock(member: Member) -> None:
    """Two absences of one member wait for each other, so that they cannot overlap."""
    list(Member.objects.select_for_update().filter(pk=member.pk).values_list("pk", flat=True))


def _check(
    member: Member, first_day: dt.date, last_day: dt.date, deputy: Member | None, *, besides: Absence | None = None
) -> None:
    if last_day < first_day:
        raise DomainError("days_reversed", "It ends before it begins.", field="last_day")
    if last_day < clock.today():
        raise DomainError("absence_over", "It is over already.", field="last_day")
    if last_day - first_day > LONGEST:
        raise DomainError("absence_too_long", "Who is away for years leaves.", field="last_day")
    if deputy == member:
        raise DomainError("deputy_self", "Nobody stands in for themselves.", field="deputy")
    if deputy and not teams.colleagues(member).filter(pk=deputy.pk).exists():
        raise DomainError("deputy_elsewhere", "They do not answer for the same partner.", field="deputy")
    others = Absence.objects.filter(member=member, first_day__lte=last_day, last_day__gte=first_day)
    if besides:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise DomainError("absence_overlaps", "Some of these days are entered already.", field="first_day")
