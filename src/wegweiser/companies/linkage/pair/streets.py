"""Whether two streets are one, however they are written, and two numbers one door. Pure."""

import re

from rapidfuzz.distance import Levenshtein

from wegweiser.companies.linkage.row import names, people, vocabulary, written_addresses
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile

_SITE = re.compile(r"(technologie|gewerbe|industrie|chemie|gruender|innovations)(park|gebiet|zentrum)|campus")
_ON_THE = re.compile(r"^(?:am|an der|ander|im|inder|aufdem|zum|zur|vordem|beider)(?=\w{4})")


def is_one_street(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if one.removesuffix("s") == other.removesuffix("s"):
        return True  # Gutsstr., Gutstr.
    if _has_an_initial(short, long):
        return True
    if one == other or Levenshtein.distance(one, other) <= (2 if len(long) > 7 else 1 if len(long) > 4 else 0):
        return True
    return (
        (len(short) > 5 and short in long) or _ON_THE.sub("", one) == _ON_THE.sub("", other) or _abbreviated(one, other)
    )


def _has_an_initial(short: str, long: str) -> bool:
    """`C.-Benz-Str.`, `Carl-Benz-Straße`, both folded."""
    rest = short[1:]
    first = long.removesuffix(rest)
    return len(rest) > 3 and first != long and first[:1] == short[:1] and first in vocabulary.FIRST_NAMES


def have_one_number(one: Profile, other: Profile) -> bool:
    """Whether a house number is told of both, and it is one: 14 is of 12-14."""
    return not one.houses.isdisjoint(other.houses)


def _are_two_kinds(one: Profile, other: Profile) -> bool:
    """Whether one is called a Weg and the other a Straße, as half the towns have both, and neither number nor mail says
    that this is a slip."""
    if not one.street_kind or not other.street_kind or one.street_kind == other.street_kind:
        return False
    return not (one.phones & other.phones or one.emails & other.emails or one.domains & other.domains)


def _next_door(one: Profile, other: Profile) -> bool:
    """3a and 3b are two doors; so are 3 and 3a, if each has a telephone of its own."""
    if not one.door or not other.door or one.door == other.door:
        return False
    lettered = one.door[-1].isalpha() and other.door[-1].isalpha()
    return lettered or bool(one.phones and other.phones and not one.phones & other.phones)


def _has_place_in_front(one: Profile, other: Profile) -> bool:
    """`Wörpener Dorfstr.` in Wörpen is the `Dorfstr.` there."""
    short, long = sorted((one.street, other.street), key=len)
    begin = long.removesuffix(short)
    places = {name for name in (one.place, other.place, one.part, other.part) if len(name) > 3}
    return begin != long and any(begin.startswith(name[:5]) for name in places)


def _is_at_itself(one: Profile) -> bool:
    """Whether a street without a number says no more than the name: "Am Kieswerk" is where the Kieswerk is, whatever
    the street is called that leads to its gate."""
    site = _ON_THE.sub("", one.street)
    if one.house or site == one.street or len(site) < LEAST_OF_A_SITE:
        return False
    return any(word.startswith(site) and word not in vocabulary.EVERYDAY for word in one.name.words)


LEAST_OF_A_SITE = 5  # letters


def addresses(one: Profile, other: Profile) -> tuple[bool | None, str]:
    """Whether both are in one house, None where that is not known; and the code for it, empty where there is none. Of
    one street without a number it is told that it is the same, and not known whether the house is."""
    if not one.street or not other.street:
        return None, ""
    alike = _is_that_street(one, other)
    if not alike and (_says_its_street(one, other) or _says_its_street(other, one)):
        return True, "same_address"
    if alike and (not one.house or not other.house or have_one_number(one, other)):
        if _next_door(one, other) or not _may_be_there(one, other):
            return None, ""
        return bool(one.house and other.house) or None, "same_address"
    if "street" in one.doubted | other.doubted or _is_at_itself(one) or _is_at_itself(other):
        return None, ""
    has_own_line = one.phones and other.phones and not one.phones & other.phones
    if not has_own_line and any(_SITE.search(side.street) and not side.house for side in (one, other)):
        return None, ""  # the street is somewhere there
    return False, "other_address"


def _is_that_street(one: Profile, other: Profile) -> bool:
    is_alike = is_one_street(one.street, other.street) or _has_place_in_front(one, other)
    return is_alike and not _are_two_kinds(one, other)


def _may_be_there(one: Profile, other: Profile) -> bool:
    """Whether no two codes and places say that it is a street of that name in another town."""
    return bool(
        one.known.postcode == other.known.postcode
        or (one.place and one.place == other.place)
        or not one.known.postcode
        or not other.known.postcode
        or (one.part and one.part in {other.part, other.place})
        or (other.part and other.part == one.place)
    )


MOST_OF_A_STREET = 4  # words
_NUMBERED = re.compile(r"((?:[^\W\d][\w.-]*\s+|[^\W\d][\w-]*\.){1,4})(\d+\s?[a-z]?)\b(?!\.)")
# Whose street that is besides: the next tenant's, a customer's, a branch's, or that of a firm of the same name.
_OF_OTHERS = re.compile(
    r"verwechs|mieter|nachfolg|(?:ue|ü)bernommen|(?:ue|ü)bernahme|er(?:oe|ö)ffnet|filiale|zweig|baustelle|lager|neben|gegen"
    r"|\bnicht|\bkein|\bkund|\bbruder|\bschwester|\bsohn|\btochter|\bvater|\bmutter|inhaber|\bprivat|\bwohn"
)


def _says_its_street(one: Profile, other: Profile) -> bool:
    """Whether a remark on `one` names street and number of `other`, as where it is now or was before: whoever is there
    under its name is the same, unless one of them speaks of others, or names other people."""
    remark = one.known.remark.casefold()
    if not remark or not other.street or not other.house:
        return False
    if _OF_OTHERS.search(f"{remark} {other.known.remark.casefold()}"):
        return False
    if one.aside.words or other.aside.words or one.aside.in_other_hands or other.aside.in_other_hands:
        return False
    if one.persons and other.persons and not _is_of_one_family(one, other):
        return False
    for told in _NUMBERED.finditer(remark):
        words = told[1].split()
        for count in range(1, min(len(words), MOST_OF_A_STREET) + 1):
            street, house = written_addresses.folded_street(f"{' '.join(words[-count:])} {told[2]}")
            if street and house == other.house and is_one_street(street, other.street):
                return True
    return False


def _is_of_one_family(one: Profile, other: Profile) -> bool:
    return any(people.same(mine, its) >= Same.FAMILY for mine in one.persons for its in other.persons)


def _abbreviated(one: str, other: str) -> bool:
    """`ethaelmann` for `ernstthaelmann`, `frebert` for `friedrichebert`."""
    short, long = sorted((one, other), key=len)
    if _ON_THE.match(short):
        return False  # "Am Graben" and "Am Stadtgraben"
    if any(len(short) - cut > 4 and long.startswith(short[:cut]) and long.endswith(short[cut:]) for cut in (1, 2, 3)):
        return True
    return len(short) > 6 and short[0] == long[0] and long.endswith(short[-6:]) and names.is_subsequence(short, long)
