"""Files that go out with an answer: several at once, looked at before anything is written."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.companies.models import Channel
from wegweiser.crossings import recipients
from wegweiser.enquiries.models import Case
from wegweiser.files import uploading
from wegweiser.files.actions import uploads
from wegweiser.files.uploading import Prepared
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.sentences import SENTENCES


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none too large. What they are is looked at when they are sent."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Dateien anhängen"),
            required=False,
            widget=_Several(),
            **more,
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent = [super(FilesField, self).clean(one, initial) for one in data] if isinstance(data, list | tuple) else []
        found = [one for one in sent if one]
        if len(found) > uploads.MOST:
            raise forms.ValidationError(_now("Höchstens %(most)s Dateien auf einmal.") % {"most": uploads.MOST})
        if any(one.size > settings.UPLOAD_MOST_BYTES for one in found):
            raise forms.ValidationError(SENTENCES["upload_too_large"])
        return found


def prepared(case: Case, files: Iterable[UploadedFile]) -> list[Prepared]:
    """Raises DomainError for a file that may not go out; the letter on paper takes none along."""
    found = list(files)
    if found and recipients.channel(case) == Channel.LETTER:
        raise DomainError("upload_on_paper", field="attached")
    ready = [
        uploading.prepare(name=file.name or "", declared_type=file.content_type or "", data=file.read())
        for file in found
    ]
    for one in ready:
        uploading.require_kept(one)
    return ready
