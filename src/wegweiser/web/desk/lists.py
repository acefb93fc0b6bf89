"""Lists of firms: uploaded, their columns corrected, looked at in a preview, and taken over."""

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wegweiser.companies import lists, queries, undoable
from wegweiser.companies.actions import held_rows
from wegweiser.companies.actions import lists as actions
from wegweiser.companies.importing import headers as firm_headers
from wegweiser.companies.importing.headers import FIELDS, IGNORED, ROWS_ALONE, names_a_firm
from wegweiser.companies.importing.reading import MOST_BYTES
from wegweiser.companies.linkage.likeness import Likeness
from wegweiser.companies.list_claims import BROKEN
from wegweiser.companies.list_models import BroughtList
from wegweiser.companies.lists import Opened
from wegweiser.companies.models import FirmList, ListRow
from wegweiser.companies.outcomes import Outcome
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import firm_lists
from wegweiser.documents import sheets
from wegweiser.documents.sheets import Column
from wegweiser.journey.history import headers as contact_headers
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.bodies import takes_files
from wegweiser.web.desk import list_sheets, list_undoing, list_wishes, list_words, merging
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui import days

PREVIEW = 2_000  # rows that a preview works out while somebody waits
LOOKED_UP = 200  # the same where so many firms are known that each row is looked up among them
AT_ONCE = 300  # rows that are taken over while somebody waits; more are left to the worker
SHOWN = 10
PAGE = 20
MOST_DIGITS = 7  # of a row of a file


