"""Somebody leaves: what hangs on them, who takes it over, and the one action that moves it.

Past steps, contributions and figures stay with the one who made them.
"""

import datetime as dt
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from wegweiser.accounts.actions import logins
from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.actions import contacts
from wegweiser.catalogue.models import HERE, Draft, Entry, Kind
from wegweiser.consortium import queries as consortium
from wegweiser.consortium import teams
from wegweiser.consortium.actions import departures
from wegweiser.consortium.models import Departure, Member, Membership, Partner, Topic
from wegweiser.crossings import appointments as arranged
from wegweiser.crossings import people
from wegweiser.enquiries.actions import heirs as inherit
from wegweiser.enquiries.models import OPEN, Appointment, Case, FollowUp
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.records import Record
from wegweiser.outbox.actions import letters
from wegweiser.outbox.rendering import render

log = logging.getLogger(__name__)
LATEST = dt.date(2100, 12, 31)  # nobody means a later day, and at the end of the calendar there is none after it
CASES, FOLLOW_UPS, APPOINTMENTS, ENTRIES, DRAFTS = "cases", "follow_ups", "appointments", "entries", "drafts"


def item_key(row: Record) -> str:
    """How the plan names an heir for this one thing."""
    return f"item:{row.uuid}"


@dataclass(frozen=True)
class Group:
    """Work of one kind at one partner, with those who can take it over and the one to suggest.

    `waiting` could, but for a login with which they can work on it.
    """

    key: str
    kind: str
    partner: Partner | None
    rows: list[Record]
    candidates: list[Member]
    waiting: list[Member]
    suggested: Member | None


@dataclass(frozen=True)
class Estate:
    """Everything that hangs on somebody who leaves after a day. `candidates` can take over page, mail and topics."""

    member: Member
    last_day: dt.date
    groups: list[Group]
    topics: list[Topic]
    candidates: list[Member]
    waiting: list[Member]
    suggested: Member | None
    unlogged: list[Appointment]


def estate(*, member: Member, last_day: dt.date) -> Estate:
    """What `member` leaves behind after `last_day`, as of now. Raises DomainError("day_too_late")."""
    _ensure_meant(last_day)
    after = last_day + dt.timedelta(days=1)
    night = clock.at(after)
    held = Membership.objects.filter(member=member, partner__isnull=False).order_by("valid_from", "id")
    own = list(dict.fromkeys(held.values_list("partner_id", flat=True)))
    topics = list(member.topics.all())
    cases = Case.objects.filter(adviser=member, state__in=OPEN).select_related("partner", "company", "topic")
    dates = Appointment.objects.filter(member=member, log=None, cancelled_at=None).select_related("case__partner")
    coming = dates.filter(starts_at__gte=night).order_by("starts_at", "id")
    found: list[tuple[str, Partner | None, list[Record]]] = [
        *_by_partner(CASES, cases.order_by("answer_by", "id")),
        *_by_partner(FOLLOW_UPS, FollowUp.objects.filter(member=member, done_at=None).select_related("partner")),
        *_by_partner(APPOINTMENTS, coming),
        *_by_partner(ENTRIES, named(member)),
        *_by_partner(DRAFTS, drafted(member)),
    ]
    heirs = _Heirs(member, {*own, *(partner.pk for _, partner, _ in found if partner)}, after)
    groups = []
    for kind, partner, rows in found:
        places = [partner.pk] if partner else own
        able = heirs.at(places)
        key = f"{kind}:{partner.key if partner else ''}"
        groups.append(Group(key, kind, partner, rows, able, heirs.waiting_at(places), _fitting(able, topics)))
    able = heirs.at(own)
    unlogged = list(dates.filter(starts_at__lt=min(night, clock.now())).order_by("starts_at", "id"))
    waiting = heirs.waiting_at(own)
    return Estate(member, last_day, groups, topics, able, waiting, _fitting(able, topics), unlogged)


def _ensure_meant(last_day: dt.date) -> None:
    if last_day > LATEST:
        raise DomainError("day_too_late", f"Nobody plans beyond {LATEST}.", field="last_day")


