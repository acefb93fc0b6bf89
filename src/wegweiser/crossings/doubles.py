"""A case turned out to be the double of another: what was promised, written and answered there goes on here."""

import uuid

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wegweiser.consortium import calendar
from wegweiser.consortium import queries as consortium
from wegweiser.crossings import promises
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import cases, doubles, follow_ups, mails
from wegweiser.enquiries.models import Case, Contribution, Mail, Visibility
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor


def carry_over(*, case: Case, into: Case, theirs: bool = False, by: Actor) -> int:
    """What is promised about `case` is promised about `into`; returns how much. The caller ends `case` afterwards.

    An answer is owed there by a day of its own. A call that the form promised is ticked off there by answering, too;
    where one was promised before and made, it stands beside it. `theirs`: one person asks in both.
    What came after its first mail goes along, and what we answered is noted, so that nobody answers it once more.
    """
    _bring_mails(case, into, by)
    _note_answers(case, into, by)
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


def _bring_mails(case: Case, into: Case, by: Actor) -> None:
    """Mails that lie in the double, oldest first: who wrote the first one wrote these, too."""
    reply_by = calendar.answer_by(consortium.centre(), clock.today())
    for mail in case.mails.filter(state=Mail.State.FILED).select_related("contribution").order_by("recorded_at", "id"):
        of_others = mail.contribution is not None and mail.contribution.kind == Contribution.Kind.MAIL_OTHER
        mails.file(mail=mail, case=into, of_others=of_others, reply_by=reply_by, by=by)


def _note_answers(case: Case, into: Case, by: Actor) -> None:
    """For us to read alone: who asked in the one need not be who asked in the other."""
    for answer in case.thread.filter(kind=Contribution.Kind.MAIL_OUT).select_related("member").order_by("id"):
        member = answer.member or into.adviser
        if member is None or not answer.text:
            continue
        day = date_format(clock.local(answer.recorded_at), "d.m.Y")
        with translation.override(settings.LANGUAGE_CODE):  # all staff read it
            said = _("Im doppelten Anliegen %(number)s am %(day)s schon geantwortet:")
        text = "\n\n".join([said % {"number": case.reference, "day": day}, answer.text])
        cases.note(
            case=into,
            member=member,
            text=text,
            visibility=Visibility.ALL,
            submission=uuid.uuid5(answer.uuid, "double"),
            by=by,
        )
