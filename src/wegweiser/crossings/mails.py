"""A mail that comes in: to the thread it belongs to, to a new case, to a colleague who confirms it, or to a person.

Nothing is ever lost: what cannot be read or must not be believed is kept and listed. The order of the questions is the
order of trust: whether it is one of ours that came back, whether a machine wrote it, whether a signed address or one of
our Message-IDs says where it belongs. A reference number in the subject opens nothing.
"""

import dataclasses
import datetime as dt
import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from wegweiser.catalogue import matches
from wegweiser.consortium import calendar
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member
from wegweiser.crossings import calendar_answers, doubles, enquiries, promises, thread_steps, undelivered
from wegweiser.enquiries import (
    correspondence,
    entered,
    mail_reading,
    mail_text,
    openings,
    others,
    outsiders,
    reply_addresses,
    sender_names,
    unseen,
)
from wegweiser.enquiries.actions import cases, mails
from wegweiser.enquiries.forwarded import Address
from wegweiser.enquiries.mail_reading import Reading, UnreadableError
from wegweiser.enquiries.models import Case, Contribution, Intake, Mail, Outcome, State
from wegweiser.files import uploading
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

log = logging.getLogger(__name__)
REOPENED_WITHIN = dt.timedelta(days=90)  # a later answer to a closed case is an enquiry of its own, with a link
READ = 1500  # characters by which a mail is routed
HOUR = dt.timedelta(hours=1)
MOST_IN_AN_HOUR = 20  # mails of one sender; further ones that belong to no thread are set aside
MOST_CONFIRMED = 3  # of these; a form of ours counts by whom it names, and has no more than the twenty confirmed


@dataclass(frozen=True)
class Taken:
    """What became of a mail; `fresh` is False for one that was taken in before."""

    mail: Mail
    fresh: bool


def take_in(*, raw: bytes, by: Actor) -> Taken:
    """Take in one mail. The same mail again, by whichever way, changes nothing."""
    digest = mail_reading.digest(raw)
    if known := Mail.objects.filter(digest=digest).first():
        return Taken(known, False)
    try:
        reading = calendar_answers.worded(mail_reading.read(raw))
        files = [
            uploading.prepare(name=file.name, declared_type=file.declared_type, data=file.data)
            for file in reading.files
        ]
        suggestion = _suggested(reading)
        with transaction.atomic():
            return _put(digest, reading, files, suggestion, by)
    except UnreadableError as error:
        return _keep(digest, raw, "unreadable", error, by)
    except DomainError as error:
        log.exception("A mail was kept for a person: %s", error.code)
        return _keep(digest, raw, "not_filed", error, by)


def keep(*, raw: bytes, reason: str, by: Actor) -> Taken:
    """A mail that nobody could deal with is kept as it is, or as much of it as was read, and listed for a person."""
    return _keep(mail_reading.digest(raw), raw, reason, None, by)


def receive(*, raw: bytes, by: Actor) -> Taken:
    """`take_in`, and a mail that we stumble over is kept for a person. What it raises means that nothing was kept."""
    try:
        return take_in(raw=raw, by=by)
    except Exception:
        log.exception("A mail could not be taken in and is kept for a person.")
        return keep(raw=raw, reason="not_filed", by=by)


def confirm(
    *, mail: Mail, case: Case | None, member: Member, theirs: bool = False, answers: bool = True, by: Actor
) -> Case:
    """`member` says that what they copied to us belongs to `case`, or is contact with the outsider of a new one.

    It stands on the firm's timeline as an answer by mail does, and counts nowhere. Where it answers, what came before
    it is read, and what was promised is kept. `theirs` and `answers` as `enquiries.actions.mails.confirm` has them.
    Raises outsider_missing.
    """
    if case is None and not (mail.other_name or mail.other_mail):
        raise DomainError("outsider_missing", "It names nobody from outside whom a new case could be of.")
    text = outsiders.told_in(mail)[: entered.TEXT_LENGTH]
    suggestion = _matched(text) if case is None and mail.direction == Mail.Direction.IN else None
    with transaction.atomic():
        if case is None:
            case, theirs = _open_for(mail, member, text, suggestion, by), True
        copy = mails.confirm(
            mail=mail, case=case, member=member, theirs=theirs, answers=answers, reply_by=reply_by(), by=by
        )
        if case.changes.filter(verb="answer", recorded_at__gte=copy.recorded_at).exists():
            promises.keep(case, promises.ANSWER, until=mail.recorded_at, by=by)
            mails.mark_read(case=case, seen=unseen.last(case, until=mail.recorded_at), by=by)
        thread_steps.record_answers(case=case, by=by)
    return case


