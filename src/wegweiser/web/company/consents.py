"""What somebody agreed to, and taking it back: as easy as giving it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from wegweiser.companies.actions import consents
from wegweiser.companies.consent_words import words
from wegweiser.kernel.errors import DomainError
from wegweiser.web.company.access import Visitor, identity, inside
from wegweiser.web.company.sections import Section, Summary, register


def _summary(me: Visitor) -> Summary:
    number = me.person.consents.filter(withdrawn_at=None).count()
    if not number:
        return Summary(_("Keine erteilt"))
    return Summary(ngettext("%(number)s erteilt", "%(number)s erteilt", number) % {"number": number})


register(
    Section(
        name="consents",
        title=gettext_lazy("Einwilligungen"),
        icon="shield",
        order=50,
        url="company:consents",
        summary=_summary,
    )
)


@require_http_methods(["GET", "HEAD", "POST"])
@inside()
def overview(request: HttpRequest, *, me: Visitor) -> HttpResponse:
    if request.method == "POST":
        return _withdraw(request, me)
    rows = [
        {"consent": row, "words": words(row.purpose)}
        for row in me.person.consents.order_by("withdrawn_at", "-given_at", "-id")
    ]
    return render(request, "company/consents.html", {"me": me, "rows": rows})


def _withdraw(request: HttpRequest, me: Visitor) -> HttpResponse:
    consent = me.person.consents.filter(uuid=identity(request.POST.get("einwilligung", ""))).first()
    if consent is None:
        raise Http404
    try:
        consents.withdraw(person=me.person, purpose=consent.purpose, by=me.by)
    except DomainError:
        messages.info(request, _("Das war schon widerrufen."))
    else:
        messages.success(request, _("Widerrufen. Ab jetzt halten wir uns daran."))
    return redirect("company:consents")
