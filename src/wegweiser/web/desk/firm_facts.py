"""What is known of a firm, in words, and putting it right: wrong from the start, or changed on a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wegweiser.companies import phones, queries, sole_traders, uses
from wegweiser.companies.actions import companies, facts
from wegweiser.companies.models import Company, ContactEntry, Fact, Size
from wegweiser.consortium.models import District, Sector
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import company_data
from wegweiser.journey import queries as journey
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.seen_form import SeenForm
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui import dates
from wegweiser.web.ui.days import DayField

KINDS: dict[str, str | Promise] = {
    Fact.Kind.SIZE: gettext_lazy("Beschäftigte"),
    Fact.Kind.SECTOR: gettext_lazy("Branche"),
    Fact.Kind.DISTRICT: gettext_lazy("Landkreis"),
}

ALWAYS, SINCE = "always", "since"
FIRM, REMOVE = "firm", "remove"
OWN, NOT_OWN = "yes", "no"  # the firm's name is that of one person


@dataclass(frozen=True)
class Known:
    """One thing that is known, or not."""

    kind: str
    label: str | Promise
    value: str
    words: object
    since: dt.date | None
    fact: UUID | None


def choices(kind: str) -> Mapping[str, object]:
    """Every value there is, with its words."""
    match kind:
        case Fact.Kind.SECTOR:
            return {row.key: str(row.label) for row in Sector.objects.all()}  # a dict would be a group of choices
        case Fact.Kind.DISTRICT:
            return {row.ags: row.name for row in District.objects.all()}
    return dict(Size.choices)


def known(company: Company) -> list[Known]:
    """Size, sector and district as they count today."""
    return [known_of(company, kind) for kind in KINDS]


def known_of(company: Company, kind: str) -> Known:
    fact = queries.known(company, kind, clock.today())
    if fact is None or not fact.value:
        since, uuid = (fact.valid_from, fact.uuid) if fact else (None, None)
        return Known(kind, KINDS[kind], "", _("nicht bekannt"), since, uuid)
    words = choices(kind).get(fact.value, fact.value)
    return Known(kind, KINDS[kind], fact.value, words, fact.valid_from, fact.uuid)


class FactForm(DeskForm):
    """One thing about a firm, and whether it was never as it stands there or changed on a day."""

    optional_mark = ""

    value = forms.ChoiceField(label=gettext_lazy("Richtig ist"))
    how = forms.ChoiceField(
        label=gettext_lazy("Seit wann?"),
        choices=[
            (ALWAYS, gettext_lazy("war schon immer so")),
            (SINCE, gettext_lazy("hat sich geändert, und zwar seit")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Bitte sagen Sie, seit wann das so ist.")},
    )
    since = DayField(label=gettext_lazy("Tag der Änderung"), required=False)
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, shown: Known, **kwargs: object) -> None:
        super().__init__(*args, initial={"value": shown.value, "seen": shown.fact}, prefix=shown.kind, **kwargs)
        empty = gettext_lazy("Bitte wählen") if not shown.value else gettext_lazy("nicht bekannt")
        self.fields["value"].choices = [("", empty), *choices(shown.kind).items()]  # type: ignore[attr-defined]
        self.fields["value"].required = not shown.value
        self.fields["how"].help_text = (
            _(
                "„War schon immer so“ berichtigt, was seit dem %(day)s falsch eingetragen ist, auch in früheren Zahlen."
                " „Hat sich geändert“ lässt frühere Zahlen, wie sie sind."
            )
            % {"day": dates.written(shown.since, "d.m.Y")}
            if shown.since
            else _("„War schon immer so“ gilt ab dem ersten Kontakt.")
        )

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if said.get("how") == SINCE and not said.get("since") and "since" not in self.errors:
            self.add_error("since", _("Bitte geben Sie einen Tag an."))
        return said


LINES = ("name", "street", "postcode", "place")
REACHED = ("phone", "email", "website")


class FirmForm(SeenForm):
    """What the firm is called, and where one finds it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    street = forms.CharField(label=gettext_lazy("Straße und Hausnummer"), max_length=200, required=False)
    postcode = forms.CharField(label=gettext_lazy("Postleitzahl"), max_length=5, required=False)
    place = forms.CharField(label=gettext_lazy("Ort"), max_length=100, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Telefon"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )

    email = forms.CharField(
        label=gettext_lazy("E-Mail"), max_length=254, required=False, widget=forms.TextInput(attrs={"type": "email"})
    )
    website = forms.CharField(
        label=gettext_lazy("Internetseite"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "url"}),
    )

    owner = forms.ChoiceField(
        label=gettext_lazy("Heißt der Betrieb nach seinem Inhaber oder seiner Inhaberin?"),
        choices=[
            ("", gettext_lazy("noch nicht gesagt")),
            (OWN, gettext_lazy("ja, der Name gehört der Person")),
            (NOT_OWN, gettext_lazy("nein, oder nicht einer allein")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        start = {name: getattr(company, name) for name in LINES}
        start |= {name: mail_addresses.shown(getattr(company, name)) for name in ("email", "website")}
        start["phone"] = phones.shown(company.phone) if company.phone else ""
        start["owner"] = {None: "", True: OWN, False: NOT_OWN}[company.is_sole_trader]
        super().__init__(*args, initial=start, prefix=FIRM, **kwargs)
        told = _("Lässt sich die Person löschen, geht ihr Name mit, auch der am Betrieb.")
        if company.is_sole_trader is None and (namesake := sole_traders.namesake(company)):
            told = _("%(person)s heißt so wie der Betrieb.") % {"person": namesake}
        self["owner"].help_text = told


def _firm(company: Company, form: FirmForm, desk: Desk) -> int:
    """What was left as it stood is told as it is stored: a number that was always wrong keeps nobody from the rest.

    Returns how many links to the plan end with it.
    """
    names = (*LINES, *REACHED)
    said = {name: form.value(name, getattr(company, name)) for name in names}
    with transaction.atomic():
        ended = company_data.put_firm_right(company=company, **said, by=desk.by)
        if "owner" in form.changed_data:
            is_owned = {OWN: True, NOT_OWN: False}.get(form.cleaned_data["owner"])
            companies.say_owner(company=company, is_sole_trader=is_owned, by=desk.by)
    return ended


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """A form for each; what is sent names its kind in `do`. A firm that is empty can be removed."""
    found = Company.objects.filter(uuid=uuid).select_related("canonical").first()
    if found is None:
        raise Http404
    company = queries.root_of(found)
    if not desk.sees(company):
        raise Http404
    if company.pk != found.pk and request.method == "GET":
        return redirect("desk:company_facts", uuid=company.uuid)
    shown = known(company)
    wanted = request.POST.get("do", "")
    sent: FactForm | FirmForm | None = None
    if request.method == "POST" and wanted == REMOVE:
        return _remove(request, company, desk)
    if request.method == "POST":
        row = next((row for row in shown if row.kind == wanted), None)
        if row is None and wanted != FIRM:
            raise Http404
        sent = FactForm(request.POST, shown=row) if row else FirmForm(request.POST, company=company)
        if sent.is_valid():
            try:
                if isinstance(sent, FirmForm):
                    _ended(request, _firm(company, sent, desk))
                else:
                    _say(company, wanted, sent, desk)
            except DomainError as refusal:
                sent.refuse(refusal)
            else:
                messages.success(request, _("Gespeichert."))
                return redirect("desk:company", uuid=company.uuid)
    rows = [(row, sent if sent and row.kind == wanted else FactForm(shown=row)) for row in shown]
    context = {
        "company": company,
        "firm": sent if sent and wanted == FIRM else FirmForm(company=company),
        "rows": rows,
        "entries": ContactEntry.objects.filter(company__in=queries.same_firm(company)),
        "opened": wanted or request.GET.get("angabe", ""),
        "removable": not uses.is_in_use(company),
        "may_merge": desk.may(Permission.COMPANY_MERGE) and company.restricted_at is None,
    }
    return render(request, "desk/company_facts.html", context, status=422 if sent else 200)


def _ended(request: HttpRequest, links: int) -> None:
    if links:
        messages.warning(
            request,
            _(
                "Links zum Fahrplan, die an die alte E-Mail-Adresse gingen, gelten nicht mehr. Einen neuen schicken Sie"
                " unter „Fahrplan“."
            ),
        )


def _remove(request: HttpRequest, company: Company, desk: Desk) -> HttpResponse:
    name = company.name
    try:
        companies.remove(company=company, by=desk.by)
    except DomainError as refusal:
        messages.error(request, str(SENTENCES[refusal.code]))
        return redirect("desk:company_facts", uuid=company.uuid)
    messages.success(request, _("%(firm)s ist entfernt.") % {"firm": name})
    return redirect("desk:companies")


def _say(company: Company, kind: str, form: FactForm, desk: Desk) -> None:
    said = form.cleaned_data
    own = Fact.objects.select_related("company").filter(company__in=queries.same_firm(company), kind=kind)
    seen = own.filter(uuid=said["seen"]).first() if said["seen"] else None
    if said["how"] == ALWAYS and seen is not None:
        facts.put_right(fact=seen, value=said["value"], by=desk.by)
        return
    since = said["since"] if said["how"] == SINCE else _first_contact(company)
    facts.change(company=company, kind=kind, value=said["value"], since=since, seen=seen, by=desk.by)


def _first_contact(company: Company) -> dt.date:
    first = journey.timeline(company).last()
    return min(first.day, clock.today()) if first else clock.today()
