"""On the page of a case: which firm it is of and who asks, put right."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wegweiser.companies import phones
from wegweiser.companies import queries as companies
from wegweiser.crossings import askers
from wegweiser.enquiries.models import Case, Enquirer
from wegweiser.kernel import mail_addresses
from wegweiser.web.desk import firm_choice
from wegweiser.web.desk.access import Desk
from wegweiser.web.desk.forms import PHONE, DeskForm, LinkForm
from wegweiser.web.ui.mail_fields import MailField
from wegweiser.web.ui.messages import NO_PHONE


class ChangeFirmForm(LinkForm):
    """Which firm it is instead: one that is known, a new one, or open again."""

    nobody = forms.BooleanField(
        label=_("Es ist noch offen, welcher Betrieb es ist"),
        help_text=_("Dann steht das Anliegen bei keinem Betrieb."),
        required=False,
    )

    def __init__(self, *args: Any, meant: firm_choice.Meant, **kwargs: Any) -> None:
        super().__init__(*args, meant=meant, **kwargs)
        field: Any = self.fields.get("company")
        if field and meant.case.company:
            field.queryset = field.queryset.exclude(pk__in=companies.same_firm(meant.case.company).values("pk"))
            if not field.queryset:
                del self.fields["company"]

    def clean(self) -> dict[str, Any]:
        if self.data.get(self.add_prefix("nobody")):
            for name in ("firm", "company"):
                self.errors.pop(name, None)
            return self.cleaned_data
        return super().clean()


class AskerForm(DeskForm):
    enquirer = forms.ChoiceField(label=_("Wer fragt?"), choices=Enquirer.choices)
    name = forms.CharField(label=_("Name"), required=False, max_length=160)
    phone = forms.CharField(
        label=_("Telefonnummer"),
        required=False,
        max_length=40,
        validators=[RegexValidator(PHONE, NO_PHONE)],
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = MailField(label=_("E-Mail"), required=False)
    with_person = forms.BooleanField(
        help_text=_(
            "Dann gilt es für alle Anliegen dieser Person. An die E-Mail-Adresse gehen auch Links zum Einloggen."
        ),
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        start = {
            "enquirer": case.enquirer,
            "name": case.name,
            "phone": phones.shown(case.phone) if case.phone.startswith("+") else case.phone,
            "email": mail_addresses.shown(case.email),
        }
        super().__init__(*args, initial=start, **kwargs)
        if case.person is None:
            del self.fields["with_person"]
        else:
            label = _now("Auch bei %(person)s selbst so eintragen") % {"person": case.person.name}
            self.fields["with_person"].label = label


def change_firm(case: Case, form: Any, desk: Desk) -> str:
    said = form.cleaned_data
    given = {} if said.get("nobody") else {"company": said.get("company"), "firm": said.get("firm", "")}
    firm = askers.change_firm(case=case, **given, is_another=form.none_of_them(), by=desk.by)
    return _now("Betrieb: %(firm)s.") % {"firm": firm} if firm else ""


def put_right(case: Case, form: Any, desk: Desk) -> str:
    said = form.cleaned_data
    made = askers.put_right(
        case=case,
        enquirer=said["enquirer"],
        name=said["name"],
        phone=said["phone"],
        email=said["email"],
        with_person=said.get("with_person", False),
        by=desk.by,
    )
    if not made:
        return ""
    return ngettext("Ein Gespräch zählt jetzt.", "%(n)s Gespräche zählen jetzt.", made) % {"n": made}
