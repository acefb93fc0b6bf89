"""The inbox: the cases one may read, filtered by parameters of the address, and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wegweiser.companies import phones
from wegweiser.consortium.models import Partner, Topic
from wegweiser.consortium.rights import Permission
from wegweiser.documents import sheets
from wegweiser.documents.sheets import Column, Sheet
from wegweiser.enquiries import queries
from wegweiser.enquiries.models import OPEN, WAITING_FOR_US, Case, Enquirer, State
from wegweiser.kernel import clock, mail_addresses
from wegweiser.web.desk import case_tabs
from wegweiser.web.desk.access import Desk, needs

PAGE = 25
BLOCK = 500  # cases read at once for a file
STATES = {
    "offen": OPEN,
    "wartet": WAITING_FOR_US,
    "ueberfaellig": WAITING_FOR_US,
    "alle": frozenset(State.values),
}
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Wanted:
    """What an address asks for; what it cannot mean is left out."""

    text: str
    stand: str
    partner: Partner | None
    topic: Topic | None
    enquirer: str
    urgent: bool
    mine: bool

    @property
    def parameters(self) -> dict[str, str]:
        """The same, as an address says it."""
        given = {
            "q": self.text,
            "stand": self.stand,
            "partner": self.partner.slug if self.partner else "",
            "thema": self.topic.slug if self.topic else "",
            "wer": self.enquirer,
            "dringend": "1" if self.urgent else "",
            "meine": "1" if self.mine else "",
        }
        return {name: value for name, value in given.items() if value}


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    stand, enquirer = asked.get("stand", ""), asked.get("wer", "")
    return Wanted(
        text=asked.get("q", "").replace("\0", "").strip()[:120],
        stand=stand if stand in STATES else "wartet",
        partner=Partner.objects.filter(slug=asked.get("partner", "")).first(),
        topic=Topic.objects.filter(slug=asked.get("thema", "")).first(),
        enquirer=enquirer if enquirer in Enquirer.values else "",
        urgent=asked.get("dringend") == "1",
        mine=asked.get("meine") == "1",
    )


def _found(wanted: Wanted, desk: Desk) -> QuerySet[Case]:
    return queries.inbox(
        cases=queries.visible_cases(member=desk.member, day=clock.today(), everywhere=desk.everywhere),
        partner=wanted.partner,
        topic=wanted.topic,
        adviser=desk.member if wanted.mine else None,
        states=STATES[wanted.stand],
        enquirer=wanted.enquirer,
        urgent=wanted.urgent,
        text=wanted.text,
        late=wanted.stand == "ueberfaellig",
    )


@require_GET
@needs(Permission.CASE_SEE)
def inbox(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Cases I may read, filtered by parameters of the address."""
    wanted = _wanted(request)
    file = reverse("desk:cases_download")
    context = {
        "tabs": case_tabs.of(desk, "cases"),
        "page": Paginator(_found(wanted, desk), PAGE).get_page(request.GET.get("seite")),
        "q": wanted.text,
        "stand": wanted.stand,
        "stands": [
            ("wartet", _("noch zu beantworten")),
            ("ueberfaellig", _("Antwort überfällig")),
            ("offen", _("alle offenen")),
            ("alle", _("alle")),
        ],
        "partner": wanted.partner.slug if wanted.partner else "",
        "partners": [(row.slug, row.short_name) for row in Partner.objects.all()],
        "thema": wanted.topic.slug if wanted.topic else "",
        "topics": [(row.slug, str(row.title)) for row in Topic.objects.all()],
        "wer": wanted.enquirer,
        "enquirers": Enquirer.choices,
        "dringend": "1" if wanted.urgent else "",
        "urgencies": [("1", _("nur Dringendes"))],
        "narrowed": bool(wanted.partner or wanted.topic or wanted.enquirer or wanted.urgent),
        "downloads": [(kind.upper(), f"{file}?{urlencode({**wanted.parameters, 'datei': kind})}") for kind in KINDS],
    }
    return render(request, "desk/cases.html", context)


# --- As a file -----------------------------------------------------------------------------------------------------


@require_GET
@needs(Permission.CASE_SEE)
def download(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """All that the list shows, page after page; CSV goes out while it is read."""
    kind = request.GET.get("datei", "xlsx")
    if kind not in KINDS:
        raise Http404
    rows = _rows(_found(_wanted(request), desk))
    name = f"{_('anliegen')}-{clock.today()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    if kind == "csv":
        body = sheets.csv(_columns(), rows)
        return StreamingHttpResponse(body, content_type=KINDS[kind], headers=headers)  # type: ignore[return-value]
    sheet = Sheet(title=_("Anliegen"), columns=_columns(), rows=rows)
    book = sheets.xlsx([sheet], title=_("Anliegen"), created=clock.now())
    return HttpResponse(book, content_type=KINDS[kind], headers=headers)


def _columns() -> list[Column]:
    return [
        Column(key="reference", heading=_("Vorgangsnummer"), width=16),
        Column(key="received", heading=_("Eingegangen"), kind="datetime"),
        Column(key="intake", heading=_("Weg"), width=12),
        Column(key="enquirer", heading=_("Wer fragt"), width=20),
        Column(key="firm", heading=_("Betrieb")),
        Column(key="name", heading=_("Name")),
        Column(key="email", heading=_("E-Mail")),
        Column(key="phone", heading=_("Telefon"), width=20),
        Column(key="text", heading=_("Worum es geht"), width=60),
        Column(key="urgent", heading=_("Dringend"), width=10),
        Column(key="topic", heading=_("Thema")),
        Column(key="partner", heading=_("Partner"), width=18),
        Column(key="adviser", heading=_("Wer kümmert sich")),
        Column(key="state", heading=_("Stand"), width=14),
        Column(key="due", heading=_("Antwort bis"), kind="date"),
        Column(key="outcome", heading=_("Ergebnis"), width=20),
        Column(key="closed", heading=_("Abgeschlossen"), kind="datetime"),
    ]


def _rows(found: QuerySet[Case]) -> Iterator[dict[str, Any]]:
    """In the language of now: a file is read when the page is over."""
    language = get_language()
    for case in found.iterator(chunk_size=BLOCK):
        with translation.override(language):
            row = _row(case)
        yield row


def _row(case: Case) -> dict[str, Any]:
    firm = case.company if case.company and not case.company.restricted_at else None
    return {
        "reference": case.reference,
        "received": case.recorded_at,
        "intake": case.get_intake_display(),
        "enquirer": case.get_enquirer_display(),
        "firm": str(firm) if firm else case.firm,
        "name": case.name,
        "email": mail_addresses.shown(case.email),
        "phone": phones.shown(case.phone) if case.phone else "",
        "text": case.text,
        "urgent": _("ja") if case.urgent else "",
        "topic": str(case.topic) if case.topic else "",
        "partner": case.partner.short_name,
        "adviser": str(case.adviser) if case.adviser else "",
        "state": case.get_state_display(),
        "due": case.due_by if case.waits_for_us else None,
        "outcome": case.get_outcome_display() if case.outcome else "",
        "closed": case.closed_at,
    }
