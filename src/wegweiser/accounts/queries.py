"""Reads of the room accounts."""

from wegweiser.accounts.models import Token


def valid_token(*, purpose: str, secret: str) -> Token | None:
    """The open token behind a link, or None: unknown, for another purpose, expired or revoked all look alike."""
    token = Token.objects.filter(secret_hash=Token.digest(secret), purpose=purpose).first()
    return token if token and token.is_valid else None
