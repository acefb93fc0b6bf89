"""Letters are rendered from three templates of their room: `<name>.subject.txt`, `<name>.txt` and `<name>.html`."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape

from wegweiser.kernel import stand_ins
from wegweiser.kernel.kept import Recent
from wegweiser.kernel.stand_ins import Gaps

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


_made: Recent[tuple[Gaps, Gaps, Gaps]] = Recent(200)


def render(
    template: str, language: str, context: Mapping[str, object], *, own: Mapping[str, str] | None = None
) -> Rendered:
    """The letter `template` (such as "enquiries/mails/confirmation") in `language`.

    Only the HTML is escaped; a plain text shows what was written as it was written. `own` is what only this letter has,
    by its name in the context, and only shown: the rest, plain values alone, is rendered once for all who get the same.
    """
    with translation.override(language):
        if own is None:
            return _finished(*_rendered(template, context))
        values = {stand_ins.stand_in(name): value for name, value in own.items() if value}
        shared = {**context, **{name: value and stand_ins.stand_in(name) for name, value in own.items()}}

        def make() -> tuple[Gaps, Gaps, Gaps]:
            subject, text, html = (Gaps(one, values) for one in _rendered(template, shared))
            return subject, text, html

        subject, text, html = _made.take((template, language, stand_ins.key(shared)), make)
        escaped = {name: escape(value) for name, value in values.items()}
        return _finished(subject.filled(values), text.filled(values), html.filled(escaped))


def _rendered(template: str, context: Mapping[str, object]) -> tuple[str, str, str]:
    subject, text = (_plain(f"{template}{ending}", context) for ending in (".subject.txt", ".txt"))
    return subject, text, render_to_string(f"{template}.html", dict(context))


def _finished(subject: str, text: str, html: str) -> Rendered:
    return Rendered(subject=one_line(subject), text=text.strip() + "\n", html=html)


def _plain(name: str, context: Mapping[str, object]) -> str:
    return str(Engine.get_default().get_template(name).render(Context(dict(context), autoescape=False)))
