"""A calendar answers a date that we sent into it: that is noted at its enquiry, and who declines is called."""

import uuid
from dataclasses import replace

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wegweiser.enquiries import correspondence, queries
from wegweiser.enquiries.actions import follow_ups
from wegweiser.enquiries.calendar_answers import ACCEPTED, COUNTER, DECLINED, REFUSED, TENTATIVE, Answer
from wegweiser.enquiries.mail_reading import Reading
from wegweiser.enquiries.models import Appointment, Case, FollowUp
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor


def date_of(answer: Answer | None) -> Appointment | None:
    """The date of ours that was answered."""
    if answer is None or answer.date is None:
        return None
    return Appointment.objects.select_related("case", "member").filter(uuid=answer.date).first()


def case_of(answer: Answer | None) -> Case | None:
    """Where the date is known whose UID was answered: programs on telephones name no mail that they answer."""
    date = date_of(answer)
    found = queries.survivor(date.case) if date else None
    return found if found and correspondence.knows_somebody(found) else None


def worded(reading: Reading) -> Reading:
    """The same with what was answered as its first words. Without words of its own it is of a program: nobody waits."""
    answer = reading.calendar
    if answer is None:
        return reading
    words = answer.words(reading.text)
    machine = "" if answer.comment else reading.automatic or ("" if words else "auto_reply")
    return replace(reading, text="\n\n".join(filter(None, [told(answer), words])), automatic=machine)


def told(answer: Answer) -> str:
    """What was answered, as it stands in the thread."""
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        said = {
            ACCEPTED: _("Antwort aus dem Kalender: zugesagt."),
            TENTATIVE: _("Antwort aus dem Kalender: mit Vorbehalt zugesagt."),
            DECLINED: _("Antwort aus dem Kalender: abgesagt."),
            COUNTER: _("Antwort aus dem Kalender: eine andere Zeit vorgeschlagen."),
        }
        return said.get(answer.said, _("Antwort aus dem Kalender."))


def ask_for_a_call(*, answer: Answer, case: Case, by: Actor) -> bool:
    """Who said no, or proposes another time, is called today: once for each moment the date had. Whether that is new.

    A date that is over or called off needs nobody.
    """
    date = date_of(answer)
    if date is None or answer.said not in REFUSED or date.cancelled_at or date.starts_at <= clock.now():
        return False
    identity = uuid.uuid5(date.uuid, f"{answer.said} {date.starts_at:%Y%m%dT%H%M}")
    if FollowUp.objects.filter(uuid=identity).exists():  # it may have gone along with a double
        return False
    starts_at = clock.local(date.starts_at)
    words = {"day": date_format(starts_at, "d.m.Y"), "time": date_format(starts_at, "G:i")}
    with translation.override(settings.LANGUAGE_CODE):
        if answer.said == COUNTER:
            note = _("Bitte anrufen: Für den Termin am %(day)s um %(time)s Uhr wurde eine andere Zeit vorgeschlagen.")
        else:
            note = _("Bitte anrufen: Der Termin am %(day)s um %(time)s Uhr wurde im Kalender abgesagt.")
    follow_ups.set(
        case=case,
        company=case.company,
        partner=case.partner,
        member=date.member if queries.works_for(date.member, case.partner) else None,
        due_on=clock.today(),
        note=note % words,
        submission=identity,
        by=by,
    )
    return True
