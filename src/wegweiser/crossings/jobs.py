"""Periodic work over several rooms."""

from wegweiser.crossings import leaving
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every


@every(hours=1)
def leave() -> None:
    """Hourly, so that the morning after the last day finds everything with the heirs."""
    leaving.run_due(by=Actor.system("crossings.leave"))