def named(member: Member) -> QuerySet[Entry]:
    """The offers of ours that name `member` as their contact, without their own page."""
    rows = catalogue.shown().filter(contact=member, origin=HERE)
    return rows.exclude(kind=Kind.CONTACT, slug=member.slug).order_by("starts_at", "sort_key", "id")


def drafted(member: Member) -> QuerySet[Draft]:
    """What is being written and names `member`, beside the offers that do; not the page about them."""
    rows = Draft.objects.filter(catalogue.drafted_for(member)).exclude(entry__in=named(member))
    rows = rows.exclude(kind=Kind.CONTACT, slug=member.slug).select_related("partner")
    return rows.order_by("starts_at", "sort_key", "id")


def _by_partner(kind: str, rows: "QuerySet") -> list[tuple[str, Partner | None, list[Record]]]:  # type: ignore[type-arg]
    sorted_out: dict[Partner | None, list[Record]] = {}
    for row in rows:
        owner = row.case.partner if isinstance(row, Appointment) else row.partner
        sorted_out.setdefault(owner, []).append(row)
    return [(kind, partner, found) for partner, found in sorted_out.items()]


class _Heirs:
    """Who can take over from `member` on `day`, read once for all partners."""

    def __init__(self, member: Member, partners: Collection[int], day: dt.date) -> None:
        self._partners = teams.inherits_at(partners, day)
        rows = Member.objects.filter(pk__in=self._partners).exclude(pk=member.pk)
        works = ExpressionWrapper(teams.able(), output_field=BooleanField())
        self._rows = list(rows.annotate(works=works).prefetch_related("topics"))
        self._able = {row.pk for row in self._rows if row.works}  # unknown without a login

    def at(self, partners: Collection[int]) -> list[Member]:
        """Those who work at one of `partners` and have a login to do so."""
        return [row for row in self._there(partners) if row.pk in self._able]

    def waiting_at(self, partners: Collection[int]) -> list[Member]:
        """Those who work at one of `partners` without a login, or have not followed their invitation yet."""
        return [row for row in self._there(partners) if row.pk not in self._able]

    def _there(self, partners: Collection[int]) -> list[Member]:
        return [row for row in self._rows if not self._partners[row.pk].isdisjoint(partners)]


def _fitting(able: list[Member], topics: list[Topic]) -> Member | None:
    """Who shares most topics; the first by name where several share as many."""
    return max(able, key=lambda row: len(set(row.topics.all()) & set(topics)), default=None)


def plan(
    *, member: Member, last_day: dt.date, heir: Member | None, heirs: Mapping[str, Member] | None = None, by: Actor
) -> Departure:
    """`member` leaves after `last_day`. Carried out at once when that day is over.

    `heirs` names who takes over a group (by its key) or one thing (by `item_key`); all else goes to `heir`.
    """
    with transaction.atomic():
        teams.lock()
        _ensure_meant(last_day)
        if not Membership.objects.filter(member=member, valid_from__lte=last_day).exists():
            raise DomainError("role_ends_early", "They had not begun by that day.", field="last_day")
        chosen = dict(heirs or {})
        departure = departures.plan(member=member, last_day=last_day, heir=heir, heirs=chosen, by=by)
        _divided(estate(member=member, last_day=last_day), heir, chosen)
        if last_day < clock.today():
            carry_out(departure=departure, by=by)
    return departure


def call_back(*, member: Member, by: Actor) -> None:
    """`departures.call_back`; who was gone for some days is found again."""
    with transaction.atomic():
        departures.call_back(member=member, by=by)
        people.show(member=member, by=by)


@dataclass(frozen=True)
class Share:
    """What of a group goes to one heir."""

    kind: str
    heir: Member
    rows: list[Record]


def _divided(left: Estate, heir: Member | None, heirs: Mapping[str, Member]) -> list[Share]:
    """Everything with its heir. Raises DomainError when one is missing or cannot work on it there then."""
    if heir is None and (left.topics or left.candidates):
        raise DomainError("heir_missing", "Somebody must take over page, mail and topics.", field="heir")
    if heir is not None and heir not in left.candidates:
        raise _no_heir(heir, left.waiting, "heir")
    return [share for group in left.groups for share in _shares(group, heir, heirs)]


