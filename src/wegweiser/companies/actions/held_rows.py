"""A row of a list that silenced its firm until somebody looked: the wish was granted, or there was none."""

import datetime as dt

from django.db import transaction

from wegweiser.companies import queries
from wegweiser.companies.actions import channels
from wegweiser.companies.events import Event
from wegweiser.companies.models import Channel, Company, ListRow, Person
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import AuditEvent

AT_ONCE = 200  # rows of one wording that are settled while somebody waits
TAKEN_WITHIN = dt.timedelta(minutes=5)  # a chunk of rows is one transaction; the person of a row is entered after it


def settle(*, row: ListRow, was_none: bool = False, by: Actor) -> ListRow:
    """Somebody looked at a remark and did what it asks for; or it was none, and the firm is reached as before the list.

    Whatever somebody chose since stays, and what another row of a list asks for the firm.
    """
    with transaction.atomic():
        row = ListRow.objects.select_for_update(of=("self",)).select_related("company__canonical").get(pk=row.pk)
        if row.settled_at is None:
            row.settled_at, row.settled_by = clock.now(), str(by)
            row.more = {**row.more, "was_none": True} if was_none else row.more
            row.save(update_fields=["settled_at", "settled_by", "more"])
            audit.record(Event.LIST_ROW_SETTLED, by=by, subject=row, references={"company": row.company.uuid})
            if was_none:
                _give_back(row, by)
    return row


def settle_alike(*, row: ListRow, was_none: bool = False, by: Actor) -> int:
    """Settle `row` and the rows of its list that wait with the very same words, at most AT_ONCE. Gives how many."""
    rows = list(queries.held_alike(row)[:AT_ONCE])
    for one in rows:
        settle(row=one, was_none=was_none, by=by)
    return len(rows)


def _give_back(row: ListRow, by: Actor) -> None:
    """The channel that the list took: of the row's own entry, of the firm it is, and of the person it brought."""
    held = (
        ListRow.objects.filter(company__in=queries.same_firm(row.company))
        .exclude(held="")
        .order_by("recorded_at", "id")
    )
    rows = list(held)
    if not all(one.more.get("was_none") for one in rows):
        return
    before, since = rows[0].more.get("channel_before"), rows[0].recorded_at
    for firm in dict.fromkeys([queries.root_of(row.company), *(one.company for one in rows)]):
        if before and firm.channel == row.more.get("channel") and not _chose(firm, since):
            channels.choose(party=firm, channel=before, by=by)
    brought = Person.objects.filter(
        positions__company__in=queries.same_firm(row.company),
        recorded_at__range=(row.recorded_at, row.recorded_at + TAKEN_WITHIN),
    ).exclude(channel=Channel.MAIL)
    for person in brought.distinct():
        if not _chose(person, row.recorded_at):
            channels.choose(party=person, channel=Channel.MAIL, by=by)


def _chose(party: Company | Person, since: dt.datetime) -> bool:
    told = AuditEvent.objects.filter(event=Event.CHANNEL_CHOSEN, subject_uuid=party.uuid, recorded_at__gte=since)
    return told.exists()
