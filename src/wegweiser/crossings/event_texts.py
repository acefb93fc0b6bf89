"""What changes an event's text changes what guests were told: both happen in one transaction.

The event's lock is taken before the catalogue's, as registering does it: the other way round, two would wait for each
other.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.models import Entry
from wegweiser.events import hosting
from wegweiser.events.actions import arranging, events
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


@dataclass(frozen=True)
class Published:
    """The entry, and whether guests were told of another day or place."""

    entry: Entry
    told: bool


def publish(*, uuid: UUID, seen: str, by: Actor) -> Published:
    """Publish an offer; where it is an event with registration, guests hear at once what changed for them.

    Raises DomainError: what `drafts.publish` raises.
    """
    with transaction.atomic():
        event = _locked(uuid)
        entry = drafts.publish(uuid=uuid, seen=seen, by=by)
        return Published(entry, events.follow(event=event, by=by) if event else False)


def withdraw(*, uuid: UUID, seen: str, by: Actor) -> None:
    """Take an offer off the public pages; not an event that somebody still wants to come to: it is called off first.

    Its guests would neither be told nor be let in. Raises DomainError: guests_registered, and
    what `drafts.withdraw` raises.
    """
    with transaction.atomic():
        event = _locked(uuid)
        if event and not event.is_cancelled and hosting.is_expected(event):
            raise DomainError("guests_registered")
        drafts.withdraw(uuid=uuid, seen=seen, by=by)


def drop(*, uuid: UUID, seen: str, by: Actor) -> None:
    """Throw away a draft that was never public, with the registration that was prepared for it."""
    with transaction.atomic():
        event = _locked(uuid)
        if event:
            arranging.close(event=event, by=by)
        drafts.drop(uuid=uuid, seen=seen, by=by)


def _locked(uuid: UUID) -> Event | None:
    event = Event.objects.filter(draft__uuid=uuid).first()
    return lock_event(event) if event else None
