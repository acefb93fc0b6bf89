"""What a guest reads where a registration is refused, and how it stands."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "event_cancelled": _("Diese Veranstaltung fällt aus."),
    "event_not_public": _("Diese Veranstaltung ist nicht mehr zu finden."),
    "event_over": _("Diese Veranstaltung ist vorbei."),
    "registration_not_open_yet": _("Die Anmeldung hat noch nicht begonnen."),
    "registration_closed": _("Die Anmeldung ist geschlossen. Rufen Sie uns an, vielleicht geht noch etwas."),
    "full": _("Leider sind alle Plätze vergeben."),
    "pool_unknown": _("Bitte wählen Sie noch einmal: Dazwischen hat sich etwas geändert."),
    "places_not_allowed": _("So viele Plätze können Sie hier nicht anmelden. Bitte rufen Sie uns an."),
    "places_gone": _("So viele Plätze sind nicht mehr frei."),
    "too_many_names": _("Das sind mehr Namen als Plätze."),
    "name_missing": _("Bitte sagen Sie uns, wie Sie heißen."),
    "email_missing": _("Wir brauchen Ihre E-Mail-Adresse, damit die Bestätigung Sie erreicht. Oder rufen Sie uns an."),
    "invalid_phone": _("Diese Nummer können wir nicht anrufen. Bitte nur Ziffern, mit Vorwahl."),
    "phone_missing": _("Damit wir anrufen können, brauchen wir Ihre Nummer."),
    "email_invalid": _("Diese E-Mail-Adresse ist nicht vollständig. Beispiel: name@betrieb.de"),
    "answer_missing": _("Bitte beantworten Sie diese Frage."),
    "answer_unknown": _("Bitte wählen Sie eine der Antworten."),
    "answer_too_long": _("Das ist zu lang für dieses Feld. Bitte kürzen Sie."),
    "no_number": _("Bitte geben Sie hier eine Zahl ein."),
    "consent_missing": _("Ohne diese Einwilligung können wir Sie nicht anmelden."),
    "consent_not_given": _("Diese Einwilligung gibt es nicht."),
    "nobody_stays": _("Dann kommt niemand mehr. Tippen Sie bitte unten auf „Absagen“."),
    "transition_not_allowed": _("Das geht nicht mehr. Der Stand ist inzwischen ein anderer."),
}
