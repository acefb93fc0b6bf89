"""Self-service links. A link shows on GET and acts only on POST; the secret is never stored."""

import datetime as dt
import secrets
from uuid import UUID

from django.db import transaction

from wegweiser.accounts.events import Event
from wegweiser.accounts.models import Token
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor


def issue(*, purpose: str, subject: UUID, expires: dt.datetime, by: Actor) -> str:
    """A new link's secret (32 bytes, URL-safe), good for `purpose` on `subject` until `expires`."""
    secret = secrets.token_urlsafe(32)
    Token.objects.create(purpose=purpose, subject_uuid=subject, secret_hash=Token.digest(secret), expires_at=expires)
    return secret


def revoke(*, purpose: str, subject: UUID, by: Actor) -> int:
    """End every link of `purpose` on `subject`; returns how many were still open."""
    with transaction.atomic():
        tokens = list(Token.objects.select_for_update().filter(purpose=purpose, subject_uuid=subject, revoked_at=None))
        for token in tokens:
            token.revoked_at = clock.now()
            token.save(update_fields=["revoked_at"])
            audit.record(Event.TOKEN_REVOKED, by=by, subject=token)
    return len(tokens)
