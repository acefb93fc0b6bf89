"""Reads of the room accounts."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from wegweiser.accounts.models import Token, User


def valid_token(*, purpose: str, secret: str) -> Token | None:
    """The open token behind a link, or None: unknown, for another purpose, expired or revoked all look alike."""
    token = Token.objects.filter(secret_hash=Token.digest(secret), purpose=purpose).first()
    return token if token and token.is_valid else None


def sessions_of(user: User) -> list[str]:
    """The keys of the sessions in which `user` is logged in. Sessions can only be opened one by one."""
    return [row.pk for row in Session.objects.all() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
