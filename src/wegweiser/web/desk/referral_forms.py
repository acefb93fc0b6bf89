"""Forms of a referral: what is passed on and to whom, then the consent, then what became of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.models import Network, Topic
from wegweiser.crossings import referrals
from wegweiser.enquiries.models import Case, Referral
from wegweiser.kernel import clock, mail_addresses
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.reading import Reads
from wegweiser.web.ui.days import DayField
from wegweiser.web.ui.mail_fields import MailField


class ReferForm(Reads, DeskForm):
    """First what and to whom; once that is read, who agreed to it. What is not known is not offered."""

    network = forms.ModelChoiceField(
        label=_("An wen?"),
        queryset=Network.objects.filter(withdrawn_at=None),
        required=False,
        empty_label=_("keines unserer Netzwerke"),
    )
    recipient = forms.CharField(label=_("Name, wenn es keines unserer Netzwerke ist"), max_length=160, required=False)
    mail = MailField(
        label=_("E-Mail-Adresse dort"),
        help_text=_("Bei einem Netzwerk darf sie leer bleiben, wenn wir sie kennen."),
        required=False,
    )
    passed = forms.MultipleChoiceField(
        label=_("Was wird weitergegeben?"), widget=forms.CheckboxSelectMultiple, choices=Referral.Passed.choices
    )
    message = forms.CharField(
        label=_("Ihre Worte dazu"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=False
    )
    topic = forms.ModelChoiceField(
        label=_("Thema"), queryset=Topic.objects.all(), required=False, empty_label=_("noch keines")
    )
    close = forms.BooleanField(label=_("Anliegen damit abschließen"), required=False)
    agreed = forms.BooleanField(label=_("Hat diesen Worten zugestimmt"), required=False)
    consent_by = forms.CharField(label=_("Wer hat zugestimmt?"), max_length=160, required=False)
    consent_way = forms.ChoiceField(
        label=_("Wie?"), choices=Referral.Way.choices, widget=forms.RadioSelect, initial=Referral.Way.PHONE
    )
    consent_on = DayField(label=_("Wann?"), initial=clock.today)

    FIRST = ("network", "recipient", "mail", "passed", "message", "topic", "close")
    CONSENT = ("agreed", "consent_by", "consent_way", "consent_on")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        known = [key for key in Referral.Passed.values if referrals.agreed_parts(case, [key])]
        fields["passed"].choices = [choice for choice in Referral.Passed.choices if choice[0] in known]
        fields["consent_by"].initial = case.name
        for name in ("network", "recipient", "mail"):
            fields[name].speaks_for_itself = True  # one of the first two is needed, and mostly the third
        if case.topic:
            del fields["topic"]

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST if name in self.fields]

    def consent(self) -> list[forms.BoundField]:
        return [self[name] for name in self.CONSENT]

    def recipient_name(self) -> str:
        said = self.cleaned_data
        return str(said["network"].name) if said["network"] else said["recipient"].strip()

    def may_go(self, shown: str) -> bool:
        """Whether somebody agreed to what stood on the page, and it is still that; else the form says why not."""
        if self.data.get("shown") != shown:
            self.add_error("agreed", _("Diese Worte hat noch niemand gehört. Bitte vorlesen und dann erst senden."))
            self.forget_consent()
        elif not self.cleaned_data["agreed"]:
            self.add_error("agreed", _("Ohne Einwilligung geben wir nichts weiter."))
        return not self.errors

    def forget_consent(self) -> None:
        """The tick was for other words than those that are shown now."""
        data: Any = self.data
        data = data.copy()
        data.pop("agreed", None)
        self.data = data

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("network") and not said.get("recipient", "").strip():
            self.add_error("recipient", _("Bitte wählen Sie ein Netzwerk oder nennen Sie einen Namen."))
        if not said.get("mail") and "mail" not in self.errors:
            said["mail"] = referrals.written_to(said["network"]) if said.get("network") else ""
            if not said["mail"] and said.get("network"):
                told = _("Für dieses Netzwerk kennen wir noch keine E-Mail-Adresse. Bitte tragen Sie sie ein.")
                self.add_error("mail", told)
            elif not said["mail"]:
                self.add_error("mail", _("Bitte geben Sie die E-Mail-Adresse ein."))
        return said

    def usual_mail(self) -> str:
        """Where the network was written to last, if it is not where this goes."""
        network = self.cleaned_data.get("network")
        last = referrals.written_to(network) if network else ""
        return "" if mail_addresses.equal(last, self.cleaned_data["mail"]) else last


class OutcomeForm(forms.Form):
    """What became of it, as one heard."""

    outcome = forms.ChoiceField(
        label=_("Was ist daraus geworden?"), choices=[("", _("Bitte wählen")), *Referral.Outcome.choices]
    )
    on = DayField(label=_("Erfahren am"), initial=clock.today)
    note = forms.CharField(label=_("Dazu"), max_length=300, required=False)
