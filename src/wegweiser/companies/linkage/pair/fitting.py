"""How two names of firms go together. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from wegweiser.companies.linkage.row import names, sounds, trades, vocabulary
from wegweiser.companies.linkage.row.names import Name

_SOLD = re.compile(r"^bau(stoff|markt|fachmarkt|masch|geraet|element|bedarf|material|zentrum)")
_PART_OF_A_HOUSE = re.compile(r"(aus|um|trocken|haus|holz)bau")  # and so "Abel Bau" may be called
COMPOUND = 9  # letters of a word that may be made of two


class Fit(IntEnum):
    OTHER, CONFLICT, PART, NEAR, SAME = 0, 1, 2, 3, 4


_PLURAL = re.compile(r"(?<=\w{3})(?:h(?P<haus>aeuser)|d(?P<dach>aecher)|r(?P<rad>aeder)|z(?P<zaun>aeune))$")


def _singular(word: str) -> str:
    """`gewaechshaeuser` is what a `gewaechshausbau` builds."""
    return _PLURAL.sub(lambda found: found.lastgroup or "", word)


@lru_cache(maxsize=400_000)
def covers(one: str, other: str) -> int:
    """How well a word stands for another: 3 the same, 2 a slip, an initial or a part, 1 the same stem, 0 not."""
    if one == other:
        return 3
    if (single := _singular(one)) != one or _singular(other) != other:
        return min(covers(single, _singular(other)), 2)
    short, long = sorted((one, other), key=len)
    if not short:
        return 0  # what an owner's name leaves of a word
    if len(short) == 1:
        return 2 if names.is_initial(short, long) else 0
    kinds = trades.KINDS.search(short), trades.KINDS.search(long)
    apart = [trades.STRONG_KINDS.get(kind[1]) if kind else None for kind in kinds]
    if (
        apart[0] != apart[1]
        and not trades.OTHER_BUSINESS.isdisjoint(apart)
        and (kinds[0] or short != trades.KINDS.sub("", long))
    ):
        return 0  # "Autohaus" and "Autovermietung"
    if trades.is_school(short) != trades.is_school(long) and trades.is_shop(long if trades.is_school(short) else short):
        return 0  # "Musikschule" and "Musikhaus"
    if kinds[0] and kinds[1] and kinds[0][1] != kinds[1][1] and short != kinds[0][1] and long != kinds[1][1]:
        return 0
    if short == "bau" and (_SOLD.search(long) or _is_another_field(short, long)):
        return 0  # whoever builds, and whoever sells the stones, plants trees or puts up the scaffolding
    if short == "haus" and long.startswith(short):
        return 0  # "Haus Sonnenblick" and "Hausmeisterservice"
    slips = 0 if len(short) < 5 or any(map(str.isdigit, long)) else 1 if len(short) < 8 else 2
    if slips and OSA.distance(short, long, score_cutoff=2) <= slips:  # two letters that changed places are one slip
        return 2
    if len(short) >= sounds.LEAST and sounds.sound(short) == sounds.sound(long):
        return 2
    if len(short) >= 4 and short in long:
        return 2
    if len(short) >= 7 and fuzz.partial_ratio(short, long, score_cutoff=90):
        return 2
    if len(short) == 3 and (long.startswith(short) or long.endswith(short)) and len(long) > 4:
        return 2
    shared = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if shared >= 4 and shared >= 0.5 * len(short) and trades.is_trade(short) and trades.is_trade(long):
        return 1
    if shared >= 5 and len(long) > len(short) + 3 and names.is_subsequence(short, long):  # norddt. for norddeutsche
        return 1
    if len(short) <= 4 and short[0] == long[0] and names.is_subsequence(short, long) and len(long) > 2 * len(short):
        return 0 if trades.is_sister(long) or re.search("[aeiou]", short[1:]) else 1
    return 0


def _is_another_field(one: str, other: str) -> bool:
    is_told = bool(trades.fields(other)) and not _PART_OF_A_HOUSE.search(other)
    return is_told and not trades.fields(one) & trades.fields(other)


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
        return not trades.is_trade(word) or word in surnames

    if not (names.is_told(one) and names.is_told(other)):
        return Fitted(Fit.OTHER)  # two cells with a dash in them are no one firm
    if one.joined == other.joined or sorted(one.words) == sorted(other.words):
        # Of "Berg-Hotel" and "Berghotel" one has a word that is no trade, whichever of them comes first.
        telling = tuple(filter(tells, sorted({*one.words, *other.words})))
        return Fitted(Fit.SAME, distinct=bool(telling), shared=telling)
    best = {word: _best_cover(word, other.words, one.words) for word in one.words}
    back = {word: _best_cover(word, one.words, other.words) for word in other.words}
    _spell_out(one.words, other.words, best, back)
    _spell_out(other.words, one.words, back, best)
    for short, full, towns, there, again in (
        (one.words, other.words, explained[1], best, back),
        (other.words, one.words, explained[0], back, best),
    ):
        letters = [word for word in short if len(word) > 2]
        _spell_out(letters, tuple(word for word in full if word not in towns), there, again)
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
                quality >= 2 and not trades.is_trade(word) for word, quality in qualities.items() if word not in person
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
    first = [
        [word for word in words if word in vocabulary.FIRST_NAMES or word in first_names or _is_a_letter(word)]
        for words in (left, right)
    ]
    other_first_name = bool(first[0] and first[1])
    if not other_first_name:  # a first name that only one side has says nothing
        without = [
            [word for word in words if word not in names] for words, names in zip((left, right), first, strict=True)
        ]
        if not (without[0] and without[1]):
            left, right = ([], left + right) if not without[0] else (left + right, [])
    if left and right:  # "Praxis Abel" and "Zahnarzt Abel"
        left = [word for word in left if not trades.is_done_at(word, right)]
        right = [word for word in right if not trades.is_done_at(word, left)]
        crafts = [word for word in left + right if word not in surnames and trades.is_like_a_surname(word)]
        done = {word for word in crafts for its in left + right if its != word and _is_craft_of(word, its)}
        if shared_words and done:  # "Zimmermann Abel" and "Zimmerei Abel"
            left, right = (
                [word for word in words if word not in done and not any(_is_craft_of(its, word) for its in done)]
                for words in (left, right)
            )
    if left and right:
        left, right = _without_what_says_little(
            left, right, is_company=bool(one.form and other.form), own=shared_words, persons=surnames
        )
    if not vocabulary.BROTHERS.isdisjoint(left + right):  # "Abel & Söhne" and "Abel Orgelbau"
        without = [[word for word in words if word not in vocabulary.BROTHERS] for words in (left, right)]
        if not (without[0] and without[1]) and not other_first_name:
            left, right = ([], left + right) if not without[0] else (left + right, [])
    if left and right:
        if similarity >= 0.9 and not other_first_name:
            return Fitted(Fit.NEAR, distinct=distinct, shared=shared_words)
        return Fitted(Fit.CONFLICT, tuple(left + right), distinct, other_first_name, shared_words)
    alone = tuple(left + right)
    return Fitted(Fit.PART if alone else Fit.NEAR, alone, distinct, other_first_name, shared_words)


_RUNS_IT = re.compile(r"betriebs|betreiber|(?:betriebs|betreiber)(?:gesellschaft|ges)")
# As a firm calls itself by where it is: Harzer Baumkuchenhaus.
_OF_A_REGION = re.compile(
    r"(?:ost|west|nord|sued|ober|unter)?harzer|(?:alt|uck|ost|west)?maerk(?:er|isch\w*)"
    r"|anhalter|(?:sachsen-?)?anhaltisch\w*|mitteldeutsch\w*|mansfelder|unstruttaler|(?:nieder|ober)?saechsisch\w*"
    r"|thueringer|brandenburger|(?:magdeburger)?boerder"
)


def _without_what_says_little(
    left: list[str], right: list[str], *, is_company: bool, own: Collection[str], persons: Collection[str]
) -> tuple[list[str], list[str]]:
    """What only one of two names has, where a word on one side says no more than the region or that a company runs it:
    "Zum Hirsch Betriebs GmbH" and "Hotel Hirsch". Two companies are told apart by it."""
    for says_little in (_OF_A_REGION if own else None, None if is_company else _RUNS_IT):
        if says_little is None:
            continue
        without = [
            [word for word in words if word in persons or not says_little.fullmatch(word)] for words in (left, right)
        ]
        if not (without[0] and without[1]):
            return ([], left + right) if not without[0] else (left + right, [])
    return left, right


def one_stem(one: Sequence[str], other: Sequence[str], persons: Collection[str] = ()) -> bool:
    """Whether two compounds that we do not know begin with one word: `Tankschutz`, `Tankreinigung`; not where one says
    that things are sold, lent or built, nor where that word is a region or a family name of `persons`."""
    return any(_are_of_one_stem(left, right, persons) for left in one for right in other)


@lru_cache(maxsize=50_000)
def _stem_of(left: str, right: str) -> str:
    shared = next((place for place, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), 0)
    return left[:shared]


def _are_of_one_stem(left: str, right: str, persons: Collection[str]) -> bool:
    stem = _stem_of(left, right)
    if len(stem) < LEAST_OF_A_STEM or min(len(left), len(right)) < len(stem) + LEAST_OF_A_STEM:
        return False
    if trades.fields(left) or trades.fields(right) or any(map(_IS_ANOTHER_BUSINESS.search, (left, right))):
        return False
    if _SAYS_LITTLE.match(left):
        return False
    return not any(len(name) > 3 and (left.startswith(name) or right.startswith(name)) for name in persons)


LEAST_OF_A_STEM = 4
_IS_ANOTHER_BUSINESS = re.compile(
    r"(haus|handel|handels|handlung|laden|geschaeft|markt|shop|vertrieb|bau|bauer|fabrik|manufaktur|macherei|schule|akademie"
    r"|unterricht|vermietung|verleih|verwaltung|planung|wetten|verein)$"
)
# Hundreds of firms that have nothing to do with each other begin with these.
_SAYS_LITTLE = re.compile(
    "|".join(
        sorted(
            word
            for word in vocabulary.EVERYDAY | vocabulary.SURNAMES | vocabulary.FIRST_NAMES
            if len(word) > LEAST_OF_A_STEM - 1
        )
    )
    + "|kinder|senior|jugend|familien|sport|tier|kunst|gesund|event|auto|holz|wasser|energie|medien|reise|garten"
    "|musik|computer|elektro|metall|werk|team|markt|online|mobil|privat|wohn|innen|aussen|freizeit|handwerk|technik|strom|umwelt"
)


def _best_cover(word: str, theirs: Collection[str], mine: Collection[str]) -> int:
    """How well one of `theirs` stands for `word`. What both have stands for itself: "KS" is not "Kabelsysteme" too."""
    found = [(covers(word, its), its) for its in theirs]
    return max((quality for quality, its in found if quality != 1 or its not in mine), default=0)


@lru_cache(maxsize=50_000)
def _is_craft_of(word: str, its: str) -> bool:
    """Whether a family name is who does `its`: Zimmermann, Zimmerei."""
    return bool(trades.fields(its) & trades.fields_of(word, loosely=False))


def _is_a_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _spell_out(mine: Sequence[str], theirs: Sequence[str], best: dict[str, int], back: dict[str, int]) -> None:
    """`KTE` for Kunststofftechnik Elbaue, `T&V` for Tietjen & Vogt: letters that words of the other begin with."""
    for word in mine:
        if best[word] or not 2 <= len(word) <= 5 or not word.isalpha() or trades.is_trade(word):
            continue
        if word in names.EVERYBODY_KNOWS:
            continue
        without = word[0] + word[2:] if word[1] == "f" else word  # IfA: Institut für Arbeitsschutz
        for start in range(len(theirs)):
            count = spelt_by(word, theirs[start:]) or (len(without) > 1 and spelt_by(without, theirs[start:]))
            if count > 1:
                best[word] = 1
                back.update({full: max(back[full], 1) for full in theirs[start : start + count]})
                break


_SMALL_WORDS = "fud"  # IfA, GfB: "für", "und" and "der" are left out of a name


@lru_cache(maxsize=50_000)
def spelt_by(letters: str, words: tuple[str, ...]) -> int:
    """How many of `words`, from the first on, `letters` are the beginnings of; 0 where they are not."""
    if not words or letters[0] != words[0][0]:
        return 0
    longest = 3 if len(words[0]) >= COMPOUND else 1  # Kunststoff-Technik gives two
    for taken in range(1, min(longest, len(letters)) + 1):
        if not names.is_subsequence(letters[:taken], words[0]):
            break
        if taken == len(letters):
            return 1
        rest = spelt_by(letters[taken:], words[1:])
        if not rest and letters[taken] in _SMALL_WORDS and taken + 1 < len(letters):
            rest = spelt_by(letters[taken + 1 :], words[1:])
        if rest:
            return rest + 1
    return 0


def _is_named(word: str, person: str) -> bool:
    """Whether a word in a firm's name is this first or last name, short or with a slip."""
    if len(word) <= 3:
        return names.is_initial(word, person)
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
        and trades.is_trade(its)
        and not any(covers(word.removesuffix(its), more) for more in other.words if more != its)
        and word.removesuffix(its) not in other.joined
    ]


def _is_initials(word: str, joined: str) -> bool:
    return joined[:1] == word[0] and len(joined) > 3 * len(word) and names.is_subsequence(word, joined)
