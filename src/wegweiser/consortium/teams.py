"""Reads for the pages of the team: who works here, who may look after whom, who can take over from whom."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from wegweiser.consortium import directory, rights
from wegweiser.consortium.models import NAMELESS, Centre, Departure, Member, Membership, Partner, Role
from wegweiser.consortium.presence import Away
from wegweiser.consortium.rights import Permission, Rights, Scope
from wegweiser.kernel import clock, mail_addresses

# Who may answer enquiries at their own partner can take over from a colleague there.
INHERITING = tuple(
    role for role, table in rights.TABLE.items() if table.get(Permission.CASE_TAKE, 0) >= Scope.OWN_PARTNER
)


def lock() -> None:
    """Changes of the team wait for each other on the centre's row: two last administrators cannot leave at once."""
    list(Centre.objects.select_for_update().values_list("pk", flat=True))


def visible(held: Rights) -> QuerySet[Member]:
    """Whom the team page shows to who holds these rights: everybody, or who ever worked at a partner of theirs."""
    if held.reach(Permission.MEMBER_EDIT) == Scope.CENTRE:
        return Member.objects.all()
    here = Membership.objects.filter(partner__in=held.extent(Permission.MEMBER_EDIT).partners)
    return Member.objects.filter(pk__in=here.values("member"))


def manageable_partners(held: Rights) -> list[Partner]:
    """The partners whose people they may look after."""
    extent = held.extent(Permission.MEMBER_EDIT)
    return list(Partner.objects.all() if extent.everywhere else Partner.objects.filter(pk__in=extent.partners))


def may_manage(held: Rights, member: Member) -> bool:
    """Whether they may change roles, login and work of `member`: with all their roles, now and later, in reach."""
    extent = held.extent(Permission.MEMBER_EDIT)
    if extent.everywhere:
        return True
    rows = list(Membership.objects.filter(member=member))
    current = [row for row in rows if row.valid_to is None or row.valid_to >= clock.today()]
    return bool(rows) and all(row.partner_id in extent.partners for row in current or rows)


def administrators(day: dt.date) -> QuerySet[Membership]:
    """Administrators on `day` whose role has no end and who can log in."""
    able = Membership.objects.filter(role=Role.ADMINISTRATOR, valid_to=None, valid_from__lte=day)
    return able.filter(member__user__is_active=True).exclude(member__user__password__startswith="!")  # noqa: S106 - unusable


def public_role(member: Member) -> Membership | None:
    """The role in which visitors ask `member`: the one they hold today, else the next to come."""
    today = clock.today()
    held = public_roles().filter(member=member).select_related("partner").order_by("id")
    return min(held, key=lambda row: max(row.valid_from, today), default=None)


def public_roles() -> QuerySet[Membership]:
    """The roles in which visitors ask somebody, today or from a later day on."""
    begun_or_to_come = Q(valid_to=None) | Q(valid_to__gte=clock.today())
    return Membership.objects.filter(begun_or_to_come, role__in=directory.PUBLIC_ROLES, member__is_public=True)


def open_departure(member: Member) -> Departure | None:
    return Departure.objects.filter(member=member, done_at=None).select_related("heir").first()


def able(path: str = "") -> Q:
    """Members who can act here: with a login that is open, and not merely invited. `path` leads to the member."""
    invited = Q(**{f"{path}user__password__startswith": "!", f"{path}user__last_login": None})
    return Q(**{f"{path}user__is_active": True}) & ~invited


def can_inherit(partners: Iterable[int], day: dt.date) -> QuerySet[Member]:
    """Who works at one of `partners` on `day` with the right to answer for its enquiries."""
    held = Membership.objects.filter(Membership.on(day), partner__in=list(partners), role__in=INHERITING)
    return Member.objects.filter(pk__in=held.values("member"))


def able_to_answer(day: dt.date) -> QuerySet[Member]:
    """Who can answer enquiries somewhere on `day`: with the right to it and a login that is open."""
    held = Membership.objects.filter(able("member__"), Membership.on(day), role__in=INHERITING)
    return Member.objects.filter(pk__in=held.values("member"))


def inherits_at(partners: Iterable[int], day: dt.date) -> dict[int, set[int]]:
    """At which of `partners` each of them can: {member: {partner, …}}."""
    found: dict[int, set[int]] = {}
    held = Membership.objects.filter(Membership.on(day), partner__in=partners, role__in=INHERITING)
    for member, partner in held.values_list("member_id", "partner_id"):
        found.setdefault(member, set()).add(partner)
    return found


def with_somebody(partners: QuerySet[Partner]) -> QuerySet[Partner]:
    """The partners with `has_somebody`: whether anybody there can answer for its enquiries today."""
    held = Membership.objects.filter(Membership.on(clock.today()), partner=OuterRef("pk"), role__in=INHERITING)
    return partners.annotate(has_somebody=Exists(held))


def bequeathed_to(member: Member) -> list[Departure]:
    """The open departures that name `member` as an heir."""
    rows = Departure.objects.filter(done_at=None).select_related("member")
    return [row for row in rows if row.heir_id == member.pk or str(member.uuid) in row.heirs.values()]


