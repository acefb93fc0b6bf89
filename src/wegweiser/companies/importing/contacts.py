"""Mail addresses out of cells that hold several of them, notes, and signs that were meant well."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from wegweiser.companies import keys, mail_typos
from wegweiser.companies.importing import remarks
from wegweiser.companies.importing.values import known
from wegweiser.companies.linkage.row import told_contacts

_is_mail = EmailValidator()
MOST_MAIL = 254  # characters of an address (RFC 5321); cut, it would be another one


@dataclass(frozen=True)
class Several:
    """What could be read, in the order of the cell, and what could not."""

    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # of somebody else, with the words that say so
    put_right: tuple[tuple[str, str], ...] = ()  # what stood there, and the address that it can only have meant
    perhaps: tuple[tuple[str, str], ...] = ()  # what was read, and what may have been meant


_AT = re.compile(r"(?i)\s*[\[({<]\s*(?:at|ät|@)\s*[\])}>]\s*|\s+(?:at|ät)\s+(?=\S+[.\s])|\s*\(a\)\s*")
_DOT = re.compile(r"(?i)\s*[\[({]\s*(?:dot|punkt|\.)\s*[\])}]\s*|(?<=\w)\s+(?:dot|punkt)\s+(?=\w)")
# A sign that slipped, where without it there is no address.
_COMMA = re.compile(r"(@[\w-]+),([a-z]{2,10})(?![\w@.-])")
_BLANK = re.compile(r"(@[\w-]+) (de|com|net|org|eu|info)(?![\w@.-])")
_LETTER_FOR_AT = re.compile(
    r"(?<![\w@.+-])([a-z0-9][a-z0-9._+-]*)[Q€]([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?![\w@])"
)


@dataclass
class _Found:
    good: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    put_right: list[tuple[str, str]] = field(default_factory=list)
    perhaps: list[tuple[str, str]] = field(default_factory=list)


def mails(text: str) -> Several:
    """
    >>> mails("Info [at] Firma [dot] de; Jana Ölmann <jana@firma.de>").good
    ('info@firma.de', 'jana@firma.de')
    >>> mails("info@abel,example").put_right, mails("abel@t-onlin.de").good
    ((('info@abel,example', 'info@abel.example'),), ('abel@t-online.de',))
    """
    plain = _DOT.sub(".", _AT.sub("@", re.sub(r"(?i)#|mailto:", " ", text)))
    plain = re.sub(r"\s*@\s*", "@", plain)
    found = _Found()
    mended, meant = plain, {}
    for written, now in _signs_put_right(plain):
        mended = mended.replace(written, now)
        meant[now.lower()] = written
    for part in re.split(r"[;,\n|]|\s/\s|(?<=[a-z])/(?=[^/]*@)|(?i:\s+(?:oder|und)\s+)", mended):
        if "@" in part:
            _read(part, meant, found)
        elif told := known(part.strip(" <>()[]\"'.:;")):
            found.bad.append(told)
    return Several(
        tuple(found.good), tuple(found.bad), tuple(found.others), tuple(found.put_right), tuple(found.perhaps)
    )


def _read(part: str, meant: dict[str, str], found: _Found) -> None:
    """The addresses of one part of a cell; words beside them say whose they are."""
    words = " ".join(word for word in part.split() if "@" not in word)
    is_theirs = told_contacts.is_of_somebody_else(words) and not remarks.reason(words)
    for word in part.split():
        address = word.strip(" <>()[]\"'.:;!?*").lower()
        if "@" not in address:
            continue
        now = _put_right(address)
        if len(address) > MOST_MAIL or not _is_one(now):
            found.bad.append(address)
        elif is_theirs:
            found.others.append(" ".join(part.split()))
        elif now not in found.good:
            found.good.append(now)
            written = meant.get(address, address)
            if written.lower() != now:
                found.put_right.append((written, now))
            elif likely := mail_typos.likely_meant(now):
                found.perhaps.append((now, likely))


def _is_one(address: str) -> bool:
    try:
        _is_mail(address)
    except ValidationError:
        return False
    return True


def _signs_put_right(text: str) -> Iterator[tuple[str, str]]:
    """What stands there, and what it has to be for an address to stand there: a comma for the dot, the sign twice."""
    for told in re.finditer(r"\S*@@+\S*", text):
        yield told[0], re.sub(r"@+", "@", told[0])
    for told in _LETTER_FOR_AT.finditer(text):
        yield told[0], f"{told[1]}@{told[2]}"
    for form in (_COMMA, _BLANK):
        for told in form.finditer(text):
            before = re.search(r"[^\s;,<(]*$", text[: told.start()])
            begin = before[0] if before else ""
            yield f"{begin}{told[0]}", f"{begin}{told[1]}.{told[2]}"


def _put_right(address: str) -> str:
    """An address whose domain cannot be one as it stands: of no page, without its end, or nearly that of a provider."""
    name, _at, domain = address.rpartition("@")
    domain = domain.removeprefix("www.") if domain.count(".") > 1 else domain
    if "." not in domain and name not in EVERYBODYS:
        known_ends = [whole for whole in mail_typos.COMMON if whole.rpartition(".")[0] == domain]
        domain = known_ends[0] if len(known_ends) == 1 else domain
    if domain not in keys.FREE_MAIL and (provider := mail_typos.provider_meant(domain)):
        domain = provider
    return f"{name}@{domain}"


EVERYBODYS = frozenset({"info", "kontakt", "mail", "post", "office", "buero", "praxis"})  # at a provider nobody's
