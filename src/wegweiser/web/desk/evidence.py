"""The steps behind one figure, the newest first, found by the firm; outsiders get a code instead of its name."""

from collections.abc import Sequence
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import appearances
from wegweiser.events import appearances as reach
from wegweiser.events import presence
from wegweiser.events.models import Appearance
from wegweiser.files import queries as files
from wegweiser.funding import answers, questions, words
from wegweiser.funding.evidence import Codes
from wegweiser.journey import indicators
from wegweiser.journey.counting import counting
from wegweiser.journey.models import Step
from wegweiser.journey.occasions import OCCASIONS
from wegweiser.kernel import clock
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.reports import PARAMETERS, Period, address, asked_for, period_of

PAGE = 50
MOST_FIRMS = 200  # that one text may find
OLDEST_FIRST = "alt"


def _behind(found: indicators.Indicator, dimension: str, value: str) -> indicators.Figure:
    """The figure an address names. Raises Http404 for one that does not exist."""
    cells = found.by.get(dimension, {}) if dimension else {"": found.total}
    if value not in cells:
        raise Http404
    return cells[value]


def _of_firms(steps: Sequence[UUID], text: str, period: Period) -> list[UUID]:
    """Those of firms with such a name or phone number, in the same order."""
    firms = companies.families(firm.pk for firm in companies.search(text, limit=MOST_FIRMS).companies)
    rows = Step.objects.filter(grant=period.grant.slug, day__range=(period.start, period.end), company__in=firms)
    found = set(rows.values_list("uuid", flat=True))
    return [uuid for uuid in steps if uuid in found]


def _firm(step: Step, desk: Desk) -> Company | None:
    """The firm that the step's row belongs to by now; None where its name is kept for a proof alone."""
    firm = companies.root_of(step.company) if step.company else None
    return firm if firm and desk.sees(firm) else None


def _contact(step: Step, *, outside: bool) -> str:
    """What kind of contact it was, and how long where that was noted: `Gespräch, 30 Minuten`. Outsiders are told no
    minutes: who was there knows them, and so which firm it was."""
    minutes = None if outside else indicators.minutes_noted(step)
    took = ngettext("%(n)d Minute", "%(n)d Minuten", minutes) % {"n": minutes} if minutes else ""
    return ", ".join(filter(None, [str(OCCASIONS.get(step.occasion_kind, step.get_format_display())), took]))


def _opens(desk: Desk, uuids: Sequence[UUID]) -> set[UUID]:
    """Those of these appearances whose page they may open."""
    rows = reach.within(desk.rights.extent(Permission.STEP_RECORD)) if uuids else Appearance.objects.none()
    return set(rows.filter(uuid__in=uuids).values_list("uuid", flat=True))


@require_GET
@needs(Permission.REPORT_SEE)
def show(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The list. Outsiders get that of totals, whole and in either order."""
    asked = request.GET
    period = period_of(asked, outside=desk.outside)
    key, dimension, value = (asked.get(name, "") for name in ("kennzahl", "nach", "wert"))
    firm = asked.get("betrieb", "").strip()[:120]
    labels = words.Labels()
    only = asked_for(asked, labels)
    narrows = bool(only or dimension or value or firm)
    if period is None or key not in counting().indicators or (desk.outside and narrows):
        raise Http404
    found = indicators.figures(
        start=period.start,
        end=period.end,
        grant=period.grant.slug,
        keys=[key],
        only=questions.narrowing(only),
        recorded_by=period.recorded_by,
    )
    figure = _behind(found[key], dimension, value if dimension else "")
    shown = _of_firms(figure.steps, firm, period) if firm else list(figure.steps)
    oldest_first = asked.get("folge") == OLDEST_FIRST
    page = Paginator(shown if oldest_first else shown[::-1], PAGE).get_page(asked.get("seite"))
    rows = indicators.with_minutes(Step.objects.filter(uuid__in=list(page.object_list)))
    rows = rows.select_related("topic", "partner", "company__canonical")
    steps = {step.uuid: step for step in rows}
    for step in steps.values():
        step.contact = _contact(step, outside=desk.outside)  # type: ignore[attr-defined]
    events = {step.occasion_uuid for step in steps.values() if step.occasion_kind == "event"}
    shown_there = [step.occasion_uuid for step in steps.values() if step.occasion_kind == appearances.OCCASION]
    codes = Codes(period.grant, recorded_by=period.recorded_by) if desk.outside else None
    parts = [labels.of(name, value) for name, value in only.items()]
    if dimension:
        parts.append(labels.of(dimension, value))
    asks = asked.get("aus") == "auswertung"
    chosen = {PARAMETERS[name]: value for name, value in only.items()}
    kept = {"kennzahl": key, **chosen, **{name: asked[name] for name in ("nach", "wert", "je", "aus") if name in asked}}
    context = {
        "period": period,
        "today": clock.today(),
        "title": words.INDICATORS.get(key, key),
        "value": ", ".join(parts),
        "figure": figure,
        "number": answers.number(figure.value),
        "entries": answers.number(len(figure.steps)),
        "firm": firm,
        "found": answers.number(len(shown)),
        "kept": list({**period.parameters, **kept}.items()),
        "order": OLDEST_FIRST if oldest_first else "neu",
        "orders": [("neu", _("Neueste zuerst")), (OLDEST_FIRST, _("Älteste zuerst"))],
        "page": page,
        "rows": [(steps[uuid], codes.of(steps[uuid]) if codes else _firm(steps[uuid], desk)) for uuid in page],
        "names": codes is None,
        "reach_kind": appearances.OCCASION,
        "signed": presence.proven(events) if events else set(),
        "proven": set(files.uploads_of(shown_there)) if shown_there else set(),
        "appearances": _opens(desk, shown_there) if codes is None else set(),
        "may_open": events and desk.may(Permission.STEP_RECORD),
        "columns": [
            _("Tag"),
            _("Betrieb") if codes is None else _("Zeichen des Betriebs"),
            *(_("Kontakt"), _("Art der Hilfe"), _("Thema"), _("Partner"), _("Nummer des Eintrags")),
        ],
        "known": answers.known(period.recorded_by) if period.recorded_by else "",
        "back": address("desk:analysis", period, kennzahl=key, je=asked.get("je") or dimension, **chosen)
        if asks
        else address("desk:reports", period),
        "back_text": _("Zahlen abfragen") if asks else _("Förderbericht"),
    }
    return render(request, "desk/evidence.html", context)
