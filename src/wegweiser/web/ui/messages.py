"""What somebody adds to an enquiry of theirs: words, files or both."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.web.ui.uploads import FilesField

LONGEST = 10_000  # as much as an enquiry holds
# What a form says that takes numbers as people write them.
NO_PHONE = _(
    "Diese Nummer können wir nicht anrufen. Bitte mit Vorwahl, in Ziffern; auch Leerzeichen und + ( ) / . - gehen."
)
TOO_LONG = _("Das ist zu lang für dieses Feld: höchstens 10.000 Zeichen. Bitte kürzen Sie, oder rufen Sie uns an.")


def tidy(text: str) -> str:
    """What was typed, without control characters and blanks around it."""
    kept = "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())
    return kept.strip()


class MessageForm(forms.Form):
    """Goes into the thread. The same form sent twice is told by its `submission`."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Ihre Nachricht"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )
    attached = FilesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4
        self.fields["text"].speaks_for_itself = True  # type: ignore[attr-defined]  # words or files: one is needed

    def clean_text(self) -> str:
        return tidy(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        """A browser does not choose the same files again by itself."""
        if not self.errors and not self.cleaned_data["text"] and not self.cleaned_data["attached"]:
            self.add_error("text", _now("Bitte schreiben Sie, worum es geht, oder hängen Sie eine Datei an."))
        if self.errors and self.files:
            self.ask_for_files_again()
        return self.cleaned_data

    def ask_for_files_again(self) -> None:
        """Beside the field, unless something else is wrong with the files."""
        if self.files and "attached" not in self.errors:
            self.add_error("attached", _now("Bitte wählen Sie die Dateien noch einmal aus."))
