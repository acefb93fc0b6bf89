"""The guests of an event as files: exactly what the page shows, a list to sign at the door, and name badges."""

import datetime as dt
import math
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wegweiser.catalogue import slugs
from wegweiser.companies import phones
from wegweiser.consortium import directory
from wegweiser.consortium.rights import Permission
from wegweiser.documents import pdf, sheets
from wegweiser.documents.sheets import Column
from wegweiser.events import answers, hosting, queries
from wegweiser.events.models import Event, Question, Registration, Seat, State, Way
from wegweiser.kernel import clock
from wegweiser.kernel.sorting import by_surname
from wegweiser.web.desk import event_page, event_reach
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.ui import dates

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
BLOCK = 500  # registrations read at once
WALK_INS = 10  # empty lines on the list, for who comes without a registration


@require_GET
@needs(Permission.EVENT_GUESTS_SEE)
def download(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The list of guests as the page shows it, with the ways to reach them; CSV goes out while it is read."""
    event = event_reach.event(desk, uuid, Permission.EVENT_GUESTS_SEE)
    kind = request.GET.get("datei", "xlsx")
    kind = kind if kind in KINDS else "xlsx"
    questions = list(event.questions.all())
    rows = _rows(event, event_page.shown(request.GET, list(event.pools.all())), questions)
    columns = [*_columns(), *(Column(key=answers.key(row), heading=str(row)) for row in questions)]
    headers = _headers(event, _("gaeste"), kind)
    if kind == "csv":
        body = sheets.csv(columns, rows)
        return StreamingHttpResponse(body, content_type=KINDS[kind], headers=headers)  # type: ignore[return-value]
    sheet = sheets.Sheet(title=_("Gäste"), columns=columns, rows=rows, notes=[_heading(event)])
    book = sheets.xlsx([sheet], title=str(event), created=clock.now())
    return HttpResponse(book, content_type=KINDS[kind], headers=headers)


def _columns() -> list[Column]:
    return [
        Column(key="name", heading=_("Name")),
        Column(key="firm", heading=_("Betrieb")),
        Column(key="postcode", heading=_("Postleitzahl"), width=12),
        Column(key="email", heading=_("E-Mail")),
        Column(key="phone", heading=_("Telefon"), width=20),
        Column(key="pool", heading=_("Wo und wann")),
        Column(key="places", heading=_("Plätze"), kind="integer"),
        Column(key="names", heading=_("Wer kommt")),
        Column(key="state", heading=_("Stand")),
        Column(key="since", heading=_("Angemeldet am"), kind="datetime"),
        Column(key="until", heading=_("Frist"), kind="datetime"),
        Column(key="note", heading=_("Hinweis")),
    ]


def _rows(event: Event, shown: event_page.Shown, questions: list[Question]) -> Iterator[dict[str, Any]]:
    """One row for each registration, read in blocks, in the language of now: a file is read when the page is over."""
    language = get_language()
    states = {value: str(label) for value, label in State.choices}
    pools = {pool.pk: str(pool.label) for pool in event.pools.all()}
    found = shown.rows(event).select_related(None).iterator(chunk_size=BLOCK)

    def told(row: Registration, names: list[str]) -> dict[str, Any]:
        with translation.override(language):
            return _row(row, names, states, pools) | _answers(row, questions)

    return (
        told(row, names.get(row.pk, []))
        for block in _blocks(found)
        for names in [hosting.names(block)]
        for row in block
    )


def _blocks(rows: Iterator[Registration]) -> Iterator[list[Registration]]:
    while block := list(islice(rows, BLOCK)):
        yield block


def _answers(row: Registration, questions: list[Question]) -> dict[str, Any]:
    """What a guest answered: {key of the question: words}."""
    return {answers.key(one): text for one, text in words.answered(questions, row).items()}


def _row(row: Registration, names: list[str], states: dict[str, str], pools: dict[int, str]) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("name", "firm", "postcode", "email", "places", "note", "until")},
        "phone": phones.shown(row.phone),
        "pool": pools.get(row.pool_id, ""),
        "names": ", ".join(names) if names != [row.name] else "",
        "state": states[row.state],
        "since": row.recorded_at,
    }


@require_GET
@needs(Permission.EVENT_GUESTS_SEE)
def signatures(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Name, firm and room to sign, on A4: whoever comes to the place, by the time and then the surname."""
    event = event_reach.event(desk, uuid, Permission.EVENT_GUESTS_SEE)
    body = _signature_list(event, _asked(request))
    return HttpResponse(body, content_type="application/pdf", headers=_headers(event, _("unterschriften"), "pdf"))


def signature_lists(event: Event) -> Iterator[bytes]:
    """All papers of the list to sign, one after the other; an empty one where nobody comes so far."""
    count = _on_site(event).count()
    for number in range(max(1, math.ceil(count / event_page.PAPER))):
        yield _signature_list(event, number + 1)


def _on_site(event: Event) -> QuerySet[Seat]:
    return hosting.coming(event).exclude(registration__pool__way=Way.ONLINE)


def _signature_list(event: Event, number: int) -> bytes:
    seats = _part(_on_site(event), number, by_time=True)
    slots = event.pools.exclude(starts_at=None).exists()
    rows = [_signed(seat.name, seat.registration, slots=slots) for seat in seats]
    columns = [(_("Uhrzeit"), 9)] if slots else []
    columns += [(_("Name"), 26), (_("Betrieb"), 28), (_("Unterschrift"), 34)]
    return pdf.signature_list(
        title=_("Teilnahme: %(title)s") % {"title": _title(event)},
        lead=_heading(event),
        columns=columns,
        rows=rows,
        blank=WALK_INS,
        lang=_language(),
        house=_house(),
    )


def _asked(request: HttpRequest) -> int:
    """The paper that the address names, else the first."""
    asked = request.GET.get("teil", "")
    return int(asked) if asked.isdecimal() and len(asked) < 4 and int(asked) else 1


def _part(seats: QuerySet[Seat], number: int, *, by_time: bool) -> list[Seat]:
    """Those of one paper: by surname, as one looks for it at the door.

    A place that nobody is named for stands with whoever registered it.
    """
    told = seats.order_by().values_list("pk", "name", "registration__name", "registration__pool__position")
    order = sorted(
        (pool if by_time else 0, by_surname(name or registered), not name, pk) for pk, name, registered, pool in told
    )
    first = (number - 1) * event_page.PAPER
    wanted = [row[-1] for row in order[first : first + event_page.PAPER]]
    # By their keys alone: with the event's condition too SQLite looks up all of them for each guest.
    found = Seat.objects.select_related("registration__pool").in_bulk(wanted)
    return [found[pk] for pk in wanted]


def _signed(name: str, row: Registration, *, slots: bool) -> list[str]:
    """A line of the list. Of a place nobody is named for, the firm's name says whose it is."""
    told = [name, row.firm or (row.name if not name else "")]
    if not slots:
        return told
    starts = row.pool.starts_at
    return [f"{clock.local(starts):%H:%M}" if starts else "", *told]


@require_GET
@needs(Permission.EVENT_GUESTS_SEE)
def badges(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Name badges on sheets of ten labels (80 by 50 mm) for whoever comes to the place and is named."""
    event = event_reach.event(desk, uuid, Permission.EVENT_GUESTS_SEE)
    seats = _part(_on_site(event).exclude(name=""), _asked(request), by_time=False)
    named = [(seat.name, seat.registration.firm) for seat in seats]
    starts = queries.starts_at(event)
    day = dates.written(clock.local(starts), "d.m.Y") if starts else ""
    body = pdf.badges(
        title=_("Namensschilder: %(title)s") % {"title": _title(event)},
        foot=" · ".join(filter(None, [_title(event), day, _partner(event)])),
        rows=named,
        lang=_language(),
        house=_house(),
    )
    return HttpResponse(body, content_type="application/pdf", headers=_headers(event, _("namensschilder"), "pdf"))


def _title(event: Event) -> str:
    entry = event.draft.entry
    return str(entry.title if entry else event)


def _partner(event: Event) -> str:
    return event.draft.partner.short_name if event.draft.partner else ""


def _heading(event: Event) -> str:
    """Day, place and who holds it, in one line."""
    return " · ".join(filter(None, [words.begins(event), words.place(event), _partner(event)]))


def _house() -> pdf.House:
    centre = directory.centre()
    made = dates.written(clock.local(clock.now()), "d.m.Y H:i")
    return pdf.House(
        name=str(centre.name) if centre else "",
        colour=str(centre.look.get("brand", "")) if centre else "",
        made=_("Nur für den Dienstgebrauch. Stand: %(day)s") % {"day": made},
    )


def _language() -> pdf.Language:
    return "en" if get_language() == "en" else "de"


def _headers(event: Event, what: str, kind: str) -> dict[str, str]:
    starts = queries.starts_at(event)
    day: dt.date = clock.local(starts).date() if starts else clock.today()
    name = f"{what}-{slugs.slug(_title(event))[:60]}-{day}.{kind}"
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
