"""Answering an invitation: come, or not this time."""

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wegweiser.events import inviting
from wegweiser.events.actions import invitations
from wegweiser.events.invitation_models import Answer
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web.public import enrolment, offers


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to, with both answers. "Not this time" is said by a button, so that no program says it."""
    invitee = inviting.behind(token)
    entry = invitee.event.draft.entry if invitee else None
    if invitee is None or entry is None:
        return render(request, "public/invitations_gone.html", status=404)
    if request.method == "POST":
        with suppress(DomainError):  # they registered meanwhile: the page says so
            invitations.decline(invitee=invitee, by=Actor.link(invitee.uuid))
        return redirect("public:invitation", token=token)
    taking_part = enrolment.of(entry)
    register = reverse("public:register", kwargs={"slug": entry.slug})
    context = {
        "card": offers.card(entry),
        "when": offers.when(entry),
        "where": offers.where(entry),
        "declined": invitee.state == Answer.DECLINED,
        "registered": invitee.state == Answer.REGISTERED,
        "takes": taking_part is not None and taking_part.takes,
        "register": f"{register}?{urlencode({inviting.PARAMETER: token})}",
    }
    return render(request, "public/invitation.html", context)
