"""The word lists of `words.toml`, folded as the words of a name are. Pure."""

import tomllib
from pathlib import Path

LISTS: dict[str, str] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
# As a German sign writes them: Калинка is Kalinka, Жуков is Schukow, Ακρόπολις is Akropolis.
_CYRILLIC = (
    "а a б b в w г g д d е e ё jo ж sch з s и i й i к k л l м m н n о o п p р r с s т t у u ф f х ch ц z ч tsch ш sch"
    " щ schtsch ъ  ы y ь  э e ю ju я ja і i ї ji є je ґ g ў u ј j љ lj њ nj ћ c ђ dj џ dsch"
)
_GREEK = (
    "α a ά a β w γ g δ d ε e έ e ζ z η i ή i θ th ι i ί i ϊ i κ k λ l μ m ν n ξ x ο o ό o π p ρ r σ s ς s τ t υ y ύ y φ"
    " f χ ch ψ ps ω o ώ o"
)
_SIGNS = (f"{_CYRILLIC} {_GREEK}").split(" ")
UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "ø": "oe", "đ": "d", "æ": "ae", "œ": "oe"}
    | dict(zip(_SIGNS[::2], _SIGNS[1::2], strict=True))
)
FILLERS = frozenset(LISTS["fillers"].split())
_SEVERAL, _ALSO = (
    {short: tuple(longs) for short, *longs in map(str.split, LISTS[name].replace("ph", "f").strip().splitlines())}
    for name in ("short_of_several", "also_short")
)
FIRST_NAMES = frozenset(LISTS["first_names"].replace("ph", "f").split()) | _SEVERAL.keys()
GENERAL = frozenset(LISTS["general"].split())
TITLES = frozenset(LISTS["titles"].split())
BOTH_NAMES = frozenset(LISTS["both_names"].split())
EVERYDAY = frozenset(LISTS["everyday"].split())
SURNAMES = frozenset(LISTS["surnames"].split())
NAMES_LIKE_TRADES = frozenset(LISTS["names_like_trades"].split())
FAMILY_NAMES_FIRST = frozenset(LISTS["family_names_first"].replace("ph", "f").split())
DIRECTIONS = frozenset({"nord", "sued", "ost", "west", "nordost", "nordwest", "suedost", "suedwest"})
BROTHERS = frozenset(
    {
        *("gebr", "gebrueder", "brueder", "geschw", "geschwister", "schwestern"),
        *("soehne", "sohn", "toechter", "tochter"),
    }
)
# First names with a "ph", which is folded to "f": P. is Philipp all the same.
SPELT_WITH_PH = frozenset(word.replace("ph", "f") for word in LISTS["first_names"].split() if word.startswith("ph"))
SHORT_NAMES = dict(line.split() for line in LISTS["short_names"].replace("ph", "f").strip().splitlines())
# Kati may be Katrin, and Katharina: first what most are.
SHORT_FOR: dict[str, tuple[str, ...]] = {**_ALSO, **_SEVERAL}
MOSTLY: dict[str, str] = {short: longs[0] for short, longs in _SEVERAL.items()}
NICKNAMES: dict[str, tuple[str, ...]] = {
    whole: tuple(short for short, long in {**SHORT_NAMES, **MOSTLY}.items() if long == whole)
    for whole in (*SHORT_NAMES.values(), *MOSTLY.values())
}
PLATES = {plate.replace("OE", "Ö"): town for plate, town in map(str.split, LISTS["plates"].strip().splitlines())}
PLATES_OF: dict[str, tuple[str, ...]] = {
    town: tuple(short.casefold() for short, its in PLATES.items() if its == town and len(short) > 1)
    for town in PLATES.values()
}


def folded(text: str) -> str:
    """As all words are compared: in lower case, without umlauts, and in our letters.

    >>> folded("MÜLLER Größe"), folded("Жуков")
    ('mueller groesse', 'schukow')
    """
    return text.casefold().translate(UMLAUTS)


def folded_line(text: str) -> str:
    """The same with one blank between words, as the patterns for remarks are written."""
    return " ".join(folded(text).split())
