"""How soon first answers go out: figures for the management, and for each partner its own. Never per person."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Partner, Topic
from wegweiser.consortium.rights import Permission
from wegweiser.documents import sheets
from wegweiser.documents.sheets import Column, Sheet
from wegweiser.enquiries import answer_times, pace
from wegweiser.enquiries.models import Intake
from wegweiser.enquiries.pace import Asked, Figures
from wegweiser.kernel import clock
from wegweiser.kernel.days import short
from wegweiser.web.desk import case_tabs, figure_periods
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.figure_periods import Days
from wegweiser.web.ui import dates

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Part:
    """One division of the figures: its name and its rows."""

    key: str
    title: str
    rows: Sequence[tuple[str, Figures]]


@dataclass(frozen=True)
class Shown:
    """Everything that the page shows and a file holds."""

    days: Days
    partners: Sequence[Partner]
    partner: Partner | None
    total: Figures
    parts: Sequence[Part]


def _shown(request: HttpRequest, desk: Desk) -> Shown:
    days = figure_periods.of(request.GET)
    extent = desk.rights.extent(Permission.CASE_SEE)
    partners = [row for row in Partner.objects.all() if extent.everywhere or row.pk in extent.partners]
    partner = next((row for row in partners if row.slug == request.GET.get("partner")), None)
    wanted = {partner.pk} if partner else None if extent.everywhere else {row.pk for row in partners}
    rows = answer_times.asked(consortium.centre(), start=days.start, end=days.end, partners=wanted)
    topics: dict[Hashable, str] = {row.pk: str(row.title) for row in Topic.objects.all()}
    named: dict[Hashable, str] = {row.pk: row.short_name for row in partners}
    by_topic: dict[Hashable, str] = topics | {None: _("noch kein Thema")}
    by_intake: dict[Hashable, str] = {key: str(label) for key, label in Intake.choices}
    first = min((pace.month(row) for row in rows), default=days.start)
    by_month: dict[Hashable, str] = {day: _month(day) for day in figure_periods.months(days) if day >= first}
    parts = [
        _part("partner", _("Nach Partner"), rows, lambda row: row.partner, named),
        _part("topic", _("Nach Thema"), rows, lambda row: row.topic, by_topic),
        _part("month", _("Nach Monat des Eingangs"), rows, pace.month, by_month, all_of_them=True),
        _part("intake", _("Nach Weg"), rows, lambda row: row.intake, by_intake),
    ]
    return Shown(days, partners, partner, pace.figures(rows, today=clock.today()), parts)


def _part(
    key: str,
    title: str,
    rows: Sequence[Asked],
    by: Callable[[Asked], Any],
    names: dict[Hashable, str],
    *,
    all_of_them: bool = False,
) -> Part:
    found = pace.grouped(rows, by, today=clock.today())
    nothing = pace.figures([], today=clock.today())
    shown = [(label, found.get(name, nothing)) for name, label in names.items() if all_of_them or name in found]
    return Part(key, title, shown if rows else [])


def _month(day: dt.date) -> str:
    return dates.written(day, "F Y")


def share(value: float | None) -> str:
    """A share in whole percent; a dash where there is nothing to take a share of."""
    return "–" if value is None else f"{round(100 * value)}{NO_BREAK_SPACE}%"


def working_days(value: float | None) -> str:
    """A middle value with its half, where it has one."""
    return "–" if value is None else number_format(value, decimal_pos=0 if value == int(value) else 1)


def span(first: int, last: int | None) -> str:
    """A span of working days in words."""
    if last is None:
        return _("mehr als %(days)s Arbeitstage") % {"days": first - 1}
    if first == last == 0:
        return _("am selben Tag")
    if first == last:
        return ngettext("%(days)s Arbeitstag", "%(days)s Arbeitstage", first) % {"days": first}
    return _("%(first)s bis %(last)s Arbeitstage") % {"first": first, "last": last}


def _spans(figures: Figures) -> list[dict[str, object]]:
    longest = max(figures.spans) or 1
    return [
        {
            "label": span(*bounds),
            "text": number_format(count, force_grouping=True),
            "share": share(count / figures.answered if figures.answered else None),
            "percent": 100 * count / longest,
        }
        for bounds, count in zip(pace.SPANS, figures.spans, strict=True)
    ]


def _cells(figures: Figures) -> list[str]:
    counts = [figures.received, figures.answered, figures.waiting, figures.overdue, figures.ended]
    received, answered, *others = (number_format(count, force_grouping=True) for count in counts)
    return [received, answered, working_days(figures.median), share(figures.share), *others]


def _months(part: Part) -> list[dict[str, object]]:
    """Bars of the middle value of each month."""
    longest = max((figures.median or 0 for _label, figures in part.rows), default=0) or 1
    return [
        {
            "label": label,
            "text": working_days(figures.median),
            "percent": 100 * (figures.median or 0) / longest,
        }
        for label, figures in part.rows
    ]


def _headings() -> list[str]:
    return [
        _("Eingegangen"),
        _("Beantwortet"),
        _("Mittlere Antwortzeit"),
        _("In der Frist"),
        _("Offen"),
        _("Überfällig"),
        _("Ohne Antwort beendet"),
    ]


@require_GET
@needs(Permission.CASE_SEE)
def show(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The middle, the share in time, how the answers spread, and what is overdue now."""
    shown = _shown(request, desk)
    centre = consortium.centre()
    headers = [{"label": text, "numeric": True} for text in _headings()]
    query = {**shown.days.parameters, **({"partner": shown.partner.slug} if shown.partner else {})}
    overdue = {"stand": "ueberfaellig", **({"partner": shown.partner.slug} if shown.partner else {})}
    context = {
        "tabs": case_tabs.of(desk, "pace"),
        "days": shown.days,
        "partners": [(row.slug, row.short_name) for row in shown.partners],
        "partner": shown.partner.slug if shown.partner else "",
        "everywhere": desk.everywhere,
        "total": shown.total,
        "median": working_days(shown.total.median),
        "share": share(shown.total.share),
        "promised": centre.answer_within_working_days,
        "spans": _spans(shown.total),
        "span_headers": [
            {"label": _("Erste Antwort nach")},
            {"label": _("Anliegen"), "numeric": True},
            {"label": _("Anteil"), "numeric": True},
        ],
        "months": _months(next(part for part in shown.parts if part.key == "month")),
        "parts": [
            {
                "title": part.title,
                "headers": [{"label": ""}, *headers],
                "rows": [[label, *_cells(figures)] for label, figures in part.rows],
            }
            for part in shown.parts
        ],
        "downloads": [
            (kind.upper(), f"{reverse('desk:pace_download')}?{urlencode({**query, 'datei': kind})}") for kind in KINDS
        ],
        "overdue_href": f"{reverse('desk:cases')}?{urlencode(overdue)}",
    }
    return render(request, "desk/pace.html", context)


