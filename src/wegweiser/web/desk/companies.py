"""Companies as the whole consortium may see them, and the timeline of one."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from wegweiser.companies import queries
from wegweiser.companies.models import Company, Fact, Size
from wegweiser.consortium import directory as centre_lists
from wegweiser.consortium.models import District, Member, Sector
from wegweiser.consortium.rights import Permission
from wegweiser.enquiries import queries as enquiries
from wegweiser.enquiries.models import OPEN, Case
from wegweiser.journey import queries as journey
from wegweiser.journey.counting import counting
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.web.desk.access import Desk, needs

PAGE = 50

# On what occasion something happened, as the timeline says it; a kind that is new here shows its format alone.
OCCASIONS: dict[str, str | Promise] = {
    "talk": gettext_lazy("Gespräch"),
    "visit": gettext_lazy("Vor-Ort-Termin"),
    "mail": gettext_lazy("Antwort per E-Mail"),
    "event": gettext_lazy("Veranstaltung"),
    "check": gettext_lazy("Check"),
    "project": gettext_lazy("Projekt"),
}


@dataclass(frozen=True)
class TimelineRow:
    """One step as the firm's page shows it. `minutes` is empty where nobody wrote it down."""

    day: dt.date
    title: str | Promise
    minutes: int | None
    text: str
    counts: bool
    taken_back: bool


def _row(step: Step) -> TimelineRow:
    minutes = step.measures.get("minutes")
    rules = counting().rules_on(step.day)
    return TimelineRow(
        day=step.day,
        title=OCCASIONS.get(step.occasion_kind, step.get_format_display()),
        minutes=int(minutes) if minutes else None,
        text=f"{step.topic} · {step.partner}",
        counts=rules is not None and step.occasion_kind not in rules.silent,
        taken_back=step.taken_back,  # type: ignore[attr-defined]
    )


@require_GET
@needs(Permission.COMPANY_SEE)
def directory(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """All firms, or those a name or phone number finds."""
    text = request.GET.get("q", "").strip()[:120]
    rows = queries.search(text, limit=200).companies if text else queries.listed()
    page = Paginator(rows, PAGE).get_page(request.GET.get("seite"))
    return render(request, "desk/companies.html", {"page": page, "lines": _lines(list(page)), "q": text})


def _lines(firms: list[Company]) -> list[dict[str, object]]:
    """Each firm with where it sits, its sector, and when something happened with it last."""
    facts = queries.known_of(firms, (Fact.Kind.SECTOR, Fact.Kind.DISTRICT), clock.today())
    sectors = {row.key: str(row.label) for row in centre_lists.sectors()}
    districts = {row.ags: row.name for row in centre_lists.districts()}
    met = journey.met(firms)
    lines = []
    for firm in firms:
        sector, district = (facts.get((firm.pk, kind), "") for kind in (Fact.Kind.SECTOR, Fact.Kind.DISTRICT))
        lines.append(
            {
                "company": firm,
                "place": f"{firm.postcode} {firm.place}".strip() or districts.get(district, district),
                "sector": sectors.get(sector, sector),
                "met": met.get(firm.pk),
            }
        )
    return lines


@require_GET
@needs(Permission.COMPANY_SEE)
def company(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """One firm: facts, people, cases I may read, open promises, and its timeline."""
    found = Company.objects.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    root = queries.root_of(found)
    if root.pk != found.pk:
        return redirect("desk:company", uuid=root.uuid)
    day = clock.today()
    firms = queries.same_firm(root)
    everywhere = desk.everywhere_for(Permission.CASE_SEE)
    readable = enquiries.visible_cases(member=desk.member, day=day, everywhere=everywhere)
    promises = enquiries.promises(member=desk.member, day=day, everywhere=everywhere).filter(company__in=firms)
    context = {
        "company": root,
        "size": _known(root, Fact.Kind.SIZE, dict(Size.choices)),
        "sector": _known(root, Fact.Kind.SECTOR, {row.key: row.label for row in Sector.objects.all()}),
        "district": _known(root, Fact.Kind.DISTRICT, {row.ags: row.name for row in District.objects.all()}),
        "positions": [
            position for firm in firms.prefetch_related("positions__person") for position in firm.positions.all()
        ],
        "cases": readable.filter(company__in=firms).select_related("topic", "partner", "company")[:20]
        if desk.may(Permission.CASE_SEE)
        else [],
        "follow_ups": promises.select_related("partner", "member", "company", "case__company")
        if desk.may(Permission.CASE_SEE)
        else [],
        "advisers": _advisers(firms),
        "timeline": [_row(step) for step in journey.timeline(root)],
    }
    return render(request, "desk/company.html", context)


def _advisers(firms: QuerySet[Company]) -> list[Member]:
    """Who answers for an open case of the firm: whom a colleague asks before calling there. Names, no message."""
    cases = Case.objects.filter(company__in=firms, state__in=OPEN, adviser__isnull=False)
    return list(Member.objects.filter(pk__in=cases.values("adviser")))


def _known(company: Company, kind: str, words: Mapping[str, object]) -> object:
    """What is known of a firm today, in words."""
    fact = queries.fact(company, kind, clock.today())
    return words.get(fact.value, fact.value) if fact and fact.value else _("nicht bekannt")
