"""A short code, read out of a mail or a letter or told on the telephone, opens what its link would open."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wegweiser.accounts.actions import tokens
from wegweiser.accounts.models import Token
from wegweiser.accounts.queries import valid_code
from wegweiser.crossings import plans
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web import limits

TRIES = (10, 600)  # for one address: somebody who mistypes gets through, somebody who guesses does not
WRONG = gettext_lazy("Diesen Code gibt es nicht, oder er gilt nicht mehr. Bitte vergleichen Sie die Zeichen.")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Ihr Code"),
        max_length=60,
        help_text=gettext_lazy("Acht Zeichen, zum Beispiel K7QF-3MXR. Groß oder klein ist gleich."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Asks for a code; a right one is used up and leads on."""
    if request.method != "POST":
        return render(request, "company/code.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if not limits.allowed(request, "code", TRIES):
        form.add_error(None, limits.too_many(TRIES))
        return limits.refuse(render(request, "company/code.html", {"form": form}, status=429), TRIES)
    if form.is_valid():
        response = _opened(request, form.cleaned_data["code"])
        if response is not None:
            return response
        form.add_error("code", WRONG)
    return render(request, "company/code.html", {"form": form}, status=422)


def _opened(request: HttpRequest, typed: str) -> HttpResponse | None:
    token = valid_code(purposes=[plans.CODE], code=typed)
    if token is None:
        return None
    try:
        tokens.take(token=token, by=Actor.link(token.uuid))
    except DomainError:  # the same code, a moment before
        return None
    return _plan(token)


def _plan(token: Token) -> HttpResponse | None:
    reader = plans.reader(token.subject_uuid)
    if reader is None:
        return None
    secret = plans.secret(reader=reader, by=Actor.link(token.uuid))
    return redirect("company:plan_link", token=secret)
