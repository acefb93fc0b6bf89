"""Lists of who was there online: read in, each row said whose it is, and taken over."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wegweiser.companies.importing.reading import MOST_BYTES
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import attendance
from wegweiser.events import presence_lists as reads
from wegweiser.events import whose
from wegweiser.events.actions import presence_lists as actions
from wegweiser.events.models import Event, PresenceList, PresenceRow, Seat, Whose
from wegweiser.kernel.errors import DomainError
from wegweiser.web.bodies import takes_files
from wegweiser.web.desk import door_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.presence import AT_ONCE, REFUSED, event_of
from wegweiser.web.desk.sentences import SENTENCES

PAGE = 50  # rows that are decided at once
COLUMNS = ("name", "mail", "minutes", "there")
THERE = {"": None, "ja": True, "nein": False}  # what is said of whom the list says no time of
WHY: dict[str, str | Promise] = {
    whose.SAME: _("mehrere heißen so"),
    whose.NEARLY: _("ähnlich geschrieben"),
    whose.PART: _("nur ein Teil des Namens"),
}
REASONS: dict[str, str | Promise] = {
    **REFUSED,
    "columns_unknown": _(
        "Wir erkennen nicht, wo der Name steht und wie lange jemand da war. Nennen Sie unten die Überschriften."
    ),
    "nobody_listed": _("In dieser Datei steht niemand."),
    "list_taken_over": _(
        "Diese Datei ist schon übernommen. Verwerfen Sie zuerst die Liste, dann lesen Sie sie neu ein."
    ),
    "share_not_allowed": _("Bitte eine Zahl von 1 bis 100."),
    "full": _("Für jemanden ohne Anmeldung ist kein Platz mehr frei. Erhöhen Sie die Plätze oder wählen Sie anders."),
}


class ListForm(forms.Form):
    """The file of a meeting; headings are asked only for a table of somebody's own."""

    optional_mark = _("(optional)")

    file = forms.FileField(
        label=_("Liste der Teilnehmenden"),
        help_text=_("CSV oder XLSX aus Zoom, Teams, BigBlueButton, Webex oder eine eigene Tabelle."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    name = forms.CharField(label=_("Spalte mit dem Namen"), max_length=80, required=False)
    mail = forms.CharField(label=_("Spalte mit der E-Mail-Adresse"), max_length=80, required=False)
    minutes = forms.CharField(label=_("Spalte mit den Minuten"), max_length=80, required=False)
    there = forms.CharField(
        label=_("Spalte, in der steht, wer da war"),
        help_text=_("Wenn es keine Zeiten gibt: mit x oder ja."),
        max_length=80,
        required=False,
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(SENTENCES["file_too_large"])
        return sent

    def columns(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in COLUMNS if self.cleaned_data[name]}


@takes_files
@require_http_methods(["GET", "POST"])
@needs(Permission.STEP_RECORD)
def overview(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The lists of an event, another one, and how long one has to be there."""
    event = event_of(desk, uuid)
    do = request.POST.get("do", "")
    form = ListForm(*((request.POST, request.FILES) if do == "read" else ()))
    if do == "share":
        _share(request, desk, event)
        return redirect("desk:presence_lists", uuid=event.uuid)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            found = actions.read(
                event=event, name=sent.name or "", data=sent.read(), columns=form.columns(), by=desk.by
            )
        except DomainError as refusal:
            form.add_error("file", str(REASONS.get(refusal.code, SENTENCES.get(refusal.code, refusal.code))))
        else:
            return redirect("desk:presence_list", uuid=event.uuid, found=found.uuid)
    context = {
        "event": event,
        "title": words.title(event),
        "form": form,
        "share": event.least_share,
        "least": reads.least_of_all(event),
        "lists": event.presence_lists.all(),
    }
    return render(request, "desk/presence_lists.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.STEP_RECORD)
def one(request: HttpRequest, *, desk: Desk, uuid: UUID, found: UUID) -> HttpResponse:
    """The rows of a list: those that are open first, each with who it may be."""
    event = event_of(desk, uuid)
    kept = PresenceList.objects.select_related("event").filter(event=event, uuid=found).first()
    if kept is None:
        raise Http404
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do == "drop":
            attendance.drop_list(presence_list=kept, most=AT_ONCE, by=desk.by)
            messages.success(request, _now("Die Liste ist verworfen."))
            return redirect("desk:presence_lists", uuid=event.uuid)
        if gone := kept.rows.filter(uuid__in=_uuids({request.POST.get("erase", "")})).first():
            actions.erase(row=gone, by=desk.by)
            messages.success(request, _now("Der Name ist gelöscht, die Minuten bleiben."))
            return redirect("desk:presence_list", uuid=event.uuid, found=kept.uuid)
        wrong = _decide(request, desk, event, kept)
        if wrong:
            messages.warning(request, _now("Nicht gefunden: %(names)s") % {"names": ", ".join(wrong.values())})
            return render(request, "desk/presence_list.html", _context(request, event, kept, wrong), status=422)
        if do == "settle":
            _settle(request, desk, kept)
            return redirect("desk:presence", uuid=event.uuid)
        return redirect("desk:presence_list", uuid=event.uuid, found=kept.uuid)
    return render(request, "desk/presence_list.html", _context(request, event, kept))


def _context(
    request: HttpRequest, event: Event, kept: PresenceList, wrong: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The page; `wrong` are names that were typed for a row (by its uuid) and mean nobody, or several."""
    shown_all = request.GET.get("zeige") == "alle"
    rows = kept.rows.select_related("seat__registration")
    page = Paginator(rows if shown_all else reads.open_rows(kept).select_related("seat__registration"), PAGE).get_page(
        request.GET.get("seite")
    )
    undecided = [row for row in page if row.whose == Whose.OPEN]
    register = reads.register(event) if undecided else None
    alike = {row.pk: register.alike(row.name) if register and row in undecided else () for row in page}
    wanted = {seat for found in alike.values() for seat, _why in found}
    seats = {seat.pk: seat for seat in Seat.objects.filter(pk__in=wanted).select_related("registration")}
    least = {pool.pk: reads.least_minutes(event, pool) for pool in event.pools.all()}
    new = reads.for_new(event).pk
    return {
        "event": event,
        "title": words.title(event),
        "list": kept,
        "least": reads.least_of_all(event),
        "page": page,
        "rows": [
            {
                "row": row,
                "short": row.minutes is not None
                and not row.there
                and row.minutes < least[row.seat.registration.pool_id if row.seat else new],
                "alike": [
                    (seats[seat].uuid, f"{reads.label(seats[seat])} · {WHY[why]}")
                    for seat, why in alike[row.pk]
                    if seat in seats
                ],
                "typed": (wrong or {}).get(str(row.uuid), ""),
                "guest": reads.label(row.seat) if row.seat and row.whose == Whose.GUEST else "",
            }
            for row in page
        ],
        "open": reads.undecided(kept),
        "unread": reads.unread(event, kept),
        "known": kept.rows.filter(whose=Whose.GUEST).count(),
        "all": shown_all,
        "guests": reads.labels(event),
    }


def _decide(request: HttpRequest, desk: Desk, event: Event, kept: PresenceList) -> dict[str, str]:
    """What was said of each row on the page. Gives what was typed for a row (by its uuid) and means no one guest."""
    given = {name: str(value) for name, value in request.POST.items()}
    asked = {name.removeprefix("row-"): value for name, value in given.items() if name.startswith("row-")}
    typed = {name.removeprefix("guest-"): value for name, value in given.items() if name.startswith("guest-")}
    wrong = {}
    there = {name.removeprefix("there-"): value for name, value in given.items() if name.startswith("there-")}
    rows = {str(row.uuid): row for row in kept.rows.filter(uuid__in=_uuids({*asked, *typed, *there}))}
    for key, row in rows.items():
        if there.get(key) in THERE and row.minutes is None:
            actions.set_there(row=row, there=THERE[there[key]], by=desk.by)
        said, named = asked.get(key, ""), " ".join(typed.get(key, "").split())
        if named:
            seat = reads.by_label(event, named)
            if seat is None:
                wrong[key] = named
                continue
            actions.decide(row=row, whose=Whose.GUEST, seat=seat, by=desk.by)
        elif said in {Whose.NEW, Whose.NOBODY, "later"}:
            actions.decide(row=row, whose="" if said == "later" else said, by=desk.by)
        elif said:
            seat = Seat.objects.filter(uuid__in=_uuids({said})).first()
            _take(row, seat, desk)
    return wrong


def _take(row: PresenceRow, seat: Seat | None, desk: Desk) -> None:
    try:
        actions.decide(row=row, whose=Whose.GUEST, seat=seat, by=desk.by)
    except DomainError:
        raise Http404 from None


def _uuids(texts: set[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _settle(request: HttpRequest, desk: Desk, kept: PresenceList) -> None:
    try:
        attendance.take_list(presence_list=kept, most=AT_ONCE, by=desk.by)
    except DomainError as refusal:
        messages.warning(request, str(REASONS.get(refusal.code, _now("Das ging nicht."))))
        return
    left = reads.undecided(kept)
    said = ngettext("%(n)s Zeile ist noch offen.", "%(n)s Zeilen sind noch offen.", left) % {"n": left}
    messages.success(request, " ".join([_now("Die Liste ist übernommen."), *([said] if left else [])]))


def _share(request: HttpRequest, desk: Desk, event: Event) -> None:
    try:
        actions.set_least_share(event=event, share=int(request.POST.get("share", "")), by=desk.by)
    except (ValueError, DomainError):
        messages.warning(request, str(REASONS["share_not_allowed"]))
    else:
        messages.success(request, _now("Gespeichert."))
