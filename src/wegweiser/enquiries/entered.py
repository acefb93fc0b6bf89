"""What somebody typed into an enquiry, as it is kept: without odd signs, within bounds, or refused."""

import re
from collections.abc import Collection

from wegweiser.companies import phones
from wegweiser.kernel import mail_addresses, visible
from wegweiser.kernel.errors import DomainError

TEXT_LENGTH = 10_000
_LABEL = re.compile(r"^\s*(tel(efon)?|fon|mobil|handy|[tm])\b[.:\s]*(?=[\d+(])", re.IGNORECASE)


def text(typed: str, *, field: str = "text") -> str:
    """Raises DomainError("…_missing") or ("…_too_long")."""
    text = typed.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise DomainError(f"{field}_missing", field=field)
    if len(text) > TEXT_LENGTH:
        raise DomainError(f"{field}_too_long", field=field)
    return text


def line(text: str, length: int) -> str:
    """One line of at most `length` signs."""
    return visible.line(text, length)


def phone(text: str) -> str:
    """As E.164; what is no number or names an extension stays as it was written: somebody may make sense of it."""
    bare = _LABEL.sub("", text)
    if any(sign.isalpha() for sign in bare):
        return line(text, 40)
    try:
        return phones.e164(bare)
    except DomainError:
        return line(text, 40)


def mail(text: str) -> str:
    """Raises DomainError: email_invalid, email_umlauts."""
    return mail_addresses.kept(text)


def one_of(values: Collection[str], value: str, field: str) -> None:
    """Raises DomainError("…_unknown")."""
    if value not in values:
        raise DomainError(f"{field}_unknown", field=field)
