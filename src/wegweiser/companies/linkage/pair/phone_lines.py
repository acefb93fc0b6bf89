"""Whether two telephone numbers are those of two firms. Pure."""

from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.profiles import Profile

EXTENSION_FROM = 11  # digits of a number that may end in an extension of two


def other_line(one: Profile, other: Profile) -> bool:
    """Whether they have numbers that tell them apart: not a mobile and a landline, extensions of one, or neighbours."""
    if one.is_for_others or other.is_for_others or "phone" in one.doubted | other.doubted:
        return False
    neighbours = neighbouring_lines(one, other)
    is_one_door = bool(one.door) and (one.door, one.street) == (other.door, other.street)
    return any(
        is_mobile(mine) == is_mobile(theirs)
        and not is_central(mine, theirs)
        and not is_mistyped(mine, theirs)
        and not (is_one_door and _is_extension(mine, theirs))
        and not (neighbours and mine[:-1] == theirs[:-1])
        for mine in one.phones
        for theirs in other.phones
    )


def neighbouring_lines(one: Profile, other: Profile) -> bool:
    """Whether two numbers differ in the last digit only: a small firm has two lines that follow each other.

    Two companies in a register at one address have that as well.
    """
    if one.name.form in LASTING and other.name.form in LASTING:
        return False
    return any(mine[:-1] == theirs[:-1] for mine in one.phones for theirs in other.phones)


def is_extension_of_one(one: Profile, other: Profile) -> bool:
    """Whether a number of one ends in 00, and one of the other in two digits for the desk of somebody who is named: in
    10 or 20 it may be the number of another company of the house."""
    return any(
        _is_extension(central, desk) and central.endswith("00") and not desk.endswith("0")
        for side, beside in ((one, other), (other, one))
        for central in side.phones
        for desk in beside.phones
        if beside.persons
    )


def two_of_one_kind(one: Profile, other: Profile) -> bool:
    """Whether both have a line in the ground or both a mobile, and it is not one number."""
    return not one.phones & other.phones and any(
        is_mobile(mine) == is_mobile(theirs) for mine in one.phones for theirs in other.phones
    )


def is_mobile(phone: str) -> bool:
    return phone.startswith(("+4915", "+4916", "+4917"))


def is_central(one: str, other: str) -> bool:
    """Whether one is the exchange of a house, and the other a desk there: an extension stands where its last zero does.

    >>> is_central("+4939181000", "+49391810012"), is_central("+4939181000", "+493918123456")  # 0391 8100-0
    (True, False)
    """
    return any(
        len(central) >= LEAST_OF_AN_EXCHANGE
        and central.endswith("0")
        and 0 < len(line) - len(central) < MOST_OF_AN_EXTENSION
        and line.startswith(central[:-1])
        for central, line in ((one, other), (other, one))
    )


LEAST_OF_AN_EXCHANGE, MOST_OF_AN_EXTENSION = 10, 5  # characters of a number as E.164, digits behind it


def is_mistyped(one: str, other: str) -> bool:
    """Whether two digits changed places, or one is missing: 60221 and 60212.

    >>> is_mistyped("+493948560221", "+493948560212"), is_mistyped("+493948560221", "+493948560222")
    (True, False)
    >>> is_mistyped("+493904721014", "+493904721031")  # two desks of one exchange
    False
    """
    if len(one) == len(other):
        differ = [place for place, (mine, its) in enumerate(zip(one, other, strict=True)) if mine != its]
        if len(differ) != 2 or differ[1] != differ[0] + 1:
            return False
        first, second = differ
        return (one[first], one[second]) == (other[second], other[first])
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _is_extension(one: str, other: str) -> bool:
    """`0391 8100-00` and `0391 8100-17`."""
    return len(one) == len(other) > EXTENSION_FROM and one[:-2] == other[:-2] and "00" in {one[-2:], other[-2:]}


LEAST_DIALLED = 4  # digits: "Werk 2" is no number to dial


def is_dialled(number: str, one: Profile, other: Profile) -> bool:
    """Whether a number in a name is the end of a telephone number of both: `Taxi 22222`."""
    lines = one.phones & other.phones
    return len(number) >= LEAST_DIALLED and any(line.endswith(number) for line in lines)
