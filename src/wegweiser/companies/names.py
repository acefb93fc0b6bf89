"""What a firm's name is made of. Pure; the word lists stand in `words.toml`."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wegweiser.kernel.sorting import sort_key

_LISTS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
FILLERS = frozenset(_LISTS["fillers"].split())
FIRST_NAMES = frozenset(_LISTS["first_names"].replace("ph", "f").split())  # as words are folded
_GENERAL = frozenset(_LISTS["general"].split())
TITLES = frozenset(_LISTS["titles"].split())
BOTH_NAMES = frozenset(_LISTS["both_names"].split())
EVERYDAY = frozenset(_LISTS["everyday"].split())
SURNAMES = frozenset(_LISTS["surnames"].split())
FAMILY_NAMES_FIRST = frozenset(_LISTS["family_names_first"].replace("ph", "f").split())
DIRECTIONS = frozenset({"nord", "sued", "ost", "west", "nordost", "nordwest", "suedost", "suedwest"})
_SYNONYMS = dict(line.split() for line in _LISTS["synonyms"].strip().splitlines())
_SHORT_NAMES = dict(line.split() for line in _LISTS["short_names"].strip().splitlines())
NICKNAMES: dict[str, tuple[str, ...]] = {
    whole: tuple(short for short, long in _SHORT_NAMES.items() if long == whole) for whole in _SHORT_NAMES.values()
}
PLATES = {plate.replace("OE", "Ö"): town for plate, town in map(str.split, _LISTS["plates"].strip().splitlines())}
_ABBREVIATIONS = dict(line.split() for line in _LISTS["abbreviations"].replace("ph", "f").strip().splitlines())
_NUMERALS = dict(line.split() for line in _LISTS["numerals"].strip().splitlines())
_FIELDS = tuple(re.compile("|".join(line.split())) for line in _LISTS["fields"].replace("ph", "f").strip().splitlines())
_PLACES_OF_WORK = {
    line.split()[0]: re.compile("|".join(f"^{part}" for part in line.split()[1:]))
    for line in _LISTS["places_of_work"].replace("ph", "f").strip().splitlines()
}
_GENERIC_TERMS = {
    word: line.partition(":")[2].split()
    for line in _LISTS["generic_terms"].replace("ph", "f").strip().splitlines()
    for word in line.partition(":")[0].split()
}
_SPIN_OFFS = frozenset(_LISTS["spin_offs"].split())
_TRADES = re.compile("|".join(_LISTS["trades"].replace("ph", "f").split()))
KINDS = re.compile(f"({'|'.join(sorted(_LISTS['kinds'].split(), key=len, reverse=True))})$")
_SISTERS = re.compile("|".join(_LISTS["sisters"].split()))
_PARKS = re.compile(r"(wind|solar|energie|fotovoltaik)(park|kraft|feld)")
_LIKE_A_SURNAME = re.compile(r"(mann|bauer|hofer|m[ae][iy]er|schneider|schuster)$")
_BUSINESS = re.compile(r"(?:(?<=\w{6})|(?<=maler))(meister|betrieb|meisterbetrieb|fachbetrieb|geschaeft)$")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "ø": "oe"})
STRONG_KINDS = {
    **dict.fromkeys(("handel", "handels", "handlung", "vertrieb"), "handel"),
    **dict.fromkeys(("vermietung", "verleih"), "verleih"),
    **{kind: kind for kind in ("bau", "verwaltung", "planung")},
}
OTHER_BUSINESS = frozenset({"verleih", "verwaltung", "planung"})
_OWNER = re.compile(r"\b(?:inh|inhaber|inhaberin|inhaberfamilie)\b\.?:?\s*(.+)$")
_BRANCH = re.compile(
    r"\b(filiale|zweigstelle|(zweig)?niederlassung|betriebsstaette|geschaeftsstelle|standort|aussenstelle|nl)\b.*"
)
_SUCCESSOR = re.compile(r"\b(nachf(olger(in)?)?|vorm(als)?|ehem(als|alige)?|frueher|in liquidation|i\.? ?l\.)(?!\w)")
_INSOLVENT = re.compile(
    r"\b(in (insolvenz|abwicklung|aufloesung)|insolvent|i\.? ?i\.|i\.? ?ins(olv?)?\.?|i\.? ?abw\.?)(?!\w)"
)
# What nearly every older firm of East Germany came out of: history, and nobody's successor.
_HISTORY = re.compile(
    r"\(?\b(?:vorm(?:als)?|ehem(?:als|alige[rs]?)?|frueher)\b\.?:?\s*(?:teil d\w+ )?(?:veb|pgh|lpg|gpg|zbe|kap|vdk"
    r"|hog?|konsum|kombinat|kreisbetrieb|staatsbetrieb)\b[^()]*\)?"
)
_FORMER = re.compile(r"\(?\b(?:vorm(?:als)?|ehem(?:als|alige)?|frueher)\b\.?:?\s*([^()]+)\)?\s*$")
# Abel Guss (jetzt Kain GmbH): a company of a register, and no note.
_NOW_CALLED = re.compile(
    r"\s*(?P<before>\w[^()]{3,}?)\s*(?:[(,;]|\s[–-]\s)\s*"
    r"(?:(?:jetzt|nun|heute|inzwischen|firmiert jetzt als|heisst jetzt)\b:?|neu:)\s+(?!auch\b|mit\b|bei\b|in\b|und\b)"
    r"(?P<now>[^()]{3,}\b(?:gmbh|ug|ag|kg|e\.? ?g)\b\.?[^()]*?)\s*\)?\s*"
)
_INSIDE = re.compile(
    r"(?<=\w )(?:im|in der|in dem|beim|bei der)\s+(?:\w+-)?(?:hotel|autohaus|einkaufs\w+|\w*center|\w*zentrum|passage"
    r"|galerie|bahnhof|schloss|klinik\w*|krankenhaus|markt\w*|kaufland|edeka|rewe|netto|globus|museum|golfclub|kino)\b.*"
)
# What somebody noted behind a name.
_NOTE = re.compile(
    r"[\s,;/(–-]+(?:bitte (?!gmbh|ug|ohg|kg|gbr|ag|u\.|und|e\.)\w|moechte\b|rueckruf\b|zurueckrufen\b"
    r"|will (?:[\w.]+ )*(?:werden|haben|wissen|kommen|\w*(?:ruf|sprech|such|bild|stell|meld|ier)en)\b"
    r"|nur (?:vor|nach)mittags\b|(?:erst )?(?:nach|ab) \d+ ?(?:h|uhr)\b|wg\. ?\w|wegen \w).*"
)
# What everybody shortens.
_PHRASES = tuple(
    (re.compile(phrase), short)
    for phrase, short in (
        (r"\bwerkstatt (fuer|f\.) (behinderte menschen|menschen mit behinderung(en)?)\b", "wfbm"),
        (r"\(?\bdipl[. -]+\w+\.?(?:[ -]*\(f\.?h\.?\))?\)?", " "),
        (r"\bwp (?=\w+(?: \w+)? (?:\d+|[ivx]+)\b)", "windpark "),
        (r"\bing(?:\.|enieur)?[ -]*ges\.(?!\w)|\bing(?:\.|enieur)?[ -]*ges\.?(?= ?mbh)", "ingenieurgesellschaft "),
        (r"(?<=[a-z]{4})-?ges\.(?= |$|,|\))|(?<=[a-z]{4})-?ges\.?(?= ?mbh\b)", "gesellschaft "),  # Agrarges.
        (r"[,;(]?\s*\bjetzt (?=(?:gmbh|ug|kg|ohg|gbr|ag)\b)", " "),  # Abel Bau, jetzt GmbH
        (r"\bfreiwillige feuerwehr\b", "ffw"),
        (r"\bmedizinisches versorgungszentrum\b", "mvz"),
        (r"\bdeutsches rotes kreuz\b", "drk"),
        (r"\barbeiterwohlfahrt\b", "awo"),
        (r"^\W*ev(ang)?\.(?= ?[a-z])|\bevang\.", "evangelische "),
        (r"^\W*kath\.(?= ?[a-z])", "katholische "),
        (r"\bkindertages(staette|einrichtung)\b", "kita"),
    )
)
_SINCE = re.compile(r"[\s,–(-]+\b(?:seit|gegr(?:\.|uendet)?|since|anno)\s*(?:anno\s*)?(?:1[6-9]|20)\d\d\b\)?")
_CARE_OF = re.compile(r"\bc\s?/\s?o\b.*")
_FORMS: tuple[tuple[str, str], ...] = (
    (r"(?<=\w )e\.?\s?v\b\.?", "club"),
    (r"\be\.?\s?g\b\.?|\bgenossenschaft\b", "coop"),
    (r"\bg\.?\s?b\.?\s?r\b\.?", "partners"),
    (r"\bo\.?\s?h\.?\s?g\b\.?", "partners"),
    (r"\be\.?\s?(k|kfr|kfm)\b\.?", "sole"),
    (r"(?<=\w )ag\b|\baktiengesellschaft\b", "stock"),
    (r"\bsp\. ?z ?\.?o\. ?o\b|\bs\. ?r\. ?o\b|\bb\.v\.(?!\w)", "limited"),
    (
        (
            r"\bgg?\.?\s?m\.?\s?b\.?\s?h\b\.?|\bges\.?\s?mbh\b"
            r"|\bges(?:ellschaft|\.) ?m(?:it|\.) ?(?:beschr\w*|b)\.? ?h(?:aftung|\.)?(?!\w)|\bmbh\b|\bg?ug\b"
            r"|\b(?:ltd|limited)\b"
        ),
        "limited",
    ),
    (r"\bk\.?\s?g\b\.?", "limited"),
)
_STRIPPED = re.compile(
    r"\bsp\. ?z ?\.?o\. ?o\b\.?|\bs\. ?r\. ?o\b\.?|\bb\.v\.(?!\w)|"
    r"\bg\.?\s?m\.?\s?b\.?\s?h\.?(?!\w)|\bgg\.?m\.?b\.?h\.?(?!\w)|\bges\.?\s?m\.?b\.?h\.?(?!\w)"
    r"|\bges(?:ellschaft|\.) ?m(?:it|\.)? ?(?:beschr\w*|b)\.? ?h(?:aftung|\.)?(?!\w)"
    r"|\bgemeinnuetzige\b|\bg?ug\b|\(?haftungsbeschraenkt\)?|[&+]\s*co\b\.?|\bco\.? ?kg\b|\bk\.?\s?g\.?(?!\w)"
    r"|(?<=\w )ag\b|\baktiengesellschaft\b"
    r"|\bo\.?\s?h\.?\s?g\.?(?!\w)|\bg\.?\s?b\.?\s?r\.?(?!\w)|\be\.\s?k\.?(?!\w)|\bek\b|\be\.\s?kfr\.?|\be\.\s?kfm\.?"
    r"|\be\.\s?g\.?(?!\w)|\beg\b|(?<=\w )e\.?\s?v\.?(?!\w)|\bmbh\b|\b(?:ltd|limited)\b\.?|\bpartg(mbb)?\b|\bmbb\b"
    r"|\beinzelunternehmen\b"
)
_NUMBER = re.compile(r"\d+|[ivx]{1,4}")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. `joined` has its words as one, `owner` is the surname after "Inh.", `owner_words` all of that
    name, `former` what the firm says that it was called before."""

    words: tuple[str, ...]
    joined: str
    numbers: frozenset[str]
    form: str
    is_branch: bool
    is_successor: bool
    owner: str
    owner_words: frozenset[str] = frozenset()
    owner_text: str = ""
    is_insolvent: bool = False
    former: "Name | None" = None
    two_of_one_name: bool = False  # Abel & Abel
    initials: tuple[str, ...] = ()  # of people whose family name is told once: Abel J. u. M.

    @property
    def is_family(self) -> bool:
        """Whether several of one family have it together."""
        return self.two_of_one_name or len(self.initials) > 1 or not BROTHERS.isdisjoint(self.words)


