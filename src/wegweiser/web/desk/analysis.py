"""A question to the figures as a sentence one fills in, and its answer in words, as a table, as bars and as a map."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from wegweiser.consortium.rights import Permission
from wegweiser.funding import answers, questions, words
from wegweiser.funding.questions import Answer, Cell, Question, Refusal
from wegweiser.journey import indicators
from wegweiser.journey.counting import counting
from wegweiser.kernel import clock
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.reports import PARAMETERS, Period, address, asked_for, period_of
from wegweiser.web.ui import maps

KINDS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answers.as_xlsx),
    "pdf": ("application/pdf", answers.as_pdf),
}
ALL: dict[str, str | Promise] = {
    "district": gettext_lazy("alle Landkreise"),
    "sector": gettext_lazy("alle Branchen"),
    "size": gettext_lazy("jede Größe"),
    "topic": gettext_lazy("alle Themen"),
    "partner": gettext_lazy("alle Partner"),
    "format": gettext_lazy("jede Art von Hilfe"),
}
PART: dict[str, str | Promise] = {
    "district": gettext_lazy("im Landkreis"),
    "sector": gettext_lazy("aus der Branche"),
    "size": gettext_lazy("mit so vielen Beschäftigten"),
    "topic": gettext_lazy("zum Thema"),
    "partner": gettext_lazy("bei Partner"),
    "format": gettext_lazy("durch"),
}


def _question(request: HttpRequest, labels: words.Labels, *, outside: bool) -> tuple[Question, Period] | None:
    """What the address asks; what makes no sense in it is put right. None while no grant runs."""
    period = period_of(request.GET, outside=outside)
    if period is None:
        return None
    indicator, dimension = request.GET.get("kennzahl", ""), request.GET.get("je", "")
    question = Question(
        grant=period.grant,
        indicator=indicator if indicator in counting().indicators else indicators.COMPANIES_REACHED,
        dimension=dimension if dimension in indicators.DIMENSIONS else "topic",
        start=period.start,
        end=period.end,
        only={} if outside else asked_for(request.GET, labels),
        recorded_by=period.recorded_by,
    )
    return question, period


def _answer(question: Question, *, outside: bool) -> Answer:
    return questions.answer_for_outsiders(question, today=clock.today()) if outside else questions.answer(question)


def _fields(question: Question, labels: words.Labels) -> list[dict[str, object]]:
    """The open places of the sentence that narrow it."""
    found: list[dict[str, object]] = []
    for dimension in questions.FILTERS:
        others = list(words.OTHERS.items()) if dimension in indicators.FACTS else []
        groups = [(row.key, str(row)) for row in labels.groups.values()] if dimension == "sector" else []
        found.append(
            {
                "name": PARAMETERS[dimension],
                "label": PART[dimension],
                "empty": ALL[dimension],
                "options": [*groups, *labels.known[dimension].items(), *others],
                "value": question.only.get(dimension, ""),
            }
        )
    return found


def _parameters(question: Question) -> dict[str, str]:
    chosen = {PARAMETERS[dimension]: key for dimension, key in question.only.items()}
    return {"kennzahl": question.indicator, "je": question.dimension, **chosen}


def _rows(answer: Answer, period: Period, labels: words.Labels) -> list[dict[str, object]]:
    question = answer.question

    def href(cell: Cell) -> str:
        if not cell.steps:
            return ""
        asked = {**_parameters(question), "nach": question.dimension, "wert": cell.key, "aus": "auswertung"}
        return address("desk:evidence", period, **asked)

    return [
        {
            "key": cell.key,
            "label": labels.of(question.dimension, cell.key),
            "text": answers.number(cell.value),
            "percent": 100 * (cell.value or 0) / answer.longest,
            "href": href(cell),
        }
        for cell in answer.cells
    ]


def _map(answer: Answer, rows: list[dict[str, object]]) -> maps.DistrictMap:
    figures = {cell.key: cell.value for cell in answer.cells}
    hrefs = {str(row["key"]): str(row["href"]) for row in rows}
    others = [
        maps.Row(str(name), answers.number(figures.pop(key)), hrefs[key])
        for key, name in words.OTHERS.items()
        if key in figures
    ]
    return maps.district_map(
        title=str(words.INDICATORS[answer.question.indicator]),
        description=_("Jede Zahl steht auch in der Tabelle."),
        label=str(words.UNITS.get(answer.unit, "")),
        figures=figures,
        hrefs=hrefs,
        hidden=str(answers.HIDDEN),
        others=others,
    )


@require_GET
@needs(Permission.REPORT_SEE)
def show(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The sentence and its answer. Outsiders get theirs, with the way to the steps of the total alone."""
    labels = words.Labels()
    asked = _question(request, labels, outside=desk.outside)
    if asked is None:
        return render(request, "desk/no_grant.html")
    answer = _answer(asked[0], outside=desk.outside)
    question, period = answer.question, asked[1]
    rows = _rows(answer, period, labels)
    context = {
        "period": period,
        "today": clock.today(),
        "question": question,
        "inside": not desk.outside,
        "indicators": [(key, words.INDICATORS.get(key, key)) for key in counting().indicators],
        "fields": [] if desk.outside else _fields(question, labels),
        "dimensions": list(words.DIMENSIONS.items()),
        "definition": words.DEFINITIONS.get(question.indicator, ""),
        "sentence": answers.sentence(answer, labels),
        "notes": answers.notes(answer, labels),
        "known": answers.known(period.recorded_by) if period.recorded_by else "",
        "refused": answer.refused and answer.total > 0,
        "firms": address("desk:analysis", period, kennzahl=indicators.COMPANIES_REACHED, je=question.dimension)
        if answer.refused == Refusal.FIRMS_ONLY
        else "",
        "total": answers.number(answer.total),
        "total_href": address("desk:evidence", period, **_parameters(question), aus="auswertung"),
        "rows": rows,
        "map": _map(answer, rows) if question.dimension == "district" and rows else None,
        "headers": [
            {"label": words.DIMENSIONS[question.dimension]},
            {"label": words.UNITS.get(answer.unit, ""), "numeric": True},
        ],
        "title": answers.title(answer),
        "downloads": [
            (kind.upper(), address("desk:analysis_download", period, **_parameters(question), datei=kind))
            for kind in KINDS
        ],
        "is_narrowed": bool(question.only),
        "reset": address("desk:analysis", period, kennzahl=question.indicator, je=question.dimension),
    }
    return render(request, "desk/analysis.html", context)


@require_GET
@needs(Permission.REPORT_SEE)
def download(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The same answer as a file."""
    asked, kind = _question(request, words.Labels(), outside=desk.outside), request.GET.get("datei", "xlsx")
    if asked is None or kind not in KINDS:
        raise Http404
    media, make = KINDS[kind]
    answer = _answer(asked[0], outside=desk.outside)
    name = answers.file_name(answer, words.Labels(), kind)
    return HttpResponse(
        make(answer), content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
