"""A network and its entry in the catalogue, in one transaction: what is listed and what is found are the same."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from wegweiser.catalogue import drafts, slugs
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Kind
from wegweiser.catalogue.offers import of_network
from wegweiser.consortium.actions import networks
from wegweiser.consortium.models import Network
from wegweiser.kernel.actor import Actor

SLUG = 72  # letters, so that a number fits behind


def add(*, values: Mapping[str, Any], submission: UUID, by: Actor) -> Network:
    """A network more, public at once. Its address comes from its name."""
    with transaction.atomic():
        entries.hold(by=by)
        slug = slugs.free(slugs.slug(values["name"].get("de", ""))[:SLUG].strip("-") or "netzwerk", _is_taken)
        network = networks.add(slug=slug, values=values, submission=submission, by=by)
        if network.withdrawn_at is None:  # a second click may come late
            entries.publish(offer=of_network(network), by=by)
    return network


def change(
    *, network: Network, values: Mapping[str, Any], seen: str, confirmed: Collection[str] = (), by: Actor
) -> Network:
    """Other texts, public at once; of a withdrawn network when it is brought back.

    Raises DomainError("changed_meanwhile") and those of `profiles.check`.
    """
    with transaction.atomic():
        entries.hold(by=by)
        network = networks.change(network=network, values=values, seen=seen, confirmed=confirmed, by=by)
        if network.withdrawn_at is None:
            entries.publish(offer=of_network(network), by=by)
    return network


def withdraw(*, network: Network, seen: str, by: Actor) -> Network:
    """Take a network off the site and out of search. Answers that named it keep their reference to the entry."""
    with transaction.atomic():
        entries.hold(by=by)
        network = networks.withdraw(network=network, seen=seen, by=by)
        entries.withdraw(kind=Kind.NETWORK, slug=network.slug, by=by)
    return network


def restore(*, network: Network, seen: str, by: Actor) -> Network:
    """Bring a withdrawn network back, as it is told now."""
    with transaction.atomic():
        entries.hold(by=by)
        network = networks.restore(network=network, seen=seen, by=by)
        entries.publish(offer=of_network(network), by=by)
    return network


def _is_taken(slug: str) -> bool:
    return Network.objects.filter(slug=slug).exists() or drafts.is_taken(Kind.NETWORK, slug)
