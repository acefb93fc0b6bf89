"""Somebody leaves, guided: the last day, what hangs on them, who takes over, what will happen, and one button."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wegweiser.consortium import rights, teams
from wegweiser.consortium.models import Departure, Member
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import leaving
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.desk.team import manageable
from wegweiser.web.ui import dates, days

KINDS = {
    leaving.CASES: gettext_lazy("Offene Anliegen"),
    leaving.FOLLOW_UPS: gettext_lazy("Wiedervorlagen"),
    leaving.APPOINTMENTS: gettext_lazy("Kommende Termine"),
    leaving.ENTRIES: gettext_lazy("Angebote und Veranstaltungen"),
    leaving.DRAFTS: gettext_lazy("Entwürfe von Angeboten"),
}


@dataclass(frozen=True)
class Item:
    """One thing of a group: what it is, and who takes it over where it is not the group's heir."""

    title: str
    field: forms.BoundField
    value: str
    heir: Member | None


@dataclass(frozen=True)
class Line:
    """A group of work as the page shows it. `choices` are those who may take over one thing of it."""

    group: leaving.Group
    title: str
    items: list[Item]
    field: forms.BoundField
    heir: Member | None
    choices: list[tuple[str, str]]

    @property
    def rest(self) -> int:
        """How many go to the group's heir."""
        return sum(item.heir is None or item.heir == self.heir for item in self.items)

    @property
    def apart(self) -> list[Item]:
        """What goes to somebody else."""
        return [item for item in self.items if item.heir is not None and item.heir != self.heir]

    @property
    def is_open(self) -> bool:
        """Whether somebody has chosen for one thing already."""
        return any(item.value or item.field.errors for item in self.items)


class LeaveForm(DeskForm):
    """An heir for everything, another where a group asks for one, and another for one thing where somebody wishes."""

    def __init__(self, *args: Any, left: leaving.Estate, planned: Departure | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = left
        suggested = planned.heir if planned and planned.heir in left.candidates else left.suggested
        if left.candidates:
            self._ask("heir", _("Nachfolge"), left.candidates, suggested)
        for group in left.groups:
            wanted = planned.heirs.get(group.key) if planned else None
            able = {str(row.uuid): row for row in group.candidates}
            fallback = suggested if suggested in group.candidates else group.suggested
            self._ask(group.key, str(KINDS[group.kind]), group.candidates, able.get(wanted or "", fallback))
            for row, words in zip(group.rows, _words(group.rows), strict=True):
                own = able.get(planned.heirs.get(leaving.item_key(row), "")) if planned else None
                self._ask(leaving.item_key(row), words, group.candidates, own, required=False)

    def _ask(
        self, name: str, label: str, able: list[Member], suggested: Member | None, *, required: bool = True
    ) -> None:
        choices = [(str(row.uuid), row.name) for row in able]
        initial = str(suggested.uuid) if suggested else ""
        self.fields[name] = forms.ChoiceField(
            label=label, choices=choices if required else [("", ""), *choices], initial=initial, required=required
        )

    def chosen(self, name: str) -> Member | None:
        """The heir who was chosen in a field."""
        wanted = self.cleaned_data.get(name)
        able = [*self.left.candidates, *(row for group in self.left.groups for row in group.candidates)]
        return next((row for row in able if str(row.uuid) == wanted), None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBER_EDIT)
def leave(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Day, heirs, preview, action: three views of one form, so that it works without JavaScript."""
    member = manageable(desk, uuid)
    planned = teams.open_departure(member)
    if request.method == "POST" and request.POST.get("do") == "call_back":
        return _call_back(request, desk, member)
    given = request.POST if request.method == "POST" else request.GET
    day = days.day(given.get("tag", ""))
    typed = bool(given.get("tag")) and day is None
    if day is None and planned and not typed:
        day = planned.last_day
    context: dict[str, Any] = {"member": member, "planned": planned, "day": day, "day_error": ""}
    if typed:
        context["day_error"] = _("Diesen Tag gibt es nicht.")
    if day is None:
        return render(request, "desk/team_leave.html", context | {"day_text": given.get("tag", "")})
    left = leaving.estate(member=member, last_day=day)
    form = LeaveForm(request.POST if request.method == "POST" else None, left=left, planned=planned)
    step = "heirs"
    if request.method == "POST" and request.POST.get("do") in {"preview", "leave"} and form.is_valid():
        step = "preview"
        if request.POST.get("do") == "leave":
            try:
                departure = _leave(desk, member, day, left, form)
            except DomainError as error:
                form.refuse(error)
                step = "heirs"
            else:
                messages.success(request, _told(departure))
                gone = not teams.may_manage(rights.of(desk.user), member)
                return redirect("desk:today") if gone else redirect("desk:team_person", uuid=member.uuid)
    context |= {
        "left": left,
        "form": form,
        "step": step,
        "lines": [_line(group, form, step) for group in left.groups],
        "heir": form.chosen("heir") if step == "preview" else None,
        "at_once": day < clock.today(),
        "next_day": day + dt.timedelta(days=1),
        "nobody": [row for row in left.groups if not row.candidates],
    }
    return render(request, "desk/team_leave.html", context)


def _leave(desk: Desk, member: Member, day: dt.date, left: leaving.Estate, form: LeaveForm) -> Departure:
    heirs = {name: row for name in form.fields if name != "heir" and (row := form.chosen(name))}
    return leaving.plan(member=member, last_day=day, heir=form.chosen("heir"), heirs=heirs, by=desk.by)


def _told(departure: Departure) -> str:
    departure.refresh_from_db()
    if departure.done_at:
        return _("Alles ist übergeben, der Zugang ist abgeschaltet.")
    day = dates.written(departure.last_day, "DATE_FORMAT")
    return _("Geplant: letzter Tag ist der %(day)s. Am Tag danach wird alles übergeben.") % {"day": day}


def _call_back(request: HttpRequest, desk: Desk, member: Member) -> HttpResponse:
    try:
        leaving.call_back(member=member, by=desk.by)
    except DomainError as error:
        messages.error(request, SENTENCES.get(error.code, error.code))
    else:
        messages.success(request, _("Zurückgenommen. Die Rollen laufen weiter wie vorher."))
    return redirect("desk:team_person", uuid=member.uuid)


def _line(group: leaving.Group, form: LeaveForm, step: str) -> Line:
    title = f"{KINDS[group.kind]} ({len(group.rows)})"
    if group.partner:
        title = f"{title}, {group.partner}"
    fields = [form[leaving.item_key(row)] for row in group.rows]
    return Line(
        group,
        title,
        [
            Item(str(field.label), field, field.value() or "", form.chosen(field.name) if step == "preview" else None)
            for field in fields
        ],
        form[group.key],
        form.chosen(group.key) if step == "preview" else None,
        [(str(row.uuid), row.name) for row in group.candidates],
    )


def _words(rows: Iterable[Any]) -> Iterable[str]:
    """Each thing in a line. No names of persons served: who administers may not see cases."""
    for row in rows:
        match row._meta.model_name:
            case "case":
                yield f"{row.reference}, {row.topic or _('noch kein Thema')}, {row.get_state_display()}"
            case "followup":
                yield _("fällig am %(day)s") % {"day": dates.written(row.due_on, "SHORT_DATE_FORMAT")}
            case "appointment":
                moment = dates.written(clock.local(row.starts_at), "SHORT_DATETIME_FORMAT")
                yield f"{moment}, {row.get_kind_display()}"
            case _:
                yield str(row)