def move(*, mail: Mail, case: Case, theirs: bool = False, seen: uuid.UUID | None = None, by: Actor) -> Contribution:
    """The case that `mail` opened is the same as `case`: the mail goes there with what was promised since.

    The second case is over.
    `theirs`: the enquirer of `case` wrote it. Raises came_meanwhile where the second case got more after `seen`.
    """
    with transaction.atomic():
        opened = mail.case
        contribution = mails.move(mail=mail, case=case, theirs=theirs, reply_by=reply_by(), by=by)
        if opened and opened.state != State.CLOSED:
            doubles.carry_over(case=opened, into=case, theirs=theirs, by=by)
            enquiries.close(case=opened, outcome=Outcome.DUPLICATE, seen=seen, by=by)
    return contribution


# --- Where it goes ------------------------------------------------------------------------------------------------


def _put(
    digest: str, reading: Reading, files: Sequence[Prepared], suggestion: matches.Answer | None, by: Actor
) -> Taken:
    case = _case(reading)
    member = correspondence.ours(reading.sender.mail)
    asks = outsiders.writer(reading)
    if _is_from_here(reading):
        return _note(digest, reading, Mail.State.ASIDE, (), by, reason="loop")
    automatic = _automatic(reading, case)
    if automatic == "bounce":
        return _bounced(digest, reading, by)
    if automatic:
        if case is None:  # a person may write through such a program: the files stay until somebody has looked
            return _note(digest, reading, Mail.State.ASIDE, files, by, reason=automatic, automatic=True)
        return _file(digest, reading, files, case, by, automatic=True)
    if member or _is_from_our_mailbox(reading, asks):
        return _draft(digest, reading, files, member, case, by)
    if case and not _is_over(case):
        return _file(digest, reading, files, case, by, **_named(reading, asks))
    if not asks.mail:
        return _note(digest, reading, Mail.State.ASIDE, files, by, reason="no_sender")
    since = clock.now() - HOUR
    lately = correspondence.lately_from(asks.mail, since)
    sent = correspondence.lately_sent(reading.sender.mail, since)
    # Nobody has us write to strangers whom their mails only name, nor ask under many names, but for forms of ours.
    is_form = not reading.unproven and outsiders.is_form_of_ours(reading.sender.mail)
    if lately >= MOST_IN_AN_HOUR or (sent >= MOST_IN_AN_HOUR and not is_form):
        return _note(digest, reading, Mail.State.ASIDE, files, by, reason="too_many", **_named(reading, asks))
    confirmed = lately < MOST_CONFIRMED and sent < (MOST_IN_AN_HOUR if is_form else MOST_CONFIRMED)
    confirmed = confirmed and not reading.unproven
    return _open(digest, reading, asks, files, case, suggestion, confirmed=confirmed, by=by)


def _is_from_here(reading: Reading) -> bool:
    """Whether it is a mail of ours that came back: nobody writes from the address of a case."""
    if reading.comes_back or not reply_addresses.is_ours(reading.sender.mail):
        return reading.comes_back
    return "+" in reading.sender.mail or correspondence.letter_of(reading.message_id) is not None


def _is_from_our_mailbox(reading: Reading, asks: Address) -> bool:
    """Whether somebody wrote it from the centre's own address; a form there names who asks, and is theirs."""
    return asks == reading.sender and reply_addresses.is_ours(reading.sender.mail)


def _named(reading: Reading, asks: Address) -> dict[str, str]:
    return {} if asks == reading.sender else {"other_name": asks.name, "other_mail": asks.mail}


