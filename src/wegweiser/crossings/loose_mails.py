"""What was set aside and is an enquiry after all: somebody opens a case with it, or puts it into one."""

from django.db import transaction

from wegweiser.catalogue import matches
from wegweiser.crossings import enquiries
from wegweiser.crossings.mails import READ, REOPENED_WITHIN, question, reply_by, without_words
from wegweiser.enquiries import correspondence, entered, mail_text, openings, sender_names
from wegweiser.enquiries.actions import mails
from wegweiser.enquiries.models import Case, Contribution, Intake, Mail
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def take_up(*, mail: Mail, by: Actor) -> Case:
    """A new case with what `mail` says and brought along, as one that came by itself; nothing is confirmed to anybody.

    Raises mail_settled, and no_sender where there is nobody to answer.
    """
    if not mail.answer_mail:
        raise DomainError("no_sender", "Nobody could be answered.")
    asked = question(mail.subject, mail.text)
    suggestion = matches.match(asked[:READ], lang=mail_text.language(mail.text))
    with transaction.atomic():
        mails.take_up(mail=mail, by=by)
        named = correspondence.named_in(mail.subject)
        before = named or correspondence.lately_asked(mail.answer_mail, clock.now() - REOPENED_WITHIN)
        called = sender_names.read(mail.sender)
        text = asked[: entered.TEXT_LENGTH]
        said = suggestion.as_document(text) if suggestion else {}
        enquiry = enquiries.Enquiry(
            text=text or without_words(),
            name=called.name,
            email=mail.answer_mail,
            firm=called.firm,
            intake=Intake.MAIL,
            language=mail_text.language(mail.whole or mail.text or mail.subject),
            urgent=bool(suggestion and suggestion.urgent),
            topic=(named.topic if named else None) or matches.topic_of(suggestion),
            partner=before.partner if before else None,
            suggested=said | {"routed_by": "earlier case"} if said and before else said,
        )
        sent = enquiries.send(submission=openings.of_a_mail(mail.digest), enquiry=enquiry, confirm=False, by=by)
        mails.belongs_to(mail=mail, case=sent.case, by=by)
    return sent.case


def put(*, mail: Mail, case: Case, by: Actor) -> Contribution:
    """`mail` belongs into the thread of `case`, as if it had come there. Raises mail_settled."""
    with transaction.atomic():
        mails.take_up(mail=mail, by=by)
        if not correspondence.knows_somebody(case):
            raise DomainError("mail_settled", "It was erased.")
        return mails.file(mail=mail, case=case, reply_by=reply_by(), by=by)
