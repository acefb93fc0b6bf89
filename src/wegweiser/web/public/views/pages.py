"""The home page, the page for an IT emergency, and what the law asks for."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from wegweiser.kernel import policy
from wegweiser.kernel.translated import Translated
from wegweiser.web import context as centres
from wegweiser.web import look
from wegweiser.web.public import offers, reads, sections

DATES = 3
PROMISES = ("neutral", "free", "for_whom", "where")  # texts of the site
# Purposes that concern visitors and companies; those of staff and proof concern others.
VISITORS = ("enquiry", "relationship", "mail", "consent")


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    view = centres.of(request)
    promises = [text for name in PROMISES if (text := view.site_text(name))]
    context = {
        "dates": offers.cards(reads.next_dates(DATES)),
        "promises": promises,
        "sections": sections.ON_THE_HOME_PAGE,
    }
    return render(request, "public/home.html", context)


@login_not_required
@require_safe
def emergency(request: HttpRequest) -> HttpResponse:
    found = centres.of(request).emergency
    context = {
        "lead": str(Translated(found.get("lead", {}))),
        "steps": [{"title": str(Translated(step))} for step in found.get("steps", [])],
        "helpers": [
            {
                "name": str(Translated(row["name"])),
                "text": str(Translated(row.get("text", {}))),
                "phone": row.get("phone", ""),
                "url": row.get("url", ""),
                "checked": reads.day(row["last_checked"]),
            }
            for row in found.get("contacts", [])
        ],
    }
    return render(request, "public/emergency.html", context)


@login_not_required
@cache_control(public=True, max_age=31_536_000, immutable=True)
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The centre's own colours; its address changes when they do."""
    row = centres.of(request).row
    return HttpResponse(look.style_sheet(row.look if row else {}), content_type="text/css; charset=utf-8")


@login_not_required
@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "public/imprint.html", {"operator": _operator(request)})


@login_not_required
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
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html", {"operator": _operator(request)})


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
    "enforcement_body",
)


def _operator(request: HttpRequest) -> dict[str, str]:
    """Who answers for the site, with every field the pages may ask for."""
    return dict.fromkeys(OPERATOR, "") | centres.of(request).operator
