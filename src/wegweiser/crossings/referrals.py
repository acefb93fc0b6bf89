"""Passing a case on to a network or another centre: with consent, with only what was agreed, and asking later."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from wegweiser.companies import phones
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member, Network, Topic
from wegweiser.crossings import enquiries, recipients, thread_steps
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import cases, follow_ups, referrals
from wegweiser.enquiries.actions.referrals import Agreed
from wegweiser.enquiries.models import Case, FollowUp, Outcome, Referral, State
from wegweiser.journey.actions import steps
from wegweiser.journey.models import Format
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.actions import letters
from wegweiser.outbox.rendering import render

SOURCE, ROLE, OCCASION = "enquiries.referral", "refer", "referral"
VERSION = "referral-2"
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
DAY = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\b")
NUMBER = re.compile(r"(?<![\w+])(?:\+|\(?0)\d(?:[\s()/.–-]{0,2}\d){5,}")
MOST_ASKINGS = 40  # three years of "still being worked on"
ASK_AFTER = dt.timedelta(weeks=4)


def consent_text(*, recipient: str, passed: Sequence[str], language: str) -> str:
    """The words to read out or to show, in the language of who asked; they are kept as they are."""
    centre = consortium.centre()
    with translation.override(language):
        what = ", ".join(str(Referral.Passed(key).label) for key in passed)
        # Names of houses stand alone: in a German sentence each would need an article that nobody told us.
        return _(
            "Ich bin einverstanden, dass folgende Angaben weitergegeben werden, damit man mir weiterhilft: %(what)s."
            " Wer sie bekommt: %(recipient)s. Wer sie weitergibt: %(centre)s. Ich kann das jederzeit mit Wirkung für"
            " die Zukunft widerrufen."
        ) % {"centre": centre.name.text(language), "recipient": recipient, "what": what}


def agreed_parts(case: Case, passed: Sequence[str]) -> list[tuple[str, str]]:
    """What is passed on, as (label, value), in the order of the list; what is not known is left out."""
    known = {
        Referral.Passed.NAME: case.name,
        Referral.Passed.FIRM: _firm(case),
        Referral.Passed.PHONE: phones.shown(case.phone or (case.person.phone if case.person else "")),
        Referral.Passed.EMAIL: recipients.mail(case),
        Referral.Passed.QUESTION: case.text,
    }
    return [(str(key.label), known[key]) for key in Referral.Passed if key in passed and known[key]]


def unagreed(message: str, parts: Sequence[tuple[str, str]]) -> list[str]:
    """Numbers and mail addresses in our own words that are none of `parts`, as they are written.

    Opening hours, invoices and files have digits, too: a number is one under which somebody could be called.
    """
    told = " ".join(value for _label, value in parts)
    agreed = {_dialled(number) for number in NUMBER.findall(told)}
    written = NUMBER.findall(DAY.sub(" ", MAIL.sub(" ", message)))
    numbers = [number for number in written if _dialled(number) not in {"", *agreed}]
    known = MAIL.findall(told)
    mails = [mail for mail in MAIL.findall(message) if not any(mail_addresses.equal(mail, one) for one in known)]
    return [*(number.strip() for number in numbers), *mails]


def _dialled(number: str) -> str:
    """As E.164; empty for what cannot be called."""
    try:
        return phones.e164(number)
    except DomainError:
        return ""


def written_to(network: Network) -> str:
    """The mail address of the network, else the one by which it was reached last; empty where there is neither."""
    if network.email:
        return network.email
    rows = Referral.objects.filter(network=network).exclude(recipient_mail="").order_by("-recorded_at", "-id")
    return rows.values_list("recipient_mail", flat=True).first() or ""


def refer(
    *,
    case: Case,
    member: Member,
    network: Network | None = None,
    recipient: str = "",
    mail: str,
    passed: Sequence[str],
    message: str = "",
    agreed: Agreed,
    topic: Topic | None = None,
    close: bool = False,
    seen: UUID | None = None,
    submission: UUID,
    by: Actor,
) -> Referral:
    """Pass `case` on by mail: once, however often the form arrives. One step counts it, a follow-up asks later.

    Raises what `referrals.record` raises, topic_missing where it counts and nobody said what it is about, and with
    `close` came_meanwhile where the enquirer wrote after the entry `seen`.
    """
    with transaction.atomic():
        referral, fresh = referrals.record(
            case=case,
            member=member,
            network=network,
            recipient=recipient,
            mail=mail,
            passed=passed,
            message=message,
            agreed=agreed,
            submission=submission,
            by=by,
        )
        if not fresh:
            return referral
        if case.topic is None and topic:
            cases.link(case=case, topic=topic, by=by)
        _write(referral, case, member, by)
        _step(referral, case, by)
        _ask(referral, asked_on(clock.today()), asking(referral), by)
        if close and case.state != State.CLOSED:
            enquiries.close(case=case, outcome=Outcome.REFERRED, seen=seen, by=by)
    return referral


def conclude(*, referral: Referral, outcome: str, on: dt.date, note: str = "", by: Actor) -> Referral:
    """What became of it. With that nobody has to ask any more; what is still being worked on there is asked about
    again."""
    with transaction.atomic():
        referrals.conclude(referral=referral, outcome=outcome, on=on, note=note, by=by)
        if outcome == Referral.Outcome.RUNNING and referral.withdrawn_at is None:
            _ask_again(referral, max(asked_on(on), clock.today()), by)
        else:
            stop_asking(referral=referral, by=by)
    return referral


def stop_asking(*, referral: Referral, by: Actor) -> None:
    """Nobody has to ask what became of it."""
    for row in FollowUp.objects.filter(uuid__in=_askings(referral), done_at=None):
        follow_ups.done(follow_up=row, by=by)


def asked_on(day: dt.date) -> dt.date:
    """When somebody asks what became of what was passed on or still in work on `day`: after ASK_AFTER, on a day on
    which people are there to ask and to answer."""
    return consortium.working_day(day + ASK_AFTER)


def _ask_again(referral: Referral, day: dt.date, by: Actor) -> None:
    known = {row.uuid: row for row in FollowUp.objects.filter(uuid__in=_askings(referral))}
    waiting = next((row for row in known.values() if row.done_at is None), None)
    if waiting is None:
        fresh = next((name for name in _askings(referral) if name not in known), None)
        _ask(referral, day, fresh, by)
    elif waiting.due_on < day:
        follow_ups.move(follow_up=waiting, due_on=day, by=by)


def _ask(referral: Referral, day: dt.date, submission: UUID | None, by: Actor) -> None:
    case = referral.case
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        ask = _("Nachfragen, was aus der Weitervermittlung an %(recipient)s geworden ist.")
    follow_ups.set(
        case=case,
        company=case.company,
        partner=case.partner,
        member=referral.member if queries.works_for(referral.member, case.partner) else None,
        due_on=day,
        note=ask % {"recipient": referral.recipient},
        submission=submission,
        by=by,
    )


def _write(referral: Referral, case: Case, member: Member, by: Actor) -> None:
    """One mail with what was agreed and nothing else; where it is stands below the note in the thread."""
    centre = consortium.centre()
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        text = _("Weitervermittelt an %(recipient)s. Vereinbart ist: %(what)s.") % {
            "recipient": referral.recipient,
            "what": referral.passed_words,
        }
        parts = agreed_parts(case, referral.passed)
    note, _fresh = cases.note(case=case, member=member, text=text, submission=uuid.uuid5(referral.uuid, "note"), by=by)
    referrals.attach(referral=referral, note=note, by=by)
    language = settings.LANGUAGE_CODE
    context = {
        "parts": parts,
        "message": referral.message,
        "agreed_on": referral.consent_on,
        "signature": member.name,
        "phone": phones.shown(member.phone or centre.phone),
        "centre": centre.name.text(language),
    }
    letters.write(
        cause=note,
        rendered=render("enquiries/mails/referral", language, context),
        name=referral.recipient,
        mail=referral.recipient_mail,
        language=language,
        reply_to=member.email or centre.email,
        by_hand=True,
        by=by,
    )


def _step(referral: Referral, case: Case, by: Actor) -> None:
    if not thread_steps.serves(case):
        return
    if case.topic is None:
        raise DomainError("topic_missing", "What counts needs a topic.", field="topic")
    company: Company | None = companies.root_of(case.company) if case.company else None
    steps.record(
        day=clock.today(),
        source=steps.Source(SOURCE, referral.uuid, ROLE),
        occasion=steps.Occasion(OCCASION, referral.uuid),
        format=Format.REFER,
        topic=case.topic,
        partner=case.partner,
        grant=thread_steps.grant_on(clock.today()),
        **thread_steps.served(case, company),
        by=by,
    )


def _firm(case: Case) -> str:
    return companies.told_name(case.company) if case.company else case.firm


def asking(referral: Referral) -> UUID:
    return _askings(referral)[0]


def _askings(referral: Referral) -> list[UUID]:
    """Of the first time that somebody asks, and of each further one."""
    return [uuid.uuid5(referral.uuid, f"ask {number}" if number else "ask") for number in range(MOST_ASKINGS)]
