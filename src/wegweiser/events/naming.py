"""Names written as a list, brought to the seats of a registration: whoever has a seat keeps it, with its code."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Seating:
    """What a list of names means. `leaving` are seats by their number; `names` are of those that stay, in their order,
    and of those that come along."""

    names: list[str]
    leaving: frozenset[int]


def seating(*, seats: Sequence[str], names: Sequence[str], places: int) -> Seating:
    """Bring `names` to `places` seats, which are named as in `seats` now.

    A name that stands there already keeps its seat, wherever it is written. New names take, in their order, seats
    whose name is gone, then those that nobody was named for. Where there are fewer places, seats without a name go
    first, the last of them before the others.
    """
    written = [name for name in (" ".join(line.split()) for line in names) if name]
    found: list[str] = []
    left = Counter(written)
    for name in seats:
        known = bool(name) and left[name] > 0
        left[name] -= known
        found.append(name if known else "")
    new = _in_order(written, left)
    replaced = [number for number, name in enumerate(seats) if name and not found[number]]
    unnamed = [number for number, name in enumerate(seats) if not name]
    for number in [*replaced, *unnamed]:
        found[number] = found[number] or (new.pop(0) if new else "")
    going = max(len(seats) - places, 0)
    empty = [number for number, name in enumerate(found) if not name]
    leaving = frozenset(empty[len(empty) - min(going, len(empty)) :])
    return Seating([name for number, name in enumerate(found) if number not in leaving] + new, leaving)


def _in_order(names: Sequence[str], left: Counter[str]) -> list[str]:
    """Those of `names` that are left over, the first ones first."""
    found = []
    for name in names:
        if left[name] > 0:
            left[name] -= 1
            found.append(name)
    return found
