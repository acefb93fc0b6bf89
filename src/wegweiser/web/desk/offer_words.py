"""How an offer is named where staff choose one: dates of a series share a title, so their day tells them apart."""

from django.utils.translation import gettext as _

from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue import showing
from wegweiser.catalogue.models import Availability, Entry
from wegweiser.kernel import clock
from wegweiser.web.ui import dates


def words(entry: Entry) -> str:
    """`Sprechtag Digitalisierung · 12.03.2026 16:00 · Halle`; what has no date is named by its title."""
    if entry.starts_at is None:
        return str(entry.title)
    when = dates.written(clock.local(entry.starts_at), "d.m.Y H:i")
    return " · ".join(filter(None, [str(entry.title), when, showing.where(entry)]))


def line(entry: Entry) -> str:
    """The same, with a word where nobody can go any more."""
    if not catalogue.is_gone(entry):
        return words(entry)
    gone = _("abgesagt") if entry.availability == Availability.CANCELLED else _("vorbei")
    return f"{words(entry)} ({gone})"


def choice(entry: Entry) -> tuple[str, str]:
    """A choice of a form."""
    return str(entry.uuid), words(entry)
