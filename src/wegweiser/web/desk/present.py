"""Who was at a talk or visit: asked where more than one could have been, because each counts the hours they spent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.models import Member


class Present(forms.Form):
    """A form that may ask who was there; left empty, it was whoever writes it down."""

    present = forms.MultipleChoiceField(
        label=_("Wer war dabei?"),
        help_text=_("Für jede Person zählen dieselben Minuten."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def ask_who(self, people: Sequence[Member], likely: Member | None) -> None:
        """Offer `people`, each once, with `likely` ticked."""
        self.people = {str(row.uuid): row for row in people}
        if len(self.people) < 2:
            del self.fields["present"]
            return
        field: Any = self.fields["present"]
        field.choices = [(key, row.name) for key, row in self.people.items()]
        field.initial = [str(likely.uuid)] if likely else []

    def those_present(self) -> tuple[Member, ...]:
        return tuple(self.people[key] for key in self.cleaned_data.get("present", []))
