"""After one date of a series changed: whether the others shall, too, shown before they do. And calling several off."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from wegweiser.consortium.rights import Permission
from wegweiser.crossings import series as crossing
from wegweiser.events import hosting, series_times, sharing, shifting
from wegweiser.events.actions import series as actions
from wegweiser.events.models import Event
from wegweiser.events.sharing import Member
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import event_reach, series, series_words
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.sentences import SENTENCES

ONE, FOLLOWING, ALL = "one", "following", "all"


def before(event: Event | None) -> Member | None:
    """How a date of a series stands before somebody changes it; None for what is in no series."""
    return sharing.date(event) if event is not None and event.series_id else None


def ask(stood: Member | None) -> HttpResponse | None:
    """Where to ask about the other dates, if something was changed just now that they share."""
    if stood is None:
        return None
    now = sharing.date(stood.event)
    changed = set(sharing.changed(stood.prints, now.prints))
    if now.starts_at != stood.starts_at:
        changed.add(sharing.DAY)
    parts = [part for part in sharing.own(now) if part in changed]
    if not parts or not sharing.others(now, sharing.dates(now.event.series)):  # type: ignore[arg-type]
        return None
    return redirect(_address(now.event, parts))


def open_ones(event: Event | None) -> HttpResponse | None:
    """The same for everything in which a date differs from the others."""
    now = before(event)
    parts = sharing.own(now) if now else []
    if now is None or not parts or not sharing.others(now, sharing.dates(now.event.series)):  # type: ignore[arg-type]
        return None
    return redirect(_address(now.event, parts))


def _address(event: Event, parts: Iterable[str]) -> str:
    query = urlencode([("teil", part) for part in parts])
    return f"{reverse('desk:series_spread', kwargs={'uuid': event.uuid})}?{query}"


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def spread(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Only this date, this and all after it, or all: with what would change where, before it does."""
    event = event_reach.event(desk, uuid, Permission.EVENT_EDIT)
    if event.series is None:
        raise Http404
    _series, members = series.of(desk, event.series.uuid)
    source = next(row for row in members if row.event.pk == event.pk)
    own = sharing.deviating(source, members)
    if request.method == "POST":
        return _spread(request, desk, source, own, members)
    chosen = [part for part in request.GET.getlist("teil") if part in own] or own
    others = sharing.others(source, members)
    following = sharing.others(source, members, following=True)
    found = sharing.differences(source, others, own)
    numbers = hosting.told_by(row.event for row in [source, *others])
    context = {
        "event": event,
        "series": event.series,
        "begins": words.begins(event),
        "parts": [_part(source, part, found, chosen=part in chosen) for part in own],
        "kept": [_kept(difference) for difference in found if difference.kept],
        "scopes": [
            (ONE, _("nur dieser Termin")),
            *([(FOLLOWING, _counted(len(following), following=True))] if 0 < len(following) < len(others) else []),
            (ALL, _counted(len(others), following=False)),
        ],
        "scope": ALL if len(following) in {0, len(others)} else FOLLOWING,
        "public": any(row.work.is_public for row in others) if any(map(sharing.is_published, own)) else False,
        "guests": sum(numbers.values()),
        "is_changed": source.work.state == "changed" and any(map(sharing.is_published, own)),
        "tells": bool({"room", "join_link", sharing.POOLS}.intersection(own)),
        "others": len(others),
        "stuck": _stuck(source, found, members),
    }
    return render(request, "desk/series_spread.html", context)


def _stuck(source: Member, found: Iterable[sharing.Difference], members: Iterable[Member]) -> list[str]:
    """The dates for which the new times do not work, and why."""
    wanted: dict[int, list[str]] = {}
    for row in found:
        if not row.kept:
            wanted.setdefault(row.member.event.pk, []).append(row.part)
    return _refused(series_times.problems(source, wanted, members))


def _refused(found: Iterable[tuple[Event, str]]) -> list[str]:
    return [f"{words.begins(event)}: {SENTENCES[code]}" for event, code in found]


def _counted(count: int, *, following: bool) -> str:
    if following:
        told = ngettext("dieser und der folgende", "dieser und die %(n)d folgenden", count)
    else:
        told = ngettext("dieser und der andere kommende", "dieser und alle %(n)d anderen kommenden", count)
    return told % {"n": count}


def _part(source: Member, part: str, found: list[sharing.Difference], *, chosen: bool) -> dict[str, Any]:
    """One part with its new value, and what stands on the others until now: {value: dates}."""
    before: dict[str, list[str]] = {}
    for row in found:
        if row.part == part and not row.kept:
            value = "" if part == sharing.DAY else series_words.value(row.member, part)
            before.setdefault(value, []).append(words.moment(row.member.starts_at, "j.n."))
    return {
        "key": part,
        "label": series_words.label(part),
        "value": series_words.value(source, part),
        "before": list(before.items()) if part != sharing.DAY else [],
        "moves": [_move(source, row.member) for row in found if row.part == part == sharing.DAY and not row.kept],
        "chosen": chosen,
    }


