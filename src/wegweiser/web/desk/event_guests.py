"""The guests of an event: registering somebody who calls, changing, cancelling, and how each registration went."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wegweiser.companies import mail_typos, phones
from wegweiser.consortium.rights import Permission
from wegweiser.events import guests, hosting, queries, talks, whole
from wegweiser.events.actions import calls, contacts, questions, rebooking, registrations, whole_series
from wegweiser.events.actions import seats as seat_actions
from wegweiser.events.actions.whole_series import Bundled
from wegweiser.events.guests import Guest
from wegweiser.events.models import Event, Listing, Registration, State
from wegweiser.events.naming import seating
from wegweiser.events.whole import Date
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.models import Letter
from wegweiser.web.desk import editing, event_reach, letters
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.event_guest_forms import ChangeForm, GuestForm, ReasonForm
from wegweiser.web.desk.sentences import SENTENCES

SECRET = re.compile(r"(?<=/)[A-Za-z0-9_-]{40,}(?=/|\b)")


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_GUESTS_SEE)
def new(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Somebody calls and wants to come: a name is enough."""
    event = event_reach.event(desk, uuid, Permission.EVENT_GUESTS_SEE)
    rooms = hosting.counted(talks.within(event, event.pools.all()))
    dates = whole.dates(event.series_id) if event.series_id else []
    others = [date for date in dates if date.event.pk != event.pk and _may_join(desk, date)]
    form = GuestForm(request.POST if request.method == "POST" else None, event=event, rooms=rooms, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            row, said = _register(event, form, desk)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, said)
            return redirect("desk:event_guest", uuid=row.event.uuid, guest=row.uuid)
    context = {
        "event": event,
        "form": form,
        "begins": words.begins(event),
        "place": words.place(event),
        "all_full": bool(rooms) and not any(room.free for room in rooms),
        "none_fits": not rooms,
        "with_line": event.waiting_list,
    }
    return render(request, "desk/event_guest_new.html", context, status=422 if form.errors else 200)


def _may_join(desk: Desk, date: Date) -> bool:
    """Whether somebody may be put down for a date too: before registration opens and after it closed as well."""
    return date.is_ahead and date.starts_at > clock.now() and event_reach.sees_guests(desk, date.event)


def _register(event: Event, form: GuestForm, desk: Desk) -> tuple[Registration, str]:
    """Register them, for this date or for several; and what one can tell them."""
    choices, submission = form.choices(event), form.submission_id()
    if len(choices) == 1:
        done = registrations.register(
            event=event, pool=form.chosen, submission=submission, guest=_guest(form), by=desk.by
        )
        return done.registration, _said(done)
    bundle = whole_series.register(choices=choices, submission=submission, guest=_guest(form), by=desk.by)
    here = next((row for row in bundle.registrations if row.event_id == event.pk), bundle.registrations[0])
    return here, _said_of_several(bundle)


def _said_of_several(bundle: Bundled) -> str:
    """The same for several dates: at how many they have a place, and at how many they wait."""
    rows = bundle.registrations
    if not bundle.fresh:
        return _("%(name)s stand schon auf der Liste.") % {"name": rows[0].name}
    waiting = sum(row.state == State.WAITING for row in rows)
    told = {"name": rows[0].name, "n": len(rows) - waiting, "waiting": waiting}
    if not waiting:
        said = ngettext(
            "%(name)s ist für %(n)d Termin angemeldet.", "%(name)s ist für %(n)d Termine angemeldet.", len(rows)
        )
    elif waiting == len(rows):
        said = _("%(name)s steht an allen gewählten Terminen auf der Warteliste.")
    else:
        said = _("%(name)s: angemeldet an %(n)d, auf der Warteliste an %(waiting)d der Termine.")
    mail = _("Die Bestätigung geht per E-Mail hinaus.") if rows[0].email else _("Bitte gleich am Telefon sagen.")
    return f"{said % told} {mail}"


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
    pools = hosting.counted(talks.within(event, event.pools.all(), own=row.pool))
    told: dict[str, Any] = {"row": row, "names": names, "rooms": pools, "questions": guests.asked(event, at_desk=True)}
    change = ChangeForm(request.POST if verb == "change" else None, **told, prefix="change")
    reason = ReasonForm(request.POST if verb == "prefer" else None, prefix="prefer")
    if request.method == "POST":
        sent = {"change": change, "prefer": reason}.get(verb)
        if sent is None or sent.is_valid():
            try:
                said = _act(verb, row, change, reason, desk, request.POST)
            except DomainError as refusal:
                if sent is None:
                    messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
                    return redirect("desk:event_guest", uuid=event.uuid, guest=row.uuid)
                sent.refuse(refusal)
            else:
                messages.success(request, said)
                return redirect("desk:event_guest", uuid=event.uuid, guest=row.uuid)
    invalid = bool(change.errors or reason.errors)
    context = _context(event, row, desk) | {"change": change, "prefer": reason, "doing": verb if invalid else ""}
    return render(request, "desk/event_guest.html", context, status=422 if invalid else 200)


