"""What somebody writes into the thread of their case: from the workspace of their firm, or behind its link."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from wegweiser.companies.models import Person
from wegweiser.enquiries import entered
from wegweiser.enquiries.actions.changes import hear
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import Case, Contribution
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor


def write(
    *,
    case: Case,
    person: Person | None,
    text: str,
    with_files: bool = False,
    reply_by: dt.date,
    submission: UUID | None = None,
    by: Actor,
) -> tuple[Contribution, bool]:
    """The words of `person`, and whether they are new: a form sent twice writes once. The case waits for us again.

    Of who holds the link of the case no person is known. Files may come without words.

    Raises DomainError: text_missing, text_too_long.
    """
    text = entered.text(text) if text.strip() or not with_files else ""
    identity = {"uuid": submission} if submission else {}
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        if submission and (known := Contribution.objects.filter(case=case, uuid=submission).first()):
            return known, False
        written = Contribution.objects.create(
            case=case, kind=Contribution.Kind.MESSAGE, by=str(by), text=text, **identity
        )
        references = {"contribution": written.uuid} | ({"person": person.uuid} if person else {})
        audit.record(Event.MESSAGE_CAME, by=by, subject=case, references=references)
        hear(case=case, reply_by=reply_by, by=by)
    return written, True
