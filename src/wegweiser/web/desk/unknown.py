"""Firms of which a report knows too little, to be filled in one tap each."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import unknown_facts
from wegweiser.funding import words
from wegweiser.journey import gaps
from wegweiser.journey.gaps import Gap
from wegweiser.journey.indicators import FACTS
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.reports import Period, address, period_of
from wegweiser.web.desk.sentences import SENTENCES

PAGE = 25


@dataclass(frozen=True)
class Place:
    """One thing to choose for a firm; `value` is what is known by now."""

    kind: str
    label: str | Promise
    options: list[tuple[str, str]]
    value: str
    name: str


@dataclass(frozen=True)
class Row:
    company: Company
    last: dt.date
    places: Sequence[Place]
    saved: bool = False
    error: str = ""


def _row(company: Company, gap: Gap, kinds: Sequence[str], labels: words.Labels, **more: object) -> Row:
    places = [
        Place(
            kind,
            words.DIMENSIONS[kind],
            list(labels.known[kind].items()),
            gap.known.get(kind, ""),
            f"{kind}-{company.pk}",
        )
        for kind in kinds
    ]
    return Row(company, gap.last, places, **more)  # type: ignore[arg-type]


def _kind(asked: Mapping[str, str]) -> str:
    return asked.get("angabe", "") if asked.get("angabe") in FACTS else ""


@require_GET
@needs(Permission.COMPANY_EDIT)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Those met last first; narrowed to one kind of fact where asked."""
    period = period_of(request.GET)
    if period is None:
        return render(request, "desk/no_grant.html")
    kind = _kind(request.GET)
    found = gaps.gaps(start=period.start, end=period.end, grant=period.grant.slug)
    hidden = set(Company.objects.exclude(restricted_at=None).values_list("pk", flat=True))
    restricted = sum(gap.company in hidden for gap in found)
    found = [gap for gap in found if gap.company not in hidden]
    counts = {name: sum(name in gap.since for gap in found) for name in FACTS}
    found = [gap for gap in found if not kind or kind in gap.since]
    page = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    firms = Company.objects.in_bulk([gap.company for gap in page])
    labels = words.Labels()
    context = {
        "period": period,
        "kind": kind,
        "kinds": [
            (name, words.DIMENSIONS[name], counts[name], address("desk:unknown", period, angabe=name)) for name in FACTS
        ],
        "all_href": address("desk:unknown", period),
        "page": page,
        "count": len(found),
        "restricted": restricted,
        "rows": [_row(firms[gap.company], gap, list(gap.since), labels) for gap in page],
        "back": address("desk:reports", period),
    }
    return render(request, "desk/unknown.html", context)


@require_POST
@needs(Permission.COMPANY_EDIT)
def save(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Keep what was chosen. With htmx the firm's row comes back, else the list."""
    period = period_of(request.POST)
    company = companies.canonical().filter(uuid=uuid, restricted_at=None).first()  # a nameless one has figures, too
    gap = _gap(company, period) if company and period else None
    if company is None or period is None or gap is None:
        raise Http404
    labels = words.Labels()
    asked = {kind: request.POST[kind] for kind in FACTS if kind in request.POST}
    chosen = {kind: value for kind, value in asked.items() if value and value != gap.known.get(kind)}
    wrong = [kind for kind, value in chosen.items() if value not in labels.known[kind]]
    error = str(SENTENCES["fact_unknown"]) if wrong else ""
    if not error:
        try:
            unknown_facts.fill(
                company=company,
                chosen=chosen,
                start=period.start,
                end=period.end,
                grant=period.grant.slug,
                by=desk.by,
            )
        except DomainError as refusal:
            error = str(SENTENCES.get(refusal.code, refusal.code))
    if request.htmx:  # type: ignore[attr-defined]
        row = _row(company, _gap(company, period) or gap, list(asked), labels, saved=not error, error=error)
        return render(request, "desk/_unknown_row.html", {"row": row, "period": period, "kind": _kind(request.POST)})
    if error:
        messages.error(request, error)
    elif chosen:
        messages.success(request, _("%(company)s: gespeichert.") % {"company": company})
    kind = _kind(request.POST)
    return redirect(address("desk:unknown", period, **({"angabe": kind} if kind else {})))


def _gap(company: Company, period: Period) -> Gap | None:
    return gaps.gap_of(company, start=period.start, end=period.end, grant=period.grant.slug)
