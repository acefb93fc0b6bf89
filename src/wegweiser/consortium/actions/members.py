"""Who works for the centre, in which roles from when to when, and which login is theirs."""

import datetime as dt
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from wegweiser.accounts.actions import users
from wegweiser.accounts.models import User
from wegweiser.consortium import teams
from wegweiser.consortium.events import Event
from wegweiser.consortium.models import NAMELESS, Member, Membership, Partner, Role, Topic
from wegweiser.kernel import audit, clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter

WITHOUT_PARTNER = frozenset({Role.FUNDER, Role.ADMINISTRATOR})
UMLAUTS = {ord(sign): plain for sign, plain in {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}.items()}
CHANGEABLE = ("name", "email", "phone", "position", "expertise", "languages", "is_public")


def join(*, slug: str, name: str, email: str, role: str, partner: Partner | None, since: dt.date, by: Actor) -> Member:
    """A new member, or a further role of a known one, from `since` on."""
    with transaction.atomic():
        member, _ = Member.objects.get_or_create(
            slug=slug, defaults={"name": name, "email": email, "languages": ["de"], "staff_number": uuid.uuid4()}
        )
        held = Membership.objects.filter(Membership.on(since), member=member, partner=partner, role=role)
        if not held.exists():
            Membership.objects.create(member=member, partner=partner, role=role, valid_from=since)
            audit.record(Event.MEMBER_JOINED, by=by, subject=member, changed=["role"])
    return member


def add(
    *, name: str, email: str, values: Mapping[str, Any] | None = None, topics: Iterable[Topic] = (), by: Actor
) -> Member:
    """Somebody new, with an address of their own on the website; roles come by `grant`.

    They are named there only when `values` say so.

    Raises DomainError("member_known") when somebody with this mail address is there already.
    """
    with transaction.atomic():
        teams.lock()
        if email and Member.objects.filter(mail_addresses.same("email", email)).exists():
            raise DomainError("member_known", "Somebody has this address.", field="email")
        member = Member.objects.create(
            slug=_free_slug(name), name=name, email=email, staff_number=uuid.uuid4(), languages=["de"], is_public=False
        )
        audit.record(Event.MEMBER_ADDED, by=by, subject=member)
        change(member=member, values=values or {}, topics=list(topics), by=by)
    return member


def change(*, member: Member, values: Mapping[str, Any], topics: Iterable[Topic] | None = None, by: Actor) -> Member:
    """Other contact data (`CHANGEABLE`) or topics. The address on the website stays, even under another name."""
    with transaction.atomic():
        teams.lock()
        member.refresh_from_db(from_queryset=Member.objects.select_for_update())
        email = values.get("email", "")
        if email and Member.objects.filter(mail_addresses.same("email", email)).exclude(pk=member.pk).exists():
            raise DomainError("member_known", "Somebody has this address.", field="email")
        changed = [field for field in CHANGEABLE if field in values and getattr(member, field) != values[field]]
        for field in changed:
            setattr(member, field, values[field])
        member.save()
        if topics is not None and set(topics) != set(member.topics.all()):
            member.topics.set(topics)
            changed.append("topics")
        if changed:
            audit.record(Event.MEMBER_CHANGED, by=by, subject=member, changed=changed)
    return member


def grant(
    *, member: Member, role: str, partner: Partner | None, since: dt.date, until: dt.date | None = None, by: Actor
) -> Membership:
    """`member` holds `role` at `partner` from `since` up to and including `until`."""
    if role not in Role.values:
        raise DomainError("role_unknown", field="role")
    if (partner is None) != (role in WITHOUT_PARTNER):
        raise DomainError("role_partner", "This role and this partner do not go together.", field="partner")
    if until and until < since:
        raise DomainError("role_ends_early", "It ends before it begins.", field="until")
    with transaction.atomic():
        teams.lock()
        if teams.open_departure(member):
            raise DomainError("departure_planned", "Call the departure back first.")
        overlapping = Membership.objects.filter(Q(valid_to=None) | Q(valid_to__gte=since), member=member, role=role)
        overlapping = overlapping.filter(partner=partner)
        if until:
            overlapping = overlapping.filter(valid_from__lte=until)
        if overlapping.exists():
            raise DomainError("role_held", "The role is held in this time already.", field="role")
        row = Membership.objects.create(member=member, partner=partner, role=role, valid_from=since, valid_to=until)
        audit.record(Event.MEMBER_JOINED, by=by, subject=member, changed=["role"], references={"membership": row.uuid})
    return row


