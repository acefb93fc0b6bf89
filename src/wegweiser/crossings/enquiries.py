"""An enquiry from the form to the answer: the case, its letters, the promised call and the links that open it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from wegweiser.accounts.actions import tokens
from wegweiser.catalogue.models import Entry
from wegweiser.companies import phones
from wegweiser.companies import queries as companies_queries
from wegweiser.companies.models import Channel, Company, Person
from wegweiser.consortium import calendar
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Centre, Member, Partner, Topic
from wegweiser.crossings import offers as named
from wegweiser.crossings import promises, recipients, talks, thread_steps, undelivered
from wegweiser.enquiries import call_windows, correspondence, queries, unseen
from wegweiser.enquiries.actions import cases, examples, follow_ups, mails
from wegweiser.enquiries.models import Case, Contribution, Enquirer, Intake, Matter, Visibility
from wegweiser.files import sniffing
from wegweiser.files.actions import uploads
from wegweiser.files.models import Upload
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter
from wegweiser.outbox.models import State as LetterState
from wegweiser.outbox.rendering import Rendered, render

STATUS_LINK_KEPT = dt.timedelta(days=180)
CALL_NOTICE = dt.timedelta(hours=2)  # with less office time left, a call is promised for the next working day


@dataclass(frozen=True, kw_only=True)
class Enquiry:
    """What somebody asks, and how to reach them. Without a partner the topic's owner answers, else the lead."""

    text: str
    name: str = ""
    matter: str = Matter.ENQUIRY
    enquirer: str = Enquirer.COMPANY
    email: str = ""
    phone: str = ""
    firm: str = ""
    wants_call: bool = False
    call_window: str = ""
    intake: str = Intake.WEB
    language: str = "de"
    urgent: bool = False
    topic: Topic | None = None
    partner: Partner | None = None
    suggested: Mapping[str, object] = field(default_factory=dict)
    company: Company | None = None
    person: Person | None = None


@dataclass(frozen=True)
class Sent:
    """A case that came in. `status_secret` opens its status page; `fresh` is False for a form sent twice.

    `call_on` is the day by which a call was promised.
    """

    case: Case
    status_secret: str
    fresh: bool
    call_on: dt.date | None = None


@dataclass(frozen=True)
class Answered:
    """An answer and its letter. A held letter (`letter.hold_reason`) made a follow-up: somebody has to call instead."""

    contribution: Contribution
    letter: Letter | None
    fresh: bool


def send(*, submission: UUID, enquiry: Enquiry, confirm: bool = True, by: Actor) -> Sent:
    """Open a case, confirm it by mail where there is one, and promise the call that was asked for.

    A form sent twice finds the first case and writes nothing but another status link.
    """
    if enquiry.wants_call and not enquiry.phone.strip():
        raise DomainError("phone_missing", field="phone")
    with transaction.atomic():
        centre, today = consortium.centre(), clock.today()
        call_day = _call_day(centre, enquiry.call_window)
        case, fresh = cases.open(
            submission=submission,
            text=enquiry.text,
            name=enquiry.name,
            partner=enquiry.partner or _responsible(enquiry.topic),
            answer_by=answer_by(centre, urgent=enquiry.urgent),
            intake=enquiry.intake,
            matter=enquiry.matter,
            enquirer=enquiry.enquirer,
            email=enquiry.email,
            phone=enquiry.phone,
            firm=enquiry.firm,
            call_window=enquiry.call_window,
            language=enquiry.language,
            urgent=enquiry.urgent,
            topic=enquiry.topic,
            suggested=enquiry.suggested,
            company=companies_queries.root_of(enquiry.company) if enquiry.company else None,
            person=enquiry.person,
            by=by,
        )
        secret = tokens.issue(
            purpose=queries.STATUS_LINK, subject=case.uuid, expires=clock.now() + STATUS_LINK_KEPT, by=by
        )
        call_on = call_day if enquiry.wants_call else None
        if fresh and (enquiry.wants_call or enquiry.urgent):
            due_on = today if enquiry.urgent else call_day
            note = _call_note(enquiry)
            promise = promises.CALL if enquiry.wants_call else promises.ANSWER
            follow_ups.set(
                case=case,
                partner=case.partner,
                due_on=due_on,
                note=note,
                submission=promises.of(case, promise),
                by=by,
            )
        if fresh and confirm and case.email:
            confirm_by_mail(case=case, status_secret=secret, call_on=call_on, by=by)
    return Sent(case, secret, fresh, call_on)


def answer_by(centre: Centre, *, urgent: bool) -> dt.date:
    """The day by which an enquiry of now is answered: the next on which somebody is there long enough if `urgent`."""
    return _call_day(centre) if urgent else calendar.answer_by(centre, clock.today())


