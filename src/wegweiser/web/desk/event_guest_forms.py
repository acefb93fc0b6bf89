"""Forms about who comes to an event: somebody registered by telephone, what they change, and why we do something."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wegweiser.events.actions.whole_series import Choice
from wegweiser.events.hosting import Counted
from wegweiser.events.models import (
    UNCONFIRMED,
    Event,
    Joining,
    Listing,
    Pool,
    Question,
    QuestionKind,
    Registration,
    State,
)
from wegweiser.events.whole import Date
from wegweiser.kernel.errors import DomainError
from wegweiser.web import question_fields
from wegweiser.web.desk import event_words
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.question_fields import AskingForm
from wegweiser.web.ui.mail_fields import MailField


class GuestForm(DeskForm):
    """Somebody who calls: a name is enough, everything else helps."""

    optional_mark = ""

    pool = forms.ChoiceField(label=_("Platz"))
    name = forms.CharField(
        label=_("Name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True})
    )
    firm = forms.CharField(label=_("Betrieb"), required=False, max_length=200)
    phone = forms.CharField(
        label=_("Telefonnummer"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = MailField(label=_("E-Mail"), required=False, help_text=_("Leer: Was sich ändert, sagen wir am Telefon."))
    places = forms.IntegerField(label=_("Wie viele kommen?"), min_value=1, max_value=10_000, initial=1)
    names = forms.CharField(
        label=_("Wer kommt noch mit?"),
        required=False,
        max_length=20_000,
        help_text=_("Jeder Name in eine Zeile."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = forms.CharField(
        label=_("Was sollen wir wissen?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    language = forms.ChoiceField(label=_("Sprache"), choices=[("de", _("Deutsch")), ("en", _("Englisch"))])

    dates = forms.MultipleChoiceField(
        label=_("Auch für diese Termine der Reihe"), required=False, widget=forms.CheckboxSelectMultiple
    )

    FIRST = ("pool", "dates", "name", "firm", "phone", "email")
    REST = ("places", "names", "note", "language")

    def __init__(
        self, *args: Any, event: Event, rooms: Sequence[Counted], others: Sequence[Date] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rooms, self.others = list(rooms), list(others)
        if others:
            self._offer_dates()
        else:
            del self.fields["dates"]
        self.fields["pool"].choices = [(str(room.pool.uuid), self._words(room)) for room in self.rooms]  # type: ignore[attr-defined]
        if len(self.rooms) == 1:
            self.fields["pool"].widget = forms.HiddenInput()
        if event.listing == Listing.HEADS:
            del self.fields["names"]
        free = next((room for room in self.rooms if room.free), None) or next(iter(self.rooms), None)
        self.initial.setdefault("pool", str(free.pool.uuid) if free else None)

    @staticmethod
    def _words(room: Counted) -> str:
        left = _("%(n)d frei") % {"n": room.free} if room.free else _("voll, Warteliste")
        return f"{room.pool.label} ({left})"

    def _offer_dates(self) -> None:
        choices = [(str(date.event.uuid), self._of_date(date)) for date in self.others]
        self.fields["dates"].choices = choices  # type: ignore[attr-defined]
        series = self.others[0].event.series
        if series is not None and series.joining == Joining.WHOLE:
            self.initial["dates"] = [key for key, _words in choices]

    @staticmethod
    def _of_date(date: Date) -> str:
        room = date.room()
        left = _("%(n)d frei") % {"n": room.free} if room and date.fits() else _("voll, Warteliste")
        return f"{event_words.begins(date.event)} ({left})"

    def choices(self, event: Event) -> list[Choice]:
        """This date and those that were ticked, with the same kind of place at each.

        Raises DomainError("pool_not_there").
        """
        ticked = set(self.cleaned_data.get("dates") or ())
        found = [Choice(event, self.chosen)]
        for date in self.others:
            if str(date.event.uuid) in ticked:
                room = date.room(self.chosen if len(self.rooms) > 1 else None)
                if room is None:
                    raise DomainError("pool_not_there", field="dates")
                found.append(Choice(date.event, room.pool))
        return found

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST if name in self.fields]

    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in self.REST if name in self.fields]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["names"] = [line.strip() for line in (said.get("names") or "").splitlines() if line.strip()]
        return said

    @property
    def chosen(self) -> Pool:
        return next(room.pool for room in self.rooms if str(room.pool.uuid) == self.cleaned_data["pool"])


class ChangeForm(AskingForm, DeskForm):
    """Other names, fewer or more places, how to reach them, and what they answered.

    A consent is no answer: nobody but the guest gives it, and what staff tick proves nothing.
    """

    optional_mark = ""

    pool = forms.ChoiceField(
        label=_("Platz"),
        help_text=_("Der bisherige wird erst frei, wenn der neue sicher ist. Eine E-Mail sagt es ihnen."),
    )
    places = forms.IntegerField(label=_("Plätze"), min_value=1, max_value=10_000)
    names = forms.CharField(
        label=_("Namen"),
        required=False,
        max_length=20_000,
        help_text=_("Jeder Name in eine Zeile. Wer hier stehen bleibt, behält Platz und Code."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    phone = forms.CharField(
        label=_("Telefonnummer"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )

    email = MailField(
        label=_("E-Mail"),
        required=False,
        max_length=254,
        help_text=_(
            "An eine neue Adresse geht gleich eine E-Mail mit einem neuen Link. Der alte gilt dann nicht mehr."
        ),
    )
    firm = forms.CharField(label=_("Betrieb"), required=False, max_length=200)
    note = forms.CharField(
        label=_("Hinweis"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        row: Registration,
        names: Sequence[str],
        rooms: Sequence[Counted] = (),
        questions: Sequence[Question] = (),
        **kwargs: Any,
    ) -> None:
        initial = {
            "pool": str(row.pool.uuid),
            "places": row.places,
            "names": "\n".join(filter(None, names)),
            "phone": row.phone,
        }
        initial |= {"email": row.email, "firm": row.firm, "note": row.note}
        asked = [one for one in questions if one.kind != QuestionKind.CONSENT]
        super().__init__(*args, initial=initial | question_fields.initial(asked, row.answers), **kwargs)
        self.ask(asked)
        self.row, self.rooms = row, list(rooms)
        if len(self.rooms) < 2 or row.state in UNCONFIRMED or (row.together and row.state != State.CONFIRMED):
            del self.fields["pool"]
        else:
            self.fields["pool"].required = False
            self.fields["pool"].choices = [(str(room.pool.uuid), self._words(room)) for room in self.rooms]  # type: ignore[attr-defined]
        if row.state == State.WAITING:
            self.fields["places"].help_text = _("Wer auf der Warteliste mehr Plätze möchte, stellt sich hinten an.")
        self.keep_what_was_not_there()

    def _words(self, room: Counted) -> str:
        if room.pool.pk == self.row.pool_id:
            return _("%(name)s (wie bisher)") % {"name": room.pool.label}
        left = _("%(n)d frei") % {"n": room.free} if room.free else _("voll")
        return f"{room.pool.label} ({left})"

    @property
    def chosen(self) -> Pool:
        """The place they shall have; without a word the one they have."""
        told = self.cleaned_data.get("pool") or str(self.row.pool.uuid)
        return next((room.pool for room in self.rooms if str(room.pool.uuid) == told), self.row.pool)

    def clean_names(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["answers"] = self.answered(said)
        return said

    def refuse(self, error: DomainError) -> None:
        if name := self.field_of(error.field):
            self.add_error(name, str(question_fields.SENTENCES.get(error.code, error.code)))
        else:
            super().refuse(error)


OFF_HINT = _("Das lesen alle, die kommen wollten, und es steht auf der öffentlichen Seite: bitte ohne Namen.")


class ReasonForm(DeskForm):
    """Why: who reads it later knows."""

    reason = forms.CharField(label=_("Warum?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
