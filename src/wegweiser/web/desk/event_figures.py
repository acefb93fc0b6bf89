"""Figures of events: registered, attended and absent apart, how far ahead people register, and which firms came."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from wegweiser.companies.models import Size
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Sector
from wegweiser.consortium.rights import Permission
from wegweiser.events import figures, hosting, papers, report_words
from wegweiser.events.figures import Turnout
from wegweiser.events.models import Event
from wegweiser.events.papers import Kind
from wegweiser.kernel import clock
from wegweiser.web.desk import event_reach, figure_periods
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.ui import dates

LEADS = (
    gettext_lazy("bis einen Tag vorher"),
    gettext_lazy("2 bis 7 Tage vorher"),
    gettext_lazy("8 bis 14 Tage vorher"),
    gettext_lazy("15 bis 30 Tage vorher"),
    gettext_lazy("mehr als 30 Tage vorher"),
)
MOST_ROWS = 200


@require_GET
@needs(Permission.EVENT_GUESTS_SEE)
def one(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The figures of one event."""
    event = event_reach.event(desk, uuid, Permission.EVENT_GUESTS_SEE)
    told = figures.turnouts([event])[event.pk]
    context = {"event": event, "begins": words.begins(event), **_told([event], told)}
    return render(request, "desk/event_figures.html", context)


@require_GET
@needs(Permission.EVENT_GUESTS_SEE)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The figures of all events that were held on some days, within one's reach."""
    days = figure_periods.of(request.GET)
    reach = hosting.within(desk.rights.extent(Permission.EVENT_GUESTS_SEE), desk.member)
    held = list(figures.held_between(Event.objects.filter(reach, cancelled_at=None), days.start, days.end))
    known = figures.turnouts(held)
    rows = [_row(event, known[event.pk]) for event in held]
    context = {
        "days": days,
        "rows": rows[:MOST_ROWS],
        "count": len(held),
        **_told(held, sum(known.values(), Turnout())),
    }
    return render(request, "desk/events_figures.html", context)


@require_GET
@needs(Permission.EVENT_GUESTS_SEE)
def paragraphs(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """What the funder's report says of each event that was held on some days, the first one first."""
    days, language = figure_periods.of(request.GET), "en" if request.GET.get("sprache") == "en" else "de"
    reach = hosting.within(desk.rights.extent(Permission.EVENT_GUESTS_SEE), desk.member)
    rows = Event.objects.filter(reach).select_related(
        "draft__entry__partner", "draft__entry__contact", "draft__partner", "draft__contact", "draft__topic"
    )
    held = list(figures.held_between(rows, days.start, days.end).reverse()[: MOST_ROWS + 1])
    known = report_words.of_many(held[:MOST_ROWS], language)
    centre = consortium.centre()
    texts = [
        papers.written(event, Kind.REPORT, language, centre=centre, figures=known[event.pk]).text
        for event in held[:MOST_ROWS]
    ]
    context = {
        "days": days,
        "text": "\n\n".join(texts),
        "count": len(texts),
        "more": len(held) > MOST_ROWS,
        "sprache": language,
        "languages": [("de", _("Deutsch")), ("en", _("Englisch"))],
    }
    return render(request, "desk/event_paragraphs.html", context)


def _row(event: Event, told: Turnout) -> dict[str, Any]:
    return {
        "event": event,
        "day": dates.written(clock.local(event.draft.starts_at), "d.m.Y") if event.draft.starts_at else "",
        "partner": event.draft.partner.short_name if event.draft.partner else "",
        "turnout": told,
        "no_show": share(told.no_show),
    }


def _told(events: list[Event], told: Turnout) -> dict[str, Any]:
    median, leads = figures.leads(events)
    firms = figures.firms(events, clock.today())
    sectors = {row.key: str(row) for row in Sector.objects.all()}
    return {
        "turnout": told,
        "no_show": share(told.no_show),
        "lead": _days(median),
        "leads": _bars(zip(map(str, LEADS), leads, strict=True)) if sum(leads) else [],
        "sizes": _firm_bars(firms.size, {value: str(label) for value, label in Size.choices}),
        "sectors": _firm_bars(firms.sector, sectors),
    }


def share(value: float | None) -> str:
    return "–" if value is None else f"{number_format(100 * value, 0)} %"


def _days(median: float | None) -> str:
    if median is None:
        return "–"
    whole = round(median)
    return ngettext("%(n)d Tag vorher", "%(n)d Tage vorher", whole) % {"n": whole}


def _firm_bars(counts: Counter[str], names: dict[str, str]) -> list[dict[str, Any]]:
    """Firms by a fact, in the order of its values, unknown ones last; none where no firm came."""
    known = [(name, counts[value]) for value, name in names.items() if counts[value]]
    strange = sum(count for value, count in counts.items() if value not in names)
    return _bars([*known, (_("nicht bekannt"), strange)] if strange else known)


def _bars(rows: Any) -> list[dict[str, Any]]:
    told = list(rows)
    most = max((count for _name, count in told), default=0)
    return [
        {"label": name, "text": number_format(count), "percent": 100 * count / most if most else 0}
        for name, count in told
    ]
