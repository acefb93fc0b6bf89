"""Locks of rows that only one process may decide on at a time."""

from wegweiser.enquiries.models import Card, Fair


def lock_card(card: Card) -> None:
    """Read the card again, under a lock until the end of the transaction."""
    card.refresh_from_db(from_queryset=Card.objects.select_for_update())


def lock_fair(fair: Fair) -> None:
    """One process at a time says which cards of an occasion are one firm."""
    fair.refresh_from_db(from_queryset=Fair.objects.select_for_update())
