"""When another place on a row is no other place, because a third row of the firm stands there. Pure."""

from collections.abc import Collection, Iterable

from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict

_NAMES = frozenset({"same_name", "similar_name", "part_of_name"})
_DIFFERS = frozenset({"other_address", "other_phone"})


def is_where_another_row_is(one: Profile, other: Profile, rows: Iterable[Profile], evidence: Collection[str]) -> bool:
    """Whether a row of the firm is in the very place of one of the two, and surely is each of them: "Harzgeist GmbH",
    Rübeland, and "Harzgeist", Oberharz, are one where "Destillerie Harzgeist" in Rübeland is both."""
    if not _NAMES & set(evidence) or _DIFFERS & set(evidence):
        return False
    return any(
        row not in (one, other)
        and any(_where(row) == _where(side) for side in (one, other))
        and all(compare(row, side).verdict == Verdict.SURE for side in (one, other))
        for row in rows
    )


def _where(one: Profile) -> tuple[str, str]:
    return one.known.postcode, one.place
