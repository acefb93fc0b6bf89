"""People of a firm, on the telephone: somebody new is let in, and what is known of somebody is put right."""

from typing import cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wegweiser.companies import accesses, phones
from wegweiser.companies.models import Channel, Company, Right
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import colleagues, company_data, entrances
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.firm_accesses import told
from wegweiser.web.desk.firm_plans import firm_of, people_of
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.seen_form import SeenForm
from wegweiser.web.ui.mail_fields import MailField

ANOTHER = "other"  # in place of somebody known

# Why no mail goes to somebody who is invited, and what is left.
INSTEAD: dict[str, str | Promise] = {
    "link_unwanted": gettext_lazy(
        "Die Person oder ihr Betrieb wünscht keine Nachrichten. Sie können den Zugang geben und den Code zum Einloggen"
        " am Telefon vorlesen oder ausgedruckt übergeben."
    ),
    "link_by_phone": gettext_lazy(
        "Die Person oder ihr Betrieb wünscht Anrufe statt E-Mails. Sie können den Zugang geben und den Code zum"
        " Einloggen am Telefon vorlesen oder ausgedruckt übergeben."
    ),
    "link_on_paper": gettext_lazy(
        "Die Person oder ihr Betrieb wünscht Briefe statt E-Mails. Der Code zum Einloggen geht dann als Brief hinaus."
    ),
}


class InviteForm(DeskForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    email = MailField(
        label=gettext_lazy("E-Mail-Adresse"),
        help_text=gettext_lazy("Dorthin geht der Link zum Einloggen."),
    )
    right = forms.ChoiceField(
        label=gettext_lazy("Was darf die Person?"), choices=Right.choices, initial=Right.OWN, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Sprache der E-Mail"),
        choices=[("de", gettext_lazy("Deutsch")), ("en", gettext_lazy("Englisch"))],
        initial="de",
    )

    known = forms.ChoiceField(
        label=gettext_lazy("Unter diesem Namen kennen wir schon jemanden ohne E-Mail-Adresse. Ist es dieselbe Person?"),
        help_text=gettext_lazy("Dann sieht sie in „Mein Betrieb“ auch, was sie uns am Telefon gefragt hat."),
        widget=forms.RadioSelect,
    )

    def ask_who(self, firm: Company) -> None:
        """Whoever has the name of somebody known there without an address may be that person, or another."""
        name = str(self["name"].value() or "")
        self.people = {str(person.uuid): person for person in accesses.without_mail([firm], [name]).get(firm.pk, [])}
        if not self.people:
            del self.fields["known"]
            return
        words = [
            (key, _("ja, %(name)s") % {"name": ", ".join(filter(None, [row.name, phones.shown(row.phone)]))})
            for key, row in self.people.items()
        ]
        cast(forms.ChoiceField, self.fields["known"]).choices = [*words, (ANOTHER, _("nein, jemand anderes"))]


class PersonForm(SeenForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    email = MailField(label=gettext_lazy("E-Mail-Adresse"), required=False)
    phone = forms.CharField(label=gettext_lazy("Telefon"), max_length=40, required=False, widget=forms.TelInput)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.COMPANY_EDIT)
def invite(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Somebody gets a link, as if a colleague had invited them. Where no mail may go, that is said before anything is
    done; then they are let in without one, by another button (`do` is otherwise)."""
    firm = firm_of(desk, uuid)
    if firm.restricted_at:
        raise Http404
    form = InviteForm(request.POST if request.method == "POST" else None)
    form.ask_who(firm)
    managed = accesses.is_managed(firm)
    if not managed:
        del form.fields["right"]
    instead = ""
    if request.method == "POST" and form.is_valid():
        try:
            _let_in(request, firm, form, desk)
        except DomainError as refusal:
            if refusal.code in INSTEAD:
                instead = refusal.code
                form.fields["email"].help_text = ""  # no link goes there
            else:
                form.refuse(refusal)
        else:
            return redirect("desk:firm_accesses", uuid=firm.uuid)
    context = {
        "company": firm,
        "form": form,
        "managed": managed,
        "instead": INSTEAD.get(instead),
        "by_letter": instead == colleagues.NOT_BY_MAIL[Channel.LETTER],
    }
    return render(request, "desk/firm_invite.html", context, status=422 if form.errors or instead else 200)


def _let_in(request: HttpRequest, firm: Company, form: InviteForm, desk: Desk) -> None:
    said = form.cleaned_data
    given = {
        "company": firm,
        "name": said["name"],
        "mail": said["email"],
        "right": said.get("right", Right.PERSONS),
        "language": said["language"],
        "person": form.people.get(said.get("known", "")),
        "by": desk.by,
    }
    if request.POST.get("do") != "otherwise":
        access = colleagues.invite(**given, by_mail_only=True)
        messages.success(request, _("%(name)s bekommt eine E-Mail mit einem Link.") % {"name": access.person.name})
        return
    access = colleagues.let_in(**given)
    if entrances.way_to(access) == Channel.LETTER:
        told(request, entrances.send(access=access, by=desk.by))
        return
    text = _(
        "%(name)s hat jetzt einen Zugang, es ging keine E-Mail hinaus. Den Code lesen Sie vor oder drucken ihn aus."
    )
    messages.success(request, text % {"name": access.person.name})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.COMPANY_EDIT)
def person(request: HttpRequest, *, desk: Desk, uuid: UUID, person: UUID) -> HttpResponse:
    """Name, mail address and number of somebody of the firm, as they tell them."""
    firm = firm_of(desk, uuid)
    found = next((row for row in people_of(firm) if row.uuid == person), None)
    if found is None or firm.restricted_at or found.restricted_at:
        raise Http404
    start = {
        "name": found.name,
        "email": found.email,
        "phone": phones.shown(found.phone) if found.phone else "",
    }
    form = PersonForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        said = {name: form.value(name, getattr(found, name)) for name in start}
        try:
            company_data.put_right(person=found, **said, by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("desk:firm_accesses", uuid=firm.uuid)
    context = {
        "company": firm,
        "person": start,
        "form": form,
        "inside": accesses.of_firm(firm).filter(person=found).exists(),
    }
    return render(request, "desk/firm_person.html", context, status=422 if form.errors else 200)
