"""What a firm's name is made of, and how two names go together. Pure; the word lists stand in `words.toml`."""

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from wegweiser.kernel.sorting import sort_key

_LISTS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
FILLERS = frozenset(_LISTS["fillers"].split())
FIRST_NAMES = frozenset(_LISTS["first_names"].replace("ph", "f").split())  # as words are folded
_GENERAL = frozenset(_LISTS["general"].split())
TITLES = frozenset(_LISTS["titles"].split())
BOTH_NAMES = frozenset(_LISTS["both_names"].split())
EVERYDAY = frozenset(_LISTS["everyday"].split())
SURNAMES = frozenset(_LISTS["surnames"].split())
_SYNONYMS = dict(line.split() for line in _LISTS["synonyms"].strip().splitlines())
_SHORT_NAMES = dict(line.split() for line in _LISTS["short_names"].strip().splitlines())
PLATES = {plate.replace("OE", "Ö"): town for plate, town in map(str.split, _LISTS["plates"].strip().splitlines())}
_NUMERALS = dict(line.split() for line in _LISTS["numerals"].strip().splitlines())
_FIELDS = tuple(re.compile("|".join(line.split())) for line in _LISTS["fields"].replace("ph", "f").strip().splitlines())
_SPIN_OFFS = frozenset(_LISTS["spin_offs"].split())
_TRADES = re.compile("|".join(_LISTS["trades"].split()))
_KINDS = re.compile(f"({'|'.join(sorted(_LISTS['kinds'].split(), key=len, reverse=True))})$")
_SISTERS = re.compile("|".join(_LISTS["sisters"].split()))
_LIKE_A_SURNAME = re.compile(r"(mann|bauer|hofer|m[ae][iy]er|schneider|schuster)$")
_BUSINESS = re.compile(r"(?<=\w{6})(meister|betrieb|meisterbetrieb|fachbetrieb|geschaeft)$")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_STRONG_KINDS = {
    **dict.fromkeys(("handel", "handels", "handlung", "vertrieb"), "handel"),
    **dict.fromkeys(("vermietung", "verleih"), "verleih"),
    **{kind: kind for kind in ("bau", "verwaltung", "planung")},
}
_OWNER = re.compile(r"\b(?:inh|inhaber|inhaberin|inhaberfamilie)\b\.?:?\s*(.+)$")
_BRANCH = re.compile(
    r"\b(filiale|zweigstelle|(zweig)?niederlassung|betriebsstaette|geschaeftsstelle|standort|aussenstelle|nl)\b.*"
)
_SUCCESSOR = re.compile(r"\b(nachf(olger(in)?)?|vorm(als)?|ehem(als|alige)?|frueher|in liquidation|i\.? ?l\.)(?!\w)")
_FORMER = re.compile(r"\(?\b(?:vorm(?:als)?|ehem(?:als|alige)?|frueher)\b\.?:?\s*([^()]+)\)?\s*$")
_INSIDE = re.compile(
    r"(?<=\w )(?:im|in der|in dem|beim|bei der)\s+(?:\w+-)?(?:hotel|autohaus|einkaufs\w+|\w*center|\w*zentrum|passage"
    r"|galerie|bahnhof|schloss|klinik\w*|krankenhaus|markt\w*|kaufland|edeka|rewe|netto|globus|museum|golfclub|kino)\b.*"
)
_CARE_OF = re.compile(r"\bc\s?/\s?o\b.*")
_FORMS: tuple[tuple[str, str], ...] = (
    (r"\be\.?\s?v\b\.?", "club"),
    (r"\be\.?\s?g\b\.?|\bgenossenschaft\b", "coop"),
    (r"\bg\.?\s?b\.?\s?r\b\.?", "partners"),
    (r"\bo\.?\s?h\.?\s?g\b\.?", "partners"),
    (r"\be\.?\s?(k|kfr|kfm)\b\.?", "sole"),
    (r"(?<=\w )ag\b|\baktiengesellschaft\b", "stock"),
    (
        r"\bgg?\.?\s?m\.?\s?b\.?\s?h\b\.?|\bges\.?\s?mbh\b|\bgesellschaft mit beschr\w+ haftung\b|\bmbh\b|\bug\b",
        "limited",
    ),
    (r"\bk\.?\s?g\b\.?", "limited"),
)
_STRIPPED = re.compile(
    r"\bg\.?\s?m\.?\s?b\.?\s?h\.?(?!\w)|\bgg\.?m\.?b\.?h\.?(?!\w)|\bges\.?\s?m\.?b\.?h\.?(?!\w)"
    r"|gesellschaft mit beschr\w+ haftung"
    r"|\bgemeinnuetzige\b|\bug\b|\(?haftungsbeschraenkt\)?|[&+]\s*co\b\.?|\bco\.? ?kg\b|\bk\.?\s?g\.?(?!\w)"
    r"|(?<=\w )ag\b|\baktiengesellschaft\b"
    r"|\bo\.?\s?h\.?\s?g\.?(?!\w)|\bg\.?\s?b\.?\s?r\.?(?!\w)|\be\.\s?k\.?(?!\w)|\bek\b|\be\.\s?kfr\.?|\be\.\s?kfm\.?"
    r"|\be\.\s?g\.?(?!\w)|\beg\b|\be\.\s?v\.?(?!\w)|\bev\b|\bmbh\b|\bpartg(mbb)?\b|\beinzelunternehmen\b"
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
    former: "Name | None" = None

    @property
    def is_family(self) -> bool:
        """Whether several of one family have it together."""
        return not _BROTHERS.isdisjoint(self.words)


_BROTHERS = frozenset({"gebr", "gebrueder", "geschw", "geschwister", "soehne", "sohn", "toechter", "tochter"})


def parse(text: str) -> Name:
    """
    >>> parse("Moedebeck & Söhne Kühlgeräte GmbH Inh. Karl Abel").words
    ('moedebeck', 'soehne', 'kuehlgeraete')
    """
    plain = _CARE_OF.sub(" ", text.casefold().translate(_UMLAUTS))
    if domain := re.fullmatch(r"\s*(?:www\.)?([\w-]{3,})\.[a-z]{2,10}\s*", plain):
        plain = domain[1]
    owner = _OWNER.search(plain)
    without_owner = plain[: owner.start()] if owner else plain
    before = _FORMER.search(without_owner)
    has_new = before is not None and re.search(r"\w{3}", without_owner[: before.start()]) is not None
    former = parse(before[1]) if before is not None and has_new else None
    current = without_owner[: before.start()] if before is not None and has_new else without_owner
    bare = _SUCCESSOR.sub(" ", _BRANCH.sub(" ", _inside_left_out(current)))
    words = _words(_STRIPPED.sub(" ", bare)) or _words(bare) or (plain.strip(),)
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
        former=former,
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
    return tuple(dict.fromkeys(word for word in merged if word not in FILLERS))


def first_name(word: str) -> str:
    """Conny is Cornelia."""
    return _SHORT_NAMES.get(word, word)


@lru_cache(maxsize=50_000)
def _one_word_for_it(word: str) -> str:
    if word in _NUMERALS:
        return _NUMERALS[word]
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
    if word in SURNAMES or _LIKE_A_SURNAME.search(word):
        return frozenset()
    return frozenset(number for number, parts in enumerate(_FIELDS) if parts.search(word))


def fields_of(text: str) -> frozenset[int]:
    """
    >>> bool(fields_of("Wachfalke Security") & fields_of("Sicherheitsdienst Wachfalke"))
    True
    """
    plain = sort_key(text.casefold().translate(_UMLAUTS).replace("ph", "f"))
    return frozenset(number for word in plain.split() for number in fields(word))


def is_special(word: str) -> bool:
    """Whether a word for what is done tells more than that it is work."""
    return len(word) > 4 and word not in EVERYDAY and word not in _GENERAL


def kinds(words: Iterable[str]) -> frozenset[str]:
    """The endings that tell two firms of one trade apart: who builds, who sells and who lends."""
    ends = (_KINDS.search(word) for word in words)
    return frozenset(_STRONG_KINDS[end[1]] for end in ends if end and end[1] in _STRONG_KINDS)


def is_sister(word: str) -> bool:
    return _SISTERS.search(word) is not None


_SISTER_KINDS = tuple(
    map(re.compile, ("immobil|grundst", "stiftung", "verein", "leasing", "holding|beteil|verwalt|vermoeg"))
)


def sisters(words: Iterable[str]) -> frozenset[int]:
    """What of a company beside another a name tells: a holding is one, its property another."""
    return frozenset(number for word in words for number, kind in enumerate(_SISTER_KINDS) if kind.search(word))


def is_spin_off(word: str) -> bool:
    """Whether a company that has this word more than another is usually a firm of its own beside it."""
    return word in _SPIN_OFFS


class Fit(IntEnum):
    OTHER, CONFLICT, PART, NEAR, SAME = 0, 1, 2, 3, 4


@lru_cache(maxsize=400_000)
def covers(one: str, other: str) -> int:
    """How well a word stands for another: 3 the same, 2 a slip, an initial or a part, 1 the same stem, 0 not."""
    if one == other:
        return 3
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return 2 if long.startswith(short) else 0
    kinds = _KINDS.search(short), _KINDS.search(long)
    if kinds[0] and kinds[1] and kinds[0][1] != kinds[1][1] and short != kinds[0][1] and long != kinds[1][1]:
        return 0
    slips = 0 if len(short) < 5 or any(map(str.isdigit, long)) else 1 if len(short) < 8 else 2
    if slips and Levenshtein.distance(short, long, score_cutoff=2) <= slips:
        return 2
    if len(short) >= 4 and short in long:
        return 2
    if len(short) >= 7 and fuzz.partial_ratio(short, long, score_cutoff=90):
        return 2
    if len(short) == 3 and (long.startswith(short) or long.endswith(short)) and len(long) > 4:
        return 2
    shared = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if shared >= 4 and shared >= 0.5 * len(short) and is_trade(short) and is_trade(long):
        return 1
    if shared >= 5 and len(long) > len(short) + 3 and is_subsequence(short, long):  # norddt. for norddeutsche
        return 1
    if len(short) <= 4 and short[0] == long[0] and is_subsequence(short, long) and len(long) > 2 * len(short):
        return 0 if is_sister(long) or re.search("[aeiou]", short[1:]) else 1
    return 0


def is_subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


@dataclass(frozen=True, slots=True)
class Fitted:
    """How two names go together: the words that only one side has, whether a word that is no trade is shared (and
    which), and whether each side has a first name of its own."""

    fit: Fit
    alone: tuple[str, ...] = ()
    distinct: bool = False
    other_first_name: bool = False
    shared: tuple[str, ...] = ()


def fitted(
    one: Name,
    other: Name,
    *,
    first_names: Collection[str] = (),
    people: tuple[Collection[frozenset[str]], Collection[frozenset[str]]] = ((), ()),
    explained: tuple[Collection[str], Collection[str]] = ((), ()),
    surnames: Collection[str] = (),
) -> Fitted:
    """`first_names` are those of people who are known to work there, `people` their first and last names. `explained`
    are names of people in the name of one that the other says elsewhere; one of `surnames` is no trade, whatever
    it sounds like."""

    def tells(word: str) -> bool:
        return not is_trade(word) or word in surnames

    if one.joined == other.joined or sorted(one.words) == sorted(other.words):
        telling = tuple(filter(tells, one.words))
        return Fitted(Fit.SAME, distinct=bool(telling), shared=telling)
    best = {word: max((covers(word, its) for its in other.words), default=0) for word in one.words}
    back = {word: max((covers(word, its) for its in one.words), default=0) for word in other.words}
    for qualities, joined in ((best, other.joined), (back, one.joined)):
        for word, quality in qualities.items():
            if not quality and len(word) >= 4 and word in joined:
                qualities[word] = 2
            elif not quality and 2 <= len(word) <= 4 and _is_initials(word, joined):
                qualities[word] = 1
    for qualities, owner in ((best, other.owner_words), (back, one.owner_words)):
        if len(owner) > 1 and owner <= set(qualities):  # "Schmiede am Tor, Inh. Falk Abel" is also "Falk Abel"
            qualities.update(dict.fromkeys(owner, 3))
    for qualities, theirs in ((best, people[1]), (back, people[0])):
        for person in theirs:  # "Lingua, Carmen Ruiz" and "Sprachschule Lingua" where Carmen Ruiz works
            shared = any(
                quality >= 2 and not is_trade(word) for word, quality in qualities.items() if word not in person
            )
            if shared and person <= set(qualities):
                qualities.update(dict.fromkeys(person, 2))
    similarity = 0.0
    is_any = any(best.values()) or any(back.values())
    if not is_any or 0 in best.values() or 0 in back.values():
        similarity = Levenshtein.normalized_similarity(one.joined, other.joined, score_cutoff=0.85)
        if not similarity and not is_any:
            return Fitted(Fit.OTHER)
    known = [*best.items(), *back.items()]
    shared_words = tuple(dict.fromkeys(word for word, quality in known if quality >= 2 and tells(word)))
    distinct = similarity > 0 or bool(shared_words)
    for qualities, persons in ((best, explained[0]), (back, explained[1])):
        for word, quality in qualities.items():
            if not quality and any(_is_named(word, person) for person in persons):
                qualities[word] = 1
    left, right = ([word for word, quality in found.items() if not quality] for found in (best, back))
    if bool(left) != bool(right):  # "Wassertechnik" is no "Schwimmbad-Technik", though both hold the word
        rest = _rest_of_a_compound(one, other, right) if right else _rest_of_a_compound(other, one, left)
        left, right = (left or rest, right or rest)
    first = [[word for word in words if word in FIRST_NAMES or word in first_names] for words in (left, right)]
    other_first_name = bool(first[0] and first[1])
    if not other_first_name:  # a first name that only one side has says nothing
        without = [
            [word for word in words if word not in names] for words, names in zip((left, right), first, strict=True)
        ]
        if not (without[0] and without[1]):
            left, right = ([], left + right) if not without[0] else (left + right, [])
    if left and right:
        if similarity >= 0.9 and not other_first_name:
            return Fitted(Fit.NEAR, distinct=distinct, shared=shared_words)
        return Fitted(Fit.CONFLICT, tuple(left + right), distinct, other_first_name, shared_words)
    alone = tuple(left + right)
    return Fitted(Fit.PART if alone else Fit.NEAR, alone, distinct, other_first_name, shared_words)


def _is_named(word: str, person: str) -> bool:
    """Whether a word in a firm's name is this first or last name, short or with a slip."""
    if len(word) <= 3:
        return person.startswith(word)
    return word == person or (len(word) > 5 and Levenshtein.distance(word, person, score_cutoff=1) <= 1)


def _rest_of_a_compound(one: Name, other: Name, alone: Collection[str]) -> list[str]:
    """What `one` says in a compound, where `other` has another word (of `alone`) in front of the trade at its end."""
    return [
        word
        for word in one.words
        for before, its in pairwise(other.words)
        if before in alone
        and len(word) >= len(its) + 4
        and word.endswith(its)
        and is_trade(its)
        and not any(covers(word.removesuffix(its), more) for more in other.words if more != its)
        and word.removesuffix(its) not in other.joined
    ]


def _is_initials(word: str, joined: str) -> bool:
    return joined[:1] == word[0] and len(joined) > 3 * len(word) and is_subsequence(word, joined)
