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
from wegweiser.consortium.models import Centre
from wegweiser.consortium.rights import Permission
from wegweiser.events import notice_words, notices
from wegweiser.events.actions import notices as actions
from wegweiser.events.models import Event, Moment
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import event_reach, series_changes
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.ui import dates

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
EXPLAINED = {
    Moment.REMINDER: gettext_lazy("An alle mit einem Platz: wann, wo, der Link zum Teilnehmen und einer zum Absagen."),
    Moment.THANKS: gettext_lazy("Nur an Gäste, die da waren: mit den Unterlagen und der Frage, wie es war."),
    Moment.MISSED: gettext_lazy("Nur an Gäste, die angemeldet waren und nicht kamen. Üblich ist: keine Mail."),
}


class NoticeForm(DeskForm):
    """One mail of an event."""

    optional_mark: str | Promise = ""

    is_on = forms.BooleanField(label=gettext_lazy("Diese Mail verschicken"), required=False)
    hours = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=notices.HOURS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    de = forms.CharField(
        label=gettext_lazy("Eigene Worte, Deutsch"),
        help_text=gettext_lazy("Statt des Absatzes in der Mitte. Gruß, Tag, Ort und Links kommen von selbst."),
        required=False,
        max_length=actions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    en = forms.CharField(
        label=gettext_lazy("Eigene Worte, Englisch"),
        help_text=gettext_lazy("Ohne sie lesen englische Gäste Ihre deutschen."),
        required=False,
        max_length=actions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
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
    sent = request.POST.get("moment", "") if request.method == "POST" else ""
    plans = {plan.moment: plan for plan in notices.plans(event)}
    held = {
        name: NoticeForm(request.POST if name == sent and request.POST.get("do") == "save" else None, plan=plan)
        for name, plan in plans.items()
    }
    if sent in plans and request.POST.get("do") == "try":
        language = "en" if request.POST.get("language") == "en" else "de"
        to = {"name": desk.member.name, "mail": desk.user.email, "language": language}
        actions.try_out(event=event, moment=sent, **to, by=desk.by)
        messages.success(request, _("Die Probe ist unterwegs an %(mail)s.") % {"mail": desk.user.email})
        return redirect("desk:event_mails", uuid=uuid)
    if sent in plans and held[sent].is_bound and held[sent].is_valid():
        told = held[sent].cleaned_data
        try:
            words = {"de": told["de"], "en": told["en"]}
            stood = series_changes.before(event)
            actions.set(event=event, moment=sent, is_on=told["is_on"], hours=told["hours"], words=words, by=desk.by)
        except DomainError as refusal:
            held[sent].refuse(refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return series_changes.ask(stood) or redirect("desk:event_mails", uuid=uuid)
    centre, gone = consortium.centre(), notices.sent(event)
    context = {
        "event": event,
        "title": str((event.draft.entry or event.draft).title),
        "offer": event.draft.uuid,
        "mails": [_shown(event, plan, held[name], desk, centre, gone.get(name, 0)) for name, plan in plans.items()],
        "mail": desk.user.email,
    }
    return render(request, "desk/event_mails.html", context, status=422 if sent in plans else 200)


def _shown(event: Event, plan: notices.Plan, form: NoticeForm, desk: Desk, centre: Centre, gone: int) -> dict[str, Any]:
    """One mail with its form, when it goes out, and how it reads."""
    language, times = (get_language() or "de")[:2], notices.times_of(event)
    due = plan.due(starts=times[0], ends=times[1], land=centre.land) if times else None
    read = notice_words.preview(
        event=event, moment=plan.moment, language=language, name=desk.member.name, centre=centre
    )
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
        "preview": read,
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
