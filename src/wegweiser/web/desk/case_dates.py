"""Dates on the page of a case: arranged, moved, given to a colleague, called off."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium import queries as consortium
from wegweiser.consortium import teams
from wegweiser.consortium.models import Member
from wegweiser.crossings import appointments as crossing
from wegweiser.crossings import recipients
from wegweiser.enquiries import visits
from wegweiser.enquiries.models import Appointment, Case
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk
from wegweiser.web.desk.forms import DeskForm, date_words
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui import dates
from wegweiser.web.ui.days import DayField, check_hours


class MomentForm(DeskForm):
    """When and where, and for how long. What else is in somebody's day is said once, before it is arranged."""

    day = DayField(label=_("Tag"))
    time = forms.TimeField(label=_("Uhrzeit"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    minutes = forms.IntegerField(label=_("Minuten"), min_value=5, max_value=960, initial=30)
    place = forms.CharField(label=_("Ort"), required=False, max_length=200)
    anyway = forms.BooleanField(label=_("Trotzdem so vereinbaren"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["anyway"]

    def clean(self) -> dict[str, Any]:
        """Nothing is arranged for a day or an hour that is over: what took place is logged."""
        cleaned = super().clean() or {}
        day, time = cleaned.get("day"), cleaned.get("time")
        if day and day < clock.today():
            self.add_error("day", _("Der Tag ist schon vorbei."))
        elif day and time and clock.at(day, time) <= clock.now():
            self.add_error("time", _("Diese Uhrzeit ist heute schon vorbei."))
        check_hours(self, ("day", "time"))
        against = [] if self.errors else self.against(cleaned)
        if not against:
            del self.fields["anyway"]
        elif not cleaned.get("anyway"):
            self.add_error("anyway", " ".join(against))
        return cleaned

    def against(self, said: dict[str, Any]) -> list[str]:
        """What speaks against this moment, one sentence each."""
        raise NotImplementedError

    def starts_at(self) -> dt.datetime:
        """The moment, as a clock at the centre shows it."""
        return clock.at(self.cleaned_data["day"], self.cleaned_data["time"])


class ArrangeForm(MomentForm):
    """A new date of `member`."""

    kind = forms.ChoiceField(
        label=_("Was wird es?"),
        choices=[("talk", _("Gespräch")), ("visit", _("Vor-Ort-Termin"))],
        widget=forms.RadioSelect,
        initial="talk",
    )
    invite = forms.BooleanField(label=_("Termin mit Kalenderdatei schicken"), required=False, initial=True)

    field_order = ("kind", "day", "time", "minutes", "place", "invite", "anyway")

    def __init__(
        self, *args: Any, can_invite: bool, member: Member | None = None, case: Case | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.case = member, case
        if not can_invite:
            del self.fields["invite"]

    def against(self, said: dict[str, Any]) -> list[str]:
        if self.member is None:
            return []
        starts_at = clock.at(said["day"], said["time"])
        rows = visits.overlapping(member=self.member, starts_at=starts_at, minutes=said["minutes"])
        # Sent twice, it is the same date and in nobody's way.
        rows = [row for row in rows if (row.case, row.kind, row.starts_at) != (self.case, said.get("kind"), starts_at)]
        return _against(self.member, said["day"], rows)


class ChangeForm(MomentForm):
    """Another moment or place for a date, or somebody else who goes there, and how the enquirer hears of it."""

    member = forms.ChoiceField(label=_("Wer?"))
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    tell = forms.ChoiceField(label=_("Wie erfährt es der Betrieb?"), widget=forms.RadioSelect)

    field_order = ("day", "time", "minutes", "place", "member", "tell", "anyway")

    def __init__(
        self, *args: Any, date: Appointment, members: Sequence[Member], may_write: bool, **kwargs: Any
    ) -> None:
        starts_at = clock.local(date.starts_at)
        initial = {
            "day": starts_at.date(),
            "time": starts_at.time(),
            "minutes": date.minutes,
            "place": date.place,
            "member": str(date.member.uuid),
            "tell": crossing.Tell.WRITE if may_write else crossing.Tell.CALL,
            "shown": f"{date.starts_at.isoformat()} {date.minutes} {date.member.uuid} {date.place}".strip(),
        }
        super().__init__(*args, initial=initial, prefix=f"change_date-{date.pk}", **kwargs)
        shown = self.add_prefix("shown")
        self.is_stale = self.is_bound and self.data.get(shown, "").strip() not in {"", initial["shown"]}
        if self.is_stale:  # sent again, it is sent by somebody who has read how it is now
            typed: Any = self.data
            typed = typed.copy()
            typed[shown] = initial["shown"]
            self.data = typed
        self.may_write = may_write
        self.date, self.people = date, {str(row.uuid): row for row in (date.member, *members)}
        fields: dict[str, Any] = self.fields
        fields["member"].choices = [(key, row.name) for key, row in self.people.items()]
        fields["tell"].choices = [
            *([(crossing.Tell.WRITE, _("Nachricht mit Kalenderdatei schicken"))] if may_write else []),
            (crossing.Tell.CALL, _("ich rufe heute an")),
            (crossing.Tell.KNOWN, _("weiß es schon")),
        ]

    def clean(self) -> dict[str, Any]:
        """What a colleague has just agreed with the firm is not taken back by an older page."""
        cleaned = super().clean()
        if self.is_stale and not self._is_there(cleaned):
            now = date_words(self.date)
            self.add_error(None, _now("Der Termin ist inzwischen anders: %(date)s. Bitte prüfen.") % {"date": now})
        return cleaned

    def _is_there(self, said: dict[str, Any]) -> bool:
        """Whether all that was sent stands there: the same form sent twice."""
        if self.errors:
            return False
        there = (self.date.starts_at, self.date.minutes, self.date.place, str(self.date.member.uuid))
        place = " ".join(said["place"].split())
        return (clock.at(said["day"], said["time"]), said["minutes"], place, said["member"]) == there

    def against(self, said: dict[str, Any]) -> list[str]:
        member = self.people[said["member"]]
        starts_at = clock.at(said["day"], said["time"])
        if (member, starts_at, said["minutes"]) == (self.date.member, self.date.starts_at, self.date.minutes):
            return []
        rows = visits.overlapping(member=member, starts_at=starts_at, minutes=said["minutes"])
        return _against(member, said["day"], [row for row in rows if row != self.date])


class CancelForm(DeskForm):
    """Which of the coming dates will not take place."""

    appointment = forms.ModelChoiceField(queryset=Appointment.objects.none(), widget=forms.HiddenInput)
    tell = forms.ChoiceField(choices=[(way, way) for way in crossing.Tell], required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["appointment"].queryset = case.appointments.filter(log=None)  # type: ignore[attr-defined]


def _against(member: Member, day: dt.date, rows: Sequence[Appointment]) -> list[str]:
    said = []
    for row in rows:
        start = clock.local(row.starts_at)
        words = {
            "name": member.name,
            "begin": dates.written(start, "H:i"),
            "end": dates.written(clock.local(row.ends_at), "H:i"),
            "kind": row.get_kind_display(),
            "firm": str(row.case.company or row.case.asker),
        }
        said.append(_now("%(name)s hat da schon: %(begin)s bis %(end)s Uhr, %(kind)s, %(firm)s.") % words)
    if visits.is_away(member=member, day=day):
        said.append(_now("%(name)s ist an diesem Tag nicht da.") % {"name": member.name})
    return said


def changes(
    rows: Sequence[Appointment],
    members: Sequence[Member],
    sent: DeskForm | None,
    *,
    may_change: bool,
    may_write: bool,
) -> list[tuple[Appointment, DeskForm | None]]:
    """Each open date with the form that changes it; none for what is over. `sent`: the one that came back."""
    coming = {row.pk for row in rows if may_change and row.starts_at > clock.now()}
    back = {sent.date.pk: sent} if isinstance(sent, ChangeForm) else {}

    def form(row: Appointment) -> DeskForm:
        writable = recipients.writable(row.enquiry) if row.double_id else may_write
        return back.get(row.pk) or ChangeForm(date=row, members=members, may_write=writable)

    return [(row, form(row) if row.pk in coming else None) for row in rows]


def refused(verb: str, sent: DeskForm | None, rows: Sequence[Appointment]) -> list[str]:
    """What a rule said to a date whose form stands nowhere any more, because somebody was faster."""
    if sent is None or verb not in {"change_date", "cancel", "missed"}:
        return []
    if isinstance(sent, ChangeForm) and sent.date.pk in {row.pk for row in rows}:
        return []
    return [str(SENTENCES["appointment_not_open"])] if sent.errors else []


def change_form(data: Any, case: Case, dates: Sequence[Appointment]) -> DeskForm:
    """The form behind the date that was posted; an empty one where it is none that the reader sees."""
    wanted = data.get("appointment", "") if data else ""
    date = next((row for row in dates if str(row.pk) == wanted), None)
    if date is None:
        return DeskForm(data, prefix="change_date")
    return ChangeForm(data, date=date, members=people(case), may_write=recipients.writable(date.enquiry))


def people(case: Case) -> list[Member]:
    """Who may go there instead."""
    return list(consortium.advisers(case.partner).filter(teams.able()).order_by("sort_key", "id"))


def arrange(case: Case, form: Any, desk: Desk) -> None:
    said = form.cleaned_data
    crossing.arrange(
        case=case,
        member=desk.member,
        kind=said["kind"],
        starts_at=form.starts_at(),
        minutes=said["minutes"],
        place=said["place"],
        invite=said.get("invite", False),
        by=desk.by,
    )


def change(case: Case, form: Any, desk: Desk) -> str:
    if not isinstance(form, ChangeForm):
        raise DomainError("appointment_not_open")
    said = form.cleaned_data
    date = crossing.change(
        appointment=form.date,
        member=form.people[said["member"]],
        starts_at=form.starts_at(),
        minutes=said["minutes"],
        place=said["place"],
        tell=said["tell"],
        caller=desk.member,
        by=desk.by,
    )
    return _call_words(date)


def cancel(case: Case, form: Any, desk: Desk) -> str:
    said = form.cleaned_data
    date = crossing.cancel(appointment=said["appointment"], tell=said["tell"], caller=desk.member, by=desk.by)
    return _call_words(date)


def _call_words(date: Appointment) -> str:
    """What is still to be done, where nothing went out."""
    owed = crossing.owed_call(date)
    return _now("Es geht keine Nachricht hinaus. Unter „Heute“ steht, dass Sie anrufen.") if owed else ""
