"""Visits: the sheet one takes along, on the phone and on paper, and the log afterwards, which works without a network.

The page of a sheet is kept by the device (static/ui/js/visit_worker.js) until its log has arrived or somebody logs out.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.consortium import directory, teams
from wegweiser.consortium.models import Partner
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import recipients
from wegweiser.crossings import visits as crossings
from wegweiser.documents import pdf
from wegweiser.enquiries import advisers, queries, unseen, visits
from wegweiser.enquiries.models import OPEN, Appointment, Contribution, State
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web import ui
from wegweiser.web.desk import case_acts, letters, reading, referrals, routes, visit_sheet
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.desk.visit_forms import SummaryForm, VisitForm
from wegweiser.web.ui import dates

WORKER = Path(ui.__file__).parent / "static" / "ui" / "js" / "visit_worker.js"
SHOWS = "X-Shows"  # a device that goes on to the next page right away lets it say what was done
TAKEN = "appointment_not_open"  # somebody wrote the date down or cancelled it: this stands beside it
ELSEWHERE = frozenset({"day_after_hand_over", "partner_elsewhere"})  # it stands at the firm, at their own partner


@require_GET
@needs(Permission.CASE_SEE)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """My coming dates, those that wait for their log, and what this device has not sent yet."""
    now = clock.now()
    dates = list(visits.dates(member=desk.member, day=clock.today()))
    context = {
        "over": [date for date in dates if date.ends_at <= now],
        "coming": [date for date in dates if date.ends_at > now],
        "in_place_of": [(row.member.name, found) for row, found in advisers.dates_in_place_of(desk.member)],
    }
    return render(request, "desk/visits.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_SEE)
def of_date(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The sheet of an appointment, and what is written down afterwards."""
    date = _date(desk, uuid)
    return _page(request, desk, visit_sheet.of_date(date, desk), {"uuid": uuid})


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_SEE)
def of_firm(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The sheet of a firm where one happens to be."""
    return _page(request, desk, visit_sheet.of_firm(_firm(desk, uuid), desk), {"uuid": uuid})


@require_GET
@needs(Permission.CASE_SEE)
def paper_of_date(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    return _paper(visit_sheet.of_date(_date(desk, uuid), desk))


@require_GET
@needs(Permission.CASE_SEE)
def paper_of_firm(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    return _paper(visit_sheet.of_firm(_firm(desk, uuid), desk))


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_ANSWER)
def summary(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """What the company would read of a visit: changed, sent or given up by whoever wrote it down."""
    row = _talk(desk, uuid)
    if row is None or not desk.may(Permission.CASE_ANSWER, row.case.partner):
        raise Http404
    form = SummaryForm(_posted(request), initial={"text": crossings.summary_draft(row)})
    form.showing(unseen.last(row.case))
    if request.method == "POST" and request.POST.get("do") == "drop":
        try:
            crossings.drop_summary(contribution=row, by=desk.by)
        except DomainError as refusal:
            messages.warning(request, str(SENTENCES[refusal.code]))
        else:
            messages.success(request, _("Es geht keine Zusammenfassung hinaus."))
        return redirect("desk:case", uuid=row.case.uuid)
    if request.method == "POST" and form.is_valid():
        try:
            answered = crossings.send_summary(
                contribution=row,
                member=desk.member,
                text=form.cleaned_data["text"],
                seen=form.seen_entry(),
                by=desk.by,
            )
        except DomainError as refusal:
            form.refuse(refusal)
            reading.show_what_came(form, row.case, refusal)
        else:
            messages.success(request, letters.words(answered.letter) if answered.letter else _("Festgehalten."))
            return redirect("desk:case", uuid=row.case.uuid)
    channel = recipients.channel(row.case)
    context = {
        "row": row,
        "case": row.case,
        "form": form,
        "sent": crossings.summary_sent(row),
        "by_post": channel == "letter",
        "writable": recipients.writable(row.case, channel),
        "mail": recipients.mail(row.case),
        "address": recipients.address(row.case),
        "channel": letters.HOLD_REASONS.get(f"channel_{channel}", letters.HOLD_REASONS["no_mail"]),
    }
    return render(request, "desk/visit_summary.html", context, status=422 if form.errors else 200)


@require_GET
@needs(Permission.CASE_SEE)
def state(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Who is logged in, and the token for sending: what a device asks before it sends what it kept."""
    answer = JsonResponse({"login": str(desk.user.uuid), "csrf": get_token(request)})
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
@needs(Permission.CASE_SEE)
def worker(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The script that answers for these pages while there is no network; its address is how far it reaches."""
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(
        WORKER.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8", headers=headers
    )


# --- One sheet -------------------------------------------------------------------------------------------------------


def _page(request: HttpRequest, desk: Desk, sheet: visit_sheet.Sheet, key: dict[str, UUID]) -> HttpResponse:
    date = sheet.date
    may_log = _may_log(desk, date)
    is_sent = request.method == "POST"  # perhaps days ago, when the case was still open or mine
    mine = [
        case
        for case in sheet.cases
        if (is_sent or case.state in OPEN)
        and (desk.may(Permission.STEP_RECORD, case.partner) or (is_sent and case_acts.telling(case, desk)))
    ]
    tells = date is not None and case_acts.telling(date.case, desk) is not None  # another partner writes to them now
    writes_by = "" if tells or (date and date.case.state == State.CLOSED) else sheet.writes_by
    own = [] if date else _own_partners(desk)
    there = [date.case.partner.pk] if date else [partner.pk for partner in own]
    form = VisitForm(
        _posted(request),
        date=date,
        cases=mine,
        people=sheet.people,
        partners=own,
        team=list(teams.can_inherit(there, clock.today()).filter(teams.able())),
        me=desk.member,
        writes_by=writes_by,
    )
    if is_sent:
        return _sent(request, desk, sheet, form, key, may_log)
    return _shown(request, desk, sheet, form, key, may_log)


def _shown(
    request: HttpRequest,
    desk: Desk,
    sheet: visit_sheet.Sheet,
    form: VisitForm,
    key: dict[str, UUID],
    may_log: bool,
) -> HttpResponse:
    kind = "visit" if sheet.date else "firm_visit"
    context = {
        "sheet": sheet,
        "form": form if may_log and not (sheet.date and (sheet.date.log_id or sheet.date.cancelled_at)) else None,
        "when": visit_sheet.when(sheet.date) if sheet.date else "",
        "consents": visit_sheet.consent_lines(sheet),
        "route": routes.to(sheet.spot, agent=request.headers.get("User-Agent", "")),
        "paper": reverse(f"desk:{kind}_paper", kwargs=key),
        "here": reverse(f"desk:{kind}", kwargs=key),
        "today": clock.today(),
        "hint": referrals.hint(sheet.asked) if sheet.asked else None,
        "over": sheet.date is None or sheet.date.starts_at <= clock.now(),
    }
    return render(request, "desk/visit.html", context, status=422 if form.errors else 200)


def _sent(
    request: HttpRequest,
    desk: Desk,
    sheet: visit_sheet.Sheet,
    form: VisitForm,
    key: dict[str, UUID],
    may_log: bool,
) -> HttpResponse:
    """Write the log down. A device that kept it asks for JSON and gets told what became of it."""
    by_device = request.headers.get("Accept", "").startswith("application/json")
    refusal: DomainError | None = None
    if before := _arrived(request, desk):
        return _written(request, before, sheet.date, by_device)
    if form.is_valid():
        try:
            written = _write(request, desk, sheet, form, may_log)
        except DomainError as error:
            refusal = error
        else:
            return _written(request, written, sheet.date, by_device)
    if refusal is not None:
        form.refuse(refusal)
    if by_device:
        at_firm = refusal is not None and refusal.code in ELSEWHERE and _goes_to_the_firm(desk, sheet)
        apart = at_firm or (refusal is not None and refusal.code == TAKEN and may_log)
        problem = form.problem()
        if at_firm:
            offered = _("Als weiteres Gespräch steht es bei diesem Betrieb und zählt bei Ihnen.")
            problem = f"{problem} {offered}"
        can_be_mended = refusal is None or (refusal.field in form.fields and not apart)
        answer = {"problem": problem, "apart": apart and sheet.date is not None}
        return JsonResponse(answer, status=422 if can_be_mended else 409)
    return _shown(request, desk, sheet, form, key, may_log)


def _arrived(request: HttpRequest, desk: Desk) -> crossings.Written | None:
    """What this very form wrote before: a device that had no answer asks again, whatever became of the case since."""
    try:
        submission = UUID(request.POST.get("submission", ""))
    except ValueError:
        return None
    row = Contribution.objects.filter(uuid=submission, member=desk.member, kind__in=queries.TALKS).first()
    return crossings.Written(row, None, False) if row else None


def _write(
    request: HttpRequest, desk: Desk, sheet: visit_sheet.Sheet, form: VisitForm, may_log: bool
) -> crossings.Written:
    date, apart = sheet.date, request.POST.get("apart") == "1"
    case = date.case if date else form.cleaned_data.get("case")
    if case is None:
        return _write_at_firm(desk, sheet, form, form.told())
    try:
        if date and not may_log:
            raise DomainError("partner_elsewhere")
        if date and date.cancelled_at and not apart:
            raise DomainError(TAKEN)
        return crossings.log(
            case=case,
            member=desk.member,
            told=form.told(),
            appointment=None if apart else date,
            partner=case_acts.telling(case, desk),
            submission=form.submission_id(),
            by=desk.by,
        )
    except DomainError as refusal:
        if refusal.code not in ELSEWHERE or not (apart and _goes_to_the_firm(desk, sheet)):
            raise
    told = form.told()
    return _write_at_firm(desk, sheet, form, replace(told, topic=told.topic or case.topic))


def _goes_to_the_firm(desk: Desk, sheet: visit_sheet.Sheet) -> bool:
    return sheet.firm is not None and bool(_own_partners(desk))


def _write_at_firm(desk: Desk, sheet: visit_sheet.Sheet, form: VisitForm, told: crossings.Told) -> crossings.Written:
    partner = form.cleaned_data.get("partner") or next(iter(_own_partners(desk)), None)
    if sheet.firm is None or partner is None:
        raise DomainError("no_partner")
    return crossings.log_at_firm(
        company=sheet.firm,
        member=desk.member,
        partner=partner,
        told=told,
        person=form.cleaned_data.get("person"),
        submission=form.submission_id(),
        by=desk.by,
    )


def _written(
    request: HttpRequest, written: crossings.Written, date: Appointment | None, by_device: bool
) -> HttpResponse:
    row = written.contribution
    owed = crossings.summary_owed(row)
    name = ("desk:visit_summary", row.uuid) if owed else ("desk:case", row.case.uuid)
    address = reverse(name[0], kwargs={"uuid": name[1]})
    said = _("Festgehalten. Lesen Sie jetzt die Zusammenfassung.") if owed else _("Festgehalten.")
    if date is not None and row.day is not None and crossings.comes_later(date, row.day):
        stays = _("Der Termin am %(day)s bleibt bestehen.")
        said = f"{said} {stays % {'day': dates.written(clock.local(date.starts_at), 'd.m.Y')}}"
    if row.day is not None and row.minutes is not None:
        said = f"{said} {case_acts.too_short(row.kind, row.day, row.minutes)}".strip()
    if by_device:
        if SHOWS in request.headers:
            messages.success(request, said)
        return JsonResponse({"next": address, "said": said, "summary": owed is not None})
    messages.success(request, said)
    return redirect(address)


def _talk(desk: Desk, uuid: UUID) -> Contribution | None:
    """A talk or visit that I may read, mine or a colleague's."""
    day, everywhere = clock.today(), desk.everywhere
    cases = queries.visible_cases(member=desk.member, day=day, everywhere=everywhere)
    talks = Contribution.objects.filter(uuid=uuid, case__in=cases, kind__in=queries.TALKS)
    row = talks.select_related("case__person", "case__company__canonical", "case__partner").first()
    if row is None:
        return None
    mine = queries.readable(case=row.case, member=desk.member, day=day, everywhere=everywhere)
    return row if mine.filter(pk=row.pk).exists() else None


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _may_log(desk: Desk, date: Appointment | None) -> bool:
    if date is None:
        return desk.may(Permission.STEP_RECORD) and bool(_own_partners(desk))
    return desk.may(Permission.STEP_RECORD, date.case.partner) or case_acts.telling(date.case, desk) is not None


def _own_partners(desk: Desk) -> list[Partner]:
    return [partner for partner in desk.rights.partners() if desk.may(Permission.STEP_RECORD, partner)]


def _date(desk: Desk, uuid: UUID) -> Appointment:
    date = visits.date(uuid=uuid, member=desk.member, day=clock.today(), everywhere=desk.everywhere)
    if date is None:
        raise Http404
    return date


def _firm(desk: Desk, uuid: UUID) -> Company:
    found = Company.objects.select_related("canonical").filter(uuid=uuid).first()
    firm = companies.root_of(found) if found else None
    if firm is None or not desk.sees(firm) or not desk.may(Permission.COMPANY_SEE):
        raise Http404
    return firm


def _paper(sheet: visit_sheet.Sheet) -> HttpResponse:
    centre, made = directory.centre(), dates.written(clock.local(clock.now()), "d.m.Y H:i")
    house = pdf.House(
        name=str(centre.name) if centre else "",
        colour=str(centre.look.get("brand", "")) if centre else "",
        made=_("Nur für den Dienstgebrauch. Stand: %(day)s") % {"day": made},
    )
    language: Any = "en" if get_language() == "en" else "de"
    headers = {
        "Content-Disposition": 'inline; filename="besuchsblatt.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(
        visit_sheet.paper(sheet, house=house, lang=language), content_type="application/pdf", headers=headers
    )
