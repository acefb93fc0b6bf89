"""Mail addresses that somebody types, in a form: kept as `kernel.mail_addresses` has it, or said what is wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wegweiser.kernel import mail_addresses
from wegweiser.kernel.errors import DomainError

SENTENCES = {
    "email_invalid": _("Diese E-Mail-Adresse ist nicht vollständig. Beispiel: name@betrieb.de"),
    "email_umlauts": _(
        "An Adressen mit ä, ö, ü, ß oder anderen besonderen Buchstaben vor dem @ können wir keine E-Mail senden. "
        "Bitte geben Sie eine andere Adresse an."
    ),
}


class MailField(forms.EmailField):
    """Every form in which visitors, guests or firms say how to reach them asks with this field."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"max_length": mail_addresses.LONGEST, **given})

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field, with the umlauts of its domain."""
        return mail_addresses.shown(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        try:
            return mail_addresses.kept(typed or "")
        except DomainError as error:
            raise ValidationError(SENTENCES[error.code], code=error.code) from error
