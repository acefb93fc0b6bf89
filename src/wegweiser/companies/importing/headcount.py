"""How many people work there, out of what lists say: "ca. 50", "10-49", "1.200", "zwölf", also "Okt 49"."""

import math
import re
from dataclasses import dataclass

from wegweiser.companies.importing.headers import UMLAUTS
from wegweiser.companies.importing.values import known

MOST = 1_000_000
CLASSES = {(1, 9), (0, 9), (10, 49), (50, 249), (1, 5), (6, 9), (5, 9), (10, 19), (20, 49), (1, 10), (11, 50), (10, 12)}
_MONTHS = ("jan", "feb", "mrz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_ONES = ["null", "ein", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwoelf"]
_TENS = ["zwanzig", "dreissig", "vierzig", "fuenfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
_WORDS = {word: number for number, word in enumerate(_ONES)} | {
    "eins": 1,
    "eine": 1,
    "einer": 1,
    "keine": 0,
    "hundert": 100,
}
_WORDS |= {f"{_ONES[number - 10]}zehn": number for number in (13, 14, 15, 18, 19)} | {"sechzehn": 16, "siebzehn": 17}
_WORDS |= {word: 10 * place for place, word in enumerate(_TENS, start=2)}
_WORDS |= {
    f"{_ONES[one]}und{word}": 10 * place + one for place, word in enumerate(_TENS, start=2) for one in range(1, 10)
}
_ALONE = re.compile(
    r"(1-?mann(-?betrieb)?|ein-?mann(-?betrieb)?|solo(-?selbstaendige?r?)?|einzelunternehmer(in)?|alleine?"
    r"|nur (inhaber(in)?|chef))"
)
_NUMBER = r"(\d{1,3}(?:[.' ]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?)"
_ENGLISH = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(,\d{3})+(?![\d,])")
_EQUIVALENTS = re.compile(r"\b(vzae?|fte|ak|vollzeit\w*)\b")
_AROUND = re.compile(
    r"\b(ca|circa|etwa|rund|rd|ungefaehr|um die|gut|knapp|zirka|geschaetzt|durchschnittlich|derzeit|aktuell)\b\.?"
    r"|\binsgesamt\b|[~≈±]"
)
_PEOPLE = re.compile(
    r"\b(mitarbeiter(innen|in|:innen|\*innen)?|mitarbeitende[rn]?|ma|beschaeftigte[rn]?|personen|leute|angestellte[rn]?|koepfe|mann|pers|ak|vzae?|fte|vollzeit|kollegen)\b\.?"
)


@dataclass(frozen=True)
class Headcount:
    """From and to, both included; an end that is not known is None."""

    least: int | None
    most: int | None


def has_thousands_in_english(text: str) -> bool:
    """Whether a number is grouped by a comma: "1,200". Of people it is no part: nobody counts them in thousandths."""
    return bool(_ENGLISH.search(text))


def has_parts(text: str) -> bool:
    """Whether a comma stands before parts of a person, as full-time equivalents have them: "7,5"."""
    return bool(re.search(r"(?<![\d.,])\d+,\d{1,2}(?![\d,])", text))


def headcount(text: str, *, in_equivalents: bool = False) -> Headcount | None:
    """`in_equivalents`: what stands around the cell counts full-time equivalents; "1,200" is not clear there.

    >>> headcount("ca. 50"), headcount("10-49 MA"), headcount("> 1.200"), headcount("1,200", in_equivalents=True)
    (Headcount(least=50, most=50), Headcount(least=10, most=49), Headcount(least=1201, most=None), None)
    """
    flat = known(text).casefold().translate(UMLAUTS)
    if has_thousands_in_english(flat) and (in_equivalents or _EQUIVALENTS.search(flat)):
        return None
    flat = _ENGLISH.sub(lambda told: told[0].replace(",", ""), flat)
    if flat != "keine" and not flat:
        return None
    if found := _spoiled_by_a_spreadsheet(flat):
        return found
    if _ALONE.fullmatch(flat):
        return Headcount(1, 1)
    flat = _WITH_OWNERS.sub(" ", flat)
    if told := _AMONG.fullmatch(flat):
        return _without(headcount(told["all"]), told["count"])
    flat = re.sub(r"\(.*?\)|\bdavon\b.*", " ", flat)
    if found := _of_kinds(flat):
        return found
    flat = " ".join(_PEOPLE.sub(" ", _AROUND.sub(" ", flat)).split()).strip(" .:")
    found = _range(flat)
    if found is None or max(found.least or 0, found.most or 0) > MOST:
        return None
    return found


_APPRENTICES = r"azubis?|auszubildende[rn]?|lehrlinge?|praktikant(?:en|innen|in)?"
_HOURS = r"vollzeit(?:kraefte|ler)?|teilzeit(?:kraefte|ler)?|vz|tz|minijob(?:ber)?s?|aushilfen?|saisonkraefte"
_OWNERS = r"(?:der )?(?:inhaber(?:in)?|chef(?:in)?|gf|geschaeftsfuehrer(?:in)?)"
_WITH = r"(?:inkl(?:usive)?|incl|einschl(?:iesslich)?|mit)\b\.?"
_WITH_OWNERS = re.compile(rf"[,(]?\s*\b{_WITH}\s*(?:den |dem )?{_OWNERS}n?\b\)?")
# "15 (davon 3 Azubis)", "12 inkl. Azubis": those told of all are among them.
_AMONG = re.compile(
    rf"(?P<all>.*?\d.*?)\s*[,(]?\s*(?:\bdavon\b|\b{_WITH}|\bdarunter\b)\s*(?:sind\s*)?(?P<count>\d{{1,4}})?\s*"
    rf"(?:{_APPRENTICES})\.?\)?"
)
_KIND = re.compile(rf"(\d{{1,4}})\s*(?:x\s*)?(?:({_APPRENTICES})|({_HOURS}))?\.?|({_OWNERS})")


def names_apprentices(text: str) -> bool:
    """Whether somebody is told of who does not count.

    >>> names_apprentices("9 + 2 Azubis"), names_apprentices("9")
    (True, False)
    """
    return bool(re.search(rf"\b(?:{_APPRENTICES})\b", text.casefold().translate(UMLAUTS)))


def _of_kinds(flat: str) -> Headcount | None:
    """People told by kind: owners and part-time add up, apprentices do not count (Annex I to 651/2014, Article 5).

    >>> _of_kinds("3 + 2 azubis"), _of_kinds("5 vollzeit, 2 teilzeit"), _of_kinds("10-49")
    (Headcount(least=3, most=3), Headcount(least=7, most=7), None)
    """
    plain = re.sub(rf"\b({_HOURS})\b", r" \1 ", flat)
    kept = re.sub(rf"(?!\b(?:{_HOURS})\b){_PEOPLE.pattern}", " ", _AROUND.sub(" ", plain))
    parts = re.split(r"\s*([+,;/]|\bund\b|(?<=[a-z.])\s+(?=\d))\s*", " ".join(kept.split()).strip(" .:"))
    told = [_KIND.fullmatch(part.strip()) for part in parts[::2]]
    if len(told) < 2 or not all(told) or not any(part and (part[2] or part[3] or part[4]) for part in told):
        return None
    count = sum(int(part[1] or 1) for part in told if part and not part[2])
    return Headcount(count, count)


def _without(found: Headcount | None, apprentices: str | None) -> Headcount | None:
    """Of those counted the apprentices go again; where nobody says how many, the number is the most."""
    if found is None or found.most is None:
        return found
    if apprentices is None:
        return Headcount(None, found.most)
    among = int(apprentices)
    return None if among > found.most else Headcount(max(0, (found.least or 0) - among), found.most - among)


def _range(flat: str) -> Headcount | None:
    if flat in _WORDS:
        return Headcount(_WORDS[flat], _WORDS[flat])
    if told := re.fullmatch(_NUMBER, flat):
        number = _count(told[1])
        return Headcount(number, number)
    if told := re.fullmatch(rf"(?:von |zwischen )?{_NUMBER}\s*(?:-|–|—|bis(?: zu)?|\.\.\.?|…|/|und)\s*{_NUMBER}", flat):
        least, most = _count(told[1]), _count(told[2])
        return Headcount(least, most) if least <= most else None
    if told := re.fullmatch(
        rf"(?:>=|≥|ab|mind(?:estens)?\.?|von)\s*{_NUMBER}|{_NUMBER}\s*(?:\+|und mehr|u\. ?m\.?|oder mehr|aufwaerts)",
        flat,
    ):
        return Headcount(_count(told[1] or told[2]), None)
    if told := re.fullmatch(rf"(?:>|ueber|mehr als|groesser(?: als)?)\s*{_NUMBER}", flat):
        return Headcount(_count(told[1]) + 1, None)
    if told := re.fullmatch(rf"(?:<=|≤|bis(?: zu)?|max(?:imal)?\.?|hoechstens)\s*{_NUMBER}", flat):
        return Headcount(None, _count(told[1]))
    if told := re.fullmatch(rf"(?:<|unter|weniger als|kleiner(?: als)?)\s*{_NUMBER}", flat):
        return Headcount(None, max(0, _count(told[1]) - 1))
    return None


def _count(text: str) -> int:
    """Thousands may be grouped; half a person is one."""
    if told := re.fullmatch(r"(\d{1,3}(?:\.\d{3})+),(\d{1,2})", text):
        return int(told[1].replace(".", "")) + (int(told[2]) > 0)
    if re.fullmatch(r"\d{1,3}([.' ]\d{3})+", text):
        return int(re.sub(r"\D", "", text))
    return math.ceil(float(text.replace(",", ".")))


def _spoiled_by_a_spreadsheet(flat: str) -> Headcount | None:
    """ "10-49" becomes October 1949 in a spreadsheet, "1-9" the first of September: a usual class is taken back."""
    pairs: list[tuple[int, int]] = []
    if told := re.fullmatch(r"([a-z]{3})[a-z]*\.?[\s-]*(\d{2})", flat.replace("maerz", "mrz").replace("dec", "dez")):
        if told[1] in _MONTHS:
            pairs.append((_MONTHS.index(told[1]) + 1, int(told[2])))
    elif told := re.fullmatch(r"(\d{1,2})\.?[\s-]*([a-z]{3})[a-z]*\.?", flat.replace("maerz", "mrz")):
        if told[2] in _MONTHS:
            pairs.append((int(told[1]), _MONTHS.index(told[2]) + 1))
    elif told := re.fullmatch(r"(\d{2}(\d{2}))-(\d{2})-(\d{2})|(\d{2})\.(\d{2})\.\d{2}(\d{2})", flat):
        year, month, day = (told[2], told[3], told[4]) if told[1] else (told[7], told[6], told[5])
        pairs += [(int(month), int(year)), (int(day), int(month))]
        return next((Headcount(*pair) for pair in pairs if pair in CLASSES), None)
    return next((Headcount(*pair) for pair in pairs if pair[0] < pair[1]), None)


SIZES = ((9, "micro"), (49, "small"), (249, "medium"))  # headcount up to and including


def size_class(found: Headcount) -> str:
    """The size class that both ends fall into; empty where that is not clear.

    >>> size_class(Headcount(10, 49)), size_class(Headcount(5, 20)), size_class(Headcount(250, None))
    ('small', '', 'large')
    """
    least = found.least if found.least is not None else 0
    first, last = _class(least), _class(found.most if found.most is not None else MOST)
    return first if first == last else ""


def _class(count: int) -> str:
    return next((size for most, size in SIZES if count <= most), "large")
