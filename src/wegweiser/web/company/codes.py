"""A short code, read out of a mail or a letter or told on the telephone, opens what its link would open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wegweiser.accounts.actions import tokens
from wegweiser.accounts.models import Token
from wegweiser.accounts.queries import valid_code
from wegweiser.crossings import entrances, plans
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web import limits
from wegweiser.web.company import typed
from wegweiser.web.company.access import going_on, let_in, outside
from wegweiser.web.company.login_forms import CodeForm, MailForm

TRIES = (10, 600)  # for one connection: somebody who mistypes gets through, somebody who guesses does not
WRONG = gettext_lazy("Diesen Code gibt es nicht, oder er gilt nicht mehr. Bitte vergleichen Sie die Zeichen.")


@outside
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Asks for a code; a right one is used up and leads on."""
    context = {"form": CodeForm(), "asking": MailForm(), "next": going_on(request), "typed": typed.carried(request)}
    if request.method != "POST":
        return render(request, "company/code.html", context)
    form = context["form"] = CodeForm(request.POST)
    if not limits.allowed(request, "code", TRIES):
        form.add_error(None, limits.waits(TRIES))
        return limits.refuse(render(request, "company/code.html", context, status=429), TRIES)
    if form.is_valid():
        response = _opened(request, form.cleaned_data["code"], stay=form.cleaned_data["stay"])
        if response is not None:
            return response
        form.add_error("code", WRONG)
    return render(request, "company/code.html", context, status=422)


def _opened(request: HttpRequest, typed: str, *, stay: bool) -> HttpResponse | None:
    """What the code leads to; None where it leads nowhere, or somebody was faster."""
    token = valid_code(purposes=[plans.CODE, *entrances.CODES], code=typed)
    if token is None:
        return None
    try:
        match token.purpose:
            case entrances.LOGIN_CODE:
                entered = entrances.enter(token=token, stay=stay)
                return let_in(_back(request), entered, stay=stay)
            case entrances.PROOF_CODE:
                return redirect("company:request", token=entrances.carry_on(token=token, by=Actor.link(token.uuid)))
            case _:
                return _plan(token)
    except DomainError:
        return None


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that somebody came from; with what they wrote there, which the browser then sends once more."""
    page = going_on(request)
    return redirect(page or "company:home", preserve_request=bool(page and typed.carried(request)))


def _plan(token: Token) -> HttpResponse | None:
    reader = plans.reader(token.subject_uuid)
    if reader is None:
        return None
    by = Actor.link(token.uuid)
    tokens.take(token=token, by=by)
    return redirect("company:plan_link", token=plans.secret(reader=reader, by=by))
