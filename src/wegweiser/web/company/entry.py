"""The way in: a mail address, then a link or a code; for who has no access yet, a few questions. And the way out."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wegweiser.accounts.models import Token
from wegweiser.accounts.queries import valid_token
from wegweiser.companies import accesses
from wegweiser.crossings import entrances
from wegweiser.kernel import mail_addresses
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.models import Letter
from wegweiser.web import limits
from wegweiser.web.company import sections, typed
from wegweiser.web.company.access import going_on, gone, inside, let_in, let_out, outside, visitor
from wegweiser.web.company.login_forms import CodeForm, MailForm
from wegweiser.web.company.sentences import SENTENCES

ASK = (10, 600)  # for one connection
ASK_FOR = (3, 900)  # for one mail address, known or not: beyond that nothing is sent, and the page says so


class RequestForm(forms.Form):
    """Who somebody is and where they work."""

    name = forms.CharField(label=gettext_lazy("Ihr Name"), max_length=160)
    firm = forms.CharField(label=gettext_lazy("Name des Betriebs"), max_length=200)
    postcode = forms.CharField(label=gettext_lazy("Postleitzahl"), max_length=5, required=False)
    place = forms.CharField(label=gettext_lazy("Ort"), max_length=100, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Telefon"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Damit wir Sie bei Rückfragen schnell erreichen."),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )


@outside
@require_http_methods(["GET", "HEAD"])
def home(request: HttpRequest) -> HttpResponse:
    """The workspace with its sections; for who is not logged in, the way in."""
    me = visitor(request)
    if me is None:
        context = {"form": MailForm(), "next": going_on(request), "code": CodeForm()}
        return render(request, "company/entry.html", context)
    return render(
        request,
        "company/home.html",
        {
            "me": me,
            "sections": sections.shown_to(me),
            "others": [row for row in accesses.by_mail(me.person.email) if row.pk != me.access.pk],
        },
    )


@outside
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Sends a link and a code, and says the same whether the address is known or not."""
    if request.method != "POST":
        return redirect("company:home")
    form = MailForm(request.POST)
    page = going_on(request)
    context: dict[str, Any] = {"form": form, "next": page, "code": CodeForm(), "typed": typed.carried(request)}
    if not limits.allowed(request, "company-ask", ASK):
        form.add_error(None, limits.waits(ASK))
        return limits.refuse(render(request, "company/entry.html", context, status=429), ASK)
    if not form.is_valid():
        return render(request, "company/entry.html", context, status=422)
    mail = form.cleaned_data["email"].strip().lower()
    goes = limits.allowed_for(mail, "company-mail", ASK_FOR)
    if goes:
        entrances.ask(mail=mail, language=(get_language() or "de")[:2], page=page, by=VISITOR)
    again = "" if goes else limits.goes_on_at(ASK_FOR)
    return render(request, "company/sent.html", {**context, "mail": mail, "again": again, "demo": _demo(mail)})


def _demo(mail: str) -> Letter | None:
    """The demo sends no mail, and everybody knows its logins: it shows what would have been sent."""
    if not settings.DEMO or outbox.is_configured():
        return None
    return Letter.objects.filter(mail_addresses.same("recipient_mail", mail)).exclude(text="").order_by("-id").first()


@outside
@require_http_methods(["GET", "HEAD", "POST"])
def entrance(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link of the mail: shows a button, logs in when it is pressed."""
    found = valid_token(purpose=entrances.LOGIN, secret=token)
    access = accesses.access(found.subject_uuid) if found else None
    if found is None or access is None:
        return _again(request)
    if request.method == "POST":
        return enter(request, found) or _again(request)
    return render(request, "company/entrance.html", {"firm": access.company.canonical or access.company})


def _again(request: HttpRequest) -> HttpResponse:
    """Behind a link that is good for nothing any more: another one by mail. Who is inside needs none."""
    page = going_on(request)
    if visitor(request):
        return redirect(page or "company:home")
    return gone(request, page=page)


def enter(request: HttpRequest, token: Token) -> HttpResponse | None:
    """Log in with a link or code; None where somebody was faster."""
    stay = bool(request.POST.get("stay"))
    try:
        entered = entrances.enter(token=token, stay=stay)
    except DomainError:
        return None
    response = redirect(going_on(request) or "company:home")
    return let_in(response, entered, stay=stay)


@outside
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link for an address that opens nothing yet: who they are, and where they work."""
    found = valid_token(purpose=entrances.PROOF, secret=token)
    asked = entrances.proven(found) if found else None
    if found is None or asked is None:
        return _again(request)
    known = {} if request.method == "POST" else accesses.told_of(asked.email)
    form = RequestForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            _asked, entered = entrances.apply(token=found, **form.cleaned_data, by=Actor.link(found.uuid))
        except DomainError as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, SENTENCES.get(refusal.code, refusal.code))
        else:
            if entered is not None:
                messages.success(request, _("Willkommen. Wir haben Sie an Ihrer E-Mail-Adresse erkannt."))
                return let_in(redirect("company:home"), entered)
            return render(request, "company/asked.html", {"mail": asked.email})
    status = 422 if form.is_bound else 200
    return render(request, "company/request.html", {"form": form, "mail": asked.email, "known": known}, status=status)


@require_POST
@inside()
def leave(request: HttpRequest, *, me: Any) -> HttpResponse:
    """Log out: here, or on all devices."""
    if request.POST.get("do") == "everywhere":
        entrances.end_sessions(access=me.access, by=me.by)
    else:
        entrances.leave(token=me.token, access=me.access)
    messages.success(request, _("Sie sind ausgeloggt."))
    return let_out(redirect("company:home"))


@require_POST
@inside()
def switch(request: HttpRequest, *, me: Any) -> HttpResponse:
    """Go on at another firm of the same mail address."""
    others = {str(row.uuid): row for row in accesses.by_mail(me.person.email)}
    chosen = others.get(request.POST.get("zugang", ""))
    if chosen is None:
        return redirect("company:home")
    entered = entrances.switch(token=me.token, access=me.access, to=chosen)
    return let_in(redirect("company:home"), entered, stay=entered.lasts > entrances.DAY)
