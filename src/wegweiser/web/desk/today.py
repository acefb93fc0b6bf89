"""The first screen: what this day asks for, and one field that finds everybody."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wegweiser.companies import queries as companies
from wegweiser.consortium.rights import Permission
from wegweiser.enquiries import queries as enquiries
from wegweiser.enquiries.actions import follow_ups
from wegweiser.enquiries.models import Case
from wegweiser.funding import queries as funding
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.reports import left

SOON = 14  # days before a deadline from which on it stands out


@require_GET
@needs(Permission.DESK_SEE)
def today(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """My dates, overdue and due follow-ups, what is new for my partner, dates without a log."""
    day = clock.today()
    sees_cases = desk.may(Permission.CASE_SEE)
    work = enquiries.today(member=desk.member, day=day) if sees_cases else None
    context = {"day": day, "work": work, "may_create": desk.may(Permission.CASE_CREATE), "due": _next_due(desk, day)}
    return render(request, "desk/today.html", context)


def _next_due(desk: Desk, day: dt.date) -> dict[str, object] | None:
    """The next deadline of the running grant, for those who keep it."""
    grant = funding.running_grant(day) if desk.may(Permission.GRANT_EDIT) else None
    found = funding.due(grant, day, own=True) if grant else []
    if not found:
        return None
    days = (found[0].day - day).days
    return {"deadline": found[0], "left": left(days), "late": days < 0, "soon": 0 <= days <= SOON}


@require_GET
@needs(Permission.COMPANY_SEE)
def search(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Companies, persons and cases by a name or a phone number."""
    text = request.GET.get("q", "").strip()[:120]
    found_cases = enquiries.search(text, cases=_readable(desk)).select_related("topic", "partner", "company")[:20]
    context = {"q": text, "found": companies.search(text), "cases": found_cases}
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
    promises = enquiries.promises(member=desk.member, day=clock.today(), everywhere=desk.everywhere)
    follow_up = promises.select_related("case").filter(uuid=uuid).first()
    if follow_up is None:
        raise Http404
    try:
        follow_ups.done(follow_up=follow_up, by=desk.by)
    except DomainError:
        messages.info(request, _("Das war schon erledigt."))
    else:
        messages.success(request, _("Erledigt."))
    if follow_up.case and request.POST.get("weiter") == "anliegen":
        return redirect("desk:case", uuid=follow_up.case.uuid)
    return redirect("desk:today")
