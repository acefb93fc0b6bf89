"""Firms by what they share, so that each is compared with few others. Pure."""

from wegweiser.companies.linkage.likeness import Likeness, compare
from wegweiser.companies.linkage.row.profiles import Profile

CROWD = 400  # rows that share one thing: it tells nothing any more


class Index:
    """Firms by what they share, so that each is compared with few others."""

    def __init__(self) -> None:
        self.profiles: dict[int, Profile] = {}
        self._blocks: dict[str, list[int]] = {}

    def add(self, one: Profile) -> None:
        self.profiles[one.key] = one
        for block in one.blocks:
            self._blocks.setdefault(block, []).append(one.key)

    def alike(self, one: Profile) -> list[tuple[int, Likeness]]:
        """Those that are surely or perhaps the same, the best first; of equals the one that was there first."""
        found = [(key, compare(one, self.profiles[key])) for key in self.candidates(one)]
        hits = [(key, likeness) for key, likeness in found if likeness.verdict]
        return sorted(hits, key=lambda hit: (-hit[1].verdict, -hit[1].weight, hit[0]))

    def candidates(self, one: Profile) -> list[int]:
        """Those that share anything with it."""
        keys: dict[int, None] = {}
        for block in one.asks:
            held = self._blocks.get(block, ())
            if len(held) <= CROWD:
                keys.update(dict.fromkeys(held))
        keys.pop(one.key, None)
        return list(keys)