def _case(reading: Reading) -> Case | None:
    addressed = [*(address.mail for address in reading.recipients), *reading.delivered_to]
    found = correspondence.case_of(addresses=addressed, message_ids=reading.references)
    return found or calendar_answers.case_of(reading.calendar)


def _automatic(reading: Reading, case: Case | None) -> str:
    """What is said of a list does not make a machine of who answers us: a group's mailbox, a firm's own program.

    Nor is an answer spam: filters take short ones for it.
    """
    return "" if case and not _is_over(case) and reading.automatic in {"list", "spam"} else reading.automatic


def _is_over(case: Case) -> bool:
    """Whether it was closed so long ago that what comes now is something new."""
    return case.closed_at is not None and case.closed_at < clock.now() - REOPENED_WITHIN


def _said(reading: Reading) -> dict[str, object]:
    return {
        "message_id": reading.message_id,
        "sender_name": reading.sender.name,
        "sender_mail": reading.sender.mail,
        "subject": reading.subject,
        "text": reading.text,
        "whole": reading.whole if reading.whole != reading.text else "",
        "sent_at": reading.sent_at,
    }


def _note(digest: str, reading: Reading, state: str, files: Sequence[Prepared], by: Actor, **known: object) -> Taken:
    return Taken(*mails.note_down(digest=digest, said=_said(reading), state=state, files=files, by=by, **known))


def _file(digest: str, reading: Reading, files: Sequence[Prepared], case: Case, by: Actor, **known: object) -> Taken:
    taken = _note(digest, reading, Mail.State.FILED, files, by, **known)
    if taken.fresh:
        of_others = others.wrote(case, taken.mail, reading.references)
        mails.file(mail=taken.mail, case=case, of_others=of_others, reply_by=reply_by(), by=by)
        if reading.calendar:
            calendar_answers.ask_for_a_call(answer=reading.calendar, case=case, by=by)
    return taken


def reply_by() -> dt.date:
    return calendar.answer_by(consortium.centre(), clock.today())


def _bounced(digest: str, reading: Reading, by: Actor) -> Taken:
    """A letter of ours did not arrive: somebody calls. That of others is set aside.

    What needs nobody is noted without a word: that one is late, or of a letter that was erased, as the report names
    whom it went to.
    """
    bounce = reading.bounce
    letter = correspondence.letter_of(*bounce.message_ids) if bounce else None
    if bounce and (not bounce.failed or (letter and not letter.recipient_mail)):
        said = {"message_id": reading.message_id}
        known = mails.note_down(
            digest=digest,
            said=said,
            state=Mail.State.DONE,
            reason="bounce" if bounce.failed else "late",
            letter=letter,
            automatic=True,
            by=by,
        )
        return Taken(*known)
    if letter is None or bounce is None:
        return _note(digest, reading, Mail.State.ASIDE, (), by, reason="bounce", automatic=True)
    taken = _note(digest, reading, Mail.State.BOUNCE, (), by, automatic=True)
    if taken.fresh:
        undelivered.tell(mail=taken.mail, letter=letter, reason=bounce.reason, by=by)
    return taken


def _draft(
    digest: str, reading: Reading, files: Sequence[Prepared], member: Member | None, case: Case | None, by: Actor
) -> Taken:
    """One of ours copied or forwarded it: a draft that they confirm. What their address says may be forged.

    From the centre's own address anybody here may have written it: whoever sees to loose mails confirms it.

    What goes to us alone and quotes an outsider is sent on, whatever its subject says: their words are the news.
    """
    direction, other = outsiders.of(reading)
    if (other.name or other.mail) and other not in reading.recipients:
        reading = dataclasses.replace(reading, text=reading.whole)
    known = correspondence.known_as(other.mail)
    return _note(
        digest,
        reading,
        Mail.State.DRAFT,
        files,
        by,
        member=member,
        direction=direction,
        other_name=other.name,
        other_mail=other.mail,
        person=known.person,
        company=known.company,
        proposed=case or known.case,
    )


# --- A new case ---------------------------------------------------------------------------------------------------


