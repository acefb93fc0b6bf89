"""What lists said of somebody beside the fields of their firm goes with them."""

from collections.abc import Iterable

from django.db import transaction

from wegweiser.companies import list_mentions
from wegweiser.companies.events import Event
from wegweiser.companies.models import ListRow, Person, Position
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor


@transaction.atomic
def forget(*, person: Person, firms: Iterable[int], by: Actor) -> int:
    """Blank in the rows of lists about `firms` (primary keys) what is of `person`. Gives how many rows changed.

    A remark with their surname goes as a whole: what else it says is mostly of them as well. Where nobody else of the
    firm is known, a mobile number is nobody's but theirs.
    """
    firms = list(firms)
    others = Position.objects.filter(company__in=firms).exclude(person=person).exists()
    changed = 0
    for row in (
        ListRow.objects.select_for_update(of=("self",))
        .select_related("company")
        .filter(company__in=firms)
        .order_by("pk")
    ):
        before = (row.remark, row.more, row.unverified)
        row.remark = "" if list_mentions.names(row.remark, person) else row.remark
        rests = {field: list_mentions.without(told, person, others) for field, told in row.more.items()}
        row.more = {field: kept for field, kept in rests.items() if kept}
        row.unverified = [told for told in row.unverified if not list_mentions.is_of(str(told[-1]), person, others)]
        if before != (row.remark, row.more, row.unverified):
            row.save(update_fields=["remark", "more", "unverified"])
            audit.record(Event.COMPANY_ERASED, by=by, subject=row.company, changed=["list_rows"])
            changed += 1
    return changed
