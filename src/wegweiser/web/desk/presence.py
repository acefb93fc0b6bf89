"""Who came to an event: put right with one click, closed with a summary, proven by the signed list."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wegweiser.consortium.rights import Permission
from wegweiser.crossings import attendance
from wegweiser.documents.values import Language
from wegweiser.events import certificates, presence, presence_lists, queries
from wegweiser.events.actions import certificates as certificate_actions
from wegweiser.events.actions import signed_lists
from wegweiser.events.models import Event, Presence, Seat
from wegweiser.files import queries as files
from wegweiser.files import uploading
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web import downloads
from wegweiser.web.bodies import takes_files
from wegweiser.web.desk import door_words as words
from wegweiser.web.desk import event_reach
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.sentences import SENTENCES

PAGE = 100
AT_ONCE = 150  # registrations that go into the histories while somebody waits for the page; a job does the others
STATES = {"da": Presence.ATTENDED, "fehlt": Presence.ABSENT, "offen": Presence.OPEN}
REFUSED: dict[str, str | Promise] = {
    "event_not_over": _("Die Veranstaltung hat noch nicht begonnen."),
    "event_cancelled": _("Die Veranstaltung ist abgesagt."),
    "seat_given_back": _("Dieser Platz wurde zurückgegeben."),
    "not_registered": _("Für diese Person gibt es keinen Platz mehr. Nehmen Sie sie am Einlass auf."),
    "certificate_too_early": _("Bescheinigungen gibt es erst, wenn genug von der Veranstaltung vorbei ist."),
    "not_attended": _("Eine Bescheinigung bekommt nur, wer da war."),
    "name_missing": _("Ohne Namen gibt es keine Bescheinigung."),
    "certificate_without_hours": _("Es fehlt, wie lange die Veranstaltung dauerte."),
    "event_without_topic": _("Der Veranstaltung fehlt das Thema oder der Partner."),
}


class SignedForm(forms.Form):
    """The scan of the list that was signed."""

    optional_mark = ""

    scan = forms.FileField(
        label=_("Scan der Unterschriftenliste"),
        help_text=_("PDF oder Foto. Sehen kann ihn nur, wer die Teilnahme pflegt."),
        widget=forms.FileInput(attrs={"accept": ".pdf,image/*"}),
    )

    def clean_scan(self) -> Any:
        scan = self.cleaned_data["scan"]
        if scan.size > settings.UPLOAD_MOST_BYTES:
            raise forms.ValidationError(SENTENCES["upload_too_large"])
        return scan


def event_of(desk: Desk, uuid: UUID) -> Event:
    """An event whose attendance somebody keeps; another one does not exist for them."""
    rows = Event.objects.select_related("draft__entry", "draft__partner", "draft__topic")
    found = rows.filter(uuid=uuid, draft__is_template=False).first()
    reach = desk.rights.extent(Permission.STEP_RECORD)
    if found is None or not (reach.everywhere or found.draft.partner_id in reach.partners):
        raise Http404
    return found


@takes_files
@require_http_methods(["GET", "POST"])
@needs(Permission.STEP_RECORD)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Everybody who had a place, and the buttons that say what became of it."""
    event = event_of(desk, uuid)
    do = request.POST.get("do", "")
    form = SignedForm(*((request.POST, request.FILES) if do == "scan" else ()))
    if request.method == "POST":
        if do == "settle":
            _settle(request, desk, event)
        elif do == "scan":
            if not _keep(desk, event, form):
                return _shown(request, desk, event, form)
            messages.success(request, _now("Der Scan liegt bei der Veranstaltung."))
        else:
            _set(request, desk, event)
        return redirect(_back(request, event))
    return _shown(request, desk, event, form)


@require_GET
@needs(Permission.STEP_RECORD)
def scan(request: HttpRequest, *, desk: Desk, uuid: UUID, file: UUID) -> HttpResponse:
    """A scan, to be saved."""
    event = event_of(desk, uuid)
    kept = files.uploads_of(event.signed_lists.values_list("uuid", flat=True))
    return downloads.send(next((one for rows in kept.values() for one in rows if one.uuid == file), None))


