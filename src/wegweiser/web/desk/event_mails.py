"""The mails around an event at the desk: which, when, in what words; read before, and sent to oneself to try."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wegweiser.consortium import queries as consortium
from wegweiser.consortium.rights import Permission
from wegweiser.events import confirming, notice_words, notices
from wegweiser.events.actions import notices as actions
from wegweiser.events.actions import wordings
from wegweiser.events.confirming import CONFIRMATION
from wegweiser.events.models import Event, Moment
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.rendering import Rendered
from wegweiser.web.desk import event_reach, series_changes
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.ui import dates

FOR = "platz"  # the parameter that names the place for which the mails are shown
USUAL = {
    Moment.REMINDER: gettext_lazy("zwei Arbeitstage vorher um 9 Uhr"),
    Moment.THANKS: gettext_lazy("am Tag danach um 9 Uhr"),
    Moment.MISSED: gettext_lazy("am Tag danach um 9 Uhr"),
}
HOURS = {
    Moment.REMINDER: gettext_lazy("Stunden vor Beginn"),
    Moment.THANKS: gettext_lazy("Stunden nach dem Ende"),
    Moment.MISSED: gettext_lazy("Stunden nach dem Ende"),
}
EXPLAINED: dict[str, Promise] = {
    CONFIRMATION: gettext_lazy(
        "Gleich bei der Anmeldung, an alle mit einem Platz: wann, wo, der Kalendereintrag und der Link zum Ändern. "
        "Wer wartet, oder erst bestätigen muss, liest die üblichen Worte."
    ),
    Moment.REMINDER: gettext_lazy("An alle mit einem Platz: wann, wo, der Link zum Teilnehmen und einer zum Absagen."),
    Moment.THANKS: gettext_lazy("Nur an Gäste, die da waren: mit den Unterlagen und der Frage, wie es war."),
    Moment.MISSED: gettext_lazy("Nur an Gäste, die angemeldet waren und nicht kamen. Üblich ist: keine Mail."),
}


def _words(label: Any, hint: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=wordings.LONGEST, widget=area)


class ConfirmationForm(DeskForm):
    """The words of the confirmation; when it goes out is not to be chosen."""

    optional_mark: str | Promise = ""

    de = _words(
        gettext_lazy("Eigene Worte, Deutsch"),
        gettext_lazy("Statt „Sie sind angemeldet. Wir freuen uns auf Sie.“ Tag, Ort und Links kommen von selbst."),
    )
    en = _words(gettext_lazy("Eigene Worte, Englisch"), gettext_lazy("Ohne sie lesen englische Gäste Ihre deutschen."))


class NoticeForm(ConfirmationForm):
    """Any other mail of an event: whether it goes out, and when."""

    is_on = forms.BooleanField(label=gettext_lazy("Diese Mail verschicken"), required=False)
    hours = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=notices.HOURS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    de = _words(
        gettext_lazy("Eigene Worte, Deutsch"),
        gettext_lazy("Statt des Absatzes in der Mitte. Gruß, Tag, Ort und Links kommen von selbst."),
    )

    def __init__(self, data: Any, *, plan: notices.Plan) -> None:
        words = dict(plan.words)
        first = {"is_on": plan.is_on, "hours": plan.hours, "de": words.get("de", ""), "en": words.get("en", "")}
        super().__init__(data, prefix=plan.moment, initial=first)
        moment = Moment(plan.moment)
        self.fields["hours"].label = HOURS[moment]
        self.fields["hours"].help_text = _("Leer heißt: %(usual)s.") % {"usual": USUAL[moment]}


def reached(desk: Desk, uuid: UUID, *, templates: bool = False) -> Event:
    """An event that one may arrange; else 404."""
    found = event_reach.event(desk, uuid, Permission.EVENT_EDIT, templates=templates)
    prefetch_related_objects([found], "notices", "pools")
    return found


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """All mails of an event. `do` is save or try, with the mail in `moment`."""
    event = reached(desk, uuid, templates=True)
    pools = list(event.pools.all())
    chosen = next((pool for pool in pools if str(pool.uuid) == request.GET.get(FOR, "")), pools[0] if pools else None)
    sent = request.POST.get("moment", "") if request.method == "POST" else ""
    saved = request.POST if request.POST.get("do") == "save" else None
    plans = {plan.moment: plan for plan in notices.plans(event)}
    held: dict[str, DeskForm] = {
        CONFIRMATION: ConfirmationForm(
            saved if sent == CONFIRMATION else None, prefix=CONFIRMATION, initial=dict(confirming.words(event))
        ),
        **{name: NoticeForm(saved if name == sent else None, plan=plan) for name, plan in plans.items()},
    }
    here = request.get_full_path()
    if sent in held and request.POST.get("do") == "try":
        language = "en" if request.POST.get("language") == "en" else "de"
        to = {"name": desk.member.name, "mail": desk.user.email, "language": language}
        actions.try_out(event=event, moment=sent, pool=chosen, **to, by=desk.by)
        messages.success(
            request, _("Die Probe ist unterwegs an %(mail)s.") % {"mail": mail_addresses.shown(desk.user.email)}
        )
        return redirect(here)
    if sent in held and held[sent].is_bound and held[sent].is_valid():
        try:
            stood = series_changes.before(event)
            _save(event, sent, held[sent], desk)
        except DomainError as refusal:
            held[sent].refuse(refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return series_changes.ask(stood) or redirect(here)
    centre, gone = consortium.centre(), notices.sent(event)
    read = {"pool": chosen, "name": desk.member.name, "centre": centre}
    context = {
        "event": event,
        "title": str((event.draft.entry or event.draft).title),
        "offer": event.draft.uuid,
        "mails": [
            _confirmation(event, held[CONFIRMATION], read),
            *(_shown(event, plan, held[name], read, gone.get(name, 0)) for name, plan in plans.items()),
        ],
        "mail": desk.user.email,
        "pools": [(str(pool.uuid), str(pool.label), pool == chosen) for pool in pools] if len(pools) > 1 else [],
    }
    return render(request, "desk/event_mails.html", context, status=422 if sent in held else 200)


def _save(event: Event, moment: str, form: DeskForm, desk: Desk) -> None:
    told = form.cleaned_data
    words = {"de": told["de"], "en": told["en"]}
    if moment == CONFIRMATION:
        wordings.set_confirmation(event=event, words=words, by=desk.by)
    else:
        actions.set(event=event, moment=moment, is_on=told["is_on"], hours=told["hours"], words=words, by=desk.by)


def _confirmation(event: Event, form: DeskForm, read: dict[str, Any]) -> dict[str, Any]:
    """The mail that everybody with a place gets at once."""
    return {
        "moment": CONFIRMATION,
        "label": _("Bestätigung"),
        "explained": EXPLAINED[CONFIRMATION],
        "form": form,
        "at_once": True,
        "preview": _read(event, CONFIRMATION, read),
    }


def _read(event: Event, moment: str, read: dict[str, Any]) -> Rendered:
    return notice_words.preview(event=event, moment=moment, language=(get_language() or "de")[:2], **read)


def _shown(event: Event, plan: notices.Plan, form: DeskForm, read: dict[str, Any], gone: int) -> dict[str, Any]:
    """One mail with its form, when it goes out, and how it reads."""
    times, centre = notices.times_of(event), read["centre"]
    due = plan.due(starts=times[0], ends=times[1], land=centre.land) if times else None
    waiting = _waiting(event, plan, times, due)
    return {
        "moment": plan.moment,
        "label": Moment(plan.moment).label,
        "explained": EXPLAINED[Moment(plan.moment)],
        "form": form,
        "is_on": plan.is_on,
        "due": dates.written(clock.local(due), "SHORT_DATETIME_FORMAT") if due and plan.is_on else "",
        "stand": _stand(plan, times, due, gone=gone, waiting=waiting),
        "gone": gone,
        "of": gone + waiting,
        "preview": _read(event, plan.moment, read),
    }


def _stand(
    plan: notices.Plan,
    times: tuple[dt.datetime, dt.datetime] | None,
    due: dt.datetime | None,
    *,
    gone: int,
    waiting: int,
) -> str:
    """ahead, sent, now, open (until it is settled who was there), or missed: nobody can get it any more."""
    now = clock.now()
    if times is None or due is None or now < due:
        return "ahead"
    if gone:
        return "sent"
    if waiting:
        return "now"
    open_still = plan.moment != Moment.REMINDER and now < plan.until(starts=times[0], due=due)
    return "open" if open_still else "missed"


def _waiting(
    event: Event, plan: notices.Plan, times: tuple[dt.datetime, dt.datetime] | None, due: dt.datetime | None
) -> int:
    """How many more get the mail that is going out now."""
    now = clock.now()
    if not plan.is_on or times is None or due is None or not due <= now < plan.until(starts=times[0], due=due):
        return 0
    return notices.waiting_for(event, None, plan.moment, due=due).count()
