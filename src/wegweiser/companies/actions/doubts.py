"""Two rows that may be one firm: noted, put off, or told to be two for ever."""

import datetime as dt

from django.db import transaction

from wegweiser.companies import queries
from wegweiser.companies.events import Event
from wegweiser.companies.locks import lock_roots
from wegweiser.companies.models import Company, Doubt
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

LATER = dt.timedelta(days=30)


def keep_apart(*, one: Company, other: Company, by: Actor) -> Doubt:
    """They are two firms: no import merges them, and nobody is asked again.

    Raises DomainError("same_company_already"), also where somebody merged them meanwhile: that has to be undone.
    """
    first, second = sorted((one, other), key=lambda row: row.pk)
    with transaction.atomic():
        if len(set(lock_roots([first, second]).values())) == 1:
            raise DomainError("same_company_already")
        doubt, _ = Doubt.objects.get_or_create(one=first, other=second)
        if doubt.apart_at is None:
            doubt.apart_at, doubt.apart_by = clock.now(), str(by)
            doubt.save(update_fields=["apart_at", "apart_by"])
            audit.record(Event.DOUBT_APART, by=by, subject=doubt, references={"one": first.uuid, "other": second.uuid})
    return doubt


def put_off(*, doubt: Doubt, by: Actor) -> Doubt:
    """Ask again in a month."""
    with transaction.atomic():
        doubt.later_until = clock.today() + LATER
        doubt.save(update_fields=["later_until"])
        audit.record(Event.DOUBT_LATER, by=by, subject=doubt, changed=["later_until"])
    return doubt


def are_one(*, one: Company, other: Company, by: Actor) -> int:
    """Somebody looked at both and says that they are one: what was said of them as two holds no more. Gives how many
    rows said so."""
    with transaction.atomic():
        told = list(queries.doubts_between(one, other).select_for_update(of=("self",)).exclude(apart_at=None))
        for doubt in told:
            doubt.apart_at, doubt.apart_by = None, ""
            doubt.save(update_fields=["apart_at", "apart_by"])
            audit.record(Event.DOUBT_ONE, by=by, subject=doubt, changed=["apart_at", "apart_by"])
    return len(told)
