"""A case from the first sentence to its outcome. The lifecycle table says what leads where; each change leaves a row.

Where a click can be repeated, the form's `submission` folds it: the answer then is (what there is already, False).
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from wegweiser.catalogue.actions import examples
from wegweiser.companies.models import Company, Person
from wegweiser.consortium import teams
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.enquiries import entered, queries, references, teaching, topics
from wegweiser.enquiries.actions import changes, follow_ups
from wegweiser.enquiries.actions.changes import change
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import (
    WAITING_FOR_US,
    Appointment,
    Case,
    Contribution,
    Enquirer,
    Intake,
    Matter,
    Outcome,
    State,
    Visibility,
)
from wegweiser.journey.models import Format
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

LONGEST_TALK = 16 * 60  # minutes
LOGS = frozenset({Contribution.Kind.TALK, Contribution.Kind.VISIT})


def open(  # noqa: A001
    *,
    submission: UUID,
    text: str,
    name: str,
    partner: Partner,
    answer_by: dt.date,
    intake: str,
    matter: str = Matter.ENQUIRY,
    enquirer: str = Enquirer.COMPANY,
    email: str = "",
    phone: str = "",
    firm: str = "",
    call_window: str = "",
    language: str = "de",
    urgent: bool = False,
    topic: Topic | None = None,
    suggested: Mapping[str, object] | None = None,
    company: Company | None = None,
    person: Person | None = None,
    by: Actor,
) -> tuple[Case, bool]:
    """A new case for `partner`, and whether it is new.

    The same form sent twice finds the first case. The same form sent with other words (somebody went back and changed
    them) is another enquiry: nothing that was written may be lost. Who reports a barrier may stay unknown, and who
    writes a mail, or is a firm that we know or met, may go without a name. Whom we can call or write to need not have
    said yet what it is about, where one of us took it down.
    """
    may_be_untold = intake != Intake.WEB and matter == Matter.ENQUIRY and bool((phone + email).strip())
    said = {
        "text": "" if may_be_untold and not text.strip() else entered.text(text),
        "name": entered.line(name, 160),
        "email": entered.mail(email),
        "phone": entered.phone(phone),
        "firm": entered.line(firm, 200),
        "call_window": entered.line(call_window, 60),
    }
    entered.one_of(Enquirer.values, enquirer, "enquirer")
    entered.one_of(Intake.values, intake, "intake")
    entered.one_of(Matter.values, matter, "matter")
    may_stay_unknown = matter == Matter.BARRIER
    of_a_firm = company is not None or (intake == Intake.FAIR and said["firm"])
    may_go_unnamed = may_stay_unknown or (intake == Intake.MAIL and said["email"]) or of_a_firm
    if not may_go_unnamed and not said["name"] and not said["phone"]:
        raise DomainError("name_missing", field="name")
    if not may_stay_unknown and intake == Intake.WEB and not said["email"] and not said["phone"]:
        raise DomainError("contact_missing", "A phone number or a mail address is needed.", field="phone")
    edited = uuid.uuid5(submission, hashlib.sha256("\0".join(said.values()).encode()).hexdigest())
    fields = {
        **said,
        "matter": matter,
        "enquirer": enquirer,
        "intake": intake,
        "language": language,
        "urgent": urgent,
        "topic": topic,
        "partner": partner,
        "suggested": dict(suggested or {}),
        "answer_by": answer_by,
        "company": company,
        "person": person,
    }
    with transaction.atomic():
        for identity in (submission, edited):
            case, fresh = _fold(identity, fields)
            if fresh or all(getattr(case, field) == value for field, value in said.items()):
                break
        if fresh:
            audit.record(Event.OPENED, by=by, subject=case, references={"partner": partner.uuid})
    return case, fresh


def take(*, case: Case, member: Member, instead_of: Member | None = None, by: Actor) -> Case:
    """`member`, who works for the case's partner, answers for it from now on.

    `instead_of`: from whom they take it, as far as they know. Raises DomainError: taken_meanwhile where somebody else
    has it by now, member_elsewhere.
    """
    with transaction.atomic():
        _lock(case)
        if case.state == State.TAKEN and case.adviser_id == member.pk:
            return case
        if case.adviser not in {None, member, instead_of}:
            raise DomainError("taken_meanwhile", "A colleague was faster.")
        _works_for(member, case.partner)
        change(case=case, verb="take", by=by, adviser=member)
        audit.record(Event.TAKEN, by=by, subject=case, changed=["state", "adviser"], references=_who(member))
    return case


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
    """The case is new again at another partner, who reads `note`; `member` is who wrote it.

    `adviser`: for whom there it is meant; with one it may also stay at the partner and go to a colleague. `topic`: what
    it is about; where nobody says it, `topics.at` does. What was promised and is still open goes along: somebody there
    keeps it. `instead_of`: whose it is, as far as `member` knows. Raises DomainError: partner_same, partner_empty
    where nobody could take it, member_elsewhere, topic_unclear, and taken_meanwhile where it is somebody else's than
    `member` knows.
    """
    note = entered.text(note, field="note")
    with transaction.atomic():
        _lock(case)
        if _known(case, submission):
            return case
        if member and case.adviser not in {None, member, instead_of}:
            raise DomainError("taken_meanwhile", "A colleague was faster.")
        if case.partner_id == partner.pk and adviser in {None, case.adviser}:
            raise DomainError("partner_same", "The case is there already.", field="partner")
        if adviser:
            _works_for(adviser, partner)
        elif not teams.inherits_at([partner.pk], clock.today()):
            raise DomainError("partner_empty", "Nobody works there today.", field="partner")
        before, about = case.partner, topic or topics.at(case, partner)
        changed = ["state", "partner", "adviser", *(["topic"] if about != case.topic else [])]
        change(case=case, verb="hand_over", by=by, partner=partner, adviser=adviser, topic=about)
        _contribute(case, Contribution.Kind.HAND_OVER, by=by, uuid=submission, member=member, text=note)
        follow_ups.hand_over(case=case, partner=partner, by=by)
        references = {"from": before.uuid, "to": partner.uuid, **(_who(adviser) if adviser else {})}
        audit.record(Event.HANDED_OVER, by=by, subject=case, changed=changed, references=references)
    return case


def answer(
    *,
    case: Case,
    member: Member,
    text: str,
    offers: Sequence[UUID] = (),
    submission: UUID | None = None,
    by: Actor,
) -> tuple[Contribution, bool]:
    """What `member` wrote to the enquirer, with the catalogue entries attached; sending it is the caller's."""
    text = entered.text(text)
    with transaction.atomic():
        _lock(case)
        if known := _known(case, submission):
            return known, False
        change(case=case, verb="answer", by=by, adviser=case.adviser or member)
        contribution = _contribute(
            case,
            Contribution.Kind.MAIL_OUT,
            by=by,
            uuid=submission,
            member=member,
            text=text,
            offers=[str(offer) for offer in offers],
        )
        audit.record(Event.ANSWERED, by=by, subject=case, changed=["state"], references=_row(contribution))
    return contribution, True


