"""A follow-up about a firm, beside any enquiry: on which day, who, and what is to be done."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wegweiser.consortium import teams
from wegweiser.consortium.models import Member, Membership, Partner
from wegweiser.consortium.rights import Permission
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import follow_ups
from wegweiser.kernel import clock
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.firm_plans import firm_of
from wegweiser.web.desk.forms import FollowUpForm


class FirmFollowUpForm(FollowUpForm):
    """Who works at several partners also says which of them it is for."""

    partner = forms.ModelChoiceField(
        label=gettext_lazy("Für welchen Partner?"), queryset=Partner.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, desk: Desk, partners: list[Partner], **kwargs: Any) -> None:
        held = Membership.objects.filter(Membership.on(clock.today()), partner__in=partners)
        members = Member.objects.filter(teams.able(), pk__in=held.values("member"))
        super().__init__(*args, members=members, **kwargs)
        self.partners = partners
        self.fields["member"].initial = desk.member
        if len(partners) == 1:
            del self.fields["partner"]
        else:
            self.fields["partner"].queryset = Partner.objects.filter(  # type: ignore[attr-defined]
                pk__in=[row.pk for row in partners]
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said.setdefault("partner", self.partners[0] if len(self.partners) == 1 else None)
        member, partner = said.get("member"), said.get("partner")
        if member and partner and not queries.works_for(member, partner):
            self.add_error("member", _("Diese Person arbeitet nicht bei diesem Partner."))
        return said


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_ANSWER)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The form and, once it is sent, the firm with the follow-up on its page."""
    firm = firm_of(desk, uuid)
    if firm.restricted_at:
        raise Http404
    partners = [row for row in desk.rights.partners() if desk.may(Permission.CASE_ANSWER, row)]
    if not partners:
        raise PermissionDenied
    form = FirmFollowUpForm(request.POST if request.method == "POST" else None, desk=desk, partners=partners)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        follow_ups.set(
            company=firm,
            partner=said["partner"],
            member=said["member"],
            due_on=said["due_on"],
            note=said["note"],
            submission=form.identity(),
            by=desk.by,
        )
        messages.success(request, _("Wiedervorlage gesetzt."))
        return redirect("desk:company", uuid=firm.uuid)
    context = {"company": firm, "form": form}
    return render(request, "desk/firm_follow_up.html", context, status=422 if form.errors else 200)
