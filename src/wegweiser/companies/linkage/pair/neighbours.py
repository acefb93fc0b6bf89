"""Two rows of which one names an area and the other a place in it: a district, a municipality, a dialling code. Pure.

People say where they are as they are asked: "Landkreis Harz", "Sülzetal", "Osterweddingen". No list says which village
is of which municipality, so what lies near may be it, where one of the two is no town with a postal code of its own.
"""

import re

from wegweiser.companies.linkage.pair import phone_lines, streets
from wegweiser.companies.linkage.row import people, trades, vocabulary
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Known, Profile
from wegweiser.consortium.outlines import kilometres

MUNICIPALITY_KM = 10  # from its middle to a village of it
REGION_KM = 12  # from a place to the next one whose code begins alike
TOWN_KM, FAR_KM = 5, 40  # from the town of a dialling code: in it, and where no village has it any more
LEAST_OF_A_NAME = 5  # letters
# What is called as many others of its kind are, by a saint, an animal or the sun.
_OFTEN_CALLED_SO = re.compile(
    r"apotheke|gasth|gasts|wirtshaus|krug|hotel|pension|cafe|restaurant|pizzeria|imbiss|bistro|kita|kinder|hort|schule"
    r"|verein|feuerwehr|gemeinde|kirch|pflege|senioren|tages|reiterhof|ferien|friseur|salon|studio|kosmetik|markt|optik"
    r"|fitness|physio|praxis|reise|fahr|taxi|blumen|agrar|garten"
)


def are_in_two_areas(one: Profile, other: Profile) -> bool:
    """Whether one names a district, and the other is in another one."""
    areas = [set(side.known.districts) for side in (one, other)]
    return (_is_an_area(one.known) or _is_an_area(other.known)) and all(areas) and areas[0].isdisjoint(areas[1])


def may_be_one_place(one: Profile, other: Profile) -> bool:
    """Whether one names a district in which the other is, or a place beside the other's that is no town of its own."""
    if not _own_words(one, other) or _have_two_houses(one, other):
        return False
    if _is_an_area(one.known) or _is_an_area(other.known):
        return bool(set(one.known.districts) & set(other.known.districts))
    mine, theirs = one.known.points, other.known.points
    if not mine or not theirs:
        return False
    least = min(kilometres(here, there) for here in mine for there in theirs)
    if one.place and other.place:
        are_known = one.known.is_whole and other.known.is_whole
        return are_known and least <= MUNICIPALITY_KM and (one.known.is_village or other.known.is_village)
    return is_of_the_region(one, other)


def is_called_by_its_own_town(one: Profile, other: Profile) -> bool:
    """Whether one has its town in its name, "Fitnesswelt Genthin", and the other is in another that is far: a chain has
    one number for all of them."""
    for side, beside in ((one, other), (other, one)):
        town = side.place.partition(" ")[0]
        is_named = len(town) >= LEAST_OF_A_NAME and town in side.name.words and town not in beside.name.words
        if is_named and town not in side.surnames | beside.surnames and _are_far(side.known, beside.known):
            return True
    return False


def _are_far(one: Known, other: Known) -> bool:
    if not (one.is_whole and other.is_whole):
        return False
    return min(kilometres(here, there) for here in one.points for there in other.points) > MUNICIPALITY_KM


def is_of_the_region(one: Profile, other: Profile) -> bool:
    """Whether a postal code alone is told, and the other's place is beside one whose code begins alike: of a code with
    many villages only the largest is known, and that may be far from the others."""
    return any(
        kilometres(here, there) <= REGION_KM
        for side, beside in ((one, other), (other, one))
        if not beside.known.postcode
        for here in side.known.region
        for there in beside.known.points
    )


def is_dialled_there(one: Profile, other: Profile) -> bool | None:
    """Whether the place of one is where the other's line in the ground is dialled: the town, for a name that hardly
    another has there. The villages around have its code as well; what is far is somewhere else, unless the same number,
    mail or page leads to it."""
    if one.phones & other.phones or one.emails & other.emails or one.domains & other.domains:
        return None
    if not one.known.points or not other.known.points:
        return None
    least = min(kilometres(here, there) for here in one.known.points for there in other.known.points)
    if least > FAR_KM:
        return False
    return True if least <= TOWN_KM and are_called_as_nobody_else(one, other) else None


def are_called_as_nobody_else(one: Profile, other: Profile) -> bool:
    """Whether both have a name that hardly another has in an area: the trade, and a rare word that is no place.

    Not of what is called so everywhere, "Löwen-Apotheke", nor where other people or lines in the ground are told.
    """
    if any(_OFTEN_CALLED_SO.search(side.name.joined) for side in (one, other)) or phone_lines.other_line(one, other):
        return False
    if one.name.is_branch or other.name.is_branch or one.aside.words or other.aside.words:
        return False
    if one.persons and other.persons and not _is_somebody_at_both(one, other):
        return False
    own = _own_words(one, other)
    others = {*one.name.words} ^ {*other.name.words}
    known = one.surnames | other.surnames
    return bool(own) and all(trades.is_trade(word) or word in known or len(word) == 1 for word in others)


def _is_somebody_at_both(one: Profile, other: Profile) -> bool:
    found = {people.same(mine, its) for mine in one.persons for its in other.persons}
    best = max(found, default=Same.NOBODY)
    return best >= Same.FAMILY


def _own_words(one: Profile, other: Profile) -> set[str]:
    """Rare words of both names that are no place."""
    places = {word for side in (one, other) for name in (side.place, side.part, side.town) for word in name.split()}
    return {
        word
        for word in set(one.name.words) & set(other.name.words) - places
        if len(word) >= LEAST_OF_A_NAME
        and word not in vocabulary.FIRST_NAMES | vocabulary.EVERYDAY | vocabulary.SURNAMES
        and not trades.is_trade(word)
    }


def _have_two_houses(one: Profile, other: Profile) -> bool:
    return bool(one.street and other.street) and not (
        streets.is_one_street(one.street, other.street) and streets.have_one_number(one, other)
    )


def _is_an_area(known: Known) -> bool:
    return bool(known.districts) and not known.points
