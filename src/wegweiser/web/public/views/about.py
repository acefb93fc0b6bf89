"""What the law asks for, and help that a page can give: imprint, privacy, easy language."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wegweiser.catalogue import queries as catalogue
from wegweiser.kernel import policy
from wegweiser.kernel.translated import Translated
from wegweiser.web import context as centres
from wegweiser.web import going_back
from wegweiser.web.cookies import COMPANY_COOKIE
from wegweiser.web.page_cache import FRESH_COOKIE, MOST_SECONDS, keep
from wegweiser.web.public import limits

# Purposes that concern visitors and companies; those of staff and proof concern others.
VISITORS = ("enquiry", "relationship", "mail", "consent", "aid")


@login_not_required
@keep
@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    context = {"operator": _operator(request), "credits": catalogue.picture_credits()}
    return render(request, "public/imprint.html", context)


@login_not_required
@keep
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    purposes = policy.document()["purposes"]
    context = {
        "purposes": [_purpose(purposes[key]) for key in VISITORS if key in purposes],
        "cookies": _cookies(),
        "kept_minutes": going_back.SECONDS // 60,
        "counted_minutes": max(limits.ASK[1], limits.SEND[1]) // 60,
        "operator": _operator(request),
    }
    return render(request, "public/privacy.html", context)


def _purpose(row: dict[str, Any]) -> dict[str, str]:
    """A purpose of the policy file in the reader's language."""
    basis = row["legal_basis"]
    words = {name: str(Translated(row.get(name, {}))) for name in ("title", "text", "data", "recipients")}
    cited = policy.german_basis(basis) if (get_language() or "de").startswith("de") else basis
    return {**words, "ground": _ground(basis), "basis": cited, "retention": _retention(row["retention"])}


# What the letters of Art. 6(1) GDPR mean.
GROUNDS = {
    "a": _("Sie haben zugestimmt"),
    "b": _("wir brauchen es für einen Vertrag mit Ihnen"),
    "c": _("das Gesetz verpflichtet uns"),
    "e": _("es gehört zu unserer öffentlichen Aufgabe"),
    "f": _("wir haben ein berechtigtes Interesse"),
}


def _ground(basis: str) -> str:
    """A legal basis as one says it."""
    letters = re.findall(r"\(([abcef])\)", basis.partition("Art. 6")[2].partition(";")[0])
    if not letters:
        return _now("Wir müssen Ihre Zustimmung nachweisen können")
    text = _now(" oder ").join(str(GROUNDS[letter]) for letter in letters)
    return text[0].upper() + text[1:]


# What a term of the policy file counts from.
COUNTED_FROM = {
    "case closed": _("%(term)s nach dem Abschluss Ihres Anliegens"),
    "last contact": _("%(term)s nach dem letzten Kontakt"),
    "withdrawal": _("%(term)s nach Ihrem Widerruf"),
    "sent": _("%(term)s nach dem Versand"),
    "last aid": _("%(term)s nach der letzten Beihilfe"),
}


def _retention(retention: dict[str, Any]) -> str:
    months = int(retention["months"])
    if months % 12:
        term = ngettext("%(number)d Monat", "%(number)d Monate", months) % {"number": months}
    else:
        term = ngettext("%(number)d Jahr", "%(number)d Jahre", months // 12) % {"number": months // 12}
    return str(COUNTED_FROM[retention["months_after"]]) % {"term": term}


def _cookies() -> list[dict[str, str]]:
    """Every cookie that a visitor may get, and the one of a login."""
    days, seconds = settings.CSRF_COOKIE_AGE // 86_400, int(MOST_SECONDS) + 1
    return [
        {
            "name": settings.CSRF_COOKIE_NAME,
            "text": _now("Schützt Formulare davor, dass fremde Seiten sie in Ihrem Namen senden."),
            "term": ngettext("%(number)d Tag", "%(number)d Tage", days) % {"number": days},
        },
        {
            "name": FRESH_COOKIE,
            "text": _now("Zeigt Ihnen nach dem Senden sofort den neuesten Stand. Es hat keinen Inhalt."),
            "term": ngettext("%(number)d Sekunde", "%(number)d Sekunden", seconds) % {"number": seconds},
        },
        {
            "name": settings.SESSION_COOKIE_NAME,
            "text": _now("Nur für Mitarbeitende: hält sie eingeloggt."),
            "term": _now("bis der Browser geschlossen wird"),
        },
        {
            "name": COMPANY_COOKIE,
            "text": _now("Nur in „Mein Betrieb“: hält Sie eingeloggt."),
            "term": _now("bis der Browser geschlossen wird, auf Ihren Wunsch 30 Tage"),
        },
    ]


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
    "supervised_by",
    "responsible_for_content",
    "data_protection_officer",
    "supervisory_authority",
    "supervisory_authority_url",
    "hosting",
    "accessibility_contact",
)


def _operator(request: HttpRequest) -> dict[str, str]:
    """Who answers for the site, with every field the pages may ask for."""
    return dict.fromkeys(OPERATOR, "") | centres.of(request).operator
