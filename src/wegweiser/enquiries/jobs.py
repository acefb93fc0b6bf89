"""Periodic work of the contact point."""

from wegweiser.enquiries.actions import mails, reminders
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every


@every(hours=1)
def remind() -> None:
    """Hourly, so that who comes in the morning finds it, also where the worker stood still in the night."""
    reminders.remind(by=Actor.system("enquiries.remind"))


@every(hours=24)
def settle_circulars() -> None:
    """So that nobody has to tick off each newsletter, and an enquiry among them is seen."""
    by = Actor.system("enquiries.settle_circulars")
    mails.settle_circulars(by=by)
    mails.forget_files(by=by)
