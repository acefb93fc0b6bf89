"""Certificates of attendance: from a guest's own link, and checked by whoever is shown one."""

from typing import cast
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wegweiser.documents.values import Language
from wegweiser.events import certificates, queries, whole
from wegweiser.events.actions import certificates as actions
from wegweiser.events.models import Seat
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web.public import gone_links, limits


class CheckForm(forms.Form):
    """The code, and the name if one wants to know whether it is theirs."""

    optional_mark = _("(optional)")

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Er steht unten auf der Bescheinigung, zum Beispiel ABCD-EFGH-2345."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Bitte geben Sie den Code ein.")},
    )
    name = forms.CharField(
        label=_("Name auf der Bescheinigung"),
        max_length=160,
        required=False,
        help_text=_("Wir zeigen keinen Namen. Wir sagen nur, ob der eingetippte stimmt."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Whether there is such a certificate: for what, when, how long; and whether a name is the one on it."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST":
        if not limits.allowed(request, "certificate", limits.SEND):
            form.add_error(None, limits.waits(limits.SEND))
            return limits.refuse(render(request, "public/certificate.html", context, status=429), limits.SEND)
        if form.is_valid():
            found = certificates.by_code(form.cleaned_data["code"])
            typed = form.cleaned_data["name"]
            context |= {"asked": True, "said": certificates.said(found) if found else None, "typed": typed}
            context["matches"] = bool(found and typed and certificates.is_of(found, typed))
    return render(request, "public/certificate.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_POST
def own(request: HttpRequest, token: str, seat: UUID) -> HttpResponse:
    """The certificate of somebody of this registration who was there."""
    row = queries.behind(token)
    if row is None or row.is_erased:
        return gone_links.page(request, row)
    rows = whole.of_bundle(row.bundle) or [row]
    found = Seat.objects.filter(uuid=seat, registration__in=rows).first()
    if found is None:
        raise Http404
    try:
        made = actions.issue(seat=found, by=Actor.link(row.uuid))
    except DomainError:
        return redirect("public:registration", token=token)
    language = cast(Language, "en" if get_language() == "en" else "de")
    name = content_disposition_header(as_attachment=True, filename=str(_("Teilnahmebescheinigung")) + ".pdf")
    headers = {"Content-Disposition": name or "attachment", "Cache-Control": "private, no-store"}
    return HttpResponse(certificates.paper(made, lang=language), content_type="application/pdf", headers=headers)
