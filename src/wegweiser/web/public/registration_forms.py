"""The form with which somebody registers for an event."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.events.models import Event, Listing, Pool
from wegweiser.events.queries import Room
from wegweiser.kernel.errors import DomainError
from wegweiser.web.public.forms import OpenForm, mail_field, phone_field, stamp, tidy

FIELDS = {"name", "email", "phone", "firm", "places", "names", "pool"}


class RegistrationForm(OpenForm):
    """A name and a mail address; everything else is as the event asks for it."""

    again = _("Das ging sehr schnell. Bitte drücken Sie noch einmal auf „Anmelden“, dann ist es unterwegs.")
    pool = forms.ChoiceField(label=_("Wie möchten Sie teilnehmen?"))
    name = forms.CharField(
        label=_("Ihr Name"),
        max_length=160,
        error_messages={"required": _("Bitte sagen Sie uns, wie Sie heißen.")},
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

    def __init__(self, data: Mapping[str, Any] | None, *, event: Event, rooms: Sequence[Room]) -> None:
        super().__init__(data, initial={"submission": uuid.uuid4(), "stamp": stamp(), "places": 1})
        self.event, self.rooms = event, list(rooms)
        self.fields["pool"].choices = [(str(room.pool.uuid), str(room.pool.label)) for room in self.rooms]  # type: ignore[attr-defined]
        if len(self.rooms) == 1:
            self.fields["pool"].required = False
        self.fields["email"].required = True
        self.fields["places"].max_value = event.most_places  # type: ignore[attr-defined]
        if event.listing == Listing.HEADS:
            del self.fields["names"]

    @property
    def chosen_pool(self) -> Pool:
        chosen = self.cleaned_data.get("pool") or str(self.rooms[0].pool.uuid)
        return next(room.pool for room in self.rooms if str(room.pool.uuid) == chosen)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["names"] = [line for line in map(tidy, (cleaned.get("names") or "").splitlines()) if line]
        self.refuse_programs()
        return cleaned

    def refuse(self, error: DomainError, sentences: Mapping[str, str | Promise]) -> None:
        """Say beside its field why the house says no."""
        field = error.field if error.field in FIELDS and error.field in self.fields else None
        self.add_error(field, str(sentences.get(error.code, error.code)))
