"""Two entries of one person: somebody of a firm is the same as somebody else who is known there, or elsewhere."""

from typing import cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from wegweiser.companies import accesses, phones
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Person, Position
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import same_person
from wegweiser.enquiries.models import Case
from wegweiser.kernel import mail_addresses
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.firm_plans import firm_of, people_of
from wegweiser.web.desk.forms import DeskForm


class JoinForm(DeskForm):
    other = forms.ChoiceField(label=gettext_lazy("Wer ist dieselbe Person?"), widget=forms.RadioSelect)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.COMPANY_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID, person: UUID) -> HttpResponse:
    """Who else it may be, with what would be theirs; the likely ones first."""
    firm = firm_of(desk, uuid)
    found = next((row for row in people_of(firm) if row.uuid == person), None)
    if found is None or firm.restricted_at:
        raise Http404
    others = {str(one.person.uuid): one for one in same_person.others(found, firm)}
    form = JoinForm(request.POST if request.method == "POST" else None)
    said = _said([one.person for one in others.values()])
    cast(forms.ChoiceField, form.fields["other"]).choices = [
        (key, said[one.person.pk] + (f" – {_('vielleicht dieselbe')}" if one.is_likely else ""))
        for key, one in others.items()
    ]
    if request.method == "POST" and form.is_valid():
        other = others[form.cleaned_data["other"]].person
        try:
            same_person.join(person=found, other=other, by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("„%(other)s“ und „%(name)s“ sind jetzt eine Person.") % _names(other, found))
            return redirect("desk:firm_accesses", uuid=firm.uuid)
    context = {"company": firm, "person": found, "form": form, "others": others}
    return render(request, "desk/firm_person_join.html", context, status=422 if form.errors else 200)


def _names(other: Person, person: Person) -> dict[str, str]:
    return {"other": other.name, "name": person.name}


def _said(people: list[Person]) -> dict[int, str]:
    """Of each, by its key, where they work, how they are reached and what hangs on them; three queries for all."""
    keys = [row.pk for row in people]
    asked = Case.objects.filter(person__in=keys).order_by().values("person").annotate(number=Count("pk"))
    cases = {row["person"]: row["number"] for row in asked}
    inside = set(accesses.standing().filter(person__in=keys).values_list("person", flat=True))

    works: dict[int, list[str]] = {}
    for position in Position.objects.filter(person__in=keys).select_related("company__canonical").order_by("id"):
        works.setdefault(position.person_id, []).append(companies.root_of(position.company).name)

    def words(row: Person) -> str:
        number = cases.get(row.pk, 0)
        told = [
            row.name,
            *dict.fromkeys(works.get(row.pk, [])),
            mail_addresses.shown(row.email),
            phones.shown(row.phone) if row.phone else "",
            ngettext("%(number)s Anliegen", "%(number)s Anliegen", number) % {"number": number} if number else "",
            _("hat einen Zugang") if row.pk in inside else "",
        ]
        return ", ".join(filter(None, told))

    return {row.pk: words(row) for row in people}
