"""What one says of an appearance: seven fields on the phone, the rest is folded away."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.models import District, Member, Partner, Topic
from wegweiser.events.actions.appearances import MOST_HEADS, Said
from wegweiser.events.models import Appearance
from wegweiser.journey import reasons
from wegweiser.kernel import clock
from wegweiser.web.desk.forms import DeskForm, Folded
from wegweiser.web.ui.days import DayField
from wegweiser.web.ui.uploads import FilesField

AGAIN = _("Bitte wählen Sie die Dateien noch einmal aus.")


class AppearanceForm(Folded):
    FIRST = ("title", "organiser", "kind", "day", "heads", "topic", "partner")
    QUIET = frozenset({"people"})
    APART = frozenset({"reason"})

    title = forms.CharField(
        label=_("Worum ging es?"), max_length=200, help_text=_("Zum Beispiel der Titel des Vortrags.")
    )
    organiser = forms.CharField(
        label=_("Wer hat eingeladen?"), max_length=200, help_text=_("Zum Beispiel: Tag des Handwerks, Handwerkskammer")
    )
    kind = forms.ChoiceField(
        label=_("Was war es?"), choices=Appearance.Kind.choices, widget=forms.RadioSelect, initial=Appearance.Kind.TALK
    )
    day = DayField(label=_("Tag"), initial=clock.today)
    heads = forms.IntegerField(
        label=_("Wie viele Menschen waren da?"),
        min_value=1,
        max_value=MOST_HEADS,
        help_text=_("Gezählt oder geschätzt. Bei einem Stand: wer stehen blieb."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    topic = forms.ModelChoiceField(label=_("Thema"), queryset=Topic.objects.all(), empty_label=_("Bitte wählen"))
    partner = forms.ModelChoiceField(label=_("Für welchen Partner?"), queryset=Partner.objects.none(), empty_label=None)
    firms = forms.IntegerField(
        label=_("Aus wie vielen Betrieben, geschätzt?"),
        min_value=0,
        max_value=MOST_HEADS,
        required=False,
        help_text=_("Steht als Schätzung im Bericht und zählt nicht als erreichte Unternehmen."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    place = forms.CharField(label=_("Ort"), max_length=120, required=False)
    district = forms.ModelChoiceField(
        label=_("Landkreis"), queryset=District.objects.all(), required=False, empty_label=_("keiner")
    )
    people = forms.ModelMultipleChoiceField(
        label=_("Wer von uns war dabei?"),
        queryset=Member.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label=_("Notiz"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    attached = FilesField()

    def __init__(self, *args: Any, partners: list[Partner], members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["partner"].queryset = Partner.objects.filter(pk__in=[partner.pk for partner in partners])
        fields["partner"].initial = partners[0] if partners else None
        if len(partners) == 1:
            fields["partner"].widget = forms.HiddenInput()
        fields["people"].queryset = Member.objects.filter(pk__in=[member.pk for member in members])
        fields["attached"].label = _("Nachweis")
        fields["attached"].help_text = _("Programm, Foto oder Liste. Lesen kann ihn nur, wer Auftritte festhält.")

    def clean(self) -> dict[str, Any]:
        """A browser does not choose the same files again by itself."""
        if self.errors and self.files and "attached" not in self.errors:
            self.add_error("attached", AGAIN)
        return self.cleaned_data

    def said(self) -> Said:
        given = self.cleaned_data
        names = ("kind", "title", "organiser", "day", "topic", "partner", "heads", "firms", "place", "district", "note")
        return Said(**{name: given[name] for name in names})


class CorrectionForm(AppearanceForm):
    """The same, put right; where a figure changes, somebody says why."""

    QUIET = frozenset(AppearanceForm.base_fields)  # type: ignore[attr-defined]

    reason = forms.CharField(
        label=_("Warum ändern Sie es?"),
        max_length=reasons.LONGEST,
        required=False,
        help_text=_("Nötig, wenn sich Tag, Thema, Partner oder eine Zahl ändert. Ein Satz genügt."),
    )

    def __init__(self, *args: Any, appearance: Appearance, **kwargs: Any) -> None:
        names = ("kind", "title", "organiser", "day", "topic", "partner", "heads", "firms", "place", "district", "note")
        start = {name: getattr(appearance, name) for name in names}
        start["people"] = list(appearance.people.all())
        super().__init__(*args, initial=start, prefix="change", **kwargs)
        del self.fields["attached"]


class ProofForm(DeskForm):
    optional_mark: str | Promise = ""

    attached = FilesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attached"].label = _("Datei")

    def clean_attached(self) -> list[object]:
        found: list[object] = self.cleaned_data["attached"]
        if not found:
            raise forms.ValidationError(_("Bitte wählen Sie eine Datei."))
        return found


class TakeBackForm(DeskForm):
    reason = forms.CharField(label=_("Grund"), max_length=reasons.LONGEST, help_text=_("Ein Satz genügt."))
