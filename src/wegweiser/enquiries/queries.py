"""Reads of the contact point: the adviser's day, the inbox, one case with its thread, what a visitor may see."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from wegweiser.accounts.queries import valid_token
from wegweiser.companies import phones
from wegweiser.consortium.models import Dated, Member, Membership, Partner, Topic
from wegweiser.enquiries import answer_times, expected, references
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import (
    LIFECYCLE,
    WAITING_FOR_US,
    Appointment,
    Case,
    Change,
    Contribution,
    FollowUp,
    Referral,
    State,
    Visibility,
)
from wegweiser.kernel import audit, clock, mail_addresses
from wegweiser.kernel.actor import ActorKind
from wegweiser.kernel.sorting import spellings
from wegweiser.outbox.models import Letter

STATUS_LINK = "enquiry-status"
TALKS = (Contribution.Kind.TALK, Contribution.Kind.VISIT)
ROWS = 100
DUE = answer_times.DUE


def partners_of(*, member: Member, day: dt.date) -> list[int]:
    """The primary keys of the partners that `member` works for on `day`."""
    return list(_at(member, day))


def _at(member: Member, day: dt.date) -> QuerySet[Membership, int]:
    held = Membership.objects.filter(Dated.on(day), member=member, partner__isnull=False)
    return held.values_list("partner_id", flat=True)


def colleagues(*, member: Member, day: dt.date) -> QuerySet[Membership, int]:
    """The primary keys of who works on `day` at a partner of `member`, in whatever role; themselves among them.

    Who reads what goes by this one rule: as a condition within another query, it costs no statement of its own.
    """
    return Membership.objects.filter(Dated.on(day), partner__in=_at(member, day)).values_list("member_id", flat=True)


def works_for(member: Member, partner: Partner) -> bool:
    """Whether `member` works for `partner` today."""
    return member.memberships.filter(Dated.on(clock.today()), partner=partner).exists()


def works_here(member: Member) -> bool:
    """Whether `member` works for the centre today, at whichever partner."""
    return member.memberships.filter(Dated.on(clock.today())).exists()


@dataclass(frozen=True)
class Today:
    """What an adviser has to do on a day, in the order of the page."""

    dates: list[Appointment]
    overdue: list[FollowUp]
    due: list[FollowUp]
    new: list[Case]
    unlogged: list[Appointment]


def today(*, member: Member, day: dt.date) -> Today:
    """The desk of `member` on `day`, in four queries and one for the partners."""
    partners = partners_of(member=member, day=day)
    begin = clock.at(day)
    end = clock.at(day + dt.timedelta(days=1))
    mine = Appointment.objects.filter(member=member, cancelled_at=None).select_related("case__topic", "case__company")
    promised = list(open_follow_ups(member=member, partners=partners).filter(due_on__lte=day)[:ROWS])
    new = Case.objects.filter(state=State.NEW, partner__in=partners)
    new = new.select_related("topic", "partner", "company", "adviser")
    unlogged = mine.filter(log=None, starts_at__lt=min(end, clock.now())).order_by("starts_at", "id")
    return Today(
        dates=list(mine.filter(starts_at__gte=begin, starts_at__lt=end).order_by("starts_at", "id")),
        overdue=[follow_up for follow_up in promised if follow_up.due_on < day],
        due=[follow_up for follow_up in promised if follow_up.due_on == day],
        new=list(with_signs(new).order_by("-urgent", DUE, "id")[:ROWS]),
        unlogged=list(unlogged[:ROWS]),
    )


def to_answer(*, member: Member, day: dt.date, led: Collection[int], everywhere: bool = False) -> list[Case]:
    """Answers that are due or overdue, beside what is new: of `member`, and overdue ones they answer for.

    `led`: the partners that `member` leads; `everywhere`: they answer for the whole centre.
    """
    told = Q(is_told=True) if everywhere else Q(is_told=True, partner__in=led)
    here = Q(state=State.NEW, partner__in=partners_of(member=member, day=day))
    found = with_signs(Case.objects.filter(answer_times.owed(), answer_times.due(lte=day)))
    mine = Q(adviser=member) & ~Q(state=State.NEW)
    return list(
        found.filter(mine | told & ~here)
        .select_related("topic", "partner", "company", "adviser")
        .order_by(DUE, "id")[:ROWS]
    )


def open_follow_ups(*, member: Member, partners: Iterable[int]) -> QuerySet[FollowUp]:
    """Promises of `member`, and those that anybody at these partners may keep; the oldest first."""
    mine = Q(member=member) | Q(member=None, partner__in=list(partners))
    return (
        FollowUp.objects.filter(mine, done_at=None)
        .select_related("case__topic", "case__company", "company", "person", "member", "partner")
        .order_by("due_on", "id")
    )


def promises(*, member: Member, day: dt.date, everywhere: bool = False) -> QuerySet[FollowUp]:
    """Open promises that `member` may read: their own, those of their partner, those on cases of their partner."""
    return promised(member=member, day=day, everywhere=everywhere).filter(done_at=None)


def promised(*, member: Member, day: dt.date, everywhere: bool = False) -> QuerySet[FollowUp]:
    """The same with those that were kept."""
    found = FollowUp.objects.order_by("due_on", "id")
    if everywhere:
        return found
    partners = partners_of(member=member, day=day)
    return found.filter(Q(member=member) | Q(partner__in=partners) | Q(case__partner__in=partners))


def open_follow_up(uuid: UUID) -> FollowUp | None:
    """The follow-up of this UUID; None once somebody has done it, or where there never was one."""
    return FollowUp.objects.filter(uuid=uuid, done_at=None).first()


def open_promises(case: Case) -> QuerySet[FollowUp]:
    """What is still to be done about `case`, the oldest first."""
    return case.follow_ups.filter(done_at=None).order_by("due_on", "id")


def visible_cases(*, member: Member, day: dt.date, everywhere: bool = False) -> QuerySet[Case]:
    """Cases whose messages `member` may read: at their partner, or with something written or arranged from there."""
    if everywhere:
        return Case.objects.all()
    partners, here = partners_of(member=member, day=day), colleagues(member=member, day=day)
    written = Contribution.objects.filter(case=OuterRef("pk"), member__in=here)
    arranged = Appointment.objects.filter(case=OuterRef("pk"), member__in=here, cancelled_at=None)
    return Case.objects.filter(Q(partner__in=partners) | Exists(written) | Exists(arranged))


def left_on(case: Case) -> dict[UUID, dt.datetime]:
    """The partners that gave the case away, and when each did so last; not the one that has it now."""
    rows = audit.of(case, Event.HANDED_OVER).values_list("references", "recorded_at")
    left = {UUID(references["from"]): moment for references, moment in rows}
    return {partner: moment for partner, moment in left.items() if partner != case.partner.uuid}


def once_here(*, uuid: UUID, member: Member, day: dt.date) -> Case | None:
    """The case behind `uuid` that a partner of `member` had and gave away."""
    case = Case.objects.select_related("partner").filter(uuid=uuid).first()
    if case is None:
        return None
    partners = partners_of(member=member, day=day)
    return case if Partner.objects.filter(pk__in=partners, uuid__in=left_on(case)).exists() else None


def inbox(
    *,
    cases: QuerySet[Case] | None = None,
    partner: Partner | None = None,
    topic: Topic | None = None,
    adviser: Member | None = None,
    states: Iterable[str] = (),
    enquirer: str = "",
    urgent: bool = False,
    text: str = "",
    late: bool = False,
) -> QuerySet[Case]:
    """Cases by what one filters for; `urgent` are only those, `late` those whose first answer is overdue.

    What waits for us comes by urgency and due day, everything else newest first.
    """
    found = Case.objects.all() if cases is None else cases
    states = frozenset(states)
    wanted = {
        "partner": partner,
        "topic": topic,
        "adviser": adviser,
        "enquirer": enquirer,
        "urgent": urgent,
        "state__in": states,
    }
    found = found.filter(**{key: value for key, value in wanted.items() if value})
    if text.strip():
        found = search(text, cases=found)
    if late:
        found = found.filter(answer_times.late(clock.today()))
    waiting = bool(states) and states <= WAITING_FOR_US
    order = ["-urgent", DUE, "id"] if waiting else ["-recorded_at", "-id"]
    found = found.select_related("topic", "partner", "adviser", "company", "person")
    return with_signs(found).order_by(*order)


def with_signs(cases: QuerySet[Case]) -> QuerySet[Case]:
    """What a row of a list says beside the case: came from another partner, answer overdue, and told on."""
    return cases.annotate(
        handed_over=_handed_over(),
        is_late=ExpressionWrapper(answer_times.late(clock.today()), output_field=BooleanField()),
        is_told=answer_times.told_overdue(),
    )


def _handed_over() -> Exists:
    """Whether a new case came from another partner, so that whoever has it now looks for the note."""
    return Exists(Change.objects.filter(case=OuterRef("pk"), verb="hand_over", target=OuterRef("state")))


KNOWN = ("company", "person")  # found by what is known of them, unless they are kept for a proof only


def search(text: str, *, cases: QuerySet[Case] | None = None) -> QuerySet[Case]:
    """Cases by a name, firm, mail address, phone number (also its end) or reference number, newest first."""
    text = " ".join(text.split())
    found = (Case.objects.all() if cases is None else cases).order_by("-recorded_at", "-id")
    if not text:
        return found.none()
    if reference := references.normalised(text):
        return found.filter(reference=reference)
    wanted = Q()
    # SQLite folds the case of ASCII letters only.
    for spelling in {cased(way) for way in spellings(text) for cased in (str, str.lower, str.upper, str.title)}:
        for column in ("name", "firm", "email"):
            wanted |= Q(**{f"{column}__icontains": spelling})
        for known in KNOWN:
            wanted |= Q(**{f"{known}__name__icontains": spelling, f"{known}__restricted_at": None})
    if number := phones.digits_in_question(text):
        wanted |= Q(phone__contains=number)
        for known in KNOWN:
            wanted |= Q(**{f"{known}__phone__contains": number, f"{known}__restricted_at": None})
    return found.filter(wanted)


@dataclass(frozen=True)
class Thread:
    """One case as one member may read it. `letters` are found by the UUID of what caused them."""

    case: Case
    verbs: list[str]
    contributions: list[Contribution]
    changes: list[Change]
    follow_ups: list[FollowUp]
    appointments: list[Appointment]
    letters: dict[UUID, Letter] = field(default_factory=dict)


def thread(*, uuid: UUID, member: Member, day: dt.date, everywhere: bool = False) -> Thread | None:
    """The case behind `uuid`; None when there is none that `member` may read."""
    cases = visible_cases(member=member, day=day, everywhere=everywhere)
    case = cases.select_related("topic", "partner", "adviser", "company", "person").filter(uuid=uuid).first()
    if case is None:
        return None
    contributions = list(readable(case=case, member=member, day=day, everywhere=everywhere).select_related("member"))
    causes = [case.uuid, *(contribution.uuid for contribution in contributions)]
    follow_ups, appointments = case.follow_ups.all(), case.appointments.all()
    if not everywhere:
        mine, here = _at(member, day), colleagues(member=member, day=day)
        follow_ups = follow_ups.filter(Q(member=member) | Q(partner__in=mine) | Q(case__partner__in=mine))
        appointments = appointments.filter(Q(member__in=here) | Q(case__partner__in=mine))
    return Thread(
        case=case,
        verbs=LIFECYCLE.verbs(case.state),
        contributions=contributions,
        changes=list(case.changes.order_by("id")),
        follow_ups=list(follow_ups.select_related("member", "partner")),
        appointments=list(appointments.select_related("member", "log").order_by("starts_at", "id")),
        letters={letter.cause_uuid: letter for letter in Letter.objects.filter(cause_uuid__in=causes).order_by("id")},
    )


def readable(*, case: Case, member: Member, day: dt.date, everywhere: bool = False) -> QuerySet[Contribution]:
    """What `member` may read of the thread: their own, what is for all, and what is for a partner they work for.

    The partner a case was handed to reads all that is not for one person only; a former partner what it wrote itself.
    `everywhere` widens the partner to the whole centre, never to what is for one person only.
    """
    partners = partners_of(member=member, day=day)
    allowed = Q(member=member) | Q(visibility=Visibility.ALL)
    if everywhere or case.partner_id in partners:
        allowed |= Q(visibility=Visibility.PARTNER)
    else:
        allowed |= Q(visibility=Visibility.PARTNER, member__in=colleagues(member=member, day=day))
    return Contribution.objects.filter(allowed, case=case).order_by("recorded_at", "id")


@dataclass(frozen=True)
class Status:
    """What a visitor sees behind the status link: their own words, our answers, whom to call. No internal word."""

    reference: str
    state: str
    received_at: dt.datetime
    answer_by: dt.date
    due_by: dt.date | None  # by when they hear from us; None where nothing is promised
    text: str
    call_window: str
    topic: Topic | None
    partner: Partner
    contact: Member | None
    answers: list[Contribution]
    replies: list[dt.datetime]  # when mails of the enquirer came in
    messages: list[Contribution]  # what they wrote behind the link
    dates: list[Appointment]
    talked_on: list[dt.date]
    talked: list[tuple[dt.datetime, str]]  # when and what it was, a talk or a visit; one of a kind a day
    talks: list[Contribution]  # those in which offers were named
    reachable: bool  # whether there is a way to answer them
    closed_at: dt.datetime | None
    referrals: list[Referral]  # to whom it was passed on, the oldest first
    settled: bool  # whether they said themselves that nothing is left to do


def status(case: Case) -> Status:
    """The state of a case in the words of its enquirer; `state` is new, taken, answered or closed."""
    case = Case.objects.select_related("topic", "partner", "adviser").get(pk=case.pk)
    upcoming = expected.of(case).filter(cancelled_at=None, starts_at__gte=clock.now()).select_related("member")
    end = case.changes.filter(verb="close").order_by("id").last() if case.state == State.CLOSED else None
    talks = list(case.thread.filter(kind__in=TALKS).select_related("appointment"))
    replies = case.thread.filter(kind=Contribution.Kind.MAIL_IN)
    return Status(
        reference=case.reference,
        state=case.state,
        received_at=case.recorded_at,
        answer_by=case.answer_by,
        due_by=_due_by(case),
        text=case.text,
        call_window=case.call_window,
        topic=case.topic,
        partner=case.partner,
        contact=case.adviser,
        answers=list(case.thread.filter(kind=Contribution.Kind.MAIL_OUT).select_related("member")),
        replies=list(replies.exclude(mail__automatic=True).values_list("recorded_at", flat=True)),
        messages=list(case.thread.filter(kind=Contribution.Kind.MESSAGE, by__startswith=f"{ActorKind.LINK}:")),
        dates=list(upcoming.order_by("starts_at", "id")),
        talked_on=sorted({talk.day for talk in talks if talk.day}),
        talked=sorted({(talk.day, talk.kind): (_talked_at(talk), talk.kind) for talk in talks}.values()),
        talks=[talk for talk in talks if talk.offers],
        referrals=list(case.referrals.order_by("recorded_at", "id")),
        reachable=bool(case.email or case.phone or case.person_id),
        closed_at=case.closed_at,
        settled=bool(end and end.by.startswith(f"{ActorKind.LINK}:")),
    )


def _talked_at(talk: Contribution) -> dt.datetime:
    """When it began as arranged, else when it was written down on its day; of any other nobody knows more than noon."""
    date = getattr(talk, "appointment", None)
    for moment in (date.starts_at if date else None, talk.recorded_at):
        if moment and clock.local(moment).date() == talk.day:
            return moment
    return clock.at(talk.day or clock.local(talk.recorded_at).date(), dt.time(12))


def _due_by(case: Case) -> dt.date | None:
    """The day of what waits for us. The first promise is over with the first answer, who has the case ever since."""
    if not case.waits_for_us or case.reply_by:
        return case.reply_by
    return None if case.changes.filter(verb__in=answer_times.ANSWERING).exists() else case.answer_by


def case_behind(secret: str) -> Case | None:
    """The case that a status link opens; None for a link that is unknown, too old or revoked.

    The link of a double opens the case in which it goes on, where who asked there has the same address.
    """
    token = valid_token(purpose=STATUS_LINK, secret=secret)
    case = Case.objects.filter(uuid=token.subject_uuid).first() if token else None
    found = survivor(case)
    # Whoever else wrote a mail that belongs to a case reads nothing of it.
    return found if case and found and mail_addresses.equal(case.email, found.email) else case


def survivor(case: Case | None) -> Case | None:
    """`case`, or where it was a double the one in which it goes on."""
    followed = set[int]()
    while case and case.went_on_in and case.pk not in followed:
        followed.add(case.pk)
        case = case.went_on_in
    return case


def letters_of(case: Case) -> QuerySet[Letter]:
    """What was written because of the case, its answers and its dates, oldest first."""
    causes = [case.uuid, *case.thread.values_list("uuid", flat=True), *expected.of(case).values_list("uuid", flat=True)]
    return Letter.objects.filter(cause_uuid__in=causes).order_by("id")
