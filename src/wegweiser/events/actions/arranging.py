"""What is set at the desk, in one go: the settings of an event and its places, and what guests have to hear of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from wegweiser.catalogue.actions import drafts
from wegweiser.events import arrangement
from wegweiser.events.actions import events, presence_lists, signed_lists
from wegweiser.events.actions.events import Places
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Registration
from wegweiser.files.actions import uploads
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


@dataclass(frozen=True)
class Arranged:
    """The event as it is now; `fresh` where nobody could register before, `told` where guests heard of a change."""

    event: Event
    fresh: bool
    told: bool


def arrange(*, offer: UUID, seen: str, settings: Mapping[str, Any], pools: Sequence[Places], by: Actor) -> Arranged:
    """Take registrations for an offer, or change how. `seen` is the stamp of what its writer read, empty for none.

    Raises DomainError: changed_meanwhile, and what `open_registration`, `change` and `set_places` raise.
    """
    with transaction.atomic():
        known = Event.objects.filter(draft__uuid=offer).first()
        if known is None:
            draft = drafts.adopt(uuid=offer, by=by)
            event = events.open_registration(draft=draft, pools=pools, settings=settings, by=by)
            return Arranged(event, True, False)
        event = lock_event(known)
        if arrangement.stamp(event) != seen:
            raise DomainError("changed_meanwhile")
        event = events.change(event=event, settings=settings, by=by)
        events.set_places(event=event, pools=pools, by=by)
        return Arranged(event, False, events.follow(event=event, by=by))


def close(*, event: Event, by: Actor) -> None:
    """Take no registrations any more, where nobody ever registered. Lists, scans and files of the event go with it.

    Raises DomainError("pool_in_use"): who registered is told that it is off, which `events.cancel` does.
    """
    with transaction.atomic():
        event = lock_event(event)
        if Registration.objects.filter(event=event).exists():
            raise DomainError("pool_in_use", "Somebody registered for it.")
        for found in event.presence_lists.all():
            presence_lists.drop(presence_list=found, by=by)
        for row in event.signed_lists.all():
            signed_lists.erase(row=row, by=by)
        uploads.remove_of(owners=[event.uuid], by=by)
        event.signed_lists.all().delete()
        audit.record(Audited.EVENT_CLOSED, by=by, subject=event)
        series = event.series
        event.delete()
        if series and not series.events.exists():
            series.delete()
