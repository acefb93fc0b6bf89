"""Numbers of registers of a firm, and its size by the definition of the EU, explained in words."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wegweiser.companies import activities, queries, size_rules, sizes
from wegweiser.companies.actions import facts, numbers
from wegweiser.companies.actions import sizes as actions
from wegweiser.companies.models import Company, Fact, NumberEntry, Share
from wegweiser.companies.size_rules import Class, Result
from wegweiser.companies.sizes import Determined
from wegweiser.consortium.rights import Permission
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import firm_size_shares
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.firm_size_gaps import COMPLETE, CompleteForm, gaps
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.share_choice import WhichOther
from wegweiser.web.ui.days import DayField
from wegweiser.web.ui.numbers import AmountField, NumberField

CLASSES = {
    Class.MICRO: gettext_lazy("Kleinstunternehmen"),
    Class.SMALL: gettext_lazy("kleines Unternehmen"),
    Class.MEDIUM: gettext_lazy("mittleres Unternehmen"),
    Class.LARGE: gettext_lazy("großes Unternehmen"),
}
NUMBER, FIGURES, SHARE, SETTLE = "number", "figures", "share", "settle"
ACTIVITY, CRAFT = "activity", "craft"


def _amount(label: Any) -> AmountField:
    return AmountField(label=label, required=False, min_value=0, max_digits=15, decimal_places=2)


class NumberForm(DeskForm):
    optional_mark = ""

    kind = forms.ChoiceField(label=gettext_lazy("Welche Nummer?"), choices=NumberEntry.Kind.choices)
    value = forms.CharField(
        label=gettext_lazy("Richtig ist"),
        help_text=gettext_lazy("Zum Beispiel: DE136695976 oder HRB 12345 Köln. Leer heißt: Es gibt keine."),
        max_length=60,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Grund"),
        help_text=gettext_lazy("Nötig, wenn schon eine Nummer eingetragen ist."),
        max_length=numbers.LONGEST_REASON,
        required=False,
    )


class ActivityForm(DeskForm):
    optional_mark = ""

    edition = forms.TypedChoiceField(
        label=gettext_lazy("Ausgabe"), choices=[(2025, "WZ 2025"), (2008, "WZ 2008")], coerce=int
    )
    code = forms.CharField(
        label=gettext_lazy("WZ-Code, oder was der Betrieb macht"),
        help_text=gettext_lazy("Zum Beispiel 43.32, K 62.10 oder Bautischlerei"),
        max_length=100,
    )
    chosen = forms.ChoiceField(
        label=gettext_lazy("Das passt vielleicht"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Bitte wählen Sie den passenden Code.")},
    )
    since = DayField(label=gettext_lazy("Seit wann?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition, words = (str(self[name].value() or "").strip() for name in ("edition", "code"))
        self.found: list[tuple[str, str]] = []
        if self.is_bound and edition in map(str, activities.EDITIONS) and re.search(r"[^\W\d]{2}", words):
            self.found = activities.search(int(edition), words)
        choices: Any = self.fields["chosen"]
        choices.choices = [(code, f"{code} {title}") for code, title in self.found]
        if not self.found:
            del self.fields["chosen"]

    def clean(self) -> dict[str, Any]:
        """What was said in words becomes the code that was chosen."""
        said = super().clean() or {}
        chosen = said.pop("chosen", "")
        if self.found and not chosen and "chosen" not in self.errors:
            self.add_error("chosen", _("Bitte wählen Sie den passenden Code."))
        elif chosen:
            said["code"] = chosen
        return said


class CraftForm(DeskForm):
    optional_mark = ""

    craft = forms.ChoiceField(
        label=gettext_lazy("In der Handwerksrolle eingetragen?"),
        choices=[("yes", gettext_lazy("ja")), ("no", gettext_lazy("nein")), ("", gettext_lazy("nicht bekannt"))],
        required=False,
    )
    since = DayField(label=gettext_lazy("Seit wann?"))


class SettleForm(DeskForm):
    optional_mark = ""

    since = DayField(
        label=gettext_lazy("Ab wann?"),
        help_text=gettext_lazy("Für eine Beihilfe spätestens der Tag, an dem sie gewährt wird."),
        initial=clock.today,
        required=False,
    )


class FiguresForm(DeskForm):
    optional_mark = ""

    year = forms.IntegerField(label=gettext_lazy("Geschäftsjahr"), min_value=2000, max_value=2100)
    headcount = NumberField(
        label=gettext_lazy("Beschäftigte"),
        help_text=gettext_lazy("Vollzeit und ganzjährig zählt 1, Teilzeit anteilig. Mit Inhabern, ohne Auszubildende."),
        min_value=0,
        max_digits=9,
        decimal_places=1,
    )
    turnover = _amount(gettext_lazy("Jahresumsatz in Euro"))
    balance = _amount(gettext_lazy("Bilanzsumme in Euro"))


class ShareForm(WhichOther):
    optional_mark = ""

    name = forms.CharField(
        label=gettext_lazy("Wer oder was ist der andere?"),
        help_text=gettext_lazy("Kennen wir den Betrieb, wählen Sie ihn danach aus: Dann gelten seine eigenen Angaben."),
        max_length=200,
    )
    direction = forms.ChoiceField(label=gettext_lazy("Der andere …"), choices=Share.Direction.choices)
    kind = forms.ChoiceField(
        label=gettext_lazy("Der andere ist"),
        help_text=gettext_lazy("Kennen wir ein Unternehmen nicht, das Kommunen oder Land gehört: öffentliche Stelle."),
        choices=Share.Kind.choices,
    )
    percent = NumberField(
        label=gettext_lazy("Anteil in Prozent"),
        help_text=gettext_lazy(
            "Kapital oder Stimmrechte, was höher ist. Leer, wo beide denselben Leuten gehören. Kommt zu einem Anteil "
            "oben etwas hinzu: nur das Neue, es zählt zusammen."
        ),
        required=False,
        max_digits=5,
        decimal_places=2,
    )
    controls = forms.BooleanField(
        label=gettext_lazy("beherrscht ihn auch ohne Mehrheit, zum Beispiel durch Vertrag"), required=False
    )
    valid_from = DayField(label=gettext_lazy("Seit wann?"))
    headcount = NumberField(
        label=gettext_lazy("Seine Beschäftigten"),
        help_text=gettext_lazy("Nur wenn wir ihn nicht kennen; mit Konzernabschluss die Zahlen daraus."),
        min_value=0,
        max_digits=9,
        decimal_places=1,
        required=False,
    )
    turnover = _amount(gettext_lazy("Sein Jahresumsatz in Euro"))
    balance = _amount(gettext_lazy("Seine Bilanzsumme in Euro"))


FORMS: dict[str, type[DeskForm]] = {
    NUMBER: NumberForm,
    FIGURES: FiguresForm,
    SHARE: ShareForm,
    COMPLETE: CompleteForm,
    ACTIVITY: ActivityForm,
    CRAFT: CraftForm,
    SETTLE: SettleForm,
}
IN_FORCE = dt.date(2025, 1, 1)  # of WZ 2025
STORED = {SETTLE: gettext_lazy("Diese Größe gilt jetzt für den Betrieb.")}
CRAFTS = {"yes": gettext_lazy("ja"), "no": gettext_lazy("nein")}


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """What was entered, what follows from it, and a form for each; what is sent names its form in `do`."""
    found = Company.objects.filter(uuid=uuid).select_related("canonical").first()
    if found is None or not desk.sees(queries.root_of(found)):
        raise Http404
    company = queries.root_of(found)
    wanted = request.POST.get("do", "")
    sent: DeskForm | None = None
    if request.method == "POST" and wanted in firm_size_shares.FORMS:
        return firm_size_shares.act(request, company, desk)
    if request.method == "POST":
        if wanted not in FORMS:
            raise Http404
        sent = FORMS[wanted](request.POST, prefix=wanted)
        if isinstance(sent, ShareForm):
            sent.ask(company)
        if sent.is_valid():
            try:
                _store(company, wanted, sent.cleaned_data, desk)
            except DomainError as refusal:
                sent.refuse(refusal)
            else:
                messages.success(request, STORED.get(wanted, _("Gespeichert.")))
                return redirect("desk:company_size", uuid=company.uuid)
    determined = sizes.determined(company)
    shares = sizes.shares_of(company)
    activity = queries.known(company, Fact.Kind.WZ, clock.today())
    context = {
        "company": company,
        "numbers": [(label, getattr(company, kind)) for kind, label in NumberEntry.Kind.choices],
        "entries": NumberEntry.objects.filter(company__in=queries.same_firm(company)),
        "figures": list(sizes.figures_of(company).values()),
        "shares": firm_size_shares.rows(shares),
        **gaps(determined, shares, desk, sent),
        "activity": _activity(activity),
        "successor": _successor(activity),
        "craft": _craft(company),
        "result": explained(determined) if determined else None,
        "for_aid": _for_aid(company),
        "forms": {name: sent if name == wanted and sent else made(prefix=name) for name, made in FORMS.items()},
        "opened": wanted,
    }
    return render(request, "desk/firm_size.html", context, status=422 if sent else 200)


def _store(company: Company, wanted: str, said: dict[str, Any], desk: Desk) -> None:
    said = {name: value for name, value in said.items() if name != "submission"}
    if wanted == NUMBER:
        numbers.correct(company=company, **said, by=desk.by)
    elif wanted == ACTIVITY:
        facts.classify(company=company, **said, by=desk.by)
    elif wanted == CRAFT:
        if said["since"] > clock.today():
            raise DomainError("day_in_future", field="since")
        facts.declare(company=company, kind=Fact.Kind.CRAFT, value=said["craft"], valid_from=said["since"], by=desk.by)
    elif wanted == SETTLE:
        actions.settle(company=company, since=said["since"], by=desk.by)
    elif wanted == COMPLETE:
        actions.complete_share(share=firm_size_shares.own(company, said.pop("share")), **said, by=desk.by)
    elif wanted == FIGURES:
        actions.enter_figures(company=company, **said, by=desk.by)
    else:
        actions.add_share(company=company, **said, by=desk.by)


def _for_aid(company: Company) -> dict[str, Any] | None:
    """The size that aid granted today goes by."""
    fact = sizes.by_definition(company, on=clock.today())
    if fact is None:
        return None
    return {"size": CLASSES[Class[fact.value.upper()]], "year": fact.details["year"], "since": fact.valid_from}


def _activity(fact: Fact | None) -> str:
    if fact is None or not fact.value:
        return ""
    edition = fact.details.get("edition", 2008)
    return f"WZ {edition}: {fact.value} {activities.title(edition, fact.value)}".strip()


def _successor(activity: Fact | None) -> dict[str, Any] | None:
    """The code of WZ 2025 for one of WZ 2008, where the official key has exactly one for it."""
    if activity is None or activity.details.get("edition") != 2008:
        return None
    code = activities.successor(activity.value)
    since = max(activity.valid_from, IN_FORCE)
    return {"code": code, "title": activities.title(2025, code), "since": since} if code else None


def _craft(company: Company) -> str:
    fact = queries.known(company, Fact.Kind.CRAFT, clock.today())
    return str(CRAFTS.get(fact.value, "")) if fact else ""


# --- In words ------------------------------------------------------------------------------------------------------


def explained(found: Determined) -> dict[str, Any]:
    """What it is, why, and what was counted in through whom."""
    result, size = found.latest, found.status if found.status is not None else found.latest.size
    people = _("%(people)s Beschäftigte") % {"people": _number(result.total.headcount)}
    amounts = [
        text % {"amount": _euros(amount)}
        for text, amount in (
            (_("%(amount)s Umsatz"), result.total.turnover),
            (_("%(amount)s Bilanzsumme"), result.total.balance),
        )
        if amount is not None
    ]
    missing = size_rules.missing_year(found.by_year)
    notes = []
    if found.status is not None and found.status != result.size and missing is None:
        notes.append(
            _(
                "Für %(year)s allein wäre es ein %(size)s. Die Größe ändert sich erst, wenn zwei Jahre hintereinander "
                "darüber oder darunter liegen."
            )
            % {"year": found.year, "size": CLASSES[result.size]}
        )
    if found.is_estimate:
        notes.append(
            _("Das Jahr %(year)s ist noch nicht abgeschlossen: Es zählt als Schätzung nach bestem Wissen.")
            % {"year": found.year}
        )
    if found.waiting is not None:
        notes.append(_("%(year)s zählt erst, wenn das Jahr abgeschlossen ist.") % {"year": found.waiting})
    if missing is not None:
        notes.append(
            _("Für %(year)s fehlen Zahlen. Bis sie da sind, zählt die größere Klasse: Bitte tragen Sie sie nach.")
            % {"year": missing}
        )
    if result.is_public:
        notes.append(
            _(
                "Öffentliche Stellen halten selbst oder über ihre Unternehmen %(percent)s %% und damit mindestens ein "
                "Viertel: Der Betrieb gilt nicht als kleines oder mittleres Unternehmen."
            )
            % {"percent": _number(result.public_share)}
        )
    if result.missing:
        told = {"names": ", ".join(found.missing)}
        if found.is_settled_by_figures:
            notes.append(_("Noch ohne Zahlen: %(names)s. Größer kann der Betrieb damit nicht mehr werden.") % told)
        else:
            notes.append(_("Die Größe steht noch nicht fest: Es fehlen die Zahlen von %(names)s.") % told)
    if not amounts:
        notes.append(_("Ohne Umsatz und Bilanzsumme: Bestimmt nach den Beschäftigten allein."))
    return {
        "size": CLASSES[size],
        "is_sme": found.is_sme,
        "is_settled": found.is_settled_by_figures,
        "because": _("weil %(what)s zusammenkommen (Geschäftsjahr %(year)s)")
        % {"what": _(" und ").join([people, *amounts]), "year": found.year},
        "chain": [_part(part, result, found) for part in result.parts],
        "years": [(year, CLASSES[one]) for year, one in sorted(found.by_year.items(), reverse=True)],
        "notes": notes,
    }


def _part(part: Any, result: Result, found: Determined) -> str:
    told = {
        "name": found.names.get(part.key, "?"),
        "percent": _number(part.percent),
        "people": _number(part.figures.headcount) if part.figures else "?",
        "through": found.names.get(part.through, ""),
    }
    if part.percent == Decimal(100):
        return _("%(name)s: verbunden, zählt ganz (%(people)s Beschäftigte), über %(through)s") % told
    return _("%(name)s: Partner, zählt zu %(percent)s %% (von %(people)s Beschäftigten), über %(through)s") % told


def _number(value: Decimal) -> str:
    shown = value.quantize(Decimal("0.1"))
    return number_format(int(shown) if shown == int(shown) else shown, force_grouping=True)


def _euros(value: Decimal) -> str:
    return f"{number_format(int(value), force_grouping=True)} €"
