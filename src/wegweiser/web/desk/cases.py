"""One case: everything an adviser does with an enquiry happens on its page."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import CharField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.models import Entry, Example
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Channel
from wegweiser.consortium import directory, teams
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Partner
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import appointments, firms, recipients, talks
from wegweiser.crossings import enquiries as crossings
from wegweiser.enquiries import queries, teaching
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.enquiries.actions import examples as taught
from wegweiser.enquiries.models import OPEN, Appointment, Case, Enquirer, State
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import (
    answer_blocks,
    attaching,
    case_ends,
    case_history,
    examples,
    firm_choice,
    forms,
    handing,
    letters,
    mails,
    referrals,
    similar,
)
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.examples import ExampleForm


def _suggested(case: Case) -> list[Entry]:
    """What matching suggested when the case came in, where it still is."""
    return catalogue.named((offer.get("kind", ""), offer.get("slug", "")) for offer in case.suggested.get("offers", []))


def _page(entry: Entry) -> str:
    try:
        return addresses.offer(entry.kind, entry.slug, language=get_language() or "de")
    except NoReverseMatch:  # this kind has no page of its own
        return entry.source_url


def _offers(case: Case) -> list[tuple[str, str]]:
    """What matching suggested, as choices to attach."""
    return [(str(entry.uuid), str(entry.title)) for entry in _suggested(case)]


def _other_offers(case: Case) -> list[tuple[str, str]]:
    """Everything else that one may attach, by title."""
    suggested = {uuid for uuid, _title in _offers(case)}
    rows = [(str(entry.uuid), str(entry.title)) for entry in catalogue.attachable()]
    return [row for row in rows if row[0] not in suggested]


def _members(case: Case) -> Any:
    return consortium.advisers(case.partner).filter(teams.able())


def _form(
    verb: str,
    case: Case,
    data: Any = None,
    *,
    dates: Sequence[Appointment] = (),
    meant: firm_choice.Meant | None = None,
) -> forms.DeskForm:
    """The form behind one verb, empty or filled with what was sent. `dates`: those that the reader may see."""
    meant = meant or firm_choice.Meant(case)
    match verb:
        case "answer":
            return forms.AnswerForm(data, offers=_offers(case), more=_other_offers(case), prefix="answer")
        case "link":
            return forms.LinkForm(data, meant=meant, initial={"firm": case.firm}, prefix="link")
        case "log":
            return forms.LogForm(
                data,
                meant=meant,
                dates=dates,
                offers=_offers(case),
                more=_other_offers(case),
                initial={"firm": case.firm},
                prefix="log",
            )
        case "arrange":
            return forms.ArrangeForm(data, can_invite=recipients.writable(case), prefix="arrange")
        case "cancel" | "missed":
            return forms.CancelForm(data, case=case, prefix=verb)
        case "follow_up":
            return forms.FollowUpForm(data, members=_members(case), prefix="follow_up")
        case "hand_over":
            return handing.HandOverForm(data, case=case, prefix="hand_over")
        case "note":
            return forms.NoteForm(data, prefix="note")
        case "close":
            promised = list(queries.open_promises(case))
            return forms.CloseForm(data, can_teach=teaching.holds_a_question(case), promised=promised, prefix="close")
        case "learn":
            return ExampleForm(data, case=case, offers=_offers(case), more=_other_offers(case), prefix="learn")
    return forms.DeskForm(data, prefix=verb)


def _take(case: Case, form: Any, desk: Desk) -> str:
    cases.take(case=case, member=desk.member, by=desk.by)
    if _first_word(case) == "answer":
        return _("Schreiben Sie gleich Ihre Antwort.")
    return _("Rufen Sie an und halten Sie das Gespräch hier fest.") if case.phone else ""


def _first_word(case: Case) -> str:
    """The verb by which an enquirer is reached first: who left a number is called."""
    return "answer" if recipients.writable(case) and not case.phone else "log"


def _answer(case: Case, form: Any, desk: Desk) -> str:
    answered = crossings.answer(
        case=case,
        member=desk.member,
        text=form.cleaned_data["text"],
        offers=form.chosen(),
        files=attaching.prepared(case, form.cleaned_data["attached"]),
        submission=form.submission_id(),
        by=desk.by,
    )
    return letters.words(answered.letter) if answered.letter else ""


def _log(case: Case, form: Any, desk: Desk) -> None:
    said = form.cleaned_data
    talks.log(
        case=case,
        member=desk.member,
        kind=said["kind"],
        day=said["day"],
        minutes=said["minutes"],
        format=said["format"],
        text=said["text"],
        company=said.get("company"),
        firm=said.get("firm", ""),
        is_another=form.none_of_them(),
        topic=said.get("topic"),
        appointment=said.get("appointment"),
        offers=form.chosen(),
        facts=form.facts(),
        partner=telling(case, desk),
        submission=form.submission_id(),
        by=desk.by,
    )


def telling(case: Case, desk: Desk) -> Partner | None:
    """One that gave the case away, for which they log a talk of before; None for who may log for it as it is."""
    if desk.may(Permission.STEP_RECORD, case.partner):
        return None
    left = queries.left_on(case)
    had = [partner for partner in desk.rights.partners() if partner.uuid in left]
    return next((partner for partner in had if desk.may(Permission.STEP_RECORD, partner)), None)


def _may(verb: str, case: Case, desk: Desk) -> bool:
    permission = ACTS[verb][1]
    if desk.may(permission, case.partner):
        return True
    return (verb == "log" and telling(case, desk) is not None) or (verb == "missed" and case_ends.own(case, desk))


def _arrange(case: Case, form: Any, desk: Desk) -> None:
    said = form.cleaned_data
    appointments.arrange(
        case=case,
        member=desk.member,
        kind=said["kind"],
        starts_at=form.starts_at(),
        minutes=said["minutes"],
        place=said["place"],
        invite=said.get("invite", False),
        by=desk.by,
    )


def _follow_up(case: Case, form: Any, desk: Desk) -> None:
    said = form.cleaned_data
    follow_ups.set(
        case=case,
        company=case.company,
        partner=case.partner,
        due_on=said["due_on"],
        note=said["note"],
        member=said["member"],
        submission=form.submission_id(),
        by=desk.by,
    )


def _note(case: Case, form: Any, desk: Desk) -> None:
    said = form.cleaned_data
    cases.note(
        case=case,
        member=desk.member,
        text=said["text"],
        visibility=said["visibility"],
        submission=form.submission_id(),
        by=desk.by,
    )


def _link(case: Case, form: Any, desk: Desk) -> None:
    firms.link(
        case=case,
        company=form.cleaned_data.get("company"),
        firm=form.cleaned_data["firm"],
        is_another=form.none_of_them(),
        by=desk.by,
    )


Act = Callable[[Case, Any, Desk], Any]
# verb: what it does (it may say itself how that went), the right it needs, what is said afterwards
ACTS: dict[str, tuple[Act, Permission, Any]] = {
    "take": (
        _take,
        Permission.CASE_TAKE,
        gettext_lazy("Sie haben das Anliegen übernommen."),
    ),
    "answer": (_answer, Permission.CASE_ANSWER, gettext_lazy("Ihre Antwort steht im Verlauf.")),
    "log": (_log, Permission.STEP_RECORD, gettext_lazy("Festgehalten.")),
    "arrange": (_arrange, Permission.CASE_ANSWER, gettext_lazy("Termin vereinbart.")),
    "link": (_link, Permission.CASE_ANSWER, gettext_lazy("Der Betrieb ist zugeordnet.")),
    "cancel": (
        lambda case, form, desk: appointments.cancel(appointment=form.cleaned_data["appointment"], by=desk.by),
        Permission.CASE_ANSWER,
        gettext_lazy("Der Termin ist abgesagt."),
    ),
    "missed": (
        case_ends.missed,
        Permission.CASE_ANSWER,
        gettext_lazy("Festgehalten: Der Termin hat nicht stattgefunden."),
    ),
    "follow_up": (_follow_up, Permission.CASE_ANSWER, gettext_lazy("Wiedervorlage gesetzt.")),
    "hand_over": (handing.act, Permission.CASE_HAND_OVER, gettext_lazy("Das Anliegen liegt jetzt beim Partner.")),
    "note": (_note, Permission.CASE_SEE, gettext_lazy("Notiz gespeichert.")),
    "close": (
        case_ends.close,
        Permission.CASE_ANSWER,
        gettext_lazy("Das Anliegen ist abgeschlossen."),
    ),
    "learn": (
        examples.learn,
        Permission.CASE_ANSWER,
        gettext_lazy("Gemerkt. Ähnliche Fragen führen ab jetzt dorthin."),
    ),
    "unlearn": (
        lambda case, form, desk: taught.unlearn(case=case, by=desk.by),
        Permission.CASE_ANSWER,
        gettext_lazy("Das Beispiel ist entfernt. Ab der nächsten Frage zählt es nicht mehr."),
    ),
    "reopen": (
        lambda case, form, desk: cases.reopen(case=case, member=desk.member, by=desk.by),
        Permission.CASE_ANSWER,
        gettext_lazy("Das Anliegen ist wieder offen."),
    ),
}


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_SEE)
def case(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """One case. What is sent names its verb in `do`; what a rule refuses comes back with every input kept."""
    thread = queries.thread(uuid=uuid, member=desk.member, day=clock.today(), everywhere=desk.everywhere)
    if thread is None:
        return _went_on(request, desk, uuid)
    found = thread.case
    example = teaching.example(found)
    possible = _possible(thread, example, desk)
    meant = firm_choice.Meant(found)
    opened, sent, inserts = request.GET.get("oeffnen", ""), None, False
    if request.method == "POST":
        opened = request.POST.get("do", "")
        if opened not in ACTS:
            raise Http404
        act, _permission, said = ACTS[opened]
        if not _may(opened, found, desk):
            return _went_on(request, desk, uuid, found)
        sent = _form(opened, found, request.POST, dates=thread.appointments, meant=meant)
        sent.files = request.FILES
        inserts = opened == "answer" and answer_blocks.is_asked(request.POST)
        if inserts:  # nothing is sent yet
            sent = _form(opened, found, answer_blocks.inserted(request, found, desk, sent))
        elif sent.is_valid():
            try:
                if opened not in possible:  # somebody was faster, or it was asked for by hand
                    raise DomainError("transition_not_allowed")
                told = act(found, sent, desk)
            except DomainError as refusal:
                sent.refuse(refusal)
            else:
                messages.success(request, " ".join(filter(None, [str(said), told if isinstance(told, str) else ""])))
                return _afterwards(desk, uuid, _further(opened, sent, found))
    shown = possible | ({opened} if sent else set())
    company = companies.root_of(found.company) if found.company else None
    context = {
        "thread": thread,
        "case": found,
        "company": company if company and desk.sees(company) else None,
        "forms": {
            verb: sent if sent and verb == opened else _form(verb, found, dates=thread.appointments, meant=meant)
            for verb in ACTS
            if verb in shown
        },
        "opened": opened,
        "today": clock.today(),
        "now": clock.now(),
        "me": desk.member,
        "dates": [row for row in thread.appointments if not (row.log_id or row.cancelled_at)],
        "suggested": [
            {"title": str(entry.title), "href": _page(entry), "why": similar.why(found, entry)}
            for entry in _suggested(found)
        ],
        "asked_back": similar.asked_back(found),
        "similar": similar.of(found, desk),
        "history": case_history.rows(thread, desk),
        "post": mails.of_case(found, desk),
        "example": example,
        "channel": letters.HOLD_REASONS.get(f"channel_{recipients.channel(found)}", ""),
        **referrals.of_case(found, desk),
        "speak_only": "answer" in thread.verbs and _may("answer", found, desk) and not recipients.writable(found),
        "by_post": recipients.channel(found) == Channel.LETTER,
        "adviser_away": handing.of_interest(found.adviser, directory.today().away()) if found.adviser else "",
        "blocks": answer_blocks.choices(found) if "answer" in possible else [],
        "preview": answer_blocks.preview(request, found, desk, sent) if inserts else None,
    }
    return render(request, "desk/case.html", context, status=422 if sent and sent.errors and not inserts else 200)


def _further(verb: str, sent: Any, case: Case) -> str:
    """The form that comes next: who took a case calls or writes; who wants to teach reads the text first."""
    if verb == "close" and sent.cleaned_data.get("learn"):
        return "?oeffnen=learn"
    if verb == "take":
        return f"?oeffnen={_first_word(case)}"
    return ""


def _afterwards(desk: Desk, uuid: UUID, further: str = "") -> HttpResponse:
    """Back to the case; to the day's work where it went out of sight."""
    still = queries.visible_cases(member=desk.member, day=clock.today(), everywhere=desk.everywhere)
    if not still.filter(uuid=uuid).exists():
        return redirect("desk:today")
    return redirect(reverse("desk:case", kwargs={"uuid": uuid}) + further)


