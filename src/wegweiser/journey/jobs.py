"""Periodic work on lists of past contacts: those that nobody wanted are forgotten."""

import datetime as dt

from wegweiser.companies import list_claims
from wegweiser.journey.actions import histories
from wegweiser.journey.models import ContactList
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every

KEPT = dt.timedelta(days=7)


@every(hours=24)
def forget_lists() -> None:
    """A file that nobody took over goes after a week."""
    old = ContactList.objects.filter(state__in=ContactList.OPEN, recorded_at__lt=clock.now() - KEPT).exclude(
        content=None
    )
    for source in old:
        if source.rows.exists():
            list_claims.forget_file(source)
        else:
            histories.drop(source=source, by=Actor.system("journey.forget_lists"))
