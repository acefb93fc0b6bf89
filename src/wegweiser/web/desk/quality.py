"""How good the suggestions are, month by month, and what enquiries we had nothing for: for the management."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from wegweiser.consortium.models import Partner, Topic
from wegweiser.consortium.rights import Permission
from wegweiser.documents import sheets
from wegweiser.documents.sheets import Column, Sheet
from wegweiser.enquiries import quality, suggestions
from wegweiser.enquiries.quality import Figures, Gap, Routed
from wegweiser.web.desk import case_tabs, figure_periods
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.figure_periods import Days
from wegweiser.web.desk.pace import KINDS, share
from wegweiser.web.ui import dates

GAPS: dict[Gap, str | Promise] = {
    Gap.OUT_OF_SCOPE: gettext_lazy("passt zu keinem unserer Themen"),
    Gap.NO_OFFER: gettext_lazy("dafür haben wir nichts"),
    Gap.REFERRED: gettext_lazy("weitervermittelt"),
    Gap.WITHOUT_OFFER: gettext_lazy("ohne unser Angebot beantwortet"),
}
APART: dict[Gap, str | Promise] = {
    Gap.OUT_OF_SCOPE: gettext_lazy("Passt zu keinem unserer Themen"),
    Gap.REFERRED: gettext_lazy("Weitervermittelt"),
}
BY_TOPIC = frozenset({Gap.NO_OFFER, Gap.WITHOUT_OFFER})  # what lies in our field
SHOWN = 25  # enquiries of a group


@dataclass(frozen=True)
class Shown:
    """Everything that the page shows and a file holds."""

    days: Days
    rows: Sequence[Routed]
    months: Sequence[tuple[dt.date, Figures]]
    partners: Sequence[Partner]
    matrix: Sequence[Sequence[int]]
    topics: dict[str, str]


def _shown(request: HttpRequest) -> Shown:
    days = figure_periods.of(request.GET)
    rows = suggestions.routed(start=days.start, end=days.end)
    by_month = quality.grouped(rows, quality.month)
    first = min(by_month, default=days.end)
    months = [(day, quality.figures(by_month.get(day, []))) for day in figure_periods.months(days) if day >= first]
    moves = suggestions.moves(start=days.start, end=days.end)
    touched = {number for move in moves for number in move}
    partners = [row for row in Partner.objects.all() if row.pk in touched]
    matrix = quality.matrix(moves, [row.pk for row in partners])
    topics = {row.slug: str(row.title) for row in Topic.objects.all()}
    return Shown(days, rows, months, partners, matrix, topics)


def _tile(label: str, value: float | None, part: int, whole: int, more: str = "") -> dict[str, str]:
    told = _("%(part)s von %(whole)s") % {"part": number_format(part), "whole": number_format(whole)}
    return {"label": label, "value": share(value), "of": f"{told}, {more}" if more else told}


def _without_offer(figures: Figures) -> str:
    if not figures.without_offer:
        return ""
    return _("%(count)s ohne Angebot beantwortet") % {"count": number_format(figures.without_offer)}


def _place(shown: Shown, row: Routed) -> tuple[bool, str]:
    """Under which heading a gap stands: a topic where we have no offer to it, else apart, by its reason.

    What belongs to none of our topics is no gap of the one that somebody chose for it.
    """
    if row.gap in BY_TOPIC:
        return False, _topic(shown, row) or _("ohne Thema")
    return True, str(APART[row.gap]) if row.gap else ""


def _topic(shown: Shown, row: Routed) -> str:
    """What it is about where it lies in our field, as somebody said or else as matching suggested."""
    return shown.topics.get(row.topic or row.suggested_topic, "") if row.gap in BY_TOPIC else ""


def _gaps(shown: Shown, gaps: Iterable[Routed]) -> list[dict[str, object]]:
    """What nothing of ours went to: by topic, the largest group first, then what belongs to none."""
    groups = quality.grouped(gaps, lambda row: _place(shown, row))
    ordered = sorted(groups.items(), key=lambda group: (group[0][0], -len(group[1]), group[0][1]))
    return [
        {
            "title": title,
            "count": len(rows),
            "rows": [_gap(row) for row in reversed(rows[-SHOWN:])],
            "more": max(0, len(rows) - SHOWN),
        }
        for (_apart, title), rows in ordered
    ]


def _sure(shown: Shown) -> list[Routed]:
    return [row for row in shown.rows if row.is_gap]


def _without(shown: Shown) -> list[Routed]:
    return [row for row in shown.rows if row.gap is Gap.WITHOUT_OFFER]


def _gap(row: Routed) -> dict[str, object]:
    return {
        "href": reverse("desk:case", kwargs={"uuid": row.case}),
        "reference": row.reference,
        "day": row.received,
        "text": row.text,
        "reason": GAPS[row.gap] if row.gap else "",
    }


def _words(shown: Shown) -> list[dict[str, object]]:
    """The commonest words of what nothing fitted, as bars."""
    found = quality.common_words(_sure(shown))
    longest = max((len(word.cases) for word in found), default=1)
    return [
        {"label": word.word, "text": number_format(len(word.cases)), "percent": 100 * len(word.cases) / longest}
        for word in found
    ]


def _figures(figures: Figures) -> list[str]:
    return [
        number_format(figures.received, force_grouping=True),
        share(figures.partner_share),
        share(figures.topic_share),
        share(figures.offer_share),
        number_format(figures.gaps, force_grouping=True),
        number_format(figures.without_ours, force_grouping=True),
    ]


def _headings() -> list[str]:
    return [
        _("Anliegen"),
        _("Beim Partner geblieben"),
        _("Thema bestätigt"),
        _("Angebot übernommen"),
        _("Nichts Passendes"),
        _("Ohne unser Angebot"),
    ]


@require_GET
@needs(Permission.QUALITY_SEE)
def show(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Shares that were kept, re-routes from partner to partner, and the gaps."""
    shown = _shown(request)
    total = quality.figures(shown.rows)
    names = [row.short_name for row in shown.partners]
    downloads = [
        (kind.upper(), f"{reverse('desk:quality_download')}?{urlencode({**shown.days.parameters, 'datei': kind})}")
        for kind in KINDS
    ]
    context = {
        "tabs": case_tabs.of(desk, "quality"),
        "days": shown.days,
        "partners": [],
        "partner": "",
        "everywhere": True,
        "total": total,
        "tiles": [
            _tile(_("Beim Partner geblieben"), total.partner_share, total.kept, total.judged),
            _tile(_("Thema bestätigt"), total.topic_share, total.topic_kept, total.topic_judged),
            _tile(
                _("Vorgeschlagenes Angebot übernommen"),
                total.offer_share,
                total.with_suggested,
                total.with_offers,
                _without_offer(total),
            ),
        ],
        "bars": [
            {
                "label": dates.written(day, "F Y"),
                "text": share(figures.partner_share),
                "percent": 100 * (figures.partner_share or 0),
            }
            for day, figures in shown.months
        ],
        "headers": [{"label": _("Monat")}, *({"label": text, "numeric": True} for text in _headings())],
        "months": [[dates.written(day, "F Y"), *_figures(figures)] for day, figures in shown.months],
        "matrix_headers": [{"label": _("von … an …")}, *({"label": name, "numeric": True} for name in names)],
        "matrix": [
            [name, *(number_format(count) if count else "–" for count in counts)]
            for name, counts in zip(names, shown.matrix, strict=True)
        ],
        "gaps": _gaps(shown, _sure(shown)),
        "without": _gaps(shown, _without(shown)),
        "words": _words(shown),
        "downloads": downloads,
    }
    return render(request, "desk/quality.html", context)


