"""An address as cells write it: a street and a number, a town and a part of it, each as all its spellings. Pure."""

import re
from functools import lru_cache

from wegweiser.companies.linkage.row import vocabulary
from wegweiser.kernel.sorting import sort_key


def folded_street(text: str) -> tuple[str, str]:
    """The street without its ending, and the house number.

    >>> folded_street("Kruppstr. 07. Sep") == folded_street("Kruppstraße 7-9") == folded_street("Kruppstr. 07")
    True
    >>> folded_street("Kruppstr. 7 (Ärztehaus)"), folded_street("Markt 1/Ecke Ring"), folded_street("Am Teich 3 OT Hof")
    (('krupp', '7'), ('markt', '1'), ('amteich', '3'))
    """
    name, ending, house, _ = _read(text)
    flat = _flat(name)
    bare = flat.removesuffix(ending)
    return bare if len(bare) > 2 else flat, house


def kind_of_street(text: str) -> str:
    """How a street ends: a Lindenweg is no Lindenstraße. Empty where that is not told.

    >>> kind_of_street("Lindenstr. 4"), kind_of_street("Lindenw. 4"), kind_of_street("Am Teich 4")
    ('strasse', 'weg', '')
    """
    name, ending, _, _ = _read(text)
    flat = _flat(name)
    if _IN_A_PARK.search(flat):
        return "park"
    return _ENDINGS.get(ending, ending) if len(flat) > len(ending) else ""


def house_numbers(text: str) -> frozenset[str]:
    """All house numbers that an address names: those of "12-14" are three, those of "12/14" two.

    >>> sorted(house_numbers("Kruppstr. 12a-14c")), sorted(house_numbers("Kruppstr. 12/14")), house_numbers("Kruppstr.")
    (['12', '13', '14'], ['12', '14'], frozenset())
    """
    *_, told = _read(text)
    numbers = [int(number) for number in re.findall(r"\d+", told)]
    if len(numbers) != 2 or not 0 < numbers[1] - numbers[0] <= MOST_OF_A_RANGE:
        return frozenset(map(str, numbers[:1]))
    return frozenset(map(str, numbers if re.search(r"[/+]", told) else range(numbers[0], numbers[1] + 1)))


def part_in_street(text: str) -> str:
    """The part of a town that stands behind the house number or before the street.

    >>> part_in_street("Hauptstr. 3 OT Schermen"), part_in_street("OT Schermen, Hauptstr. 3")
    ('schermen', 'schermen')
    """
    plain = vocabulary.folded(text)
    if before := _PART_BEFORE.match(plain):
        return sort_key(before[1])
    found = _PART_BEHIND.search(plain)
    return sort_key(found[2]) if found else ""


@lru_cache(maxsize=50_000)
def _read(text: str) -> tuple[str, str, str, str]:
    """The street, its ending as it is written, the first house number, and all that is told of numbers."""
    plain = _PART_BEHIND.sub(r"\1", vocabulary.folded(with_its_number(text)))
    plain = _BUILDING.sub(" ", _CORNER.sub("", plain))
    plain = _IN_BRACKETS.sub(r"\1", _IN_THE_HOUSE.sub(" ", plain))
    if _BOX.match(plain) or _ONLY_IN_THE_HOUSE.fullmatch(plain):
        return "", "", "", ""
    plain = re.sub(r",\s*(?=(nr\b\.?)?\s*\d+\s*[a-z]?\s*$)", " ", plain)
    parts = [part for part in re.split(r"[,;]", plain) if part.strip()]
    if len(parts) > 1:  # Handwerkerhof, Lindenallee 4, Halle 2
        plain = next((part for part in parts if _LIKE_A_STREET.search(part)), plain)
    told = _NUMBERS.search(plain)
    name = re.sub(r"\bnr\b\.?", " ", plain[: told.start()] if told else plain).strip()
    if short := _SHORT_ENDING.search(name):  # "Lindenw.", and no "Am Teich"
        name, ending = f"{name[: short.start()]} {short[1]}", short[1]
    else:
        found = _ENDING.search(_flat(name))
        ending = found[1] if found else ""
    return name, _flat(ending), told[1] if told else "", told[0] if told else ""


