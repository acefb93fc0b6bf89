"""Somebody works for a firm no more: told on the telephone, and taken back where it was a mistake."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegweiser.companies import accesses
from wegweiser.companies import queries as companies
from wegweiser.companies.actions import persons
from wegweiser.companies.models import Company, Person
from wegweiser.crossings import colleagues
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.ui.days import DayField

ASKED = "weg"  # in the address: whose leaving is asked about


class LeavingForm(DeskForm):
    since = DayField(label=gettext_lazy("Seit wann nicht mehr im Betrieb?"), initial=clock.today)


def asked(request: HttpRequest, people: Iterable[Person]) -> dict[str, Any] | None:
    """Whose leaving somebody is about to say, with the form for the day."""
    wanted = request.GET.get(ASKED, "")
    person = next((row for row in people if wanted and str(row.uuid) == wanted), None)
    return None if person is None else {"person": person, "form": LeavingForm()}


def leave(request: HttpRequest, firm: Company, person: Person, desk: Desk) -> dict[str, Any] | None:
    """They left on the day that was typed. Gives the form again where that is refused."""
    form = LeavingForm(request.POST)
    if form.is_valid():
        since: dt.date = form.cleaned_data["since"]
        was_managed = accesses.is_managed(firm)
        try:
            colleagues.leave(company=firm, person=person, since=since, may_be_last=True, by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            text = _("%(name)s arbeitet hier nicht mehr. Zugang und Links sind beendet.")
            messages.success(request, text % {"name": person.name})
            if was_managed and not accesses.is_managed(firm):
                messages.warning(request, nobody_decides())
            return None
    return {"person": person, "form": form}


def stay(request: HttpRequest, firm: Company, typed: str, desk: Desk) -> None:
    """It was a mistake; an access has to be given anew."""
    person = next((row for row in companies.worked_at(firm) if str(row.uuid) == typed), None)
    if person is None:
        raise Http404
    persons.stay(person=person, company=firm, by=desk.by)
    text = _("%(name)s arbeitet wieder hier. Ein Zugang muss neu gegeben werden.")
    messages.success(request, text % {"name": person.name})


def nobody_decides() -> str:
    """What an adviser should know where the last one who managed the persons is gone."""
    return _("Im Betrieb entscheidet jetzt niemand mehr, wer Zugang bekommt: Anfragen kommen zu Ihnen.")
