"""What reaches guests at once, looked at before it does: another day or place, and that it is off."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from wegweiser.catalogue import content
from wegweiser.consortium.rights import Permission
from wegweiser.events import moves
from wegweiser.events.actions import events
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import editing, event_notes, event_reach
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.event_guest_forms import ReasonForm
from wegweiser.web.ui import dates

NAMES = {
    "starts_at": gettext_lazy("Beginn"),
    "ends_at": gettext_lazy("Ende"),
    "place": gettext_lazy("Ort"),
    "room": gettext_lazy("Raum"),
    "opens_at": gettext_lazy("Anmeldung ab"),
    "closes_at": gettext_lazy("Anmeldeschluss"),
}


@require_GET
@needs(Permission.ENTRY_EDIT)
def moved(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """What changes for guests, how many are told, and the mail they get; then one publishes."""
    work = editing.mine(desk, uuid)
    move = event_notes.move(work)
    if move is None:
        return redirect("desk:offer", uuid=uuid)
    differences = [
        (name, _told(key, move.before.get(key, "")), _told(key, move.after.get(key, "")))
        for key, name in NAMES.items()
        if move.before.get(key, "") != move.after.get(key, "")
    ]
    outside = [(words.talk(pool), count) for pool, count in move.outside]
    context = {"work": work, "move": move, "differences": differences, "outside": outside}
    return render(request, "desk/offer_move.html", context)


def _told(key: str, value: str) -> str:
    if key in {"starts_at", "ends_at", "opens_at", "closes_at"} and (moment := content.moment(value)):
        return dates.written(clock.local(moment), "l, j. F Y, H:i")
    return value or _("keine Angabe")


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def cancel(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Call an event off. Asks for the reason and says how many are told; `do` is look (at the mail) or cancel."""
    event = event_reach.event(desk, uuid, Permission.EVENT_EDIT)
    if event.is_cancelled:
        messages.info(request, _("Die Veranstaltung ist schon abgesagt."))
        return redirect("desk:event", uuid=event.uuid)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].label = _("Warum fällt sie aus?")
    form.fields["reason"].help_text = _(
        "Das lesen alle, die kommen wollten, und es steht auf der öffentlichen Seite: bitte ohne Namen."
    )
    looked, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            if request.POST.get("do") == "look":
                looked, status = moves.off(event, reason), 200
            else:
                try:
                    events.cancel(event=event, reason=reason, by=desk.by)
                except DomainError as refusal:
                    form.refuse(refusal)
                else:
                    messages.success(request, _("Abgesagt. Alle, die kommen wollten, erfahren es."))
                    return redirect("desk:event", uuid=event.uuid)
    told = looked or moves.off(event, "")
    context = {"event": event, "form": form, "begins": words.begins(event), "told": told, "looked": looked}
    return render(request, "desk/event_cancel.html", context, status=status)
