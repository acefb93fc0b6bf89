"""Series at the desk: planning their dates, and all of them on one page."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wegweiser.catalogue import drafts as works
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Partner
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import series as crossing
from wegweiser.events import added, hosting, planning, queries, sharing, taken_out
from wegweiser.events.actions import series as actions
from wegweiser.events.actions import taken_out as taking_out
from wegweiser.events.added import Due
from wegweiser.events.models import Event, Joining, Series
from wegweiser.events.recurrence import Rule
from wegweiser.events.sharing import Member
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import editing, event_reach, event_templates, series_words
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.desk.series_forms import DateForm, DatesForm, PatternForm, more_days
from wegweiser.web.ui import dates

OUT = "heraus"  # the parameter that names a date somebody wants to take out


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def new(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The dates of a new series, like an event or a template. `do` is look (what speaks against them) or make."""
    source = event_reach.source(desk, uuid)
    if source.series is not None:
        return redirect("desk:series", uuid=source.series.uuid)
    pattern = PatternForm(request.GET if "ab" in request.GET else None, source=source)
    form = _dates(request, desk, source, pattern)
    status = 200
    if form is not None and form.is_bound:
        status = 200 if form.is_valid() and request.POST.get("do") == "look" else 422
        if form.is_valid() and request.POST.get("do") != "look":
            try:
                done = actions.begin(
                    source=source,
                    whens=form.whens(),
                    changes=form.changes() if source.draft.is_template else {},
                    submission=form.submission_id(),
                    by=desk.by,
                )
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                told = ngettext("%(n)d Termin ist angelegt.", "%(n)d Termine sind angelegt.", len(done.made))
                messages.success(request, f"{told % {'n': len(done.made)}} {_('Öffentlich ist noch keiner davon.')}")
                event_templates.say_gone(request, done.gone)
                event_templates.say_left(request, done.left)
                return redirect("desk:series", uuid=done.series.uuid)
    if form is not None:
        _note(form, source)
    context = {
        "event": source,
        "is_template": source.draft.is_template,
        "begins": words.begins(source),
        "pattern": pattern,
        "form": form,
        "skipped": _skipped(request, pattern) if form is not None and pattern.is_bound and pattern.is_valid() else None,
    }
    return render(request, "desk/series_new.html", context, status=422 if pattern.errors else status)


def _dates(request: HttpRequest, desk: Desk, source: Event, pattern: PatternForm) -> DatesForm | None:
    """The form of the days: as it was sent, or as the rule makes them; None before anybody asked for a rule."""
    work = works.work(source.draft.uuid)
    assert work is not None  # noqa: S101 - an event has its draft
    given: dict[str, Any] = {"source": source, "content": work.content, "named": editing.choices(desk), "desk": desk}
    given["gone"] = queries.gone_contact(work)
    if request.method == "POST":
        return DatesForm(request.POST, **given)
    if not pattern.is_bound or not pattern.is_valid():
        return None
    own = None if source.draft.is_template else source.draft.starts_at
    whens = [when for when in pattern.whens() if when.starts_at != own]
    return DatesForm(**given, whens=whens, spare=pattern.spare)


def _skipped(request: HttpRequest, pattern: PatternForm) -> dict[str, str] | None:
    """Which months fall out because they lack the day, and where there is a rule that every month meets."""
    months = pattern.skipped()
    if not months:
        return None
    by_day = pattern.cleaned_data["regel"] == Rule.DAY
    query = request.GET.copy()
    query["regel"] = Rule.END.value if by_day else Rule.LAST.value
    return {
        "months": ", ".join(dates.written(month, "F Y") for month in months),
        "day": str(pattern.cleaned_data["ab"].day) if by_day else "",
        "instead": f"?{query.urlencode()}",
    }


def _note(form: DatesForm, source: Event) -> None:
    """Beside each day what speaks against it."""
    spans = form.spans()
    asked = [(when.starts_at, when.ends_at or when.starts_at) for when in spans if when]
    partner = source.draft.partner
    if "partner" in form.fields:
        partner = Partner.objects.filter(key=form["partner"].value()).first()
    language = (get_language() or "de")[:2]
    centre = consortium.centre()
    noted = planning.noted(asked, partner=partner, land=centre.land, closed=centre.closed_days, language=language)
    found = iter(noted)
    form.notes = [next(found) if when else None for when in spans]


def of(desk: Desk, uuid: UUID) -> tuple[Series, list[Member]]:
    """A series with its dates within one's reach; without any it does not exist for them."""
    series = Series.objects.filter(uuid=uuid).first()
    rows = sharing.dates(series) if series else []
    mine = [row for row in rows if event_reach.may_change(desk, row.event)]
    if series is None or not mine:
        raise Http404
    return series, mine


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """All dates of a series. `do` is add (a date), out (of the series: `date`), back (into it: `date`) or publish (what
    is not public yet).

    `heraus` in the address asks before a date leaves the series.
    """
    series, members = of(desk, uuid)
    sent = request.POST if request.POST.get("do") == "add" else None
    form = DateForm(sent, initial=_next(members), more_days=_more_days(members))
    if request.method == "POST":
        done = _do(request, desk, series, members, form)
        if done:
            return done
    numbers = hosting.numbers([row.event for row in members])
    open_ones = [row for row in members if row.is_open]
    due = _due(series, members)
    context = {
        "series": series,
        "lines": [_line(row, members, numbers.get(row.event.pk), due.get(row.event.pk), desk) for row in members],
        "form": form,
        "unpublished": sum(not row.work.is_public for row in open_ones),
        "open": len(open_ones),
        "guests": sum(numbers[row.event.pk].taken for row in members if not row.event.is_cancelled),
        "asks": next((_named(row) for row in open_ones if str(row.event.uuid) == request.GET.get(OUT)), None),
        "gone": [{"uuid": row.uuid, "day": words.begins(row)} for row in _gone(series, desk)],
        "others": series.events.count() - len(members),
        "may_see_guests": desk.may(Permission.EVENT_GUESTS_SEE),
    }
    return render(request, "desk/series.html", context, status=422 if form.errors else 200)


