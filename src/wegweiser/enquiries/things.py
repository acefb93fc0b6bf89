"""Which words of an enquiry name a thing: by how it writes them, by what stands before them, by the house's lexicon.

No dictionary: a verb or an adjective tells nothing here, and what is not clear is left out.
"""

import re
from functools import cache

from wegweiser.catalogue.matching import lexicon
from wegweiser.catalogue.matching.text import STOPS, WORD, fold, stems, surfaces, telling

_ENDS = ".!?:;–•*"  # what stands before the first word of a sentence, with these between
_BETWEEN = " \t\r\n\"„“»«'([-"
_LOOKED_BACK = 40  # characters
_BEFORE_A_THING = {
    "en": frozenset(
        "a an the our my your their his her its this these no any some every".split()  # noqa: SIM905
    ),
    # No article that may as well stand for a thing ("die läuft nicht") or make one of a verb ("zum Drucken").
    "de": frozenset(
        f"{word}{ending}" for word in ("ein", "kein", "mein", "unser", "jed") for ending in ("", "e", "em", "en", "er")
    )
    | {"im", "jedes"},
}
_PREPOSITIONS = frozenset(
    "in auf an mit für bei von aus nach zu über unter vor hinter neben durch ohne gegen".split()  # noqa: SIM905
)
_ARTICLES = frozenset(("der", "die", "das", "dem", "den"))  # such as are clear behind a preposition
_NO_THINGS = frozenset(
    "paar bisschen wenig weitere weiteren lang nachts rein raus ran drin halben andern anderes".split()  # noqa: SIM905
)
# Things all the same, though they tell nothing of an enquiry: what stands before them is no thing.
_STOPPED_THINGS = frozenset(
    fold(word)
    for words in (
        "betrieb firma unternehmen mitarbeiter leute mann jahr jahre jahren tag tage damen herren stunde stunden",
        "minute minuten woche wochen monat monate monaten problem probleme frage hilfe beispiel sache sachen ding",
        "dinge art weise hand hände händen name namen angst sorge sorgen stand teil leben mist idioten",
    )
    for word in words.split()
)
_ADJECTIVE = re.compile(r"e[mnrs]?$")
_THING_ENDS = re.compile(r"(ung|[^c]heit|keit|schaft|tion|tat)(en)?$")
_SHORTEST_PART = 4  # letters of either end of a compound: "ver" and "aus" begin verbs
_ORDINALS = frozenset(
    fold(word + ending)
    for word in (
        "erst",
        "zweit",
        "dritt",
        "viert",
        "fünft",
        "sechst",
        "siebt",
        "acht",
        "neunt",
        "zehnt",
        "nächst",
        "letzt",
    )
    for ending in ("", "e", "em", "en", "er", "es", "ens")
) | frozenset(("first", "second", "third", "fourth", "fifth", "next", "last"))


def things(text: str, language: str) -> set[str]:
    """The stems of words that name a thing.

    In German what is written large within a sentence, as nouns are; of what is written small, what the lexicon knows as
    a thing and what stands behind an article. In English what stands behind an article or the like.
    """
    found: set[str] = set()
    words = list(WORD.finditer(text))
    is_shouted = text.isupper()  # then large letters tell nothing
    for place, match in enumerate(words):
        word = match.group()
        if not telling(word) or fold(word) in _ORDINALS:
            continue
        is_large = language == "de" and not is_shouted and word[0].isupper() and not _begins(text, match.start())
        if is_large or _is_known(word, language) or _is_behind(words, place, text, language):
            found |= {stem for stem, _surface in stems(word, language)}
    return found


def _begins(text: str, place: int) -> bool:
    """Whether a sentence or a line begins there."""
    before = text[max(0, place - _LOOKED_BACK) : place]
    rest = before.rstrip(_BETWEEN)
    return not rest or rest[-1] in _ENDS or "\n" in before[len(rest) :]


@cache
def _known() -> frozenset[str]:
    """The things of the lexicon: what it writes large, but for verbs as they stand in a dictionary."""
    words = [word for phrase in lexicon.load("de").words for word in surfaces(phrase)]
    small = {fold(word) for word in words if not word[0].isupper()}
    large = {fold(word) for word in words if word[0].isupper()}
    return frozenset(word for word in large - small if word not in STOPS["de"] and not word.endswith("en"))


def _is_known(word: str, language: str) -> bool:
    """
    >>> [_is_known(word, "de") for word in ("drehbank", "stickmaschinen", "beschichtung", "drucken", "hochladen")]
    [True, True, True, False, False]
    """
    if language != "de" or len(word) < _SHORTEST_PART:
        return False
    folded = fold(word)
    if _THING_ENDS.search(folded):
        return True
    singulars = {folded, folded.removesuffix("e"), folded.removesuffix("s")}
    if folded.endswith("en") and folded[:-2] not in _known():  # Maschinen, and not "teilen"
        singulars.add(folded[:-1])
    return any(
        one in _known() or any(one[cut:] in _known() for cut in range(_SHORTEST_PART, len(one) - _SHORTEST_PART + 1))
        for one in singulars
    )


def _is_behind(words: list[re.Match[str]], place: int, text: str, language: str) -> bool:
    """Whether an article stands before a word, with adjectives between; in German only where nothing else can be meant.

    Behind "eine" in "eine Maschine kaufen" nobody tells an adjective from a thing without knowing them: left out.
    """
    near = _BEFORE_A_THING[language]
    if language != "de":
        return place > 0 and words[place - 1].group().casefold() in near
    word = fold(words[place].group())
    if word in STOPS["de"] or word in _NO_THINGS or len(word) < 3:
        return False
    if _ADJECTIVE.search(word) and _goes_on(words, place, text):
        return False
    at = place - 1
    while at >= 0 and _is_joined(words, at, text) and not _is_article(words, at):
        between = words[at].group()
        if not _ADJECTIVE.search(fold(between)) or fold(between) in STOPS["de"]:
            return False
        at -= 1
    if at < 0 or not _is_joined(words, at, text):
        return False
    return at == place - 1 or not re.search(r"(e[rl]?n|t)$", word)


def _is_article(words: list[re.Match[str]], at: int) -> bool:
    word = words[at].group().casefold()
    if word in _ARTICLES:
        return at > 0 and words[at - 1].group().casefold() in _PREPOSITIONS
    return word in _BEFORE_A_THING["de"]


def _is_joined(words: list[re.Match[str]], at: int, text: str) -> bool:
    """Whether nothing but a blank stands between this word and the next."""
    return text[words[at].end() : words[at + 1].start()].strip(" \t") == ""


def _goes_on(words: list[re.Match[str]], place: int, text: str) -> bool:
    """Whether a word follows that may be the thing itself."""
    if place + 1 >= len(words) or not _is_joined(words, place, text):
        return False
    following = words[place + 1].group()
    return fold(following) in _STOPPED_THINGS or (fold(following) not in STOPS["de"] and telling(following))
