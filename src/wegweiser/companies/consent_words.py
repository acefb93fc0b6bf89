"""What a consent is for, in words; a purpose that is new here shows its key."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PURPOSES: dict[str, str | Promise] = {
    "news": _("Neuigkeiten und Termine des Zentrums per E-Mail"),
    "newsletter": _("Neuigkeiten und Termine des Zentrums per E-Mail"),
    "referral": _("Weitergabe an ein Netzwerk oder ein anderes Zentrum"),
    "photo": _("Fotos, auf denen Sie zu sehen sind"),
    "reference": _("Nennung Ihres Betriebs als Beispiel"),
}


def words(purpose: str) -> str:
    return str(PURPOSES.get(purpose, purpose))