@require_POST
@needs(Permission.STEP_RECORD)
def certificate(request: HttpRequest, *, desk: Desk, uuid: UUID, seat: UUID) -> HttpResponse:
    """The certificate of somebody who was there, to hand out or to send."""
    event = event_of(desk, uuid)
    found = Seat.objects.filter(uuid=seat, registration__event=event).first()
    if found is None:
        raise Http404
    try:
        made = certificate_actions.issue(seat=found, by=desk.by)
    except DomainError as refusal:
        messages.warning(request, str(REFUSED.get(refusal.code, _now("Das ging nicht."))))
        return redirect("desk:presence", uuid=event.uuid)
    name = content_disposition_header(as_attachment=True, filename=_now("Teilnahmebescheinigung") + ".pdf")
    headers = {"Content-Disposition": name or "attachment", "Cache-Control": "private, no-store"}
    data = certificates.paper(made, lang=cast(Language, "en" if get_language() == "en" else "de"))
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def _shown(request: HttpRequest, desk: Desk, event: Event, form: SignedForm) -> HttpResponse:
    asked, text = request.GET.get("stand", ""), request.GET.get("q", "").strip()[:120]
    found = presence.listed(event, presence=STATES.get(asked), text=text)
    page = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    for seat in page:
        seat.registration.event = event
    starts = queries.starts_at(event)
    tally = presence.tally(event)
    kept = files.uploads_of(event.signed_lists.values_list("uuid", flat=True))
    context = {
        "event": event,
        "may_edit": event_reach.may_change(desk, event),
        "title": words.title(event),
        "when": words.when(event),
        "tally": tally,
        "page": page,
        "rows": [
            {
                "seat": seat,
                "name": words.name(seat),
                "firm": seat.registration.firm,
                "certified": bool(certificates.ready(seat.registration, [seat], at_desk=True)),
            }
            for seat in page
        ],
        "q": text,
        "stand": asked if asked in STATES else "",
        "states": [
            ("", _now("alle")),
            ("da", _now("teilgenommen")),
            ("fehlt", _now("nicht gekommen")),
            ("offen", _now("noch offen")),
        ],
        "choices": [
            (Presence.OPEN, _now("offen")),
            (Presence.ATTENDED, _now("war da")),
            (Presence.ABSENT, _now("fehlte")),
        ],
        "unread": presence_lists.unread(event),
        "has_begun": starts is not None and starts <= clock.now(),
        "progress": attendance.progress(event) if event.settled_at and not event.followed_at else None,
        "form": form,
        "scans": [upload for rows in kept.values() for upload in rows],
    }
    return render(request, "desk/presence.html", context, status=422 if form.errors else 200)


def _set(request: HttpRequest, desk: Desk, event: Event) -> None:
    try:
        seat = Seat.objects.filter(uuid=UUID(request.POST.get("seat", "")), registration__event=event).first()
    except ValueError:
        seat = None
    if seat is None:
        raise Http404
    try:
        attendance.set_presence(seat=seat, presence=request.POST.get("presence", "?"), by=desk.by)
    except DomainError as refusal:
        messages.warning(request, str(REFUSED.get(refusal.code, _now("Das ging nicht."))))


def _settle(request: HttpRequest, desk: Desk, event: Event) -> None:
    try:
        told = attendance.settle(event=event, most=AT_ONCE, by=desk.by)
    except DomainError as refusal:
        messages.warning(request, str(REFUSED.get(refusal.code, _now("Das ging nicht."))))
        return
    tally = presence.tally(event)
    came = ngettext("%(n)s war da", "%(n)s waren da", tally.attended) % {"n": tally.attended}
    absent = ngettext("%(n)s kam nicht", "%(n)s kamen nicht", tally.absent) % {"n": tally.absent}
    said = _now("Abgeschlossen: %(came)s, %(absent)s.") % {"came": came, "absent": absent}
    if told.is_whole:
        counted = ngettext(
            "%(n)s Anmeldung zählt im Kontaktverlauf.", "%(n)s Anmeldungen zählen im Kontaktverlauf.", told.came
        )
        said = f"{said} {counted % {'n': told.came}}"
    messages.success(request, said)


def _keep(desk: Desk, event: Event, form: SignedForm) -> bool:
    if not form.is_valid():
        return False
    sent = form.cleaned_data["scan"]
    try:
        ready = uploading.prepare(name=sent.name or "", declared_type=sent.content_type or "", data=sent.read())
        uploading.require_kept(ready)
    except DomainError as refusal:
        form.add_error("scan", SENTENCES.get(refusal.code, refusal.code))
        return False
    signed_lists.keep(event=event, prepared=ready, by=desk.by)
    return True


def _back(request: HttpRequest, event: Event) -> str:
    """The same page of the list, at the same filter."""
    asked = request.META.get("QUERY_STRING", "")
    return reverse("desk:presence", kwargs={"uuid": event.uuid}) + (f"?{asked}" if asked else "")
