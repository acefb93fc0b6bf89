"""A talk or visit that was arranged, and how the enquirer hears of it: the mail that puts it into their calendar, moves
it there or takes it out again, or a call that somebody promises."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wegweiser.companies import phones
from wegweiser.companies.models import Channel
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Centre, Member
from wegweiser.crossings import recipients
from wegweiser.documents import calendars
from wegweiser.documents.calendars import Method
from wegweiser.enquiries import correspondence
from wegweiser.enquiries.actions import appointments as actions
from wegweiser.enquiries.actions import follow_ups, heirs
from wegweiser.enquiries.models import Appointment, Case, Contribution, FollowUp
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter, State
from wegweiser.outbox.rendering import render

INVITED, CHANGED, CANCELLED = (
    f"enquiries/mails/{name}" for name in ("appointment", "appointment_changed", "appointment_cancelled")
)


class Tell(StrEnum):
    """How the enquirer hears of a change: in writing, by a call that is still to be made, or they know already."""

    WRITE = "write"
    CALL = "call"
    KNOWN = "known"


@dataclass(frozen=True)
class Before:
    """Who was to go there, and when, before it changed: as far as the enquirer knows."""

    member: Member
    starts_at: dt.datetime


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
        appointment, fresh = actions.arrange(
            case=case, member=member, kind=kind, starts_at=starts_at, minutes=minutes, place=place, by=by
        )
        if fresh and invite and starts_at > clock.now():
            _tell(appointment, INVITED, Method.REQUEST, None, by)
    return appointment


def change(
    *,
    appointment: Appointment,
    member: Member | None = None,
    starts_at: dt.datetime | None = None,
    minutes: int | None = None,
    place: str | None = None,
    tell: str = Tell.WRITE,
    caller: Member | None = None,
    by: Actor,
) -> Appointment:
    """Move a date, or give it to somebody else; what is not given stays. `tell`: how the enquirer hears of it.

    Where nothing can go out in writing, it is a promise of today that `caller` (else who goes there) calls.
    Raises what `appointments.change` raises.
    """
    with transaction.atomic():
        appointment.refresh_from_db(from_queryset=Appointment.objects.select_for_update())
        before = _before(appointment)
        changed = actions.change(
            appointment=appointment, member=member, starts_at=starts_at, minutes=minutes, place=place, by=by
        )
        if changed and appointment.starts_at > clock.now():
            note = _changed_words(appointment, before, changed)
            _tell_or_call(appointment, CHANGED, Method.REQUEST, note, before, Tell(tell), caller, by)
    return appointment


def cancel(*, appointment: Appointment, tell: str = "", caller: Member | None = None, by: Actor) -> Appointment:
    """It will not take place. `tell`: how they hear of it, or that they said so themselves; unsaid, who was told of it
    is told of that too, and their calendar drops it.

    Where nothing goes out, because it was arranged on the telephone or they want no mail any more, it is a promise of
    today that `caller`, else who would have gone there, calls.
    """
    with transaction.atomic():
        was_open = appointment.cancelled_at is None
        appointment = actions.cancel(appointment=appointment, by=by)
        if was_open and appointment.starts_at > clock.now():
            before, note = _before(appointment), cancelled_words(appointment)
            way = Tell(tell) if tell else _as_before(appointment)
            _tell_or_call(appointment, CANCELLED, Method.CANCEL, note, before, way, caller, by)
    return appointment


def inherit(*, rows: Iterable[Appointment], heir: Member, by: Actor) -> int:
    """`heir` keeps the dates of somebody who left; who expects somebody else is told. Gives how many."""
    with transaction.atomic():
        known = {row.pk: _before(row) for row in rows}
        moved = heirs.take_over_appointments(appointments=rows, heir=heir, by=by)
        for row in Appointment.objects.filter(pk__in=known, member=heir, log=None, cancelled_at=None).order_by("id"):
            before = known[row.pk]
            if before.member != heir and row.starts_at > clock.now():
                note = _changed_words(row, before, ["member"])
                _tell_or_call(row, CHANGED, Method.REQUEST, note, before, _as_before(row), heir, by)
    return moved


def owed_call(appointment: Appointment) -> FollowUp | None:
    """The promise to call because of this date that nobody has kept yet."""
    return next(iter(_owed(appointment)), None)


def last_call(appointment: Appointment) -> FollowUp | None:
    """The promise to call because of this date that was made last, kept or not."""
    return next(reversed(_calls(appointment)), None)


def cancelled_words(appointment: Appointment) -> str:
    """What whoever calls has to say of a date that was called off, as the firm knows it, for all staff."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Bitte anrufen: %(date)s fällt aus.") % {"date": _named(appointment, _before(appointment).starts_at)}


# --- Who is told, and how --------------------------------------------------------------------------------------------


def _tell_or_call(
    appointment: Appointment,
    template: str,
    method: Method,
    note: str,
    before: Before,
    tell: Tell,
    caller: Member | None,
    by: Actor,
) -> None:
    """What is said now takes the place of each promise to call with what was to be said before."""
    letter = _tell(appointment, template, method, before, by) if tell == Tell.WRITE else None
    is_heard = tell == Tell.KNOWN or (letter is not None and letter.state != State.HELD)
    if not is_heard:
        _call(appointment, note, caller or appointment.member, by)
    for row in [] if not is_heard else _owed(appointment):
        follow_ups.done(follow_up=row, by=by)
    actions.remember(appointment=appointment, told_start=None if is_heard else before.starts_at, by=by)


