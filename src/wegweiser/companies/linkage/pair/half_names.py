"""Whether the words that only one of two names has may be those of another firm. Pure.

A list writes down half a name as often as all of it: "Nähmaschinen Abel" is "Abel Nähmaschinen & Service". Some words
tell of another firm so often that somebody has to look where nothing but a place leads from one name to the other.
"""

from collections.abc import Iterable

from wegweiser.companies.linkage.pair import fitting, sharing
from wegweiser.companies.linkage.pair.fitting import Fit, Fitted
from wegweiser.companies.linkage.row import trades, vocabulary
from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.profiles import Profile

# Houses that have a name of their own, or that of who runs them, and other people.
_HOUSES = frozenset({"hort", "kita", "krippe", "kindergarten", "tagesstaette", "tagespflege", "internat", "mensa"})
_PARTS = vocabulary.DIRECTIONS | {"mitte"}
_OF_A_REGISTER = LASTING | {"club"}


def may_be_another(found: Fitted, one: Profile, other: Profile) -> bool:
    """Whether a word more is a part of the country or town (Abel Nord), a house of its own (Hort), anything that the
    other does not say where both names stand in a register, or what companies found a second one for (Abel Service
    GmbH; an Elektro-Service is a trade) where no cell says what is done at either."""
    if found.fit != Fit.PART:
        return False
    more = [word for word in sharing.without_places(found.alone, one, other) if not _is_told_anyway(word, one, other)]
    if not _PARTS.isdisjoint(more) or not _HOUSES.isdisjoint(more):
        return True
    if {one.name.form, other.name.form} <= _OF_A_REGISTER:
        return bool(more)
    return not (one.trade or other.trade) and any(
        trades.is_spin_off(word) and side.name.form in LASTING and f"-{word}" not in side.known.name.casefold()
        for side in (one, other)
        for word in more
        if word in side.name.words
    )


def _is_told_anyway(word: str, one: Profile, other: Profile) -> bool:
    """Whether the cell of a trade says the word, or it is the letters of those that follow it: "KTE Kunststofftechnik
    Elbaue"."""
    if any(fitting.covers(word, its) for side in (one, other) for its in side.trade_words):
        return True
    return any(_spells(word, side.name.words) for side in (one, other))


def _spells(word: str, words: Iterable[str]) -> bool:
    rest = [its for its in words if its != word]
    return any(fitting.spelt_by(word, tuple(rest[start:])) > 1 for start in range(len(rest)))
