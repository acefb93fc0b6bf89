"""What was written after somebody read the thread: what is sent then does not answer it, or answers it twice.

`seen` is the UUID of the newest entry that a page showed; None where it showed none, or does not say.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import QuerySet

from wegweiser.consortium.models import Member
from wegweiser.enquiries.models import Case, Contribution
from wegweiser.kernel.errors import DomainError

THEIRS = frozenset({Contribution.Kind.MAIL_IN, Contribution.Kind.MESSAGE})
NEWS = THEIRS | {Contribution.Kind.MAIL_OTHER}  # what a page that is older does not show


def theirs(case: Case) -> QuerySet[Contribution]:
    """What who asks wrote to us, the oldest first. What a machine sends, such as an absence notice, asks nothing."""
    return _written(case, THEIRS)


def _written(case: Case, kinds: Collection[str]) -> QuerySet[Contribution]:
    return case.thread.filter(kind__in=kinds).exclude(mail__automatic=True).order_by("id")


def answers(case: Case, seen: UUID | None) -> QuerySet[Contribution]:
    """What we answered by mail after that entry."""
    return case.thread.filter(kind=Contribution.Kind.MAIL_OUT, pk__gt=_place(case, seen)).order_by("id")


def since(case: Case, seen: UUID | None) -> QuerySet[Contribution]:
    """What anybody wrote to us after that entry.

    Entries of a case are numbered in their order: each is made under its lock.
    """
    return _written(case, NEWS).filter(pk__gt=_place(case, seen))


def _place(case: Case, seen: UUID | None) -> int:
    return (case.thread.filter(uuid=seen).values_list("pk", flat=True).first() if seen else None) or 0


def last(case: Case, *, until: dt.datetime | None = None) -> UUID | None:
    """The newest entry of the whole thread, or of what stood there before `until`."""
    found = case.thread.filter(recorded_at__lt=until) if until else case.thread
    return newest(list(found.order_by("-id")[:1]))


def newest(entries: Sequence[Contribution]) -> UUID | None:
    """The newest of the entries that a page shows."""
    return max(entries, key=lambda row: row.pk).uuid if entries else None


def ensure_none(case: Case, seen: UUID | None, *, until: dt.datetime | None = None) -> None:
    """Raises DomainError("came_meanwhile") where somebody wrote after `seen`, and before `until` where that is given.

    The caller holds the lock of `case`.
    """
    found = since(case, seen)
    if (found.filter(recorded_at__lt=until) if until else found).exists():
        raise DomainError("came_meanwhile", "They wrote again, and nobody here has read it.")


def ensure_unanswered(case: Case, seen: UUID | None, *, member: Member) -> None:
    """Raises DomainError("answered_meanwhile") where a colleague of `member` answered after `seen`.

    The caller holds the lock of `case`.
    """
    if answers(case, seen).exclude(member=member).exists():
        raise DomainError("answered_meanwhile", "A colleague was faster.")
