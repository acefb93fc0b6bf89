"""Which trades a sentence names, as keys of the usual sectors: "Tischlerei", "Friseur", "Handwerksbetrieb".

Only a word that says who somebody is or what their workshop is counts: "Software" or "hochladen" names no trade.
"""

import re

from wegweiser.companies.importing import sectors
from wegweiser.companies.importing.headers import UMLAUTS

LEAST = 5  # letters of a stem: "bau" or "mess" begin too many other words
CRAFT = "crafts"
_CRAFTSMEN = frozenset({"food", "construction", "wood_furniture", "metalworking"})  # there a trade is a craft, too
_NO_TRADE = frozenset({"zimmer", "lager", "papier", "drucker", "transporter"})
_IS_TRADE = re.compile(r".*(er|erei|ei|erin|ern|erinnen|ateur|ateure|eur|eure|betriebe?s?|meister\w*|werkstatt)")


def named(text: str) -> frozenset[str]:
    """
    >>> sorted(named("Wir sind eine Tischlerei mit 6 Leuten")), sorted(named("Förderung für unser Handwerk"))
    (['crafts', 'wood_furniture'], ['crafts'])
    >>> named("Gibt es Geld für Software im Lager?")
    frozenset()
    """
    found: set[str] = set()
    for word in re.findall(r"[a-z]+", text.casefold().translate(UMLAUTS)):
        if word.startswith("handwerk"):
            found.add(CRAFT)
        elif word not in _NO_TRADE and _IS_TRADE.fullmatch(word):
            found |= _of(word)
    return frozenset(found | {CRAFT} if found & _CRAFTSMEN else found)


def _of(word: str) -> set[str]:
    return {
        key
        for key, words in sectors.usual().items()
        if any(len(stem) >= LEAST and word.startswith(stem) for stem in words.stems)
    }
