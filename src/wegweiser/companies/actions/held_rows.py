"""A row of a list that silenced its firm until somebody looked: the wish was granted, or there was none."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from wegweiser.companies import queries
from wegweiser.companies.actions import channels
from wegweiser.companies.events import Event
from wegweiser.companies.models import Channel, Company, ListRow, Person
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import AuditEvent

AT_ONCE = 200  # rows of one wording that are settled while somebody waits


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
    firms = list(dict.fromkeys([queries.root_of(row.company), *(one.company for one in rows)]))
    if before and not _is_wished(row, firms, since):
        for firm in firms:
            if firm.channel == row.more.get("channel"):
                channels.choose(party=firm, channel=before, by=by)
    brought = Person.objects.filter(uuid__in=[one.changes["person"] for one in rows if one.changes.get("person")])
    for person in brought.exclude(channel=Channel.MAIL):
        if not _chose([person], row.recorded_at):
            channels.choose(party=person, channel=Channel.MAIL, by=by)


def _is_wished(row: ListRow, told_by_lists: Sequence[Company], since: dt.datetime) -> bool:
    """Whether anybody said so besides the lists: of the firm, or of a row of it that no list silenced."""
    family = list(queries.same_firm(row.company))
    by_itself = any(one.channel != Channel.MAIL for one in family if one not in told_by_lists)
    return by_itself or _chose(family, since)


def _chose(parties: Iterable[Company | Person], since: dt.datetime) -> bool:
    said = [Event.CHANNEL_CHOSEN, Event.CHANNEL_SAID_AGAIN]
    told = AuditEvent.objects.filter(event__in=said, subject_uuid__in=[party.uuid for party in parties])
    return told.filter(recorded_at__gte=since).exists()