def close(*, case: Case, outcome: str, by: Actor) -> Case:
    """The case is over, with an outcome. What was no enquiry, or a double, has taught nothing."""
    entered.one_of(Outcome.values, outcome, "outcome")
    with transaction.atomic():
        _lock(case)
        change(case=case, verb="close", by=by, outcome=outcome, closed_at=clock.now())
        audit.record(Event.CLOSED, by=by, subject=case, changed=["state", "outcome"])
        if outcome in teaching.ASKS_NOTHING:
            examples.forget(kind=case._meta.label_lower, source=case.uuid, by=by)
    return case


def reopen(*, case: Case, member: Member | None = None, reply_by: dt.date, by: Actor) -> Case:
    """A closed case goes on and waits for us until `reply_by`, with `member` where nobody who is here answered for it.

    Where `member` does not work at its partner either, it is new.
    """
    with transaction.atomic():
        _lock(case)
        changes.reopen(case=case, member=member, reply_by=reply_by, by=by)
    return case


def note(
    *,
    case: Case,
    member: Member,
    text: str,
    visibility: str = Visibility.PARTNER,
    submission: UUID | None = None,
    by: Actor,
) -> tuple[Contribution, bool]:
    """Something to remember: for `member` alone, for the partner, or for all."""
    text = entered.text(text)
    entered.one_of(Visibility.values, visibility, "visibility")
    with transaction.atomic():
        _lock(case)
        if known := _known(case, submission):
            return known, False
        contribution = _contribute(
            case, Contribution.Kind.NOTE, by=by, uuid=submission, member=member, text=text, visibility=visibility
        )
        audit.record(Event.NOTED, by=by, subject=case, references=_row(contribution))
    return contribution, True


