"""Which guest a row of a list of those online is: the rule, on plain values.

An address that is the same, or a name that only one guest has, is certain. A name that is nearly one is a suggestion.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from wegweiser.events.door import plain
from wegweiser.events.meeting_lists import names
from wegweiser.kernel import mail_addresses

SAME, NEARLY, PART = "same", "nearly", "part"
LEAST = 78  # of 100, to be suggested at all
MOST = 4  # suggestions for a row


@dataclass(frozen=True)
class Guest:
    """A place, and what it is known by."""

    id: int
    name: str
    email: str


class Register:
    """Everybody who could be meant, sorted once for many rows."""

    def __init__(self, guests: Iterable[Guest]) -> None:
        self._guests = list(guests)
        self._mails: dict[str, list[Guest]] = {}
        self._names: dict[str, list[Guest]] = {}
        for guest in self._guests:
            if guest.email:
                self._mails.setdefault(mail_addresses.key(guest.email), []).append(guest)
            if guest.name:
                self._names.setdefault(_key(guest.name), []).append(guest)
        self._choices = {guest.id: _key(guest.name) for guest in self._guests if guest.name}

    def certain(self, name: str, email: str) -> int | None:
        """The one guest who has this address, or else this name; of several with one address the one so named."""
        keys = [_key(one) for one in names(name)]
        by_mail = self._mails.get(mail_addresses.key(email), []) if email else []
        if len(by_mail) == 1:
            return by_mail[0].id
        among = [guest for guest in by_mail if _key(guest.name) in keys]
        if not by_mail:
            among = [guest for key in dict.fromkeys(keys) for guest in self._names.get(key, [])]
        return among[0].id if len({guest.id for guest in among}) == 1 else None

    def alike(self, name: str) -> Sequence[tuple[int, str]]:
        """Who it may be by the name, the likeliest first, each with what speaks for it: SAME, NEARLY or PART."""
        best: dict[int, float] = {}
        for one in names(name):
            found = process.extract(_key(one), self._choices, scorer=_likeness, limit=MOST, score_cutoff=LEAST)
            for _choice, score, guest in found:
                best[guest] = max(best.get(guest, 0.0), score)
        told = [set(_key(one).split()) for one in names(name)]
        likely = sorted(best, key=lambda guest: -best[guest])[:MOST]
        return [(guest, _why(told, set(self._choices[guest].split()))) for guest in likely]


def _why(told: Sequence[set[str]], name: set[str]) -> str:
    """Why a name was suggested: all words are the same, or some are and the others are missing, or they look alike."""
    if name in told:
        return SAME
    return PART if any(words < name or name < words for words in told) else NEARLY


def _likeness(one: str, other: str, **_more: object) -> float:
    """Names that share their words in whatever order, or of which one is the beginning of the other."""
    return max(fuzz.token_sort_ratio(one, other), fuzz.token_set_ratio(one, other) * 0.95)


def _key(name: str) -> str:
    return " ".join(sorted(plain(name).replace(",", " ").replace(".", " ").split()))
