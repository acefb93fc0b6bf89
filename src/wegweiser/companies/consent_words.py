"""What a consent is for, in words; a purpose that is new here shows its key."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INVITATION = "invitation"
INVITATION_VERSION = "2026-11"
# Not translated by the catalogue of texts: a consent is given to these very words. Change them with the version.
INVITATION_WORDS = {
    "de": "Ja, ich möchte per E-Mail zu Veranstaltungen eingeladen werden (Absender: {centre}). Das kann ich jederzeit "
    "beenden, mit einem Klick in jeder Einladung.",
    "en": "Yes, please invite me to events by email (sender: {centre}). I can end this at any time, with one click in "
    "every invitation.",
}

PURPOSES: dict[str, str | Promise] = {
    INVITATION: _("Einladungen zu Veranstaltungen per E-Mail"),
    "news": _("Neuigkeiten und Termine des Zentrums per E-Mail"),
    "newsletter": _("Neuigkeiten und Termine des Zentrums per E-Mail"),
    "referral": _("Weitergabe an ein Netzwerk oder ein anderes Zentrum"),
    "photo": _("Fotos, auf denen Sie zu sehen sind"),
    "reference": _("Nennung Ihres Betriebs als Beispiel"),
}


def words(purpose: str) -> str:
    return str(PURPOSES.get(purpose, purpose))


def invitation(centre: str, language: str) -> str:
    """What somebody agrees to who wants to be invited, in their language."""
    return INVITATION_WORDS["en" if language == "en" else "de"].format(centre=centre)


CHANNELS: dict[str, str | Promise] = {
    "web": _("auf der Website, bestätigt per E-Mail"),
    "registration": _("bei einer Anmeldung, bestätigt per E-Mail"),
    "phone": _("am Telefon, bestätigt per E-Mail"),
    "paper": _("auf Papier"),
    "workspace": _("in „Mein Betrieb“"),
}
