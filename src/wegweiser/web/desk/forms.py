"""Forms of the desk. They check what was typed; rules stand in the actions."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wegweiser.companies.models import Size
from wegweiser.consortium.models import District, Member, Partner, Sector, Topic
from wegweiser.enquiries.models import Enquirer, Intake, Outcome, Visibility
from wegweiser.journey.models import Format
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

# What a rule of the house says, in words. A code without a sentence here is a fault and shows as such.
SENTENCES = {
    "transition_not_allowed": _("Das geht nicht mehr: Jemand war schneller. Bitte die Seite neu laden."),
    "partner_same": _("Das Anliegen liegt schon bei diesem Partner."),
    "not_allowed": _("Dazu fehlt Ihnen das Recht."),
    "phone_missing": _("Für den Rückruf fehlt die Telefonnummer."),
    "phone_invalid": _("Diese Telefonnummer gibt es so nicht."),
    "mail_invalid": _("Diese E-Mail-Adresse gibt es so nicht."),
    "mail_missing": _("Ohne E-Mail-Adresse lässt sich nicht per E-Mail antworten."),
    "text_missing": _("Bitte schreiben Sie etwas."),
    "name_missing": _("Bitte geben Sie einen Namen an."),
    "day_in_future": _("Der Tag liegt in der Zukunft."),
    "minutes_out_of_range": _("Bitte prüfen Sie die Dauer."),
}


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DeskForm(forms.Form):
    """A form that is sent once: a second click finds what the first one made."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4

    def submission_id(self) -> uuid.UUID:
        return self.cleaned_data.get("submission") or uuid.uuid4()

    def refuse(self, error: DomainError) -> None:
        """Show what a rule said beside the field it is about."""
        field = error.field if error.field in self.fields else None
        self.add_error(field, SENTENCES.get(error.code, error.code))


class AnswerForm(DeskForm):
    text = forms.CharField(label=_("Ihre Antwort"), widget=forms.Textarea(attrs={"rows": 8}), max_length=8000)
    offers = forms.MultipleChoiceField(
        label=_("Angebote beilegen"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offers"].choices = offers  # type: ignore[attr-defined]
        if not offers:
            del self.fields["offers"]


class LogForm(DeskForm):
    kind = forms.ChoiceField(
        label=_("Was war es?"),
        choices=[("talk", _("Gespräch")), ("visit", _("Vor-Ort-Termin"))],
        widget=forms.RadioSelect,
        initial="talk",
    )
    day = forms.DateField(label=_("Tag"), widget=day_input())
    minutes = forms.IntegerField(label=_("Minuten"), min_value=1, max_value=1440, initial=15)
    format = forms.ChoiceField(label=_("Art der Hilfe"), choices=Format.choices, initial=Format.INFORM)
    firm = forms.CharField(label=_("Betrieb"), required=False, max_length=200)
    size = forms.ChoiceField(label=_("Beschäftigte"), required=False)
    sector = forms.ModelChoiceField(label=_("Branche"), queryset=Sector.objects.all(), required=False)
    district = forms.ModelChoiceField(label=_("Landkreis"), queryset=District.objects.all(), required=False)
    text = forms.CharField(
        label=_("Kurz, worum es ging"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=8000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = clock.today
        self.fields["size"].choices = [("", _("nicht bekannt")), *Size.choices]  # type: ignore[attr-defined]
        for name in ("sector", "district"):
            self.fields[name].empty_label = _("nicht bekannt")  # type: ignore[attr-defined]


class FollowUpForm(DeskForm):
    due_on = forms.DateField(label=_("Am"), widget=day_input())
    note = forms.CharField(label=_("Was ist zu tun?"), max_length=300)
    member = forms.ModelChoiceField(
        label=_("Wer?"), queryset=Member.objects.none(), required=False, empty_label=_("jemand aus dem Haus")
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["due_on"].initial = lambda: clock.today() + dt.timedelta(days=7)


class HandOverForm(DeskForm):
    partner = forms.ModelChoiceField(label=_("An welchen Partner?"), queryset=Partner.objects.none())
    note = forms.CharField(
        label=_("Was soll der Partner wissen?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = Partner.objects.exclude(pk=partner.pk)  # type: ignore[attr-defined]


class NoteForm(DeskForm):
    text = forms.CharField(label=_("Notiz"), widget=forms.Textarea(attrs={"rows": 3}), max_length=8000)
    visibility = forms.ChoiceField(
        label=_("Wer darf sie lesen?"), choices=Visibility.choices, initial=Visibility.PARTNER
    )


class CloseForm(DeskForm):
    outcome = forms.ChoiceField(label=_("Wie ist es ausgegangen?"), choices=Outcome.choices, widget=forms.RadioSelect)


class NewForm(DeskForm):
    """An enquiry that somebody takes down: on the phone, at the counter, at a fair."""

    phone = forms.CharField(
        label=_("Telefonnummer"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    name = forms.CharField(label=_("Name"), max_length=160)
    firm = forms.CharField(label=_("Betrieb"), required=False, max_length=200)
    email = forms.EmailField(label=_("E-Mail"), required=False)
    text = forms.CharField(label=_("Worum geht es?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
    intake = forms.ChoiceField(
        label=_("Wie kam es herein?"),
        choices=[choice for choice in Intake.choices if choice[0] != Intake.WEB],
        initial=Intake.PHONE,
    )
    enquirer = forms.ChoiceField(label=_("Wer fragt?"), choices=Enquirer.choices, initial=Enquirer.COMPANY)
    topic = forms.ModelChoiceField(
        label=_("Thema"), queryset=Topic.objects.all(), required=False, empty_label=_("Vorschlag übernehmen")
    )
    wants_call = forms.BooleanField(label=_("bittet um Rückruf"), required=False)
    call_window = forms.CharField(label=_("Wann erreichbar?"), required=False, max_length=60)
    confirm = forms.BooleanField(label=_("Bestätigung per E-Mail schicken"), required=False)
