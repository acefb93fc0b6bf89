"""A talk or visit that was arranged, and the mail that puts it into the enquirer's calendar or takes it out again."""

import datetime as dt

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wegweiser.companies import phones
from wegweiser.companies.models import Channel
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member
from wegweiser.crossings import recipients
from wegweiser.documents import calendars
from wegweiser.documents.calendars import Method
from wegweiser.enquiries import correspondence
from wegweiser.enquiries.actions import appointments
from wegweiser.enquiries.models import Appointment, Case, Contribution
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter
from wegweiser.outbox.rendering import render


def arrange(
    *,
    case: Case,
    member: Member,
    kind: str,
    starts_at: dt.datetime,
    minutes: int = 30,
    place: str = "",
    invite: bool = False,
    by: Actor,
) -> Appointment:
    """Arrange a talk or visit; `invite` sends it to the enquirer with a calendar file, where they take mail or post.

    The same one arranged twice is one and is told once.
    """
    with transaction.atomic():
        appointment, fresh = appointments.arrange(
            case=case, member=member, kind=kind, starts_at=starts_at, minutes=minutes, place=place, by=by
        )
        if fresh and invite and starts_at > clock.now():
            _tell(appointment, "enquiries/mails/appointment", Method.REQUEST, by)
    return appointment


def cancel(*, appointment: Appointment, by: Actor) -> Appointment:
    """It will not take place. Who was told of it is told of that too, and their calendar drops it."""
    with transaction.atomic():
        before = appointment.cancelled_at
        appointment = appointments.cancel(appointment=appointment, by=by)
        was_told = outbox.of_cause(appointment.uuid).exists()
        if before is None and was_told and appointment.starts_at > clock.now():
            _tell(appointment, "enquiries/mails/appointment_cancelled", Method.CANCEL, by)
    return appointment


def _tell(appointment: Appointment, template: str, method: Method, by: Actor) -> Letter | None:
    case, member, centre = appointment.case, appointment.member, consortium.centre()
    channel = recipients.channel(case)
    if not recipients.writable(case, channel):
        return None  # it was arranged on the telephone, and that is how they want it
    mail, address = recipients.mail(case), recipients.address(case)
    name = centre.name.text(case.language)
    starts_at = clock.local(appointment.starts_at)
    with translation.override(case.language):
        day = date_format(starts_at, "l j F Y" if case.language == "en" else "l, j. F Y")
        kind = _("Vor-Ort-Termin") if appointment.kind == Contribution.Kind.VISIT else _("Gespräch")
        title = _("%(kind)s mit %(name)s, %(centre)s") % {"kind": kind, "name": member.name, "centre": name}
    context = {
        "case": case,
        "appointment": appointment,
        "day": day,
        "time": date_format(starts_at, "G:i"),
        "paper": channel == Channel.LETTER,
        "signature": member.name,
        "phone": phones.shown(member.phone or centre.phone),
        "centre": name,
    }
    date = calendars.Date(
        uid=addresses.identity(appointment.uuid),
        title=title,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        place=appointment.place,
        sequence=1 if method == Method.CANCEL else 0,
        organiser=member.email or centre.email,
        organiser_name=member.name,
        attendee=mail,
    )
    conversation = correspondence.conversation(case)
    return letters.write(
        cause=appointment,
        rendered=render(template, case.language, context),
        channel=channel,
        name=case.name,
        mail=mail,
        address=address,
        language=case.language,
        reply_to=recipients.answer_to(case, member.email or centre.email, channel),
        in_reply_to=conversation.in_reply_to,
        references=conversation.references,
        calendar=calendars.file(date, method=method),
        by_hand=True,
        by=by,
    )