def _call(appointment: Appointment, note: str, member: Member, by: Actor) -> None:
    """One open promise for each date: what changed last is what has to be said."""
    case, today = appointment.case, clock.today()
    note = _for_whom(appointment, note)
    calls, owed = _calls(appointment), _owed(appointment)
    kept = next((row for row in owed if row.member_id == member.pk), None)
    for row in owed:
        if row != kept:  # put back as open, or of a colleague: who changed it calls
            follow_ups.done(follow_up=row, by=by)
    if kept:
        follow_ups.move(follow_up=kept, due_on=today, note=note, by=by)
        return
    follow_ups.set(
        case=case,
        company=case.company,
        partner=case.partner,
        member=member,
        due_on=today,
        note=note,
        submission=_next(calls[-1].uuid if calls else appointment.uuid),
        by=by,
    )


def _for_whom(appointment: Appointment, note: str) -> str:
    """The same, naming whom to call where that is somebody else than who asks in the enquiry."""
    theirs = appointment.double
    how = ", ".join(filter(None, [theirs.asker, phones.shown(theirs.phone)])) if theirs else ""
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        return _("%(note)s Es erwartet: %(who)s.") % {"note": note, "who": how} if how else note


def _before(appointment: Appointment) -> Before:
    """How it is known to the enquirer: a change of which they still have to be told is none to them."""
    told = appointment.told_start if appointment.told_start and _owed(appointment) else None
    return Before(appointment.member, told or appointment.starts_at)


def _as_before(appointment: Appointment) -> Tell:
    """Who was written to about it is written to again; where it was arranged on the telephone, they are called."""
    return Tell.WRITE if outbox.of_cause(appointment.uuid).exists() else Tell.CALL


def _owed(appointment: Appointment) -> list[FollowUp]:
    return [row for row in _calls(appointment) if row.done_at is None]


def _calls(appointment: Appointment) -> list[FollowUp]:
    """The promises to call because of this date, in the order they were made: each is known by the one before."""
    found: list[FollowUp] = []
    while row := FollowUp.objects.filter(uuid=_next(found[-1].uuid if found else appointment.uuid)).first():
        found.append(row)
    return found


def _next(identity: UUID) -> UUID:
    return uuid.uuid5(identity, "call")


def _named(appointment: Appointment, moment: dt.datetime | None = None) -> str:
    """A date in a sentence: „Der Vor-Ort-Termin am 3.3. um 10:00 Uhr“."""
    starts_at = clock.local(moment or appointment.starts_at)
    words = {"day": date_format(starts_at, "d.m.Y"), "time": date_format(starts_at, "G:i")}
    if appointment.kind == Contribution.Kind.VISIT:
        return _("Der Vor-Ort-Termin am %(day)s um %(time)s Uhr") % words
    return _("Das Gespräch am %(day)s um %(time)s Uhr") % words


def _changed_words(appointment: Appointment, before: Before, changed: list[str]) -> str:
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        starts_at = clock.local(appointment.starts_at)
        words = {
            "date": _named(appointment, before.starts_at),
            "day": date_format(starts_at, "d.m.Y"),
            "time": date_format(starts_at, "G:i"),
            "new": appointment.member.name,
            "old": before.member.name,
        }
        said = []
        if appointment.starts_at != before.starts_at:
            said.append(_("%(date)s ist jetzt am %(day)s um %(time)s Uhr.") % words)
        elif "starts_at" in changed:  # it moved back before anybody was told
            said.append(_("%(date)s bleibt.") % words)
        if appointment.member != before.member:
            said.append(_("%(date)s: %(new)s statt %(old)s.") % words)
        if not said:
            said.append(_("%(date)s: Dauer oder Ort sind anders.") % words)
        return _("Bitte anrufen: %(what)s") % {"what": " ".join(said)}


def _organiser(appointment: Appointment, centre: Centre) -> str:
    """The centre, whoever goes there: calendars heed a change or the end only from the organiser that invited."""
    invited = outbox.of_cause(appointment.uuid).exclude(calendar="").values_list("calendar", flat=True).first()
    return (calendars.organiser_of(invited) if invited else "") or centre.email or appointment.member.email


def _tell(appointment: Appointment, template: str, method: Method, before: Before | None, by: Actor) -> Letter | None:
    """A letter about it; None where nothing can be written. It is called off by the moment they know."""
    case, member, centre = appointment.enquiry, appointment.member, consortium.centre()
    channel = recipients.channel(case)
    if not recipients.writable(case, channel):
        return None  # it was arranged on the telephone, and that is how they want it
    mail, address = recipients.mail(case), recipients.address(case)
    name = centre.name.text(case.language)
    is_off = before is not None and method == Method.CANCEL
    starts_at = clock.local(before.starts_at if before and is_off else appointment.starts_at)
    moved = before is not None and clock.local(before.starts_at) != starts_at
    with translation.override(case.language):
        written = "l j F Y" if case.language == "en" else "l, j. F Y"
        day = date_format(starts_at, written)
        was = clock.local(before.starts_at) if before and moved else None
        earlier = {"day": date_format(was, written), "time": date_format(was, "G:i")} if was else None
        kind = _("Vor-Ort-Termin") if appointment.kind == Contribution.Kind.VISIT else _("Gespräch")
        title = _("%(kind)s mit %(name)s, %(centre)s") % {"kind": kind, "name": member.name, "centre": name}
    context = {
        "case": case,
        "appointment": appointment,
        "day": day,
        "time": date_format(starts_at, "G:i"),
        "earlier": earlier,
        "is_other": before is not None and before.member != member,
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
        sequence=outbox.of_cause(appointment.uuid).count(),
        organiser=_organiser(appointment, centre),
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
