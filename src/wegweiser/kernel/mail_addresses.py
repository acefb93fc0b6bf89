"""A mail address as it is kept: one that our mails can reach.

A domain with umlauts is kept as the network knows it (IDNA 2008, `xn--…`): the codec of the standard library makes
another firm's domain of a ß. Umlauts before the @ need SMTPUTF8 at every step of the way, and our mails do not ask for
it.
"""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wegweiser.kernel import visible
from wegweiser.kernel.errors import DomainError

LONGEST = 254


def kept(typed: str) -> str:
    """The address, or nothing where nothing was typed. Raises DomainError: email_umlauts, email_invalid.

    >>> kept(" Info@Müller-Bau.de "), kept("")
    ('Info@xn--mller-bau-q9a.de', '')
    """
    name, at, domain = unicodedata.normalize("NFC", visible.line(typed, 1000)).rpartition("@")
    if not name and not domain:
        return ""
    plain = "".join("x" if sign.isalpha() else sign for sign in name)
    try:
        domain = ".".join(map(_idna, domain.split(".")))
        validate_email(f"{plain}{at}{domain}")
    except (ValidationError, UnicodeError) as error:
        raise DomainError("email_invalid", field="email") from error
    if not name.isascii():
        raise DomainError("email_umlauts", field="email")
    if len(address := f"{name}{at}{domain}") > LONGEST:
        raise DomainError("email_invalid", field="email")
    return address


def _idna(label: str) -> str:
    return label if label.isascii() else f"xn--{label.lower().encode('punycode').decode()}"
