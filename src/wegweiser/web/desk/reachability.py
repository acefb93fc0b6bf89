"""How a firm and its people want to be reached, and firms that do not say who they are."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from wegweiser.companies import alike, cover_names, phones, queries
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Channel, Company, Fact, Person, Size
from wegweiser.consortium.models import District, Sector
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import channels, firms, merging
from wegweiser.enquiries import queries as enquiries
from wegweiser.enquiries.models import Case
from wegweiser.journey import queries as journey
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import firm_choice
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.ui import dates

WORDS: dict[str, Any] = {
    Channel.MAIL: gettext_lazy("E-Mail ist recht"),
    Channel.LETTER: gettext_lazy("nur Briefe"),
    Channel.PHONE: gettext_lazy("nur Anrufe"),
    Channel.NONE: gettext_lazy("keine Nachrichten"),
}
FIRM = "firm"


class ChannelForm(DeskForm):
    channel = forms.ChoiceField(label=gettext_lazy("Kontaktweg"), choices=list(WORDS.items()), widget=forms.RadioSelect)


class UnnamedForm(DeskForm):
    """What a firm says of itself that does not want to say its name, or under which cover name it came before."""

    before = forms.ModelChoiceField(
        label=gettext_lazy("War der Betrieb schon einmal da?"),
        help_text=gettext_lazy("Dann zählt er weiter einmal, und die Angaben unten bleiben, wie sie sind."),
        queryset=Company.objects.none(),
        required=False,
        empty_label=gettext_lazy("nein, zum ersten Mal"),
    )
    sector = forms.ModelChoiceField(
        label=gettext_lazy("Branche"),
        queryset=Sector.objects.all(),
        required=False,
        empty_label=gettext_lazy("nicht bekannt"),
    )
    size = forms.ChoiceField(
        label=gettext_lazy("Beschäftigte"),
        required=False,
        choices=[("", gettext_lazy("nicht bekannt")), *Size.choices],
    )
    district = forms.ModelChoiceField(
        label=gettext_lazy("Landkreis"),
        queryset=District.objects.all(),
        required=False,
        empty_label=gettext_lazy("nicht bekannt"),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = firms.covers_at(case.partner)
        if not found:
            del self.fields["before"]
            return
        field: Any = self.fields["before"]
        field.queryset = Company.objects.filter(pk__in=[row.pk for row in found]).order_by("-id")
        field.label_from_instance = _covers(found).__getitem__

    def known(self) -> dict[str, str]:
        said = self.cleaned_data
        return {
            Fact.Kind.SECTOR: said["sector"].key if said["sector"] else "",
            Fact.Kind.SIZE: said["size"],
            Fact.Kind.DISTRICT: said["district"].ags if said["district"] else "",
        }


def _covers(found: list[Company]) -> dict[Company, str]:
    """What tells one cover from another: what the firm said of itself, and when it was here last."""
    kinds = (Fact.Kind.SECTOR, Fact.Kind.SIZE, Fact.Kind.DISTRICT)
    facts, contacts = queries.facts_of(found, kinds, clock.today()), journey.contacts(found)
    words = {
        Fact.Kind.SECTOR: {row.key: str(row) for row in Sector.objects.all()},
        Fact.Kind.SIZE: {key: _("%(size)s Beschäftigte") % {"size": label} for key, label in Size.choices},
        Fact.Kind.DISTRICT: {row.ags: row.name for row in District.objects.all()},
    }
    told: dict[Company, str] = {}
    for firm in found:
        said = [words[kind].get(facts[firm.pk].get(kind, ""), "") for kind in kinds]
        last = contacts.get(firm.pk)
        day = _("zuletzt %(day)s") % {"day": dates.written(last.last, "d.m.Y")} if last else ""
        told[firm] = " · ".join(filter(None, [firm.name, *said, day]))
    return told


class RevealForm(DeskForm):
    """Who it is: a firm that is known, or a new one."""

    optional_mark = ""

    name = forms.CharField(label=gettext_lazy("Name des Betriebs"), max_length=200)
    postcode = forms.CharField(label=gettext_lazy("Postleitzahl"), max_length=5, required=False)
    place = forms.CharField(label=gettext_lazy("Ort"), max_length=100, required=False)
    company = firm_choice.KnownFirm(
        label=gettext_lazy("Diese Betriebe kennen wir schon"),
        other=gettext_lazy("keiner davon, als neuen Betrieb anlegen"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, postcode, place = (str(self[name].value() or "") for name in ("name", "postcode", "place"))
        found = alike.likely(Known(name=name, postcode=postcode, place=place)) if name.strip() else []
        if not found:
            del self.fields["company"]
            return
        field: Any = self.fields["company"]
        field.queryset = Company.objects.filter(pk__in=[likely.company.pk for likely in found])
        field.label_from_instance, field.empty_label = firm_choice.words_of, None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "company" in self.fields and not said.get("company") and not firm_choice.chose_other(self):
            self.add_error("company", _("Bitte wählen Sie den Betrieb."))
        return said


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_EDIT)
def channel(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """A choice for the firm and one for each of its people; what is sent names whose it is in `do`."""
    firm = _firm(desk, uuid)
    parties: dict[str, Company | Person] = {FIRM: firm}
    parties |= {str(person.uuid): person for person in queries.working_at(firm)}
    do = request.POST.get("do", "")
    if request.method == "POST":
        if do not in parties:
            raise Http404
        sent = ChannelForm(request.POST, prefix=do)
        if sent.is_valid():
            held = channels.choose(party=parties[do], channel=sent.cleaned_data["channel"], by=desk.by)
            said = _("Gespeichert. Das gilt ab sofort für alle Partner.")
            messages.success(request, f"{said} {_held(held)}".strip())
            return redirect("desk:company", uuid=firm.uuid)
    rows = [(party, key, ChannelForm(prefix=key, initial={"channel": party.channel})) for key, party in parties.items()]
    return render(request, "desk/company_channel.html", {"company": firm, "rows": rows}, status=422 if do else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_ANSWER)
def unnamed(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Who asks does not want to say the firm: it gets a cover name and counts once under it."""
    readable = enquiries.visible_cases(member=desk.member, day=clock.today(), everywhere=desk.everywhere)
    case: Case | None = readable.select_related("partner", "company").filter(uuid=uuid).first()
    if case is None or not desk.may(Permission.CASE_ANSWER, case.partner):
        raise Http404
    if case.company:
        return redirect("desk:case", uuid=case.uuid)
    form = UnnamedForm(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid():
        firm = firms.cover(case=case, known=form.known(), before=form.cleaned_data.get("before"), by=desk.by)
        messages.success(request, _("Angelegt als „%(firm)s“.") % {"firm": firm.name})
        return redirect("desk:case", uuid=case.uuid)
    context = {"case": case, "form": form, "goes": sorted(set(case.names_of_firm.values())), "stays": _stays(case)}
    return render(request, "desk/case_unnamed.html", context, status=422 if form.errors else 200)


def _stays(case: Case) -> list[str]:
    """What goes on saying who they are, because they are answered by it."""
    name = "" if "name" in case.names_of_firm else case.name
    return [word for word in (name, case.email, phones.shown(case.phone)) if word]


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_EDIT)
def reveal(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """A firm under a cover name says who it is; what hung on it follows."""
    firm = _firm(desk, uuid)
    if not cover_names.is_covered(firm):
        raise Http404
    form = RevealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        given = {name: said[name] for name in ("name", "postcode", "place")}
        try:
            merge = merging.reveal(company=firm, survivor=said.get("company"), **given, by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Jetzt bekannt. Alle Kontakte sind mitgekommen."))
            return redirect("desk:company", uuid=merge.survivor.uuid)
    context = {"company": firm, "form": form}
    return render(request, "desk/company_reveal.html", context, status=422 if form.errors else 200)


def _firm(desk: Desk, uuid: UUID) -> Company:
    found = Company.objects.select_related("canonical").filter(uuid=uuid).first()
    firm = queries.root_of(found) if found else None
    if firm is None or not desk.sees(firm):
        raise Http404
    return firm


def _held(number: int) -> str:
    if not number:
        return ""
    text = ngettext("%(n)s wartende E-Mail geht nicht hinaus.", "%(n)s wartende E-Mails gehen nicht hinaus.", number)
    return text % {"n": number}