BROTHERS = frozenset({"gebr", "gebrueder", "geschw", "geschwister", "soehne", "sohn", "toechter", "tochter"})
_BY_LETTERS = re.compile(r"([a-z]{3,}),? ([a-z])\.\s*(?:u\.|und\b|&|\+)\s*([a-z])\.\s*$")  # Abel J. u. M.
_OF_ONE_NAME = re.compile(r"\b(\w{3,})\s*(?:&|\+|\bu\.|\bund\b)\s*\1\b")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ROMAN_LAST = {"i": "1", "v": "5", "x": "10"}


def parse(text: str) -> Name:
    """
    >>> parse("Moedebeck & Söhne Kühlgeräte GmbH Inh. Karl Abel").words
    ('moedebeck', 'soehne', 'kuehlgeraete')
    """
    plain = _HISTORY.sub(" ", _CARE_OF.sub(" ", text.casefold().translate(UMLAUTS)))
    plain = _SINCE.sub(" ", plain)
    plain = _NOTE.sub(" ", plain) if _NOTE.match(plain) is None else plain
    if now := _NOW_CALLED.fullmatch(plain):
        plain = f"{now['now']} (vormals {now['before']})"
    for phrase, short in _PHRASES:
        plain = phrase.sub(short, plain)
    if domain := re.fullmatch(r"\s*(?:www\.)?([\w-]{3,})\.[a-z]{2,10}\s*", plain):
        plain = domain[1]
    owner = _OWNER.search(plain)
    without_owner = plain[: owner.start()] if owner else plain
    before = _FORMER.search(without_owner)
    has_new = before is not None and re.search(r"\w{3}", without_owner[: before.start()]) is not None
    former = parse(before[1]) if before is not None and has_new else None
    current = without_owner[: before.start()] if before is not None and has_new else without_owner
    bare = _INSOLVENT.sub(" ", _SUCCESSOR.sub(" ", _BRANCH.sub(" ", _inside_left_out(current))))
    stripped = _STRIPPED.sub(" ", bare)
    by_letters = _BY_LETTERS.search(stripped)
    if by_letters:
        stripped = stripped[: by_letters.start(2)]
    words = _words(stripped) or _words(bare) or (plain.strip(),)
    person = sort_key(owner[1]).split() if owner else []
    return Name(
        words=words,
        joined="".join(words),
        numbers=frozenset(
            word for word in words if _NUMBER.fullmatch(word) and not (len(word) == 1 and word != words[-1])
        ),
        form=next((kind for pattern, kind in _FORMS if re.search(pattern, bare)), ""),
        is_branch=_BRANCH.search(without_owner) is not None,
        is_successor=_SUCCESSOR.search(without_owner) is not None,
        owner=person[-1] if person else "",
        owner_words=frozenset(word for word in person if word not in FILLERS),
        owner_text=owner[1] if owner else "",
        is_insolvent=_INSOLVENT.search(without_owner) is not None,
        former=former,
        two_of_one_name=_OF_ONE_NAME.search(bare) is not None,
        initials=by_letters.groups()[1:] if by_letters else (),
    )


