"""Putting two firms together and taking them apart again, with what rooms above keep of both."""

from django.db import transaction

from wegweiser.companies import queries
from wegweiser.companies.actions import cover_names, merges
from wegweiser.companies.models import Channel, Company, Merge
from wegweiser.crossings import channels
from wegweiser.crossings import plans as crossing
from wegweiser.events.actions import invitations
from wegweiser.journey.actions import plans
from wegweiser.kernel import locks, mail_addresses
from wegweiser.kernel.actor import Actor


def merge(*, loser: Company, survivor: Company, by: Actor) -> Merge:
    """Both are one firm; where the stricter channel of the two is no mail, what waits for either is held."""
    with transaction.atomic():
        locks.hold(invitations.LOCK)  # as in `channels.choose`
        made = merges.merge(loser=loser, survivor=survivor, by=by)
        _hold(survivor, by)
    return made


def reveal(
    *, company: Company, survivor: Company | None = None, name: str = "", postcode: str = "", place: str = "", by: Actor
) -> Merge:
    """The firm behind a cover name said who it is; where that one wants no mail, what waits for either is held."""
    with transaction.atomic():
        locks.hold(invitations.LOCK)
        made = cover_names.reveal(company=company, survivor=survivor, name=name, postcode=postcode, place=place, by=by)
        _hold(made.survivor, by)
    return made


def _hold(survivor: Company, by: Actor) -> None:
    firm = queries.root_of(survivor)
    firm.refresh_from_db(fields=["channel"])
    if firm.channel != Channel.MAIL:
        channels.hold(party=firm, channel=firm.channel, by=by)


def undo(*, merge: Merge, by: Actor) -> Merge:
    """Each firm has its own life back; what its plan named of the other as done is linked no more.

    Links to the plan of the one that went to a mailbox of the other end.
    """
    with transaction.atomic():
        shared = _firm(merge.survivor_id).email
        undone = merges.undo(merge=merge, by=by)
        for row in (undone.loser, undone.survivor):
            plans.unlink_foreign(company=row, by=by)
            firm = _firm(row.pk)
            if shared and not mail_addresses.equal(shared, firm.email):
                crossing.end_links_sent_to(company=firm, mail=shared, by=by)
    return undone


def _firm(row: int) -> Company:
    """The firm that a row is part of, as it stands now."""
    return queries.root_of(Company.objects.select_related("canonical").get(pk=row))
