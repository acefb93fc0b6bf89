"""The first screen: what this day asks for, and one field that finds everybody."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import worklist
from wegweiser.catalogue.models import DraftState
from wegweiser.companies import accesses, phones
from wegweiser.companies import queries as companies
from wegweiser.consortium import teams
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import plan_turns
from wegweiser.enquiries import advisers
from wegweiser.enquiries import queries as enquiries
from wegweiser.enquiries.actions import follow_ups
from wegweiser.enquiries.models import Case
from wegweiser.funding import plan
from wegweiser.funding import queries as funding
from wegweiser.funding.answers import number
from wegweiser.funding.words import INDICATORS
from wegweiser.kernel import clock
from wegweiser.web.desk import editing_words as words
from wegweiser.web.desk import handing, installation, list_wishes, mails, today_events
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.reports import left

MOST = 5  # offers of a group
SOON = 14  # days before a deadline from which on it stands out


@require_GET
@needs(Permission.DESK_SEE)
def today(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """My dates, overdue and due follow-ups, what is new for my partner, dates without a log.

    Who has no part in cases gets what they came for: the texts that wait for an editor, the report, or the door.
    """
    day = clock.today()
    sees_cases, edits = desk.may(Permission.CASE_SEE), desk.may(Permission.ENTRY_EDIT)
    if not (sees_cases or edits) and desk.may(Permission.REPORT_SEE):
        return redirect("desk:reports")
    if not (sees_cases or edits) and desk.may(Permission.EVENT_CHECK_IN):
        return redirect("desk:doors")
    mail = mails.today(desk) if sees_cases else None
    context = {
        "day": day,
        "work": enquiries.today(member=desk.member, day=day) if sees_cases else None,
        "mail": mail,
        "to_answer": _to_answer(desk, day, {row.case_id for row in mail["unread"]}) if mail else [],
        "plan_turns": plan_turns.of(desk.member, day=day) if sees_cases and desk.may(Permission.COMPANY_EDIT) else [],
        "me": desk.member,
        "standing_in": _standing_in(desk) if sees_cases else [],
        "happenings": today_events.of(desk) if sees_cases else None,
        "editing": _editing(desk) if edits and not sees_cases else None,
        "access_requests": accesses.waiting().count() if desk.may(Permission.COMPANY_EDIT) else 0,
        "may_create": desk.may(Permission.CASE_CREATE),
        "lists_waiting": list_wishes.waiting(desk),
        "due": _next_due(desk, day),
        "goals": _goals(desk, day),
        "health": installation.health() if desk.may(Permission.INSTALLATION_SEE) else None,
    }
    return render(request, "desk/today.html", context)


def _to_answer(desk: Desk, day: dt.date, shown: Collection[int]) -> list[Case]:
    """Answers that are due: mine, and overdue ones I answer for. `shown`: cases whose new mail stands above; they come
    again only when they are overdue."""
    everywhere = desk.everywhere_for(Permission.CASE_SEE)
    led = set() if everywhere else teams.led_by(desk.member)
    found = enquiries.to_answer(member=desk.member, day=day, led=led, everywhere=everywhere)
    return [case for case in found if case.pk not in shown or case.due_by < day]


def _standing_in(desk: Desk) -> list[dict[str, object]]:
    """What waits for those I stand in for, with until when they are not there."""
    return [
        {
            "name": row.away.member.name,
            "until": handing.day_words(row.away.last_day),
            "cases": row.cases,
            "follow_ups": row.follow_ups,
            "dates": row.dates,
            "named": row.away.deputy is not None,
        }
        for row in advisers.in_place_of(desk.member)
    ]


def _editing(desk: Desk) -> list[dict[str, object]]:
    """What waits for an editor: what is not published yet, then English that is older than its German or missing."""
    allowed = works.editable(desk.rights.extent(Permission.ENTRY_EDIT), desk.member)
    groups = [
        (_("Entwürfe"), worklist.Filter(state=DraftState.DRAFT), "stand=draft"),
        (_("Geändert, noch nicht veröffentlicht"), worklist.Filter(state=DraftState.CHANGED), "stand=changed"),
        (_("Englisch fehlt oder ist veraltet"), worklist.Filter(lacks_english=True), "englisch=1"),
    ]
    listed = [
        (title, worklist.listed(allowed & ~Q(told=DraftState.WITHDRAWN), wanted), query)
        for title, wanted, query in groups
    ]
    return [
        {
            "title": title,
            "count": len(found),
            "rows": [
                {"row": row, "kind": words.KIND_NAMES[row.kind], "state": row.state.label} for row in found[:MOST]
            ],
            "more": len(found) > MOST,
            "query": query,
        }
        for title, found, query in listed
        if found
    ]


def _goals(desk: Desk, day: dt.date) -> list[dict[str, object]]:
    """Ist and Soll of what the work plan promises, for those who answer for it."""
    grant = funding.running_grant(day) if desk.may(Permission.GRANT_EDIT) else None
    return [
        {
            "label": INDICATORS.get(goal.key, goal.key),
            "actual": number(goal.actual),
            "opening": number(goal.opening) if goal.opening else "",
            "target": number(round(goal.target)),
            "due": number(round(goal.due)),
            "state": goal.state or "",
            "state_text": plan.WORDS[goal.state] if goal.state else "",
        }
        for goal in (funding.goals(grant, day) if grant else [])
    ]


def _next_due(desk: Desk, day: dt.date) -> dict[str, object] | None:
    """The next deadline of the running grant, for those who keep it."""
    grant = funding.running_grant(day) if desk.may(Permission.GRANT_EDIT) else None
    found = funding.due(grant, day, own=True) if grant else []
    if not found:
        return None
    days = (found[0].day - day).days
    return {"deadline": found[0], "left": left(days), "late": days < 0, "soon": 0 <= days <= SOON, "near": days <= SOON}


def _by_whom(case: Case) -> Case:
    """A case that was found, with who asked: it is called after the firm, and another name may be what was found."""
    person = case.person if case.person and not case.person.restricted_at else None
    told = [case.name, person.name if person else "", case.firm, case.email, phones.shown(case.phone)]
    called = str(case.company) if case.company and not case.company.restricted_at else case.firm or case.asker
    case.by_whom = list(dict.fromkeys(word for word in told if word and word != called))  # type: ignore[attr-defined]
    return case


@require_GET
@needs(Permission.COMPANY_SEE)
def search(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Companies, persons and cases by a name or a phone number."""
    text = request.GET.get("q", "").strip()[:120]
    found_cases = enquiries.with_signs(enquiries.search(text, cases=_readable(desk)))
    found_cases = found_cases.select_related("topic", "partner", "company", "adviser", "person")[:20]
    context = {
        "q": text,
        "found": companies.search(text, places=True),
        "cases": [_by_whom(case) for case in found_cases],
    }
    return render(request, "desk/search.html", context)


