"""Periodic work over several rooms."""

from wegweiser.crossings import leaving, retention
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every


@every(hours=1)
def leave() -> None:
    """Hourly, so that the morning after the last day finds everything with the heirs."""
    leaving.run_due(by=Actor.system("crossings.leave"))


@every(hours=24)
def retain() -> None:
    """Remove what the policy file no longer lets us keep."""
    retention.run(by=Actor.system("crossings.retain"))
