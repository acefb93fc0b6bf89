"""Periodic work of the contact point."""

from wegweiser.enquiries.actions import reminders
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every


@every(hours=1)
def remind() -> None:
    """Hourly, so that who comes in the morning finds it, also where the worker stood still in the night."""
    reminders.remind(by=Actor.system("enquiries.remind"))
