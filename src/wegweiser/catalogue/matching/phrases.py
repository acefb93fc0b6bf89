"""Reasons as sentences for a page, in German and English."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_SENTENCES = {
    "de": {
        "word": "Passt zu Ihrem Stichwort {}.",
        "words": "Passt zu Ihren Stichworten {}.",
        "related": "Sie schreiben {}; hier geht es um {}.",
        "topic": "Gehört zum Thema {}.",
        "topic_words": "Hilft, wenn es heißt: {}.",
        "example": "Hat bei einer ähnlichen Frage geholfen.",
        "asked": "Ähnlich fragen Betriebe, denen das hilft.",
    },
    "en": {
        "word": "Fits your keyword {}.",
        "words": "Fits your keywords {}.",
        "related": "You write {}; this is about {}.",
        "topic": "Belongs to the topic {}.",
        "topic_words": "Helps when people say: {}.",
        "example": "Helped with a similar question.",
        "asked": "Firms that this helps ask much the same.",
    },
}
_QUOTES = {"de": "„{}“", "en": "“{}”"}
_AND = {"de": " und ", "en": " and "}
_OR = {"de": " oder ", "en": " or "}


ReasonKind = Literal["word", "related", "topic", "example", "asked"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an offer fits. `words`: the shared words; or written word, offered word; or topic title and words."""

    kind: ReasonKind
    words: tuple[str, ...] = ()


def sentence(reason: Reason, lang: str = "de") -> str:
    """One plain sentence; German for any language but English."""
    lang = lang if lang in _SENTENCES else "de"
    forms = _SENTENCES[lang]
    quoted = [_QUOTES[lang].format(word) for word in reason.words]
    if reason.kind == "word":
        return forms["word" if len(quoted) == 1 else "words"].format(_listed(quoted, _AND[lang]))
    if reason.kind == "related":
        return forms["related"].format(*quoted[:2])
    if reason.kind == "topic":
        if len(quoted) == 1:
            return forms["topic"].format(quoted[0])
        return forms["topic_words"].format(_listed(quoted[1:], _OR[lang]))
    return forms[reason.kind]


def told_apart(whys: Sequence[tuple[Reason, ...]], own: Sequence[Reason]) -> list[tuple[Reason, ...]]:
    """The reasons of offers side by side: what one says first, another only repeats.

    Where it was said before, a reason that was not comes first; `own` says of each offer what it is about.
    """
    said: set[tuple[str, frozenset[str]]] = set()
    told = []
    for why, about in zip(whys, own, strict=True):
        fresh = [reason for reason in (*why, about) if (reason.kind, frozenset(reason.words)) not in said]
        first = fresh[0] if fresh else why[0]
        told.append((first, *(reason for reason in why if reason != first))[:2])
        said.add((first.kind, frozenset(first.words)))
    return told


def _listed(words: list[str], last: str) -> str:
    """The words with commas between them and `last` before the last one."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + last + words[-1]


def sayings(everyday_words: str) -> list[str]:
    """The single phrases of everyday words: between semicolons, or between commas where there is no semicolon."""
    mark = ";" if ";" in everyday_words else ","
    return [phrase for part in everyday_words.split(mark) if (phrase := " ".join(part.split()))]
