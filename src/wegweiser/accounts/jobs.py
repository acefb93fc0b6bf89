"""Periodic work of the accounts."""

from wegweiser.accounts.actions import users
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every


@every(hours=24)
def clear_sessions() -> None:
    users.clear_sessions(by=Actor.system("accounts.clear_sessions"))


@every(hours=24)
def retention() -> None:
    """What the policy file promises, in every room."""
    erasure.run(day=clock.today(), by=Actor.system("accounts.retention"))
