"""Afterwards: what a visit or a talk was about and what was agreed, with the promise and the summary that follow."""

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wegweiser.companies import queries as known
from wegweiser.companies.models import Company, Person
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.crossings import enquiries, talks, thread_steps
from wegweiser.enquiries import entered, openings
from wegweiser.enquiries.actions import follow_ups
from wegweiser.enquiries.models import Appointment, Case, Contribution, Enquirer, FollowUp, Intake, State, Visibility
from wegweiser.journey.models import Format, Step
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


@dataclass(frozen=True, kw_only=True)
class Told:
    """The three fields of the log, with what may go beside them."""

    minutes: int
    about: str
    agreed: str = ""
    day: dt.date
    kind: str = Contribution.Kind.VISIT
    format: str = Format.INFORM
    topic: Topic | None = None
    visibility: str = Visibility.PARTNER
    follow_up_on: dt.date | None = None
    summary: bool = False
    present: tuple[Member, ...] = ()  # who was there; none: whoever writes it down

    def text(self) -> str:
        """As it stands in the thread, which all staff read."""
        if not self.agreed.strip():
            return self.about.strip()
        with translation.override(settings.LANGUAGE_CODE):
            agreed = _("Vereinbart: %(agreed)s") % {"agreed": self.agreed.strip()}
        return f"{self.about.strip()}\n\n{agreed}".strip()


@dataclass(frozen=True)
class Written:
    """What was written down. `fresh` is False for a form sent twice."""

    contribution: Contribution
    step: Step | None
    fresh: bool


def log(
    *,
    case: Case,
    member: Member,
    told: Told,
    appointment: Appointment | None = None,
    partner: Partner | None = None,
    submission: UUID,
    by: Actor,
) -> Written:
    """Write a visit down, once however often the form arrives: in the thread, as a step, with what was promised.

    A summary never goes out unread: it becomes a promise of today that `send_summary` keeps. Raises what `talks.log`
    raises, such as appointment_not_open where somebody else wrote it down before. What took place before the day of
    the `appointment`, such as a call about it, is not that date: it is still to come.
    """
    if appointment is not None and comes_later(appointment, told.day):
        appointment = None
    with transaction.atomic():
        logged = talks.log(
            case=case,
            member=member,
            kind=told.kind,
            day=told.day,
            minutes=told.minutes,
            format=told.format,
            text=told.text(),
            visibility=told.visibility,
            topic=told.topic,
            hours=talks.each(told.present, told.minutes),
            appointment=appointment,
            partner=partner,
            on_the_way=True,
            submission=submission,
            by=by,
        )
        if logged.fresh:
            _promise(case, member, told, logged.contribution, partner or case.partner, by)
    return Written(logged.contribution, logged.step, logged.fresh)


def comes_later(appointment: Appointment, day: dt.date) -> bool:
    return day < clock.local(appointment.starts_at).date()


def log_at_firm(
    *,
    company: Company,
    member: Member,
    partner: Partner,
    told: Told,
    person: Person | None,
    submission: UUID,
    by: Actor,
) -> Written:
    """Write down a visit to a firm about which there is no case yet: one is opened for it at the adviser's partner.

    Nobody asked anything, and the firm reads the text of a case as its own: it says when we met, no word of `told`.
    """
    company = known.root_of(company)
    with transaction.atomic():
        before = Contribution.objects.filter(uuid=submission, case__company__in=known.same_firm(company)).first()
        if before is not None:
            return Written(before, thread_steps.of(before), False)
        enquiry = enquiries.Enquiry(
            text=_met(told),
            name=person.name if person else "",  # a firm that is known has another name one day
            enquirer=Enquirer.COMPANY,
            email=person.email if person else "",
            phone=(person.phone if person else "") or company.phone,
            intake=Intake.COUNTER,
            topic=told.topic,
            partner=partner,
            company=company,
            person=person,
        )
        opened = enquiries.desk_open(
            submission=openings.of_a_visit(submission), enquiry=enquiry, member=member, confirm=False, by=by
        )
        return log(case=opened.case, member=member, told=told, submission=submission, by=by)


