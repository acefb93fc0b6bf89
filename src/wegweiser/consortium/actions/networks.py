"""The networks the centre works with. `catalogue.actions.networks` calls these and keeps their entries alike."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from wegweiser.consortium import profiles
from wegweiser.consortium.events import Event
from wegweiser.consortium.models import Network
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

_FORMS = UUID("0d8b6a52-1c77-4f0e-9b35-7a4d21c9e6f4")  # the namespace of forms for a new network


def add(*, slug: str, values: Mapping[str, Any], submission: UUID, by: Actor) -> Network:
    """A network more. The same form sent twice by the same writer finds the first one.

    What a form sends is not trusted: the id is made from it and the writer.
    """
    profiles.check(Network, values)
    uuid = uuid5(_FORMS, f"{by}/{submission}")
    with transaction.atomic():
        if known := Network.objects.filter(uuid=uuid).first():
            return known
        row = Network(uuid=uuid, slug=slug)
        profiles.take(row, values)
        row.save()
        audit.record(Event.NETWORK_ADDED, by=by, subject=row)
    return row


def change(
    *, network: Network, values: Mapping[str, Any], seen: str, confirmed: Collection[str] = (), by: Actor
) -> Network:
    """Tell a network as `values` say; its address on the website stays. `seen` is the stamp of what one read."""
    profiles.check(Network, values)
    with transaction.atomic():
        row = _read(network)
        if profiles.is_overtaken(row, seen, values):
            raise DomainError("changed_meanwhile")
        if changed := profiles.take(row, values, confirmed):
            row.save()
            audit.record(Event.NETWORK_CHANGED, by=by, subject=row, changed=changed)
    return row


def withdraw(*, network: Network, seen: str, by: Actor) -> Network:
    """Name a network nowhere any more. Its row stays, for what refers to it and to bring it back."""
    with transaction.atomic():
        row = _read(network)
        _require(row, seen)
        if row.withdrawn_at is None:
            row.withdrawn_at = clock.now()
            row.save(update_fields=["withdrawn_at"])
            audit.record(Event.NETWORK_WITHDRAWN, by=by, subject=row)
    return row


def restore(*, network: Network, seen: str, by: Actor) -> Network:
    """Name a withdrawn network again."""
    with transaction.atomic():
        row = _read(network)
        _require(row, seen)
        if row.withdrawn_at is not None:
            row.withdrawn_at = None
            row.save(update_fields=["withdrawn_at"])
            audit.record(Event.NETWORK_RESTORED, by=by, subject=row)
    return row


def _read(network: Network) -> Network:
    """The network as it is, under the lock."""
    return Network.objects.select_for_update().get(pk=network.pk)


def _require(row: Network, seen: str) -> None:
    if profiles.stamp(row) != seen:
        raise DomainError("changed_meanwhile")
