"""How it was: a short form behind the link in the thanks, without a login and without a name."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wegweiser.crossings import after_events
from wegweiser.events import feedback
from wegweiser.events.actions import feedback as actions
from wegweiser.events.models import Registration
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web.public import gone_links, limits
from wegweiser.web.public.forms import phone_field
from wegweiser.web.ui.messages import NO_PHONE

USEFUL = [("5", _("sehr")), ("4", _("ziemlich")), ("3", _("teils, teils")), ("2", _("wenig")), ("1", _("gar nicht"))]
RECOMMEND = [(str(value), str(value)) for value in range(10, -1, -1)]
SENTENCES = {
    "nothing_said": _("Bitte sagen Sie uns wenigstens eines davon."),
    "answered_already": _("Sie haben schon geantwortet. Vielen Dank!"),
    "text_missing": _("Bitte sagen Sie kurz, worum es geht."),
    "phone_missing": _("Unter welcher Nummer erreichen wir Sie?"),
    "invalid_phone": NO_PHONE,
}


class FeedbackForm(forms.Form):
    """Nothing has to be answered, but something."""

    useful = forms.TypedChoiceField(
        label=_("Wie sehr hat es Ihnen genützt?"),
        choices=USEFUL,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    recommend = forms.TypedChoiceField(
        label=_("Würden Sie die Veranstaltung weiterempfehlen?"),
        help_text=_("10 heißt: auf jeden Fall, 0 heißt: auf keinen Fall."),
        choices=[("", _("bitte wählen")), *RECOMMEND],
        coerce=int,
        empty_value=None,
        required=False,
    )
    missing = forms.CharField(
        label=_("Was hat gefehlt, was war besonders gut?"),
        required=False,
        max_length=actions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CallForm(forms.Form):
    """A call is asked for with a name, apart from the answers."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    about = forms.CharField(
        label=_("Bitte rufen Sie mich an zu:"),
        max_length=2000,
        error_messages={"required": _("Bitte sagen Sie kurz, worum es geht.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    phone = phone_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = True
        self.fields["phone"].error_messages["required"] = SENTENCES["phone_missing"]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Two forms: what is said without a name, and the call that needs one."""
    row = feedback.behind(token)
    if row is None or row.is_erased:
        return gone_links.page(request, feedback.erased(token))
    sent: Mapping[str, Any] | None = request.POST if request.method == "POST" else None
    verb = request.POST.get("do", "")
    form = FeedbackForm(sent if verb == "say" else None)
    call = CallForm(sent if verb == "call" else None, initial={"submission": uuid.uuid4()})
    if sent is not None and not limits.allowed(request, "event-feedback", limits.SEND):
        form.errors.clear()
        return limits.refuse(_page(request, row, form, call, limits.too_many(limits.SEND), status=429), limits.SEND)
    chosen = form if verb == "say" else call
    if sent is not None and chosen.is_valid():
        try:
            done = _say(row, form) if verb == "say" else _call(row, call)
        except DomainError as error:
            field = error.field if error.field in chosen.fields else None
            chosen.add_error(field, str(SENTENCES.get(error.code, error.code)))
        else:
            there = redirect("public:event_feedback", token=token)
            there["Location"] += f"?stand={done}"
            return there
    return _page(request, row, form, call, "", status=422 if sent is not None else 200)


def _say(row: Registration, form: FeedbackForm) -> str:
    actions.give(registration=row, **form.cleaned_data, by=VISITOR)
    return "danke"


def _call(row: Registration, form: CallForm) -> str:
    told = form.cleaned_data
    after_events.ask_for_call(
        registration=row,
        submission=told["submission"] or uuid.uuid4(),
        about=told["about"],
        phone=told["phone"],
        by=Actor.link(row.uuid),
    )
    return "anruf"


def _page(
    request: HttpRequest, row: Registration, form: FeedbackForm, call: CallForm, refused: str, *, status: int
) -> HttpResponse:
    entry = row.event.draft.entry
    context = {
        "title": str(entry.title if entry else row.event.draft.title),
        "form": form,
        "call": call,
        "refused": refused,
        "open": feedback.open_answers(row),
        "done": request.GET.get("stand", ""),
    }
    return render(request, "public/event_feedback.html", context, status=status)