def _do(request: HttpRequest, desk: Desk, series: Series, members: list[Member], form: DateForm) -> HttpResponse | None:
    """What somebody asked for; None where the page is shown again with what is wrong."""
    here = redirect("desk:series", uuid=series.uuid)
    match request.POST.get("do", ""):
        case "add":
            if not form.is_valid():
                return None
            try:
                submission = form.cleaned_data["submission"] or uuid4()
                mine = [row.event.uuid for row in members]
                made = actions.add(series=series, when=form.when(), within=mine, submission=submission, by=desk.by)
            except DomainError as refusal:
                form.add_error("day", str(SENTENCES.get(refusal.code, refusal.code)))
                return None
            messages.success(request, _("Der Termin ist angelegt. Öffentlich ist er noch nicht."))
            event_templates.say_gone(request, made.gone)
        case "out":
            chosen = next((row for row in members if str(row.event.uuid) == request.POST.get("date")), None)
            if chosen is None:
                raise Http404
            try:
                actions.take_out(event=chosen.event, by=desk.by)
            except DomainError as refusal:
                messages.error(request, str(SENTENCES[refusal.code]))
                return here
            messages.success(request, _("Der Termin gehört nicht mehr zur Reihe. Sonst bleibt er, wie er ist."))
            if len(members) == 1:
                return redirect("desk:event", uuid=chosen.event.uuid)
        case "back":
            gone = next((row for row in _gone(series, desk) if str(row.uuid) == request.POST.get("date")), None)
            if gone is None and not any(str(row.event.uuid) == request.POST.get("date") for row in members):
                raise Http404
            if gone is None:
                messages.info(request, _("Der Termin steht schon wieder in der Reihe."))
                return here
            try:
                registered = taking_out.put_back(series=series, event=gone, by=desk.by)
            except DomainError as refusal:
                messages.error(request, str(SENTENCES[refusal.code]))
                return here
            messages.success(request, _("Der Termin gehört wieder zur Reihe, mit allen Anmeldungen."))
            if registered:
                messages.success(request, series_words.added(registered))
        case "publish":
            done = crossing.publish(events=[row.event for row in members if row.is_open], by=desk.by)
            say_published(request, done)
    return here


def _gone(series: Series, desk: Desk) -> list[Event]:
    """The dates that were taken out and that one may put back."""
    return [row for row in taken_out.of(series) if event_reach.may_change(desk, row)]


def say_published(request: HttpRequest, done: crossing.Published) -> None:
    if done.events:
        told = ngettext("%(n)d Termin ist veröffentlicht.", "%(n)d Termine sind veröffentlicht.", len(done.events))
        messages.success(request, told % {"n": len(done.events)})
    if done.added:
        messages.success(request, series_words.added(done.added))
    for event, code in done.refused:
        told = _("%(day)s: %(why)s") % {"day": words.begins(event), "why": SENTENCES.get(code, code)}
        messages.error(request, told)


def _due(series: Series, members: list[Member]) -> dict[int, Due]:
    """Of dates that are not public yet, who has the whole series and would get a place there, and who could not."""
    if series.joining != Joining.WHOLE:
        return {}
    return added.due_at(series, [row.event for row in members if row.is_open and not row.work.is_public])


def _line(
    row: Member, members: list[Member], numbers: hosting.Numbers | None, due: Due | None, desk: Desk
) -> dict[str, Any]:
    sees = event_reach.sees_guests(desk, row.event)
    return {
        "due": due,
        "missing": [one.name for one in due.missing] if due and sees else [],
        "row": row,
        "day": clock.local(row.starts_at) if row.starts_at else None,
        "badge": _badge(row),
        "place": words.place(row.event),
        "numbers": numbers,
        "full": words.full(numbers) if numbers else "",
        "own": [series_words.label(part) for part in sharing.deviating(row, members)] if row.is_open else [],
    }


def _named(row: Member) -> dict[str, Any]:
    return {"uuid": row.event.uuid, "day": words.begins(row.event)}


def _badge(row: Member) -> tuple[str, str]:
    if row.event.is_cancelled:
        return "danger", _("abgesagt")
    if row.is_over:
        return "neutral", _("vorbei")
    if not row.work.is_public:
        return "neutral", _("nicht öffentlich")
    if row.work.state == "changed":
        return "warning", _("geändert, noch nicht veröffentlicht")
    return "success", _("öffentlich")


def _next(members: list[Member]) -> dict[str, Any]:
    """What one more date is likely to be: at the hour of the last one."""
    starts, ends = _last(members)
    return {
        "submission": uuid4(),
        "starts": clock.local(starts).time() if starts else None,
        "ends": clock.local(ends).time() if ends else None,
    }


def _last(members: list[Member]) -> tuple[dt.datetime | None, dt.datetime | None]:
    """From when to when the last date is."""
    last = next((row for row in reversed(members) if row.starts_at), None)
    return (last.event.draft.starts_at, last.event.draft.ends_at) if last else (None, None)


def _more_days(members: list[Member]) -> int:
    return more_days(*_last(members))
