"""Forms of a series: the rule its days follow, and the days themselves, each of which can be another or none."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wegweiser.catalogue import content as contents
from wegweiser.events import recurrence
from wegweiser.events.actions.copies import When
from wegweiser.events.models import Event
from wegweiser.events.planning import Noted
from wegweiser.events.recurrence import Pattern, Rule
from wegweiser.kernel import clock
from wegweiser.web.desk.access import Desk
from wegweiser.web.desk.editing_forms import Choices
from wegweiser.web.desk.event_copy_forms import TextForm, time_field
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui.days import DayField, hour_problem

BY_HAND, USUAL, SPARE = "hand", 6, 2
RULES = [
    (Rule.WEEKLY, _("wöchentlich")),
    (Rule.WEEKDAY, _("monatlich am selben Wochentag, etwa jeden ersten Dienstag")),
    (Rule.LAST, _("monatlich am letzten solchen Wochentag")),
    (Rule.DAY, _("monatlich am selben Tag, etwa am 15.")),
    (Rule.END, _("monatlich am letzten Tag des Monats")),
    (BY_HAND, _("einzelne Tage, die ich selbst eintrage")),
]


class PatternForm(forms.Form):
    """Asked in the address, so that what it finds can be looked at again."""

    optional_mark = ""

    regel = forms.ChoiceField(label=_("Wie oft?"), choices=RULES, initial=Rule.WEEKLY)
    alle = forms.IntegerField(
        label=_("Jede wievielte Woche, jeden wievielten Monat?"),
        min_value=1,
        max_value=12,
        initial=1,
        help_text=_("2 heißt: jede zweite."),
    )
    ab = DayField(label=_("Ab"))
    anzahl = forms.IntegerField(label=_("Wie viele Termine?"), min_value=1, max_value=recurrence.MOST, initial=USUAL)
    bis = DayField(label=_("Höchstens bis"), required=False)
    von = time_field(_("Beginn"), required=True)
    ende = time_field(_("Ende"))

    def __init__(self, data: Any = None, *, source: Event) -> None:
        starts, ends = source.draft.starts_at, source.draft.ends_at
        first = clock.local(starts).date() if starts and not source.draft.is_template else clock.today()
        initial = {
            "ab": max(first, clock.today()) + dt.timedelta(days=0 if first > clock.today() else 7),
            "von": clock.local(starts).time() if starts else None,
            "ende": clock.local(ends).time() if ends else None,
        }
        super().__init__(data, initial=initial)
        self.source, self.more_days = source, more_days(starts, ends)
        if not source.draft.is_template:  # it is the first date itself
            self.fields["anzahl"].label = _("Wie viele weitere Termine?")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("ab") and said["ab"] < clock.today():
            self.add_error("ab", _("Der Tag ist schon vorbei."))
        if said.get("bis") and said.get("ab") and said["bis"] < said["ab"]:
            self.add_error("bis", _("Dieser Tag liegt vor dem ersten."))
        if said.get("von") and said.get("ende") and not self.more_days and said["ende"] <= said["von"]:
            self.add_error("ende", SENTENCES["end_before_start"])
        if not self.errors:
            times = {"von": said["von"]}, {"ende": said["ende"]}  # an error takes its field out of what was said
            for day in self.days():
                _check_hours(self, day, *times, self.more_days)
        return said

    def pattern(self) -> Pattern | None:
        """The rule; None where the days are entered by hand."""
        said = self.cleaned_data
        if said["regel"] == BY_HAND:
            return None
        return Pattern(
            rule=Rule(said["regel"]), first=said["ab"], every=said["alle"], count=said["anzahl"], until=said["bis"]
        )

    def days(self) -> list[dt.date]:
        pattern = self.pattern()
        return recurrence.days(pattern) if pattern else [self.cleaned_data["ab"]]

    def whens(self) -> list[When]:
        said = self.cleaned_data
        if not said["ende"]:
            return [When(starts_at=clock.at(day, said["von"])) for day in self.days()]
        last = dt.timedelta(days=self.more_days)
        length = dt.datetime.combine(said["ab"] + last, said["ende"]) - dt.datetime.combine(said["ab"], said["von"])
        spans = recurrence.moments(self.days(), time=said["von"], length=length)
        return [When(starts_at=starts, ends_at=ends) for starts, ends in spans]

    def skipped(self) -> list[dt.date]:
        """The months, by their first days, in which there is no such day and therefore no date."""
        pattern = self.pattern()
        return recurrence.skipped(pattern) if pattern else []

    @property
    def spare(self) -> int:
        """Empty rows for days that somebody adds by hand."""
        return self.cleaned_data["anzahl"] if self.cleaned_data["regel"] == BY_HAND else SPARE


class DatesForm(TextForm):
    """The days of a new series. A row without its tick, or without a day, is none."""

    def __init__(
        self,
        data: Any = None,
        *,
        source: Event,
        content: Mapping[str, Any],
        named: Choices,
        desk: Desk,
        gone: str = "",
        whens: Sequence[When] = (),
        spare: int = SPARE,
    ) -> None:
        super().__init__(data, content=content, named=named, desk=desk, gone=gone)
        if not source.draft.is_template:
            for name in [name for name in self.fields if name != "submission"]:
                del self.fields[name]
        self.count = min(len(whens) + spare, recurrence.MOST)
        if self.is_bound and self.data.get("rows", "").isdecimal():
            self.count = min(int(self.data["rows"][:3]), recurrence.MOST)
        first = [contents.moment(content[name]) for name in ("starts_at", "ends_at")]
        self.more_days, usual = more_days(*first), _times(*first)
        for number in range(self.count):
            when = whens[number] if number < len(whens) else None
            times = _times(when.starts_at, when.ends_at) if when else usual
            self._row(number, "on", forms.BooleanField(label=_("anlegen"), required=False), True)
            day = DayField(label=_("Tag"), required=False)
            self._row(number, "day", day, clock.local(when.starts_at).date() if when else None)
            self._row(number, "starts", time_field(_("Beginn")), times[0])
            self._row(number, "ends", time_field(_("Ende")), times[1])
        self.notes: list[Noted | None] = [None] * self.count

    def _row(self, number: int, name: str, made: forms.Field, initial: Any) -> None:
        made.initial = initial
        self.fields[f"r{number}_{name}"] = made

    def texts(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "place", "topic", "contact", "partner") if name in self.fields]

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "number": number + 1,
                "on": self[f"r{number}_on"],
                "fields": [self[f"r{number}_{name}"] for name in ("day", "starts", "ends")],
                "note": self.notes[number],
            }
            for number in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for number in range(self.count):
            day, starts, ends = (said.get(f"r{number}_{name}") for name in ("day", "starts", "ends"))
            if day is None or not said.get(f"r{number}_on"):
                continue
            if day < clock.today():
                self.add_error(f"r{number}_day", _("Der Tag ist schon vorbei."))
            if starts is None:
                self.add_error(f"r{number}_starts", _("Es fehlt eine Uhrzeit."))
            elif ends and not self.more_days and ends <= starts:
                self.add_error(f"r{number}_ends", SENTENCES["end_before_start"])
            _check_hours(self, day, {f"r{number}_starts": starts}, {f"r{number}_ends": ends}, self.more_days)
        return said

    def spans(self) -> list[When | None]:
        """What each row says now, whether it is ticked or not; None where no day stands there."""
        found: list[When | None] = []
        for number in range(self.count):
            day, starts, ends = (self._said(number, name) for name in ("day", "starts", "ends"))
            found.append(_when(day, starts, ends, self.more_days) if day and starts else None)
        return found

    def _said(self, number: int, name: str) -> Any:
        key = f"r{number}_{name}"
        if self.is_bound:
            return getattr(self, "cleaned_data", {}).get(key)
        return self.fields[key].initial

    def whens(self) -> list[When]:
        """The days that are ticked, in their order."""
        rows = [when for number, when in enumerate(self.spans()) if when and self.cleaned_data.get(f"r{number}_on")]
        return sorted(rows, key=lambda when: when.starts_at)


class DateForm(forms.Form):
    """One more date of a series."""

    optional_mark = ""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    day = DayField(label=_("Tag"))
    starts = time_field(_("Beginn"), required=True)
    ends = time_field(_("Ende"))

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any], more_days: int = 0) -> None:
        super().__init__(data, initial=dict(initial))
        self.more_days = more_days

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("day") and said["day"] < clock.today():
            self.add_error("day", _("Der Tag ist schon vorbei."))
        if said.get("starts") and said.get("ends") and not self.more_days and said["ends"] <= said["starts"]:
            self.add_error("ends", SENTENCES["end_before_start"])
        if said.get("day"):
            _check_hours(self, said["day"], {"starts": said.get("starts")}, {"ends": said.get("ends")}, self.more_days)
        return said

    def when(self) -> When:
        said = self.cleaned_data
        return _when(said["day"], said["starts"], said["ends"], self.more_days)


def _check_hours(
    form: forms.Form, day: dt.date, starts: Mapping[str, dt.time | None], ends: Mapping[str, dt.time | None], more: int
) -> None:
    """An error at each time ({field: time}) that a date has in the night in which the clock is put forward or back."""
    for on, times in ((day, starts), (day + dt.timedelta(days=more), ends)):
        for name, time in times.items():
            if wrong := hour_problem(on, time):
                form.add_error(name, wrong)


def _times(*moments: dt.datetime | None) -> list[dt.time | None]:
    return [clock.local(moment).time() if moment else None for moment in moments]


def more_days(starts: dt.datetime | None, ends: dt.datetime | None) -> int:
    """How many days later than it begins a date ends: a course of two days, an evening past midnight."""
    return (clock.local(ends).date() - clock.local(starts).date()).days if starts and ends else 0


def _when(day: dt.date, starts: dt.time, ends: dt.time | None, more: int) -> When:
    last = day + dt.timedelta(days=more)
    return When(starts_at=clock.at(day, starts), ends_at=clock.at(last, ends) if ends else None)
