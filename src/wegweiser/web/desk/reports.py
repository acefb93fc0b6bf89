"""Figures for a period and a grant: Ist, Soll, what is missing, and the steps behind each figure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from wegweiser.consortium.rights import Permission
from wegweiser.funding import deadlines, plan, queries, reports, words
from wegweiser.funding.models import Grant
from wegweiser.funding.queries import Results, Row
from wegweiser.journey import indicators
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.ui import maps

PAGE = 50
KINDS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", reports.as_xlsx),
    "pdf": ("application/pdf", reports.as_pdf),
    "json": ("application/json", reports.as_json),
}
SHOWN = (indicators.COMPANIES_REACHED, indicators.CONTACTS)


@dataclass(frozen=True)
class Period:
    """The grant and the days one asked for; days that make no sense are put right."""

    grant: Grant
    start: dt.date
    end: dt.date

    @property
    def parameters(self) -> dict[str, str]:
        return {"foerderung": self.grant.slug, "von": self.start.isoformat(), "bis": self.end.isoformat()}


def _day(text: str, otherwise: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return otherwise


def _period(asked: Mapping[str, str]) -> Period | None:
    grant = Grant.objects.filter(slug=asked.get("foerderung", "")).first() or queries.running_grant()
    if grant is None:
        return None
    start = max(_day(asked.get("von", ""), grant.starts_on), grant.starts_on)
    end = min(_day(asked.get("bis", ""), min(clock.today(), grant.ends_on)), grant.ends_on)
    return Period(grant, min(start, end), end)


def _address(name: str, period: Period, **more: str) -> str:
    return f"{reverse(name)}?{urlencode({**period.parameters, **more})}"


def _written(value: Decimal | None) -> str:
    """A figure with the reader's separators, without a fraction where there is none; empty where it is not known."""
    found = queries.number(value)
    return "" if found is None else number_format(found)


def _is_tile(row: Row) -> bool:
    """What is promised, and what is always asked for; all else is a row of a table."""
    return row.key in SHOWN or row.target is not None


def _tile(row: Row, period: Period) -> dict[str, object]:
    percent = min(100, round(100 * row.actual / row.target)) if row.target else ""
    return {
        "key": row.key,
        "label": words.INDICATORS.get(row.key, row.key),
        "definition": words.DEFINITIONS.get(row.key, ""),
        "due": _written(row.due and Decimal(round(row.due))),
        "state": row.state or "",
        "state_text": plan.WORDS[row.state] if row.state else "",
        "actual": number_format(row.actual),
        "target": _written(row.target),
        "missing": _written(row.missing),
        "percent": percent,
        "href": _address("desk:evidence", period, kennzahl=row.key),
    }


def _bars(row: Row, dimension: str, period: Period, labels: words.Labels) -> list[dict[str, object]]:
    """The largest first, what is unknown last and as a bar of its own."""
    figures = row.indicator.by[dimension]
    longest = max((figure.value for figure in figures.values()), default=0) or 1
    return [
        {
            "label": labels.of(dimension, key),
            "text": number_format(figure.value),
            "percent": 100 * figure.value / longest,
            "href": _address("desk:evidence", period, kennzahl=row.key, nach=dimension, wert=key),
        }
        for key, figure in words.ordered(figures, dimension)
    ]


def _map(row: Row, period: Period) -> maps.DistrictMap:
    """The districts, each leading to its steps; what belongs to none stands in the table."""
    figures = {ags: figure.value for ags, figure in row.indicator.by["district"].items()}
    hrefs = {ags: _address("desk:evidence", period, kennzahl=row.key, nach="district", wert=ags) for ags in figures}
    others = {key: (str(name), figures.pop(key)) for key, name in words.OTHERS.items() if key in figures}
    return maps.district_map(
        title=str(words.INDICATORS[row.key]),
        description=_("Jeder Landkreis führt zu seinen Nachweisen."),
        label=str(words.UNITS.get(row.indicator.unit, "")),
        figures=figures,
        hrefs=hrefs,
        others=[maps.Row(name, number_format(value), hrefs[key]) for key, (name, value) in others.items()],
    )


