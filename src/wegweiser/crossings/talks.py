"""Logging a talk or a visit: the thread of the case, the firm and person behind it, and the step that counts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from wegweiser.companies import queries as companies_queries
from wegweiser.companies.actions import companies, persons
from wegweiser.companies.actions import facts as company_facts
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Appointment, Case, Contribution, Enquirer, State, Visibility
from wegweiser.funding.models import Grant
from wegweiser.journey.actions import steps
from wegweiser.journey.counting import counting
from wegweiser.journey.models import Format, Recipient, Step
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

SOURCE, SOURCE_ROLE = "enquiries.contribution", "log"

# Talks with these are work, but they serve nobody the grant is for.
_WITHOUT_STEP = frozenset({Enquirer.PRESS, Enquirer.VENDOR, Enquirer.STUDENT})
_RECIPIENTS: Mapping[str, str] = {
    Enquirer.PUBLIC_BODY: Recipient.PUBLIC_BODY,
    Enquirer.MULTIPLIER: Recipient.MULTIPLIER,
}


@dataclass(frozen=True)
class Logged:
    """A talk or visit in the thread, and the step it made, if it made one."""

    contribution: Contribution
    step: Step | None
    fresh: bool


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
    company: Company | None = None,
    firm: str = "",
    name: str = "",
    topic: Topic | None = None,
    hours: Mapping[Member, Decimal] | None = None,
    appointment: Appointment | None = None,
    facts: Mapping[str, str] | None = None,
    submission: UUID | None = None,
    by: Actor,
) -> Logged:
    """Log a talk or visit, also of a closed case; one that is long enough makes a step.

    Firm and person are found or created on the way, from what is given here or stands in the case. `hours` are those
    of each who took part; without them `member` alone, for as long as it lasted. `facts` (kind → value, empty:
    nothing said) hold for the firm from the day of the talk on.
    """
    with transaction.atomic():
        contribution, fresh = cases.log(
            case=case,
            member=member,
            kind=kind,
            day=day,
            minutes=minutes,
            format=format,
            text=text,
            visibility=visibility,
            appointment=appointment,
            submission=submission,
            by=by,
        )
        if not fresh:
            return Logged(contribution, _step_of(contribution), False)
        if case.state == State.NEW and case.partner_id in queries.partners_of(member=member, day=clock.today()):
            cases.take(case=case, member=member, by=by)
        served = _served(case, company=company, firm=firm, name=name, by=by)
        if served:
            for fact, value in (facts or {}).items():
                if value:
                    company_facts.declare(company=served, kind=fact, value=value, valid_from=day, by=by)
        step = None
        if _makes_a_step(case, kind, day, minutes):
            spent = hours or {member: _hours(minutes)}
            step = _record_step(contribution, day, case, served, topic or case.topic, spent, by)
    return Logged(contribution, step, True)


def _makes_a_step(case: Case, kind: str, day: dt.date, minutes: int) -> bool:
    """A talk too short to count (the dated rules say how short) stays in the thread."""
    rules = counting().rules_on(day)
    least = rules.least_minutes.get(kind, 0) if rules else 0
    return minutes >= least and case.enquirer not in _WITHOUT_STEP


def _record_step(
    contribution: Contribution,
    day: dt.date,
    case: Case,
    company: Company | None,
    topic: Topic | None,
    hours: Mapping[Member, Decimal],
    by: Actor,
) -> Step:
    if topic is None:
        raise DomainError("topic_missing", "What counts needs a topic.", field="topic")
    day = contribution.day or clock.today()
    recipient = "" if company else _RECIPIENTS.get(Enquirer(case.enquirer), "")
    return steps.record(
        day=day,
        source=steps.Source(SOURCE, contribution.uuid, SOURCE_ROLE),
        occasion=steps.Occasion(contribution.kind, contribution.uuid),
        format=contribution.format,
        topic=topic,
        partner=case.partner,
        company=company,
        other_recipient=recipient,
        contacts_without_firm=0 if company or recipient else 1,
        grant=_running_grant(day),
        measures={"minutes": contribution.minutes} if contribution.minutes else {},
        contributions=[
            steps.Hours(_partner_of(member, day, case.partner), spent, member.staff_number)
            for member, spent in hours.items()
        ],
        by=by,
    )


def _served(case: Case, *, company: Company | None, firm: str, name: str, by: Actor) -> Company | None:
    """The firm and person of the case, found or created, and remembered in it."""
    name, firm = name.strip() or case.name, firm.strip() or case.firm
    company = company or case.company
    if company is None and firm and case.enquirer == Enquirer.COMPANY:
        company = companies.find_or_create(name=firm, by=by)
    company = companies_queries.root_of(company) if company else None
    person = case.person
    if person is None and name:
        phone = case.phone if case.phone.startswith("+") else ""
        person = persons.find_or_create(
            name=name, email=case.email, phone=phone, company=company, language=case.language, by=by
        )
    cases.link(case=case, company=company, person=person, by=by)
    return company


def _step_of(contribution: Contribution) -> Step | None:
    source = {"source_kind": SOURCE, "source_uuid": contribution.uuid, "source_role": SOURCE_ROLE}
    return Step.objects.filter(**source, reverses=None).order_by("-source_round").first()


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def _running_grant(day: dt.date) -> str:
    """The slug of the grant that runs on `day`; the one begun last where several do."""
    running = Grant.objects.filter(starts_on__lte=day, ends_on__gte=day).order_by("-starts_on", "id").first()
    return running.slug if running else ""


def _partner_of(member: Member, day: dt.date, likely: Partner) -> Partner:
    """For whom `member` worked on `day`: the partner of the case, if for several."""
    partners = Partner.objects.filter(pk__in=queries.partners_of(member=member, day=day))
    return partners.filter(pk=likely.pk).first() or partners.first() or likely
