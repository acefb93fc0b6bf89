"""The guests of an event: registering somebody who calls, changing, cancelling, and how each registration went."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wegweiser.companies import phones
from wegweiser.consortium.rights import Permission
from wegweiser.events import hosting, queries
from wegweiser.events.actions import calls, registrations, seats
from wegweiser.events.actions.registrations import Guest
from wegweiser.events.models import Event, Listing, Registration, State
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox import queries as outbox
from wegweiser.web.desk import editing, event_reach, letters
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.event_forms import ChangeForm, GuestForm, ReasonForm
from wegweiser.web.desk.sentences import SENTENCES


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_GUESTS_SEE)
def new(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Somebody calls and wants to come: a name is enough."""
    event = event_reach.event(desk, uuid, Permission.EVENT_GUESTS_SEE)
    rooms = hosting.counted(event.pools.all())
    form = GuestForm(request.POST if request.method == "POST" else None, event=event, rooms=rooms)
    if request.method == "POST" and form.is_valid():
        try:
            done = registrations.register(
                event=event, pool=form.chosen, submission=form.submission_id(), guest=_guest(form), by=desk.by
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _said(done))
            return redirect("desk:event_guest", uuid=event.uuid, guest=done.registration.uuid)
    context = {
        "event": event,
        "form": form,
        "begins": words.begins(event),
        "place": words.place(event),
        "all_full": not any(room.free for room in rooms),
        "with_line": event.waiting_list,
    }
    return render(request, "desk/event_guest_new.html", context, status=422 if form.errors else 200)


def _guest(form: GuestForm) -> Guest:
    said = form.cleaned_data
    others = [said["name"], *said["names"]] if said.get("names") else []
    return Guest(
        **{name: said[name] for name in ("name", "firm", "phone", "email", "note", "language")},
        places=max(said["places"], len(others)),
        names=others,
    )


def _said(done: registrations.Registered) -> str:
    """What one can tell the caller before they hang up."""
    row = done.registration
    if not done.fresh:
        return _("%(name)s stand schon auf der Liste.") % {"name": row.name}
    where = _("%(name)s ist angemeldet.") if row.state == State.CONFIRMED else _("%(name)s steht auf der Warteliste.")
    mail = _("Die Bestätigung geht per E-Mail hinaus.") if row.email else _("Bitte gleich am Telefon sagen.")
    return f"{where % {'name': row.name}} {mail}"


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_GUESTS_SEE)
def one(request: HttpRequest, *, desk: Desk, uuid: UUID, guest: UUID) -> HttpResponse:
    """One registration: what one can do for them, and how it came to stand where it stands."""
    event = event_reach.event(desk, uuid, Permission.EVENT_GUESTS_SEE)
    row = Registration.objects.select_related("pool", "multiplier").filter(event=event, uuid=guest).first()
    if row is None:
        raise Http404
    row.event = event
    verb = request.POST.get("do", "")
    names = [seat.name for seat in row.seats.filter(given_back_at=None)]
    change = ChangeForm(request.POST if verb == "change" else None, row=row, names=names, prefix="change")
    reason = ReasonForm(request.POST if verb == "prefer" else None, prefix="prefer")
    if request.method == "POST":
        sent = {"change": change, "prefer": reason}.get(verb)
        if sent is None or sent.is_valid():
            try:
                said = _act(verb, row, change, reason, desk, seat=request.POST.get("seat", ""))
            except DomainError as refusal:
                if sent is None:
                    messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
                    return redirect("desk:event_guest", uuid=event.uuid, guest=row.uuid)
                sent.refuse(refusal)
            else:
                messages.success(request, said)
                return redirect("desk:event_guest", uuid=event.uuid, guest=row.uuid)
    invalid = bool(change.errors or reason.errors)
    may_finish = desk.may(Permission.STEP_RECORD, event.draft.partner)
    context = _context(event, row, may_finish=may_finish)
    context |= {"change": change, "prefer": reason, "doing": verb if invalid else ""}
    return render(request, "desk/event_guest.html", context, status=422 if invalid else 200)