def _act(verb: str, row: Registration, change: ChangeForm, reason: ReasonForm, desk: Desk, sent: QueryDict) -> str:
    """Do it; what is said afterwards."""
    match verb:
        case "change":
            said = change.cleaned_data
            with transaction.atomic():
                # First what locks all dates of the bundle: no two wait for each other then.
                told = {name: said[name] for name in ("email", "firm", "note") if f"change-{name}" in change.data}
                contacts.correct(registration=row, **told, by=desk.by)
                _change(row, change, desk)
                questions.answer(registration=row, given=said["answers"], by=desk.by)
            return _("Gespeichert.")
        case "prefer":
            whole_series.prefer(registration=row, reason=reason.cleaned_data["reason"], by=desk.by)
            return _("Vorgezogen. Der Grund steht in der Geschichte der Anmeldung.")
        case "confirm" | "accept" | "cancel":
            done = calls.act(registration=row, verb=verb, by=desk.by)
            return _turned(done)
        case "forget":
            return _forgotten(row, sent.get("seat", ""), desk)
        case "cancel_rest" if _reaches(desk, whole.of_bundle(row.bundle)):
            gone = whole_series.cancel_rest(registration=row, by=desk.by)
            hint = _("Eine E-Mail sagt es ihnen.") if row.email else _("Bitte gleich am Telefon sagen.")
            count = ngettext("%(n)d Termin abgesagt.", "%(n)d Termine abgesagt.", len(gone)) % {"n": len(gone)}
            return f"{count} {hint}"
        case "withdraw":
            return _withdrawn(row, sent.get("question", ""), desk)
        case "called":
            calls.called(registration=row, by=desk.by)
            return _("Notiert: Sie haben angerufen.")
    raise Http404


def _withdrawn(row: Registration, uuid: str, desk: Desk) -> str:
    question = next((one for one in row.event.questions.all() if str(one.uuid) == uuid), None)
    if question is None:
        raise Http404
    questions.withdraw(registration=row, question=question, way="phone", by=desk.by)
    return _("Die Einwilligung ist widerrufen, ab heute gilt das.")


def _forgotten(row: Registration, uuid: str, desk: Desk) -> str:
    seat = next((one for one in row.seats.all() if str(one.uuid) == uuid), None)
    if seat is None:
        raise Http404
    seat_actions.forget(seat=seat, by=desk.by)
    return _("Der Name ist gelöscht. Der Platz bleibt.")


def _change(row: Registration, form: ChangeForm, desk: Desk) -> None:
    """Who is named keeps their seat, and with it the code that they hold."""
    said = form.cleaned_data
    told = {"registration": row, "pool": form.chosen, "places": said["places"], "phone": said["phone"], "by": desk.by}
    if row.event.listing == Listing.HEADS:
        rebooking.rebook(**told)
        return
    seats = list(row.seats.filter(given_back_at=None))
    found = seating(seats=[seat.name for seat in seats], names=said["names"], places=said["places"])
    leaving = {seats[number].uuid for number in found.leaving}
    rebooking.rebook(**told, names=found.names, leaving=leaving)


