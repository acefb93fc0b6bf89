"""One case: everything an adviser does with an enquiry happens on its page."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import CharField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue import showing
from wegweiser.catalogue.models import Entry, Example
from wegweiser.companies import queries as companies
from wegweiser.companies import written_firms
from wegweiser.companies.models import Channel
from wegweiser.consortium import directory, teams
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import recipients, thread_steps, told_of_firms
from wegweiser.enquiries import correspondence, queries, teaching, unseen
from wegweiser.enquiries.models import OPEN, Appointment, Case, Enquirer, Matter, State
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.bodies import takes_files
from wegweiser.web.desk import (
    answer_blocks,
    askers,
    case_acts,
    case_dates,
    case_ends,
    case_history,
    case_topics,
    firm_choice,
    forms,
    handing,
    letters,
    mails,
    offer_words,
    reading,
    referrals,
    similar,
    told_firms,
)
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.examples import ExampleForm

# Whatever state the case is in.
ALWAYS = frozenset(
    {
        *("log", "arrange", "change_date", "cancel", "missed", "follow_up", "note"),
        *("link", "change_firm", "told", "asker", "topic"),
    }
)


def _suggested(case: Case) -> list[Entry]:
    """What matching suggested when the case came in, where it still is."""
    return catalogue.named((offer.get("kind", ""), offer.get("slug", "")) for offer in case.suggested.get("offers", []))


def _offers(case: Case) -> list[tuple[str, str]]:
    """What matching suggested and still takes place, as choices to attach."""
    return [offer_words.choice(entry) for entry in _suggested(case) if not catalogue.is_gone(entry)]


def _other_offers(case: Case) -> list[tuple[str, str]]:
    """Everything else that one may attach, by title."""
    suggested = {uuid for uuid, _title in _offers(case)}
    rows = [offer_words.choice(entry) for entry in catalogue.attachable()]
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
    member: Member | None = None,
    people: Sequence[Member] | None = None,
    channel: str = "",
) -> forms.DeskForm:
    """The form behind one verb, empty or filled with what was sent. `dates`: those that the reader may see; `member`:
    who they are; `people`, `channel`: who may advise there, and how the enquirer is reached, where that is known."""
    meant = meant or firm_choice.Meant(case)
    firm = {"firm": written_firms.read(case.firm).name}
    match verb:
        case "answer":
            return forms.AnswerForm(data, offers=_offers(case), more=_other_offers(case), prefix="answer")
        case "link":
            return forms.LinkForm(data, meant=meant, initial=firm, prefix="link")
        case "change_firm":
            return askers.ChangeFirmForm(data, meant=meant, prefix="change_firm")
        case "told":
            return told_firms.ToldForm(data, told=told_of_firms.missing(case), prefix="told")
        case "asker":
            return askers.AskerForm(data, case=case, prefix="asker")
        case "log":
            return forms.LogForm(
                data,
                meant=meant,
                dates=dates,
                offers=_offers(case),
                more=_other_offers(case),
                people=[*(_members(case) if people is None else people), *([member] if member else [])],
                me=member,
                initial=firm,
                prefix="log",
            )
        case "arrange":
            can_invite = recipients.writable(case, channel)
            return case_dates.ArrangeForm(data, can_invite=can_invite, member=member, case=case, prefix="arrange")
        case "change_date":
            return case_dates.change_form(data, case, dates)
        case "take":
            return handing.TakeForm(data, case=case, prefix="take")
        case "cancel" | "missed":
            return case_dates.CancelForm(data, case=case, prefix=verb)
        case "follow_up":
            return forms.FollowUpForm(data, members=_members(case), prefix="follow_up")
        case "hand_over":
            return handing.HandOverForm(data, case=case, prefix="hand_over")
        case "topic":
            return case_topics.TopicForm(data, initial={"topic": case.topic}, prefix="topic")
        case "note":
            return forms.NoteForm(data, prefix="note")
        case "close":
            promised = list(queries.open_promises(case))
            return case_ends.CloseForm(data, can_teach=teaching.is_asked(case), promised=promised, prefix="close")
        case "learn":
            return ExampleForm(data, case=case, offers=_offers(case), more=_other_offers(case), prefix="learn")
    return forms.DeskForm(data, prefix=verb)


@takes_files
@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_SEE)
def case(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """One case. What is sent names its verb in `do`; what a rule refuses comes back with every input kept."""
    thread = queries.thread(uuid=uuid, member=desk.member, day=clock.today(), everywhere=desk.everywhere)
    if thread is None:
        return _went_on(request, desk, uuid)
    found = thread.case
    example = teaching.example(found)
    channel = recipients.channel(found)
    possible = _possible(thread, example, desk, channel)
    meant = firm_choice.Meant(found)
    opened, sent, inserts = request.GET.get("oeffnen", ""), None, False
    if request.method == "POST":
        opened = request.POST.get("do", "")
        if opened not in case_acts.ACTS:
            raise Http404
        act, _permission, said = case_acts.ACTS[opened]
        if not case_acts.may(opened, found, desk):
            return _went_on(request, desk, uuid, found)
        sent = _form(opened, found, request.POST, dates=thread.appointments, meant=meant, member=desk.member)
        sent.files = request.FILES
        if opened == "answer":
            sent = _form(opened, found, answer_blocks.filled_in(request, found, desk, sent))
            sent.files = request.FILES
        inserts = opened == "answer" and answer_blocks.is_asked(request.POST)  # nothing is sent yet
        if not inserts and sent.is_valid():
            try:
                if opened not in possible:  # somebody was faster, or it was asked for by hand
                    raise DomainError("transition_not_allowed")
                told = act(found, sent, desk)
            except DomainError as refusal:
                sent.refuse(refusal)
                reading.show_what_came(sent, found, refusal)
                thread = queries.thread(uuid=uuid, member=desk.member, day=clock.today(), everywhere=desk.everywhere)
                if thread is None:
                    return _went_on(request, desk, uuid)
                found, channel = thread.case, recipients.channel(thread.case)
                possible = _possible(thread, example, desk, channel)
            else:
                messages.success(request, " ".join(filter(None, [str(said), told if isinstance(told, str) else ""])))
                return _afterwards(desk, uuid, _further(opened, sent, found))
    shown = possible | ({opened} if sent else set())
    given: dict[str, Any] = {"dates": thread.appointments, "meant": meant, "member": desk.member}
    given |= {"people": (people := case_dates.people(found)), "channel": channel}
    built = {
        verb: sent if sent and verb == opened else _form(verb, found, **given)
        for verb in case_acts.ACTS
        if verb in shown
    }
    for form in built.values():
        if isinstance(form, reading.Reads):
            form.showing(unseen.newest(thread.contributions))
    company = companies.root_of(found.company) if found.company else None
    history = case_history.rows(thread, desk)
    open_dates = [row for row in thread.appointments if not (row.log_id or row.cancelled_at)]
    context = {
        "thread": thread,
        "case": found,
        "company": company if company and desk.sees(company) else None,
        "was_forgotten": company is not None and company.restricted_at is not None,
        "may_erase": desk.may(Permission.PERSON_ERASE),
        "forms": built,
        "seen": unseen.newest(thread.contributions),
        "opened": opened,
        "today": clock.today(),
        "now": clock.now(),
        "me": desk.member,
        "dates": case_dates.changes(
            open_dates,
            people,
            sent if "change_date" in built else None,
            may_change="change_date" in built,
            may_write=recipients.writable(found, channel),
        ),
        "date_refused": case_dates.refused(opened, sent, open_dates),
        "suggested": [
            {"words": offer_words.line(entry), "href": showing.href(entry), "why": similar.why(found, entry)}
            for entry in _suggested(found)
        ],
        "asked_back": similar.asked_back(found),
        "similar": similar.of(found, desk),
        "history": history,
        "firm_by_step": next((row.step.correct for row in history if row.step and row.step.correct), None),
        "post": mails.of_case(found, desk),
        "example": example,
        "example_names": example is not None and teaching.names_somebody(found, example),
        "channel": letters.HOLD_REASONS.get(f"channel_{channel}", ""),
        **referrals.of_case(found, desk),
        "speak_only": "answer" in thread.verbs
        and case_acts.may("answer", found, desk)
        and not recipients.writable(found, channel),
        "by_post": channel == Channel.LETTER,
        "adviser_away": handing.of_interest(found.adviser, directory.today().away()) if found.adviser else "",
        "blocks": answer_blocks.choices(found) if "answer" in possible else [],
        "chosen_block": request.POST.get("block", ""),
        "preview": answer_blocks.preview(request, found, desk, sent) if inserts else None,
    }
    return render(request, "desk/case.html", context, status=422 if sent and sent.errors and not inserts else 200)


def _further(verb: str, sent: Any, case: Case) -> str:
    """The form that comes next: who took a case calls or writes; who wants to teach reads the text first."""
    if verb == "close" and sent.cleaned_data.get("learn"):
        return "?oeffnen=learn"
    if verb == "take":
        return f"?oeffnen={case_acts.first_word(case)}"
    return ""


def _afterwards(desk: Desk, uuid: UUID, further: str = "") -> HttpResponse:
    """Back to the case; to the day's work where it went out of sight."""
    still = queries.visible_cases(member=desk.member, day=clock.today(), everywhere=desk.everywhere)
    if not still.filter(uuid=uuid).exists():
        return redirect("desk:today")
    return redirect(reverse("desk:case", kwargs={"uuid": uuid}) + further)


