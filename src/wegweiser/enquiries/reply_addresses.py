"""Addresses that an answer by mail comes to: `antwort+7f3k9-<signature>@…`, one for each case.

The signature makes the address one that nobody can guess; the reference number in front opens nothing by itself. All
of it is small letters and digits, since mail servers may fold the case of an address, and short, since the part before
the @ has 64 characters at most. An address is good as long as the secret of the installation is.
"""

import base64
import hmac
import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import salted_hmac

from wegweiser.enquiries import references
from wegweiser.enquiries.models import Case

SALT = "wegweiser.enquiries.reply"
SIGNATURE = 16  # characters of base 32: 80 bits
LONGEST_LOCAL = 64
_SIGNED = re.compile(rf"([a-z0-9]{{{references.LENGTH}}})-([a-z2-7]{{{SIGNATURE}}})")


def of(case: Case) -> str:
    """Where an answer to `case` goes; empty where no mailbox for answers is set up."""
    local, _at, domain = settings.MAIL_REPLY.partition("@")
    if not domain:
        return ""
    number = case.reference.removeprefix(references.PREFIX).lower()
    return f"{local}+{number}-{_signature(case)}@{domain}"


def case_of(addresses: Iterable[str]) -> Case | None:
    """The case whose address is among `addresses`; what only looks like one opens nothing."""
    box, _at, domain = settings.MAIL_REPLY.lower().partition("@")
    for address in addresses:
        local, _at, at = address.lower().rpartition("@")
        name, plus, signed = local.partition("+")
        if not domain or (name, at, plus) != (box, domain, "+"):
            continue
        found = _SIGNED.fullmatch(signed)
        case = Case.objects.filter(reference=f"{references.PREFIX}{found[1].upper()}").first() if found else None
        if found and case and hmac.compare_digest(found[2], _signature(case)):
            return case
    return None


def is_ours(address: str) -> bool:
    """Whether a mail from there is one of our own: from the mailbox for answers, or from whom our letters come."""
    local, _at, domain = address.lower().rpartition("@")
    plain = f"{local.partition('+')[0]}@{domain}"
    return plain in {settings.MAIL_REPLY.lower(), settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip("> ").lower()}


def _signature(case: Case) -> str:
    mac = salted_hmac(SALT, str(case.uuid), algorithm="sha256").digest()
    return base64.b32encode(mac).decode().lower()[:SIGNATURE]
