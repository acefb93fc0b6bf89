"""The question, its answer, the form that sends it, and the page behind the status link."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from wegweiser.consortium.models import Centre
from wegweiser.crossings import enquiries as crossing
from wegweiser.enquiries import queries
from wegweiser.kernel.actor import VISITOR
from wegweiser.web.public import answers, limits
from wegweiser.web.public.forms import SendForm, tidy, too_short


def _phone() -> str:
    centre = Centre.objects.first()
    return centre.phone if centre else ""


def _page(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    """The answer page, or for htmx only the part that changed: the same template either way."""
    template = "public/_answer.html" if getattr(request, "htmx", False) else "public/answer.html"
    response = render(request, template, context, status=status)
    response["Vary"] = "HX-Request, Accept-Language, Cookie"
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Answers a question. Nothing of it is stored: not in the database, not in the session, not in the address."""
    if request.method != "POST":
        return _page(request, {"answer": None, "text": "", "error": ""})
    text = tidy(request.POST.get("sentence") or request.POST.get("text", ""))
    if not limits.allowed(request, "ask", limits.ASK):
        return _page(request, {"answer": None, "text": text, "error": _too_many()}, status=429)
    found = None if too_short(text) else answers.answer(text, phone=_phone())
    if found is None:
        error = _("Bitte beschreiben Sie in ein paar Worten, worum es geht. Oder rufen Sie uns einfach an.")
        return _page(request, {"answer": None, "text": text, "error": error})
    form = SendForm.blank(text=text, enquirer=found.way.enquirer)
    return _page(request, {"answer": found, "text": text, "error": "", "form": form})


def _too_many() -> str:
    return _("Gerade kommen sehr viele Fragen von Ihrem Anschluss. Bitte versuchen Sie es in einer Minute noch einmal.")


@login_not_required
@never_cache
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Sends a question to a person; with mistakes the page comes back with everything that was typed."""
    form = SendForm(request.POST)
    if form.is_valid() and not limits.allowed(request, "send", limits.SEND):
        form.add_error(None, _("Von Ihrem Anschluss kam gerade sehr viel. Bitte versuchen Sie es in zehn Minuten noch einmal oder rufen Sie an."))
        return _again(request, form, status=429)
    if not form.is_valid():
        return _again(request, form)
    cleaned = form.cleaned_data
    result = crossing.send(
        submission=cleaned["submission"],
        text=cleaned["text"],
        name=cleaned["name"],
        email=cleaned["email"],
        phone=cleaned["phone"],
        firm=cleaned["firm"],
        call_window=cleaned["call_window"],
        enquirer=cleaned["enquirer"],
        language=(get_language() or "de")[:2],
        by=VISITOR,
    )
    address = reverse("public:sent", kwargs={"token": result.token})
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", False) else redirect(address)


def _again(request: HttpRequest, form: SendForm, *, status: int = 200) -> HttpResponse:
    text = tidy(form.data.get("text", ""))
    found = None if too_short(text) else answers.answer(text, phone=_phone())
    return _page(request, {"answer": found, "text": text, "error": "", "form": form}, status=status)