def _inside_left_out(plain: str) -> str:
    """Without the house it is in: the restaurant in a hotel is not the hotel."""
    found = _INSIDE.search(plain)
    has_name = found is not None and any(not is_trade(word) for word in _words(plain[: found.start()]))
    return plain[: found.start()] if found and has_name else plain


def _words(plain: str) -> tuple[str, ...]:
    flat = sort_key(plain.replace("'", "").replace("ph", "f"))
    flat = re.sub(r"(?<!\d)0\d(?=\d)", "", flat)  # the length that a sort key puts in front of a number
    flat = re.sub(r"(?<=[a-z]{3})(?=\d)", " ", flat)
    merged: list[str] = []
    letters = ""
    for word in [*flat.split(), ""]:
        if len(word) == 1 and word.isalpha():
            letters += word  # "A. B. S." and "B & F" are one word
            continue
        if letters:
            merged.append(letters)
            letters = ""
        if word:
            merged.append(_one_word_for_it(_BUSINESS.sub("", word)))
    letters_of = {_ABBREVIATIONS.get(word): word for word in flat.split() if len(word) == LETTERS_OF_TWO}
    merged = [
        letters_of[word] if word in letters_of and _is_beside_its_trade(word, merged) else word for word in merged
    ]
    told = [word for word in merged if word not in FILLERS]
    numbered = [_ROMAN.get(word, word) if place else word for place, word in enumerate(told)]
    if len(numbered) > 1:
        numbered[-1] = _ROMAN_LAST.get(numbered[-1], numbered[-1])
    return tuple(dict.fromkeys(numbered))


