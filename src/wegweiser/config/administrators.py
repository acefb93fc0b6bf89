"""The first administrator of an installation, who makes all other logins."""

import secrets
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from wegweiser.accounts.actions import users
from wegweiser.accounts.models import User
from wegweiser.consortium.actions import members
from wegweiser.consortium.models import Member, Membership, Role
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

PASSWORD_BYTES = 15  # 20 characters


@dataclass(frozen=True)
class Made:
    """The administrator; `password` is None where the login was there before."""

    email: str
    created: bool
    password: str | None

    def told(self) -> str:
        """What the terminal shows. The password is stored nowhere, so it is shown this once."""
        if not self.created:
            return f"There is an administrator already: {self.email}. Nothing was changed."
        if self.password is None:
            return f"{self.email} is administrator now, with the password as before."
        return (
            f"Administrator {self.email}, password: {self.password}\n"
            "It is shown only once. The first login asks for a second factor; change the password there."
        )


def require_mail(email: str) -> None:
    """Raises DomainError("mail_invalid")."""
    try:
        validate_email(email)
    except ValidationError:
        raise DomainError("mail_invalid", f"{email!r} is no mail address.") from None


def existing() -> User | None:
    """Who is administrator today and can log in."""
    held = Membership.objects.filter(
        Membership.on(clock.today()), role=Role.ADMINISTRATOR, member__user__is_active=True
    )
    row = held.select_related("member__user").order_by("id").first()
    return row.member.user if row else None


def make_first(*, email: str, by: Actor) -> Made:
    """Make `email` administrator unless somebody is. A known member or login with this address is taken."""
    require_mail(email)
    with transaction.atomic():
        if user := existing():
            return Made(user.email, created=False, password=None)
        password = None
        user = User.objects.filter(mail_addresses.same("email", email)).first()
        if user is None:
            password = secrets.token_urlsafe(PASSWORD_BYTES)
            user = users.create(email=email, name="Administration", password=password, by=by)
        elif not user.is_active:
            raise DomainError("login_inactive", f"The login {email} was closed.")
        member = Member.objects.filter(user=user).first()
        member = member or Member.objects.filter(mail_addresses.same("email", email), user=None).order_by("id").first()
        slug = member.slug if member else _free_slug()
        name = member.name if member else user.name
        member = members.join(
            slug=slug, name=name, email=email, role=Role.ADMINISTRATOR, partner=None, since=clock.today(), by=by
        )
        members.link(member=member, user=user, by=by)
    return Made(user.email, created=True, password=password)


def _free_slug() -> str:
    taken = set(Member.objects.filter(slug__startswith="administration").values_list("slug", flat=True))
    names = ["administration", *(f"administration-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
