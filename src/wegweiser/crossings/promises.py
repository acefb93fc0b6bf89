"""What the form promised to an enquirer, a call or an answer, as follow-ups that are ticked off by keeping the word."""

import datetime as dt
import uuid
from uuid import UUID

from wegweiser.enquiries import fairs
from wegweiser.enquiries.actions import follow_ups
from wegweiser.enquiries.models import Card, Case, Contribution, FollowUp, Intake
from wegweiser.kernel.actor import Actor

CALL, ANSWER = "call", "answer"


def of(case: Case, promise: str) -> UUID:
    """The UUID of the follow-up that stands for `promise` to the enquirer of `case`."""
    return uuid.uuid5(case.uuid, promise)


def of_message(message: UUID) -> UUID:
    """The UUID of the follow-up that stands for an answer to a message from the workspace."""
    return uuid.uuid5(message, ANSWER)


def keep(case: Case, *promises: str, until: dt.datetime | None = None, by: Actor) -> None:
    """Tick off what was promised and is now kept. What somebody at the desk set themselves stays theirs, but for the
    calls that were promised to those who left a business card.

    `until`: from then on a message is not answered by it.
    """
    identities = [of(case, promise) for promise in promises]
    if ANSWER in promises:
        written = case.thread.filter(kind=Contribution.Kind.MESSAGE)
        written = written.filter(recorded_at__lt=until) if until else written
        identities += [of_message(message) for message in written.values_list("uuid", flat=True)]
    if CALL in promises and case.intake == Intake.FAIR:
        cards = Card.objects.filter(case=case, end=Card.End.CALL)
        identities += [fairs.call_of(card) for card in cards]
    ours = FollowUp.objects.filter(case=case, uuid__in=identities, done_at=None)
    for follow_up in ours:
        follow_ups.done(follow_up=follow_up, by=by)


def again(subject: UUID, what: str) -> tuple[FollowUp | None, UUID]:
    """The promise of this kind about `subject` that is still owed, and the UUID of the next: each is known by the one
    before.
    """
    owed, identity = None, uuid.uuid5(subject, what)
    while row := FollowUp.objects.filter(uuid=identity).first():
        owed = owed or (row if row.done_at is None else None)
        identity = uuid.uuid5(row.uuid, what)
    return owed, identity
