"""A follow-up to another day, because it comes later than meant; or back, where it was ticked off by mistake."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wegweiser.consortium.models import Member
from wegweiser.consortium.rights import Permission
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import follow_ups
from wegweiser.enquiries.models import FollowUp
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import FollowUpForm
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui import dates


class MoveForm(FollowUpForm):
    """The day and, where it changed, what is to be done; whose it is stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, members=Member.objects.none(), **kwargs)
        del self.fields["member"]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_SEE)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Whoever may tick it off may move it; one that I may not read does not exist for me."""
    promised = queries.promised(member=desk.member, day=clock.today(), everywhere=desk.everywhere)
    found = promised.select_related("case__company", "company", "member", "partner").filter(uuid=uuid).first()
    if found is None:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "reopen":
        follow_ups.reopen(follow_up=found, by=desk.by)
        messages.success(request, _("Steht wieder offen."))
        return _back(found)
    if found.done_at and request.method != "POST":
        return render(request, "desk/follow_up_reopen.html", {"follow_up": found})
    start = {"due_on": max(found.due_on, clock.today()), "note": found.note}
    form = MoveForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            follow_ups.move(follow_up=found, due_on=said["due_on"], note=said["note"], by=desk.by)
        except DomainError as error:
            messages.info(request, SENTENCES.get(error.code, error.code))
        else:
            day = dates.written(said["due_on"], "DATE_FORMAT")
            messages.success(request, _("Verschoben auf den %(day)s.") % {"day": day})
        return _back(found)
    context = {"follow_up": found, "form": form}
    return render(request, "desk/follow_up_move.html", context, status=422 if form.errors else 200)


def _back(follow_up: FollowUp) -> HttpResponse:
    if follow_up.case:
        return redirect("desk:case", uuid=follow_up.case.uuid)
    return redirect("desk:company", uuid=follow_up.company.uuid) if follow_up.company else redirect("desk:today")
