"""Numbers and mails that a remark tells beside those of the cells: "Tel. Büro 0391 5550100". Pure.

Whoever fills in a list has one cell for a number and notes the second one behind. It leads to the firm as the first one
does, unless the remark says whose else it is.
"""

import re

from wegweiser.companies import phones
from wegweiser.kernel.errors import DomainError

_MORE = (
    r"(?:(?:auch|neue?|noch|nur|unter|an|ist|dienstlich|privat|mobil|festnetz|zentrale|büro|buero|werkstatt|laden|firma)"
    r"\b[.:]*\s*)*"
)
_BEGINS = r"(?:^|[,;.(/–-]\s*|\b(?:auch|nur|bitte|neue[rs]?|weitere|zweite|oder|und|erreichbar|besser|lieber|sonst)\s+)"
_ENDS = r"(?=\s*(?:$|[,;.)(]|\boder\b|\bund\b))"
# The number of a member, a customer or a tax is told as one: "Mitglieds-Nr.", "Kd. Nr."
_NOT_OF_A_MEMBER = r"(?<!\w[-–/.])(?<!\w\.[-–/])(?<!\bkd\. )(?<!\bst\. )(?<!\bbetr\. )(?<!\bmitgl\. )"
_NUMBER = re.compile(
    rf"{_BEGINS}(?:(?:tel|telefon|handy|mobil|ruf)\.?-(?:nr|nummer)|tel|telefon|telefonnr|fon|mobil|handy|festnetz"
    rf"|büro|buero|zentrale|{_NOT_OF_A_MEMBER}(?:nummer|nr)|erreichbar)"
    rf"\b[.:]*\s*{_MORE}(?P<number>\+?[\d(][\d\s/()-]{{5,}}\d){_ENDS}"
)
_MAIL = re.compile(
    rf"{_BEGINS}(?:e-?mails?|mails?|mailadresse|erreichbar)\b[.:]*\s*{_MORE}(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)
_WHOSE = re.compile(
    r"\b(?:steuer\w*|\w*berater(?:in)?|kanzlei|agentur|\w*verwalter(?:in)?|\w*verwaltung|nachbar\w*|vermieter\w*|bruder\w*"
    r"|schwester\w*|vaters?|mutter|sohn\w*|tochter\w*|(?:ehe)?(?:frau|mann)(?:es)?|onkel|neffe|freund\w*|kolleg\w*"
    r"|filiale|verband|innung|kammer|alte|alter|altes|falsch\w*|ungueltig|ungültig|tot|nicht mehr|kein|keine|gekuendigt"
    r"|gekündigt|frueher\w*|früher\w*|eigen\w*|ander\w*|lieferant\w*|insolvenz\w*|nachfolge\w*|vorgaenger\w*"
    r"|vorgänger\w*)\b"
)


def numbers(remark: str) -> tuple[str, ...]:
    """Telephone numbers as E.164.

    >>> numbers("Tel. Büro 0391 5448619"), numbers("Steuerberater, Tel. 0391 5448619"), numbers("Nr. 0391 in Kartei")
    (('+493915448619',), (), ())
    """
    plain = _told(remark)
    found = []
    for told in _NUMBER.finditer(plain) if any(map(str.isdigit, plain)) else ():
        try:
            found.append(phones.e164(told["number"]))
        except DomainError:
            continue  # no telephone number
    return tuple(dict.fromkeys(found))


def mails(remark: str) -> tuple[str, ...]:
    """
    >>> mails("Mail auch Vorstand@abel.example"), mails("Kollege, Mail kain@abel.example"), mails("2 MA")
    (('vorstand@abel.example',), (), ())
    """
    plain = _told(remark)
    return tuple(dict.fromkeys(told["mail"].rstrip(".") for told in _MAIL.finditer(plain))) if "@" in plain else ()


def is_of_somebody_else(words: str) -> bool:
    """Whether words beside a number or a mail in its cell say whose else it is, or that one should not use it.

    >>> is_of_somebody_else("Vermieter"), is_of_somebody_else("bitte nicht"), is_of_somebody_else("Büro Frau Abel")
    (True, True, False)
    """
    return _SOMEBODY_ELSE.search(_GREETED.sub(" ", words.casefold())) is not None


_GREETED = re.compile(r"\bfrau\s+(?=[^\W\d_]{2})")  # Frau Abel is somebody of the firm, "Frau" is his wife
# Narrower than in a remark: the office that a cell names is the firm's own.
_SOMEBODY_ELSE = re.compile(
    r"\b(?:steuerber\w*|steuerbüro|hausverwalt\w*|nachbar\w*|vermieter\w*|(?:ver)?pächter\w*|bruder\w*|schwester\w*|vaters?"
    r"|mutter|eltern|sohn\w*|tochter\w*|(?:ehe)?(?:frau|mann)(?:es)?|onkel|neffe|freund\w*|kolleg\w*|filiale\w*|lieferant\w*"
    r"|insolvenz\w*|nachfolge\w*|vorgänger\w*|früher\w*|ehem\w*|alte[rs]?|falsch\w*|tot|veraltet|ungültig|abgeschaltet"
    r"|gekündigt|stimmt nicht|geht nicht|kein anschluss|nicht(?! (?:vor|nach|ab|am|mo|di|mi|do|fr|sa|so)\b))\b"
)


def _told(remark: str) -> str:
    """A folded remark; nothing where it tells of somebody else, or that this is no more."""
    plain = remark.casefold()
    return "" if not plain or _WHOSE.search(plain) else plain