def _readable(desk: Desk) -> QuerySet[Case]:
    """The cases that somebody who may see companies may also read; none without a right to cases."""
    if not desk.may(Permission.CASE_SEE):
        return Case.objects.none()
    everywhere = desk.everywhere_for(Permission.CASE_SEE)
    return enquiries.visible_cases(member=desk.member, day=clock.today(), everywhere=everywhere)


@require_POST
@needs(Permission.CASE_SEE)
def follow_up_done(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Tick a follow-up off; one that I may not read does not exist for me; a colleague's may be kept for them."""
    promised = enquiries.promised(member=desk.member, day=clock.today(), everywhere=desk.everywhere)
    follow_up = promised.select_related("case__company", "company").filter(uuid=uuid).first()
    if follow_up is None:
        raise Http404
    if follow_up.done_at:
        messages.info(request, _("Das war schon erledigt."))
    else:
        follow_ups.done(follow_up=follow_up, by=desk.by)
        back = reverse("desk:follow_up_move", kwargs={"uuid": follow_up.uuid})
        messages.success(request, format_html('{} <a href="{}">{}</a>', _("Erledigt."), back, _("Rückgängig")))
    if follow_up.case and request.POST.get("weiter") == "anliegen":
        return redirect("desk:case", uuid=follow_up.case.uuid)
    firm = follow_up.company or (follow_up.case.company if follow_up.case else None)
    if firm and request.POST.get("weiter") == "betrieb":
        return redirect("desk:company", uuid=firm.uuid)
    return redirect("desk:today")
