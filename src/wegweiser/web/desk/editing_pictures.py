"""The picture of an offer: upload it, say what one sees, choose the cut."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import Work
from wegweiser.consortium.rights import Permission
from wegweiser.files import images
from wegweiser.files import queries as files
from wegweiser.files.actions import pictures
from wegweiser.files.models import Focus, Picture, Ratio
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated
from wegweiser.web.bodies import takes_files
from wegweiser.web.desk import editing
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.sentences import SENTENCES


class PictureForm(forms.Form):
    """An upload with its words; without a new file the picture that is there is cut or told anew."""

    optional_mark = _("(optional)")

    seen = forms.CharField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Bilddatei"),
        help_text=_("JPEG, PNG oder WebP, höchstens 12 MB, mindestens 480 Pixel breit. Am besten 1440 oder mehr."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt_de = forms.CharField(
        label=_("Was ist zu sehen? (deutsch)"),
        help_text=_("Für alle, die das Bild nicht sehen. Ein Satz, ohne „Bild von“."),
        max_length=pictures.ALT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "de"}),
    )
    alt_en = forms.CharField(
        label=_("Was ist zu sehen? (englisch)"),
        required=False,
        max_length=pictures.ALT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
    )
    credit = forms.CharField(label=_("Wer hat es gemacht?"), required=False, max_length=120)
    licence = forms.CharField(label=_("Lizenz"), help_text=_("Zum Beispiel: CC BY 4.0."), required=False, max_length=60)
    ratio = forms.ChoiceField(label=_("Form"), choices=Ratio.choices, widget=forms.RadioSelect, initial=Ratio.WIDE)
    focus = forms.ChoiceField(
        label=_("Was soll im Bild bleiben?"),
        choices=Focus.choices,
        widget=forms.RadioSelect,
        initial=Focus.CENTRE,
    )

    def __init__(self, data: Any = None, uploads: Any = None, *, picture: Picture | None, seen: str) -> None:
        super().__init__(data, uploads, initial={**_initial(picture), "seen": seen})
        self.fields["file"].required = picture is None
        if picture:
            self.fields["file"].label = _("Andere Bilddatei")

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if upload and upload.size > images.MOST_BYTES:
            raise forms.ValidationError(SENTENCES["picture_too_heavy"])
        return upload

    def refuse(self, error: DomainError) -> None:
        self.add_error(error.field if error.field in self.fields else None, SENTENCES.get(error.code, error.code))


def _initial(picture: Picture | None) -> dict[str, Any]:
    if picture is None:
        return {}
    plain = {name: getattr(picture, name) for name in ("credit", "licence", "ratio", "focus")}
    return {**plain, "alt_de": picture.alt.get("de", ""), "alt_en": picture.alt.get("en", "")}


@takes_files
@require_http_methods(["GET", "POST"])
@needs(Permission.ENTRY_EDIT)
def picture(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The picture of one offer."""
    found = editing.mine(desk, uuid)
    known = files.picture(found.content["picture"])
    if request.method == "POST" and request.POST.get("do") == "remove":
        return _remove(request, desk, found)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PictureForm(*sent, picture=known, seen=found.stamp)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _change(form, found, known, desk)
            except DomainError as refusal:
                form.refuse(refusal)
                if refusal.code == "changed_meanwhile":
                    found, status = editing.mine(desk, uuid), 409
                    known = files.picture(found.content["picture"])
                    form.data = request.POST.copy()
                    form.data["seen"] = found.stamp
                    if form.cleaned_data.get("file"):
                        form.add_error("file", _("Bitte wählen Sie die Datei noch einmal."))
            else:
                messages.success(request, _now("Bild gespeichert. So wird es gezeigt."))
                return redirect("desk:offer_picture", uuid=uuid)
    whole = files.to_choose(known) if known else None
    context = {
        "work": found,
        "form": form,
        "picture": files.document(known) if known else None,
        "whole": {"src": files.address(whole.digest), "width": whole.width, "height": whole.height} if whole else None,
        "title": found.content["title"].get("de", ""),
    }
    return render(request, "desk/offer_picture.html", context, status=status)


def _change(form: PictureForm, found: Work, known: Picture | None, desk: Desk) -> None:
    """Nothing is stored for somebody who read an older state: each try would leave a picture that nobody shows."""
    seen = form.cleaned_data["seen"]
    if seen != found.stamp:
        raise DomainError("changed_meanwhile")
    made = _made(form, found, known, desk)
    drafts.set_picture(uuid=found.uuid, seen=seen, picture=made, by=desk.by)


def _made(form: PictureForm, found: Work, known: Picture | None, desk: Desk) -> Picture:
    said = form.cleaned_data
    told: dict[str, Any] = {name: said[name] for name in ("credit", "licence", "ratio", "focus")}
    alt = translated(said["alt_de"], said["alt_en"])
    if said["file"] or known is None:
        owner = found.partner.uuid if found.partner else None
        return pictures.add(data=said["file"].read(), alt=alt, owner=owner, by=desk.by, **told)
    return pictures.recut(picture=known, alt=alt, by=desk.by, **told)


def _remove(request: HttpRequest, desk: Desk, found: Work) -> HttpResponse:
    try:
        drafts.set_picture(uuid=found.uuid, seen=request.POST.get("seen", ""), picture=None, by=desk.by)
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
    else:
        messages.success(request, _now("Das Bild ist entfernt."))
    return redirect("desk:offer", uuid=found.uuid)
