"""How a firm or a person wants to be reached. What they chose binds every sender from that moment on."""

from django.db import transaction

from wegweiser.companies import queries
from wegweiser.companies.events import Event
from wegweiser.companies.models import Channel, Company, Person
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def choose(*, party: Company | Person, channel: str, by: Actor) -> bool:
    """`party` wants to be reached by `channel` from now on. Tells whether that is new."""
    if channel not in Channel.values:
        raise DomainError("channel_unknown", field="channel")
    with transaction.atomic():
        if isinstance(party, Company):
            party.refresh_from_db(from_queryset=Company.objects.select_for_update())
            keep(party=party, by=by)
            if party.channel == channel:
                hear(party=party, by=by)
        else:
            party.refresh_from_db(from_queryset=Person.objects.select_for_update())
        if party.channel == channel:
            return False
        party.channel = channel
        party.save(update_fields=["channel"])
        audit.record(Event.CHANNEL_CHOSEN, by=by, subject=party, changed=["channel"])
    return True


def hear(*, party: Company, by: Actor) -> None:
    """Somebody said of a firm what stands there already: it is its wish, whatever became of the first word of it."""
    if party.channel != Channel.MAIL:
        audit.record(Event.CHANNEL_SAID_AGAIN, by=by, subject=party)


def keep(*, party: Company, by: Actor) -> bool:
    """What came to `party` from a row merged into it is its own from now on: it stays when that is undone.

    Whoever hears a wish of the firm calls this, also where its channel is that one already. Tells whether that is new.
    """
    with transaction.atomic():
        kept = queries.lent_channels(party).update(channel_before="")
        if kept:
            audit.record(Event.CHANNEL_KEPT, by=by, subject=party, changed=["channel"])
    return bool(kept)
