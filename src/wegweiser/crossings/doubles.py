"""A case turned out to be the double of another: what was promised there is kept here."""

from wegweiser.crossings import promises
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import doubles, follow_ups
from wegweiser.enquiries.models import Case, Contribution
from wegweiser.kernel.actor import Actor


def carry_over(*, case: Case, into: Case, theirs: bool = False, by: Actor) -> int:
    """What is promised about `case` is promised about `into`; returns how much. The caller ends `case` afterwards.

    An answer is owed there by a day of its own. A call that the form promised is ticked off there by answering, too;
    where one was promised before and made, it stands beside it. `theirs`: one person asks in both.
    """
    answers = [promises.of(case, promises.ANSWER)]
    messages = case.thread.filter(kind=Contribution.Kind.MESSAGE).values_list("uuid", flat=True)
    answers += [promises.of_message(message) for message in messages]
    call = queries.open_follow_up(promises.of(case, promises.CALL))
    called = 0
    if call:
        known, fresh = follow_ups.set(
            case=into,
            partner=into.partner,
            member=into.adviser,
            due_on=call.due_on,
            note=call.note,
            submission=promises.of(into, promises.CALL),
            by=by,
        )
        if fresh or known.done_at is None:
            answers.append(call.uuid)
            called = int(fresh)
    return called + doubles.carry_over(case=case, into=into, but=answers, theirs=theirs, by=by)
