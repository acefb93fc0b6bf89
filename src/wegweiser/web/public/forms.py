"""The forms that anybody may send: a question to a person, a barrier on our own pages."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.core.validators import RegexValidator
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.enquiries import call_windows
from wegweiser.enquiries.models import Enquirer
from wegweiser.kernel import clock
from wegweiser.web.ui.mail_fields import MailField
from wegweiser.web.ui.messages import LONGEST as LONGEST
from wegweiser.web.ui.messages import NO_PHONE
from wegweiser.web.ui.messages import TOO_LONG as TOO_LONG
from wegweiser.web.ui.messages import tidy as tidy

SHORTEST = 2  # KI, 3D, IT
FASTEST = 3  # seconds a person needs at least
AGAIN = 2 * 60 * 60  # seconds in which the next press counts; after that one is asked for once more
SALT = "wegweiser.public.send"

ENQUIRERS = [
    (Enquirer.COMPANY.value, _("Unternehmen oder Selbstständige")),
    (Enquirer.MULTIPLIER.value, _("Kammer, Verband oder Netzwerk")),
    (Enquirer.PUBLIC_BODY.value, _("öffentliche Stelle")),
    (Enquirer.PRESS.value, _("Presse")),
    (Enquirer.VENDOR.value, _("Anbieter von Technik oder Dienstleistungen")),
    (Enquirer.STUDENT.value, _("Studium, Praktikum oder Bewerbung")),
    (Enquirer.PRIVATE.value, _("Privatperson")),
]
ANY_TIME = "any"
WINDOWS = [
    ("", _("nein, nicht nötig")),
    (ANY_TIME, _("ja, egal wann")),
    *((key, format_lazy(_("ja, {window}"), window=words)) for key, words in call_windows.WORDS.items()),
]


def too_short(text: str) -> bool:
    return sum(sign.isalnum() for sign in text) < SHORTEST


def stamp(*, again: str = "") -> str:
    """When the form was made, signed. `again` is what the next press counts for, whatever its clock says."""
    return signing.dumps({"at": clock.now().timestamp(), "again": again}, salt=SALT)


class OpenForm(forms.Form):
    """A form for everybody: the same form sent twice is told by its `submission`, programs by what they fill in.

    `again` is what a form says that was sent faster than anybody types; pressing the button once more lets it through.
    """

    again: str | Promise = ""
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Bitte leer lassen"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_submission(self) -> uuid.UUID:
        return self.cleaned_data["submission"] or uuid.uuid4()

    def refuse_programs(self) -> None:
        """Once everything else is right. Nobody is locked out."""
        if not self.errors and self._looks_automatic():
            typed: Any = self.data
            self.data = typed = typed.copy()  # of a QueryDict, which keeps all ticks of one name
            typed["submission"] = str(self.cleaned_data["submission"])
            typed["stamp"], typed["website"] = stamp(again=self._meant()), ""
            raise forms.ValidationError(str(self.again), code="again")

    def _looks_automatic(self) -> bool:
        """A hidden field that is filled, no valid stamp, or faster than anybody types; never twice for the same."""
        try:
            made = signing.loads(self.data.get("stamp", ""), salt=SALT)
        except signing.BadSignature:
            return True
        passed = clock.now().timestamp() - made["at"]
        if made["again"]:
            return made["again"] != self._meant() or passed > AGAIN
        return bool(self.data.get("website")) or passed < FASTEST

    def once_for(self) -> str:
        """What takes effect only once, however often it is sent: a stamp for the next press holds for this alone."""
        return str(self.cleaned_data["submission"])

    def _meant(self) -> str:
        return salted_hmac(SALT, self.once_for()).hexdigest()[:32]


def phone_field() -> forms.CharField:
    return forms.CharField(
        label=_("Telefon"),
        required=False,
        max_length=40,
        validators=[
            # At least five digits, with what people set between them.
            RegexValidator(r"^(?=(?:\D*\d){5})\s*\+?[\d\s()/.\-–]+$", NO_PHONE)
        ],
        widget=forms.TelInput(attrs={"autocomplete": "tel"}),
    )


def mail_field() -> MailField:
    return MailField(
        label=_("E-Mail-Adresse"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class SendForm(OpenForm):
    """Sends a question to a person. A name, and a telephone number or a mail address; nothing else is compulsory."""

    again = _("Das ging sehr schnell. Bitte drücken Sie noch einmal auf „Anliegen senden“, dann ist es unterwegs.")
    text = forms.CharField(
        label=_("Ihr Anliegen"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Bitte schreiben Sie in einem Satz, worum es geht."), "max_length": TOO_LONG},
    )
    name = forms.CharField(
        label=_("Ihr Name"),
        max_length=160,
        error_messages={"required": _("Bitte sagen Sie uns, wie Sie heißen.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = phone_field()
    email = mail_field()
    firm = forms.CharField(
        label=_("Betrieb"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    call_window = forms.ChoiceField(label=_("Wünschen Sie einen Anruf?"), choices=WINDOWS, required=False)
    enquirer = forms.ChoiceField(label=_("Ich frage als"), choices=ENQUIRERS)
    about = forms.CharField(widget=forms.HiddenInput, required=False)
    # No mistake in it may keep anybody from sending: `web.replies` reads what it can.
    answered = forms.Field(widget=forms.HiddenInput(attrs={"id": "id_send_answered"}), required=False)

    @classmethod
    def blank(
        cls, *, text: str, enquirer: str, about: str = "", answered: str = "", who: Mapping[str, str] | None = None
    ) -> "SendForm":
        """`about` is the slug of the date that somebody comes from, `answered` what was asked back and answered, `who`
        what we know of who is logged in."""
        given = {**(who or {}), "text": text, "enquirer": enquirer, "about": about, "answered": answered}
        return cls(initial={**given, "submission": uuid.uuid4(), "stamp": stamp()})

    def ways(self) -> list[forms.BoundField]:
        """The two ways to reach somebody; one of them is enough."""
        return [self["phone"], self["email"]]

    def clean_text(self) -> str:
        text = tidy(self.cleaned_data["text"])
        if too_short(text):
            raise forms.ValidationError(_now("Bitte schreiben Sie in einem Satz, worum es geht."), code="too_short")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = self.data.get("phone", "").strip() or self.data.get("email", "").strip()
        if not given:
            self.add_error(
                "phone",
                forms.ValidationError(
                    _now("Wie erreichen wir Sie? Telefon oder E-Mail-Adresse, eines genügt."), code="no_way_back"
                ),
            )
        elif cleaned.get("call_window") and "phone" not in self.errors and not cleaned.get("phone"):
            self.add_error(
                "phone",
                forms.ValidationError(_now("Damit wir anrufen können, brauchen wir Ihre Nummer."), code="no_phone"),
            )
        self.refuse_programs()
        return cleaned


class BarrierForm(OpenForm):
    """Tells of a barrier on our pages. Only what does not work is compulsory."""

    again = _("Das ging sehr schnell. Bitte drücken Sie noch einmal auf „Barriere melden“, dann ist es unterwegs.")
    page = forms.CharField(
        label=_("Auf welcher Seite?"),
        required=False,
        max_length=300,
        help_text=_("Die Adresse der Seite, oder wie sie heißt."),
        error_messages={"max_length": _("Das ist zu lang: höchstens 300 Zeichen.")},
    )
    text = forms.CharField(
        label=_("Was geht nicht?"),
        max_length=LONGEST - 400,
        help_text=_("Zum Beispiel: Die Vorlesesoftware nennt den Knopf nicht."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Bitte schreiben Sie in einem Satz, was nicht geht."),
            "max_length": _("Das ist zu lang für dieses Feld. Bitte kürzen Sie, oder rufen Sie uns an."),
        },
    )
    phone = phone_field()
    email = mail_field()

    @classmethod
    def blank(cls, *, page: str) -> "BarrierForm":
        return cls(initial={"page": page, "submission": uuid.uuid4(), "stamp": stamp()})

    def ways(self) -> list[forms.BoundField]:
        return [self["phone"], self["email"]]

    def clean_page(self) -> str:
        return " ".join(tidy(self.cleaned_data["page"]).split())

    def clean_text(self) -> str:
        text = tidy(self.cleaned_data["text"])
        if too_short(text):
            raise forms.ValidationError(_now("Bitte schreiben Sie in einem Satz, was nicht geht."), code="too_short")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.refuse_programs()
        return cleaned
