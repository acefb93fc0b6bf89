"""Where a remark says that a firm was before: the town, the street or the house. Pure."""

import re
from collections.abc import Collection

from wegweiser.companies.linkage.pair import streets
from wegweiser.companies.linkage.row import vocabulary, written_addresses
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.companies.linkage.row.whereabouts import LEAST_OF_A_TOWN
from wegweiser.kernel.sorting import sort_key


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


_NOW_OR_BEFORE = re.compile(
    r"\b(?:jetzt|nun|inzwischen|neu|frueher|vorher|vormals|ehemals|zuvor|bis \d{4}|ab \d{4}|seit \d{4}|\w*gezogen|umzug"
    r"|zieht|verlegt)\b"
)


def says_its_town(one: Profile, other: Profile) -> bool:
    """Whether a remark on one says that it is now, or was before, in the town of the other: "jetzt in Thale"."""
    for side, beside in ((one, other), (other, one)):
        if not side.known.remark or side.aside.words or beside.aside.words or side.aside.in_other_hands:
            continue
        plain = side.known.remark.casefold().translate(vocabulary.UMLAUTS)
        words = sort_key(plain).split()
        towns = {town.split()[0] for town in (beside.place, beside.part) if town} - {side.place, side.part}
        if _NOW_OR_BEFORE.search(plain) and any(len(town) >= LEAST_OF_A_TOWN and town in words for town in towns):
            return True
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
