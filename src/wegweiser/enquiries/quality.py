"""How good suggestions were, by what became of the enquiries: kept, re-routed, attached, or nothing there at all.

Matching always names the nearest offers inside our field, however far they are, so it never says by itself that nothing
fits: people do, when they close a case, or when they answer it without any of our offers.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from wegweiser.catalogue.matching.text import stems, telling
from wegweiser.enquiries.things import things

SHOWN_WORDS = 12
FROM_CASES = 2  # enquiries in which a word has to stand before it tells of a gap
Key = TypeVar("Key", bound=Hashable)


class Gap(StrEnum):
    """Why nothing of ours fitted: it lies outside, somebody said so at the end, or it was passed on.

    An answer without any of our offers only hints at it: often a few words are all that is needed.
    """

    OUT_OF_SCOPE = "out_of_scope"
    NO_OFFER = "no_offer"
    REFERRED = "referred"
    WITHOUT_OFFER = "without_offer"


@dataclass(frozen=True)
class Routed:
    """One enquiry with what matching said and what became of it. Partners are ids, topics slugs, offers UUIDs as text.

    `suggested_partner` answers for the suggested topic, on the day the enquiry came; None where none was suggested, or
    where it was no suggestion that led to a partner (an earlier case did, or it was put to another case).
    `confirmed`: somebody has dealt with it, and not with another case instead; `answered`: whoever asked got an answer
    or help.
    """

    case: UUID
    reference: str
    received: dt.date
    suggested_topic: str
    suggested_partner: int | None
    suggested_offers: frozenset[str]
    topic: str
    partner: int
    confirmed: bool
    answered: bool
    attached: frozenset[str]
    gap: Gap | None
    text: str
    language: str

    @property
    def is_gap(self) -> bool:
        """Whether nothing of ours fitted, without doubt."""
        return self.gap is not None and self.gap is not Gap.WITHOUT_OFFER

    @property
    def is_judged(self) -> bool:
        """Whether one can tell: somebody answered it, or it went elsewhere."""
        return self.suggested_partner is not None and (self.confirmed or self.partner != self.suggested_partner)

    @property
    def is_kept(self) -> bool:
        return self.is_judged and self.partner == self.suggested_partner


@dataclass(frozen=True)
class Figures:
    """What became of the suggestions for some enquiries."""

    received: int
    judged: int
    kept: int
    topic_judged: int
    topic_kept: int
    with_offers: int
    with_suggested: int
    without_offer: int
    gaps: int
    without_ours: int  # answered without any offer of ours, whether one was suggested or not

    @property
    def partner_share(self) -> float | None:
        """Share of the judged ones that stayed with the partner of the suggested topic."""
        return self.kept / self.judged if self.judged else None

    @property
    def topic_share(self) -> float | None:
        return self.topic_kept / self.topic_judged if self.topic_judged else None

    @property
    def offer_share(self) -> float | None:
        """Of the answers for which offers were suggested: the share that got one of these."""
        return self.with_suggested / self.with_offers if self.with_offers else None


def figures(rows: Iterable[Routed]) -> Figures:
    rows = list(rows)
    told = [row for row in rows if row.confirmed and row.suggested_topic and row.topic]
    offered = [row for row in rows if row.answered and row.suggested_offers]
    return Figures(
        received=len(rows),
        judged=sum(row.is_judged for row in rows),
        kept=sum(row.is_kept for row in rows),
        topic_judged=len(told),
        topic_kept=sum(row.topic == row.suggested_topic for row in told),
        with_offers=len(offered),
        with_suggested=sum(bool(row.attached & row.suggested_offers) for row in offered),
        without_offer=sum(not row.attached for row in offered),
        gaps=sum(row.is_gap for row in rows),
        without_ours=sum(row.gap is Gap.WITHOUT_OFFER for row in rows),
    )


def grouped(rows: Iterable[Routed], by: Callable[[Routed], Key]) -> dict[Key, list[Routed]]:
    found: dict[Key, list[Routed]] = {}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    return found


def month(row: Routed) -> dt.date:
    """The first day of the month in which it came in."""
    return row.received.replace(day=1)


def matrix(moves: Iterable[tuple[int, int]], partners: Sequence[int]) -> list[list[int]]:
    """How often an enquiry went from each partner (row) to each other (column), in the order of `partners`."""
    counted = Counter(moves)
    return [[counted[source, target] for target in partners] for source in partners]


@dataclass(frozen=True)
class Word:
    """A word of several enquiries for which we had nothing, as it was written most often."""

    word: str
    cases: tuple[UUID, ...]


def common_words(rows: Collection[Routed]) -> list[Word]:
    """The words that most of these enquiries share, the commonest first: only such that name a thing."""
    spelled: dict[str, Counter[str]] = {}
    held: dict[str, list[UUID]] = {}
    named: set[str] = set()
    for row in rows:
        seen = set()
        named |= things(row.text, row.language)
        for stem, surface in stems(row.text, row.language):
            if not telling(surface):
                continue
            spelled.setdefault(stem, Counter())[surface] += 1
            if stem not in seen:
                held.setdefault(stem, []).append(row.case)
                seen.add(stem)
    common = [(stem, cases) for stem, cases in held.items() if stem in named and len(cases) >= FROM_CASES]
    common.sort(key=lambda found: (-len(found[1]), found[0]))
    return [Word(_usual(spelled[stem]), tuple(cases)) for stem, cases in common[:SHOWN_WORDS]]


def _usual(spelled: Counter[str]) -> str:
    """As it was written most often; of two, not the one that is shouted."""
    return max(sorted(spelled), key=lambda word: (spelled[word], not word.isupper()))
