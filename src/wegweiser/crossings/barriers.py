"""A barrier on our own pages: a case like any other, and a mail to whoever looks after the pages."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Centre
from wegweiser.crossings import enquiries
from wegweiser.enquiries.models import Case, Enquirer, Matter
from wegweiser.kernel import addresses
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.actions import letters
from wegweiser.outbox.rendering import render


@dataclass(frozen=True, kw_only=True)
class Barrier:
    """What does not work, and where. Nobody has to say who they are; without a way back there is only the status."""

    text: str
    page: str = ""
    email: str = ""
    phone: str = ""
    language: str = "de"


def report(*, submission: UUID, barrier: Barrier, by: Actor) -> enquiries.Sent:
    """Open a case at the lead partner and tell the centre by mail; a report sent twice is one."""
    enquiry = enquiries.Enquiry(
        text="\n\n".join(filter(None, [barrier.page.strip(), barrier.text])),
        matter=Matter.BARRIER,
        enquirer=Enquirer.PRIVATE,
        email=barrier.email,
        phone=barrier.phone,
        language=barrier.language,
    )
    with transaction.atomic():
        sent = enquiries.send(submission=submission, enquiry=enquiry, by=by)
        if sent.fresh:
            _tell(sent.case, consortium.centre(), by)
    return sent


def _tell(case: Case, centre: Centre, by: Actor) -> None:
    """Who reported it stands at the desk only: the mail may go to somebody without access to it."""
    operator = centre.texts.get("operator") or {}
    context = {
        "case": case,
        "reachable": bool(case.email or case.phone),
        "desk": addresses.desk_case(case.uuid),
        "signature": "",
        "centre": centre.name.text(settings.LANGUAGE_CODE),
    }
    letters.write(
        cause=case,
        rendered=render("enquiries/mails/barrier", settings.LANGUAGE_CODE, context),
        mail=operator.get("accessibility_contact") or centre.email,
        reply_to=centre.email,
        by=by,
    )
