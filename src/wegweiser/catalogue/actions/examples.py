"""Routed cases that the matching learns from."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from wegweiser.catalogue.models import Example
from wegweiser.kernel.actor import Actor


def unlearn(*, source_kind: str, sources: Collection[UUID], by: Actor) -> int:
    """Forget what was learned from these sources; returns how many."""
    with transaction.atomic():
        count, _ = Example.objects.filter(source_kind=source_kind, source_uuid__in=sources).delete()
    return count