def log(
    *,
    case: Case,
    member: Member,
    kind: str,
    day: dt.date,
    minutes: int,
    format: str = Format.INFORM,  # noqa: A002
    text: str = "",
    visibility: str = Visibility.PARTNER,
    appointment: Appointment | None = None,
    offers: Sequence[UUID] = (),
    partner: Partner | None = None,
    answers: bool = True,
    submission: UUID | None = None,
    by: Actor,
) -> tuple[Contribution, bool]:
    """A talk or visit that took place on `day`, also one before; a closed case can still be completed.

    A case that waits for us is answered by it, and `member` answers for it where nobody did. A new case stays new
    when somebody of another partner has talked. `offers`: the catalogue entries they talked about. With `partner`, one
    that gave the case away logs a talk it had until then: the one that has the case now still has to answer. Without
    `answers` nothing was answered by it yet.
    """
    entered.one_of(LOGS, kind, "kind")
    entered.one_of(Format.values, format, "format")
    entered.one_of(Visibility.values, visibility, "visibility")
    if day > clock.today():
        raise DomainError("day_in_future", "It has not taken place yet.", field="day")
    if not 0 < minutes <= LONGEST_TALK:
        raise DomainError("minutes_out_of_range", field="minutes")
    with transaction.atomic():
        _lock(case)
        if known := _known(case, submission):
            return known, False
        if partner is None or partner.pk == case.partner_id:
            late = False
        else:
            _had_it(case, partner, day, appointment)
            late = True
        contribution = _contribute(
            case,
            kind,
            by=by,
            uuid=submission,
            member=member,
            text=text.strip()[: entered.TEXT_LENGTH],
            visibility=visibility,
            offers=[str(offer) for offer in offers],
            day=day,
            minutes=minutes,
            format=format,
        )
        if appointment:
            _attach(appointment, contribution)
        answers_for_it = case.adviser or (member if queries.works_for(member, case.partner) else None)
        if case.state in WAITING_FOR_US and answers_for_it and answers and not late:
            change(case=case, verb="talk", by=by, adviser=answers_for_it)
        audit.record(Event.LOGGED, by=by, subject=case, references=_row(contribution))
    return contribution, True


def link(
    *,
    case: Case,
    company: Company | None = None,
    person: Person | None = None,
    topic: Topic | None = None,
    by: Actor,
) -> Case:
    """Who the enquirer is and what it is about, once it is known. What is not given stays as it is."""
    known = {"company": company, "person": person, "topic": topic}
    with transaction.atomic():
        _lock(case)
        changed = {field: value for field, value in known.items() if value and getattr(case, f"{field}_id") != value.pk}
        if not changed:
            return case
        for field, value in changed.items():
            setattr(case, field, value)
        case.save(update_fields=list(changed))
        references = {field: value.uuid for field, value in changed.items() if not isinstance(value, Topic)}
        audit.record(Event.LINKED, by=by, subject=case, changed=changed, references=references)
    return case


def _fold(submission: UUID, fields: Mapping[str, object]) -> tuple[Case, bool]:
    """The case of `submission`, made when there is none; a reference number met twice is drawn again."""
    for _ in range(5):
        if known := Case.objects.filter(submission=submission).first():
            return known, False
        try:
            with transaction.atomic():
                return Case.objects.create(submission=submission, reference=references.fresh(), **fields), True
        except IntegrityError:  # another process was faster, or the number is taken
            continue
    raise RuntimeError("No case could be made.")


def _lock(case: Case) -> None:
    """Read the case again, under a lock until the end of the transaction."""
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())


def _contribute(case: Case, kind: str, *, by: Actor, uuid: UUID | None = None, **fields: object) -> Contribution:
    identity = {"uuid": uuid} if uuid else {}
    return Contribution.objects.create(case=case, kind=kind, by=str(by), **identity, **fields)


def _known(case: Case, submission: UUID | None) -> Contribution | None:
    """What this form has written before; the case is locked, so nobody writes it meanwhile."""
    return Contribution.objects.filter(case=case, uuid=submission).first() if submission else None


def _attach(appointment: Appointment, contribution: Contribution) -> None:
    appointment.refresh_from_db(from_queryset=Appointment.objects.select_for_update())
    if appointment.case_id != contribution.case_id or appointment.log_id or appointment.cancelled_at:
        raise DomainError("appointment_not_open", "It was logged or cancelled before.", field="appointment")
    appointment.log = contribution
    appointment.save(update_fields=["log"])


def _had_it(case: Case, partner: Partner, day: dt.date, appointment: Appointment | None) -> None:
    """Raises DomainError unless `partner` had the case until `day` or later; a date has to be one of its members'."""
    left = queries.left_on(case).get(partner.uuid)
    if left is None:
        raise DomainError("partner_elsewhere", "The case never was with this partner.")
    if day > clock.local(left).date():
        raise DomainError("day_after_hand_over", "The case was with another partner by then.", field="day")
    if appointment and not queries.works_for(appointment.member, partner):
        raise DomainError("appointment_not_open", "It is somebody else's.", field="appointment")


def _works_for(member: Member, partner: Partner) -> None:
    if not queries.works_for(member, partner):
        raise DomainError("member_elsewhere", "They do not work for the partner of the case.", field="member")


def _who(member: Member) -> dict[str, object]:
    return {"member": member.uuid}


def _row(contribution: Contribution) -> dict[str, object]:
    return {"contribution": contribution.uuid}
