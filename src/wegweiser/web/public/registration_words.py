"""What a guest reads where a registration is refused, and how it stands."""

from django.utils.translation import gettext_lazy as _

from wegweiser.web import question_fields
from wegweiser.web.ui import mail_fields
from wegweiser.web.ui.messages import NO_PHONE

SENTENCES = {
    "event_cancelled": _("Diese Veranstaltung fällt aus."),
    "event_not_public": _("Diese Veranstaltung ist nicht mehr zu finden."),
    "name_with_link": _("Bitte nur den Namen, ohne Internet- oder E-Mail-Adresse."),
    "event_over": _("Diese Veranstaltung ist vorbei."),
    "registration_not_open_yet": _("Die Anmeldung hat noch nicht begonnen."),
    "registration_closed": _("Die Anmeldung ist geschlossen. Rufen Sie uns an, vielleicht geht noch etwas."),
    "dates_missing": _("Bitte wählen Sie wenigstens einen Termin."),
    "one_date_only": _("Für diese Reihe melden Sie sich bitte Termin für Termin an."),
    "whole_series_only": _("Diese Termine gehören zusammen. Bitte melden Sie sich für alle auf einmal an."),
    "not_one_series": _("Bitte wählen Sie noch einmal: Dazwischen hat sich etwas geändert."),
    "pool_not_there": _("An einem dieser Termine gibt es diese Art der Teilnahme nicht. Bitte wählen Sie ihn ab."),
    "full": _("Leider sind alle Plätze vergeben."),
    "no_place_there": _("Dort ist gerade nicht genug Platz frei. Ihre Anmeldung bleibt, wie sie ist."),
    "attended_already": _("Das geht nicht mehr: Am Einlass sind Sie schon eingetragen."),
    "address_unconfirmed": _("Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse."),
    "waits_for_whole": _("Sie warten auf die ganze Reihe. Ein einzelner Termin lässt sich darum nicht ändern."),
    "pool_unknown": _("Bitte wählen Sie noch einmal: Dazwischen hat sich etwas geändert."),
    "talk_outside": _("Bitte wählen Sie noch einmal: Dazwischen hat sich etwas geändert."),
    "places_not_allowed": _("So viele Plätze können Sie hier nicht anmelden. Bitte rufen Sie uns an."),
    "places_gone": _("So viele Plätze sind nicht mehr frei."),
    "too_many_names": _("Das sind mehr Namen als Plätze."),
    "name_missing": _("Bitte sagen Sie uns, wie Sie heißen."),
    "email_missing": _("Wir brauchen Ihre E-Mail-Adresse, damit die Bestätigung Sie erreicht. Oder rufen Sie uns an."),
    "invalid_phone": NO_PHONE,
    "phone_missing": _("Damit wir anrufen können, brauchen wir Ihre Nummer."),
    **mail_fields.SENTENCES,
    "registered_already": _("Mit dieser Adresse sind Sie schon angemeldet."),
    **question_fields.SENTENCES,
    "consent_not_given": _("Diese Einwilligung gibt es nicht."),
    "nobody_stays": _("Dann kommt niemand mehr. Tippen Sie bitte unten auf „Absagen“."),
    "feedback_not_asked": _("Eine Rückmeldung ist hier nicht mehr offen. Vielen Dank!"),
    "transition_not_allowed": _("Das geht nicht mehr. Der Stand ist inzwischen ein anderer."),
}