def _sheets(shown: Shown) -> list[Sheet]:
    keys = ("received", "partner_share", "topic_share", "offer_share", "gaps", "without_ours")
    kinds = ("integer", "percent", "percent", "percent", "integer", "integer")
    months = Sheet(
        title=_("Nach Monat"),
        columns=[
            Column(key="month", heading=_("Monat")),
            *(
                Column(key=key, heading=heading, kind=kind)  # type: ignore[arg-type]
                for key, heading, kind in zip(keys, _headings(), kinds, strict=True)
            ),
        ],
        rows=[
            {"month": dates.written(day, "F Y"), **{key: getattr(figures, key) for key in keys}}
            for day, figures in shown.months
        ],
    )
    moved = Sheet(
        title=_("Weitergaben"),
        columns=[
            Column(key="source", heading=_("Von")),
            Column(key="target", heading=_("An")),
            Column(key="count", heading=_("Anliegen"), kind="integer"),
        ],
        rows=_moved(shown),
    )
    told = [(_("Nichts Passendes"), _sure(shown)), (_("Ohne unser Angebot"), _without(shown))]
    return [months, moved, *(_listed(title, shown, rows) for title, rows in told)]


def _listed(title: str, shown: Shown, rows: Iterable[Routed]) -> Sheet:
    return Sheet(
        title=title,
        columns=[
            Column(key="reference", heading=_("Vorgangsnummer")),
            Column(key="day", heading=_("Tag"), kind="date"),
            Column(key="topic", heading=_("Thema")),
            Column(key="reason", heading=_("Grund")),
        ],
        rows=[
            {
                "reference": row.reference,
                "day": row.received,
                "topic": _topic(shown, row),
                "reason": str(GAPS[row.gap]) if row.gap else "",
            }
            for row in rows
        ],
    )


def _moved(shown: Shown) -> Iterable[dict[str, object]]:
    for source, counts in zip(shown.partners, shown.matrix, strict=True):
        for target, count in zip(shown.partners, counts, strict=True):
            if count:
                yield {"source": source.short_name, "target": target.short_name, "count": count}


@require_GET
@needs(Permission.QUALITY_SEE)
def download(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The same as a file: a workbook with a sheet for each table, or the months alone. No word of an enquirer."""
    kind = request.GET.get("datei", "xlsx")
    kind = kind if kind in KINDS else "xlsx"
    shown = _shown(request)
    pages = _sheets(shown)
    body = sheets.xlsx(pages) if kind == "xlsx" else b"".join(sheets.csv(pages[0].columns, pages[0].rows))
    name = f"vorschlaege-{shown.days.start}-{shown.days.end}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(body, content_type=KINDS[kind], headers=headers)
