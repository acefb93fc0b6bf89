"""The two fields by which somebody is let in: a mail address, or the code that was sent to it."""

from django import forms
from django.utils.translation import gettext_lazy

from wegweiser.web.ui.mail_fields import MailField


class MailForm(forms.Form):
    email = MailField(
        label=gettext_lazy("Ihre E-Mail-Adresse"),
        error_messages={"required": gettext_lazy("Bitte tippen Sie Ihre E-Mail-Adresse ein.")},
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Ihr Code"),
        max_length=60,
        help_text=gettext_lazy("Acht Zeichen, zum Beispiel K7QF-3MXR. Groß oder klein ist gleich."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    stay = forms.BooleanField(label=gettext_lazy("Auf diesem Gerät 30 Tage eingeloggt bleiben"), required=False)