LETTERS_OF_TWO = 2


def _is_beside_its_trade(word: str, words: Iterable[str]) -> bool:
    """Whether the name has a trade that `word` has nothing to do with: "ZM Steuerberatung" is no Zimmermeister."""
    its, others = fields(word), frozenset[int]().union(*(fields(beside) for beside in words if beside != word))
    return bool(its and others and not its & others and not are_related(its, others))


def first_name(word: str) -> str:
    """Conny is Cornelia."""
    return _SHORT_NAMES.get(word, word)


@lru_cache(maxsize=50_000)
def _one_word_for_it(word: str) -> str:
    if word in _NUMERALS:
        return _NUMERALS[word]
    word = _ABBREVIATIONS.get(word, word)
    word = first_name(word)
    begin = next((begin for begin in _SYNONYMS if word.startswith(begin)), "")
    if begin:
        return _SYNONYMS[begin] + word[len(begin) :]
    inside = next((part for part in _SYNONYMS if len(part) > 6 and part in word[3:]), "")  # Landmetzgerei
    return word.replace(inside, _SYNONYMS[inside]) if inside else word


@lru_cache(maxsize=200_000)
def is_trade(word: str) -> bool:
    """Whether a word says what is done there rather than who does it."""
    if word in SURNAMES or _LIKE_A_SURNAME.search(word):
        return False
    return _TRADES.search(word) is not None


@lru_cache(maxsize=200_000)
def fields(word: str) -> frozenset[int]:
    """What is done under this word; nothing where it is not known or is a family name."""
    return frozenset() if word in SURNAMES or _LIKE_A_SURNAME.search(word) else _fields(word)