def _met(told: Told) -> str:
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        words = _("Vor-Ort-Termin am %(day)s.") if told.kind == Contribution.Kind.VISIT else _("Gespräch am %(day)s.")
        return words % {"day": date_format(told.day, "d.m.Y")}


# --- The summary to the company --------------------------------------------------------------------------------------


def summary_owed(contribution: Contribution) -> FollowUp | None:
    """The promise of a summary that nobody has sent or given up yet."""
    return FollowUp.objects.filter(uuid=_summary(contribution), done_at=None).first()


def summary_sent(contribution: Contribution) -> Contribution | None:
    """What went to the company, if it did."""
    return contribution.case.thread.filter(uuid=_summary_mail(contribution)).first()


def summary_draft(contribution: Contribution) -> str:
    """What the company would read, to be changed before it goes."""
    case = contribution.case
    with translation.override(case.language):
        opening = (
            _("danke für Ihre Zeit bei unserem Vor-Ort-Termin. Kurz zusammengefasst:")
            if contribution.kind == Contribution.Kind.VISIT
            else _("danke für das Gespräch. Kurz zusammengefasst:")
        )
    return f"{opening}\n\n{_told_in(case.language, contribution.text)}".strip()


def _told_in(language: str, text: str) -> str:
    """What `Told.text` wrote, with its own words between the adviser's in that language."""
    with translation.override(settings.LANGUAGE_CODE):
        ours = _("Vereinbart: %(agreed)s")
    with translation.override(language):
        theirs = _("Vereinbart: %(agreed)s")
    begin = "\n\n" + ours.partition("%(agreed)s")[0]
    about, mark, agreed = f"\n\n{text}".rpartition(begin)
    return f"{about}\n\n{theirs % {'agreed': agreed}}".strip() if mark else text


def send_summary(
    *, contribution: Contribution, member: Member, text: str, seen: UUID | None = None, by: Actor
) -> enquiries.Answered:
    """Send what `member` has read and changed; the enquirer's channel binds as with every answer.

    It goes out once. Raises summary_sent where another text did before, case_closed, and came_meanwhile where the
    enquirer wrote after the entry `seen`.
    """
    case = contribution.case
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        before = summary_sent(contribution)
        if before is not None and before.text != entered.text(text):
            raise DomainError("summary_sent", "Another text went out before.")
        if before is None and case.state == State.CLOSED:
            raise DomainError("case_closed", "A closed case has to be reopened first.")
        answered = enquiries.answer(
            case=case,
            member=member,
            text=text,
            seen=seen,
            talked_on=contribution.day,
            submission=_summary_mail(contribution),
            by=by,
        )
        _keep_promise(contribution, by)
    return answered


def drop_summary(*, contribution: Contribution, by: Actor) -> None:
    """No summary goes out any more. Raises summary_sent where one did."""
    with transaction.atomic():
        contribution.case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        if summary_sent(contribution) is not None:
            raise DomainError("summary_sent", "It went out before.")
        _keep_promise(contribution, by)


def _keep_promise(contribution: Contribution, by: Actor) -> None:
    owed = summary_owed(contribution)
    if owed is not None:
        follow_ups.done(follow_up=owed, by=by)


def _promise(case: Case, member: Member, told: Told, row: Contribution, partner: Partner, by: Actor) -> None:
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        agreed = "" if told.visibility == Visibility.MINE else " ".join(told.agreed.split())
        later = agreed or _("Nach dem Termin melden.")  # the partner reads it
        owed = _("Zusammenfassung an den Betrieb schicken.")
    promise = partial(follow_ups.set, case=case, company=case.company, partner=partner, member=member, by=by)
    if told.follow_up_on:
        identity = uuid.uuid5(row.uuid, "follow up")
        promise(due_on=told.follow_up_on, note=later, submission=identity)
    if told.summary:
        promise(due_on=clock.today(), note=owed, submission=_summary(row))


def _summary(contribution: Contribution) -> UUID:
    return uuid.uuid5(contribution.uuid, "summary")


def _summary_mail(contribution: Contribution) -> UUID:
    return uuid.uuid5(contribution.uuid, "summary mail")
