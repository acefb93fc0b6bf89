"""The secret address of a calendar for somebody of a firm: given by the workspace, ended by whoever has it."""

import datetime as dt

from django.db import transaction

from wegweiser.accounts.actions import tokens
from wegweiser.companies.events import Event
from wegweiser.companies.models import Access
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor

CALENDAR = "company-calendar"  # the purpose of the secret
KEPT = dt.timedelta(days=730)


def give(*, access: Access, by: Actor) -> str:
    """The secret of a new address; the one before ends."""
    with transaction.atomic():
        tokens.revoke(purpose=CALENDAR, subject=access.uuid, by=by)
        secret = tokens.issue(purpose=CALENDAR, subject=access.uuid, expires=clock.now() + KEPT, by=by)
        audit.record(Event.ACCESS_CALENDAR_GIVEN, by=by, subject=access)
    return secret


def end(*, access: Access, by: Actor) -> int:
    """The address shows nothing any more. Gives how many were open."""
    with transaction.atomic():
        ended = tokens.revoke(purpose=CALENDAR, subject=access.uuid, by=by)
        if ended:
            audit.record(Event.ACCESS_CALENDAR_ENDED, by=by, subject=access)
    return ended
