"""Periodic work of the outbox."""

from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every
from wegweiser.outbox import delivery
from wegweiser.outbox.actions import letters


@every(minutes=1)
def deliver() -> None:
    delivery.send_due()


@every(hours=24)
def blank() -> None:
    """Letters that had to go sooner; all others go by the policy file (`retention.py`)."""
    letters.blank(day=clock.today(), by=Actor.system("outbox.blank"))
