"""Periodic work over several rooms."""

from wegweiser.crossings import leaving
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every


@every(hours=1)
def leave() -> None:
    """Hourly, so that the morning after the last day finds everything with the heirs."""
    leaving.run_due(by=Actor.system("crossings.leave"))


@every(hours=24)
def retain() -> None:
    """What the policy file promises, in every room."""
    erasure.run(day=clock.today(), by=Actor.system("crossings.retain"))
