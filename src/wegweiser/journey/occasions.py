"""What an occasion is called on which something happened: for pages, sheets and the data of a firm."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A kind that is new here shows its format alone.
OCCASIONS: dict[str, str | Promise] = {
    "talk": _("Gespräch"),
    "visit": _("Vor-Ort-Termin"),
    "mail": _("Antwort per E-Mail"),
    "event": _("Veranstaltung"),
    "fair": _("Messe"),
    "appearance": _("Auftritt bei anderen"),
    "referral": _("Weitervermittlung"),
    "check": _("Check"),
    "project": _("Projekt"),
}