def _columns() -> list[Column]:
    kinds = ("integer", "integer", "number", "percent", "integer", "integer", "integer")
    keys = ("received", "answered", "median", "share", "waiting", "overdue", "ended")
    return [
        Column(key="part", heading=_("Aufteilung")),
        Column(key="label", heading=_("Zeile")),
        *(
            Column(key=key, heading=heading, kind=kind)  # type: ignore[arg-type]
            for key, heading, kind in zip(keys, _headings(), kinds, strict=True)
        ),
    ]


def _lines(shown: Shown) -> Iterable[dict[str, object]]:
    yield _line(_("Alle"), _("Zusammen"), shown.total)
    for part in shown.parts:
        for label, figures in part.rows:
            yield _line(part.title, label, figures)
    for bounds, count in zip(pace.SPANS, shown.total.spans, strict=True):
        portion = count / shown.total.answered if shown.total.answered else None
        yield {"part": _("Erste Antwort nach"), "label": span(*bounds), "answered": count, "share": portion}


def _line(part: str, label: str, figures: Figures) -> dict[str, object]:
    names = ("received", "answered", "median", "share", "waiting", "overdue", "ended")
    return {"part": part, "label": label, **{name: getattr(figures, name) for name in names}}


@require_GET
@needs(Permission.CASE_SEE)
def download(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The same figures as a file."""
    kind = request.GET.get("datei", "xlsx")
    if kind not in KINDS:
        raise Http404
    shown = _shown(request, desk)
    if kind == "csv":
        body = b"".join(sheets.csv(_columns(), _lines(shown)))
    else:
        told = _("Eingegangen vom %(start)s bis %(end)s, Arbeitstage des Landes.") % {
            "start": short(shown.days.start),
            "end": short(shown.days.end),
        }
        left = _("Visitenkarten, Besuche und eigene E-Mails, zu denen wir selbst ein Anliegen anlegen, zählen nicht.")
        body = sheets.xlsx([Sheet(title=_("Antwortzeit"), columns=_columns(), rows=_lines(shown), notes=[told, left])])
    name = f"antwortzeit-{shown.days.start}-{shown.days.end}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(body, content_type=KINDS[kind], headers=headers)
