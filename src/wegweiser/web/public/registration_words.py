"""What a guest reads where a registration is refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "event_cancelled": _("Diese Veranstaltung fällt aus."),
    "event_not_public": _("Diese Veranstaltung ist nicht mehr zu finden."),
    "event_over": _("Diese Veranstaltung ist vorbei."),
    "registration_not_open_yet": _("Die Anmeldung hat noch nicht begonnen."),
    "registration_closed": _("Die Anmeldung ist geschlossen. Rufen Sie uns an, vielleicht geht noch etwas."),
    "full": _("Leider sind alle Plätze vergeben."),
    "places_not_allowed": _("So viele Plätze können Sie hier nicht anmelden. Bitte rufen Sie uns an."),
    "too_many_names": _("Das sind mehr Namen als Plätze."),
    "invalid_phone": _("Diese Nummer können wir nicht anrufen. Bitte nur Ziffern, mit Vorwahl."),
    "email_invalid": _("Diese E-Mail-Adresse ist nicht vollständig. Beispiel: name@betrieb.de"),
    "transition_not_allowed": _("Das geht nicht mehr. Der Stand ist inzwischen ein anderer."),
}
