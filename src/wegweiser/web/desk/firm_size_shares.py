"""Shares of a firm that are entered already: ended on their day, or taken back where they never were so."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegweiser.companies import queries
from wegweiser.companies.actions import sizes as actions
from wegweiser.companies.models import Company, Share
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui.days import DayField

END, WITHDRAW = "end", "withdraw"


class EndForm(DeskForm):
    optional_mark = ""

    last_day = DayField(label=gettext_lazy("Bis wann?"), initial=clock.today, required=False)


class WithdrawForm(DeskForm):
    optional_mark = ""

    reason = forms.CharField(
        label=gettext_lazy("Warum war das nie so?"),
        help_text=gettext_lazy("Zum Beispiel: vertippt, 6 statt 60 Prozent."),
        max_length=actions.LONGEST_REASON,
    )


FORMS: dict[str, type[DeskForm]] = {END: EndForm, WITHDRAW: WithdrawForm}


def own(company: Company, asked: UUID | None) -> Share:
    """A share that was entered at this firm, else 404."""
    share = Share.objects.filter(uuid=asked).first() if asked else None
    if share is None or not queries.same_firm(company).filter(pk=share.company_id).exists():
        raise Http404
    return share


def rows(shares: Iterable[Share]) -> list[dict[str, Any]]:
    """Each share with the forms that it still can need."""
    return [
        {"share": row}
        | {
            name: form(prefix=name, auto_id=f"id_{name}_{row.pk}_%s")
            for name, form in FORMS.items()
            if _takes(row, name)
        }
        for row in shares
    ]


def _takes(row: Share, verb: str) -> bool:
    return row.withdrawn_at is None and (verb == WITHDRAW or row.valid_to is None)


def act(request: HttpRequest, company: Company, desk: Desk) -> HttpResponse:
    """What a button says in `do`; what is refused is told above the page."""
    verb = request.POST.get("do", "")
    share = own(company, _uuid(request.POST.get("share", "")))
    form = FORMS[verb](request.POST, prefix=verb)
    if not form.is_valid():
        for told in form.errors.values():
            messages.error(request, " ".join(map(str, told)))
        return redirect("desk:company_size", uuid=company.uuid)
    try:
        if verb == END:
            day = form.cleaned_data["last_day"] or clock.today()
            actions.end_share(share=share, last_day=day, by=desk.by)
            messages.success(request, _("Gemerkt: Der Anteil ist beendet."))
        else:
            actions.withdraw_share(share=share, reason=form.cleaned_data["reason"], by=desk.by)
            messages.success(request, _("Gemerkt: Das war nie so und zählt an keinem Tag."))
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
    return redirect("desk:company_size", uuid=company.uuid)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
