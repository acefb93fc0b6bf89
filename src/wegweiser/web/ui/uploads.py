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
        if len(found) > uploads.MOST:
            raise forms.ValidationError(_now("Höchstens %(most)s Dateien auf einmal.") % {"most": uploads.MOST})
        if any(one.size > settings.UPLOAD_MOST_BYTES for one in found):
            raise forms.ValidationError(_now("Eine Datei ist zu groß. Bitte verkleinern oder anders übergeben."))
        if sum(one.size for one in found) > settings.MAIL_MOST_BYTES:
            most = {"size": filesizeformat(settings.MAIL_MOST_BYTES)}
            raise forms.ValidationError(_now("Alle Dateien zusammen dürfen höchstens %(size)s haben.") % most)
        return found


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
