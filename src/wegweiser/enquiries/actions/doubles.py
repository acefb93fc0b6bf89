"""What somebody promised about a case that turned out to be another one's double."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from wegweiser.enquiries import correspondence
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import Appointment, Case, FollowUp
from wegweiser.kernel import audit, mail_addresses
from wegweiser.kernel.actor import Actor


def carry_over(*, case: Case, into: Case, but: Collection[UUID] = (), theirs: bool = False, by: Actor) -> int:
    """Open follow-ups of `case`, without those in `but`, and its dates are about `into` from now on; returns how many.

    Who promised something still has. What anybody at the partner may keep is for the partner of `into`.
    A date stays one of whoever asked in `case`, who alone hears of it, unless `theirs`: the same person asks in both.
    """
    references = {"from": case.uuid, "to": into.uuid}
    with transaction.atomic():
        promised = FollowUp.objects.select_for_update().filter(case=case, done_at=None).exclude(uuid__in=but)
        follow_ups = list(promised.order_by("id"))
        for row in follow_ups:
            row.case, row.partner = into, row.partner if row.member_id else into.partner
            row.save(update_fields=["case", "partner"])
            audit.record(Event.FOLLOW_UP_MOVED, by=by, subject=row, changed=["case", "partner"], references=references)
        theirs = theirs or _is_same(case, into)
        dates = list(Appointment.objects.select_for_update().filter(case=case, log=None, cancelled_at=None))
        for date in dates:
            date.case, date.double = into, date.double or (None if theirs else case)
            date.save(update_fields=["case", "double"])
            audit.record(Event.APPOINTMENT_MOVED, by=by, subject=date, changed=["case"], references=references)
    return len(follow_ups) + len(dates)


def _is_same(case: Case, into: Case) -> bool:
    """Whether both are known to be of one person."""
    if case.person_id and into.person_id:
        return case.person_id == into.person_id
    known = [mail_addresses.key(correspondence.address_known(row)) for row in (case, into)]
    return bool(known[0]) and known[0] == known[1]
