"""Reads of the outbox: what waits, what needs a person, what one cause has written."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.utils.module_loading import import_string

from wegweiser.outbox.models import Letter, State


def is_configured() -> bool:
    """There is a mail server to hand mails to."""
    return bool(settings.EMAIL_HOST)


def due(*, now: dt.datetime) -> Q:
    """The condition that a mail is to be sent at `now`."""
    queued = Q(state=State.QUEUED) & (Q(next_attempt_at=None) | Q(next_attempt_at__lte=now))
    return Q(channel="mail") & (queued | Q(state=State.UNCLEAR, next_attempt_at__lte=now))


def refusal(letter: Letter) -> str:
    """Why it may not go out by mail as things are now: a reason to hold it, else empty. Settings name who knows."""
    return str(import_string(settings.LETTER_REFUSAL)(letter))


@dataclass(frozen=True)
class Overview:
    """How the post is doing. `waiting_since` is when the oldest mail that still waits was written."""

    configured: bool
    waiting: int
    waiting_since: dt.datetime | None
    to_print: int
    unclear: int
    failed: int
    held: int


def overview() -> Overview:
    """One row of figures for the desk and for the readiness of the house."""
    on_its_way = Q(channel="mail", state__in=[State.QUEUED, State.SENDING])
    figures = Letter.objects.aggregate(
        waiting=Count("id", filter=on_its_way),
        waiting_since=Min("recorded_at", filter=on_its_way),
        to_print=Count("id", filter=Q(channel="letter", state=State.QUEUED, dismissed_at=None)),
        **{
            state.value: Count("id", filter=Q(state=state, dismissed_at=None))
            for state in (State.UNCLEAR, State.FAILED, State.HELD)
        },
    )
    return Overview(configured=is_configured(), **figures)


def needing_a_person() -> QuerySet[Letter]:
    """Letters that nobody sends any more unless somebody does something, newest first."""
    return _stuck().filter(dismissed_at=None)


def dismissed() -> QuerySet[Letter]:
    """Letters that would need a person, had not somebody said that all is done; the last ones first."""
    return _stuck().exclude(dismissed_at=None).order_by("-dismissed_at", "-id")


def printed(since: dt.date) -> QuerySet[Letter]:
    """Paper letters that were printed since that day and can still be read, the last ones first."""
    return Letter.objects.filter(state=State.PRINTED, printed_on__gte=since).exclude(text="").order_by("-id")


def waiting_mails() -> QuerySet[Letter]:
    """Mails that wait to be sent and can still be read, the last ones first."""
    return Letter.objects.filter(channel="mail", state=State.QUEUED).exclude(text="").order_by("-id")


def _stuck() -> QuerySet[Letter]:
    # What was erased waits for nobody: there is nothing left to send.
    stuck = (
        Q(state=State.FAILED) & ~Q(failure="erased")
        | Q(state=State.HELD)
        | Q(state=State.UNCLEAR)
        | Q(channel="letter", state=State.QUEUED)
    )
    return Letter.objects.filter(stuck).order_by("-id")


def of_cause(uuid: UUID) -> QuerySet[Letter]:
    """Everything written because of one record, oldest first."""
    return Letter.objects.filter(cause_uuid=uuid).order_by("id")
