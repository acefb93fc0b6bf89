"""What of a list of firms that was taken over can be taken back. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import Count, ForeignObjectRel, Model, Q

from wegweiser.companies.models import Company, Doubt, Fact, FirmList, ListRow, Merge, Person, Position

CHUNK = 500  # keys in one question to the database
K = TypeVar("K", int, str)


def is_possible(source: FirmList) -> bool:
    """Whether the list was taken over, and every row of it wrote down what it changed."""
    if source.state not in {FirmList.State.DONE, *FirmList.OPEN}:
        return False
    told = source.rows.aggregate(rows=Count("pk"), silent=Count("pk", filter=Q(did=None)))
    return bool(told["rows"]) and not told["silent"]


def in_chunks(keys: Iterable[K]) -> Iterator[list[K]]:
    found = sorted(keys)
    return (found[start : start + CHUNK] for start in range(0, len(found), CHUNK))


def worked_with(rows: Sequence[ListRow]) -> set[int]:
    """Primary keys of the firms of a list that the house works with since: anything hangs on them that the list did not
    bring, or on a row of the list that is the same firm."""
    made = {row.company_id for row in rows if row.did and row.did.get("made")}
    own: dict[type[Model], set[str]] = defaultdict(set)
    for row in rows:
        did = row.did or {}
        own[ListRow].add(str(row.uuid))
        own[Merge].update(did.get("merges", []))
        own[Position].update(filter(None, [did.get("position")]))
    found = {pk for chunk in in_chunks(made) for pk in _hung_on(chunk, own)}
    roots = {
        pk: root or pk
        for chunk in in_chunks(made)
        for pk, root in Company.objects.filter(pk__in=chunk).values_list("pk", "canonical_id")
    }
    firms = {roots[pk] for pk in found if pk in roots}
    return found | {pk for pk, root in roots.items() if root in made and root in firms}


def _hung_on(companies: Sequence[int], own: dict[type[Model], set[str]]) -> Iterator[int]:
    for link in _links(Company):
        model, name, column = link.related_model, link.field.name, link.field.attname
        if model in {Company, Doubt}:
            continue
        there = model.objects.filter(**{f"{name}__in": companies}).order_by()
        if model is Fact:
            yield from there.exclude(origin=Fact.Origin.IMPORT).values_list(column, flat=True)
        elif model in own:
            yield from (pk for pk, uuid in there.values_list(column, "uuid") if str(uuid) not in own[model])
        else:
            yield from there.values_list(column, flat=True)


def people_of_nothing(people: Sequence[str]) -> Iterator[list[Person]]:
    """Of persons, by their UUIDs, those on whom nothing hangs, be it a position; some hundreds at once."""
    for chunk in in_chunks(people):
        found = {person.pk: person for person in Person.objects.filter(uuid__in=chunk)}
        for link in _links(Person):
            there = link.related_model.objects.filter(**{f"{link.field.name}__in": list(found)}).order_by()
            for pk in set(there.values_list(link.field.attname, flat=True)):
                del found[pk]
        yield list(found.values())


def _links(model: type[Model]) -> list[Any]:
    """The fields of other tables that point to it."""
    fields = model._meta.get_fields(include_hidden=True)
    return [link for link in fields if isinstance(link, ForeignObjectRel)]