def _went_on(request: HttpRequest, desk: Desk, uuid: UUID, found: Case | None = None) -> HttpResponse:
    """Sent to a case that went to another partner meanwhile: the page says where it is, and keeps what was typed.

    Who never had it, and who may do this nowhere, learns nothing.
    """
    verb = request.POST.get("do", "")
    found = found or queries.once_here(uuid=uuid, member=desk.member, day=clock.today())
    if found is None or verb not in ACTS or not desk.may(ACTS[verb][1]):
        raise Http404
    sent = _form(verb, found, request.POST)
    sent.full_clean()
    if found.thread.filter(uuid=sent.submission_id(), member=desk.member).exists():  # a second click
        messages.success(request, str(ACTS[verb][2]))
        return _afterwards(desk, uuid)
    typed = [row for row in sent.visible_fields() if type(row.field) is CharField and row.data]
    return render(request, "desk/case_went_on.html", {"case": found, "typed": typed}, status=409)


def _possible(thread: queries.Thread, example: Example | None, desk: Desk) -> set[str]:
    """The verbs that this state, this enquirer and these rights leave open."""
    found = thread.case
    allowed = {verb for verb in ACTS if _may(verb, found, desk)}
    possible = allowed & ({*thread.verbs, "log", "arrange", "cancel", "missed", "follow_up", "note", "link"})
    if found.state not in OPEN:
        possible -= {"arrange"}
    if found.state != State.NEW and found.adviser_id == desk.member.pk:
        possible -= {"take"}
    if not recipients.writable(found):
        possible -= {"answer"}
    if example and "learn" in allowed:
        possible |= {"unlearn"}
    if teaching.can_teach(found) and not (example and example.read):
        possible |= allowed & {"learn"}
    if found.company or found.enquirer != Enquirer.COMPANY:
        possible -= {"link"}
    return possible