def _act(verb: str, row: Registration, change: ChangeForm, reason: ReasonForm, desk: Desk, *, seat: str) -> str:
    """Do it; what is said afterwards."""
    match verb:
        case "change":
            said = change.cleaned_data
            names = None if row.event.listing == Listing.HEADS else said["names"]
            registrations.change(registration=row, names=names, places=said["places"], phone=said["phone"], by=desk.by)
            return _("Gespeichert.")
        case "prefer":
            registrations.prefer(registration=row, reason=reason.cleaned_data["reason"], by=desk.by)
            return _("Vorgezogen. Der Grund steht in der Geschichte der Anmeldung.")
        case "confirm" | "accept" | "cancel":
            done = calls.act(registration=row, verb=verb, by=desk.by)
            return _turned(done)
        case "forget":
            return _forgotten(row, seat, desk)
        case "called":
            calls.called(registration=row, by=desk.by)
            return _("Notiert: Sie haben angerufen.")
    raise Http404


def _forgotten(row: Registration, uuid: str, desk: Desk) -> str:
    seat = next((one for one in row.seats.all() if str(one.uuid) == uuid), None)
    if seat is None:
        raise Http404
    seats.forget(seat=seat, by=desk.by)
    return _("Der Name ist gelöscht. Der Platz bleibt.")


def _turned(row: Registration) -> str:
    told = _("Eine E-Mail sagt es ihnen.") if row.email else _("Bitte gleich am Telefon sagen.")
    match row.state:
        case State.CONFIRMED:
            return f"{_('Angemeldet.')} {told}"
        case State.WAITING:
            return f"{_('Auf der Warteliste.')} {told}"
    return f"{_('Abgesagt. Wer als Nächstes wartet, rückt nach.')} {told}"


def _context(event: Event, row: Registration, *, may_finish: bool) -> dict[str, Any]:
    changes = list(row.changes.order_by("id"))
    known = editing.names_of({row.by, row.preferred_by, *(change.by for change in changes)})
    post = list(outbox.of_cause(row.uuid))
    held = hosting.calls(Registration.objects.filter(pk=row.pk))
    history: list[dict[str, Any]] = [
        {
            "at": words.moment(row.recorded_at),
            "text": ngettext("%(n)d Platz angemeldet", "%(n)d Plätze angemeldet", row.places) % {"n": row.places},
            "by": words.by_whom(row.by, known),
        },
        *(
            {
                "at": words.moment(change.at),
                "text": str(words.CHANGES.get(change.verb, change.verb)),
                "by": _("von selbst") if change.verb in words.BY_ITSELF else words.by_whom(change.by, known),
                "key": change.at,
            }
            for change in changes
        ),
    ]
    if row.preferred_at:
        told = _("Vorgezogen: %(reason)s") % {"reason": row.preferred_reason}
        history.append(
            {
                "at": words.moment(row.preferred_at),
                "text": told,
                "by": words.by_whom(row.preferred_by, known),
                "key": row.preferred_at,
            }
        )
    history[1:] = sorted(history[1:], key=lambda step: step["key"])
    return {
        "event": event,
        "row": row,
        "begins": words.begins(event),
        "named": [seat for seat in row.seats.all() if seat.name and seat.name != row.name],
        "answers": words.answered(event.questions.all(), row.answers) if row.answers else [],
        "badge": words.BADGES.get(row.state, "neutral"),
        "phone": phones.shown(row.phone),
        "until": words.moment(row.until),
        "queued_at": words.moment(row.queued_at),
        "history": history,
        "post": [{"letter": letter, "text": letters.words(letter)} for letter in post],
        "call": held[0] if held else None,
        "say": words.to_say(row),
        "can_confirm": row.state in {State.PENDING, State.ASKED},
        "can_accept": row.state == State.OFFERED,
        "can_prefer": row.state == State.WAITING,
        "can_change": row.is_active,
        "can_cancel": not queries.stays_because(row, row.seats.filter(given_back_at=None)),
        "may_finish": may_finish,
    }