def _reaches(desk: Desk, rows: Sequence[Registration]) -> bool:
    """Whether these are all guests that one may see."""
    return all(event_reach.sees_guests(desk, row.event) for row in rows)


def _told_with(row: Registration, bundle: Sequence[Registration], desk: Desk) -> list[Letter]:
    """Letters that tell of this date among others and stand beside another one."""
    if row.event.series_id is None:
        return []
    others = [one for one in hosting.told_with(row) if one not in bundle and event_reach.sees_guests(desk, one.event)]
    titles = [str(title) for title in row.event.series.title.values() if title]  # type: ignore[union-attr]
    found = [letter for one in others for letter in outbox.of_cause(one.uuid)]
    return [letter for letter in found if any(title in letter.subject for title in titles)]


def _turned(row: Registration) -> str:
    told = _("Eine E-Mail sagt es ihnen.") if row.email else _("Bitte gleich am Telefon sagen.")
    match row.state:
        case State.CONFIRMED:
            return f"{_('Angemeldet.')} {told}"
        case State.WAITING:
            return f"{_('Auf der Warteliste.')} {told}"
    return f"{_('Abgesagt. Wer als Nächstes wartet, rückt nach.')} {told}"


def _context(event: Event, row: Registration, desk: Desk) -> dict[str, Any]:
    changes = list(row.changes.order_by("id"))
    everywhere = whole.of_bundle(row.bundle)
    bundle = [one for one in everywhere if event_reach.sees_guests(desk, one.event)]
    remaining = whole.to_come(bundle)
    known = editing.names_of({row.by, row.preferred_by, *(change.by for change in changes)})
    post = [letter for one in bundle or [row] for letter in outbox.of_cause(one.uuid)] + _told_with(row, bundle, desk)
    held = hosting.calls(Registration.objects.filter(pk=row.pk))
    labels = {str(pool.pk): str(pool.label) for pool in event.pools.all()}
    first = next((int(change.source) for change in changes if change.verb == "places"), row.places)
    history: list[dict[str, Any]] = [
        {
            "at": words.moment(row.recorded_at),
            "text": ngettext("%(n)d Platz angemeldet", "%(n)d Plätze angemeldet", first) % {"n": first},
            "by": words.by_whom(row.by, known),
        },
        *(
            {
                "at": words.moment(change.at),
                "text": words.change(change, labels),
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
        "answers": [
            (str(one.label), text, str(one.uuid) if words.is_consenting(one, row) else "")
            for one, text in words.answered(list(event.questions.all()), row).items()
        ],
        "badge": words.BADGES.get(row.state, "neutral"),
        "phone": phones.shown(row.phone),
        "meant": mail_typos.likely_meant(row.email),
        "until": words.moment(row.until),
        "queued_at": words.moment(row.queued_at),
        "history": history,
        "post": [
            {"letter": letter, "text": letters.words(letter), "said": _without_keys(letter.text)} for letter in post
        ],
        "call": held[0] if held else None,
        "call_said": _without_keys(held[0].letter.text) if held else "",
        "say": words.to_say(row),
        "bundle": [
            {"row": one, "when": words.begins(one.event), "badge": words.BADGES.get(one.state, "neutral")}
            for one in bundle
            if one.pk != row.pk
        ],
        "remaining": len(remaining) if len(remaining) > 1 and len(bundle) == len(everywhere) else 0,
        "can_confirm": row.state in {State.PENDING, State.ASKED},
        "can_accept": row.state == State.OFFERED,
        "can_prefer": row.state == State.WAITING and row.preferred_at is None,
        "can_change": row.is_active,
        "can_cancel": not queries.stays_because(row, row.seats.filter(given_back_at=None)),
        "may_finish": desk.may(Permission.STEP_RECORD, event.draft.partner),
    }


def _without_keys(text: str) -> str:
    """What a letter said, without the secrets in its links: whoever opens one acts as the guest."""
    return SECRET.sub("…", text)
