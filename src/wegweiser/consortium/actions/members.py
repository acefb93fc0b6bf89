"""Who works for the centre, and which login is theirs."""

import datetime as dt
import uuid

from django.db import transaction

from wegweiser.accounts.actions import users
from wegweiser.accounts.models import User
from wegweiser.consortium.events import Event
from wegweiser.consortium.models import Member, Membership, Partner
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated


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
        member.name = member.email = member.phone = ""
        member.slug = f"member-{member.uuid.hex}"
        member.position, member.expertise, member.languages = Translated(), Translated(), []
        member.save()
        if user is not None:
            users.erase(user=user, by=by)
        audit.record(Event.MEMBER_ERASED, by=by, subject=member, changed=["name", "email", "phone", "slug"])
    return member
