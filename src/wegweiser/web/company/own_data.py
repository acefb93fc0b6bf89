"""What we know of the person and the firm: to read, to take along, and to have erased."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wegweiser.accounts.queries import valid_token
from wegweiser.companies import phones
from wegweiser.companies.models import Right
from wegweiser.crossings import company_data as crossing
from wegweiser.kernel import mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web import limits
from wegweiser.web.company.access import Visitor, gone, inside, let_out, outside, visitor
from wegweiser.web.company.sections import Section, Summary, register
from wegweiser.web.company.sentences import SENTENCES

ERASE = (3, 3600)


def _language() -> str:
    return (get_language() or "de")[:2]


register(
    Section(
        name="own_data",
        title=gettext_lazy("Ihre Daten"),
        icon="info",
        order=60,
        url="company:own_data",
        summary=lambda me: Summary(_("Ansehen, mitnehmen, löschen lassen")),
    )
)


@require_safe
@inside()
def overview(request: HttpRequest, *, me: Visitor) -> HttpResponse:
    """What is known of the person, and of the firm for who may see all of it."""
    person = me.person
    own = [
        (_("Name"), person.name),
        (_("E-Mail"), mail_addresses.shown(person.email)),
        (_("Telefon"), phones.shown(person.phone) if person.phone else ""),
        (_("Gewünschter Kontaktweg"), person.get_channel_display()),
    ]
    context = {
        "me": me,
        "own": [row for row in own if row[1]],
        "facts": crossing.facts(me.firm, language=_language()) if me.may(Right.ALL) else [],
    }
    return render(request, "company/own_data.html", context)


@require_safe
@inside()
def download(request: HttpRequest, *, me: Visitor) -> HttpResponse:
    """All of it as a ZIP: files for machines, and pages to read."""
    content = crossing.copy(access=me.access, language=_language())
    headers = {"Content-Disposition": 'attachment; filename="meine-daten.zip"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@inside()
def deletion(request: HttpRequest, *, me: Visitor) -> HttpResponse:
    """What would go and what would stay; asking for it needs no reason, and is confirmed by a link or by a call."""
    try:
        leaving = crossing.leaving(me.person, language=_language())
    except DomainError:
        leaving = None  # somebody who works at the centre, too
    if request.method == "POST" and leaving is not None:
        if not limits.allowed_for(str(me.person.uuid), "company-erase", ERASE):
            messages.error(request, limits.too_many(ERASE))
        elif request.POST.get("do") == "desk":
            try:
                crossing.ask_the_desk(access=me.access, by=me.by)
            except DomainError as refusal:
                messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
            else:
                messages.success(request, _("Wir rufen Sie an und löschen dann Ihre Daten."))
        else:
            crossing.ask_to_leave(access=me.access, language=_language(), by=me.by)
            text = _("Wir haben Ihnen einen Link geschickt. Erst wenn Sie dort bestätigen, wird gelöscht.")
            messages.success(request, text)
        return redirect("company:deletion")
    return render(request, "company/deletion.html", {"me": me, "leaving": leaving})


@outside
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link of the mail: shows what it does, does it when the button is pressed."""
    found = valid_token(purpose=crossing.ERASE, secret=token)
    person = crossing.who_leaves(found) if found else None
    if found is None or person is None:
        return _gone(request)
    if request.method == "POST":
        try:
            crossing.leave(token=found, by=Actor.link(found.uuid))
        except DomainError as refusal:
            messages.error(request, str(SENTENCES.get(refusal.code, SENTENCES["link_gone"])))
            return redirect("company:home")
        return let_out(render(request, "company/erased.html"))
    return render(request, "company/erase.html", {"leaving": crossing.leaving(person, language=_language())})


def _gone(request: HttpRequest) -> HttpResponse:
    """A new link is asked for inside."""
    if visitor(request):
        messages.warning(request, _("Dieser Link gilt nicht mehr. Hier bekommen Sie einen neuen."))
        return redirect("company:deletion")
    return gone(request, page=reverse("company:deletion"))
