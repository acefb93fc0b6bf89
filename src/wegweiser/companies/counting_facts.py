"""Which of several facts counts for a firm that was made of several rows. Pure."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Told(Protocol):
    """A fact: the row it was said of, and what decides which of several of one row counts."""

    @property
    def company_id(self) -> int: ...
    @property
    def valid_from(self) -> dt.date: ...
    @property
    def recorded_at(self) -> dt.datetime: ...
    @property
    def id(self) -> int: ...


T = TypeVar("T", bound=Told)


@dataclass(frozen=True)
class DatedFact:
    """A fact's value, with what decides which of several counts."""

    valid_from: dt.date
    recorded_at: dt.datetime
    id: int
    company_id: int
    value: str


def counting(facts: Iterable[T], *, root: int, survivors: Callable[[], Mapping[int, int]]) -> T | None:
    """The firm's own newest fact; without one, the newest that rows merged into it have.

    What counts for such a row before counts in the firm as well: what was merged into it in turn is silent where it
    has a word of its own. `survivors` has loser and survivor of each merge; it is asked only where rows compete.
    """
    told = list(facts)
    own = [fact for fact in told if fact.company_id == root]
    if not own and len({fact.company_id for fact in told}) > 1:
        links, heard = survivors(), {fact.company_id for fact in told}
        told = [fact for fact in told if heard.isdisjoint(_above(fact.company_id, links))]
    return max(own or told, key=lambda fact: (fact.valid_from, fact.recorded_at, fact.id), default=None)


def _above(row: int, links: Mapping[int, int]) -> set[int]:
    """The rows that `row` was merged into, directly or through others."""
    found: set[int] = set()
    while row in links and links[row] not in found:
        row = links[row]
        found.add(row)
    return found
