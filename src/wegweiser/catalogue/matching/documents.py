"""What the matching reads: one document per entry and language, and routed cases."""

from dataclasses import dataclass

from .text import ENCODED_CHARACTERS

SECOND_TOPIC = 0.5  # what a further topic of an entry or example counts beside its main one
TOPIC = "topic"
CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Document:
    """An entry in one language. Two documents with one key are the same entry in two languages."""

    key: str
    kind: str
    topics: tuple[str, ...]
    partner: str
    title: str
    summary: str = ""
    text: str = ""
    everyday_words: str = ""
    sectors: tuple[str, ...] = ()
    lang: str = "de"
    over_at: float | None = None  # seconds since 1970, from when nobody can come any more

    @property
    def passage(self) -> str:
        """The text an encoder reads, most telling part first."""
        parts = (self.title, self.summary, self.everyday_words, self.text)
        return ". ".join(part for part in parts if part)[:ENCODED_CHARACTERS]


@dataclass(frozen=True, slots=True)
class Example:
    """A question somebody has already routed, with the offers that helped as (kind, key); `source` names its origin.

    `written`: nobody asked it; an editor wrote down what people say who need the offer.
    """

    text: str
    topics: tuple[str, ...]
    offers: tuple[tuple[str, str], ...] = ()
    source: str = ""
    written: bool = False
