"""Periodic work of the catalogue."""

from wegweiser.catalogue import matches
from wegweiser.catalogue.actions import vectors
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every

AT_ONCE = 200


@every(minutes=1)
def encode() -> int:
    """Vectors for entries that came or changed since the last run."""
    return vectors.encode(encoders=matches.encoders(), limit=AT_ONCE, by=Actor.system("catalogue.encode"))