def _flat(name: str) -> str:
    return "".join(_STREET_WORDS.get(word, word) for word in sort_key(name).split())


MOST_OF_A_RANGE = 40  # house numbers of one firm
_NUMBERS = re.compile(r"(\d+)[a-z]?(?:\s*[-–/+]\s*\d+)*\s*[-/]?\s*[a-z]?[^a-z0-9]*$")
_ENDING = re.compile(r"(strasse|str|weg|platz|pl|allee|gasse|chaussee)$")
_SHORT_ENDING = re.compile(r"(?:(?<=[\w.] )|(?<=\w-)|(?<=\w\w)(?=\w+\.))(w|g|ch|pl)\.?$")
_ENDINGS = {"str": "strasse", "w": "weg", "pl": "platz", "g": "gasse", "ch": "chaussee"}
_IN_A_PARK = re.compile(r"(gewerbe|industrie)(park|gebiet)$")
_PART_BEHIND = re.compile(r"(\d\s*[a-z]?)\s*[,;(/-]?\s*\b(?:ot|ortsteil)\b\.?\s*([a-z][a-z .-]+)\)?\s*$")
_PART_BEFORE = re.compile(r"\s*(?:ot|ortsteil)\b\.?\s*([a-z][a-z .-]+?)\s*[,;/]")
_CORNER = re.compile(r"(?<=\w)\s*[/,(-]?\s*\becke\b.*$")


def with_its_number(street: str) -> str:
    """A street with its number where a spreadsheet took it for a date, and without a zero in front.

    >>> with_its_number("Ring 07. Sep"), with_its_number("Ring 2026-09-07 00:00:00"), with_its_number("Ring 06a")
    ('Ring 7-9', 'Ring 7-9', 'Ring 6a')
    >>> with_its_number("Platz des 1. Mai"), with_its_number("Am 08. Mai")
    ('Platz des 1. Mai', 'Am 08. Mai')
    """
    for form in _AS_A_DATE:
        if (told := form.search(street)) and not _A_HOLIDAY.search(street[: told.start()]):
            month = told["month"].casefold()
            number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month)
            return f"{street[: told.start()]}{int(told['day'])}-{number}"
    return _ZERO.sub("", street)


_MONTHS = ("jan", "feb", "mrz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_AS_A_DATE = (
    re.compile(rf"\b(?P<day>0?[1-9]|[12]\d|3[01])(?:\. ?|-)(?P<month>{'|'.join(_MONTHS)})\.?\s*$", re.IGNORECASE),
    re.compile(r"\b(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0?[1-9]|1[0-2])\.(?:(?:19|20)\d\d)?\s*$"),
    re.compile(r"\b(?:19|20)\d\d-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-2]\d|3[01])(?:[ T]00:00(?::00)?)?\s*$"),
)
_A_HOLIDAY = re.compile(r"(?i)\b(?:des|der|vom|zum|am)\s+$")  # Platz des 1. Mai
_ZERO = re.compile(r"(?<=[\s.])0+(?=[1-9]\d{0,2}\s*[a-z]?\s*(?:$|[-–/+]))", re.IGNORECASE)
_ONLY_IN_THE_HOUSE = re.compile(r"\s*(halle|haus|gebaeude|bau|tor|hof|eingang|werk)\s*[a-z]?\d*\s*")
_BUILDING = re.compile(r"(?<=\w),?\s*\b(geb(aeude)?\b\.?|bau)\s*(?=\d{3,}\b)")  # the number in a chemical park
_LIKE_A_STREET = re.compile(r"[a-z]{3}.*\d|(strasse|str\.|weg|platz|allee|gasse|chaussee|ring|damm|ufer)\b")
_IN_THE_HOUSE = re.compile(
    r"\bc/o\b.*|,\s*(halle|haus|gebaeude|bau|hinterhaus|hinterhof|tor|eingang|aufgang|\d\. ?(etage|og)|raum|zimmer"
    r"|buero)\b[^,]*$"
)
_IN_BRACKETS = re.compile(r"(\d\s*[a-z]?)\s*\([^()]*\)\s*$")  # Lindenallee 4 (Ärztehaus)
_BOX = re.compile(r"\W*(postfach|postf\b|pf\b|p\.? ?o\.? ?box)")  # letters go there, nobody is there
_STREET_WORDS = {"gr": "grosse", "kl": "kleine", "st": "sankt", "v": "von", "ch": "chaussee"}


