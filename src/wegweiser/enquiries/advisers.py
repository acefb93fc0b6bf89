"""Whom to give an enquiry to: who knows the topic, is there, and has least to do, in this order.

How much somebody has to do is said roughly and only to choose: figures about staff are per partner, never per person.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from wegweiser.consortium import directory, teams
from wegweiser.consortium.models import Member, Membership, Partner, Topic
from wegweiser.consortium.presence import Away
from wegweiser.consortium.teams import INHERITING
from wegweiser.enquiries import queries
from wegweiser.enquiries.models import OPEN, WAITING_FOR_US, Appointment, Case, FollowUp, State
from wegweiser.kernel import clock

LITTLE, SOME = 3, 8  # open enquiries and due promises up to which it is little, or some


@dataclass(frozen=True)
class Candidate:
    """Somebody who may take it. `load`: open enquiries and promises that are due."""

    member: Member
    partner: Partner
    knows_topic: bool
    away: Away | None
    load: int


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """By topic, then who is there, then who has less to do; by name where all is equal."""
    return sorted(
        candidates,
        key=lambda row: (not row.knows_topic, row.away is not None, row.load, row.member.sort_key, row.member.pk),
    )


def of_case(case: Case) -> list[Candidate]:
    """Everybody who can take `case`, at any partner of today, the best first; not who has it already.

    Who has no login is no one to give something to.
    """
    today = clock.today()
    topic = topic_of(case)
    rows = Membership.objects.filter(Membership.on(today), role__in=INHERITING, partner__isnull=False)
    rows = rows.filter(teams.able("member__"))
    held: dict[tuple[int, int], Membership] = {}
    for row in rows.select_related("member", "partner").prefetch_related("member__topics").order_by("id"):
        if row.member_id != case.adviser_id and row.partner_id is not None:
            held.setdefault((row.member_id, row.partner_id), row)
    loads, away = loads_of({member for member, _partner in held}), directory.today().away()
    return ranked(
        Candidate(
            member=row.member,
            partner=row.partner,  # type: ignore[arg-type]
            knows_topic=topic is not None and topic in row.member.topics.all(),
            away=away.get(row.member_id),
            load=loads.get(row.member_id, 0),
        )
        for row in held.values()
    )


def topic_of(case: Case) -> Topic | None:
    """What it is about, as somebody said or else as matching suggested; who gave it away took that back."""
    if case.topic:
        return case.topic
    told: Sequence[dict[str, str]] = case.suggested.get("topics", []) if case.suggested.get("in_scope", True) else []
    slug = told[0].get("slug", "") if told else ""
    topic = next((topic for topic in directory.topics() if topic.slug == slug), None)
    owner = directory.today().owners().get(topic.pk) if topic else None
    return None if owner and owner.uuid in queries.left_on(case) else topic


def loads_of(members: Iterable[int]) -> dict[int, int]:
    """What each of these has to do: enquiries that are open and promises that are due."""
    members = list(members)
    cases = Case.objects.filter(adviser__in=members, state__in=OPEN).order_by()
    promises = FollowUp.objects.filter(member__in=members, done_at=None, due_on__lte=clock.today()).order_by()
    found: dict[int, int] = {}
    for rows, field in ((cases, "adviser"), (promises, "member")):
        for member, count in rows.values_list(field).annotate(count=Count("pk")).values_list(field, "count"):
            found[member] = found.get(member, 0) + count
    return found


@dataclass(frozen=True)
class InPlaceOf:
    """What waits for somebody who is not there, for who stands in. `dates` are those until they are back."""

    away: Away
    cases: list[Case]
    follow_ups: list[FollowUp]
    dates: list[Appointment]


def in_place_of(member: Member) -> list[InPlaceOf]:
    """What `member` keeps an eye on for those they stand in for today: open enquiries, due promises, and dates.

    Somebody who named no deputy is left out where nothing waits: all their colleagues stand in.
    """
    rows = teams.standing_in(member)
    if not rows:
        return []
    today = clock.today()
    partners = queries.partners_of(member=member, day=today)
    away = [row.member.pk for row in rows]
    waiting = queries.with_signs(Case.objects.filter(adviser__in=away, partner__in=partners, state__in=WAITING_FOR_US))
    waiting = waiting.exclude(state=State.NEW)  # who works at the partner sees it among the new ones
    cases = list(waiting.select_related("topic", "partner", "company", "adviser").order_by("answer_by", "id"))
    promised = FollowUp.objects.filter(member__in=away, partner__in=partners, done_at=None, due_on__lte=today)
    promised = promised.select_related("case__topic", "case__company", "company", "person", "member", "partner")
    follow_ups = list(promised.order_by("due_on", "id"))
    dates = _dates(rows, member, partners)
    found = [
        InPlaceOf(
            row,
            [case for case in cases if case.adviser_id == row.member.pk],
            [promise for promise in follow_ups if promise.member_id == row.member.pk],
            _within(dates, row),
        )
        for row in rows
    ]
    return [row for row in found if row.away.deputy or row.cases or row.follow_ups or row.dates]


def dates_in_place_of(member: Member) -> list[tuple[Away, list[Appointment]]]:
    """The dates alone of those whom `member` stands in for, where there are some."""
    rows = teams.standing_in(member)
    if not rows:
        return []
    dates = _dates(rows, member, queries.partners_of(member=member, day=clock.today()))
    return [(row, found) for row in rows if (found := _within(dates, row))]


def _dates(rows: Iterable[Away], member: Member, partners: Collection[int]) -> list[Appointment]:
    """The dates of these from today on that `member` may know of: with colleagues, or on cases of their partner."""
    today = clock.today()
    known = Q(member__in=queries.colleagues(member=member, day=today)) | Q(case__partner__in=partners)
    open_ = Appointment.objects.filter(known, member__in=[row.member.pk for row in rows], log=None, cancelled_at=None)
    coming = open_.filter(starts_at__gte=clock.at(today))
    whole = coming.select_related("case__topic", "case__company__canonical", "case__person", "member")
    return list(whole.order_by("starts_at", "id"))


def _within(dates: Iterable[Appointment], away: Away) -> list[Appointment]:
    """Those of them that somebody is not there for."""
    mine = (date for date in dates if date.member_id == away.member.pk)
    return [date for date in mine if clock.local(date.starts_at).date() <= away.last_day]