def is_heir_after(member: Member, day: dt.date) -> bool:
    """Whether somebody who leaves on `day` or later counts on `member`."""
    return any(row.last_day >= day for row in bequeathed_to(member))


def successor(member: Member) -> Member | None:
    """Who took over from `member`, along the line of those who left in turn; None when nobody is there."""
    seen = {member.pk}
    while True:
        left = Departure.objects.filter(member=member, last_day__lt=clock.today()).order_by("-last_day", "-id")
        row = left.select_related("heir").first()
        if row is None or row.heir is None or row.heir.pk in seen:
            return None
        member = row.heir
        seen.add(member.pk)
        if Membership.objects.filter(Membership.on(clock.today()), member=member).exists():
            return member


def team(
    members: QuerySet[Member], *, text: str = "", when: str = "now", partner: str = "", role: str = ""
) -> QuerySet[Member]:
    """`members` by what one filters for: a name or address, a partner, a role, and now, later, before or all.

    Whom the centre has forgotten is not among them.
    """
    today = clock.today()
    held = Membership.objects.all()
    if partner:
        held = held.filter(partner__key=partner)
    if role:
        held = held.filter(role=role)
    now = held.filter(Membership.on(today)).values("member")
    later = held.filter(valid_from__gt=today).values("member")
    conditions = {
        "now": Q(pk__in=now),
        "later": Q(pk__in=later),
        "before": Q(pk__in=held.filter(valid_to__lt=today).values("member")) & ~Q(pk__in=now) & ~Q(pk__in=later),
    }
    members = members.exclude(name=NAMELESS)
    members = members.filter(conditions.get(when, Q(pk__in=held.values("member")) if partner or role else Q()))
    words = Q()
    for spelling in {text, text.lower(), text.upper(), text.title()} if text else ():
        words |= Q(name__icontains=spelling) | mail_addresses.within("email", spelling)
    return members.filter(words).order_by("sort_key", "id")


def colleagues(member: Member) -> QuerySet[Member]:
    """Who answers for enquiries beside `member` today, at a partner of theirs."""
    own = Membership.objects.filter(Membership.on(clock.today()), member=member, partner__isnull=False)
    return can_inherit(own.values_list("partner_id", flat=True), clock.today()).exclude(pk=member.pk)


def answering(partners: Collection[int]) -> dict[int, list[Member]]:
    """Who may take an enquiry at each of these partners today."""
    return _by_partner(Membership.objects.filter(partner__in=partners, role__in=INHERITING))


def leading(partners: Collection[int]) -> dict[int, list[Member]]:
    """Who answers for each of these partners today: the centre's management, and its own or who is there longest."""
    management = Membership.objects.filter(Membership.on(clock.today()), role=Role.MANAGEMENT)
    office = list(Member.objects.filter(pk__in=management.values("member")).select_related("user"))
    heads = _by_partner(Membership.objects.filter(partner__in=partners, role=Role.MANAGEMENT))
    longest = _by_partner(Membership.objects.filter(partner__in=partners, role__in=INHERITING))
    found = {}
    for partner in partners:
        own = heads.get(partner) or longest.get(partner, [])[:1]
        found[partner] = list(dict.fromkeys([*office, *own]))
    return found


def led_by(member: Member) -> set[int]:
    """The partners that `member` answers for today: by their role, else as who is there longest."""
    mine = Membership.objects.filter(Membership.on(clock.today()), member=member, partner__isnull=False)
    rows = Membership.objects.filter(
        Membership.on(clock.today()), role__in=INHERITING, partner__in=mine.values("partner")
    )
    found: dict[int, list[tuple[bool, int]]] = {}
    for partner, role, who in rows.order_by("valid_from", "id").values_list("partner_id", "role", "member_id"):
        found.setdefault(partner, []).append((role == Role.MANAGEMENT, who))
    leads = {}
    for partner, held in found.items():
        heads = {who for is_head, who in held if is_head}
        leads[partner] = heads or {held[0][1]}
    return {partner for partner, heads in leads.items() if member.pk in heads}


def present(members: Collection[Member]) -> list[Member]:
    """Those of `members` who are there today; all of them where nobody is."""
    away = directory.today().away()
    return [member for member in members if member.pk not in away] or list(members)


def standing_in(member: Member) -> list[Away]:
    """Whom `member` stands in for today: who named them, and colleagues who named nobody; for these all do."""
    away = directory.today().away().values()
    found = [row for row in away if row.deputy == member]
    unnamed = [row for row in away if row.deputy is None and row.member != member]
    if not unnamed:
        return found
    own = Membership.objects.filter(Membership.on(clock.today()), member=member, partner__isnull=False)
    held = inherits_at(own.values_list("partner_id", flat=True), clock.today())
    mine = held.get(member.pk, set())
    return found + [row for row in unnamed if mine & held.get(row.member.pk, set())]


def _by_partner(held: QuerySet[Membership]) -> dict[int, list[Member]]:
    """Members by partner, who is there longest first."""
    rows = held.filter(Membership.on(clock.today())).select_related("member__user").order_by("valid_from", "id")
    found: dict[int, list[Member]] = {}
    for row in rows:
        if row.partner_id is not None and row.member not in found.setdefault(row.partner_id, []):
            found[row.partner_id].append(row.member)
    return found