def desk_open(
    *,
    submission: UUID,
    enquiry: Enquiry,
    member: Member,
    minutes: int | None = None,
    confirm: bool = False,
    by: Actor,
) -> Sent:
    """Take down a case at the desk: from a call, the counter, a fair; a mail address is not needed.

    `member` takes it at once where it belongs to a partner they work for. Elsewhere the thread says who took it down,
    so that their own partner still finds it. `minutes`: how long they talked, which is logged as theirs at once (a call
    back that was asked for is still owed). A mail goes out only when `confirm` says so.
    Raises DomainError: not_by_voice, and what `send` and `talks.log_intake` raise.
    """
    if minutes is not None and enquiry.intake not in talks.BY_VOICE:
        raise DomainError("not_by_voice", "Nobody talked.", field="minutes")
    with transaction.atomic():
        sent = send(submission=submission, enquiry=enquiry, confirm=confirm, by=by)
        own = queries.partners_of(member=member, day=clock.today())
        if sent.fresh and sent.case.partner_id in own:
            cases.take(case=sent.case, member=member, by=by)
        elif sent.fresh:
            with translation.override(settings.LANGUAGE_CODE):  # all staff read it
                note = _("Aufgenommen: %(intake)s") % {"intake": sent.case.get_intake_display()}
            cases.note(case=sent.case, member=member, text=note, visibility=Visibility.ALL, by=by)
        if sent.fresh and minutes is not None:
            talks.log_intake(case=sent.case, member=member, minutes=minutes, answers=not enquiry.wants_call, by=by)
    return sent


def answer(
    *,
    case: Case,
    member: Member,
    text: str,
    offers: Sequence[UUID] = (),
    files: Sequence[Prepared] = (),
    seen: UUID | None = None,
    talked_on: dt.date | None = None,
    submission: UUID | None = None,
    by: Actor,
) -> Answered:
    """Answer by mail with offers named and files attached. It stands on the firm's timeline, too, and counts nowhere.

    `talked_on`: it sums up the talk or visit of that day.

    The channel that the person or firm chose binds: a letter that may not go out is held, and a follow-up says so.
    `seen` (see `enquiries.unseen`): came_meanwhile is raised where the enquirer wrote after it, and answered_meanwhile
    where a colleague of `member` answered.
    """
    with transaction.atomic():
        entries, conversation = named.entries(offers), correspondence.conversation(case)
        contribution, fresh = cases.answer(
            case=case, member=member, text=text, offers=[entry.uuid for entry in entries], submission=submission, by=by
        )
        if not fresh:
            return Answered(contribution, outbox.of_cause(contribution.uuid).first(), False)
        unseen.ensure_none(case, seen)
        unseen.ensure_unanswered(case, seen, member=member)
        if entries:
            examples.notice(case=case, by=by)
        channel = recipients.channel(case)
        letter = letters.write(
            cause=contribution,
            rendered=written(case=case, member=member, text=contribution.text, entries=entries, talked_on=talked_on),
            channel=channel,
            name=case.name,
            mail=recipients.mail(case),
            address=recipients.address(case),
            language=case.language,
            reply_to=recipients.answer_to(case, member.email or consortium.centre().email, channel),
            by_hand=True,
            attachments=[_attached(row) for row in uploads.attach(owner=contribution, prepared=files, by=by)],
            in_reply_to=conversation.in_reply_to,
            references=conversation.references,
            by=by,
        )
        thread_steps.record_answers(case=case, by=by)
        promises.keep(case, promises.ANSWER, by=by)
        mails.mark_read(case=case, seen=unseen.last(case), by=by)
        if letter.state == LetterState.HELD:
            with translation.override(settings.LANGUAGE_CODE):  # all staff read it
                note = _("Die Antwort durfte nicht als E-Mail hinausgehen. Bitte anrufen.")
            follow_ups.set(
                case=case,
                partner=case.partner,
                member=case.adviser,
                due_on=clock.today(),
                note=note,
                submission=undelivered.asking(letter),
                by=by,
            )
    return Answered(contribution, letter, True)


def written(
    *, case: Case, member: Member, text: str, entries: Sequence[Entry], talked_on: dt.date | None = None
) -> Rendered:
    """An answer of `member` as the enquirer reads it: with greeting, offers and signature. Reads only."""
    centre = consortium.centre()
    on_paper = recipients.channel(case) == Channel.LETTER  # which nobody can just reply to
    told, further = named.in_place(text, [named.described(entry, language=case.language) for entry in entries])
    context = {
        "case": case,
        "text": told,
        "talked_on": talked_on,
        "write_to": (member.email or centre.email) if on_paper else "",
        "offers": further,
        "signature": member.name,
        "phone": phones.shown(member.phone or centre.phone),
        "centre": centre.name.text(case.language),
    }
    return render("enquiries/mails/answer", case.language, context)


