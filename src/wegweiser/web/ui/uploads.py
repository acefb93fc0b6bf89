"""Files that somebody sends with a form: several at once, looked at before anything is written."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.files import uploading
from wegweiser.files.actions import uploads
from wegweiser.files.uploading import Prepared

SENTENCES = {
    "upload_too_large": _("Eine Datei ist zu groß. Bitte verkleinern oder anders übergeben."),
    "upload_dangerous": _("Dateien dieser Art nehmen wir nicht an: Sie können Schaden anrichten."),
    "upload_infected": _("Diese Datei enthält einen Virus. Wir haben sie nicht angenommen."),
    "upload_known": _("Das haben wir schon von Ihnen. Es steht oben."),
    "upload_no_room": _(
        "Über diesen Link haben wir schon so viele Dateien bekommen, wie hineinpassen. "
        "Schicken Sie uns weitere bitte per E-Mail, oder rufen Sie uns an."
    ),
}


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


def _limits() -> str:
    told = {"most": uploads.MOST, "size": filesizeformat(settings.UPLOAD_MOST_BYTES)}
    return _now("Höchstens %(most)s Dateien, jede bis %(size)s. Neu auswählen ersetzt die Auswahl.") % told


class FilesField(forms.FileField):
    """Any number of files, none too large, all together no more than a mail may hold.

    What they are is looked at when they are sent.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Dateien anhängen"), help_text=lazy(_limits, str)(), required=False, widget=_Several(), **more
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent = [super(FilesField, self).clean(one, initial) for one in data] if isinstance(data, list | tuple) else []
        found = [one for one in sent if one]
        if len(found) > self.most():
            raise forms.ValidationError(self.too_many())
        if any(one.size > settings.UPLOAD_MOST_BYTES for one in found):
            raise forms.ValidationError(_now("Eine Datei ist zu groß. Bitte verkleinern oder anders übergeben."))
        if sum(one.size for one in found) > settings.MAIL_MOST_BYTES:
            raise forms.ValidationError(self.too_large())
        return found

    def most(self) -> int:
        return uploads.MOST

    def too_many(self) -> str:
        return _now("Höchstens %(most)s Dateien auf einmal.") % {"most": self.most()}

    def too_large(self) -> str:
        most = {"size": filesizeformat(settings.MAIL_MOST_BYTES)}
        return _now("Alle Dateien zusammen dürfen höchstens %(size)s haben.") % most


MOST_PHOTOS = 40


class PhotosField(FilesField):
    """Photos, each to become something of its own: more at once than a mail may have files.

    All come in one request, so together they are bound by what one may bring; `photos.js` makes them small before, and
    tells what does not fit all the same.
    """

    def __init__(self, *, said: str, **more: Any) -> None:
        """`said`: the id of the element in which the page tells what does not fit."""
        super().__init__(**more)
        self.help_text = lazy(self._limits, str)()
        self.widget.attrs |= {
            "accept": "image/*",
            "data-ww-photos": said,
            "data-ww-most": MOST_PHOTOS,
            "data-ww-bytes": settings.MAIL_MOST_BYTES,
            "data-ww-wait": _("Die Fotos werden noch verkleinert. Einen Moment bitte."),
            "data-ww-too-many": lazy(self.too_many, str)(),
            "data-ww-too-large": lazy(self.too_large, str)(),
        }

    def most(self) -> int:
        return MOST_PHOTOS

    def too_many(self) -> str:
        told = {"most": self.most()}
        return _now("Höchstens %(most)s Fotos auf einmal. Wählen Sie bitte weniger aus, die anderen danach.") % told

    def too_large(self) -> str:
        return _now("Zusammen sind die Fotos zu groß. Wählen Sie bitte weniger aus, die anderen danach.")

    def _limits(self) -> str:
        told = {"most": self.most(), "size": filesizeformat(settings.MAIL_MOST_BYTES)}
        return (
            _now(
                "Höchstens %(most)s Fotos auf einmal, zusammen bis %(size)s; große werden vorher verkleinert. "
                "Neu auswählen ersetzt die Auswahl."
            )
            % told
        )


def prepared(files: Iterable[UploadedFile]) -> list[Prepared]:
    """Every file stored and looked at. Raises DomainError(field="attached") for one that may not be sent."""
    ready = [
        uploading.prepare(name=file.name or "", declared_type=file.content_type or "", data=file.read())
        for file in files
    ]
    for one in ready:
        uploading.require_kept(one)
    return ready


def arrived(folded: Iterable[str]) -> str:
    """What a page says once a message is there; `folded` are files that stood in its thread already."""
    said, names = _now("Ihre Nachricht ist da. Wir antworten Ihnen."), ", ".join(folded)
    known = _now("Schon da war: %(names)s.") % {"names": names}
    return f"{said} {known}" if names else said