def place_of_plate(text: str) -> str:
    """The town that a number plate stands for, nothing where we do not know it; else what was said.

    >>> place_of_plate("SGH"), place_of_plate("QX"), place_of_plate("Hof")
    ('sangerhausen', '', 'Hof')
    """
    short = text.strip()
    if found := vocabulary.PLATES.get(short.upper()):
        return found
    if (beside := _PLATE_AND_PART.match(short)) and (found := vocabulary.PLATES.get(beside[1])):
        return found
    return "" if _ABBREVIATED.fullmatch(short) else text


_ABBREVIATED = re.compile(r"[A-ZÄÖÜ]{1,3}")
_PLATE_AND_PART = re.compile(r"([A-ZÄÖÜ]{2,3})[ /-]+(\w{4}.*)")


@lru_cache(maxsize=50_000)
def folded_place(text: str) -> str:
    text = place_of_plate(text)
    plain = re.split(r"[,/(]|\bot\b|\bbei\b|\ban der\b", vocabulary.folded(text))[0]
    plain = re.sub(r"\b(lutherstadt|hansestadt|landeshauptstadt|stadt)\b", " ", plain)
    return sort_key(plain).split(" am ")[0]


def part_of_town(text: str) -> str:
    """The part of a town that an address names beside it."""
    found = re.search(r"\b(?:ot|ortsteil)\b\.?\s*([^,/()]+)", vocabulary.folded(text))
    if not found and (beside := _PLATE_AND_PART.match(text.strip())) and beside[1] in vocabulary.PLATES:
        return sort_key(vocabulary.folded(beside[2]))
    return sort_key(found[1]) if found else ""


_BEFORE = re.compile(
    r"\b(?:umgezogen (?:\S*(?:19|20)\d\d )?(?:von|aus)|frueher|vormals|ehemals|ehem\.|vorher|zuvor"
    r"|bis (?:ende |anfang |mitte )?(?:\d{1,2}[./])?(?:19|20)\d\d)"
    r"(?: noch)?[ :]+(?:in |aus )?([a-z][^,;()\n]{2,50})"
)


def before_it_moved(remark: str) -> tuple[str, ...]:
    """What a remark names as where a firm was, folded: a town, a street, or both; or what it was called.

    >>> before_it_moved("umgezogen 2021, vorher Burg Werftstr. 12"), before_it_moved("Umzug, bis 5/2021 in Burg, Halle")
    (('burg werftstr. 12',), ('burg',))
    """
    if not remark:
        return ()
    plain = vocabulary.folded_line(remark)
    return tuple(told.strip() for told in _BEFORE.findall(plain))


def town(place: str) -> str:
    """What all spellings of a place have in common.

    >>> town("Frankfurt (Oder)"), town("Frankfurt/O."), town("Castrop-Rauxel OT Ickern")
    ('frankfurt', 'frankfurt', 'castrop')
    """
    whole = folded_place(place)
    first = whole.partition(" ")[0]
    return first if len(first) > 4 else whole


def address_key(street: str) -> str:
    """The beginning of a street and the house number, as spellings of one address share them; empty without a number.

    >>> address_key("Lindenallee 4"), address_key("Lindenalle 4 a"), address_key("Am Markt")
    ('linde|4', 'linde|4', '')
    """
    name, _, house, _ = _read(street)
    flat = _flat(name)
    # Keys that are stored were made when an ending was cut from "Am Teich" and "Ring" as well.
    bare = re.sub(r"(strasse|str|weg|w|platz|pl|allee|gasse|g|chaussee|ch)$", "", flat)
    return key_of_parts(bare if len(bare) > 2 else flat, house)


def key_of_parts(name: str, house: str) -> str:
    return f"{name[:5]}|{house}" if name and house else ""
