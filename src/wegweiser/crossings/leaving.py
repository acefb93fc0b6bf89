"""Somebody leaves: what hangs on them, who takes it over, and the one action that moves it.

Past steps, contributions and figures stay with the one who made them.
"""

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from wegweiser.accounts.actions import logins
from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.actions import contacts, entries
from wegweiser.catalogue.models import HERE, Entry, Kind
from wegweiser.consortium import queries as consortium
from wegweiser.consortium import teams
from wegweiser.consortium.actions import departures
from wegweiser.consortium.models import Departure, Member, Membership, Partner, Topic
from wegweiser.enquiries.actions import heirs as inherit
from wegweiser.enquiries.models import OPEN, Appointment, Case, FollowUp
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.actions import letters
from wegweiser.outbox.rendering import render

log = logging.getLogger(__name__)
CASES, FOLLOW_UPS, APPOINTMENTS, ENTRIES = "cases", "follow_ups", "appointments", "entries"


@dataclass(frozen=True)
class Group:
    """Work of one kind at one partner, with those who can take it over and the one to suggest."""

    key: str
    kind: str
    partner: Partner | None
    rows: list[Model]
    candidates: list[Member]
    suggested: Member | None


@dataclass(frozen=True)
class Estate:
    """Everything that hangs on somebody who leaves after a day. `candidates` can take over page, mail and topics."""

    member: Member
    last_day: dt.date
    groups: list[Group]
    topics: list[Topic]
    candidates: list[Member]
    suggested: Member | None
    unlogged: list[Appointment]

    @property
    def needs_heir(self) -> bool:
        """Whether there is something an heir must be named for: work, topics, or a page that others link to."""
        return bool(self.groups or self.topics or self.candidates)


def estate(*, member: Member, last_day: dt.date) -> Estate:
    """What `member` leaves behind after `last_day`, as of now."""
    after = last_day + dt.timedelta(days=1)
    night = timezone.make_aware(dt.datetime.combine(after, dt.time.min))
    held = Membership.objects.filter(member=member, partner__isnull=False).order_by("valid_from", "id")
    own = list(dict.fromkeys(held.values_list("partner_id", flat=True)))
    topics = list(member.topics.all())
    cases = Case.objects.filter(adviser=member, state__in=OPEN).select_related("partner", "company", "topic")
    dates = Appointment.objects.filter(member=member, log=None, cancelled_at=None).select_related("case__partner")
    coming = dates.filter(starts_at__gte=night).order_by("starts_at", "id")
    found: list[tuple[str, Partner | None, list[Model]]] = [
        *_by_partner(CASES, cases.order_by("answer_by", "id")),
        *_by_partner(FOLLOW_UPS, FollowUp.objects.filter(member=member, done_at=None).select_related("partner")),
        *_by_partner(APPOINTMENTS, coming),
        *_by_partner(ENTRIES, named(member)),
    ]
    groups = []
    for kind, partner, rows in found:
        able = _candidates(member, [partner.pk] if partner else own, after)
        key = f"{kind}:{partner.key if partner else ''}"
        groups.append(Group(key, kind, partner, rows, able, _fitting(able, topics)))
    able = _candidates(member, own, after)
    unlogged = list(dates.filter(starts_at__lt=min(night, clock.now())).order_by("starts_at", "id"))
    return Estate(member, last_day, groups, topics, able, _fitting(able, topics), unlogged)


def named(member: Member) -> QuerySet[Entry]:
    """The offers of ours that name `member` as their contact, without their own page."""
    rows = catalogue.shown().filter(contact=member, origin=HERE)
    return rows.exclude(kind=Kind.CONTACT, slug=member.slug).order_by("starts_at", "sort_key", "id")


