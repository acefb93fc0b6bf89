"""Words for what is done at a firm, and what they tell of it. Pure; the word lists stand in `words.toml`."""

import re
from collections.abc import Iterable
from functools import lru_cache

from wegweiser.companies.linkage.row.stems import Stems
from wegweiser.companies.linkage.row.vocabulary import EVERYDAY, GENERAL, LISTS, NAMES_LIKE_TRADES, SURNAMES, folded
from wegweiser.kernel.sorting import sort_key

_FIELDS = Stems(line.split() for line in LISTS["fields"].replace("ph", "f").strip().splitlines())
_PLACES_OF_WORK = {
    line.split()[0]: re.compile("|".join(f"^{part}" for part in line.split()[1:]))
    for line in LISTS["places_of_work"].replace("ph", "f").strip().splitlines()
}
_GENERIC_TERMS = {
    word: line.partition(":")[2].split()
    for line in LISTS["generic_terms"].replace("ph", "f").strip().splitlines()
    for word in line.partition(":")[0].split()
}
_SPIN_OFFS = frozenset(LISTS["spin_offs"].split())
_TRADES = re.compile("|".join(LISTS["trades"].replace("ph", "f").split()))
KINDS = re.compile(f"({'|'.join(sorted(LISTS['kinds'].split(), key=len, reverse=True))})$")
_SISTERS = re.compile("|".join(LISTS["sisters"].split()))
_PARKS = re.compile(r"(wind|solar|energie|fotovoltaik)(park|kraft|feld)")
_LIKE_A_SURNAME = re.compile(r"(mann|bauer|hofer|m[ae][iy]er|schneider|schuster)$")
STRONG_KINDS = {
    **dict.fromkeys(("handel", "handels", "handlung", "vertrieb"), "handel"),
    **dict.fromkeys(("vermietung", "verleih"), "verleih"),
    **{kind: kind for kind in ("bau", "verwaltung", "planung")},
}
OTHER_BUSINESS = frozenset({"verleih", "verwaltung", "planung"})


@lru_cache(maxsize=200_000)
def is_trade(word: str) -> bool:
    """Whether a word says what is done there rather than who does it."""
    return not is_like_a_surname(word) and _TRADES.search(word) is not None


def is_like_a_surname(word: str) -> bool:
    """Whether a word is a family name rather than a trade, though it may sound like one: Zimmermann."""
    return word in SURNAMES or word in NAMES_LIKE_TRADES or _LIKE_A_SURNAME.search(word) is not None


@lru_cache(maxsize=200_000)
def fields(word: str) -> frozenset[int]:
    """What is done under this word; nothing where it is not known or is a family name."""
    return frozenset() if is_like_a_surname(word) else _fields(word)


@lru_cache(maxsize=50_000)
def _fields(word: str) -> frozenset[int]:
    return _FIELDS.found_in(word)


def fields_of(text: str, *, loosely: bool = True) -> frozenset[int]:
    """What the cell of the trade tells; with `loosely` what several trades are called together stands for each.

    >>> bool(fields_of("Wachfalke Security") & fields_of("Sicherheitsdienst Wachfalke"))
    True
    >>> bool(fields_of("Kälteanlagenbauer") & fields_of("Klimatechnik")), fields("schneider")
    (True, frozenset())
    """
    plain = sort_key(folded(text).replace("ph", "f"))
    told = [its for word in plain.split() for its in (word, *(_GENERIC_TERMS.get(word, ()) if loosely else ()))]
    return frozenset(number for word in told for number in _fields(word))  # Schneider is the craft here


def _related() -> frozenset[tuple[int, int]]:
    found = set()
    for line in LISTS["related"].replace("ph", "f").strip().splitlines():
        numbers = [_fields(word) for word in line.split()]
        found |= {(a, b) for one in numbers for other in numbers for a in one for b in other}
    return frozenset(found)


_RELATED = _related()


def are_related(one: Iterable[int], other: Iterable[int]) -> bool:
    """Whether a firm that does one often does the other, too."""
    right = tuple(other)
    return any((a, b) in _RELATED for a in one for b in right)


def is_special(word: str) -> bool:
    """Whether a word for what is done tells more than that it is work."""
    return len(word) > 4 and word not in EVERYDAY and word not in GENERAL


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
    r"\w{3}(haus|handel|handlung|laden|markt|geschaeft|dienst|salon|bau|werkstatt|bauer|center|fabrik|manufaktur|macherei)$"
)


def is_school(word: str) -> bool:
    return _SCHOOL.search(word) is not None


def is_shop(word: str) -> bool:
    """Whether a word says that things are sold, made or done: the music shop beside the music school, the dogs' parlour
    beside their school."""
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
