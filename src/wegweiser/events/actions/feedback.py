"""Keeping what a guest says about an event, so that nobody can tell who said it."""

from django.db import transaction

from wegweiser.accounts.actions import tokens
from wegweiser.events import feedback
from wegweiser.events.actions import letters
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Feedback, Moment, NoticeSent, Registration
from wegweiser.kernel import audit, clock, visible
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError

LONGEST = 2_000


def give(
    *, registration: Registration, useful: int | None, recommend: int | None, missing: str = "", by: Actor
) -> Feedback:
    """One answer of a registration; as many as came may give one.

    That an answer came is counted at the registration, what it says stands at the event, and neither names the other:
    no moment, no link, and the audit trail says only that there was one, whoever `by` is.
    Raises DomainError: answered_already, nothing_said, choice_unknown.
    """
    missing = visible.text(missing, LONGEST)
    if useful is None and recommend is None and not missing:
        raise DomainError("nothing_said")
    if useful not in {None, *range(1, 6)} or recommend not in {None, *range(11)}:
        raise DomainError("choice_unknown")
    with transaction.atomic():
        event = lock_event(registration.event)
        if not feedback.open_answers(registration):
            raise DomainError("answered_already")
        sent, _created = NoticeSent.objects.get_or_create(registration=registration, moment=Moment.THANKS)
        sent.answers += 1
        sent.save(update_fields=["answers"])
        day = clock.at(clock.today())
        row = Feedback.objects.create(event=event, useful=useful, recommend=recommend, missing=missing, recorded_at=day)
        audit.record(Audited.FEEDBACK_GIVEN, by=VISITOR, subject=event)
    return row


def link(*, registration: Registration, by: Actor) -> str:
    """The secret of the form, for who comes from their own page: that one's link is not passed on with it.

    Raises DomainError("feedback_not_asked") where nobody came, it is not over, or everybody has answered.
    """
    with transaction.atomic():
        if not feedback.may_answer(registration, registration.seats.filter(given_back_at=None)):
            raise DomainError("feedback_not_asked")
        until = clock.now() + letters.LINK_KEPT
        return tokens.issue(purpose=feedback.FEEDBACK, subject=registration.uuid, expires=until, by=by)


def forget_words(*, answer: Feedback, by: Actor) -> Feedback | None:
    """The figures stay, what was written goes: somebody may have named themselves in it."""
    with transaction.atomic():
        row = Feedback.objects.select_for_update().get(pk=answer.pk)
        row.missing = ""
        audit.record(Audited.FEEDBACK_BLANKED, by=by, subject=row, changed=["missing"])
        if row.useful is None and row.recommend is None:
            row.delete()
            return None
        row.save(update_fields=["missing"])
    return row
