"""The post: letters that nobody sends any more unless somebody prints them, releases them or calls instead."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from wegweiser.consortium import queries as consortium
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import held
from wegweiser.documents import pdf
from wegweiser.enquiries import correspondence, loose_mails
from wegweiser.enquiries.models import Appointment, Case, Contribution, State
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.actions import deliveries, letters
from wegweiser.outbox.models import Dismissal, Letter
from wegweiser.outbox.models import State as LetterState
from wegweiser.web.desk import mails
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui import dates

PAGE = 25
DEMO_MAILS = 15
PUT_ASIDE_SHOWN = dt.timedelta(days=14)  # for who thinks better of it
CASE, CONTRIBUTION, APPOINTMENT = (model._meta.label_lower for model in (Case, Contribution, Appointment))

HOLD_REASONS: dict[str, str | Promise] = {
    "channel_phone": gettext_lazy("Wünscht Kontakt nur per Telefon."),
    "channel_none": gettext_lazy("Wünscht keine Nachrichten. Nur anrufen, wenn es nicht anders geht."),
    "channel_letter": gettext_lazy("Möchte inzwischen einen Brief statt einer E-Mail."),
    "invitation_consent": gettext_lazy("Möchte nicht mehr zu Veranstaltungen eingeladen werden."),
    "invitation_channel": gettext_lazy("Möchte nicht mehr per E-Mail angesprochen werden."),
    "invitation_invited": gettext_lazy("Ist zu diesem Termin schon eingeladen."),
    "invitation_event": gettext_lazy("Die Einladung wurde vorher beendet."),
    "referral_consent": gettext_lazy("Die Einwilligung in die Weitergabe ist widerrufen."),
    "left_firm": gettext_lazy("Arbeitet nicht mehr im Betrieb."),
    "no_address": gettext_lazy("Möchte einen Brief, aber die Anschrift fehlt."),
    "no_mail": gettext_lazy("Es gibt keine E-Mail-Adresse."),
}
FAILURES: dict[str, str | Promise] = {
    "erased": gettext_lazy("Was darin stand, ist auf Wunsch oder nach der Frist gelöscht."),
    "expired": gettext_lazy("Zu lange gewartet: Der Text ist gelöscht."),
    "address_invalid": gettext_lazy("Die E-Mail-Adresse ist ungültig."),
    "attachment_gone": gettext_lazy("Eine angehängte Datei ist nicht mehr da."),
    "restored": gettext_lazy("Aus einer Datensicherung: Sie wartete damals und ist vielleicht längst angekommen."),
}


ON_PAPER = frozenset({LetterState.QUEUED, LetterState.PRINTED})
STUCK = frozenset({LetterState.FAILED, LetterState.UNCLEAR})


PUT_ASIDE: dict[str, str | Promise] = {
    LetterState.HELD: gettext_lazy("Nicht gesendet."),
    LetterState.QUEUED: gettext_lazy("Nicht gedruckt."),
    LetterState.FAILED: gettext_lazy("Die E-Mail ist nicht angekommen."),
    LetterState.UNCLEAR: gettext_lazy("Unklar, ob die E-Mail angekommen ist."),
}


class DoneForm(forms.Form):
    """Why a letter needs nobody any more."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Wie hat es sich erledigt?"), choices=Dismissal.choices, widget=forms.RadioSelect
    )


@dataclass(frozen=True)
class Item:
    """A letter with the case it belongs to, whom to call, and why it needs somebody.

    `way_on` is by what a held letter may go on today: `mail`, `letter` or empty.
    """

    letter: Letter
    case: Case | None
    reason: str | Promise
    way_on: str = ""

    @property
    def name(self) -> str:
        return self.letter.recipient_name or (self.case.name if self.case else "")

    @property
    def phone(self) -> str:
        """The number of the enquirer, else of the person, else of the firm."""
        if self.case is None:
            return ""
        known = [self.case.phone, *(party.phone for party in (self.case.person, self.case.company) if party)]
        return next((phone for phone in known if phone), "")

    @property
    def can_be_released(self) -> bool:
        return bool(self.letter.text) and self.letter.state in STUCK

    def done_form(self) -> "DoneForm":
        return DoneForm(auto_id=f"done-{self.letter.uuid}-%s")


def _of_cases(cases: QuerySet[Case]) -> Q:
    thread = Contribution.objects.filter(case__in=cases)
    dates = Appointment.objects.filter(case__in=cases)
    return (
        Q(cause_kind=CASE, cause_uuid__in=cases.values("uuid"))
        | Q(cause_kind=CONTRIBUTION, cause_uuid__in=thread.values("uuid"))
        | Q(cause_kind=APPOINTMENT, cause_uuid__in=dates.values("uuid"))
    )


def _visible(desk: Desk, permission: Permission) -> QuerySet[Letter]:
    """What needs a person, as far as the permission reaches. For a held letter nobody has to call once all is done."""
    done = Q(state=LetterState.HELD) & _of_cases(Case.objects.filter(state=State.CLOSED))
    return _within(desk, permission, outbox.needing_a_person().exclude(done))


