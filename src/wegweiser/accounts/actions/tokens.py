"""Self-service links. A link shows on GET and acts only on POST; the secret is never stored."""

import datetime as dt
import secrets
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wegweiser.accounts import codes
from wegweiser.accounts.events import Event
from wegweiser.accounts.models import Token
from wegweiser.kernel import audit, clock, together
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

KEPT = dt.timedelta(days=30)  # so long one can tell that a link was used or ended


def issue(*, purpose: str, subject: UUID, expires: dt.datetime, sent_to: str = "", by: Actor) -> str:
    """A new link's secret (32 bytes, URL-safe), good for `purpose` on `subject` until `expires`.

    `sent_to` is the mail address it goes to, where it may have to end with that.
    """
    return issue_all(purposes=[purpose], subject=subject, expires=expires, sent_to=sent_to, by=by)[0]


def issue_all(
    *, purposes: Sequence[str], subject: UUID, expires: dt.datetime, sent_to: str = "", by: Actor
) -> list[str]:
    """A new secret for each of these purposes, in their order, in one statement."""
    mailbox = Token.mailbox(sent_to)
    made = [secrets.token_urlsafe(32) for _ in purposes]
    with transaction.atomic(savepoint=False), together.writing():
        for purpose, secret in zip(purposes, made, strict=True):
            digest = Token.digest(secret)
            told = {"purpose": purpose, "subject_uuid": subject, "secret_hash": digest, "expires_at": expires}
            together.add(Token(**told, sent_to_hash=mailbox))
    return made


def issue_code(*, purpose: str, subject: UUID, expires: dt.datetime, by: Actor) -> str:
    """A short code instead of a link, as one writes it down (see `codes`)."""
    code = codes.fresh()
    digest = Token.digest(codes.secret(code))
    Token.objects.create(purpose=purpose, subject_uuid=subject, secret_hash=digest, expires_at=expires)
    return code


def take(*, token: Token, by: Actor) -> Token:
    """Use up `token`: whoever comes second with it is refused. Raises DomainError("link_gone")."""
    with transaction.atomic():
        token.refresh_from_db(from_queryset=Token.objects.select_for_update())
        if not token.is_valid:
            raise DomainError("link_gone", "The link was used, revoked or is too old.")
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        audit.record(Event.TOKEN_TAKEN, by=by, subject=token)
    return token


def clear(*, by: Actor) -> int:
    """Remove links, codes and sessions that have been good for nothing for a month. Gives how many."""
    over = clock.now() - KEPT
    return Token.objects.filter(Q(expires_at__lt=over) | Q(revoked_at__lt=over)).delete()[0]


def revoke(*, purpose: str, subject: UUID, sent_to: Collection[str] | None = None, by: Actor) -> int:
    """End every link of `purpose` on `subject`; returns how many were still open.

    With `sent_to` only those that went to one of these mail addresses; "" are those of which that is not known.
    """
    with transaction.atomic():
        rows = Token.objects.select_for_update().filter(purpose=purpose, subject_uuid=subject, revoked_at=None)
        if sent_to is not None:
            rows = rows.filter(sent_to_hash__in=[Token.mailbox(mail) for mail in sent_to])
        tokens = list(rows)
        for token in tokens:
            token.revoked_at = clock.now()
            token.save(update_fields=["revoked_at"])
            audit.record(Event.TOKEN_REVOKED, by=by, subject=token)
    return len(tokens)


def hand_over(*, purpose: str, subject: UUID, to: UUID, by: Actor) -> int:
    """Open links of `purpose` on `subject` are links on `to` from now on: both are one. Gives how many."""
    with transaction.atomic():
        return Token.objects.filter(purpose=purpose, subject_uuid=subject, revoked_at=None).update(subject_uuid=to)
