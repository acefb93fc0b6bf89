"""Lists of past contacts: uploaded, looked at in a preview, taken over, settled row by row, taken back as a whole."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wegweiser.companies.importing.headers import IGNORED, ROWS_ALONE
from wegweiser.consortium.models import Partner, Topic
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import histories
from wegweiser.funding import queries as funding
from wegweiser.funding import words
from wegweiser.funding.models import OpeningBalance
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import histories as actions
from wegweiser.journey.history import lists
from wegweiser.journey.history.finding import Meant
from wegweiser.journey.history.headers import FIELDS
from wegweiser.journey.history.lists import Opened, Outcome
from wegweiser.journey.models import ContactList, Format
from wegweiser.journey.occasions import OCCASIONS
from wegweiser.kernel.errors import DomainError
from wegweiser.web.bodies import takes_files
from wegweiser.web.desk import history_rows, list_sheets, list_wishes, list_words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.history_words import HELD, OWN_FIELDS, REASONS, RESULTS, column, counted
from wegweiser.web.desk.lists import UploadForm as FirmsForm
from wegweiser.web.desk.lists import failure, remembered, said_columns, said_line
from wegweiser.web.desk.sentences import SENTENCES

PREVIEW = 200  # rows that a preview works out while somebody waits
AT_ONCE = 200  # rows that are taken over while somebody waits; more are left to the worker
SHOWN = 10
PAGE = 20


class UploadForm(FirmsForm):
    file = forms.FileField(
        label=_("Datei mit früheren Kontakten"),
        help_text=_(
            "CSV oder XLSX, höchstens 32 MB: Besuche, Gespräche, Veranstaltungen, Teilnahmen, je Zeile ein Tag."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )


@takes_files
@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_IMPORT)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The lists so far, and the way to bring another one."""
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            kept = actions.upload(name=upload.name, data=upload.read(), by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("desk:history", uuid=kept.uuid)
    page = Paginator(ContactList.objects.defer("content"), PAGE).get_page(request.GET.get("seite"))
    waits = list_wishes.per_list(journey.held_contacts().filter(source__in=list(page)))
    context = {
        "form": form,
        "page": page,
        "rows": [(row, _in_words(row.counts), waits.get(row.pk, 0)) for row in page],
        "may_see": desk.may(Permission.COMPANY_SEE),
    }
    return render(request, "desk/histories.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_IMPORT)
def one(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """One list: its columns and its preview, or what became of it."""
    source = ContactList.objects.filter(uuid=uuid).select_related("partner", "topic").first()
    if source is None:
        raise Http404
    if request.method == "POST":
        return _act(request, desk, source)
    if not source.is_open or source.content is None:
        return render(request, "desk/history_done.html", _done(source, request.GET.get("seite"), desk))
    opened = _opened(source)
    context = {
        "source": source,
        "failure": failure(source),
        "columns": _columns(opened),
        "partners": [("", _now("steht in der Liste")), *((row.key, str(row)) for row in Partner.objects.all())],
        "topics": [("", _now("steht in der Liste")), *((row.slug, str(row)) for row in Topic.objects.all())],
        "partner": source.partner.key if source.partner else "",
        "topic": source.topic.slug if source.topic else "",
        "preview": None,
        "above": opened.head.above,
        "header_row": opened.head.line + 1,
        "head": opened.head,
    }
    context["rows_above"] = opened.rows_above[:SHOWN]
    context |= {
        "unmapped": opened.unmapped,
        "unheard": opened.unheard,
        "has_rows": opened.has_rows,
        **list_sheets.before(opened.grid),
    }
    if lists.has_day(opened.mapping) and opened.has_rows:
        outcome = lists.preview(opened, partner=source.partner, topic=source.topic, most=PREVIEW)
        context["preview"] = _preview(outcome)
        context["cut"] = len(opened.grid.lines) - opened.head.above > PREVIEW
        context["most"] = PREVIEW
        context["openings"] = _openings(outcome)
    return render(request, "desk/history.html", context)


def _done(source: ContactList, number: str | None, desk: Desk) -> dict[str, Any]:
    waiting = journey.held_contacts().filter(source=source).order_by("row")
    page = Paginator(waiting, PAGE).get_page(number)
    return {
        "source": source,
        "results": _results(source.counts),
        "rejected": [(row, REASONS[reason]) for row, reason in source.counts.get("rejected_rows", [])],
        "page": page,
        "held": history_rows.held(page, source),
        "warnings_count": source.counts.get("warnings_count", 0),
        "may_see": desk.may(Permission.COMPANY_SEE),
        "failure": failure(source),
        "is_done": source.state == ContactList.State.DONE,
        **list_sheets.afterwards(source.counts),
    }


def _opened(source: ContactList) -> Opened:
    return lists.open_uploaded(source)


def _columns(opened: Opened) -> list[dict[str, Any]]:
    """Each column with what it means and what stands in it."""
    labels = {**list_words.FIELDS, **OWN_FIELDS}
    options = [("", _now("bitte wählen")), *((key, str(labels[key])) for key in (*FIELDS, IGNORED))]
    width = max(len(line) for line in opened.grid.lines[max(opened.head.line, 0) :])
    headers = [*opened.head.headers, *[""] * (width - len(opened.head.headers))]
    return [
        {
            "name": f"spalte-{place}",
            "header": header or _now("Spalte %(number)s") % {"number": place + 1},
            "value": opened.mapping.get(place, ""),
            "options": options,
            "sample": " · ".join(opened.sample(place)),
        }
        for place, header in enumerate(headers)
        if header or opened.sample(place)
    ]


def _act(request: HttpRequest, desk: Desk, source: ContactList) -> HttpResponse:
    do = request.POST.get("do")
    try:
        if do == "undo":
            count = actions.undo(source=source, reason=request.POST.get("reason", ""), by=desk.by)
            messages.success(request, _now("Zurückgenommen: %(count)s Einträge zählen nicht mehr.") % {"count": count})
            if gone := journey.firms_gone_with(source):
                text = ngettext(
                    "%(count)s Betrieb, den nur diese Liste kannte, steht nicht mehr unter „Betriebe“.",
                    "%(count)s Betriebe, die nur diese Liste kannte, stehen nicht mehr unter „Betriebe“.",
                    gone,
                )
                messages.success(request, text % {"count": gone})
        elif not source.is_open:
            return redirect("desk:history", uuid=source.uuid)
        elif do == "drop":
            actions.drop(source=source, by=desk.by)
            messages.success(request, _now("Die Datei ist gelöscht. Übernommen wurde nichts."))
            return redirect("desk:histories")
        elif do == "columns":
            _describe(request, desk, source)
        elif do == "head":
            actions.say_head(source=source, line=said_line(request), by=desk.by)
        elif do == "rows":
            actions.say_head(source=source, line=ROWS_ALONE, by=desk.by)
        elif do == "sheet":
            actions.say_sheet(source=source, sheet=list_sheets.said(request), by=desk.by)
        elif do == "sheet_too":
            source = _as_another(source, list_sheets.said(request), desk)
            messages.success(request, _now("Das Blatt ist jetzt eine eigene Liste."))
        elif do == "take" and len(_opened(source).grid.lines) > AT_ONCE:
            actions.order(source=source, by=desk.by)
            messages.success(request, _now("Die Liste wird jetzt übernommen. Das dauert ein paar Minuten."))
        elif do == "take":
            histories.take_uploaded(source=source, by=desk.by)
            messages.success(request, _now("Die Liste ist übernommen."))
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
    return redirect("desk:history", uuid=source.uuid)


def _as_another(source: ContactList, sheet: str, desk: Desk) -> ContactList:
    """Another sheet of the same file, to be looked at and taken over for itself."""
    data = lists.content(source)
    return actions.upload(name=f"{source.name[:150]} · {sheet}", data=data, sheet=sheet, by=desk.by)


def _describe(request: HttpRequest, desk: Desk, source: ContactList) -> None:
    described = actions.describe(
        source=source,
        mapping=said_columns(request, FIELDS),
        partner=Partner.objects.filter(key=request.POST.get("partner", "")).first(),
        topic=Topic.objects.filter(slug=request.POST.get("topic", "")).first(),
        by=desk.by,
    )
    messages.success(request, remembered(_opened(described).head))


def _results(counts: dict[str, Any]) -> list[tuple[str, int]]:
    return [
        (str(label), counts[key]) for key, label in RESULTS.items() if counts.get(key) or (key == "recorded" and counts)
    ]


def _in_words(counts: dict[str, Any]) -> str:
    return ", ".join(counted(key, counts.get(key, 0)) for key in RESULTS if counts.get(key) or key == "recorded")


def _preview(outcome: Outcome) -> dict[str, Any]:
    held = [row for row in outcome.rows if outcome.kind(row) == lists.HELD]
    warnings = outcome.warnings
    document = outcome.document()
    return {
        "results": _results(outcome.counts()),
        "first": [_line(row, outcome) for row in outcome.rows[:SHOWN]],
        "formats": [
            (word, str(OCCASIONS.get(found["occasion"], found["occasion"])), str(Format(found["format"]).label))
            for word, found in document["formats"].items()
        ],
        "hours": [
            (str(partner), document["hours"][partner.key])
            for partner in Partner.objects.filter(key__in=document["hours"])
        ],
        "held": [
            (row.contact.row, row.contact.firm.name if row.contact.firm else "", HELD[row.held]) for row in held[:SHOWN]
        ],
        "held_count": len(held),
        "warnings": [(told, column(told.column), REASONS[told.reason]) for told in warnings[:SHOWN]],
        "warnings_count": len(warnings),
        "rejected": [(row, REASONS[row.reason]) for row in outcome.left_out()[:SHOWN]],
    }


def _openings(outcome: Outcome) -> list[tuple[str, OpeningBalance]]:
    """Opening balances that may hold what this list would prove once more."""
    taken = [row.contact.day for row in outcome.rows if outcome.kind(row) in {lists.RECORDED, lists.HELD}]
    days = {day for day in taken if day}
    return [(str(words.INDICATORS.get(row.indicator, row.indicator)), row) for row in funding.openings_over(days)]


def _line(row: Meant, outcome: Outcome) -> dict[str, Any]:
    contact = row.contact
    firm = str(row.company) if row.company else contact.firm.name if contact.firm else ""
    what = OCCASIONS.get(contact.occasion, contact.occasion)
    result = RESULTS.get(outcome.kind(row), "")
    if row.held:
        result = HELD[row.held]
    elif row.is_new:
        result = _now("neuer Betrieb, wie oben") if row.is_founded_above else _now("neuer Betrieb")
    return {
        "day": contact.day,
        "title": firm or counted("contacts_without_firm", lists.without_firm(row)),
        "text": " · ".join(filter(None, [str(what), contact.title, str(row.topic or ""), str(row.partner or "")])),
        "result": result,
    }
