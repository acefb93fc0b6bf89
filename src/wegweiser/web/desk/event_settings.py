"""Setting up registration for an event, from its offer; what the offer says already is proposed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wegweiser.catalogue.drafts import Work
from wegweiser.catalogue.models import Attendance
from wegweiser.consortium.rights import Permission
from wegweiser.events import arrangement, hosting, talks
from wegweiser.events.actions import arranging
from wegweiser.events.models import Event
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import event_reach, event_words, series_changes
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.event_forms import SettingsForm


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """How one registers, and how many may come. `do` is save, or slots: make the times of a consultation day."""
    work = event_reach.offer(desk, uuid)
    event = Event.objects.select_related("draft__entry").filter(draft__uuid=work.uuid).first()
    rooms = hosting.counted(event.pools.all()) if event else []
    sent = request.POST if request.method == "POST" else None
    form = SettingsForm(sent, offer=work.content, event=event, rooms=rooms)
    if sent is not None and sent.get("do") == "slots":
        return _with_slots(request, work, event, form)
    if sent is not None and form.is_valid():
        stood = series_changes.before(event)
        try:
            done = arranging.arrange(
                offer=work.uuid,
                seen=form.cleaned_data["seen"],
                settings=form.settings(),
                pools=form.pools(),
                by=desk.by,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _said(done))
            _say_ways(request, work, form)
            _say_outside(request, done.event)
            return series_changes.ask(stood) or redirect("desk:event", uuid=done.event.uuid)
    return _page(request, work, event, form, status=422 if form.errors else 200)


def _said(done: arranging.Arranged) -> str:
    if done.fresh:
        return _("Die Anmeldung ist eingerichtet.")
    return _("Gespeichert. Die Gäste erfahren, was sich geändert hat.") if done.told else _("Gespeichert.")


def _say_ways(request: HttpRequest, work: Work, form: SettingsForm) -> None:
    """That lists and calendars call it otherwise now."""
    attendance = arrangement.attendance({row.way for row in form.pools()})
    if attendance != work.content["attendance"]:
        told = _("Überall steht jetzt: %(how)s.") if work.is_public else _("So wird man teilnehmen: %(how)s.")
        messages.info(request, told % {"how": Attendance(attendance).label})


def _say_outside(request: HttpRequest, event: Event) -> None:
    """That nobody can have these talks."""
    if found := talks.outside(event, event.pools.all()):
        told = _("Außerhalb der Zeit der Veranstaltung, darum für niemanden zu buchen: %(talks)s.")
        messages.warning(request, told % {"talks": "; ".join(map(event_words.talk, found))})


def _with_slots(request: HttpRequest, work: Work, event: Event | None, form: SettingsForm) -> HttpResponse:
    """The same form with the times that were asked for. Nothing is saved; times with guests stay as they are."""
    form.is_valid()  # reads the four fields it needs; what else is wrong is said when one saves
    made = form.made_slots()
    if not made:
        messages.error(request, _("Bitte Beginn, Ende und Minuten je Gespräch angeben, und im Angebot den Tag."))
        return _page(request, work, event, SettingsForm(offer=work.content, event=event, rooms=form.rooms))
    fresh = SettingsForm(offer=work.content, event=event, rooms=form.rooms, slots=made)
    for name in fresh.fields:  # what was typed elsewhere is kept
        if name in form.data and not name.startswith("p"):
            fresh.initial[name] = form.data[name]
    for name in ("opt_in", "waiting_list"):
        fresh.initial[name] = name in form.data
    return _page(request, work, event, fresh)


def _page(
    request: HttpRequest, work: Work, event: Event | None, form: SettingsForm, *, status: int = 200
) -> HttpResponse:
    by_mail, by_call = hosting.told_of(event) if event else (0, 0)
    context: dict[str, Any] = {
        "work": work,
        "event": event,
        "form": form,
        "told": by_mail + by_call,
        "missing": event_words.missing_settings(event) if event else [],
    }
    return render(request, "desk/event_settings.html", context, status=status)
