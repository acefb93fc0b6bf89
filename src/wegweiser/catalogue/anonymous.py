"""Taking out of a text what leads to a person: addresses, numbers, salutations, firms, and names that are known.

It finds what has a form. A name it is not told of has none, so somebody reads each text before it is kept.
"""

import re
from collections.abc import Collection, Iterable

from wegweiser.kernel.errors import DomainError

SHORTEST, LONGEST = 12, 1_000  # characters of a text that is kept
GAP = "…"
_GAPS = re.compile(rf"{GAP}(?: ?{GAP})+")
LEAST_NAME = 3  # letters; shorter words of a name stand in too many others

_NAME = r"[A-ZÄÖÜ][\w'-]*"
_FIRM = r"(?:GmbH|mbH|AG|KG|OHG|GbR|UG|e\. ?K\.)(?:\s+&\s+Co\.?(?:\s+KG)?)?"
_STREET = r"(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|[Ww]eg|[Pp]latz|[Aa]llee|[Gg]asse|[Rr]ing|[Uu]fer|[Dd]amm)"
_FORMS = re.compile(
    "|".join(
        (
            r"[^\s@<>(),;:]{1,64}@[^\s@<>(),;:]{1,190}\.\w{2,}",  # mail
            r"(?:https?://|www\.)\S+|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:de|com|org|net|eu|info|biz)\b(?:/\S*)?",
            r"(?:\+|\b0)(?:[\s/().–-]{0,2}\d){5,}",  # telephone
            r"\b[A-Z]{2}\d{2}(?: ?\w{4}){3,7}(?: ?\w{1,3})?\b",  # account
            r"\b\d(?:[ /.-]?\d){6,}\b",  # numbers of customers, taxes and contracts
            rf"\b[A-ZÄÖÜ][\w-]*\s?{_STREET}\s*\d+\s?[a-z]?\b",
            rf"(?:(?<=[,(\s]in\s)|(?<=aus\s)|(?<=[,(]\s)|(?<=[,(])|\bD-)\d{{5}}\s+{_NAME}",  # postcode and place
            rf"\b(?:Herrn?|Frau|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?)\s+(?:Dr\.\s+|Prof\.\s+|von\s+|van\s+|de\s+){{0,3}}{_NAME}",
            rf"(?:\b{_NAME}\s+(?:(?:&|und)\s+)?){{1,4}}{_FIRM}",
        )
    )
)


def without(text: str, *, names: Iterable[str] = ()) -> str:
    """`text` with a gap wherever something leads to a person.

    >>> without("Anruf bitte an 0391 5550199, Jana Ölmann", names=["Jana Ölmann"])
    'Anruf bitte an …, …'
    """
    patterns, found, before = (_FORMS, *_known(names)), text, ""
    while found != before:  # what goes may bring together what leads to a person only then
        before = found
        for pattern in patterns:
            found = pattern.sub(GAP, found)
        found = _GAPS.sub(GAP, found)
    return found


def leads_to_a_person(text: str, *, names: Iterable[str] = ()) -> bool:
    return any(pattern.search(text) for pattern in (_FORMS, *_known(names)))


def kept(text: str, *, names: Collection[str] = ()) -> str:
    """A text as an example keeps it. Raises DomainError: example_short, text_too_long, example_personal."""
    text = " ".join(text.replace("\0", "").split())
    if len(text) < SHORTEST:
        raise DomainError("example_short", field="text")
    if len(text) > LONGEST:
        raise DomainError("text_too_long", field="text")
    if leads_to_a_person(text, names=names):
        raise DomainError("example_personal", "The text leads to a person.", field="text")
    return text


def _known(names: Iterable[str]) -> list[re.Pattern[str]]:
    """Whole names in whatever case; one word only as it is written, since "Lang" is a name and "lang" is none."""
    known = sorted({name.strip() for name in names if len(name.strip()) >= LEAST_NAME}, key=len, reverse=True)
    return [
        re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE if " " in name else re.NOFLAG) for name in known
    ]
