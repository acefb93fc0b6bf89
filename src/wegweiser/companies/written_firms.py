"""What somebody writes of their own firm, in a line or a few sentences: name, address, how many work there. Pure."""

import re
from dataclasses import dataclass

from wegweiser.companies.importing import name_cells
from wegweiser.companies.importing.headcount import headcount
from wegweiser.companies.importing.headers import UMLAUTS

MOST_READ = 4_000  # letters of a text
_PEOPLE = (
    r"(?:leuten?|mitarbeiter(?:n|innen|:innen|\*innen)?|mitarbeitende[nr]?|beschaeftigte[nr]?|angestellte[nr]?"
    r"|personen|kolleg(?:en|innen)|koepfen?|mann|ma)"
)
_ABOUT = (
    r"(?:wir|nur|rund|etwa|knapp|gut|derzeit|aktuell|zurzeit|insgesamt|ungefaehr|zirka|circa|ca\.?|mit|aus|unseren?)"
)
_NUMBER = r"(?P<number>\d{1,4}|[a-z]{3,25})"
# Not any number of people is that of a firm: it has them, is them, or is a firm "mit" them.
_TOLD = (
    re.compile(
        rf"\b(?:mit|sind|haben|habe|beschaeftigen|beschaeftige|zaehlen)\s+(?:{_ABOUT}\s+)*{_NUMBER}\s+{_PEOPLE}\b"
    ),
    re.compile(rf"\b{_NUMBER}[ -]?mann[ -]?(?:betrieb|firma|unternehmen|laden|bude)\b"),
    re.compile(rf"\b(?:betrieb|firma|unternehmen)\s+(?:{_ABOUT}\s+)*{_NUMBER}\s+{_PEOPLE}\b"),
    re.compile(rf"(?:^|[,;(])\s*{_NUMBER}\s+{_PEOPLE}\s*(?:$|[,;).])"),
)


@dataclass(frozen=True)
class Written:
    """The name of a firm, and what was written behind it; everything may be empty."""

    name: str
    street: str = ""
    postcode: str = ""
    place: str = ""

    @property
    def there(self) -> dict[str, str]:
        """Where it is, by the fields of a company."""
        return {"street": self.street, "postcode": self.postcode, "place": self.place}


def read(text: str) -> Written:
    """A firm as it is written into one field, with the address behind its name.

    >>> read("Tischlerei Span & Sohn, 12345 Musterstadt")
    Written(name='Tischlerei Span & Sohn', street='', postcode='12345', place='Musterstadt')
    >>> read("Studio 54").name
    'Studio 54'
    """
    raw = {"name": " ".join(text.split())}
    name_cells.put_where_it_belongs(raw, {})
    return Written(raw["name"], raw.get("street", ""), raw.get("postcode", ""), raw.get("place", ""))


def people(text: str) -> int | None:
    """How many work at the firm of whoever writes; None where it is not said, or two numbers are.

    >>> people("Wir sind eine tischlerei mit 6 leuten"), people("Wir sind zwölf Leute."), people("Zwei Mann waren hier")
    (6, 12, None)
    """
    flat = text[:MOST_READ].casefold().translate(UMLAUTS)
    found = set()
    for form in _TOLD:
        for told in form.finditer(flat):
            count = headcount(told["number"])
            if count is not None and count.least == count.most and count.least:
                found.add(count.least)
    return found.pop() if len(found) == 1 else None