def _suggested(reading: Reading) -> matches.Answer | None:
    """What matching makes of it, before any transaction begins; nothing for what opens no case."""
    case = _case(reading)
    if _automatic(reading, case) or reading.comes_back or correspondence.ours(reading.sender.mail):
        return None
    if case and not _is_over(case):
        return None
    return _matched(question(reading.subject, reading.text), language=mail_text.language(reading.text))


def _matched(asked: str, *, language: str = "") -> matches.Answer | None:
    return matches.match(asked[:READ], lang=language or mail_text.language(asked))


def question(subject: str, text: str) -> str:
    """The subject says what many leave out of the text."""
    return "\n\n".join(filter(None, [subject.strip(), text.strip()]))


def _open(
    digest: str,
    reading: Reading,
    asks: Address,
    files: Sequence[Prepared],
    earlier: Case | None,
    suggestion: matches.Answer | None,
    *,
    confirmed: bool,
    by: Actor,
) -> Taken:
    """An enquiry like any other. Who has the case that it names, or an open one of this address, may put it there."""
    named = correspondence.named_in(reading.subject)
    known = {"proposed": named, "reason": "unproven" if reading.unproven else "", **_named(reading, asks)}
    taken = _note(digest, reading, Mail.State.OPENED, files, by, **known)
    if not taken.fresh:
        return taken
    topic = (earlier.topic if earlier else named.topic if named else None) or matches.topic_of(suggestion)
    called = sender_names.read(asks.name)
    before = earlier or named or correspondence.lately_asked(asks.mail, clock.now() - REOPENED_WITHIN)
    text = question(reading.subject, reading.text)[: entered.TEXT_LENGTH]
    said = suggestion.as_document(text) if suggestion else {}
    carried = {"firm": called.firm, **correspondence.carried_over(earlier, asks.mail)}
    enquiry = enquiries.Enquiry(
        text=text or without_words(),
        name=called.name,
        email=asks.mail,
        **carried,
        intake=Intake.MAIL,
        language=mail_text.language(reading.whole or reading.subject),
        urgent=bool(suggestion and suggestion.urgent),
        topic=topic,
        partner=before.partner if before else None,
        suggested=said | {"routed_by": "earlier case"} if said and before else said,
    )
    sent = enquiries.send(submission=openings.of_a_mail(digest), enquiry=enquiry, confirm=False, by=by)
    mails.belongs_to(mail=taken.mail, case=sent.case, earlier=earlier, by=by)
    if confirmed and sent.fresh:
        enquiries.confirm_by_mail(case=sent.case, status_secret=sent.status_secret, by=by)
    return taken


def without_words() -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("(E-Mail ohne Text)")


def _open_for(mail: Mail, member: Member, text: str, suggestion: matches.Answer | None, by: Actor) -> Case:
    """A case for a contact that began in the mailbox of `member`, who answers for it and says what it is about."""
    lead = consortium.lead()
    partner = thread_steps.partner_of(member, clock.today(), lead) if lead else None
    called = sender_names.read(mail.other_name)
    enquiry = enquiries.Enquiry(
        text=text or without_words(),
        name=called.name if mail.other_mail else mail.other_name,
        email=mail.other_mail,
        firm=called.firm,
        intake=Intake.MAIL,
        language=mail_text.language(text),
        urgent=bool(suggestion and suggestion.urgent),
        suggested=suggestion.as_document(text) | {"routed_by": "colleague"} if suggestion else {},
        partner=partner,
        company=mail.company,
        person=mail.person,
    )
    sent = enquiries.send(submission=openings.of_a_mail(mail.digest), enquiry=enquiry, confirm=False, by=by)
    if sent.fresh:
        cases.take(case=sent.case, member=member, by=by)
    return sent.case


def _keep(digest: str, raw: bytes, reason: str, error: Exception | None, by: Actor) -> Taken:
    file = uploading.prepare(name="nachricht.eml", declared_type="message/rfc822", data=raw, trusted=True)
    said = mail_reading.glimpse(raw)
    known = mails.note_down(digest=digest, said=said, state=Mail.State.UNREADABLE, files=[file], reason=reason, by=by)
    if error:
        log.warning("Mail %s is kept for a person: %s", known[0].uuid, type(error).__name__)
    return Taken(*known)
