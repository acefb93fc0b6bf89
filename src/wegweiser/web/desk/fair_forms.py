"""Forms for business cards: the occasion once, then one short row for each card."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from wegweiser.companies import alike
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Partner, Topic
from wegweiser.enquiries import business_cards
from wegweiser.enquiries.models import Card
from wegweiser.files import images, uploading
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import firm_choice, merging
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.reading import Reads
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui.days import DayField
from wegweiser.web.ui.uploads import PhotosField


class FairForm(DeskForm):
    """What all the cards have in common."""

    title = forms.CharField(label=_("Messe oder Anlass"), max_length=120)
    day = DayField(label=_("Tag"), initial=clock.today)
    partner = forms.ModelChoiceField(label=_("Für welchen Partner?"), queryset=Partner.objects.none(), empty_label=None)
    topic = forms.ModelChoiceField(
        label=_("Thema"),
        queryset=Topic.objects.all(),
        empty_label=_("Bitte wählen"),
        help_text=_("Gilt für alle Karten."),
    )

    def __init__(self, *args: Any, partners: list[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["partner"].queryset = Partner.objects.filter(pk__in=[partner.pk for partner in partners])
        fields["partner"].initial = partners[0] if partners else None


class CardForm(DeskForm):
    """One card. Which known firm it may be is asked as soon as its name is typed, and may be left open."""

    optional_mark = ""

    name = forms.CharField(
        label=_("Name"), max_length=160, required=False, widget=forms.TextInput(attrs={"autofocus": True})
    )
    firm = forms.CharField(label=_("Betrieb"), max_length=200, required=False)
    contact = forms.CharField(label=_("Telefon oder E-Mail"), max_length=200, required=False)
    keyword = forms.CharField(label=_("Stichwort"), max_length=200, required=False)
    photo = forms.FileField(
        label=_("Foto der Karte"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    company = firm_choice.KnownFirm(
        label=_("Kennen wir den Betrieb schon?"),
        other=_("nein, keiner davon"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, card: Card | None = None, **kwargs: Any) -> None:
        if card is not None:
            contact = ", ".join(filter(None, [card.email, card.phone]))
            chosen = firm_choice.OTHER if card.is_another else card.company_id
            start = {"name": card.name, "firm": card.firm, "contact": contact, "keyword": card.keyword}
            kwargs["initial"] = {**start, "company": chosen}
        super().__init__(*args, **kwargs)
        self._offer()

    def typed(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "firm", "contact", "keyword")]

    def values(self) -> dict[str, Any]:
        """As the actions take it."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("name", "firm", "contact", "keyword")},
            "company": said.get("company"),
            "is_another": firm_choice.chose_other(self),
        }

    def clean_photo(self) -> Prepared | None:
        file = self.cleaned_data["photo"]
        try:
            return _pixels(file) if file else None
        except DomainError as refusal:
            raise forms.ValidationError(SENTENCES[refusal.code]) from refusal

    def _offer(self) -> None:
        """The known firms it may be, each with what speaks for it."""
        given = {name: str(self[name].value() or "")[:200] for name in ("name", "firm", "contact")}
        card, firm = business_cards.unsaved(**given), given["firm"]
        found = alike.likely(business_cards.known(card)) if firm.strip() else []
        if not found:
            del self.fields["company"]
            return
        field: Any = self.fields["company"]
        because = {likely.company.pk: merging.words([*likely.evidence]) for likely in found}
        field.queryset = Company.objects.filter(pk__in=because)
        field.label_from_instance = lambda firm: f"{firm_choice.words_of(firm)} ({', '.join(because[firm.pk])})"


def _pixels(file: UploadedFile) -> Prepared:
    """Pixels alone, upright and small: what the phone wrote beside them, such as the place, goes."""
    data = images.encoded(images.whole(file.read()))
    photo = uploading.prepare(name="visitenkarte.webp", declared_type="image/webp", data=data)
    uploading.require_kept(photo)
    return photo


class PhotosForm(DeskForm):
    """Photos of many cards at once, each a card that somebody types later."""

    optional_mark = ""

    photos = PhotosField(said="fotos-gesagt")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["photos"]
        field.label, field.required = _("Fotos der Karten"), True

    def clean_photos(self) -> list[Prepared]:
        """None is kept where one is no picture: it is named, so that the others are chosen again without it."""
        files = self.cleaned_data["photos"]
        if not files:
            raise forms.ValidationError(_("Bitte wählen Sie die Fotos aus."))
        found, wrong = [], []
        for file in files:
            try:
                found.append(_pixels(file))
            except DomainError as refusal:
                wrong.append(f"{file.name}: {SENTENCES[refusal.code]}")
        if wrong:
            raise forms.ValidationError(wrong)
        return found


class FollowForm(Reads, DeskForm):
    """What goes out to one of them, and until when they are to be called instead."""

    text = forms.CharField(label=_("Ihre Nachricht"), widget=forms.Textarea(attrs={"rows": 8}), max_length=8000)


class CallForm(DeskForm):
    due_on = DayField(label=_("Anrufen bis"))
