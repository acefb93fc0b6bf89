"""What guests said about an event, and about all of them by topic. Below five answers there is only their number."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wegweiser.consortium.rights import Permission
from wegweiser.documents import sheets
from wegweiser.documents.sheets import Column
from wegweiser.events import feedback, hosting
from wegweiser.events.feedback import Results
from wegweiser.web.desk import event_mails, event_reach
from wegweiser.web.desk.access import Desk, needs

NOTHING = "–"


def _words() -> dict[int, str]:
    return {5: _("sehr"), 4: _("ziemlich"), 3: _("teils, teils"), 2: _("wenig"), 1: _("gar nicht")}


@require_GET
@needs(Permission.EVENT_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The answers to one event, as bars with their numbers, and for those who see its guests what these wrote."""
    event = event_mails.reached(desk, uuid)
    found = feedback.results(event)
    context = {
        "event": event,
        "title": str((event.draft.entry or event.draft).title),
        "results": found,
        "mean": _mean(found),
        "nps": found.nps,
        "useful": _bars(found.useful, _words()),
        "recommend": _bars(found.recommend, {}),
        "texts": feedback.texts(event) if found.enough and event_reach.sees_guests(desk, event) else [],
        "enough": feedback.ENOUGH,
    }
    return render(request, "desk/event_feedback.html", context)


@require_GET
@needs(Permission.EVENT_EDIT)
def by_topic(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The answers over all events one may arrange, by topic."""
    mine = hosting.within(desk.rights.extent(Permission.EVENT_EDIT), desk.member)
    rows = [
        [
            row.topic,
            str(row.events),
            str(row.results.count),
            _mean(row.results) or NOTHING,
            NOTHING if row.results.nps is None else str(row.results.nps),
        ]
        for row in feedback.by_topic(mine)
    ]
    names = [_("Thema"), _("Veranstaltungen"), _("Antworten"), _("Genützt (1 bis 5)"), _("Weiterempfehlung (NPS)")]
    headers = [{"label": name, "numeric": place > 0} for place, name in enumerate(names)]
    context = {"rows": rows, "headers": headers, "enough": feedback.ENOUGH}
    return render(request, "desk/event_feedback_topics.html", context)


@require_GET
@needs(Permission.EVENT_EDIT)
def download(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """What the page shows as a table; from five answers on."""
    event = event_mails.reached(desk, uuid)
    found = feedback.results(event)
    words = _words()
    rows: list[dict[str, object]] = [
        {"question": _("genützt"), "answer": words[value], "count": count} for value, count in found.useful
    ]
    rows += [{"question": _("weiterempfehlen"), "answer": str(v), "count": n} for v, n in found.recommend]
    if found.enough and event_reach.sees_guests(desk, event):
        asked = _("gefehlt oder gut")
        rows += [{"question": asked, "answer": text, "count": 1} for text in feedback.texts(event)]
    columns = [
        Column(key="question", heading=_("Frage")),
        Column(key="answer", heading=_("Antwort")),
        Column(key="count", heading=_("Anzahl"), kind="integer"),
    ]
    headers = {"Content-Disposition": 'attachment; filename="rueckmeldungen.csv"', "Cache-Control": "private, no-store"}
    body = b"".join(sheets.csv(columns, rows))
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


def _mean(found: Results) -> str:
    return number_format(found.mean, 1) if found.mean is not None else ""


def _bars(counts: tuple[tuple[int, int], ...], words: dict[int, str]) -> list[dict[str, Any]]:
    most = max((count for _value, count in counts), default=0) or 1
    return [
        {"label": words.get(value, str(value)), "text": str(count), "percent": 100 * count / most}
        for value, count in counts
    ]