def _went_on(request: HttpRequest, desk: Desk, uuid: UUID, found: Case | None = None) -> HttpResponse:
    """Sent to a case that is another partner's: the page says whose and since when, and keeps what was typed.

    Who neither had it nor may read it, and who may do this nowhere, learns nothing.
    """
    verb = request.POST.get("do", "")
    found = found or queries.once_here(uuid=uuid, member=desk.member, day=clock.today())
    if found is None or verb not in case_acts.ACTS or not desk.may(case_acts.ACTS[verb][1]):
        raise Http404
    sent = _form(verb, found, request.POST)
    sent.full_clean()
    if found.thread.filter(uuid=sent.submission_id(), member=desk.member).exists():  # a second click
        messages.success(request, str(case_acts.ACTS[verb][2]))
        return _afterwards(desk, uuid)
    typed = [row for row in sent.visible_fields() if type(row.field) is CharField and row.data]
    had = {partner.uuid for partner in desk.rights.partners()}
    gone = max((at for partner, at in queries.left_on(found).items() if partner in had), default=None)
    return render(request, "desk/case_went_on.html", {"case": found, "typed": typed, "gone": gone}, status=409)


def _possible(thread: queries.Thread, example: Example | None, desk: Desk, channel: str) -> set[str]:
    """The verbs that this state, this enquirer and these rights leave open."""
    found = thread.case
    allowed = {verb for verb in case_acts.ACTS if case_acts.may(verb, found, desk)}
    possible = allowed & {*thread.verbs, *ALWAYS}
    if found.state not in OPEN:
        possible -= {"arrange"}
    if found.state != State.NEW and found.adviser_id == desk.member.pk:
        possible -= {"take"}
    if not recipients.writable(found, channel):
        possible -= {"answer"}
    if example and "learn" in allowed:
        possible |= {"unlearn"}
    if teaching.can_teach(found) and not (example and example.read):
        possible |= allowed & {"learn"}
    if found.matter == Matter.BARRIER:
        possible -= {"topic"}
    if found.company or found.enquirer != Enquirer.COMPANY:
        possible -= {"link"}
    if not correspondence.knows_somebody(found):
        possible -= {"asker"}
    if found.company is None or found.company.is_cover_name or thread_steps.is_counted(thread.contributions):
        possible -= {"change_firm"}
    if not (desk.may(Permission.COMPANY_EDIT) and told_of_firms.missing(found)):
        possible -= {"told"}
    return possible
