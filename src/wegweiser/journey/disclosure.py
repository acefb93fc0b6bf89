"""What outsiders may see of a breakdown: no cell under five, and none that can be worked out from the others.

Pure. A hidden cell is safe when those hidden with it leave more than one possibility for it: the sum of what is
hidden, which anybody gets by subtraction, then has to be at least five, and at least two cells share it.
"""

from collections.abc import Mapping

LEAST = 5


def hidden(cells: Mapping[str, int], *, least: int = LEAST) -> frozenset[str]:
    """The keys of `cells` that outsiders do not see, when their total is known to them.

    Every cell from one to under `least` is hidden. While those hidden are a single cell, or together less than
    `least`, the smallest of the others is hidden with them. A nought hides nothing and is shown: nobody is in it.
    """
    small = {key for key, value in cells.items() if 0 < value < least}
    if not small:
        return frozenset()
    others = sorted((value, key) for key, value in cells.items() if value >= least)
    found = set(small)
    while others and (len(found) < 2 or sum(cells[key] for key in found) < least):
        found.add(others.pop(0)[1])
    return frozenset(found)


def shown(
    cells: Mapping[str, int], *, total: int | None = None, least: int = LEAST
) -> tuple[dict[str, int | None], int | None]:
    """`cells` and their total as outsiders see them; None is hidden.

    Where not even all cells together may be told, the total goes as well.
    """
    total = sum(cells.values()) if total is None else total
    keys = hidden(cells, least=least)
    together = sum(cells[key] for key in keys)
    if 0 < total < least or (keys and (len(keys) < 2 or together < least)):
        return {key: (None if key in keys or 0 < total < least else value) for key, value in cells.items()}, None
    return {key: None if key in keys else value for key, value in cells.items()}, total