@lru_cache(maxsize=50_000)
def _fields(word: str) -> frozenset[int]:
    return frozenset(number for number, parts in enumerate(_FIELDS) if parts.search(word))


def fields_of(text: str, *, loosely: bool = True) -> frozenset[int]:
    """What the cell of the trade tells; with `loosely` what several trades are called together stands for each.

    >>> bool(fields_of("Wachfalke Security") & fields_of("Sicherheitsdienst Wachfalke"))
    True
    >>> bool(fields_of("Kälteanlagenbauer") & fields_of("Klimatechnik")), fields("schneider")
    (True, frozenset())
    """
    plain = sort_key(text.casefold().translate(UMLAUTS).replace("ph", "f"))
    told = [its for word in plain.split() for its in (word, *(_GENERIC_TERMS.get(word, ()) if loosely else ()))]
    return frozenset(number for word in told for number in _fields(word))  # Schneider is the craft here


def _related() -> frozenset[tuple[int, int]]:
    found = set()
    for line in _LISTS["related"].replace("ph", "f").strip().splitlines():
        numbers = [{number for number, parts in enumerate(_FIELDS) if parts.search(word)} for word in line.split()]
        found |= {(a, b) for one in numbers for other in numbers for a in one for b in other}
    return frozenset(found)


_RELATED = _related()


def are_related(one: Iterable[int], other: Iterable[int]) -> bool:
    """Whether a firm that does one often does the other, too."""
    right = tuple(other)
    return any((a, b) in _RELATED for a in one for b in right)


def is_special(word: str) -> bool:
    """Whether a word for what is done tells more than that it is work."""
    return len(word) > 4 and word not in EVERYDAY and word not in _GENERAL


def is_done_at(word: str, there: Iterable[str]) -> bool:
    """Whether `word` is a place of work, and one of `there` is done at such: `praxis`, `zahnarzt`."""
    done = _PLACES_OF_WORK.get(word)
    return done is not None and any(done.search(its) for its in there)


def kinds(words: Iterable[str]) -> frozenset[str]:
    """The endings that tell two firms of one trade apart: who builds, who sells and who lends."""
    ends = (KINDS.search(word) for word in words)
    return frozenset(STRONG_KINDS[end[1]] for end in ends if end and end[1] in STRONG_KINDS)


_SCHOOL = re.compile(r"((?<!baum)schule|unterricht|akademie)$")
_SHOP = re.compile(
    r"\w{3}(haus|handel|handlung|laden|geschaeft|bau|werkstatt|bauer|center|fabrik|manufaktur|macherei)$"
)


def is_school(word: str) -> bool:
    return _SCHOOL.search(word) is not None


def is_shop(word: str) -> bool:
    """Whether a word says that things are sold or made: the music shop beside the music school."""
    return _SHOP.search(word) is not None


def is_sister(word: str) -> bool:
    return _SISTERS.search(word) is not None


_SISTER_KINDS = tuple(
    map(re.compile, ("immobil|grundst", "stiftung", "verein", "leasing", "holding|beteil|verwalt|vermoeg"))
)


def sisters(words: Iterable[str]) -> frozenset[int]:
    """What of a company beside another a name tells: a holding is one, its property another."""
    return frozenset(number for word in words for number, kind in enumerate(_SISTER_KINDS) if kind.search(word))


def is_bare(word: str) -> bool:
    """Whether a word is what many are called, with nothing before it: Praxis, and not Sonnenhof."""
    return bool(_TRADES.fullmatch(word) or KINDS.fullmatch(word))


def is_park(word: str) -> bool:
    return _PARKS.search(word) is not None


def is_spin_off(word: str) -> bool:
    """Whether a company that has this word more than another is usually a firm of its own beside it."""
    return word in _SPIN_OFFS or any(len(end) > 4 and word.endswith(end) for end in _SPIN_OFFS)


def has_spun_off(word: str, other: str) -> bool:
    """Whether `other` is `word` with what a firm of its own beside it is called by.

    >>> has_spun_off("solar", "solarservice"), has_spun_off("solar", "solartechnik")
    (True, False)
    """
    rest = other.removeprefix(word)
    return len(word) > 2 and rest != other and (rest in _SPIN_OFFS or rest.removeprefix("s") in _SPIN_OFFS)


def is_other_business(words: Iterable[str]) -> bool:
    """Whether one of these says that things are lent, managed or planned, which a company beside another does."""
    return not OTHER_BUSINESS.isdisjoint(kinds(words))


def is_subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)
