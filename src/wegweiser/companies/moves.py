"""What a remark tells of the house where a firm was before. Pure."""

from collections.abc import Collection

from wegweiser.companies import streets, written_addresses
from wegweiser.companies.profiles import Profile


def left_that_house(one: Profile, other: Profile, for_it: Collection[str]) -> bool:
    """Whether a remark on one names the street of the other as where it was before, and a number leads to both: the
    same firm, whoever of the family was asked for it there.

    "umgezogen 3/2024, vorher Schönebecker Str.": of the next firm in a house nobody says where it was.
    """
    if not {"same_phone", "same_mail"} & set(for_it) or one.aside.words or other.aside.words:
        return False
    for side, beside in ((one, other), (other, one)):
        left, house = written_addresses.folded_street(side.aside.before if side.aside.moved else "")
        if left and beside.street and streets.is_one_street(left, beside.street) and house in {"", beside.house}:
            return True
    return False
