"""Logging a talk or a visit: the thread of the case, the firm and person behind it, and the step that counts."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from wegweiser.companies.actions import facts as company_facts
from wegweiser.companies.models import Company
from wegweiser.consortium import calendar
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.crossings import firms, promises, thread_steps
from wegweiser.crossings import offers as named
from wegweiser.enquiries import queries, unseen
from wegweiser.enquiries.actions import cases, examples
from wegweiser.enquiries.actions.changes import hear
from wegweiser.enquiries.models import Appointment, Case, Contribution, Intake, State, Visibility
from wegweiser.journey.counting import counting
from wegweiser.journey.models import Format, Step
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

BY_VOICE = frozenset({Intake.PHONE, Intake.COUNTER, Intake.FAIR})  # whoever took such a case down talked to somebody


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
    is_another: bool = False,
    name: str = "",
    topic: Topic | None = None,
    hours: Mapping[Member, Decimal] | None = None,
    appointment: Appointment | None = None,
    offers: Sequence[UUID] = (),
    facts: Mapping[str, str] | None = None,
    partner: Partner | None = None,
    seen: UUID | None = None,
    on_the_way: bool = False,
    submission: UUID | None = None,
    by: Actor,
) -> Logged:
    """Log a talk or visit, also of a closed case; one that is long enough makes a step.

    Firm and person are found or created on the way, from what is given here or stands in the case. `hours` are those
    of each who took part; without them `member` alone, for as long as it lasted. `facts` (kind → value, empty:
    nothing said) hold for the firm from the day of the talk on. `is_another`: the firm is none of those known.
    `offers`: the catalogue entries they talked about; nothing is sent, they stand in the thread and on the status page.
    `partner`: one that gave the case away tells of a talk it had until then; the figure is its own, and what was
    promised to the enquirer stays open.

    A talk answers nothing that was written after it. `seen` (see `enquiries.unseen`): came_meanwhile is raised where
    the enquirer wrote after that entry, and still before the talk can have ended. `on_the_way`: it is told from a sheet
    that perhaps had no net, so nothing is refused, and what was written after it began stays open.
    """
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        waited = case.waits_for_us
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
            offers=[entry.uuid for entry in named.entries(offers)],
            partner=partner,
            submission=submission,
            by=by,
        )
        if not fresh:
            return Logged(contribution, thread_steps.of(contribution), False)
        late = partner is not None and partner.pk != case.partner_id
        if not late:
            until = _began(day, appointment) if on_the_way else clock.at(day + dt.timedelta(days=1))
            if not on_the_way:
                unseen.ensure_none(case, seen, until=until)
            promises.keep(case, promises.CALL, promises.ANSWER, until=until, by=by)
            if waited and case.state == State.ANSWERED:
                _still_waits(case, until, by)
        said = case.topic is None and topic is not None
        if said:  # the answers before it get their steps with it
            cases.link(case=case, topic=topic, by=by)
        served = firms.link(case=case, company=company, firm=firm, name=name, is_another=is_another, by=by)
        if served:
            for fact, value in (facts or {}).items():
                if value:
                    company_facts.declare(company=served, kind=fact, value=value, valid_from=day, by=by)
        step = None
        if counts(kind, day, minutes) and thread_steps.serves(case, day):  # another stays in the thread
            spent = hours or {member: _hours(minutes)}
            step = thread_steps.record(
                contribution=contribution,
                company=served,
                topic=topic or case.topic,
                partner=partner or case.partner,
                hours=spent,
                by=by,
            )
        if (offers or said) and not late:
            examples.notice(case=case, by=by)
    return Logged(contribution, step, True)


def log_intake(*, case: Case, member: Member, minutes: int, answers: bool, by: Actor) -> Logged:
    """Log the talk in which `member` took `case` down today, wherever the case lies; once, however often it is said.

    The step belongs to the partner that `member` works for. Who has the case still has to answer, unless the case is
    `member`'s own and `answers` says that the talk did. A firm that is known by its name alone is left open.
    """
    with transaction.atomic():
        contribution, fresh = cases.log(
            case=case,
            member=member,
            kind=Contribution.Kind.TALK,
            day=clock.today(),
            minutes=minutes,
            visibility=Visibility.ALL,
            answers=answers,
            submission=uuid.uuid5(case.uuid, "intake"),
            by=by,
        )
        if not fresh:
            return Logged(contribution, thread_steps.of(contribution), False)
        partners = queries.partners_of(member=member, day=clock.today())
        if answers and case.partner_id in partners:
            promises.keep(case, promises.ANSWER, by=by)
        served = firms.link(case=case, is_seen=False, by=by)
        step = None
        if counts(Contribution.Kind.TALK, clock.today(), minutes) and thread_steps.serves(case):
            step = thread_steps.record(
                contribution=contribution,
                company=served,
                topic=case.topic,
                partner=thread_steps.partner_of(member, clock.today(), case.partner),
                hours={member: _hours(minutes)},
                by=by,
            )
    return Logged(contribution, step, True)


def record_owed(*, case: Case, by: Actor) -> int:
    """The steps of talks and visits that did not count because of who asked, and do now; gives how many.

    What was taken back stays taken back. Raises DomainError("topic_missing") where one is owed and has no topic.
    """
    rows = list(case.thread.filter(kind__in=cases.LOGS).select_related("member", "case").order_by("id"))
    known, made = thread_steps.of_thread(rows), 0
    for row in rows:
        day = row.day or clock.local(row.recorded_at).date()
        is_owed = row.uuid not in known and row.member and counts(row.kind, day, row.minutes or 0)
        if not is_owed or row.member is None or not thread_steps.serves(case, day):
            continue
        thread_steps.record(
            contribution=row,
            company=case.company,
            topic=case.topic,
            partner=thread_steps.partner_of(row.member, day, case.partner),
            hours={row.member: _hours(row.minutes or 0)},
            by=by,
        )
        made += 1
    return made


def each(members: Iterable[Member], minutes: int) -> dict[Member, Decimal]:
    """The hours of several who were there from begin to end; nobody named is whoever writes it down."""
    return dict.fromkeys(members, _hours(minutes))


def counts(kind: str, day: dt.date, minutes: int) -> bool:
    """Whether a talk or visit is long enough to count: the dated rules say how long."""
    rules = counting().rules_on(day)
    return minutes >= (rules.least_minutes.get(kind, 0) if rules else 0)


def _began(day: dt.date, appointment: Appointment | None) -> dt.datetime:
    """When it began, as far as one knows: by the date that was arranged, else with its day."""
    if appointment and clock.local(appointment.starts_at).date() == day:
        return appointment.starts_at
    return clock.at(day)


def _still_waits(case: Case, until: dt.datetime, by: Actor) -> None:
    """What they wrote later than that waits for an answer of its own."""
    later = unseen.theirs(case).filter(recorded_at__gte=until).last()
    if later:
        wrote_on = clock.local(later.recorded_at).date()
        hear(case=case, reply_by=calendar.answer_by(consortium.centre(), wrote_on), by=by)


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))