def _within(desk: Desk, permission: Permission, found: QuerySet[Letter]) -> QuerySet[Letter]:
    if desk.everywhere:
        return found
    partners = [partner for partner in desk.rights.partners() if desk.may(permission, partner)]
    return found.filter(_of_cases(Case.objects.filter(partner__in=partners)))


def _printed(desk: Desk, permission: Permission) -> QuerySet[Letter]:
    """What was printed lately, for who finds it in the printer."""
    return _within(desk, permission, outbox.printed(since=clock.today() - PUT_ASIDE_SHOWN))


def _get(desk: Desk, permission: Permission, uuid: UUID, *, put_aside: bool = False) -> Letter:
    """One letter; what one may not see, or what needs nobody any more (unless it was `put_aside`), does not exist."""
    letter = _visible(desk, permission).filter(uuid=uuid).first()
    if letter is None and put_aside:
        letter = _within(desk, permission, outbox.dismissed()).filter(uuid=uuid).first()
    if letter is None and put_aside:
        letter = _printed(desk, permission).filter(uuid=uuid).first()
    if letter is None:
        raise Http404
    return letter


def _with_cases(found: Iterable[Letter]) -> list[Item]:
    rows = list(found)
    causes = [letter.cause_uuid for letter in rows]
    cases: dict[UUID, Case] = {}
    for case in Case.objects.filter(uuid__in=causes).select_related("person", "company__canonical", "partner"):
        cases[case.uuid] = case
    for model in (Contribution, Appointment):
        entries = model.objects.filter(uuid__in=causes)
        for entry in entries.select_related("case__person", "case__company__canonical", "case__partner"):
            cases[entry.uuid] = entry.case
    known = [(letter, cases.get(letter.cause_uuid)) for letter in rows]
    ways = held.ways([(letter, case) for letter, case in known if case])
    return [Item(letter, case, _reason(letter), ways.get(letter.uuid, "")) for letter, case in known]


def _reason(letter: Letter) -> str | Promise:
    if letter.state == LetterState.HELD:
        return HOLD_REASONS.get(letter.hold_reason, letter.hold_reason)
    if letter.failure.startswith(deliveries.BOUNCED):
        return _("Kam zurück: %(reason)s") % {"reason": letter.failure.removeprefix(deliveries.BOUNCED).strip()}
    return FAILURES.get(letter.failure, letter.failure)


def words(letter: Letter) -> str:
    """Where a letter is, as one sentence: what an adviser may rely on after "send"."""
    if letter.dismissal and letter.state in PUT_ASIDE:
        return _("%(state)s Erledigt: %(reason)s.") % {
            "state": PUT_ASIDE[letter.state],
            "reason": letter.get_dismissal_display(),
        }
    paper = letter.channel == "letter"
    match letter.state:
        case LetterState.HELD:
            return _("Nicht gesendet. %(reason)s") % {"reason": _reason(letter)}
        case LetterState.PRINTED:
            printed = letter.printed_on or clock.today()
            return _("Als Brief abgeschickt am %(day)s.") % {"day": dates.written(printed, "d.m.Y")}
        case LetterState.SENT:
            moment = clock.local(letter.sent_at) if letter.sent_at else clock.now()
            return _("E-Mail gesendet am %(day)s.") % {"day": dates.written(moment, "d.m.Y H:i")}
        case LetterState.FAILED:
            return _("Die E-Mail ist nicht angekommen. Sie finden sie unter „Post“.")
        case LetterState.UNCLEAR:
            return _("Unklar, ob die E-Mail angekommen ist. Sie finden sie unter „Post“.")
    if paper:
        return _("Der Brief ist noch zu drucken. Sie finden ihn unter „Post“.")
    return on_its_way()


def on_its_way() -> str:
    """Where a mail is that was just written: without a mail server it goes nowhere yet, and in the demo never."""
    if stays_here():
        return _("In der Demo geht keine E-Mail hinaus. Die Geschäftsstelle liest sie unter „Post“.")
    if not outbox.is_configured():
        return _("Die E-Mail wartet: Es ist kein Mailserver eingerichtet.")
    return _("Die E-Mail ist unterwegs.")


def stays_here() -> bool:
    """Whether this is the demo, where nobody waits for a mail server: what is written is read under "Post"."""
    return bool(settings.DEMO) and not outbox.is_configured()


@require_GET
@needs(Permission.CASE_SEE)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """What waits for a person: to print, failed or unclear, held."""
    page: Page[Letter] = Paginator(_visible(desk, Permission.CASE_SEE), PAGE).get_page(request.GET.get("seite"))
    items = _with_cases(page.object_list)
    since = clock.now() - PUT_ASIDE_SHOWN
    lately = outbox.dismissed().filter(dismissed_at__gte=since) | outbox.printed(since=clock.local(since).date())
    done = _with_cases(_within(desk, Permission.CASE_SEE, lately.order_by("-id"))[: 2 * PAGE])
    context = {
        "page": page,
        "to_print": [item for item in items if item.letter.state == LetterState.QUEUED],
        "stuck": [item for item in items if item.letter.state in STUCK],
        "held": [item for item in items if item.letter.state == LetterState.HELD],
        "done": done,
        "may_act": desk.may(Permission.CASE_ANSWER),
        "configured": outbox.is_configured(),
        "waiting": outbox.overview().waiting,
        "stays_here": stays_here(),
        "demo_mails": _demo_mails(desk, request.GET.get("mails")),
        "incoming": loose_mails.waiting().count() if mails.answers_for_loose(desk) else None,
    }
    return render(request, "desk/letters.html", context)


