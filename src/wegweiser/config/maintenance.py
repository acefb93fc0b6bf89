"""The site closed on purpose, and a page that another server can show while this one does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from wegweiser.consortium import queries
from wegweiser.web import errors

PAGE = "maintenance.html"  # beside the style sheets, so that whoever hands out those has it


@contextmanager
def closed() -> Iterator[None]:
    """Visitors see the maintenance page within; where somebody has closed the site before, it stays closed after."""
    path = errors.closed_by()
    before = path.exists()
    path.touch()
    try:
        yield
    finally:
        if not before:
            path.unlink(missing_ok=True)


def write_page() -> Path:
    """The maintenance page as a file, in German and English, with the centre's name and telephone."""
    path = Path(settings.STATIC_ROOT) / PAGE
    centre = queries.centre()
    with translation.override(settings.LANGUAGE_CODE):
        html = render_to_string("ui/maintenance.html", {"name": str(centre.name), "phone": centre.phone})
    path.write_text(html, encoding="utf-8")
    return path
