"""What the management promises and keeps under a grant: targets of the work plan, and deadlines of its own."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wegweiser.consortium.rights import Permission
from wegweiser.funding import queries, words
from wegweiser.funding.actions import deadlines, openings, targets
from wegweiser.funding.models import Grant, OpeningBalance, OwnDeadline
from wegweiser.journey.counting import counting
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.reports import left, twice
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui import days, numbers

CHANGES = {"done": deadlines.done, "reopen": deadlines.reopen, "drop": deadlines.drop}


def _grant(asked: Mapping[str, str]) -> Grant | None:
    return Grant.objects.filter(slug=asked.get("foerderung", "")).first() or queries.running_grant()


def _address(grant: Grant) -> HttpResponse:
    response = redirect("desk:planning")
    response["Location"] += f"?foerderung={grant.slug}"
    return response


@require_http_methods(["GET", "POST"])
@needs(Permission.GRANT_EDIT)
def page(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Both forms on one page; an error stands beside its field, and what was typed stays."""
    grant = _grant(request.POST if request.method == "POST" else request.GET)
    if grant is None:
        return render(request, "desk/no_grant.html")
    errors: dict[str, str] = {}
    if request.method == "POST":
        act = ACTS.get(request.POST.get("do", ""), _set_targets)
        errors = act(request, grant, desk)
        if not errors:
            return _address(grant)
    return render(request, "desk/planning.html", _context(grant, request.POST, errors))


def _context(grant: Grant, typed: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, object]:
    today = clock.today()
    known = dict(grant.targets.values_list("indicator", "value"))
    own = list(OwnDeadline.objects.filter(grant=grant))
    return {
        "grant": grant,
        "grants": [(row.slug, str(row.title)) for row in Grant.objects.all()],
        "targets": [
            {
                "name": f"ziel-{key}",
                "label": words.INDICATORS.get(key, key),
                "hint": words.DEFINITIONS.get(key, ""),
                "value": typed.get(f"ziel-{key}", _plain(known.get(key))),
                "error": errors.get(key, ""),
            }
            for key in counting().indicators
        ],
        "due": [
            {
                "own": row.own,
                "title": row.title,
                "day": row.day,
                "left": left((row.day - today).days),
                "late": row.day < today,
            }
            for row in queries.due(grant, today, own=True)
        ],
        "done": [row for row in own if row.done_on],
        "openings": _openings(grant),
        "opening_indicators": [(key, str(words.INDICATORS.get(key, key))) for key in counting().indicators],
        "opening": {name: typed.get(name, "") for name in ("kennzahl", "wert", "stand", "grundlage")},
        "opening_errors": {name: errors.get(name, "") for name in ("indicator", "value", "on", "reason")},
        "typed": {"title": typed.get("titel", ""), "day": typed.get("tag", "")},
        "errors": errors,
        "title_error": errors.get("title", ""),
        "day_error": errors.get("day", ""),
    }


def _openings(grant: Grant) -> list[tuple[str, OpeningBalance, str]]:
    """Each with its indicator, and a warning where steps prove something of the same time."""
    rows = queries.openings(grant)
    proven = queries.proven_before(grant, rows)
    return [(str(words.INDICATORS.get(key, key)), row, twice(proven.get(key, 0))) for key, row in rows.items()]


def _plain(value: Decimal | None) -> str:
    """As a number field takes it."""
    found = queries.number(value)
    return "" if found is None else str(found)


def _set_targets(request: HttpRequest, grant: Grant, desk: Desk) -> dict[str, str]:
    known = dict(grant.targets.values_list("indicator", "value"))
    values: dict[str, Decimal | int | None] = {}
    errors = {}
    for key in counting().indicators:
        text = request.POST.get(f"ziel-{key}")
        if text is None or text == _plain(known.get(key)):
            continue  # as it is, even with a fraction
        text = numbers.typed(text)
        if not text:
            values[key] = None
        elif text.isascii() and text.isdigit() and len(text) <= 12:
            values[key] = int(text)
        else:
            errors[key] = _("Bitte eine ganze Zahl ab 0 angeben.")
    if errors:
        return errors
    try:
        targets.plan(grant=grant, values=values, by=desk.by)
    except DomainError as error:
        return {error.field or "": str(SENTENCES[error.code])}
    messages.success(request, _("Die Zielwerte sind gespeichert."))
    return {}


def _set_deadline(request: HttpRequest, grant: Grant, desk: Desk) -> dict[str, str]:
    day = days.day(request.POST.get("tag", ""))
    if day is None:
        return {"day": _("Bitte geben Sie einen Tag an.")}
    try:
        deadlines.set(grant=grant, title=request.POST.get("titel", ""), day=day, by=desk.by)
    except DomainError as error:
        return {error.field or "": str(SENTENCES[error.code])}
    messages.success(request, _("Die Frist ist eingetragen."))
    return {}


def _set_opening(request: HttpRequest, grant: Grant, desk: Desk) -> dict[str, str]:
    text, day = numbers.typed(request.POST.get("wert", "")), days.day(request.POST.get("stand", ""))
    errors = {}
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        errors["value"] = _("Bitte eine ganze Zahl ab 0 angeben.")
    if day is None:
        errors["on"] = _("Bitte geben Sie einen Tag an.")
    if errors or day is None:
        return errors
    try:
        openings.set(
            grant=grant,
            indicator=request.POST.get("kennzahl", ""),
            value=int(text),
            day=day,
            reason=request.POST.get("grundlage", ""),
            by=desk.by,
        )
    except DomainError as error:
        field = {"day": "on"}.get(error.field or "", error.field or "")
        return {field: str(SENTENCES[error.code])}
    messages.success(request, _("Der Eröffnungswert ist eingetragen."))
    return {}


ACTS = {"deadline": _set_deadline, "opening": _set_opening}


@require_POST
@needs(Permission.GRANT_EDIT)
def change(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Tick an own deadline off, open it again, or drop it."""
    deadline = OwnDeadline.objects.filter(uuid=uuid).select_related("grant").first()
    act = CHANGES.get(request.POST.get("do", ""))
    if deadline is None or act is None:
        raise Http404
    grant = deadline.grant
    act(deadline=deadline, by=desk.by)
    messages.success(request, _("Erledigt.") if act is deadlines.done else _("Gespeichert."))
    return redirect("desk:today") if request.POST.get("weiter") == "heute" else _address(grant)
