"""Addresses in the web out of cells where a word stands beside them, or a sign slipped."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from wegweiser.companies.importing.values import known

_is_url = URLValidator(schemes=["http", "https"])
MOST = 200  # characters of an address


@dataclass(frozen=True)
class Page:
    address: str
    beside: str = ""  # what stands behind it in its cell
    is_put_right: bool = False


_IN_FRONT = (
    r"(?i)(?:(?:siehe|s\.|homepage|hp|web|web-?(?:seite|site|adresse)|internet|internet-?(?:seite|adresse|auftritt)|url|link"
    r"|seite|auf|unter|über|ueber|die|der|unsere?r?|eigene|kontakt|kontakt-?formular|im|netz|online)(?:[:\s]+|$))*"
)
_NAMED = r"(?:siehe|über|ueber|homepage|hp|web|internet|url|link|kontakt-?formular)\w*\b.*\."
_SCHEME = re.compile(r"(?i)^(https?)(?:\s*[:;]\s*/{0,3}|/{2,3})\s*(?=[\w-]+[.,])")  # http//, http:/
_WWW = re.compile(r"(?i)^((?:https?://)?)(?:w{2,5}[.,]\s*|w{3}\s+)(?=[\w-]+[.,][\w-])")  # wwww. www, www␣
_COMMA = re.compile(r"(?i)^((?:https?://)?(?:www\.)?[\w-]+),(?=[a-z]{2,10}(?:$|[/\s]))")
_PAGE = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#][^\s,;<>]*)?", re.IGNORECASE)


def read(text: str) -> Page | None:
    """The one page of a cell; nothing where a word in front says that it is something else.

    >>> read("Homepage: www.Firma.de/ (im Aufbau)")
    Page(address='https://www.firma.de', beside='(im Aufbau)', is_put_right=False)
    >>> read("www,firma.de"), read("gemacht von www.firma.de")
    (Page(address='https://www.firma.de', beside='', is_put_right=True), None)
    """
    flat = known(text).strip("<>").replace("\\", "/")
    flat = re.sub(r"(?<=\w-)\s+(?=[\w-]+\.)", "", flat)  # a long one on two lines
    if "@" in flat:
        return None
    written = re.sub(_IN_FRONT, "", flat, count=1)
    plain = _SCHEME.sub(lambda told: f"{told[1].lower()}://", written)
    plain = _COMMA.sub(r"\1.", _WWW.sub(r"\1www.", plain))
    found = _PAGE.match(plain)
    if not found:
        return None
    address = _with_scheme(found[0].rstrip("/.,"))
    try:
        _is_url(address)
    except ValidationError:
        return None
    if len(address) > MOST:
        return None
    beside = plain[found.end() :].strip(" ,;/.")
    return Page(address, beside if re.search(r"\w", beside) else "", plain.casefold() != written.casefold())


_PLAINLY = re.compile(rf"(?i)(?:https?:|www\b|[\w.-]+\.(?:de|com|net|org|eu|info|biz|shop|online)\b(?![.-]))|{_NAMED}")


def is_plainly(text: str) -> bool:
    """Whether a cell where no page belongs holds one: `ute.abel` may be a mailbox without its end.

    >>> is_plainly("www.abel.example"), is_plainly("abel-guss.de"), is_plainly("Homepage abel.example")
    (True, True, True)
    >>> is_plainly("ute.abel")
    False
    """
    return bool(_PLAINLY.match(known(text))) and read(text) is not None


def website(text: str) -> str | None:
    """
    >>> website("www.Firma.de/"), website("siehe Flyer")
    ('https://www.firma.de', None)
    """
    found = read(text)
    return found.address if found else None


def _with_scheme(page: str) -> str:
    scheme, separator, rest = page.partition("://")
    whole = rest if separator else page
    host = re.split(r"[/?#]", whole, maxsplit=1)[0]
    return f"{scheme.lower() if separator else 'https'}://{host.lower()}{whole[len(host) :]}"
