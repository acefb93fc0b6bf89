"""The days a centre sets itself under a grant, and that they were kept."""

import datetime as dt

from django.db import transaction

from wegweiser.funding.events import Event
from wegweiser.funding.models import Grant, OwnDeadline
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

TITLE_LENGTH = 120


def set(*, grant: Grant, title: str, day: dt.date, by: Actor) -> OwnDeadline:  # noqa: A001
    """`title` is due on `day`; the same again changes nothing. Raises title_missing, title_too_long."""
    title = " ".join(title.replace("\0", "").split())
    if not title:
        raise DomainError("title_missing", field="title")
    if len(title) > TITLE_LENGTH:
        raise DomainError("title_too_long", field="title")
    with transaction.atomic():
        deadline, created = OwnDeadline.objects.get_or_create(grant=grant, title=title, day=day)
        if created:
            audit.record(Event.DEADLINE_SET, by=by, subject=deadline, references={"grant": grant.uuid})
    return deadline


def done(*, deadline: OwnDeadline, by: Actor) -> OwnDeadline:
    """It was kept today. Saying so twice changes nothing."""
    with transaction.atomic():
        deadline.refresh_from_db(from_queryset=OwnDeadline.objects.select_for_update())
        if deadline.done_on is None:
            deadline.done_on = clock.today()
            deadline.save(update_fields=["done_on"])
            audit.record(Event.DEADLINE_DONE, by=by, subject=deadline, changed=["done_on"])
    return deadline


def reopen(*, deadline: OwnDeadline, by: Actor) -> OwnDeadline:
    """It was ticked off by mistake. Saying so twice changes nothing."""
    with transaction.atomic():
        deadline.refresh_from_db(from_queryset=OwnDeadline.objects.select_for_update())
        if deadline.done_on is not None:
            deadline.done_on = None
            deadline.save(update_fields=["done_on"])
            audit.record(Event.DEADLINE_REOPENED, by=by, subject=deadline, changed=["done_on"])
    return deadline


def drop(*, deadline: OwnDeadline, by: Actor) -> Grant:
    """It is no longer wanted."""
    with transaction.atomic():
        audit.record(Event.DEADLINE_DROPPED, by=by, subject=deadline, references={"grant": deadline.grant.uuid})
        deadline.delete()
    return deadline.grant
