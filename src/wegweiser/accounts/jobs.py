"""Periodic work of the accounts."""

from wegweiser.accounts.actions import users
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every


@every(hours=24)
def clear_sessions() -> None:
    """Sessions that are over."""
    users.clear_sessions(by=Actor.system("accounts.clear_sessions"))
