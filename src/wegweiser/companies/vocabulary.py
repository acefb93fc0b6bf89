"""The word lists of `words.toml`, folded as the words of a name are. Pure."""

import tomllib
from pathlib import Path

LISTS: dict[str, str] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "ø": "oe"})
FILLERS = frozenset(LISTS["fillers"].split())
FIRST_NAMES = frozenset(LISTS["first_names"].replace("ph", "f").split())
GENERAL = frozenset(LISTS["general"].split())
TITLES = frozenset(LISTS["titles"].split())
BOTH_NAMES = frozenset(LISTS["both_names"].split())
EVERYDAY = frozenset(LISTS["everyday"].split())
SURNAMES = frozenset(LISTS["surnames"].split())
FAMILY_NAMES_FIRST = frozenset(LISTS["family_names_first"].replace("ph", "f").split())
DIRECTIONS = frozenset({"nord", "sued", "ost", "west", "nordost", "nordwest", "suedost", "suedwest"})
BROTHERS = frozenset({"gebr", "gebrueder", "geschw", "geschwister", "soehne", "sohn", "toechter", "tochter"})
SHORT_NAMES = dict(line.split() for line in LISTS["short_names"].strip().splitlines())
NICKNAMES: dict[str, tuple[str, ...]] = {
    whole: tuple(short for short, long in SHORT_NAMES.items() if long == whole) for whole in SHORT_NAMES.values()
}
PLATES = {plate.replace("OE", "Ö"): town for plate, town in map(str.split, LISTS["plates"].strip().splitlines())}
PLATES_OF: dict[str, tuple[str, ...]] = {
    town: tuple(short.casefold() for short, its in PLATES.items() if its == town and len(short) > 1)
    for town in PLATES.values()
}
