"""A form that ends what waits for us says what its page showed, so that nothing is ended which came in since."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from wegweiser.enquiries import unseen
from wegweiser.enquiries.models import Case, Contribution
from wegweiser.kernel.errors import DomainError


class Reads(forms.Form):
    """`seen`: the newest entry that stood on the page. `came`: what was written since, once a rule said so."""

    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    came: Sequence[Contribution] = ()

    def showing(self, entry: UUID | None) -> None:
        self.initial["seen"] = entry

    def seen_entry(self) -> UUID | None:
        found: UUID | None = self.cleaned_data.get("seen")
        return found


def show_what_came(form: Any, case: Case, refusal: DomainError) -> None:
    """Where `refusal` says that something came, `form` shows it, so that sending it again goes through."""
    if refusal.code not in {"came_meanwhile", "answered_meanwhile"} or not isinstance(form, Reads):
        return
    seen = form.seen_entry()
    came = (unseen.since(case, seen) | unseen.answers(case, seen)).order_by("id")
    form.came = list(came.select_related("member"))
    answer_with(form, "seen", unseen.last(case))


def answer_with(form: forms.Form, name: str, value: object) -> None:
    """A hidden field of a form that comes back says something else than what was sent."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[form.add_prefix(name)] = str(value or "")
    form.data = data
