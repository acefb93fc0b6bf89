"""Figures for a period and a grant: Ist, Soll, what is missing, and the steps behind each figure.

Outsiders (the funder) read the same pages for the days that `questions` grants them, and get to the steps of totals
only: lists of steps by two dimensions, laid over each other, would single out firms.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from wegweiser.consortium.rights import Permission
from wegweiser.documents.values import NO_BREAK_SPACE
from wegweiser.funding import answers, plan, queries, questions, reports, words
from wegweiser.funding.models import Grant
from wegweiser.funding.queries import Results, Row
from wegweiser.funding.questions import Answer, Cell
from wegweiser.journey import indicators
from wegweiser.kernel import clock
from wegweiser.kernel.days import on, short
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.ui import maps
from wegweiser.web.ui.days import day

KINDS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", reports.as_xlsx),
    "pdf": ("application/pdf", reports.as_pdf),
    "json": ("application/json", reports.as_json),
}
PARAMETERS = {
    "district": "landkreis",
    "sector": "branche",
    "size": "groesse",
    "topic": "thema",
    "partner": "partner",
    "format": "art",
}
SHOWN = (indicators.COMPANIES_REACHED, indicators.CONTACTS)


@dataclass(frozen=True)
class Period:
    """The grant and the days one asked for. Outsiders have no choice.

    Days that make no sense are named in `errors` ("von", "bis") and stay in `typed`; the figures are about the whole
    grant then. `clipped` says that one asked for days before or after the grant, too.
    """

    grant: Grant
    start: dt.date
    end: dt.date
    recorded_by: dt.datetime | None = None  # of outsiders: what was entered later is not told yet
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    clipped: bool = False

    @property
    def begun(self) -> bool:
        """Whether it holds any day of the grant."""
        return self.end >= self.grant.starts_on

    @property
    def parameters(self) -> dict[str, str]:
        return {"foerderung": self.grant.slug, "von": self.start.isoformat(), "bis": self.end.isoformat()}

    @property
    def shown(self) -> dict[str, str]:
        """What stands in the fields of the days: what was typed, where it was wrong."""
        return {"von": self.start.isoformat(), "bis": self.end.isoformat(), **(self.typed if self.errors else {})}

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong with each field; empty where nothing is."""
        return {"von": "", "bis": "", **self.errors}


def period_of(asked: Mapping[str, str], *, outside: bool = False) -> Period | None:
    grant = Grant.objects.filter(slug=asked.get("foerderung", "")).first() or queries.running_grant()
    if grant is None:
        return None
    if outside:
        extent = questions.outsiders_extent(grant, clock.today())
        return Period(grant, extent.start, extent.end, extent.recorded_by)
    first, last = grant.starts_on, min(clock.today(), grant.ends_on)
    typed = {name: asked[name].strip()[:20] for name in ("von", "bis") if asked.get(name, "").strip()}
    days = {name: day(text) for name, text in typed.items()}
    start, end = days.get("von") or first, days.get("bis") or last
    errors = {name: _("Diesen Tag gibt es nicht.") for name, found in days.items() if found is None}
    if not errors and typed and start > end:
        errors["bis"] = _("Das Ende liegt vor dem Anfang.")
    elif not errors and typed and (end < grant.starts_on or start > grant.ends_on):
        term = {"start": on(grant.starts_on), "end": on(grant.ends_on)}
        errors["bis"] = _("Die Förderung läuft vom %(start)s bis %(end)s.") % term
    if errors:
        return Period(grant, min(first, last), last, typed=typed, errors=errors)
    asked_for = start, end
    start, end = max(start, first), min(end, grant.ends_on)
    return Period(grant, min(start, end), end, clipped=bool(typed) and (start, end) != asked_for)


def _results(period: Period, *, outside: bool) -> Results:
    if outside:
        return queries.results_for_outsiders(period.grant, clock.today())
    return queries.results(period.grant, period.start, period.end)


def address(name: str, period: Period, **more: str) -> str:
    return f"{reverse(name)}?{urlencode({**period.parameters, **more})}"


def _written(value: Decimal | None) -> str:
    """A figure with the reader's separators, without a fraction where there is none; empty where it is not known."""
    found = queries.number(value)
    return "" if found is None else number_format(found, force_grouping=True)


def _is_tile(row: Row) -> bool:
    """What is promised, and what is always asked for; all else is a row of a table."""
    return row.key in SHOWN or row.target is not None


def _is_reach(row: Row) -> bool:
    return bool(row.reached or row.target)


