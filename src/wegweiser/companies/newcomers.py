"""Who came to a firm while two rows were one: taken apart, somebody says where each belongs. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from wegweiser.companies import queries
from wegweiser.companies.models import Access, Company, Merge, Person, Position

LOSER, SURVIVOR = "loser", "survivor"


@dataclass(frozen=True)
class Newcomer:
    """Positions and open accesses since the merge, at what stays with the survivor. `side` is empty where nothing from
    before the merge tells where the person belongs."""

    person: Person
    positions: Sequence[Position]
    accesses: Sequence[Access]
    side: str


def of(merge: Merge) -> list[Newcomer]:
    """Everybody who came since, by name."""
    lost, kept = _sides(merge)
    since = merge.recorded_at
    there = Position.objects.filter(company__in=kept).select_related("person").order_by("pk")
    fresh, old = there.filter(recorded_at__gte=since), set(there.filter(recorded_at__lt=since).values_list("person"))
    inside = Access.objects.filter(company__in=kept, ended_at=None, recorded_at__gte=since).select_related("person")
    theirs = set(Position.objects.filter(company__in=lost).values_list("person"))
    people = {row.person_id: row.person for row in fresh} | {row.person_id: row.person for row in inside}
    return [
        Newcomer(
            person,
            [row for row in fresh if row.person_id == pk],
            [row for row in inside if row.person_id == pk],
            SURVIVOR if (pk,) in old else LOSER if (pk,) in theirs else "",
        )
        for pk, person in sorted(people.items(), key=lambda known: (known[1].sort_key, known[0]))
    ]


def rows_of_survivor(merge: Merge) -> list[int]:
    """The primary keys of the rows that stay with the survivor when the merge is undone."""
    return _sides(merge)[1]


def _sides(merge: Merge) -> tuple[list[int], list[int]]:
    """The rows of the loser and those of the survivor, as they will be without `merge`."""
    family = list(queries.same_firm(Company.objects.get(pk=merge.loser_id)).values_list("pk", flat=True))
    standing = Merge.objects.filter(undone_at=None, loser__in=family).exclude(pk=merge.pk)
    ends = queries.followed(dict(standing.values_list("loser_id", "survivor_id")))
    lost = [pk for pk in family if ends.get(pk, pk) == merge.loser_id]
    return lost, [pk for pk in family if pk not in lost]