def _demo_mails(desk: Desk, number: str | None) -> Page[Letter] | None:
    """In the demo no mail goes out: whoever tries it reads them here, links and all, as far as they see all cases."""
    if not stays_here() or not desk.everywhere:
        return None
    return Paginator(outbox.waiting_mails(), DEMO_MAILS).get_page(number)


@require_GET
@needs(Permission.CASE_SEE)
def download(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """A paper letter as it goes into the envelope, set after DIN 5008 with the centre as sender."""
    letter = _get(desk, Permission.CASE_SEE, uuid, put_aside=True)
    if letter.channel != "letter" or letter.state not in ON_PAPER or not letter.text:
        raise Http404
    item = _with_cases([letter])[0]
    name = f"brief-{item.case.reference if item.case else letter.uuid}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(_paper(item), content_type="application/pdf", headers=headers)


def _paper(item: Item) -> bytes:
    letter = item.letter
    return paper(
        lines=letter.recipient_address,
        subject=letter.subject,
        text=letter.text,
        language=letter.language,
        reply_to=letter.reply_to,
        reference=item.case.reference if item.case else "",
    )


def paper(
    *, lines: Sequence[str], subject: str, text: str, language: str, reply_to: str = "", reference: str = ""
) -> bytes:
    """A letter of the centre, set after DIN 5008."""
    centre, lang = consortium.centre(), cast("pdf.Language", "en" if language == "en" else "de")
    with translation.override(lang):
        day = dates.written(clock.today(), "DATE_FORMAT")
        details = [(_("Telefon"), centre.phone), (_("E-Mail"), reply_to or centre.email)]
    name = centre.name.text(lang)
    return pdf.letter(
        sender=pdf.Sender(
            name=name,
            return_line=f"{name} · {centre.seat}",
            footer=f"{name} · {centre.seat} · {centre.phone} · {centre.email}",
            details=details,
        ),
        recipient_lines=lines[: pdf.MOST_RECIPIENT_LINES],
        place_and_date=f"{centre.seat}, {day}",
        subject=subject,
        paragraphs=text.split("\n\n"),
        reference=reference,
        lang=lang,
    )


@require_POST
@needs(Permission.CASE_ANSWER)
def printed(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The paper letter was printed and posted today; or, with `do=undo`, it was not after all."""
    letter = _get(desk, Permission.CASE_ANSWER, uuid, put_aside=True)
    if request.POST.get("do") == "undo":
        return _act(request, lambda: letters.unprint(letter=letter, by=desk.by))
    return _act(request, lambda: letters.mark_printed(letter=letter, on=clock.today(), by=desk.by))


@require_POST
@needs(Permission.CASE_ANSWER)
def release(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Let a failed or unclear mail go out once more, and a held letter by the way that its reader takes today."""
    letter = _get(desk, Permission.CASE_ANSWER, uuid, put_aside=True)
    case = correspondence.case_behind(letter)
    if letter.state == LetterState.HELD and case:
        return _act(request, lambda: held.send_on(letter=letter, case=case, by=desk.by))
    return _act(request, lambda: letters.release(letter=letter, by=desk.by))


@require_POST
@needs(Permission.CASE_ANSWER)
def dismiss(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Somebody says why it needs nobody any more."""
    letter = _get(desk, Permission.CASE_ANSWER, uuid)
    form = DoneForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte sagen Sie, wie es sich erledigt hat."))
        return redirect("desk:letters")
    return _act(request, lambda: letters.dismiss(letter=letter, reason=form.cleaned_data["reason"], by=desk.by))


def _act(request: HttpRequest, action: Callable[[], Letter]) -> HttpResponse:
    try:
        letter = action()
    except DomainError as refusal:
        if refusal.code == "may_not_go":
            messages.error(request, _("Nicht gesendet. %(reason)s") % {"reason": HOLD_REASONS[str(refusal)]})
        elif refusal.code == "told_meanwhile":
            messages.error(request, SENTENCES["told_meanwhile"])
        else:
            messages.error(request, _("Das geht nicht mehr. Der Stand hat sich geändert."))
    else:
        messages.success(request, _done(letter))
    return redirect("desk:letters")


def _done(letter: Letter) -> str:
    if letter.dismissal:
        return _("Abgelegt. Die letzten 14 Tage stehen unten unter „Erledigt“.")
    if letter.state == LetterState.PRINTED:
        return _("Als gedruckt vermerkt. Die letzten 14 Tage steht der Brief unten unter „Erledigt“.")
    if letter.channel == "letter":
        return _("Der Brief steht jetzt unter „Zu drucken“.")
    return _("Die E-Mail geht noch einmal hinaus.")
