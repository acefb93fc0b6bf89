"""What outsiders may see of a breakdown: no cell under five, and none that can be worked out from the others.

Pure. Outsiders know the total, that a hidden cell holds at least one, and this rule. So hidden cells are always all
those up to some value, and the value rises until three things hold:

- there are at least two of them, so that none is the rest of a subtraction;
- as far as one can subtract, each of them could hold five or more: their sum less one for each of the others does;
- they are not all the same. Any two of them that differ may then be exchanged without anything shown becoming
  another, so even who knows the rule is left with two values at least for each.
"""

from collections.abc import Mapping

LEAST = 5


def hidden(cells: Mapping[str, int], *, least: int = LEAST) -> frozenset[str] | None:
    """The keys of `cells` that outsiders do not see; None where the cells cannot be told at all.

    A nought hides nothing and is shown: nobody is in it.
    """
    values = sorted({value for value in cells.values() if value > 0})
    if not values or values[0] >= least:
        return frozenset()
    for highest in values:
        found = [value for value in cells.values() if 0 < value <= highest]
        if highest >= max(value for value in values if value < least) and _safe(found, least):
            return frozenset(key for key, value in cells.items() if 0 < value <= highest)
    return None


def _safe(found: list[int], least: int) -> bool:
    return len(found) >= 2 and sum(found) - (len(found) - 1) >= least and min(found) < max(found)


def shown(cells: Mapping[str, int], *, least: int = LEAST) -> dict[str, int | None] | None:
    """`cells` as outsiders see them, None for a hidden one; nothing at all where even all hidden would not do."""
    keys = hidden(cells, least=least)
    if keys is None:
        return None
    return {key: None if key in keys else value for key, value in cells.items()}
