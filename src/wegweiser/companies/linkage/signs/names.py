"""Whether a number, a direction or a place in two names tells two firms apart. Pure."""

from wegweiser.companies.linkage.pair import phone_lines, slogans, two_firms, villages
from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.row import vocabulary
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.signs.two_rows import TwoRows


def numbers_against(two: TwoRows) -> tuple[str, ...]:
    """`other_number_in_name`: "Kita 2" and "Kita 3", "Autohaus Abel Nord" and "Süd"."""
    if two.fit == Fit.SAME or two.is_part:
        return ()
    north, south = (
        "".join(filter(vocabulary.DIRECTIONS.__contains__, side.name.words)) for side in (two.one, two.other)
    )
    have_both = bool(north and south)
    if not (two.fit >= Fit.PART or two.found.distinct or have_both):
        return ()
    is_another = (have_both and north != south) or _has_a_number_of_its_own(two)
    is_set_aside = is_another and (
        (two.contact and two.is_a_person)  # who signed in with nothing but their own name has no number
        or (not have_both and _is_known(two) and two_firms.says_since_when(two.one, two.other))
        or slogans.says_a_slogan(two.one, two.other, two.led_by)
    )
    return ("other_number_in_name",) if is_another and not is_set_aside else ()


def _has_a_number_of_its_own(two: TwoRows) -> bool:
    """Whether a number is in one name and nowhere in the other, and it is not that of the telephone of both."""
    return any(
        number not in beside.name.words and not phone_lines.is_dialled(number, two.one, two.other)
        for side, beside in two.sides
        for number in side.name.numbers
    )


def _is_known(two: TwoRows) -> bool:
    return bool(two.contact) or ("club" in two.forms and two.somebody >= Same.LIKELY)


def places_against(two: TwoRows, *, moved: bool) -> tuple[str, ...]:
    """`other_place_in_name`: the fire brigades of two villages."""
    if two.fit == Fit.OTHER or moved or two.is_part:
        return ()
    are_two = villages.places_that_part(two.one, two.other) or villages.are_of_two_villages(two.one, two.other)
    return ("other_place_in_name",) if are_two else ()
