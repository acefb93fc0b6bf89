"""In which district an offer takes place: what its place names, where the centre's gazetteer knows it without doubt."""

from collections.abc import Mapping
from typing import Any

from wegweiser.catalogue.fields import KINDS
from wegweiser.catalogue.models import Attendance, Kind
from wegweiser.consortium import directory


def is_elsewhere(place: str, before: str) -> bool:
    """Whether two texts name different places, however they are spaced and whatever their capitals."""
    return _plain(place) != _plain(before)


def followed(kind: str, content: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`content` with the district that its place names, where nobody chose one.

    What was chosen `before` for another place was not chosen for this one.
    """
    told = dict(content)
    if not {"place", "district"} <= KINDS[kind].columns or told["attendance"] == Attendance.ONLINE:
        return told
    kept = before is not None and told["district"] == before["district"]
    stale = kept and before is not None and is_elsewhere(told["place"], before["place"])
    if told["place"] and (stale or not told["district"]):
        told["district"] = directory.gazetteer().district_of(told["place"]) or told["district"]
    return told


def lacks_region(kind: str, content: Mapping[str, Any]) -> bool:
    """Whether an event takes place somewhere, but in none of the centre's districts, as far as anybody said."""
    if kind != Kind.EVENT or content["attendance"] == Attendance.ONLINE or not content["place"]:
        return False
    return not followed(kind, content)["district"] and bool(directory.districts())


def _plain(place: str) -> str:
    return " ".join(place.split()).casefold()
