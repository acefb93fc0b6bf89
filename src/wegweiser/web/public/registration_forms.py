"""The form with which somebody registers for an event: fixed fields, and what the event itself asks."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wegweiser.crossings.registrations import LONGEST_ABOUT
from wegweiser.events.models import Event, Listing, Pool, Question
from wegweiser.events.queries import Room
from wegweiser.kernel.errors import DomainError
from wegweiser.web.public import enrolment
from wegweiser.web.public.forms import ANY_TIME, WINDOWS, OpenForm, mail_field, phone_field, stamp, tidy
from wegweiser.web.public.registration_words import SENTENCES
from wegweiser.web.question_fields import AskingForm

FIELDS = frozenset({"name", "email", "phone", "firm", "places", "names", "pool"})


class PlacesSelect(forms.RadioSelect):
    """Radio buttons of which some cannot be chosen any more."""

    taken: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.taken:
            option["attrs"]["disabled"] = True
        return option


class RegistrationForm(AskingForm, OpenForm):
    """A name and a mail address; everything else is as the event asks for it."""

    again = _("Das ging sehr schnell. Bitte drücken Sie noch einmal auf „Anmelden“, dann ist es unterwegs.")
    pool = forms.ChoiceField(
        label=_("Wie möchten Sie teilnehmen?"),
        widget=PlacesSelect,
        error_messages={
            "required": _("Bitte wählen Sie."),
            "invalid_choice": _("Bitte wählen Sie noch einmal: Dazwischen hat sich etwas geändert."),
        },
    )
    name = forms.CharField(
        label=_("Ihr Name"),
        max_length=160,
        error_messages={"required": SENTENCES["name_missing"]},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = mail_field()
    phone = phone_field()
    firm = forms.CharField(
        label=_("Betrieb"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    postcode = forms.CharField(
        label=_("Postleitzahl des Betriebs"),
        required=False,
        validators=[RegexValidator(r"^\d{5}$", _("Eine Postleitzahl hat fünf Ziffern."))],
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric", "maxlength": "5"}),
    )
    places = forms.IntegerField(label=_("Wie viele kommen?"), min_value=1, initial=1)
    names = forms.CharField(
        label=_("Wer kommt noch mit?"),
        required=False,
        max_length=4000,
        help_text=_("Jeder Name in eine Zeile."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label=_("Sollen wir etwas wissen?"),
        required=False,
        max_length=1000,
        help_text=_("Zum Beispiel: Rollstuhl, Gebärdensprache, Kinderwagen."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    call_window = forms.ChoiceField(label=_("Sollen wir Sie vorher anrufen?"), choices=WINDOWS, required=False)
    call_about = forms.CharField(
        label=_("Bitte rufen Sie mich an zu:"),
        required=False,
        max_length=LONGEST_ABOUT,
        help_text=_("Nur wenn wir anrufen sollen. Leer heißt: zu dieser Veranstaltung."),
    )
    invite_me = forms.BooleanField(
        label=_("Bitte laden Sie mich auch zu anderen Veranstaltungen ein."),
        help_text=_("Dazu bekommen Sie eine eigene E-Mail mit einem Link. Erst wenn Sie ihn bestätigen, gilt es."),
        required=False,
    )
    von = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    einladung = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        event: Event,
        rooms: Sequence[Room],
        questions: Sequence[Question] = (),
        who: Mapping[str, object] | None = None,
        code: str = "",
        invited: str = "",
    ) -> None:
        first = {"submission": uuid.uuid4(), "stamp": stamp(), "places": 1, "von": code, "einladung": invited}
        super().__init__(data, initial={**first, **(who or {})})
        self.event, self.rooms = event, list(rooms)
        self._offer_places()
        self.fields["email"].required = True
        self.fields["email"].error_messages["required"] = SENTENCES["email_missing"]
        self.fields["call_window"].speaks_for_itself = True  # type: ignore[attr-defined]
        self.fields["call_about"].speaks_for_itself = True  # type: ignore[attr-defined]
        if invited:  # they agreed to it already
            del self.fields["invite_me"]
        if self.most_places == 1:
            del self.fields["places"], self.fields["names"]
        else:
            self._count_places()
        self.ask(questions)

    @property
    def most_places(self) -> int:
        """How many places one registration can be for: no more than there are."""
        return min(self.event.most_places, max((room.pool.capacity for room in self.rooms), default=1))

    @property
    def several_pools(self) -> bool:
        return len(self.rooms) > 1

    @property
    def chosen_pool(self) -> Pool:
        chosen = self.cleaned_data.get("pool") or str(self.rooms[0].pool.uuid)
        return next(room.pool for room in self.rooms if str(room.pool.uuid) == chosen)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["names"] = [line for line in map(tidy, (cleaned.get("names") or "").splitlines()) if line]
        if cleaned.get("places") and len(cleaned["names"]) >= cleaned["places"]:
            self.add_error("places", str(SENTENCES["too_many_names"]))
        if cleaned.get("call_about") and not cleaned.get("call_window"):
            cleaned["call_window"] = ANY_TIME  # who says what about wants the call
        if cleaned.get("call_window") and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", str(SENTENCES["phone_missing"]))
        cleaned["answers"] = self.answered(cleaned)
        self.refuse_programs()
        return cleaned

    def refuse(self, error: DomainError, sentences: Mapping[str, str | Promise]) -> None:
        """Say beside its field why the house says no."""
        field = self.field_of(error.field) or (error.field if error.field in FIELDS else None)
        if field not in self.fields or (field == "pool" and not self.several_pools):
            field = None
        self.add_error(field, str(sentences.get(error.code, error.code)))

    def _offer_places(self) -> None:
        field = self.fields["pool"]
        slots = bool(self.rooms) and all(room.pool.starts_at for room in self.rooms)
        if slots:
            field.label = _("Welche Zeit passt Ihnen?")
        field.choices = [(str(room.pool.uuid), self._said(room)) for room in self.rooms]  # type: ignore[attr-defined]
        field.required = self.several_pools
        field.widget.taken = frozenset(str(room.pool.uuid) for room in self.rooms if self._is_taken(room))  # type: ignore[attr-defined]
        free = [room for room in self.rooms if room.fits(1, fill=self.event.fill) and not self._is_taken(room)]
        if free and not slots:
            self.initial["pool"] = str(free[0].pool.uuid)

    def _is_taken(self, room: Room) -> bool:
        none_left = not room.fits(1, fill=self.event.fill) and not self.event.waiting_list
        return none_left or enrolment.is_closed(room.pool)

    def _said(self, room: Room) -> str:
        """A pool with what is left of it."""
        name, left = enrolment.name(room.pool), ""
        if self._is_taken(room):
            left = _now("vergeben")
        elif not room.fits(1, fill=self.event.fill):
            left = _now("nur noch Warteliste")
        elif room.pool.capacity > 1:
            left = ngettext("noch %(n)d Platz", "noch %(n)d Plätze", room.free) % {"n": room.free}
        return f"{name} ({left})" if left else name

    def _count_places(self) -> None:
        most = self.most_places
        field = self.fields["places"]
        field.widget.attrs |= {"max": most, "inputmode": "numeric"}
        field.help_text = _now("Höchstens %(most)d in einer Anmeldung. Sie selbst zählen mit.") % {"most": most}
        if self.event.listing == Listing.HEADS:
            del self.fields["names"]
