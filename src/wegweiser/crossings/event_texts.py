"""What changes an event's text changes what guests were told: both happen in one transaction.

The event's lock is taken before the catalogue's, as registering does it: the other way round, two would wait for each
other.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.models import Draft, Entry
from wegweiser.events import hosting
from wegweiser.events.actions import added_dates, arranging, events
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Registration
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


@dataclass(frozen=True)
class Published:
    """The entry, and whether guests were told of another day or place.

    `added` are guests of the whole series who have a place at this date, too, since it is public.
    """

    entry: Entry
    told: bool
    added: Sequence[Registration] = ()


def write(
    *,
    uuid: UUID,
    seen: str,
    content: Mapping[str, Any],
    slug: str = "",
    confirmed: Collection[str] = (),
    by: Actor,
) -> Draft:
    """Keep what was written of an offer; the slots of an event that nobody knows yet move along with its day at once.

    Raises DomainError: what `drafts.write` raises.
    """
    with transaction.atomic():
        event = _locked(uuid)
        draft = drafts.write(uuid=uuid, seen=seen, content=content, slug=slug, confirmed=confirmed, by=by)
        if event and draft.entry_id is None:
            events.follow(event=event, by=by)
    return draft


def publish(*, uuid: UUID, seen: str, tell_added: bool = True, by: Actor) -> Published:
    """Publish an offer; where it is an event with registration, guests hear at once what changed for them.

    A new date of a series that is only had as a whole is one for those, too, who have the whole already; without
    `tell_added` whoever publishes several dates tells them. Raises DomainError: what `drafts.publish` and
    `added_dates.take_in` raise.
    """
    with transaction.atomic():
        event = _locked(uuid)
        is_new = event is not None and event.draft.entry_id is None
        entry = drafts.publish(uuid=uuid, seen=seen, by=by)
        if event is None:
            return Published(entry, told=False)
        told = events.follow(event=event, by=by)
        added = added_dates.take_in(event=event, by=by) if is_new else []
        if tell_added:
            added_dates.tell(registrations=added, by=by)
        return Published(entry, told, added)


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