def _left(days: int) -> str:
    if days == 0:
        return _("heute")
    return ngettext("noch %(days)s Tag", "noch %(days)s Tage", days) % {"days": number_format(days)}


def _deadlines(grant: Grant) -> list[dict[str, object]]:
    """What the funder wants next, with the days that are left."""
    today = clock.today()
    return [
        {
            "term": f"{deadlines.WORDS[found.key]} {found.year or ''}".strip(),
            "text": f"{date_format(found.day, 'j. F Y')}, {_left((found.day - today).days)}",
        }
        for found in deadlines.upcoming(starts_on=grant.starts_on, ends_on=grant.ends_on, on=today)
    ]


@require_GET
@needs(Permission.REPORT_SEE)
def report(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Tiles, one chart with its table, and the way to the evidence."""
    period = _period(request.GET)
    if period is None:
        return render(request, "desk/no_grant.html")
    found = queries.results(period.grant, period.start, period.end)
    dimension = request.GET.get("nach", "format")
    dimension = dimension if dimension in indicators.DIMENSIONS else "format"
    labels = words.Labels()
    rows = {row.key: row for row in found.rows}
    context = {
        "period": period,
        "grants": [(grant.slug, str(grant.title)) for grant in Grant.objects.all()],
        "tiles": [_tile(row, period) for row in found.rows if _is_tile(row)],
        "further": [_tile(row, period) for row in found.rows if not _is_tile(row)],
        "further_headers": [
            {"label": _("Kennzahl")},
            {"label": _("Ist"), "numeric": True},
            {"label": _("Was zählt")},
        ],
        "deadlines": _deadlines(period.grant),
        "dimension": dimension,
        "dimensions": list(words.DIMENSIONS.items()),
        "charts": [
            {
                "title": _("%(indicator)s nach %(dimension)s")
                % {"indicator": words.INDICATORS[key], "dimension": words.DIMENSIONS[dimension]},
                "rows": _bars(rows[key], dimension, period, labels),
                "map": _map(rows[key], period) if dimension == "district" else None,
            }
            for key in SHOWN
        ],
        "downloads": [(kind.upper(), _address("desk:report_download", period, art=kind)) for kind in KINDS],
    }
    return render(request, "desk/report.html", context)


def _behind(found: Results, key: str, dimension: str, value: str) -> indicators.Figure:
    """The figure an address names. Raises Http404 for one that does not exist."""
    row = next((row for row in found.rows if row.key == key), None)
    if row is None:
        raise Http404
    if not dimension:
        return row.indicator.total
    figure = row.indicator.by.get(dimension, {}).get(value)
    if figure is None:
        raise Http404
    return figure


@require_GET
@needs(Permission.REPORT_SEE)
def evidence(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The steps behind one figure. The funder sees no firm's name, only its identifier."""
    period = _period(request.GET)
    if period is None:
        raise Http404
    key, dimension = request.GET.get("kennzahl", ""), request.GET.get("nach", "")
    found = queries.results(period.grant, period.start, period.end)
    figure = _behind(found, key, dimension, request.GET.get("wert", ""))
    page = Paginator(figure.steps, PAGE).get_page(request.GET.get("seite"))
    steps = Step.objects.filter(uuid__in=list(page.object_list)).select_related("topic", "partner", "company")
    value = words.Labels().of(dimension, request.GET.get("wert", "")) if dimension else ""
    context = {
        "period": period,
        "title": words.INDICATORS.get(key, key),
        "value": value,
        "figure": figure,
        "page": page,
        "steps": steps.order_by("day", "id"),
        "names": desk.may(Permission.COMPANY_SEE),
        "back": _address("desk:reports", period),
    }
    return render(request, "desk/evidence.html", context)


@require_GET
@needs(Permission.REPORT_SEE)
def download(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The same figures as a file."""
    period, kind = _period(request.GET), request.GET.get("art", "xlsx")
    if period is None or kind not in KINDS:
        raise Http404
    media, make = KINDS[kind]
    body = make(queries.results(period.grant, period.start, period.end))
    name = f"bericht-{period.grant.slug}-{period.start}-{period.end}.{kind}"
    return HttpResponse(body, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
