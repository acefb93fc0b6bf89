"""The page behind the status link of an enquiry: how it stands, what was said, and what its enquirer adds."""

import contextlib
import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wegweiser.catalogue.models import Entry
from wegweiser.consortium import asking
from wegweiser.crossings import company_cases
from wegweiser.crossings import enquiries as crossing
from wegweiser.enquiries import queries, unseen
from wegweiser.enquiries.models import OPEN, Case, Contribution, Intake, Outcome, Referral, State
from wegweiser.files.queries import uploads_of as uploaded
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web import context as centres
from wegweiser.web import downloads
from wegweiser.web.bodies import takes_files, turns_away
from wegweiser.web.public import answers, limits, offers
from wegweiser.web.ui import uploads
from wegweiser.web.ui.messages import MessageForm

NOON = dt.time(12)


def behind(token: str) -> tuple[Case, queries.Status] | None:
    """The enquiry that a status link opens, and how it stands."""
    case = queries.case_behind(token)
    return (case, queries.status(case)) if case else None


def link_gone(request: HttpRequest) -> HttpResponse:
    """What a link that is unknown, too old or revoked leads to."""
    return render(request, "public/link_gone.html", status=404)


def _turned_away(request: HttpRequest, token: str) -> HttpResponse | None:
    return None if queries.case_behind(token) else link_gone(request)


@turns_away(_turned_away)
@takes_files
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Shows how a question stands; acts only when a button is pressed."""
    found = behind(token)
    if found is None:
        return link_gone(request)
    case, shown = found
    writing = request.method == "POST" and request.POST.get("act") == "message"
    form = MessageForm(request.POST, request.FILES) if writing else MessageForm()
    if writing and _written(request, case, form):
        return redirect(f"{reverse('public:enquiry_status', kwargs={'token': token})}#nachricht")
    asks = request.method == "POST" and request.POST.get("act") == "settled" and case.state in OPEN
    if request.method == "POST" and not asks and not writing:
        if request.POST.get("act") == "settled_indeed" and case.state in OPEN:
            with contextlib.suppress(DomainError):  # closed in the meantime: the page says so
                crossing.close(case=case, outcome=Outcome.SETTLED, seen=unseen.last(case), by=Actor.link(case.uuid))
        if request.POST.get("act") == "unsettled" and _can_go_on(case, shown):
            with contextlib.suppress(DomainError):
                crossing.go_on(case=case, by=Actor.link(case.uuid))
        return redirect("public:enquiry_status", token=token)
    heading, lead = _stand(shown)
    contact = asking.looks_after(shown.contact, partner=shown.partner)
    context = {
        "status": shown,
        "written": case.intake in {Intake.WEB, Intake.MAIL},
        "heading": heading,
        "lead": lead,
        "timeline": _timeline(shown),
        "token": token,
        "answers": _said(shown),
        "form": form,
        "person": answers.with_return(answers.person_card(contact, phone=centres.of(request).phone), contact),
        "can_close": case.state in OPEN,
        "asks": asks,
        "can_go_on": _can_go_on(case, shown),
    }
    return render(request, "public/status.html", context, status=422 if form.errors else 200)


def _written(request: HttpRequest, case: Case, form: MessageForm) -> bool:
    """Whether the message now stands in the thread; else the form says why not, and holds what was typed."""
    if not form.is_valid():
        return False
    given = form.cleaned_data
    sent_along = given["attached"]
    for name, limit in (("message", limits.SEND), ("files", limits.FILES))[: 2 if sent_along else 1]:
        if not limits.allowed(request, name, limit):
            form.add_error(None, limits.waits(limit))
            form.ask_for_files_again()
            return False
    try:
        company_cases.ensure_room(case=case, sizes=[file.size for file in sent_along])  # before anything is stored
        written = company_cases.write_by_link(
            case=case,
            text=given["text"],
            files=uploads.prepared(sent_along),
            submission=given["submission"],
            by=Actor.link(case.uuid),
        )
    except DomainError as refusal:
        field = refusal.field if refusal.field in form.fields else "text"
        form.add_error(field, str(uploads.SENTENCES.get(refusal.code, refusal.code)))
        form.ask_for_files_again()
        return False
    messages.success(request, uploads.arrived(written.folded))
    return True


@login_not_required
@never_cache
@require_safe
def sent_file(request: HttpRequest, token: str, uuid: UUID) -> HttpResponse:
    """A file that went with an answer, for who holds the link of its case; another case's is not there."""
    found = behind(token)
    if found is None:
        return link_gone(request)
    rows = company_cases.sent_with(found[1].answers).values()
    return downloads.send(next((row for files in rows for row in files if row.uuid == uuid), None))


def _can_go_on(case: Case, shown: queries.Status) -> bool:
    """Whether who said that it is settled may say that it is not: somebody can reach them again."""
    return shown.settled and shown.reachable


