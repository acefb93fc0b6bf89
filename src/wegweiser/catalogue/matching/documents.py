"""What the matching reads: one document per entry and language, and routed cases."""

from dataclasses import dataclass

TOPIC = "topic"
CONTACT = "contact"
PASSAGE = 700  # characters an encoder reads; more cost time and blur the vector


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

    @property
    def passage(self) -> str:
        """The text an encoder reads, most telling part first."""
        return ". ".join(part for part in (self.title, self.summary, self.everyday_words, self.text) if part)[:PASSAGE]


@dataclass(frozen=True, slots=True)
class Example:
    """A question somebody has already routed; `source` names where it came from so that it can be erased."""

    text: str
    topics: tuple[str, ...]
    offers: tuple[str, ...] = ()
    source: str = ""
