"""Where a remark says that a firm was before: the town, the street or the house. Pure."""

from collections.abc import Collection

from wegweiser.companies.linkage.pair import streets
from wegweiser.companies.linkage.row import written_addresses
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.companies.linkage.row.whereabouts import LEAST_OF_A_TOWN


def left_that_town(one: Profile, other: Profile) -> bool:
    """Whether a remark on `one` says that it moved and names the town of `other` as where it was, and no other street
    there: "umgezogen 2021, vorher Burg Werftstr.", of a firm in Genthin.

    Two of one trade and one name may be in two towns; of one of them nobody says that it was in the other.
    """
    if not one.aside.moved or one.aside.words or other.aside.words:
        return False
    for before in written_addresses.before_it_moved(one.known.remark):
        for town in (other.part, other.place):
            if len(town) < LEAST_OF_A_TOWN or town in {one.place, one.part}:
                continue
            if before != town and not before.startswith(f"{town} "):
                continue
            street, house = written_addresses.folded_street(before[len(town) :])
            is_there = not (street and other.street) or streets.is_one_street(street, other.street)
            return is_there and not (house and other.house and house != other.house)
    return False


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
