"""Periodic work of the accounts."""

from wegweiser.accounts.actions import tokens, users
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every


@every(hours=24)
def clear_sessions() -> None:
    """Sessions that are over."""
    users.clear_sessions(by=Actor.system("accounts.clear_sessions"))


@every(hours=24)
def clear_tokens() -> None:
    """Links, codes and sessions of firms that are long over."""
    tokens.clear(by=Actor.system("accounts.clear_tokens"))
