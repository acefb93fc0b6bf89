"""The forms in which a partner and a network present themselves, German and English beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium import profiles
from wegweiser.consortium.models import Network, Partner
from wegweiser.consortium.profiles import NEEDED, TEXTS, Profile
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated, translated
from wegweiser.web.desk.editing_forms import LANGUAGES, Row
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui.mail_fields import MailField

ROWS = {"profile": 6, "summary": 5, "refer_when": 3}  # of texts with more than one line
FIELDS: dict[type[Profile], dict[str, tuple[str | Promise, str | Promise]]] = {
    Partner: {
        "name": (_("Name"), _("Vollständig, wie er auf der Seite des Partners steht.")),
        "short_name": (_("Kurzer Name"), _("Steht in Listen, an Angeboten und in Berichten.")),
        "city": (_("Ort"), ""),
        "profile": (_("Das macht der Partner"), _("Zwei bis drei Sätze: Wobei hilft er einem Betrieb?")),
        "email": (_("E-Mail"), ""),
        "phone": (_("Telefonnummer"), ""),
        "website": (_("Adresse im Netz"), _("Vollständig, mit https://.")),
    },
    Network: {
        "name": (_("Name"), ""),
        "scope": (_("Was es ist"), _("In einer Zeile. Zum Beispiel: Forschungsnetzwerk der Hochschulen im Land.")),
        "summary": (_("Kurz gesagt"), _("Zwei bis drei Sätze: Wobei hilft das Netzwerk einem Betrieb?")),
        "refer_when": (
            _("Die richtige Stelle, wenn"),
            _("Woran erkennt man, dass ein Betrieb dort besser aufgehoben ist? In einem ganzen Satz."),
        ),
        "email": (_("E-Mail"), _("Dorthin gehen Weitervermittlungen. Auf der Website steht sie nicht.")),
        "website": (_("Adresse im Netz"), _("Vollständig, mit https://.")),
    },
}


@dataclass(frozen=True)
class Section:
    key: str
    title: str | Promise
    names: tuple[str, ...]


SECTIONS: dict[type[Profile], tuple[Section, ...]] = {
    Partner: (
        Section("wer", _("Wer ist der Partner?"), ("name", "short_name", "city", "profile")),
        Section("kontakt", _("Wie erreicht man ihn?"), ("phone", "email", "website")),
    ),
    Network: (
        Section("wer", _("Was ist das für ein Netzwerk?"), ("name", "scope", "summary", "website")),
        Section("wann", _("Wann verweisen wir dorthin?"), ("refer_when", "email")),
    ),
}


class ProfileForm(forms.Form):
    """All that a partner or a network tells of itself."""

    optional_mark = ""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, row: Profile, submission: Any = None) -> None:
        self.row, self.kind = row, type(row)
        values = profiles.told(row)
        initial = {"seen": profiles.stamp(row), "submission": submission, **values}
        for name in TEXTS[self.kind]:
            initial |= {f"{name}_{language}": values[name].get(language, "") for language, _spoken in LANGUAGES}
        super().__init__(data, initial=initial)
        for name, (label, hint) in FIELDS[self.kind].items():
            if name in TEXTS[self.kind]:
                self._pair(name, label, hint)
            else:
                self._line(name, label, hint)

    def _pair(self, name: str, label: Any, hint: Any) -> None:
        """German and English beside each other, and a box to say that the English still holds."""
        for language, spoken in LANGUAGES:
            attributes: dict[str, Any] = {"lang": language}
            if name in ROWS:
                attributes["rows"] = ROWS[name]
            widget = (forms.Textarea if name in ROWS else forms.TextInput)(attrs=attributes)
            needed = language == "de" and name in NEEDED[self.kind]
            longest = TEXTS[self.kind][name]
            made = forms.CharField(max_length=longest, required=needed, widget=widget)
            form = _("%(label)s, %(language)s (nötig)") if needed else _("%(label)s, %(language)s")
            made.label = form % {"label": label, "language": spoken}
            made.help_text = str(hint) if language == "de" else ""
            self.fields[f"{name}_{language}"] = made
        if name in self.row.outdated:
            self.fields[f"{name}_still"] = forms.BooleanField(required=False, label=_("Englisch passt noch"))

    def _line(self, name: str, label: Any, hint: Any) -> None:
        column = self.kind._meta.get_field(name)
        needed, longest = name in NEEDED[self.kind], column.max_length  # type: ignore[union-attr]
        made: forms.Field
        match name:
            case "website":
                made = forms.URLField(max_length=longest, assume_scheme="https", required=needed)
                made.widget.attrs["placeholder"] = "https://"
            case "email":
                made = MailField(max_length=longest, required=needed)
            case _:
                made = forms.CharField(max_length=longest, required=needed)
        if name == "phone":
            made.widget = forms.TextInput(attrs={"type": "tel"})
        made.label = _("%(label)s (nötig)") % {"label": label} if needed else label
        made.help_text = str(hint)
        self.fields[name] = made

    def sections(self) -> list[tuple[Section, list[Row]]]:
        """The form as the page shows it, in the lines of `desk/_offer_row.html`."""
        return [(section, [self._row(name) for name in section.names]) for section in SECTIONS[self.kind]]

    def _row(self, name: str) -> Row:
        if name not in TEXTS[self.kind]:
            return Row((self[name],))
        confirm = self[f"{name}_still"] if f"{name}_still" in self.fields else None
        return Row((self[f"{name}_de"], self[f"{name}_en"]), "pair", confirm, str(FIELDS[self.kind][name][0]))

    def told(self) -> dict[str, Any]:
        """What was said. An empty text is stored as no text at all."""
        said, found = self.cleaned_data, {}
        for name in profiles.told(self.row):
            if name in TEXTS[self.kind]:
                german, english = (_plain(said[f"{name}_{language}"]) for language, _spoken in LANGUAGES)
                found[name] = translated(german, english) if german or english else Translated()
            else:
                found[name] = said[name]
        return found

    def confirmed(self) -> list[str]:
        return [name for name in TEXTS[self.kind] if self.cleaned_data.get(f"{name}_still")]

    def refuse(self, refusal: DomainError) -> None:
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, SENTENCES.get(refusal.code, refusal.code))


def _plain(text: str) -> str:
    """With the line ends of the house: a browser sends others, and they are no change."""
    return text.replace("\r\n", "\n").strip()


def differences(kind: type[Profile], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(field, what the other one wrote) wherever two people wrote differently."""
    found = []
    for name in profiles.differing(ours, theirs):
        value = theirs[name]
        text = " / ".join(side for side in value.values() if side) if name in TEXTS[kind] else value
        found.append((str(FIELDS[kind][name][0]), text or "–"))
    return found
