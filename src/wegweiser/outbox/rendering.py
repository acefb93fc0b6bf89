"""Letters are rendered from three templates of their room: `<name>.subject.txt`, `<name>.txt` and `<name>.html`."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

SUBJECT_LENGTH = 200


@dataclass(frozen=True)
class Rendered:
    """What a letter says: one line, plain text, HTML."""

    subject: str
    text: str
    html: str


def one_line(text: str, *, length: int = SUBJECT_LENGTH) -> str:
    """`text` without line breaks and control characters: fit for the header of a mail.

    >>> one_line("Hallo\\r\\nBcc: x@example.org")
    'Hallo Bcc: x@example.org'
    """
    plain = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    return " ".join(plain.split())[:length].rstrip()


def render(template: str, language: str, context: Mapping[str, object]) -> Rendered:
    """The letter `template` (such as "enquiries/mails/confirmation") in `language`.

    Only the HTML is escaped; a plain text shows what was written as it was written.
    """
    with translation.override(language):
        return Rendered(
            subject=one_line(_plain(f"{template}.subject.txt", context)),
            text=_plain(f"{template}.txt", context).strip() + "\n",
            html=render_to_string(f"{template}.html", dict(context)),
        )


def _plain(name: str, context: Mapping[str, object]) -> str:
    return str(Engine.get_default().get_template(name).render(Context(dict(context), autoescape=False)))