def _shares(group: Group, heir: Member | None, heirs: Mapping[str, Member]) -> list[Share]:
    """The group by heirs; what nobody is named for goes to the group's own."""
    usual = heirs.get(group.key) or heir
    if usual is None:
        raise DomainError("heir_missing", f"Nobody takes over {group.key}.", field=group.key)
    rows: dict[Member, list[Record]] = {}
    for row in group.rows:
        rows.setdefault(heirs.get(item_key(row), usual), []).append(row)
    for chosen, given in rows.items():
        if chosen not in group.candidates:
            field = group.key if chosen == usual else item_key(given[0])
            raise _no_heir(chosen, group.waiting, field)
    return [Share(group.kind, chosen, given) for chosen, given in rows.items()]


def _no_heir(chosen: Member, waiting: Collection[Member], field: str) -> DomainError:
    if chosen in waiting:
        return DomainError("heir_without_login", "They could not work on it.", field=field)
    return DomainError("heir_not_there", "They do not work there after that day.", field=field)


MOVES = {
    CASES: lambda rows, heir, by: inherit.take_over_cases(cases=rows, heir=heir, by=by),
    FOLLOW_UPS: lambda rows, heir, by: inherit.take_over_follow_ups(follow_ups=rows, heir=heir, by=by),
    APPOINTMENTS: lambda rows, heir, by: arranged.inherit(rows=rows, heir=heir, by=by),
    ENTRIES: lambda rows, heir, by: [contacts.replace(entry=row, contact=heir, by=by) for row in rows],
    DRAFTS: lambda rows, heir, by: contacts.inherit_drafts(drafts=rows, heir=heir, by=by),
}


def carry_out(*, departure: Departure, by: Actor) -> Departure:
    """Move everything to the heirs and close the login, all or nothing. What is done already stays done."""
    with transaction.atomic():
        teams.lock()
        departure = (
            Departure.objects.select_for_update(of=("self",))
            .select_related("member__user", "heir")
            .get(pk=departure.pk)
        )
        member, heir = departure.member, departure.heir
        if departure.done_at:
            return departure
        if departure.last_day >= clock.today():
            raise DomainError("departure_not_due", "The last day is not over.")
        known = {str(row.uuid): row for row in Member.objects.filter(uuid__in=set(departure.heirs.values()))}
        chosen = {group: known[key] for group, key in departure.heirs.items() if key in known}
        left = estate(member=member, last_day=departure.last_day)
        received: dict[Member, list[Share]] = {}
        for share in _divided(left, heir, chosen):
            MOVES[share.kind](share.rows, share.heir, by)
            received.setdefault(share.heir, []).append(share)
        if heir and member.email:
            letters.redirect_replies(mail=member.email, to=heir.email or consortium.centre().email, by=by)
            received.setdefault(heir, [])
        departures.done(departure=departure, by=by)
        for person in (member, heir) if heir else (member,):
            people.show(member=person, by=by)
        if member.user:
            logins.close(user=member.user, by=by)
        for receiver, shares in received.items():
            _tell(departure, receiver, shares, by)
    return departure


def _tell(departure: Departure, heir: Member, shares: list[Share], by: Actor) -> None:
    """One mail to an heir: what is theirs now."""
    user = heir.user if heir.user_id else None
    language = user.language if user else "de"
    context = {
        "heir": heir,
        "member": departure.member,
        "lines": [{"kind": share.kind, "count": len(share.rows)} for share in shares],
        "is_successor": heir == departure.heir,
        "desk": addresses.desk_today(language=language),
        "centre": consortium.centre().name.text(language),
    }
    rendered = render("consortium/mails/inherited", language, context)
    letters.write(cause=departure, rendered=rendered, name=heir.name, mail=heir.email, language=language, by=by)


def run_due(*, by: Actor) -> int:
    """Carry out what is due. A login ends in any case; what an heir cannot take is told on the page of the person."""
    moved = 0
    for departure in Departure.objects.filter(done_at=None, last_day__lt=clock.today()).select_related("member__user"):
        if departure.member.user:
            logins.close(user=departure.member.user, by=by)
        try:
            carry_out(departure=departure, by=by)
            moved += 1
        except DomainError as error:
            log.warning("The departure %s cannot be carried out: %s", departure.uuid, error.code)
            departures.failed(departure=departure, code=error.code, by=by)
    return moved
