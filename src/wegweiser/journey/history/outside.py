"""Whether a firm that nobody knows yet lies outside of what a centre is there for. Pure."""

from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.consortium.gazetteer import Gazetteer


def is_outside(firm: Known, places: Gazetteer) -> bool:
    """Whether the postal code of `firm` is none of ours, or its place is one that we or everybody know elsewhere.

    False where the centre has no places, or the row tells too little. Codes of large receivers stand in no list of
    places: those of a place of ours, in its part of the country, are ours.
    """
    if not firm.postcode:
        return bool(places) and bool(firm.place) and places.is_outside(firm.place)
    if not any(place.postcodes for place in places.places):
        return False
    there = places.look_up(firm.postcode).place
    if there is not None:
        return not there.district
    named = [place for place in places.called(firm.place) if place.district]
    return not any(code[:2] == firm.postcode[:2] for place in named for code in place.postcodes)
