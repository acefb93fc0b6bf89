"""Reasons as sentences for a page, in German and English."""

from dataclasses import dataclass
from typing import Literal

_SENTENCES = {
    "de": {
        "word": "Passt zu Ihrem Stichwort {}.",
        "words": "Passt zu Ihren Stichworten {}.",
        "related": "Sie schreiben {}; hier geht es um {}.",
        "topic": "Gehört zum Thema {}.",
        "topic_words": "Gehört zum Thema {}; hier geht es um {}.",
        "example": "Hat bei einer ähnlichen Frage geholfen.",
    },
    "en": {
        "word": "Fits your keyword {}.",
        "words": "Fits your keywords {}.",
        "related": "You write {}; this is about {}.",
        "topic": "Belongs to the topic {}.",
        "topic_words": "Belongs to the topic {}; this is about {}.",
        "example": "Helped with a similar question.",
    },
}
_QUOTES = {"de": "„{}“", "en": "“{}”"}
_AND = {"de": " und ", "en": " and "}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an offer fits. `words`: the shared words; or written word, offered word; or topic title and words."""

    kind: Literal["word", "related", "topic", "example"]
    words: tuple[str, ...] = ()


def sentence(reason: Reason, lang: str = "de") -> str:
    """One plain sentence; German for any language but English."""
    lang = lang if lang in _SENTENCES else "de"
    forms = _SENTENCES[lang]
    quoted = [_QUOTES[lang].format(word) for word in reason.words]
    if reason.kind == "word":
        return forms["word" if len(quoted) == 1 else "words"].format(_listed(quoted, lang))
    if reason.kind == "related":
        return forms["related"].format(*quoted[:2])
    if reason.kind == "topic":
        if len(quoted) == 1:
            return forms["topic"].format(quoted[0])
        return forms["topic_words"].format(quoted[0], _listed(quoted[1:], lang))
    return forms["example"]


def _listed(words: list[str], lang: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + _AND[lang] + words[-1]