def _move(source: Member, other: Member) -> tuple[str, str]:
    """When another date is, and when it would be."""
    moved = shifting.wall(other.starts_at, source.event.planned_at, source.starts_at)
    return series_words.begins(other), words.moment(moved, "D, d.m.Y, H:i")


def _kept(row: sharing.Difference) -> dict[str, str]:
    return {
        "key": f"{row.member.event.uuid} {row.part}",
        "day": series_words.begins(row.member),
        "label": series_words.label(row.part),
        "value": series_words.value(row.member, row.part),
    }


def _spread(request: HttpRequest, desk: Desk, source: Member, own: list[str], members: list[Member]) -> HttpResponse:
    scope, parts = request.POST.get("scope", ""), [part for part in request.POST.getlist("part") if part in own]
    if scope not in {FOLLOWING, ALL} or not parts:
        messages.info(request, _("Nur dieser Termin ist anders. Die Seite der Reihe zeigt, worin."))
        return redirect("desk:event", uuid=source.event.uuid)
    done, published = crossing.spread(
        event=source.event,
        parts=parts,
        following=scope == FOLLOWING,
        also=_also(request.POST.getlist("also")),
        within=[row.event.uuid for row in members],
        publish=bool(request.POST.get("publish")) and any(map(sharing.is_published, parts)),
        by=desk.by,
    )
    if done.is_blocked:
        messages.error(request, " ".join([_("Kein Termin ist geändert."), *_refused(done.refused)]))
        return redirect(_address(source.event, parts))
    count = len(done.changed)
    told = ngettext("%(n)d anderer Termin ist geändert.", "%(n)d andere Termine sind geändert.", count) % {"n": count}
    messages.success(request, told)
    if done.kept:
        kept = len({row.member.event.pk for row in done.kept})
        told = ngettext("%(n)d Termin behält etwas Eigenes.", "%(n)d Termine behalten etwas Eigenes.", kept)
        messages.info(request, told % {"n": kept})
    for event, code in done.refused:
        told = _("%(day)s bleibt, wie er war: %(why)s")
        messages.error(request, told % {"day": words.begins(event), "why": SENTENCES.get(code, code)})
    series.say_published(request, published)
    return redirect("desk:series", uuid=source.event.series.uuid)  # type: ignore[union-attr]


def _also(given: Iterable[str]) -> list[tuple[UUID, str]]:
    """The own values that shall change, too: dates and parts, as the form names them."""
    found = []
    for text in given:
        uuid, _space, part = text.partition(" ")
        try:
            found.append((UUID(uuid), part))
        except ValueError:
            continue
    return found


# --- Calling several off -------------------------------------------------------------------------------------------


class OffForm(DeskForm):
    """Which dates do not take place, and why."""

    optional_mark = ""

    dates = forms.MultipleChoiceField(
        label=gettext_lazy("Welche Termine fallen aus?"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=gettext_lazy("Warum?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Das lesen alle, die kommen wollten, und es steht auf der öffentlichen Seite: bitte ohne Namen."
        ),
    )

    def __init__(self, data: Any = None, *, members: list[Member], told: Mapping[int, int]) -> None:
        super().__init__(data)
        self.members = members
        choices = [(str(row.event.uuid), _of_date(row, told.get(row.event.pk, 0))) for row in members]
        self.fields["dates"].choices = choices  # type: ignore[attr-defined]

    def events(self) -> list[Event]:
        chosen = set(self.cleaned_data["dates"])
        return [row.event for row in self.members if str(row.event.uuid) in chosen]


def _of_date(row: Member, told: int) -> str:
    guests = ngettext("%(n)d Anmeldung", "%(n)d Anmeldungen", told) % {"n": told}
    return f"{series_words.begins(row)} ({guests})"


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def off(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Call one or all dates off that are still to come, with one reason."""
    found, members = series.of(desk, uuid)
    open_ones = [row for row in members if row.is_open]
    told = hosting.told_by(row.event for row in open_ones)
    form = OffForm(request.POST if request.method == "POST" else None, members=open_ones, told=told)
    if request.method == "POST" and form.is_valid():
        try:
            gone = actions.cancel(events=form.events(), reason=form.cleaned_data["reason"], by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            said = ngettext("%(n)d Termin ist abgesagt.", "%(n)d Termine sind abgesagt.", len(gone)) % {"n": len(gone)}
            messages.success(request, f"{said} {_('Alle, die kommen wollten, erfahren es.')}")
            return redirect("desk:series", uuid=uuid)
    context = {"series": found, "form": form, "told": sum(told.values()), "open": len(open_ones)}
    return render(request, "desk/series_off.html", context, status=422 if form.errors else 200)
