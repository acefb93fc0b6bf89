"""A list is taken over by one at a time, of firms or of past contacts: claimed before, renewed with each chunk.

A lock on the row, not a decision: nothing of it is audited. Who is killed on the way loses the claim after `LEASE`,
and the worker goes on.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from wegweiser.companies.list_models import BroughtList
from wegweiser.kernel import clock, locks
from wegweiser.kernel.errors import DomainError

log = logging.getLogger(__name__)
LEASE = dt.timedelta(minutes=15)  # more than a chunk takes, and than it takes to learn of all firms before the first
BROKEN = "list_broken"  # the reason where no rule refused the list
State = BroughtList.State
L = TypeVar("L", bound=BroughtList)


def lock_open(source: L) -> L:
    """Lock an uploaded list that nobody takes over, until the transaction ends; gives it as it stands now.

    Raises DomainError: list_gone, list_being_taken, list_taken_already.
    """
    row = type(source).objects.select_for_update(of=("self",)).filter(pk=source.pk).first()
    if row is None:
        raise DomainError("list_gone")
    if not row.is_open:
        raise _refusal(row.state)
    return row


def lock_to_correct(source: BroughtList) -> None:
    """The same, for who says how the list is to be read: a refusal of before is out of date then."""
    if lock_open(source).state == State.FAILED:
        type(source).objects.filter(pk=source.pk).update(state=State.UPLOADED, failure="")
        source.state, source.failure = State.UPLOADED, ""


def due(model: type[L]) -> QuerySet[L]:
    """Lists that the worker takes over: ordered, or left by who was killed on the way."""
    left = Q(state=State.TAKING, claimed_at__lt=clock.now() - LEASE)
    waiting = model.objects.filter(Q(state=State.ORDERED) | left)
    return waiting.exclude(content=None).defer("content").order_by("id")


@contextmanager
def claimed(source: BroughtList) -> Iterator[None]:
    """Take the list over alone; `source` stands as it was when it was claimed. What goes wrong is said at the list.

    Only who takes an uploaded list over at once hears a refusal from here, and the list stays uploaded.

    Raises DomainError: list_gone, list_being_taken, list_taken_already.
    """
    was_uploaded = source.state == State.UPLOADED
    _claim(source)
    try:
        yield
    except DomainError as refusal:
        if was_uploaded and not source.rows.exists():
            _leave(source, State.UPLOADED)
        else:
            _leave(source, State.FAILED, refusal.code)
        raise
    except Exception:
        _leave(source, State.FAILED, BROKEN)
        raise


@contextmanager
def chunk(source: BroughtList | None, *locked: str) -> Iterator[None]:
    """A transaction of somebody who takes a list over, alone under the names `locked`; it renews the claim on `source`.

    Raises DomainError("list_being_taken") where somebody else went on meanwhile.
    """
    now = clock.now()
    with transaction.atomic():
        locks.hold(*locked)
        if source and source.claimed_at and not _mine(source).update(claimed_at=now):
            raise DomainError("list_being_taken")
        yield
    if source and source.claimed_at:
        source.claimed_at = now


def take_due(model: type[L], take: Callable[[L], object]) -> None:
    """Take over what is due, one list after the other; one that cannot be read says why and holds up no other.

    Raises, at the end, the first error that was no refusal.
    """
    broken: Exception | None = None
    for source in due(model):
        try:
            take(source)
        except DomainError as refusal:
            log.warning("%s %s was not taken over: %s.", model.__name__, source.uuid, refusal.code)
        except Exception as error:
            log.exception("%s %s was not taken over.", model.__name__, source.uuid)
            broken = broken or error
    if broken is not None:
        raise broken


def forget_file(source: BroughtList) -> None:
    """Of a list that was taken in part and left, the rows stay and the file goes."""
    with transaction.atomic():
        row = lock_open(source)
        told = {"state": State.FAILED, "failure": row.failure or BROKEN}
        type(source).objects.filter(pk=row.pk).update(content=None, **told)


def _claim(source: BroughtList) -> None:
    now = clock.now()
    same = type(source).objects.filter(pk=source.pk)
    free = Q(state__in=[*BroughtList.OPEN, State.ORDERED]) | Q(state=State.TAKING, claimed_at__lt=now - LEASE)
    if not same.filter(free).update(state=State.TAKING, claimed_at=now, failure=""):
        raise _refusal(same.values_list("state", flat=True).first())
    source.refresh_from_db()


def _leave(source: BroughtList, state: State, reason: str = "") -> None:
    if _mine(source).update(state=state, claimed_at=None, failure=reason):
        source.state, source.claimed_at, source.failure = state, None, reason


def _mine(source: BroughtList) -> QuerySet[BroughtList]:
    return type(source).objects.filter(pk=source.pk, state=State.TAKING, claimed_at=source.claimed_at)


def _refusal(state: str | None) -> DomainError:
    if state is None:
        return DomainError("list_gone")
    return DomainError("list_being_taken" if state in {State.ORDERED, State.TAKING} else "list_taken_already")
