"""A letter of ours did not arrive: it says so, and its case asks for a call.

A bounce comes as a mail and is told at once. What a mail server refused, what is unclear for good and what may no
longer go out is looked for (`ask_for_calls`): whoever settles a letter knows no cases and holds no lock on them.
"""

import datetime as dt
import uuid
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from wegweiser.consortium import queries as consortium
from wegweiser.crossings import appointments
from wegweiser.enquiries import correspondence, queries
from wegweiser.enquiries.actions import follow_ups, mails
from wegweiser.enquiries.models import Appointment, Case, Contribution, FollowUp, Mail, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.actions import deliveries
from wegweiser.outbox.models import Letter
from wegweiser.outbox.models import State as LetterState

LOOKED_AT = dt.timedelta(days=30)  # letters as old as this; the last attempt comes two days after the first
CALL_INSTEAD = ("channel_phone", "channel_none", "channel_letter", "no_mail")
NOBODY_TO_CALL = ("erased", "expired", "restored")  # failures: its words went, or all letters are in doubt at once


def tell(*, mail: Mail, letter: Letter, reason: str, by: Actor) -> None:
    """`mail` says that `letter` did not arrive, for `reason`."""
    with transaction.atomic():
        case = correspondence.case_behind(letter)
        mails.tell_bounce(mail=mail, letter=letter, case=case, by=by)
        if deliveries.mark_bounced(letter=letter, reason=reason, by=by) and case:
            _ask_for_a_call(case, letter, by)


def ask_for_calls(*, by: Actor) -> int:
    """Whoever answers for a case is asked to call where a letter will not arrive by itself, once for each letter.

    Returns of how many letters that was new.
    """
    found = list(_lost())
    known = set(FollowUp.objects.filter(uuid__in=map(asking, found)).values_list("uuid", flat=True))
    count = 0
    for letter in found:
        case = None if asking(letter) in known else correspondence.case_behind(letter)
        if case is None or (letter.state == LetterState.HELD and not _needs_a_call(letter, case)):
            continue
        count += _ask_for_a_call(case, letter, by)
    return count


def _lost() -> Iterator[Letter]:
    """What waits for a person. A confirmation that was held needs no call: an answer comes."""
    case, contribution, date = (model._meta.label_lower for model in (Case, Contribution, Appointment))
    lost = Q(state=LetterState.FAILED) | Q(state=LetterState.UNCLEAR, next_attempt_at=None)
    held = Q(state=LetterState.HELD, cause_kind__in=[contribution, date], hold_reason__in=CALL_INSTEAD)
    found = outbox.needing_a_person().filter(
        lost | held, cause_kind__in=[case, contribution, date], recorded_at__gte=clock.now() - LOOKED_AT, channel="mail"
    )
    return found.exclude(failure__in=NOBODY_TO_CALL).iterator()


def _needs_a_call(letter: Letter, case: Case) -> bool:
    """Whether a letter that was held leaves somebody waiting: for our answer, or at the door.

    Of a date the last letter counts, where it is to come or was to, unless a call is promised, or was since.
    """
    date = _date(letter)
    if date is None:
        return case.state != State.CLOSED
    newest = outbox.of_cause(date.uuid).order_by("id").last()
    if newest != letter or date.starts_at <= clock.now():
        return False
    call = appointments.last_call(date)
    return call is None or (call.done_at is not None and call.recorded_at < letter.recorded_at)


def _date(letter: Letter) -> Appointment | None:
    if letter.cause_kind != Appointment._meta.label_lower:
        return None
    return Appointment.objects.filter(uuid=letter.cause_uuid).first()


def asking(letter: Letter) -> uuid.UUID:
    """The name of what asks for a call because of `letter`."""
    return uuid.uuid5(letter.uuid, "bounced")


def _ask_for_a_call(case: Case, letter: Letter, by: Actor) -> bool:
    """Whether that is new. Where the case turned out a double, its call hangs on the one in which it goes on."""
    case = queries.survivor(case) or case
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        note = _why(letter)
    row, fresh = follow_ups.set(
        case=case,
        partner=case.partner,
        member=case.adviser if case.adviser and queries.works_for(case.adviser, case.partner) else None,
        due_on=consortium.working_day(clock.today()),
        note=note,
        submission=asking(letter),
        by=by,
    )
    if not fresh and row.done_at is None and row.note != note:  # more is known by now: it bounced
        follow_ups.move(follow_up=row, due_on=row.due_on, note=note, by=by)
    return fresh


def _why(letter: Letter) -> str:
    if letter.state == LetterState.HELD and (date := _date(letter)):
        if date.cancelled_at:
            return appointments.cancelled_words(date)
        return _("Bitte anrufen: Die E-Mail zu einem Termin durfte nicht hinausgehen. Der Termin steht am Anliegen.")
    if letter.state == LetterState.HELD:
        return _("Die Antwort durfte nicht als E-Mail hinausgehen. Bitte anrufen.")
    if letter.state == LetterState.UNCLEAR:
        return _("Unklar, ob eine E-Mail angekommen ist. Bitte anrufen.")
    if letter.failure.startswith(deliveries.BOUNCED):
        return _("Eine E-Mail kam als unzustellbar zurück. Bitte anrufen oder die Adresse prüfen.")
    return _("Eine E-Mail ist nicht angekommen. Bitte anrufen oder die Adresse prüfen.")
