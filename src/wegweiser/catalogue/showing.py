"""What pages and letters say of an entry alike: where its page is, and where it takes place."""

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegweiser.catalogue.models import HERE, Attendance, Entry
from wegweiser.kernel import addresses


def path(entry: Entry) -> str:
    """Its page on this site, in the language that is on; empty where it has none: another centre's, or by its kind."""
    return addresses.offer_path(entry.kind, entry.slug) if entry.origin == HERE else ""


def href(entry: Entry) -> str:
    """The page of an offer: ours where there is one, else where it comes from."""
    return path(entry) or entry.source_url


def address(entry: Entry, *, language: str) -> str:
    """The same for a letter: whole, and in the reader's language."""
    own = addresses.offer(entry.kind, entry.slug, language=language) if entry.origin == HERE else ""
    return own or entry.source_url


def where(entry: Entry, *, language: str = "") -> str:
    """The place of a date: `Halle`, `online`, `Halle und online`; without a language in the one that is on."""
    with translation.override(language or get_language() or "de"):
        if entry.attendance == Attendance.ONLINE:
            return _("online")
        if entry.attendance == Attendance.HYBRID and entry.place:
            return _("%(place)s und online") % {"place": entry.place}
        if entry.attendance == Attendance.HYBRID:
            return _("vor Ort und online")
    return entry.place
