"""Whether all that two names have in common is a family name that each spells in its own way. Pure.

Böhm and Böhme, Schmidt and Schmitt, Brand and Brandt are families of their own, and a slip as often: only what else
leads from one to the other says which.
"""

from collections.abc import Collection

from wegweiser.companies.linkage.pair import fitting, sharing
from wegweiser.companies.linkage.row import names_apart, people, sounds, trades, vocabulary
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile


def only_a_family_name(one: Profile, other: Profile, shared: Collection[str]) -> bool:
    """Whether no word of `shared` stands in both names, and each that stands in one is the family name of who is there
    or of whom the firm is called after."""
    mine, theirs = (_lasts(side) for side in (one, other))
    if not mine or not theirs or mine & theirs:
        return False
    told = [word for word in shared if not trades.is_trade(word) or word in mine | theirs]
    both = {*one.name.words} & {*other.name.words}
    return bool(told) and both.isdisjoint(told) and set(told) <= mine | theirs


def only_alike(one: Profile, other: Profile, shared: Collection[str]) -> bool:
    """Whether nothing but a trade, a first name or the place stands in both names, and what of `shared` is in one is
    another name in the other, "Bäckerei Hein" and "Bäckerei Heinrich"; or a word of one says another thing there. Not
    where each row says that the same person works there."""
    mine, theirs = (set(side.name.words) - set(beside.name.words) for side, beside in ((one, other), (other, one)))
    if any(names_apart.say_two_things(word, its) for word in mine for its in theirs):
        return True
    both = set(one.name.words) & set(other.name.words)
    if any(map(_tells, sharing.without_places(both, one, other))):
        return False
    if any(people.same(left, right) >= Same.LIKELY for left in one.persons for right in other.persons):
        return False
    told = {word for word in shared if word not in both and not trades.is_trade(word)}
    pairs = [
        (word, its)
        for word in mine
        for its in theirs
        if {word, its} & told and fitting.covers(word, its) >= LEAST_OF_A_COVER
    ]
    said = {word + its for side in (one, other) for word in side.name.words for its in side.name.words}  # Hof Abel
    return bool(pairs) and all(names_apart.are_two(word, its) and said.isdisjoint((word, its)) for word, its in pairs)


def _tells(word: str) -> bool:
    """Whether it is no trade: Saalehof, and no Gasthof."""
    return not trades.is_trade(word) or not (trades.fields(word) or trades.is_bare(word))


LEAST_OF_A_COVER = 2  # a slip or a part


def says_only_whose(one: Profile, other: Profile) -> bool:
    """Whether one is called by nothing but the family name of who is at the other, and where: "Abel, Burg" of the
    "Milchhof Burg GbR, Karl und Ute Abel". Somebody signed in so, and it is no firm of another form."""
    for side, beside in ((one, other), (other, one)):
        called = set(sharing.without_places(side.name.words, one, other))
        if not side.name.form and called and called <= beside.surnames and not side.trade:
            return True
    return False


def _lasts(one: Profile) -> frozenset[str]:
    told = {part for _, last in (*one.persons, *one.named) for part in last.split("-") if len(part) > 2}
    return frozenset(told.union(word for word in one.name.words if sounds.sound(word) in _HEARD))


_HEARD = frozenset(map(sounds.sound, vocabulary.SURNAMES))
