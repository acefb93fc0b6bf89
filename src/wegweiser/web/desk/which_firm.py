"""While one types the name of a firm into a form of a case: the known firms it may be."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from wegweiser.consortium.rights import Permission
from wegweiser.enquiries import queries
from wegweiser.kernel import clock
from wegweiser.web.desk import askers, firm_choice
from wegweiser.web.desk.access import Desk, needs


@require_POST
@needs(Permission.CASE_SEE)
def offered(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The choice as the page would show it for what is typed now. Stores nothing."""
    readable = queries.visible_cases(member=desk.member, day=clock.today(), everywhere=desk.everywhere)
    case, verb = readable.filter(uuid=uuid).first(), request.POST.get("do", "log")
    if case is None or verb not in {"log", "link", "change_firm"}:
        raise Http404
    typed = request.POST.get(f"{verb}-firm", "")[:200]
    chosen: Any = request.POST.get(f"{verb}-company", "")
    start = {"company": chosen} if chosen.isdecimal() else {}
    meant, form = firm_choice.Meant(case), firm_choice.WhichFirm(prefix=verb, initial=start)
    if verb == "change_firm":
        form = askers.ChangeFirmForm(prefix=verb, meant=meant, initial={**start, "firm": typed})
    else:
        form.ask(meant, typed)
    return render(request, "desk/_which_firm.html", {"form": form, "case": case, "do": verb})