def _stand(shown: queries.Status) -> tuple[str, str]:
    """Title and sentence for the state of a question."""
    if not shown.reachable and shown.state in {State.NEW, State.TAKEN}:
        day = date_format(shown.due_by, "DATE_FORMAT") if shown.due_by and _is_to_come(shown) else ""
        words = _("Wir sehen es uns spätestens am %(day)s an.") % {"day": day} if day else _("Wir sehen es uns an.")
        return _("Ihre Meldung ist bei uns"), words
    return {
        State.NEW: (
            _("Wir haben Ihnen geantwortet") if shown.answers else _("Wir haben mit Ihnen gesprochen"),
            _("Jetzt kümmert sich %(partner)s weiter darum und meldet sich bei Ihnen.")
            % {"partner": shown.partner.name},
        )
        if shown.answers or shown.talked_on
        else (_("Ihr Anliegen ist bei uns"), _promised(shown)),
        State.TAKEN: (_("Jemand kümmert sich um Ihr Anliegen"), _promised(shown)),
        State.ANSWERED: (
            _("Wir haben Ihnen geantwortet") if shown.answers else _("Wir haben mit Ihnen gesprochen"),
            _("Haben Sie noch eine Frage? Schreiben Sie sie unten hinein, oder rufen Sie einfach an."),
        ),
        State.CLOSED: (
            _("Ihr Anliegen ist abgeschlossen"),
            _("Danke, dass Sie Bescheid gesagt haben. Taucht noch etwas auf, sind wir weiter für Sie da.")
            if shown.settled
            else _("Taucht noch etwas auf, sind wir weiter für Sie da."),
        ),
    }[State(shown.state)]


def _is_to_come(shown: queries.Status) -> bool:
    return shown.due_by is not None and shown.due_by >= clock.today()


def _promised(shown: queries.Status) -> str:
    """By when they hear from us. A day that is over is no promise any more, and said as what it was."""
    if shown.due_by is None:
        return _("Wir melden uns bei Ihnen.")
    day = {"day": date_format(shown.due_by, "DATE_FORMAT")}
    if _is_to_come(shown):
        return _("Sie hören spätestens am %(day)s von uns.") % day
    return _("Wir wollten uns bis zum %(day)s melden. Bitte entschuldigen Sie, und rufen Sie gern an.") % day


def _timeline(shown: queries.Status) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [{"day": clock.local(shown.received_at), "title": _("Anliegen eingegangen")}]
    past = [(clock.local(row.recorded_at), _("Antwort per E-Mail")) for row in shown.answers]
    past += [(clock.local(moment), _("E-Mail von Ihnen ist da")) for moment in shown.replies]
    past += [
        (clock.local(row.recorded_at), _("Nachricht von Ihnen") if row.text else _("Dateien von Ihnen"))
        for row in shown.messages
    ]
    past += [
        (clock.local(moment), _("Vor-Ort-Termin") if kind == Contribution.Kind.VISIT else _("Gespräch mit Ihnen"))
        for moment, kind in shown.talked
    ]
    happened: list[tuple[dt.datetime, dict[str, object]]] = [(day, {"day": day, "title": title}) for day, title in past]
    happened += [(row.recorded_at, _passed_on(row)) for row in shown.referrals]
    rows += [row for _day, row in sorted(happened, key=lambda one: one[0])]
    if shown.closed_at:
        title = _("Sie haben gesagt: Hat sich erledigt") if shown.settled else _("Abgeschlossen")
        rows.append({"day": clock.local(shown.closed_at), "title": title})
    for date in shown.dates:
        start = clock.local(date.starts_at)
        title = _("Vor-Ort-Termin") if date.kind == "visit" else _("Gespräch")
        rows.append(
            {
                "day": start,
                "title": title,
                "text": " · ".join(filter(None, [_("%(time)s Uhr") % {"time": date_format(start, "G:i")}, date.place])),
                "state": "planned",
            }
        )
    if shown.due_by and _is_to_come(shown) and shown.reachable:
        rows.append(
            {"day": clock.at(shown.due_by, NOON), "title": _("Spätestens dann melden wir uns"), "state": "planned"}
        )
    return rows


def _passed_on(row: Referral) -> dict[str, object]:
    title = _("Weitervermittelt an %(recipient)s") % {"recipient": row.recipient}
    text = _("Weitergegeben: %(what)s") % {"what": row.passed_words}
    if row.withdrawn_at:
        day = date_format(clock.local(row.withdrawn_at), "SHORT_DATE_FORMAT")
        text = _("Die Einwilligung ist seit %(day)s widerrufen.") % {"day": day}
    return {"day": clock.local(row.recorded_at), "title": title, "text": text}


def _said(shown: queries.Status) -> list[dict[str, object]]:
    """Our answers, what was named in talks, and what came through the page, with the files, the oldest first.

    Files of theirs are named, whatever became of them: only the desk loads them.
    """
    files = uploaded(row.uuid for row in [*shown.answers, *shown.messages])
    for answer in shown.answers:
        files[answer.uuid] = [file for file in files.get(answer.uuid, []) if file.is_offered]
    rows = sorted([*shown.answers, *shown.talks, *shown.messages], key=lambda row: row.recorded_at)
    named = {uuid for row in rows for uuid in row.offers}
    entries = Entry.objects.filter(uuid__in=named, withdrawn_at=None).order_by("sort_key", "id") if named else ()
    cards = {str(entry.uuid): offers.card(entry) for entry in entries}
    return [{**_answer(row, cards), "files": files.get(row.uuid, [])} for row in rows]


def _answer(contribution: Contribution, cards: Mapping[str, offers.Card]) -> dict[str, object]:
    """What was written, or the offers that were named in a talk; what was noted about the talk stays at the desk."""
    talked = contribution.kind in queries.TALKS
    return {
        "day": contribution.day if talked else clock.local(contribution.recorded_at),
        "talked": talked,
        "theirs": contribution.kind == Contribution.Kind.MESSAGE,
        "text": "" if talked else contribution.text,
        "offers": [card for uuid, card in cards.items() if uuid in contribution.offers and card.href],
    }
