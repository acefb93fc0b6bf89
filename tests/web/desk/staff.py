"""People who work at the small centre, with a login and a second factor."""

import time

from allauth.mfa.totp.internal import auth

from tests import kept
from tests.contact_point import BEGIN, BY
from wegweiser.accounts.actions import users
from wegweiser.accounts.models import User
from wegweiser.consortium.actions import members
from wegweiser.consortium.models import Member, Partner

PASSWORD = "drei-lange-woerter"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def login(member: Member, *, second_factor: bool = True, demo: bool = False) -> User:
    """The login of somebody who is there; one of the demo has no second factor."""
    with kept.unnoticed(("login", member.slug, member.user is None, second_factor, demo)):
        user = member.user or users.create(email=member.email, name=member.name, password=PASSWORD, demo=demo, by=BY)
        if member.user is None:
            members.link(member=member, user=user, by=BY)
        if second_factor and not demo:
            auth.TOTP.activate(user, SECRET)
    return user


def hire(role: str, partner: Partner | None) -> User:
    """Somebody new in `role`, with a login."""
    slug = f"staff-{role}".replace("_", "-")
    given = {"slug": slug, "name": role, "email": f"{slug}@centre.example", "role": role, "partner": partner}
    return login(members.join(**given, since=BEGIN, by=BY))


def code(secret: str = SECRET) -> str:
    """What the app on the phone shows now."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))
