"""What is decided of a question before anything is answered: whether it is for a centre, who asks, and how sure one is.

Plain values only, so that each rule can be read and tested without an index.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .rules import Kind

MOSTLY_UNKNOWN = 0.5  # share of known words below which nobody can tell who asks
UNSURE_BEST, UNSURE_LEAD = 0.45, 0.12  # of the best topic's chance, and of its lead over the second


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What signs, encoders and examples say of a question."""

    kind: Kind  # who asks,
    introduced: bool = False  # and whether they leave no doubt of it
    urgent: bool = False
    outside: bool = False  # no centre has an answer to it, by what `rules.out_of_scope` says
    one_word: bool = False  # one word alone tells what it is about,
    names: bool = False  # and that word names something of ours by itself
    silent: bool = False  # no word tells what it is about
    understood: bool = False  # some word is known to the offers,
    linked: bool = False  # or leads to theirs by the lexicon
    known: float = 0.0  # share of the words that are
    unread: bool = False  # no encoder read it, and no word leads anywhere
    answered: bool = False  # something much like it had an answer of ours
    replied: bool = False  # what was asked back was answered


@dataclass(frozen=True, slots=True)
class Verdict:
    """`vague`: it could be about anything, so no topic is near, and one is asked back."""

    in_scope: bool
    kind: Kind
    vague: bool


def verdict(heard: Heard) -> Verdict:
    """What follows from what was heard.

    An emergency is always ours. What lies outside is refused unless a word names something of ours or something much
    like it was answered, and nobody has introduced themselves as somebody we are not there for.
    """
    named = heard.names and not heard.introduced
    refused = heard.unread or (heard.outside and not named)
    in_scope = heard.urgent or not refused or (heard.answered and not heard.introduced)
    lost = heard.kind is Kind.COMPANY and not heard.linked and heard.known <= MOSTLY_UNKNOWN
    vague = (heard.one_word or heard.silent) and not (heard.names or heard.urgent or heard.replied)
    return Verdict(in_scope, Kind.OTHER if lost and not in_scope else heard.kind, vague)


def unsure(heard: Heard, chances: Sequence[float]) -> bool:
    """Whether a question of ours could as well be about something else; `chances` of the topics, the best first.

    The encoders guess at anything, so it is unless some word is known; an emergency has one topic.
    """
    best, second = (*chances, 0.0, 0.0)[:2]
    close = best < UNSURE_BEST or (len(chances) > 1 and best - second < UNSURE_LEAD)
    guessed = not (heard.urgent or heard.understood or heard.linked)
    return close or guessed or verdict(heard).vague