def end(*, membership: Membership, on: dt.date, by: Actor) -> None:
    """The role ends after the day `on`; one that has not begun by then is taken back. The last administrator stays.

    What is over already stays as it was: history is not written anew.
    """
    with transaction.atomic():
        teams.lock()
        row = Membership.objects.select_for_update().filter(pk=membership.pk).select_related("member").first()
        if row is None or (row.valid_to and row.valid_to < clock.today()):
            raise DomainError("role_over", "It is over already.")
        if teams.open_departure(row.member):
            raise DomainError("departure_planned", "Call the departure back first.")
        if row.role == Role.ADMINISTRATOR:
            require_administrator(without=row.member, after=on, by=by)
        if teams.is_heir_after(row.member, on):
            raise DomainError("heir_elsewhere", "Somebody who leaves later named them as heir.")
        references = {"membership": row.uuid}
        if on < row.valid_from:
            if row.valid_from <= clock.today():
                raise DomainError("role_ends_early", "It ends before it begins.", field="on")
            row.delete()
            audit.record(Event.ROLE_DROPPED, by=by, subject=row.member, references=references)
            return
        row.valid_to = on
        row.save(update_fields=["valid_to"])
        audit.record(Event.ROLE_ENDED, by=by, subject=row.member, changed=["valid_to"], references=references)


def require_administrator(*, without: Member, after: dt.date, by: Actor) -> None:
    """Raises DomainError("last_administrator") unless somebody else who can log in administers on from the next day."""
    if not teams.administrators(after + dt.timedelta(days=1)).exclude(member=without).exists():
        raise DomainError("last_administrator", "Nobody would be left who can administer.")


def link(*, member: Member, user: User, by: Actor) -> Member:
    """Make `user` the login of `member`. Raises DomainError("member_has_login") when it has another."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=member.pk)
        if member.user_id == user.pk:
            return member
        if member.user_id:
            raise DomainError("member_has_login", f"{member.slug} has another login.")
        member.user = user
        member.save(update_fields=["user"])
        audit.record(Event.MEMBER_LINKED, by=by, subject=member, references={"user": user.uuid})
    return member


def erase(*, member: Member, by: Actor) -> Member:
    """Forget who it was, with the login; dates of the roles and the staff number stay, and lead to nobody."""
    with transaction.atomic():
        member.refresh_from_db(from_queryset=Member.objects.select_for_update())
        user, member.user = member.user, None
        member.name, member.email, member.phone = NAMELESS, "", ""
        member.slug = f"member-{member.uuid.hex}"
        member.position, member.expertise, member.languages = Translated(), Translated(), []
        member.save()
        member.topics.clear()
        told = Letter.objects.filter(cause_uuid__in=member.departures.values("uuid"))  # who left is named in them
        for letter in told:
            letters.erase(letter=letter, by=by)
        if user is not None:
            users.erase(user=user, by=by)
        audit.record(Event.MEMBER_ERASED, by=by, subject=member, changed=["name", "email", "phone", "slug"])
    return member


def _free_slug(name: str) -> str:
    """An address nobody has: the name in plain letters, with a number where it is taken."""
    plain = name.lower().translate(UMLAUTS)
    base = slugify(unicodedata.normalize("NFKD", plain))[:70] or "person"
    taken = set(Member.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in [base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken)