def _by_partner(kind: str, rows: "QuerySet") -> list[tuple[str, Partner | None, list[Model]]]:  # type: ignore[type-arg]
    sorted_out: dict[Partner | None, list[Model]] = {}
    for row in rows:
        owner = row.case.partner if isinstance(row, Appointment) else row.partner
        sorted_out.setdefault(owner, []).append(row)
    return [(kind, partner, found) for partner, found in sorted_out.items()]


def _candidates(member: Member, partners: list[int], day: dt.date) -> list[Member]:
    return list(teams.can_inherit(partners, day).exclude(pk=member.pk).prefetch_related("topics"))


def _fitting(able: list[Member], topics: list[Topic]) -> Member | None:
    """Who shares most topics; the first by name where several share as many."""
    return max(able, key=lambda row: len(set(row.topics.all()) & set(topics)), default=None)


def plan(
    *, member: Member, last_day: dt.date, heir: Member | None, heirs: Mapping[str, Member] | None = None, by: Actor
) -> Departure:
    """`member` leaves after `last_day`; what is not in `heirs` goes to `heir`. Carried out at once when it is over."""
    with transaction.atomic():
        teams.lock()
        if not Membership.objects.filter(member=member, valid_from__lte=last_day).exists():
            raise DomainError("role_ends_early", "They had not begun by that day.", field="last_day")
        chosen = dict(heirs or {})
        departure = departures.plan(member=member, last_day=last_day, heir=heir, heirs=chosen, by=by)
        _divided(estate(member=member, last_day=last_day), heir, chosen)
        if last_day < clock.today():
            carry_out(departure=departure, by=by)
    return departure


def _divided(left: Estate, heir: Member | None, heirs: Mapping[str, Member]) -> list[tuple[Group, Member]]:
    """Each group with its heir. Raises DomainError when one is missing or has no rights at that partner then."""
    if heir is None and (left.topics or left.candidates):
        raise DomainError("heir_missing", "Somebody must take over page, mail and topics.", field="heir")
    if heir is not None and heir not in left.candidates:
        raise DomainError("heir_not_there", "They do not work there after that day.", field="heir")
    divided = []
    for group in left.groups:
        chosen = heirs.get(group.key) or heir
        if chosen is None:
            raise DomainError("heir_missing", f"Nobody takes over {group.key}.", field=group.key)
        if chosen not in group.candidates:
            raise DomainError("heir_not_there", f"{group.key}: not there after that day.", field=group.key)
        divided.append((group, chosen))
    return divided


MOVES = {
    CASES: lambda rows, heir, by: inherit.take_over_cases(cases=rows, heir=heir, by=by),
    FOLLOW_UPS: lambda rows, heir, by: inherit.take_over_follow_ups(follow_ups=rows, heir=heir, by=by),
    APPOINTMENTS: lambda rows, heir, by: inherit.take_over_appointments(appointments=rows, heir=heir, by=by),
    ENTRIES: lambda rows, heir, by: [contacts.replace(entry=row, contact=heir, by=by) for row in rows],
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
        received: dict[Member, list[Group]] = {}
        for group, receiver in _divided(left, heir, chosen):
            MOVES[group.kind](group.rows, receiver, by)
            received.setdefault(receiver, []).append(group)
        entries.withdraw(kind=Kind.CONTACT, slug=member.slug, by=by)
        if heir and member.email:
            letters.redirect_replies(mail=member.email, to=heir.email or consortium.centre().email, by=by)
            received.setdefault(heir, [])
        departures.done(departure=departure, by=by)
        if member.user:
            logins.close(user=member.user, by=by)
        for receiver, groups in received.items():
            _tell(departure, receiver, groups, by)
    return departure


def _tell(departure: Departure, heir: Member, groups: list[Group], by: Actor) -> None:
    """One mail to an heir: what is theirs now."""
    user = heir.user if heir.user_id else None
    language = user.language if user else "de"
    context = {
        "heir": heir,
        "member": departure.member,
        "lines": [{"kind": group.kind, "count": len(group.rows)} for group in groups],
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
