"""Whether a firm says that it is outside the centre's region. Nobody is refused: it is told where other centres are.

Only where the text leaves no doubt that its writer is there. Most texts that name a far town speak of a customer, a
fair or a date.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wegweiser.companies.importing import trades
from wegweiser.consortium.gazetteer import Gazetteer, Place
from wegweiser.kernel.translated import Translated

READ = 1_500  # signs: whoever tells a long story says first who they are
LONGEST_NAME = 4  # words: "Frankfurt an der Oder"
NEAR = 160  # signs before a place that say whose it is
_PLACE = re.compile(r"\b(in|aus|nahe|near|from|im (raum|landkreis)|in der nähe von) (?=\w)", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_][\w.-]*")
_CODE = re.compile(
    r"(?P<said>\b(plz|postleitzahl|d ?-) ?:? ?)?(?<!\d)(?P<code>\d{5})(?!\d) ?(?=(?P<rest>.{0,60}))", re.IGNORECASE
)
# Between who speaks and the place stands only what they are, not whom they deliver to, work for or go to.
_SELF = re.compile(
    r"\b(wir sind|ich bin|wir sitzen|ich sitze|wir kommen|ich komme|hier ist|mit sitz|ansässig|we are|i am|we're|i'm|"
    r"we come|i come|based|(unser|mein|our|my)\w* (betrieb|firma|unternehmen|werkstatt|sitz|standort|company|firm|"
    r"business|workshop|site) (ist|liegt|sitzt|steht|is|lies))\b(?P<between>[^.;:!?]{0,60})$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(^|[.!?]\s|\b(unser|mein|our|my)\w*\s|\b(als|as)\s)\s*(?P<between>[^.;:!?]{1,60})$", re.IGNORECASE
)
_FIRM = re.compile(
    r"\b(\w*betrieb|\w*firma|\w*unternehmen|\w*werkstatt|\w*bau|\w*handel|gmbh|kanzlei|praxis|hotel|restaurant|spedition|"
    r"company|firm|business|workshop)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(\w*kund\w*|\w*lieferant\w*|auftraggeber\w*|\w*konzern\w*|\w*messe\w*|baustellen?|filialen?|\w*termine?|"
    r"veranstaltung\w*|kurse?|seminare?|customers?|suppliers?|fairs?|f(ü|ue)r|bei|beim|an|von|vom|zu|zum|zur|nach|auf|for|"
    r"at|to|of|hat|haben|will|wollen|gibt|suchen?|has|have|is|wants?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Elsewhere:
    """Where a firm writes from, and where it finds the centres there: pairs of name and address."""

    place: str
    centres: list[tuple[str, str]]


_EVERYWHERE = re.compile(
    r"\b(deutschland\w*|bund|bundes(weit\w*|gebiet\w*|republik)|eu|eu-weit|europ\w*|germany|nationwide)\b",
    re.IGNORECASE,
)


def told(
    text: str, gazetteer: Gazetteer, centres: Sequence[Mapping[str, Any]], *, lands: Collection[str] = ()
) -> Elsewhere | None:
    """None where no place outside is named for sure. `centres` are rows of `texts.elsewhere`: `name` and `url`; `lands`
    the other Länder."""
    place = named(text, gazetteer, lands=lands)
    return Elsewhere(place, [(str(Translated(row["name"])), str(row["url"])) for row in centres]) if place else None


def named(text: str, gazetteer: Gazetteer, *, lands: Collection[str] = ()) -> str:
    """The place outside where the writer of a text says to be, as they write it; empty where that is not clear, or
    where a place of ours is named as well: a firm may have a site here.

    >>> named("Wir sind eine Tischlerei aus Hamburg", Gazetteer(())), named("Unser Kunde in Hamburg", Gazetteer(()))
    ('Hamburg', '')
    """
    text, known = " ".join(text[:READ].split()), _Names(gazetteer, frozenset(land.casefold() for land in lands))
    found = [*_places(text, known), *_codes(text, known)]
    if any(not outside for _name, outside, _clear in found):
        return ""
    return next((name for name, _outside, clear in found if clear), "")


def holds(area: str, there: Elsewhere, gazetteer: Gazetteer, *, ours: str = "", lands: Collection[str] = ()) -> bool:
    """Whether what holds in an `area`, as an editor wrote it ("Bayern", "ganz Deutschland"), surely holds where
    a firm writes from: it names no places or Länder, or theirs is among them. `ours` is the centre's region.

    >>> there = Elsewhere("Hamburg", [])
    >>> [holds(area, there, Gazetteer(()), lands=["Hamburg", "Bayern"]) for area in ("Bayern", "Hamburg", "bundesweit")]
    [False, True, True]
    """
    known = _Names(gazetteer, frozenset(land.casefold() for land in lands), frozenset({ours.casefold()} - {""}))
    named = {known.first_of(area[hit.start() :])[0].casefold() for hit in _TOKEN.finditer(area)} - {""}
    place = gazetteer.look_up(there.place).place
    return not named or bool(_EVERYWHERE.search(area) or named & {there.place.casefold(), *_of(place)})


def _of(place: Place | None) -> set[str]:
    """The names of a place outside and of its Land."""
    return {place.name.casefold(), place.area.casefold()} if place and not place.district else set()


@dataclass(frozen=True)
class _Names:
    """The names that are known: places, and in small letters the other Länder and what ours is called beside."""

    gazetteer: Gazetteer
    lands: frozenset[str]
    ours: frozenset[str] = frozenset()

    def first_of(self, text: str) -> tuple[str, bool]:
        """The place or Land whose name a text begins with, and whether it lies outside; the longest name there is."""
        words = text.split(" ", LONGEST_NAME)[:LONGEST_NAME]
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count]).strip(" ,.;:!?()\"'")
            if not _TOKEN.match(name):
                return "", False
            if self.gazetteer.is_ours(name) or name.casefold() in self.ours:
                return name, False
            if self.gazetteer.is_outside(name) or name.casefold() in self.lands:
                return name, True
        return "", False


def _places(text: str, known: _Names) -> Iterator[tuple[str, bool, bool]]:
    """Each place after a preposition: as it is written, whether it lies outside, whether the writer is there."""
    for hit in _PLACE.finditer(text):
        name, outside = known.first_of(text[hit.end() :])
        if name:
            yield name, outside, _is_self(text[max(0, hit.start() - NEAR) : hit.start()].rstrip())


def _codes(text: str, known: _Names) -> Iterator[tuple[str, bool, bool]]:
    """The same of postal codes: what stands before a place's name, or is said to be one."""
    for hit in _CODE.finditer(text):
        place = known.gazetteer.place_of_code(hit["code"])
        name, outside = known.first_of(hit["rest"])
        if place and place.district:
            yield place.name, False, True
        elif name:
            yield name, outside, True
        elif hit["said"] and known.gazetteer:
            yield (place.name if place else hit["code"]), True, True


def _is_self(before: str) -> bool:
    """Whether what stands before a place says that the writer is there."""
    if (speaks := _SELF.search(before)) and not _OTHERS.search(speaks["between"]):
        return True
    opening = _OPENING.search(before)
    if not opening or _OTHERS.search(opening["between"]):
        return False
    return bool(_FIRM.search(opening["between"]) or trades.named(opening["between"]))
