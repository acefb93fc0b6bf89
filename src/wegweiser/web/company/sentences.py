"""What a rule of the house says to somebody at a firm, in words."""

from django.utils.translation import gettext_lazy as _

from wegweiser.web.ui import mail_fields, uploads

SENTENCES = uploads.SENTENCES | {
    "plan_dropped": _("Das ist inzwischen gestrichen. Rufen Sie uns an, wenn es doch ansteht."),
    "not_your_turn": _("Das machen wir und haken es selbst ab."),
    "plan_proved": _("Das gehört zu einem Termin mit uns. Wenn es nicht stimmt, rufen Sie uns bitte an."),
    "no_partner": _("Heute ist bei uns niemand zuständig. Bitte rufen Sie uns an."),
    "remark_too_long": _("Bitte höchstens 500 Zeichen."),
    "link_gone": _("Dieser Code oder Link gilt nicht mehr."),
    "name_missing": _("Bitte nennen Sie den Namen."),
    "firm_missing": _("Bitte nennen Sie den Betrieb."),
    "invalid_phone": _("Diese Telefonnummer können wir nicht lesen."),
    "phone_extension": _("Hier steht nur die Nummer, die man wählt, ohne „App. 12“."),
    "email_invalid": _("Bitte prüfen Sie die E-Mail-Adresse."),
    "email_umlauts": mail_fields.SENTENCES["email_umlauts"],
    "contact_missing": _("Ohne E-Mail-Adresse geht es nicht: An sie geht der Link zum Einloggen."),
    "text_missing": _("Bitte schreiben Sie, worum es geht."),
    "text_too_long": _("Das ist zu lang. Bitte kürzen Sie es auf 10.000 Zeichen."),
    "right_unknown": _("Bitte wählen Sie, was die Person darf."),
    "too_many_persons": _("Mehr als 50 Zugänge gehen nicht. Rufen Sie uns an, wenn Sie mehr brauchen."),
    "already_inside": _("Mit dieser Adresse kommt schon jemand herein. Was die Person darf, ändern Sie in der Liste."),
    "last_manager": _("Jemand muss die Personen verwalten. Geben Sie dieses Recht zuerst jemand anderem."),
    "transition_not_allowed": _("Das ist schon entschieden."),
    "person_ambiguous": _("Bitte rufen Sie uns dazu an."),
}
