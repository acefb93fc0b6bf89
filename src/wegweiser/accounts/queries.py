"""Reads of the room accounts."""

import datetime as dt
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from wegweiser.accounts import codes
from wegweiser.accounts.models import Token, User

SET_PASSWORD = "set-password"  # noqa: S105 - a purpose


def valid_token(*, purpose: str, secret: str) -> Token | None:
    """The open token behind a link, or None: unknown, for another purpose, expired or revoked all look alike."""
    token = Token.objects.filter(secret_hash=Token.digest(secret), purpose=purpose).first()
    return token if token and token.is_valid else None


def opened_by(*, purposes: Iterable[str], digest: str, now: dt.datetime) -> QuerySet[Token]:
    """The tokens of these purposes that are open `now`, by the digest of their secret: one at most. To be asked for
    within another query."""
    rows = Token.objects.filter(secret_hash=digest, purpose__in=list(purposes))
    return rows.filter(revoked_at=None, expires_at__gt=now)


def valid_code(*, purposes: Iterable[str], code: str) -> Token | None:
    """The open token of one of these purposes behind a short code, or None."""
    if not codes.normalised(code):
        return None
    token = Token.objects.filter(secret_hash=Token.digest(codes.secret(code)), purpose__in=list(purposes)).first()
    return token if token and token.is_valid else None


def with_second_factor(users: Iterable[int]) -> set[int]:
    """Which of these users (primary keys) have set up a second factor."""
    rows = Authenticator.objects.filter(user__in=list(users), type=Authenticator.Type.TOTP)
    return set(rows.values_list("user_id", flat=True))


def open_link(user: User) -> Token | None:
    """The link on which `user` may still set a password."""
    tokens = Token.objects.filter(purpose=SET_PASSWORD, subject_uuid=user.uuid, revoked_at=None)
    return next((token for token in tokens.order_by("-id") if token.is_valid), None)


def logged_in() -> list[User]:
    """Who has a session that this installation can open."""
    keys = {row.get_decoded().get(SESSION_KEY) for row in Session.objects.all()}
    return list(User.objects.filter(pk__in=keys - {None}).order_by("pk"))


def sessions_of(user: User) -> list[str]:
    """The keys of the sessions in which `user` is logged in. Sessions can only be opened one by one."""
    return [row.pk for row in Session.objects.all() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
