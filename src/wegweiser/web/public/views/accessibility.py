"""The statement on accessibility, and the form that tells us of a barrier."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wegweiser.crossings import barriers
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.translated import Translated
from wegweiser.web import context as centres
from wegweiser.web import going_back
from wegweiser.web.page_cache import OWN
from wegweiser.web.public import limits
from wegweiser.web.public.forms import BarrierForm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The statement with its form; with mistakes it comes back with everything that was typed."""
    if request.method != "POST":
        response = _page(request, BarrierForm.blank(page=_came_from(request)))
        response["Cache-Control"] = OWN  # the form names the page its reader came from
        return response
    form = BarrierForm(request.POST)
    if not form.is_valid():
        return going_back.keep(_page(request, form))
    if not limits.allowed(request, "barrier", limits.SEND):
        form.add_error(None, limits.waits(limits.SEND))
        return limits.refuse(_page(request, form, status=429), limits.SEND)
    given = {name: form.cleaned_data[name] for name in ("page", "text", "phone", "email")}
    barrier = barriers.Barrier(**given, language=(get_language() or "de")[:2])
    sent = barriers.report(submission=form.cleaned_data["submission"], barrier=barrier, by=VISITOR)
    return redirect("public:sent", token=sent.status_secret)


def _page(request: HttpRequest, form: BarrierForm, *, status: int = 200) -> HttpResponse:
    centre = centres.of(request)
    context = {"operator": centre.operator, "form": form, "with_link": not form.errors, **_statement(centre.statement)}
    return render(request, "public/accessibility.html", context, status=status)


def _came_from(request: HttpRequest) -> str:
    """The page of ours that the reader was on; never one whose address is a key, and not this one."""
    try:
        there = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address at all
        return ""
    if there.netloc != request.get_host() or there.path == request.path:
        return ""
    try:
        match = resolve(there.path)
    except Resolver404:  # also a page in the other language
        return ""
    return "" if "token" in match.kwargs else there.path


def _statement(said: dict[str, Any]) -> dict[str, Any]:
    """What the centre states (`texts.accessibility` of its file), in the reader's language."""
    enforcement = dict(said.get("enforcement", {}))
    for name in ("name", "text"):
        enforcement[name] = _text(enforcement.get(name))
    return {
        "conformity": said.get("conformity", "partial"),
        "law": _text(said.get("law")) or _("Behindertengleichstellungsgesetz und BITV 2.0"),
        "gaps": [_text(gap) for gap in said.get("gaps", [])],
        "method": _text(said.get("method")),
        "made_on": _day(said.get("made_on")),
        "checked_on": _day(said.get("checked_on")),
        "enforcement": enforcement if enforcement["name"] else None,
    }


def _text(value: Any) -> str:
    return str(Translated(value)) if value else ""


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
