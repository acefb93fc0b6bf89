"""The networks the centre works with. `catalogue.actions.networks` calls these and keeps their entries alike."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from wegweiser.consortium import profiles
from wegweiser.consortium.events import Event
from wegweiser.consortium.models import Network
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def add(*, slug: str, values: Mapping[str, Any], submission: UUID, by: Actor) -> Network:
    """A network more. The same form sent twice finds the first one."""
    profiles.check(Network, values)
    with transaction.atomic():
        if known := Network.objects.filter(uuid=submission).first():
            return known
        row = Network(uuid=submission, slug=slug)
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