def _tile(row: Row, period: Period) -> dict[str, object]:
    percent = min(100, round(100 * row.reached / row.target)) if row.target else ""
    return {
        "key": row.key,
        "label": words.INDICATORS.get(row.key, row.key),
        "definition": words.DEFINITIONS.get(row.key, ""),
        "due": _written(row.due and Decimal(round(row.due))),
        "state": row.state or "",
        "state_text": plan.WORDS[row.state] if row.state else "",
        "actual": number_format(row.actual, force_grouping=True),
        "opening": number_format(row.opening.value, force_grouping=True) if row.opening else "",
        "opening_note": _opening_note(row),
        "target": _written(row.target),
        "missing": _written(row.missing),
        "percent": percent,
        "href": address("desk:evidence", period, kennzahl=row.key),
    }


def _opening_note(row: Row) -> str:
    if row.opening is None:
        return ""
    note = _("Eröffnungswert, Stand %(day)s: %(reason)s") % {"day": on(row.opening.day), "reason": row.opening.reason}
    doubt = twice(row.proven_before)
    return f"{note.rstrip('.')}. {doubt}" if doubt else note


def twice(proven: int) -> str:
    """What to think of where steps prove something of the time that an opening balance is about."""
    if not proven:
        return ""
    return _(
        "Achtung: Bis zu diesem Tag sind auch %(number)s einzeln belegt. Im Eröffnungswert dürfen sie nicht stecken, "
        "sonst zählen sie doppelt."
    ) % {"number": number_format(proven, force_grouping=True)}


def _href(answer: Answer, cell: Cell) -> str:
    """The way to the steps of a cell; the cells of outsiders have none."""
    question = answer.question
    if not cell.steps:
        return ""
    period = Period(question.grant, question.start, question.end)
    return address("desk:evidence", period, kennzahl=question.indicator, nach=question.dimension, wert=cell.key)


def _bars(answer: Answer, labels: words.Labels) -> list[dict[str, object]]:
    """The largest first, what is unknown last and as a bar of its own."""
    return [
        {
            "label": labels.of(answer.question.dimension, cell.key),
            "text": answers.number(cell.value),
            "percent": 100 * (cell.value or 0) / answer.longest,
            "href": _href(answer, cell),
        }
        for cell in answer.cells
    ]


def _map(answer: Answer) -> maps.DistrictMap:
    """The districts, each leading to its steps where the reader may see them; what belongs to none is in the table."""
    figures = {cell.key: cell.value for cell in answer.cells}
    hrefs = {cell.key: _href(answer, cell) for cell in answer.cells}
    others = {key: (str(name), figures.pop(key)) for key, name in words.OTHERS.items() if key in figures}
    return maps.district_map(
        title=str(words.INDICATORS[answer.question.indicator]),
        description=_("Jeder Landkreis führt zu seinen Nachweisen.")
        if any(hrefs.values())
        else _("Jede Zahl steht auch in der Tabelle."),
        label=str(words.UNITS.get(answer.unit, "")),
        figures=figures,
        hrefs=hrefs,
        hidden=str(answers.HIDDEN),
        others=[maps.Row(name, answers.number(value), hrefs[key]) for key, (name, value) in others.items()],
    )


def _chart(answer: Answer, labels: words.Labels, said: Collection[str]) -> dict[str, object]:
    """With what one has to know of this chart alone: what is `said` of all of them stands below."""
    rows = _bars(answer, labels)
    return {
        "title": answers.title(answer),
        "rows": rows,
        "map": _map(answer) if answer.question.dimension == "district" and answer.cells else None,
        "description": _("Jeder Landkreis führt zu seinen Nachweisen.") if any(row["href"] for row in rows) else "",
        "notes": [note for note in answers.notes(answer, labels) if note not in said],
    }


def _for_all(charts: Sequence[Answer], shown: Sequence[Answer], labels: words.Labels) -> list[str]:
    """What holds for every chart that is shown, and why one is not."""
    notes = [answers.notes(answer, labels) for answer in shown]
    missing = [note for answer in charts if answer not in shown for note in answers.notes(answer, labels)]
    shared = [note for note in (notes[0] if notes else []) if all(note in told for told in notes)]
    return list(dict.fromkeys([*missing, *shared]))


