"""What is removed of a case when its time is over: who asked, what was said, what was promised."""

from django.db import transaction

from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import Case, State
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

BLANK = ("name", "email", "phone", "firm", "text", "call_window")


def blank(*, case: Case, by: Actor) -> Case:
    """Take all that is personal from a closed case and its thread; that it was there, and what came of it, stays."""
    with transaction.atomic():
        row = Case.objects.select_for_update().get(pk=case.pk)
        if row.state != State.CLOSED:
            raise DomainError("case_open", "An open case is still needed.")
        for field in BLANK:
            setattr(row, field, "")
        row.person = None
        row.save(update_fields=[*BLANK, "person"])
        row.thread.update(text="")
        row.appointments.update(place="")
        row.follow_ups.update(note="")
        audit.record(Event.BLANKED, by=by, subject=row, changed=[*BLANK, "person"])
    return row
