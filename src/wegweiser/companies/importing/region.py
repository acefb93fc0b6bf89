"""Districts as lists name them: by name, beginning, number plate, official key, or the town one lives in."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process

from wegweiser.consortium.gazetteer import Gazetteer, Place, fold

_KINDS = re.compile(r"\b(landkreis|land kreis|lkr|lk|kreisfreie stadt|krfr stadt|kreis|stadtkreis|kfs|region)\b")
SIMILAR = 84
_FORMER_PLATES = {
    plate: ags
    for ags, plates in tomllib.loads((Path(__file__).parent / "plates.toml").read_text(encoding="utf-8")).items()
    for plate in plates.split()
}
SHORT = 4  # letters of an abbreviation without a dot that may be the beginning of a name


@dataclass(frozen=True)
class DistrictName:
    ags: str
    name: str
    plate: str = ""


@dataclass(frozen=True)
class Region:
    """The districts of a centre and its places."""

    districts: tuple[DistrictName, ...] = ()
    gazetteer: Gazetteer = field(default_factory=lambda: Gazetteer(()))

    def district(self, text: str) -> str:
        """The AGS that `text` names, else an empty string.

        >>> region = Region((DistrictName("16071", "Weimarer Land", "AP"), DistrictName("09571", "Ansbach", "AN")))
        >>> region.district("LK Weim. Land"), region.district("ap"), region.district("Kreis Ansbach")
        ('16071', '16071', '09571')
        """
        plain = " ".join(text.split())
        if told := re.fullmatch(r"(\d{5})(\d{3})?", plain):
            return told[1] if told[1] in self._keys else ""
        plate = re.fullmatch(r"[A-ZÄÖÜa-zäöü]{1,3}", plain.strip(" -()"))
        if plate and (found := self._plates.get(plate[0].upper())):
            return found
        if (told := re.search(r"\(([A-ZÄÖÜ]{1,3})\)", plain)) and told[1] in self._plates:
            return self._plates[told[1]]
        key = " ".join(word for word in _folded(plain).split() if len(word) > 1)
        if not key:
            return ""
        if key in self._names:
            return self._names[key]
        words = set(key.split())
        whole = {ags for name, ags in self._names.items() if words <= set(name.split())}
        if len(whole) == 1 and len(key) > SHORT:
            return whole.pop()
        return self._abbreviated(plain) or self._close(key) or self._of_town(plain)

    def of_place(self, postcode: str, place: str) -> str:
        """The district in which a postal code or a place lies; empty where that is not clear."""
        named = self._towns(place)
        if code := self.gazetteer.look_up(postcode).place if postcode else None:
            inside = {town.district for town in named if postcode[:3] in {known[:3] for known in town.postcodes}}
            return inside.pop() if len(inside) == 1 and code.district not in inside else code.district
        if postcode:
            return ""
        found = {town.district for town in named}
        return found.pop() if len(found) == 1 else ""

    def is_a_town(self, text: str) -> bool:
        """Whether a cell holds nothing but the name of one place here."""
        return len({town.district for town in self._towns(text.strip())}) == 1

    def knows(self, postcode: str, place: str) -> bool:
        """Whether a postal code is one of a place here that is called so, whatever else a row says."""
        code = self.gazetteer.look_up(postcode).place if postcode else None
        return code is not None and any(town.district == code.district for town in self._towns(place))

    def fits(self, postcode: str, place: str, district: str = "") -> bool:
        """Whether a postal code may belong to a place and a district (AGS); of what we do not know, nothing is said."""
        code = self.gazetteer.look_up(postcode).place
        if district and code:
            return code.district == district
        if district and (near := self._areas.get(district)):
            return postcode[:3] in near
        towns = self._towns(place)
        if code:
            return not towns or any(town.district == code.district for town in towns)
        known = [{one[:3] for one in town.postcodes} or self._areas.get(town.district, set()) for town in towns]
        return not any(known) or any(postcode[:3] in near for near in known)

    def _towns(self, place: str) -> list[Place]:
        key = fold(re.split(r"[,/]|\bOT\b", place)[0]) if place else ""
        return [town for town in self._by_name.get(key, ()) if town.district]

    def _of_town(self, text: str) -> str:
        found = {town.district for town in self._towns(_KINDS.sub(" ", text.casefold()))}
        return found.pop() if len(found) == 1 else ""

    def _abbreviated(self, text: str) -> str:
        """Each word the beginning of one of a district's, in its order: `Mansf.-Südh.`"""
        parts = [_folded(part) for part in re.split(r"[\s\-/]+", text)]
        words = [part for part in parts if part]
        if not words or max(map(len, words)) < SHORT:
            return ""
        found = set()
        for key, ags in self._names.items():
            whole = key.split()
            if len(words) == len(whole) and all(map(str.startswith, whole, words)):
                found.add(ags)
        return found.pop() if len(found) == 1 else ""

    def _close(self, key: str) -> str:
        """With a slip, or with "kreis" at its end."""
        stem = re.sub(r"(kreis|land)$", "", key) if len(key) > 9 else key
        for asked in dict.fromkeys((key, stem)):
            for name, ags in self._names.items():
                if asked in (name, re.sub(r"(kreis|land)$", "", name)) and len(asked) >= SHORT:
                    return ags
        close = process.extract(key, list(self._names), scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=2)
        if close and len({self._names[name] for name, *_ in close}) == 1:
            return self._names[close[0][0]]
        return self._names[close[0][0]] if len(close) == 2 and close[0][1] > close[1][1] + 5 else ""

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(row.ags for row in self.districts)

    @cached_property
    def _plates(self) -> dict[str, str]:
        former = {plate: ags for plate, ags in _FORMER_PLATES.items() if ags in self._keys}
        return former | {row.plate.upper(): row.ags for row in self.districts if row.plate}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {_folded(row.name): row.ags for row in self.districts}

    @cached_property
    def _areas(self) -> dict[str, set[str]]:
        """The first three digits of the postal codes of each district."""
        found: dict[str, set[str]] = {}
        for place in self.gazetteer.places:
            found.setdefault(place.district, set()).update(code[:3] for code in place.postcodes)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for place in self.gazetteer.places:
            found.setdefault(fold(place.name), []).append(place)
            first = fold(re.split(r"/| bei | an der | am | im |-", place.name)[0])
            if first != fold(place.name):
                found.setdefault(first, []).append(place)
        return found


def _folded(text: str) -> str:
    return " ".join(_KINDS.sub(" ", fold(text)).split())
