"""Steps out of the thread of a case: a talk or visit that counts, an answer that only stands on the timeline."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from wegweiser.companies.models import Company
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.enquiries import correspondence, eligibility, queries
from wegweiser.enquiries.models import Case, Contribution, Enquirer, Mail, Matter
from wegweiser.funding import queries as funding
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import steps
from wegweiser.journey.models import Format, Recipient, Step
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

SOURCE, ROLE = "enquiries.contribution", "log"
MAIL = "mail"  # an occasion that the dated rules of counting keep silent

WRITTEN = (Contribution.Kind.MAIL_OUT, Contribution.Kind.MAIL_COPY)
_RECIPIENTS: Mapping[str, str] = {
    Enquirer.PUBLIC_BODY: Recipient.PUBLIC_BODY,
    Enquirer.MULTIPLIER: Recipient.MULTIPLIER,
}


class Served(TypedDict):
    """Whom a step served, as its columns take it."""

    company: Company | None
    other_recipient: str
    contacts_without_firm: int


def serves(case: Case, day: dt.date | None = None) -> bool:
    """Whether a talk about the case counts as reach: the programme's dated rule says with whom it does."""
    return case.matter == Matter.ENQUIRY and eligibility.of(case, day or clock.today()).reach


def served(case: Case, company: Company | None) -> Served:
    """Whom a step about `case` served: the firm, a public body or multiplier, or somebody without a firm."""
    recipient = "" if company else _RECIPIENTS.get(Enquirer(case.enquirer), "")
    alone = 0 if company or recipient else 1
    return {"company": company, "other_recipient": recipient, "contacts_without_firm": alone}


def record(
    *,
    contribution: Contribution,
    company: Company | None,
    topic: Topic | None,
    partner: Partner,
    hours: Mapping[Member, Decimal],
    by: Actor,
) -> Step:
    """The step of a talk or visit, with the hours of each who took part. Raises DomainError("topic_missing")."""
    if topic is None:
        raise DomainError("topic_missing", "What counts needs a topic.", field="topic")
    case, day = contribution.case, contribution.day or clock.today()
    return steps.record(
        day=day,
        source=_source(contribution),
        occasion=steps.Occasion(contribution.kind, contribution.uuid),
        format=contribution.format,
        topic=topic,
        partner=partner,
        **served(case, company),
        grant=grant_on(day),
        measures={"minutes": contribution.minutes} if contribution.minutes else {},
        contributions=[
            steps.Hours(partner_of(member, day, partner), spent, member.staff_number) for member, spent in hours.items()
        ],
        by=by,
    )


def record_answers(*, case: Case, by: Actor) -> list[Step]:
    """The answers by mail as steps, once the firm is known: they stand on its timeline and count nowhere.

    Of filed copies those that went to who asked or to the firm: what came in, and what went to others, answers nothing.
    """
    if case.company is None or case.topic is None or not serves(case):
        return []
    written = case.thread.filter(kind__in=WRITTEN).select_related("member")
    copies = {mail.contribution_id: mail for mail in case.mails.filter(contribution__in=written)}
    answers = [row for row in written if row.kind == Contribution.Kind.MAIL_OUT or _answers(copies.get(row.pk), case)]
    known = journey.last_of(SOURCE, [answer.uuid for answer in answers])  # what was taken back stays taken back
    return [_record_answer(case, answer, by) for answer in answers if answer.uuid not in known]


def _answers(copy: Mail | None, case: Case) -> bool:
    if copy is None or copy.direction != Mail.Direction.OUT:
        return False
    return correspondence.is_of_enquirer(copy, case) or correspondence.is_of_firm(copy, case)


def of_thread(contributions: Iterable[Contribution]) -> dict[UUID, Step]:
    """The step that each of these made last, by the contribution's UUID."""
    return journey.last_of(SOURCE, [contribution.uuid for contribution in contributions])


def is_counted(contributions: Iterable[Contribution]) -> bool:
    """Whether a step of these stands, also one that counts nowhere."""
    return any(journey.reversing(step) is None for step in of_thread(contributions).values())


def case_of(step: Step) -> Case | None:
    """The case whose thread `step` came from."""
    if step.source_kind != SOURCE:
        return None
    return Case.objects.filter(thread__uuid=step.source_uuid).select_related("partner", "company").first()


def of(contribution: Contribution) -> Step | None:
    """The step that `contribution` made last."""
    source = {"source_kind": SOURCE, "source_uuid": contribution.uuid, "source_role": ROLE}
    return Step.objects.filter(**source, reverses=None).order_by("-source_round").first()


def partner_of(member: Member, day: dt.date, likely: Partner) -> Partner:
    """For whom `member` worked on `day`: the partner of the case, if for several."""
    partners = Partner.objects.filter(pk__in=queries.partners_of(member=member, day=day))
    return partners.filter(pk=likely.pk).first() or partners.first() or likely


def _record_answer(case: Case, answer: Contribution, by: Actor) -> Step:
    assert case.topic is not None  # noqa: S101 (the caller has looked)
    day = answer.day or clock.local(answer.recorded_at).date()
    partner = partner_of(answer.member, day, case.partner) if answer.member else case.partner
    return steps.record(
        day=day,
        source=_source(answer),
        occasion=steps.Occasion(MAIL, answer.uuid),
        format=Format.INFORM,
        topic=case.topic,
        partner=partner,
        company=case.company,
        grant=grant_on(day),
        by=by,
    )


def _source(contribution: Contribution) -> steps.Source:
    return steps.Source(SOURCE, contribution.uuid, ROLE)


def grant_on(day: dt.date) -> str:
    """The slug of the grant under which something of that day is done, or nothing."""
    running = funding.running_grant(day)
    return running.slug if running else ""
