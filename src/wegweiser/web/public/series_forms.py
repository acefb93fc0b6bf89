"""The form of an event that is one of several dates: for this one, for all of them, or for those one ticks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.events import answers, whole
from wegweiser.events.actions.whole_series import Choice
from wegweiser.events.models import Event, Joining, Pool
from wegweiser.events.queries import Room
from wegweiser.events.whole import Date
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.public import enrolment, series
from wegweiser.web.public.registration_forms import RegistrationForm
from wegweiser.web.public.registration_words import SENTENCES
from wegweiser.web.public.series import Line
from wegweiser.web.question_fields import Shown, field_name

THIS, ALL, SOME = "dieser", "alle", "auswahl"


class DatesInput(forms.CheckboxSelectMultiple):
    """Dates of which some cannot be had any more."""

    taken: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.taken:
            option["attrs"]["disabled"] = True
        return option


class SeriesForm(RegistrationForm):
    """The same form; what dates ask in the same words is asked once."""

    which = forms.ChoiceField(
        label=_("Für welche Termine?"),
        widget=forms.RadioSelect,
        error_messages={"required": SENTENCES["dates_missing"], "invalid_choice": SENTENCES["dates_missing"]},
    )
    dates = forms.MultipleChoiceField(
        label=_("Welche Termine passen Ihnen?"),
        required=False,
        widget=DatesInput,
        error_messages={"invalid_choice": SENTENCES["pool_unknown"]},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        event: Event,
        rooms: Sequence[Room],
        dates: Sequence[Date],
        wants_all: bool = False,
        **given: Any,
    ) -> None:
        self.all_dates = list(dates)
        self.open_dates = series.open_dates(dates)
        others = [date.event for date in self.open_dates if date.event.pk != event.pk]
        self.asked_of_all = whole.asked([event, *others])
        super().__init__(data, event=event, rooms=rooms, questions=self.asked_of_all.questions, **given)
        self.fields["dates"].speaks_for_itself = True  # type: ignore[attr-defined]
        self._offer_dates(wants_all)
        everywhere = {event.pk, *(one.pk for one in others)}
        for question in self.questions:
            if self.asked_of_all.dates[question.pk] != everywhere:
                self.fields[field_name(question)].required = False  # `clean` knows which dates were chosen

    @property
    def only_whole(self) -> bool:
        found = self.event_series
        return found is not None and found.joining == Joining.WHOLE

    @property
    def most_places(self) -> int:
        """As many as the largest of the dates holds: who chooses, chooses among them."""
        rooms = [room for date in self.open_dates for room in date.rooms]
        return min(self.event.most_places, max((room.pool.capacity for room in rooms), default=1))

    @property
    def event_series(self) -> Any:
        return self.all_dates[0].event.series

    @property
    def all_fit(self) -> bool:
        return all(date.fits() for date in self.open_dates)

    @property
    def rule_of_line(self) -> str:
        """As `enrolment.rule_of_line`, of the first date that says something; who waits for all waits in order."""
        if self.only_whole:
            return ""
        found = (enrolment.Enrolment(date.event, date.rooms, date.closed, "") for date in self.open_dates)
        return next(filter(None, map(enrolment.rule_of_line, found)), "")

    @property
    def lines(self) -> list[Line]:
        """What one registers for where it is all or nothing: each date with what is left of it."""
        return series.lines(self.open_dates, self.event_series)

    @property
    def chosen(self) -> list[Choice]:
        """The dates that were chosen, with the places of the same kind as here. What is not to be had raises
        DomainError, as an action would."""
        found = []
        for date in self._chosen_dates():
            pool = self.chosen_pool if date.event.pk == self.event.pk else self._pool(date)
            found.append(Choice(date.event, pool))
        return found

    def clean(self) -> dict[str, Any]:
        dates = {date.event.pk for date in self._chosen_dates()}
        asked, everything = self.asked_of_all, self.questions
        self.questions = [row for row in everything if asked.dates[row.pk] & dates]
        for row in everything:
            if row not in self.questions:
                self.errors.pop(field_name(row), None)
        try:
            cleaned = super().clean()
        finally:
            self.questions = everything
        cleaned["answers"] = asked.spread(cleaned["answers"])
        if not dates and "which" not in self.errors:
            self.add_error("dates", str(SENTENCES["dates_missing"]))
        return cleaned

    def refuse(self, error: DomainError, sentences: Mapping[str, str | Promise]) -> None:
        for name, copies in self.asked_of_all.copies.items():
            if error.field in {answers.key(copy) for copy in copies}:
                super().refuse(DomainError(error.code, field=name), sentences)
                return
        if error.code == "places_not_allowed" and (days := self._too_small()):
            told = _now("So viele Plätze gibt es an diesen Terminen nicht: %(days)s. Bitte rufen Sie uns an.")
            self.add_error("places", told % {"days": days})
            return
        if error.field == "dates" or (error.field == "pool" and not self.several_pools):
            self.add_error("dates" if "dates" in self.fields else None, str(sentences.get(error.code, error.code)))
            return
        super().refuse(error, sentences)

    def _offer_dates(self, wants_all: bool) -> None:
        if self.only_whole:
            del self.fields["which"], self.fields["dates"]
            return
        left = len(self.open_dates)
        here = next((date for date in self.all_dates if date.event.pk == self.event.pk), None)
        choices = []
        if here in self.open_dates and here is not None:
            choices.append((THIS, _now("nur diesen Termin: %(when)s") % {"when": series.when(here)}))
        every = _now("alle %(n)d Termine: %(told)s") % {"n": left, "told": series.told(self.open_dates)}
        choices += [(ALL, every), (SOME, _now("ich wähle aus"))]
        self.fields["which"].choices = choices  # type: ignore[attr-defined]
        self.initial["which"] = ALL if wants_all or len(choices) < 3 else THIS
        ahead = [date for date in self.all_dates if date.is_ahead]
        self.fields["dates"].choices = [(_key(date), _said(date)) for date in ahead]  # type: ignore[attr-defined]
        self.fields["dates"].widget.taken = frozenset(  # type: ignore[attr-defined]
            _key(date) for date in ahead if date not in self.open_dates
        )
        self.initial["dates"] = [_key(here)] if here in self.open_dates and here is not None else []

    def _chosen_dates(self) -> list[Date]:
        which = ALL if self.only_whole else self.cleaned_data.get("which", "")
        if which == SOME:
            ticked = set(self.cleaned_data.get("dates") or ())
            return [date for date in self.open_dates if _key(date) in ticked]
        if which == ALL:
            return self.open_dates
        return [date for date in self.open_dates if date.event.pk == self.event.pk] if which == THIS else []

    def _too_small(self) -> str:
        """The dates among those chosen that never had so many places."""
        wanted = self.cleaned_data.get("places") or 1
        return _days([one for one in self._chosen_dates() if self._pool(one).capacity < wanted])

    def _pool(self, date: Date) -> Pool:
        room = date.room(self.chosen_pool if self.several_pools else None)
        if room is None:
            raise DomainError("pool_not_there", field="dates")
        return room.pool

    def _shown(self) -> list[Shown]:
        """The questions; what only some dates ask names them."""
        every = {date.event.pk for date in self.open_dates} | {self.event.pk}
        by_event = {date.event.pk: date for date in self.open_dates}
        found = []
        for row in super()._shown():
            dates = self.asked_of_all.dates[row.question.pk]
            named = "" if dates == every else _named([by_event[pk] for pk in by_event if pk in dates])
            found.append(replace(row, dates=named))
        return found


def _named(dates: Sequence[Date]) -> str:
    return _now("Nur für %(days)s.") % {"days": days} if (days := _days(dates)) else ""


def _days(dates: Sequence[Date]) -> str:
    pattern = "j F" if get_language() == "en" else "j. F"
    return ", ".join(date_format(clock.local(date.starts_at), pattern) for date in dates)


def _key(date: Date) -> str:
    return str(date.event.uuid)


def _said(date: Date) -> str:
    word, when = series.state(date)[0], series.when(date)
    return f"{when} ({word})" if word else when