def hand_over(
    *,
    case: Case,
    partner: Partner,
    note: str,
    member: Member | None = None,
    adviser: Member | None = None,
    instead_of: Member | None = None,
    topic: Topic | None = None,
    submission: UUID | None = None,
    by: Actor,
) -> Case:
    """The case goes to another partner, and the next one like it goes there at once; or to a colleague of the same.

    It is about `topic` from then on, which teaches too; without one about what `enquiries.topics.at` says.
    """
    with transaction.atomic():
        before = case.partner_id, case.topic_id
        cases.hand_over(
            case=case,
            partner=partner,
            note=note,
            member=member,
            adviser=adviser,
            instead_of=instead_of,
            topic=topic,
            submission=submission,
            by=by,
        )
        if (case.partner_id, case.topic_id) != before:
            thread_steps.record_answers(case=case, by=by)
            examples.notice(case=case, by=by)
    return case


def change_topic(*, case: Case, topic: Topic, by: Actor) -> Case:
    """The case is about `topic`: what is logged, counted and learnt of it from now on goes by it.

    Steps that were counted before keep theirs: the timeline is where one puts them right.
    """
    with transaction.atomic():
        before = case.topic_id
        cases.link(case=case, topic=topic, by=by)
        if case.topic_id != before:
            thread_steps.record_answers(case=case, by=by)
            examples.notice(case=case, by=by)
    return case


def close(*, case: Case, outcome: str, keep_follow_ups: bool = True, seen: UUID | None = None, by: Actor) -> Case:
    """The case is over. A call or an answer that was promised is not owed any more; what else was promised may be.

    `seen` (see `enquiries.unseen`): came_meanwhile is raised where the enquirer wrote after it.
    """
    with transaction.atomic():
        cases.close(case=case, outcome=outcome, by=by)
        unseen.ensure_none(case, seen)
        promises.keep(case, promises.CALL, promises.ANSWER, by=by)
        mails.mark_read(case=case, seen=unseen.last(case), by=by)
        if not keep_follow_ups:
            for follow_up in queries.open_promises(case):
                follow_ups.done(follow_up=follow_up, by=by)
    return case


def reopen(*, case: Case, member: Member | None = None, by: Actor) -> Case:
    """A closed case goes on, with who answered for it, or with `member`, and is answered as soon as a fresh one."""
    reply_by = calendar.answer_by(consortium.centre(), clock.today())
    return cases.reopen(case=case, member=member, reply_by=reply_by, by=by)


def go_on(*, case: Case, by: Actor) -> Case:
    """Who said that it is settled needs help after all: the case is open again, and its partner is told to call."""
    with transaction.atomic():
        reopen(case=case, by=by)
        with translation.override(settings.LANGUAGE_CODE):  # all staff read it
            note = _("Hat sich doch nicht erledigt. Bitte melden.")
        follow_ups.set(case=case, partner=case.partner, due_on=consortium.working_day(clock.today()), note=note, by=by)
    return case


def _responsible(topic: Topic | None) -> Partner:
    partner = (consortium.owner(topic) if topic else None) or consortium.lead()
    if partner is None:
        raise DomainError("no_partner", "Nobody leads the consortium today.", field="partner")
    return partner


def _call_day(centre: Centre, window: str = "") -> dt.date:
    """Today while there is time enough left in the office and in the window asked for, else the next working day."""
    now, today = clock.now(), clock.today()
    over = call_windows.end(window)
    ends = [end for _start, end in calendar.office_hours(centre, today)]
    if over:
        ends = [min(end, clock.at(today, over)) for end in ends]
    if any(end - now >= CALL_NOTICE for end in ends):
        return consortium.working_day(today)
    return calendar.add_working_days(today, 1, land=centre.land, closed=centre.closed_days)


def _call_note(enquiry: Enquiry) -> str:
    """What the staff read, so not in the language of whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        if not enquiry.wants_call:
            return _("Dringend: bitte heute melden.")
        if not enquiry.call_window:
            return _("Möchte angerufen werden.")
        return _("Möchte angerufen werden: %(window)s") % {"window": call_windows.words(enquiry.call_window)}


def confirm_by_mail(*, case: Case, status_secret: str, call_on: dt.date | None = None, by: Actor) -> None:
    """Tell the enquirer that it arrived. Nothing they wrote is repeated: anybody can type anybody's address."""
    centre, conversation, channel = consortium.centre(), correspondence.conversation(case), recipients.channel(case)
    context = {
        "case": case,
        "call_on": call_on,
        "status": addresses.enquiry_status(status_secret, language=case.language),
        "phone": phones.shown(centre.phone),
        "signature": "",
        "centre": centre.name.text(case.language),
    }
    letters.write(
        cause=case,
        rendered=render("enquiries/mails/confirmation", case.language, context),
        channel=channel,
        mail=case.email,
        address=recipients.address(case),
        language=case.language,
        reply_to=recipients.answer_to(case, centre.email, channel),
        in_reply_to=conversation.in_reply_to,
        references=conversation.references,
        by=by,
    )


def _attached(upload: Upload) -> dict[str, str]:
    return {"name": upload.name, "type": sniffing.media_type(upload.name, upload.sniffed_type), "digest": upload.digest}
