"""What somebody promised about a case that turned out to be another one's double."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import Appointment, Case, FollowUp
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor


def carry_over(*, case: Case, into: Case, but: Collection[UUID] = (), by: Actor) -> int:
    """Open follow-ups of `case`, without those in `but`, and its dates are about `into` from now on; returns how many.

    Who promised something still has. What anybody at the partner may keep is for the partner of `into`.
    """
    references = {"from": case.uuid, "to": into.uuid}
    with transaction.atomic():
        promised = FollowUp.objects.select_for_update().filter(case=case, done_at=None).exclude(uuid__in=but)
        follow_ups = list(promised.order_by("id"))
        for row in follow_ups:
            row.case, row.partner = into, row.partner if row.member_id else into.partner
            row.save(update_fields=["case", "partner"])
            audit.record(Event.FOLLOW_UP_MOVED, by=by, subject=row, changed=["case", "partner"], references=references)
        dates = list(Appointment.objects.select_for_update().filter(case=case, log=None, cancelled_at=None))
        for date in dates:
            date.case = into
            date.save(update_fields=["case"])
            audit.record(Event.APPOINTMENT_MOVED, by=by, subject=date, changed=["case"], references=references)
    return len(follow_ups) + len(dates)
