"""Two places that look like one: villages of one postal code, and towns of one name or nearly one. Pure."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA, Levenshtein

from wegweiser.companies.linkage.pair import fitting, streets
from wegweiser.companies.linkage.row import names, people, trades, vocabulary
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.companies.linkage.row.whereabouts import LEAST_OF_A_TOWN
from wegweiser.companies.linkage.row.written_addresses import folded_place, part_of_town
from wegweiser.consortium import known_towns
from wegweiser.consortium.outlines import kilometres

LEAST_OF_A_SLIP = 5  # letters of a name that may have one
# Many villages begin with these: Groß Rosenburg and Groß Santersleben have nothing to do with each other.
_IN_FRONT = frozenset(
    {"alt", "alten", "bad", "gr", "gross", "grosse", "hohen", "kl", "klein", "kleine", "neu", "nieder", "ober", "sankt"}
    | {"st", "unter"}
)
_WIDESPREAD = vocabulary.SURNAMES | vocabulary.FIRST_NAMES | vocabulary.EVERYDAY
# As many villages call a street, folded: who is there at one number is told by it no more than by "Dorf".
_STREETS_OF_A_VILLAGE = frozenset(
    {"amanger", "amberg", "ammarkt", "ampark", "amsportplatz", "amteich", "anger", "bahnhof", "berg", "breite"}
    | {"brunnen", "burg", "dorf", "ernstthaelmann", "feld", "friedens", "friedhof", "garten", "haupt", "kirch", "kurze"}
    | {"lange", "linden", "markt", "muehlen", "neue", "park", "post", "ring", "sand", "schul", "siedlung", "sport"}
    | {"teich", "thaelmann", "wald", "wiesen"}
)
NEXT_KM = 20
DIGITS_OF_A_TOWN = 3  # of a postal code, alike in all parts of a town that is not large
_LARGE_TOWNS = frozenset(map(folded_place, known_towns.NAMES.split()))
# What tells towns of one name apart: rivers and regions as they stand behind it.
_RIVERS = frozenset(
    {"aller", "altmark", "boerde", "donau", "dosse", "eifel", "elbe", "elster", "erzgebirge", "fulda", "harz", "havel"}
    | {"holstein", "ilm", "inn", "lausitz", "main", "milde", "mulde", "neckar", "oder", "odenwald", "orla", "ostsee"}
    | {"rhein", "ruhr", "saale", "schwarzwald", "sieg", "spree", "taunus", "unstrut", "vogtland", "werra", "weser"}
    | {"westf", "westfalen", "weinstrasse"}
)


def are_two_villages(one: Profile, other: Profile) -> bool:
    """Whether each row says where it is, and nothing says that the two are one place: in the country a postal code has
    many villages. A firm may name the municipality, or the village: a house, a number, a mail, or somebody named in
    full tells that it is one."""
    if not one.place or not other.place or _may_be_one(one, other):
        return False
    return not _is_led_on(one, other)


def stay_two_villages(one: Profile, other: Profile, rows: Iterable[Profile]) -> bool:
    """Whether two rows are in two villages, and no third of their firm says where it is and is in neither another one
    than the one nor than the other: "Roßlau OT Rodleben" beside Roßlau and Rodleben."""
    return are_two_villages(one, other) and not any(
        row.place and row not in (one, other) and not any(are_two_villages(row, side) for side in (one, other))
        for row in rows
    )


def are_two_towns(one: Profile, other: Profile) -> bool:
    """Whether two places are two towns, even if they have one name: Seehausen 39615 and 39365, Calbe (Saale) and Kalbe
    (Milde). A town has codes that begin alike, a code may have a slip of its own, and a house, a number, a mail, or
    somebody named in full tells that it is one."""
    return bool(one.place and other.place) and not have_near_codes(one, other) and not _is_led_on(one, other)


def have_near_codes(one: Profile, other: Profile) -> bool:
    """Whether nothing says that two places of one name, or nearly one, are far from each other."""
    rivers = [_RIVERS & {word for place in _all_places(side) for word in place.split()} for side in (one, other)]
    if rivers[0] and rivers[1] and rivers[0].isdisjoint(rivers[1]):
        return False
    left, right = one.known.postcode, other.known.postcode
    mine, theirs = set(one.known.points), set(other.known.points)
    if one.place and other.place and one.known.is_whole and other.known.is_whole:
        if mine == theirs and len(mine) == 1 and left[:2] == right[:2]:
            return True  # there is one place of that name, and people take the next code
        apart = [kilometres(here, there) for here in mine for there in theirs]
        if mine.isdisjoint(theirs) and apart and min(apart) > NEXT_KM:
            return False  # Calbe is no slip for Kalbe
    if not left or not right or OSA.distance(left, right) <= 1:
        return True
    is_large = any(side.place.partition(" ")[0] in _LARGE_TOWNS for side in (one, other))
    digits = 1 if is_large else DIGITS_OF_A_TOWN
    return left[:digits] == right[:digits]


def _is_led_on(one: Profile, other: Profile) -> bool:
    """Whether a number, a mail, a page, somebody named in full, or a house leads from one to the other: a house in a
    street as every village has one only where somebody of one family is in it."""
    somebody = max(
        (people.same(mine, its) for mine in (*one.persons, *one.named) for its in (*other.persons, *other.named)),
        default=Same.NOBODY,
    )
    is_told = somebody >= Same.FAMILY or not {one.street, other.street} <= _STREETS_OF_A_VILLAGE
    return (
        (_is_one_house(one, other) and is_told)
        or somebody == Same.PERSON
        or bool(one.phones & other.phones or one.emails & other.emails or one.domains & other.domains)
    )


def _is_one_house(one: Profile, other: Profile) -> bool:
    return streets.have_one_number(one, other) and streets.is_one_street(one.street, other.street)


def _may_be_one(one: Profile, other: Profile) -> bool:
    if one.part and other.part and one.place == other.place:
        return is_one_name(one.part, other.part)
    mine, theirs = ({*_all_places(side)} for side in (one, other))
    return any(is_one_name(left, right) for left in mine for right in theirs)


def _all_places(one: Profile) -> tuple[str, ...]:
    return (*_places_of(one.known.place), *filter(None, [one.part]))


@lru_cache(maxsize=50_000)
def _places_of(cell: str) -> tuple[str, ...]:
    """The town and its part, also where only a stroke or a bracket parts them, each folded.

    >>> _places_of("Wernigerode/Silstedt"), _places_of("Möser OT Lostau")
    (('wernigerode', 'silstedt'), ('moeser', 'lostau'))
    """
    told = (folded_place(part) for part in re.split(r"(?i)[/(),]| - | an der | am ", cell))
    return tuple(dict.fromkeys(name for name in (folded_place(cell), *told, part_of_town(cell)) if len(name) > 1))


def places_that_part(one: Profile, other: Profile) -> frozenset[str]:
    """Words of the two names that are places of the rows, where each name has one that the other has not: a fire
    brigade, a club or a school is told from that of the next village by nothing else, whoever answers for both.

    None of them where one row says that its house is in both, as that of a municipality is in one of its villages.
    """
    mine, theirs = {*one.name.words}, {*other.name.words}
    if mine <= theirs or theirs <= mine:
        return frozenset()
    here, there = (
        {word for place in _all_places(side) for word in place.split() if len(word) >= LEAST_OF_A_TOWN}
        for side in (one, other)
    )
    towns = (here | there) - _IN_FRONT - one.surnames - other.surnames
    left, right = ({word for word in told if _is_of_a_town(word, towns)} for told in (mine - theirs, theirs - mine))
    left = {word for word in left if not any(fitting.covers(word, its) > 1 for its in theirs)}
    right = {word for word in right if not any(fitting.covers(word, its) > 1 for its in mine)}
    if not left or not right or (_is_one_house(one, other) and (left | right <= here or left | right <= there)):
        return frozenset()
    return frozenset(left | right)


def place_for_another_word(one: Profile, other: Profile) -> frozenset[str]:
    """The place in one of two names that the other has another word for, which may be a place as well: "Feuerwehr
    Lostau" of the municipality Möser, and "Feuerwehr Hohenwarthe". Not where that word says a trade or who somebody is.
    """
    if len(one.name.words) != len(other.name.words):
        return frozenset()
    differ = [pair for pair in zip(one.name.words, other.name.words, strict=True) if pair[0] != pair[1]]
    if len(differ) != 1 or fitting.covers(*differ[0]) > 1:
        return frozenset()
    towns = {word for side in (one, other) for place in _all_places(side) for word in place.split()}
    people_of = {part for side in (one, other) for person in (*side.persons, *side.named) for part in person}
    for word, its in (differ[0], differ[0][::-1]):
        if word not in towns or len(its) < LEAST_OF_A_TOWN or its in towns | people_of or its in _WIDESPREAD:
            continue
        if not trades.is_trade(its):
            return frozenset({word})
    return frozenset()


# What each village has, and several share an office, a priest or a head.
_OF_A_VILLAGE = re.compile(
    r"((kirch(en)?|pfarr|jagd)gemeinde|kirchspiel|pfarramt|feuerwehr|heimatverein|jagdgenossenschaft|kita|kindergarten"
    r"|grundschule|hort)$"
)
_SAINTS = frozenset({"st", "sankt"})


def are_of_two_villages(one: Profile, other: Profile) -> bool:
    """Whether both are what each village has, one is named by the place of a row, and the other by another word: the
    office of two parishes is in one of them. A saint is no village, and two saints are two parishes."""
    if not all(any(map(_OF_A_VILLAGE.search, side.name.words)) for side in (one, other)):
        return False
    saints = [_saints(side) for side in (one, other)]
    if all(saints) and saints[0].isdisjoint(saints[1]):
        return True
    towns = {word for side in (one, other) for place in _all_places(side) for word in place.split()} - _IN_FRONT
    for side, beside in ((one, other), (other, one)):
        mine, theirs = _own_words(side, beside), _own_words(beside, side)
        if any(word in towns for word in mine) and theirs and _SAINTS.isdisjoint(beside.name.words):
            return True
    return False


def _saints(one: Profile) -> frozenset[str]:
    return frozenset(its for word, its in pairwise(one.name.words) if word in _SAINTS)


def _own_words(one: Profile, other: Profile) -> list[str]:
    """Words of a name that the other has not, and that say neither what it is nor who is there."""
    people_of = {part for person in (*one.persons, *one.named) for part in person}
    return [
        word
        for word in one.name.words
        if len(word) >= LEAST_OF_A_TOWN
        and word not in people_of
        and word not in vocabulary.EVERYDAY
        and not trades.is_trade(word)
        and not _OF_A_VILLAGE.search(word)
        and not any(fitting.covers(word, its) > 1 for its in other.name.words)
    ]


def _is_of_a_town(word: str, towns: Collection[str]) -> bool:
    """`lostau`, `lostauer`, `hohenwarther`, `bremer`."""
    return word in towns or any(word in {f"{town}er", f"{town}r", f"{town.removesuffix('en')}er"} for town in towns)


def is_one_name(one: str, other: str) -> bool:
    """Whether two folded names may be of one place: a word in common, a slip, or an abbreviation.

    >>> is_one_name("hohenwarthe", "hohenwarte"), is_one_name("wernig", "wernigerode"), is_one_name("lostau", "moeser")
    (True, True, False)
    """
    fronts = [front for name in (one, other) if (front := name.split()[0]) in _IN_FRONT]
    if len(fronts) == 2 and fronts[0][0] != fronts[1][0]:
        return False  # Groß Rosenburg, Klein Rosenburg
    left, right = ([word for word in name.split() if word not in _IN_FRONT] or [name] for name in (one, other))
    for mine in left:
        for its in right:
            short, long = sorted((mine, its), key=len)
            if short == long or (len(short) >= LEAST_OF_A_SLIP and Levenshtein.distance(short, long) <= 1):
                return True
            if short[:LEAST_OF_A_TOWN] == long[:LEAST_OF_A_TOWN] and names.is_subsequence(short, long):
                return True  # Wernig.
    return False
