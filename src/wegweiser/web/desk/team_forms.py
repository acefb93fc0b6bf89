"""Forms of the team's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.actions.members import WITHOUT_PARTNER
from wegweiser.consortium.models import Member, Partner, Role, Topic
from wegweiser.kernel import clock
from wegweiser.kernel.translated import Translated, translated
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.ui.days import DayField
from wegweiser.web.ui.mail_fields import MailField

LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch")), ("fr", _("Französisch")), ("pl", _("Polnisch"))]


class ContactForm(DeskForm):
    """Who somebody is, as visitors see them."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = MailField(label=_("E-Mail"), required=False, help_text=_("Ohne E-Mail gibt es keinen Zugang."))
    phone = forms.CharField(
        label=_("Telefonnummer"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    position = forms.CharField(label=_("Aufgabe"), required=False, max_length=120)
    position_en = forms.CharField(label=_("Aufgabe auf Englisch"), required=False, max_length=120)
    expertise = forms.CharField(label=_("Fachgebiete"), required=False, max_length=400)
    expertise_en = forms.CharField(label=_("Fachgebiete auf Englisch"), required=False, max_length=400)
    languages = forms.MultipleChoiceField(
        label=_("Sprachen"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple, initial=["de"]
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Themen"), queryset=Topic.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )

    is_public = forms.BooleanField(
        label=_("erscheint auf der Website"),
        required=False,
        help_text=_(
            "Unter „Ansprechpersonen“ und bei den eigenen Themen, solange eine Rolle als Ansprechperson läuft."
        ),
    )

    def __init__(self, *args: Any, member: Member | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if member is None:
            return
        known = dict(LANGUAGES)
        further = [(code, code) for code in member.languages if code not in known]
        self.fields["languages"].choices = LANGUAGES + further  # type: ignore[attr-defined]
        self.initial.update(
            {name: getattr(member, name) for name in ("name", "email", "phone", "languages", "is_public")}
        )
        self.initial["topics"] = member.topics.all()
        for name in ("position", "expertise"):
            text: Translated = getattr(member, name)
            self.initial.update({name: text.get("de", ""), f"{name}_en": text.get("en", "")})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("position", "expertise"):
            if data.get(f"{name}_en") and not data.get(name):
                self.add_error(name, _("Bitte zuerst auf Deutsch."))
        return data

    def values(self) -> dict[str, Any]:
        """What `members.change` takes."""
        data = self.cleaned_data
        texts = {name: translated(data[name], data[f"{name}_en"]) for name in ("position", "expertise")}
        plain = {name: data[name] for name in ("name", "phone", "languages", "is_public")}
        # An empty text is stored as no text at all.
        return plain | {"email": data["email"].lower()} | {k: v if v else Translated() for k, v in texts.items()}


class RoleForm(DeskForm):
    """A role from a day on."""

    role = forms.ChoiceField(label=_("Rolle"), choices=())
    partner = forms.ModelChoiceField(
        label=_("Partner"), queryset=Partner.objects.none(), required=False, empty_label=_("gehört zu keinem Partner")
    )
    since = DayField(label=_("Ab"))
    until = DayField(label=_("Bis"), required=False, help_text=_("Leer: ohne Ende."))

    def __init__(self, *args: Any, partners: list[Partner], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(row.value, row.label) for row in Role if everywhere or row not in WITHOUT_PARTNER]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        field: Any = self.fields["partner"]
        field.queryset = Partner.objects.filter(pk__in=[row.pk for row in partners])
        if not everywhere:
            field.required, field.empty_label = True, None
        self.fields["since"].initial = clock.today


class EndForm(DeskForm):
    on = DayField(label=_("Letzter Tag"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Neues Passwort"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        strip=False,
    )
    again = forms.CharField(
        label=_("Noch einmal"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("Die beiden Passwörter sind verschieden."))
        return data
