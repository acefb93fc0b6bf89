"""Phone numbers and mail addresses out of cells that hold several of them, notes, and signs that were meant well."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from wegweiser.companies import phones
from wegweiser.companies.importing.values import known
from wegweiser.kernel.errors import DomainError

_is_mail = EmailValidator()
MOST_MAIL = 254  # characters of an address (RFC 5321); cut, it would be another one


@dataclass(frozen=True)
class Several:
    """What could be read, in the order of the cell, and what could not."""

    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


_NOTES = re.compile(
    r"\([^()]*[^\W\d_][^()]*\)|(?i:\b(tel|telefon|fon|mobil|handy|fax|büro|buero|privat|zentrale|funk)\b\.?:?)"
)
_IS_WHOLE = r"(?<!(?<!\d)01[5-7]\d)(?<!(?<!\d)01[5-7]\d\d)"  # not in 0159/04187725, which goes on with a 0
_BETWEEN = re.compile(
    rf"(?i)[\n;,|]|\s+(?:oder|und|od?\.|u\.|bzw\.?)\s+|{_IS_WHOLE}\s+/\s+(?=[0+])"
    rf"|(?<=\d{{4}}){_IS_WHOLE}/(?=0[1-9]\d{{2}}|\+|00)"
)
_EXTENSIONS = re.compile(r"(?i)\s*(?:bis|ff\.?|[-–]\s*\d{1,3}(?=\s*(?:bis)))\s*-?\s*\d{0,3}\.?\s*$")


def parts(text: str) -> list[str]:
    """What stands beside each other in a cell of numbers, as it was written.

    >>> parts("805566 oder 0171 1234567")
    ['805566', '0171 1234567']
    """
    return [part.strip() for part in _BETWEEN.split(text)]


def numbers(text: str) -> Several:
    """
    >>> numbers("Tel. 0391/5448619 oder 0171 1234567").good
    ('+493915448619', '+491711234567')
    """
    flat = "\n".join(line for line in text.split("\n") if known(line))
    good: list[str] = []
    bad: list[str] = []
    if re.search(r"\d[.,]?\d*E\+\d", flat):  # a spreadsheet rounded it: its last digits are gone
        return Several((), (" ".join(flat.split()),))
    for part in _BETWEEN.split(flat):
        digits = _NOTES.sub(" ", part).strip(" .:-'")
        if not known(digits):
            continue
        found = _number(digits)
        if found is None:
            bad.append(" ".join(part.split()))
        elif found not in good:
            good.append(found)
    return Several(tuple(good), tuple(bad))


def _number(text: str) -> str | None:
    if not re.fullmatch(r"[\d\s+()/.\-–—\[\]*'_]+|.*(?i:ff|bis).*", text):
        return None
    bare = _EXTENSIONS.sub("", text).replace("–", "-").replace("—", "-")
    compact = re.sub(r"\D", "", bare)
    abroad = f"+{compact}" if compact.startswith("49") and len(compact) > 10 and bare[0].isdigit() else ""
    for candidate in (abroad, bare):
        try:
            if candidate and (found := phones.e164(candidate)):
                return found
        except DomainError:
            continue
    return None


_AT = re.compile(r"(?i)\s*[\[({<]\s*(?:at|ät|@)\s*[\])}>]\s*|\s+(?:at|ät)\s+(?=\S+[.\s])|\s*\(a\)\s*")
_DOT = re.compile(r"(?i)\s*[\[({]\s*(?:dot|punkt|\.)\s*[\])}]\s*|(?<=\w)\s+(?:dot|punkt)\s+(?=\w)")


def mails(text: str) -> Several:
    """
    >>> mails("Info [at] Firma [dot] de; Jana Ölmann <jana@firma.de>").good
    ('info@firma.de', 'jana@firma.de')
    """
    plain = _DOT.sub(".", _AT.sub("@", text.replace("mailto:", " ").replace("MAILTO:", " ")))
    plain = re.sub(r"\s*@\s*", "@", plain)
    good: list[str] = []
    bad: list[str] = []
    for part in re.split(r"[;,\n|]|\s/\s|(?<=[a-z])/(?=[^/]*@)|(?i:\s+(?:oder|und)\s+)", plain):
        for word in part.split() if "@" in part else [part]:
            address = word.strip(" <>()[]\"'.:;").lower()
            if "@" not in address:
                if "@" not in part and known(part):
                    bad.append(known(part))
                continue
            if len(address) > MOST_MAIL:
                bad.append(address)
                continue
            try:
                _is_mail(address)
            except ValidationError:
                bad.append(address)
            else:
                if address not in good:
                    good.append(address)
    return Several(tuple(good), tuple(bad))
