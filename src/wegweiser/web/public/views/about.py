"""What the law asks for, and help that a page can give: imprint, privacy, easy language."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wegweiser.kernel import policy
from wegweiser.web import context as centres
from wegweiser.web.page_cache import keep

# Purposes that concern visitors and companies; those of staff and proof concern others.
VISITORS = ("enquiry", "relationship", "mail", "consent")


@login_not_required
@keep
@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "public/imprint.html", {"operator": _operator(request)})


@login_not_required
@keep
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    language = (get_language() or "de")[:2]
    purposes = policy.document()["purposes"]
    rows = [
        {
            "title": purposes[key]["title"].get(language) or purposes[key]["title"]["de"],
            "text": purposes[key]["text"].get(language) or purposes[key]["text"]["de"],
            "basis": purposes[key]["legal_basis"],
            "retention": _retention(purposes[key]["retention"]),
        }
        for key in VISITORS
        if key in purposes
    ]
    return render(request, "public/privacy.html", {"purposes": rows, "operator": _operator(request)})


# What a term of the policy file counts from.
COUNTED_FROM = {
    "case closed": _("%(months)d Monate nach dem Abschluss Ihres Anliegens"),
    "last contact": _("%(months)d Monate nach dem letzten Kontakt"),
    "withdrawal": _("%(months)d Monate nach Ihrem Widerruf"),
    "sent": _("%(months)d Monate nach dem Versand"),
}


def _retention(retention: dict[str, object]) -> str:
    sentence = COUNTED_FROM.get(str(retention.get("months_after")))
    return str(sentence) % {"months": retention["months"]} if sentence else ""


@login_not_required
@keep
@require_safe
def easy(request: HttpRequest) -> HttpResponse:
    """The essentials in Leichte Sprache: one thought a sentence, no genitive, long words parted."""
    return render(request, "public/easy.html")


OPERATOR = (
    "name",
    "street",
    "postcode",
    "place",
    "represented_by",
    "email",
    "phone",
    "register",
    "vat_id",
    "responsible_for_content",
    "data_protection_officer",
    "supervisory_authority",
    "accessibility_contact",
)


def _operator(request: HttpRequest) -> dict[str, str]:
    """Who answers for the site, with every field the pages may ask for."""
    return dict.fromkeys(OPERATOR, "") | centres.of(request).operator
