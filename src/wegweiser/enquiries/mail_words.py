"""Which of the texts in a mail are its words: of alternatives one, of everything else all, in their order.

Programs write a mail as plain text and as HTML beside it (multipart/alternative, RFC 2046, 5.1.4), but not always the
same in both; and what scanners, lists and servers add is a part of its own, plain or not as they like.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from wegweiser.enquiries import mail_text

MOST_NESTED = 30  # levels of parts that are told apart; what lies deeper is read in its order
SAME = 0.8  # share of a text's words that another has which says the same
_LINK = re.compile(r"\b(https?://|mailto:)\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A text in a mail, as its part has it; what HTML said is text already. `besides` is what an alternative adds."""

    text: str
    is_markup: bool
    besides: str = ""


@dataclass(frozen=True)
class Words:
    """What a mail says, piece by piece, and `whole`: that with what only another version of a piece has."""

    pieces: Sequence[str]
    whole: str

    @property
    def said(self) -> str:
        return mail_text.tidy("\n\n".join(self.pieces))

    def new(self) -> str:
        """Without what it answers. Where something was put below the quotation, each piece is looked at for itself."""
        new = mail_text.new_words(self.said)
        return new if new != self.said else mail_text.tidy("\n\n".join(map(mail_text.new_words, self.pieces)))


def of(message: EmailMessage, pieces: Mapping[int, Piece]) -> Words:
    """The words of `message`, of whose parts `pieces` has the texts by their `id`."""
    found = [piece for piece in _under(message, pieces, 0) if piece.text]
    plain = [_words(piece.text) for piece in found if not piece.is_markup]  # once each: a mail may have hundreds
    kept = [piece for piece in found if not (piece.is_markup and _is_doubled(_words(piece.text), plain))]
    texts = [piece.text for piece in kept]
    return Words(texts, mail_text.tidy("\n\n".join([*texts, *(piece.besides for piece in kept)])))


def _under(part: EmailMessage, pieces: Mapping[int, Piece], depth: int) -> list[Piece]:
    payload = part.get_payload()
    if part.get_content_maintype() != "multipart" or not isinstance(payload, list):
        return [pieces[id(part)]] if id(part) in pieces else []
    if depth >= MOST_NESTED:
        return [pieces[id(one)] for one in part.walk() if id(one) in pieces]
    inside = [_under(one, pieces, depth + 1) for one in payload if isinstance(one, EmailMessage)]
    if part.get_content_subtype() == "alternative":
        return _one_of([version for version in inside if any(piece.text for piece in version)])
    return [piece for version in inside for piece in version]


def _one_of(versions: Sequence[list[Piece]]) -> list[Piece]:
    """The plain version where it says what the last does, which its writer saw; else that one, and what it lacks."""
    if len(versions) < 2:
        return [piece for version in versions for piece in version]
    told = [" ".join(piece.text for piece in version) for version in versions]
    last = len(versions) - 1
    plain = next((number for number, one in enumerate(versions) if not any(piece.is_markup for piece in one)), last)
    best = plain if _covers(told[plain], told[last]) else last
    lost = [text for number, text in enumerate(told) if number != best and not _covers(told[best], text)]
    first, *others = versions[best]
    besides = "\n\n".join(filter(None, [first.besides, *lost]))
    return [Piece(first.text, first.is_markup, besides), *others]


def _is_doubled(words: set[str], plain: Iterable[set[str]]) -> bool:
    """Whether a plain text says the same, side by side with it rather than as its alternative."""
    return any(len(words & other) >= SAME * max(len(words), len(other)) for other in plain if _may_match(words, other))


def _may_match(words: set[str], other: set[str]) -> bool:
    return min(len(words), len(other)) >= SAME * max(len(words), len(other))


def _covers(text: str, other: str) -> bool:
    """Whether `text` has nearly all words of `other`."""
    words = _words(other)
    return len(words & _words(text)) >= SAME * len(words)


def _words(text: str) -> set[str]:
    """Links are left out: only HTML has those that stand behind a word."""
    return set(re.findall(r"\w+", _LINK.sub(" ", text).casefold()))