def _unknown(row: Row, period: Period) -> list[dict[str, str]]:
    """How many of the firms reached nobody knows the size, sector or district of, with the way to fill it in."""
    found = []
    for kind in indicators.FACTS:
        figure = row.indicator.by[kind].get(indicators.UNKNOWN)
        if figure is not None:
            told = {
                "kind": words.DIMENSIONS[kind],
                "share": f"{max(1, round(100 * figure.value / row.actual))}{NO_BREAK_SPACE}%",
                "count": number_format(figure.value, force_grouping=True),
            }
            text = ngettext(
                "%(kind)s: bei %(count)s Betrieb unbekannt (%(share)s)",
                "%(kind)s: bei %(count)s Betrieben unbekannt (%(share)s)",
                figure.value,
            )
            found.append({"text": text % told, "href": address("desk:unknown", period, angabe=kind)})
    return found


def left(days: int) -> str:
    """How long one has, in words."""
    if days == 0:
        return _("heute")
    if days < 0:
        late = ngettext("seit %(days)s Tag überfällig", "seit %(days)s Tagen überfällig", -days)
        return late % {"days": number_format(-days)}
    return ngettext("noch %(days)s Tag", "noch %(days)s Tage", days) % {"days": number_format(days)}


def _deadlines(grant: Grant, *, own: bool) -> list[dict[str, object]]:
    """What is due next, with the days that are left."""
    today = clock.today()
    return [
        {"term": found.title, "text": f"{on(found.day)}, {left((found.day - today).days)}"}
        for found in queries.due(grant, today, own=own)
    ]


@require_GET
@needs(Permission.REPORT_SEE)
def report(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Tiles, one chart with its table, and the way to the evidence."""
    period = period_of(request.GET, outside=desk.outside)
    if period is None:
        return render(request, "desk/no_grant.html")
    found = _results(period, outside=desk.outside)
    dimension = request.GET.get("nach", "format")
    dimension = dimension if dimension in indicators.DIMENSIONS else "format"
    labels, rows = words.Labels(), {row.key: row for row in found.rows}
    charts = [found.answer(rows[key], dimension) for key in SHOWN]
    shown = [answer for answer in charts if answer.cells or not answer.refused]
    hints = _for_all(charts, shown, labels)
    context = {
        "period": period,
        "today": clock.today(),
        "grants": [(grant.slug, str(grant.title)) for grant in Grant.objects.all()],
        "tiles": [_tile(row, period) for row in found.usual if _is_tile(row)],
        "further": [_tile(row, period) for row in found.usual if not _is_tile(row)],
        "reach": [_tile(row, period) for row in found.reach] if any(_is_reach(row) for row in found.reach) else [],
        "reach_notes": reports.reach_notes(found),
        "further_headers": [
            {"label": _("Kennzahl")},
            {"label": _("Ist"), "numeric": True},
        ],
        "deadlines": _deadlines(period.grant, own=desk.may(Permission.BUDGET_SEE)),
        "may_plan": desk.may(Permission.GRANT_EDIT),
        "dimension": dimension,
        "dimensions": list(words.DIMENSIONS.items()),
        "charts": [_chart(answer, labels, hints) for answer in shown],
        "unknown": _unknown(rows[indicators.COMPANIES_REACHED], period) if desk.may(Permission.COMPANY_EDIT) else [],
        "hints": hints,
        "outside": desk.outside,
        "plan_rule": plan.rule(period.end),
        "targets_changed": queries.targets_changed_on(period.grant),
        "due_text": _("bis %(day)s geplant") % {"day": short(period.end)} if period.end < clock.today() else "",
        "known": answers.known(period.recorded_by) if period.recorded_by else "",
        "downloads": [(kind.upper(), address("desk:report_download", period, art=kind)) for kind in KINDS],
    }
    return render(request, "desk/report.html", context)


def asked_for(asked: Mapping[str, str], labels: words.Labels) -> dict[str, str]:
    """What an address narrows figures to; a value that does not exist narrows nothing."""
    found = {}
    for dimension, name in PARAMETERS.items():
        key = asked.get(name, "")
        known = key in labels.known[dimension] or (dimension in indicators.FACTS and key in words.OTHERS)
        if known or (key and dimension == "sector" and key in labels.groups):
            found[dimension] = key
    return found


@require_GET
@needs(Permission.REPORT_SEE)
def download(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The same figures as a file; the funder's has the funder's days and no cell under five."""
    kind = request.GET.get("art", "xlsx")
    period = period_of(request.GET, outside=desk.outside)
    if period is None or kind not in KINDS:
        raise Http404
    media, make = KINDS[kind]
    body = make(_results(period, outside=desk.outside))
    name = f"bericht-{period.grant.slug}-{period.start}-{period.end}.{kind}"
    return HttpResponse(body, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