class UploadForm(forms.Form):
    optional_mark = _("(optional)")

    file = forms.FileField(
        label=_("Datei mit Betrieben"),
        help_text=_("CSV oder XLSX, höchstens 32 MB. Sie sehen zuerst eine Vorschau; noch wird nichts übernommen."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(SENTENCES["file_too_large"])
        return upload

    def refuse(self, error: DomainError) -> None:
        self.add_error("file", SENTENCES.get(error.code, error.code))


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
            return redirect("desk:list", uuid=kept.uuid)
    page = Paginator(FirmList.objects.defer("content"), PAGE).get_page(request.GET.get("seite"))
    waits = list_wishes.per_list(queries.held_rows().filter(source__in=list(page)))
    context = {
        "form": form,
        "page": page,
        "rows": [(row, _results(row.counts), waits.get(row.pk, 0)) for row in page],
        "may_see": desk.may(Permission.COMPANY_SEE),
    }
    return render(request, "desk/lists.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_IMPORT)
def one(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """One list: its columns and its preview, or what became of it."""
    source = _found(uuid)
    if request.method == "POST":
        return _act(request, desk, source)
    if not source.is_open or source.content is None:
        held = Paginator(queries.held_rows().filter(source=source), PAGE).get_page(request.GET.get("seite"))
        rejected = source.counts.get("rejected", [])
        context = {
            "source": source,
            "results": _results(source.counts),
            "rejected": [(source.line(row), list_words.REASONS[reason]) for row, reason in rejected],
            "page": held,
            "held": list_wishes.lines(held),
            "warnings": sum(len(told) for told in source.rows.values_list("unverified", flat=True)),
            "may_see": desk.may(Permission.COMPANY_SEE),
            "may_merge": desk.may(Permission.COMPANY_MERGE),
            "may_erase": desk.may(Permission.PERSON_ERASE),
            "failure": failure(source),
            "may_undo": undoable.is_possible(source),
            **list_sheets.afterwards(source.counts),
        }
        return render(request, "desk/list_done.html", context)
    opened = _opened(source)
    context = {"source": source, "columns": _columns(opened), "preview": None, "above": opened.head.above}
    context |= {"failure": failure(source), "may_undo": undoable.is_possible(source)}
    context["since"] = source.facts_since.isoformat() if source.facts_since else ""
    context |= {
        "head": opened.head,
        "header_row": 0 if opened.head.is_none else opened.grid.row(opened.head.line),
        "rows_above": [opened.grid.row(number - 1) for number in opened.rows_above[:SHOWN]],
        "unmapped": opened.unmapped,
        "unheard": opened.unheard,
    }
    context |= {"has_rows": opened.has_rows, **list_sheets.before(opened.grid)}
    if names_a_firm(opened.mapping) and opened.has_rows:
        are_many = lists.are_many_firms()
        most = LOOKED_UP if are_many else PREVIEW
        outcome = lists.preview(opened, most=most, looked_up=are_many)
        context["preview"] = _preview(outcome, opened)
        context |= {"most": most, "cut": len(opened.grid.lines) - opened.head.above > most}
    return render(request, "desk/list.html", context)


def failure(source: BroughtList) -> str:
    """Why the list was not taken over, where that was tried."""
    return str(SENTENCES.get(source.failure, SENTENCES[BROKEN])) if source.failure else ""


def _found(uuid: UUID) -> FirmList:
    found = FirmList.objects.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def _opened(source: FirmList) -> Opened:
    return lists.open_uploaded(source)


def _columns(opened: Opened) -> list[dict[str, Any]]:
    """Each column with what it means and what stands in it."""
    options = [("", _now("bitte wählen")), *((key, str(list_words.FIELDS[key])) for key in FIELDS)]
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


def said_columns(request: HttpRequest, fields: Collection[str]) -> dict[int, str]:
    """What somebody says that each column means."""
    said = ((_number(name.removeprefix("spalte-")), str(value)) for name, value in request.POST.items())
    return {place: value for place, value in said if place >= 0 and value in {*fields, IGNORED}}


def said_line(request: HttpRequest) -> int:
    """The line, from 0, that somebody says the headers stand in; -1 where there are none.

    Raises DomainError("head_outside") for what is no number.
    """
    number = _number(request.POST.get("kopf", "").strip())
    if number < 0:
        raise DomainError("head_outside", field="head")
    return number - 1


def _number(typed: str) -> int:
    """A row or a column; -1 where it is none, or one that no file has."""
    return int(typed) if typed.isdecimal() and len(typed) <= MOST_DIGITS else -1


def remembered(head: firm_headers.Head | contact_headers.Head) -> str:
    if head.is_none:
        return _now("Gemerkt für diese Liste.")
    return _now("Gemerkt, auch für künftige Listen mit denselben Überschriften.")


def _act(request: HttpRequest, desk: Desk, source: FirmList) -> HttpResponse:
    do = request.POST.get("do")
    try:
        if do == "undo":
            list_undoing.undo(request, desk, source)
            return redirect("desk:list", uuid=source.uuid)
        if not source.is_open:
            return redirect("desk:list", uuid=source.uuid)
        if do == "drop":
            actions.drop(source=source, by=desk.by)
            messages.success(request, _now("Die Datei ist gelöscht. Übernommen wurde nichts."))
            return redirect("desk:lists")
        opened = _opened(source)
        if do == "columns":
            actions.change_mapping(source=source, mapping=said_columns(request, FIELDS), by=desk.by)
            messages.success(request, remembered(opened.head))
        elif do == "head":
            line = said_line(request)
            actions.say_head(source=source, line=line if line < 0 else opened.grid.index(line + 1), by=desk.by)
        elif do == "rows":
            actions.say_head(source=source, line=ROWS_ALONE, by=desk.by)
        elif do == "sheet":
            actions.say_sheet(source=source, sheet=list_sheets.said(request), by=desk.by)
        elif do == "sheet_too":
            source = _as_another(source, list_sheets.said(request), desk)
            messages.success(request, _now("Das Blatt ist jetzt eine eigene Liste."))
        elif do == "take" and not _say_since(request, source, desk):
            messages.error(request, _now("Bitte einen Tag, nicht in der Zukunft. Übernommen ist noch nichts."))
        elif do == "take" and (len(opened.grid.lines) > AT_ONCE or lists.are_many_firms()):
            actions.order(source=source, by=desk.by)
            messages.success(request, _now("Die Liste wird jetzt übernommen. Das dauert ein paar Minuten."))
        elif do == "take":
            firm_lists.take_uploaded(source=source, by=desk.by)
            messages.success(request, _now("Die Liste ist übernommen."))
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
    return redirect("desk:list", uuid=source.uuid)


def _as_another(source: FirmList, sheet: str, desk: Desk) -> FirmList:
    """Another sheet of the same file, to be looked at and taken over for itself."""
    data = lists.content(source)
    return actions.upload(name=f"{source.name[:150]} · {sheet}", data=data, sheet=sheet, by=desk.by)


def _say_since(request: HttpRequest, source: FirmList, desk: Desk) -> bool:
    """Whether the day was understood; none is as good."""
    typed = request.POST.get("seit", "").strip()
    day = days.day(typed)
    if typed and (day is None or day > clock.today()):
        return False
    source.facts_since = actions.say_since(source=source, day=day, by=desk.by).facts_since
    return True


def _results(counts: dict[str, Any]) -> list[tuple[str, int]]:
    found = []
    for key, label in list_words.RESULTS.items():
        number = counts.get(key, 0)
        number = len(number) if isinstance(number, list) else number
        if number or key == "created":
            found.append((str(label), number))
    return found


def _preview(outcome: Outcome, opened: Opened) -> dict[str, Any]:
    kinds = outcome.kinds()
    counts = {**outcome.counts(), "rejected": len(outcome.rejected)}
    firms, line = _Firms(outcome, opened), opened.line
    doubtful = [
        {
            "row": line(row),
            "name": firms.rows[row],
            "others": [(firms.words(key), merging.words(evidence)) for key, evidence in others],
        }
        for row, others in outcome.doubtful().items()
    ]
    merged = [
        (
            line(plan.row.row),
            plan.row.name,
            there := firms.words(plan.root),
            _why(plan.because, plan.row.name, there[1]),
        )
        for plan in outcome.plans
        if plan.root is not None and plan.because is not None
    ]
    joined = [
        (line(plan.row.row), one := firms.words(key), other := firms.words(plan.root), _why(likeness, one[1], other[1]))
        for plan in outcome.plans
        for key, likeness in plan.joined
        if plan.root is not None
    ]
    warnings = [told for plan in outcome.plans for told in plan.row.warnings]
    return {
        "results": _results(counts),
        "first": [(plan.row, list_words.RESULTS[kinds[plan.row.row]]) for plan in outcome.plans[:SHOWN]],
        "merged": merged[:SHOWN],
        "merged_count": len(merged),
        "joined": joined[:SHOWN],
        "joined_count": len(joined),
        "doubtful": doubtful[:SHOWN],
        "doubtful_count": len(doubtful),
        "warnings": [(line(told.row), told, list_words.REASONS[told.reason]) for told in warnings[:SHOWN]],
        "warnings_count": len(warnings),
        "rejected": [(line(row.row), list_words.REASONS[row.reason]) for row in outcome.rejected[:SHOWN]],
        "rejected_count": len(outcome.rejected),
        "held": [
            (line(plan.row.row), plan.row, list_words.HELD[plan.row.held]) for plan in outcome.plans if plan.row.held
        ][:SHOWN],
    }


def _why(likeness: Likeness, one: str, other: str) -> list[str]:
    return [*merging.words(likeness.evidence), *merging.forms_of(one, other)]


class _Firms:
    """Firms of a preview as one calls them: by the row of the list, or as one that was there before."""

    def __init__(self, outcome: Outcome, opened: Opened) -> None:
        self._line = opened.line
        self.rows = {plan.row.row: plan.row.name for plan in outcome.plans}
        self._by_key = {plan.key: plan.row for plan in reversed(outcome.plans) if plan.is_new}
        self._profiles = outcome.firms.groups.index.profiles

    def words(self, key: int) -> tuple[int, str]:
        """Its row in the list, 0 for one that was there before, and its name."""
        row = self._by_key.get(key)
        return (self._line(row.row), row.name) if row else (0, self._profiles[key].known.name)


@require_GET
@needs(Permission.COMPANY_IMPORT)
def warnings(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Everything that could not be read, to be put right in the list itself."""
    source = _found(uuid)
    line = source.line
    not_read = source.counts.get("not_read", [])
    if source.is_open and source.content is not None:
        opened = _opened(source)
        line, not_read = opened.line, lists.sheets(opened.grid).get("not_read", [])
        cleaned = lists.clean_rows(opened) if names_a_firm(opened.mapping) and opened.has_rows else []
        told = [
            line
            for row in cleaned
            for line in (
                [(row.row, "", row.reason, "")]
                if isinstance(row, lists.Rejected)
                else [(told.row, told.column, told.reason, told.text) for told in row.warnings]
            )
        ]
    else:
        told = [(row, "", reason, "") for row, reason in source.counts.get("rejected", [])]
        for number, rows in source.rows.values_list("row", "unverified"):
            told += [(number, *line) for line in rows]
    name = f"warnungen-{source.uuid}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    lines = b"".join(_csv(sorted(told), line, not_read))
    return HttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _csv(
    told: Iterable[tuple[int, str, str, str]], line: Callable[[int], int], not_read: Iterable[tuple[str, int]]
) -> Iterable[bytes]:
    columns = [
        Column(key="row", heading=_now("Zeile"), kind="integer"),
        Column(key="column", heading=_now("Spalte")),
        Column(key="reason", heading=_now("Grund")),
        Column(key="text", heading=_now("Inhalt")),
    ]
    rows = [
        {"row": line(row), "column": column, "reason": str(list_words.REASONS[reason]), "text": text}
        for row, column, reason, text in told
    ]
    for sheet, count in not_read:
        text = list_sheets.words(sheet, count)
        rows.append({"row": None, "column": "", "reason": str(list_words.REASONS["sheet_not_read"]), "text": text})
    return sheets.csv(columns, rows)


@require_POST
@needs(Permission.COMPANY_IMPORT)
def settle(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Somebody did what a remark asked for, or saw that it asks for nothing; for all rows with these words, if said."""
    row = ListRow.objects.filter(uuid=uuid).select_related("company", "source").first()
    if row is None:
        raise Http404
    was_none = request.POST.get("do") == "none"
    if request.POST.get("alle"):
        number = held_rows.settle_alike(row=row, was_none=was_none, by=desk.by)
        messages.success(request, list_wishes.settled(number, was_none=was_none))
    else:
        held_rows.settle(row=row, was_none=was_none, by=desk.by)
        said = _now("%(firm)s: wieder wie vor der Liste erreichbar.") if was_none else _now("%(firm)s: erledigt.")
        messages.success(request, said % {"firm": row.company})
    return list_wishes.back(request, row, desk)
