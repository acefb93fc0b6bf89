"""Words for what an import of a list says: fields, reasons, results."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.companies.importing.headers import IGNORED

FIELDS: dict[str, Promise] = {
    "name": _("Name des Betriebs"),
    "name_more": _("Zusatz zum Namen"),
    "legal_form": _("Rechtsform"),
    "address": _("Anschrift in einer Zelle"),
    "street": _("Straße"),
    "house_number": _("Hausnummer"),
    "postcode": _("Postleitzahl"),
    "place": _("Ort"),
    "postcode_place": _("Postleitzahl und Ort"),
    "district": _("Landkreis"),
    "phone": _("Telefon"),
    "mobile": _("Mobiltelefon"),
    "fax": _("Fax"),
    "email": _("E-Mail"),
    "website": _("Website"),
    "contact": _("Ansprechperson im Betrieb"),
    "salutation": _("Anrede"),
    "title": _("Titel"),
    "first_name": _("Vorname"),
    "last_name": _("Nachname"),
    "function": _("Funktion"),
    "sector": _("Branche"),
    "wz": _("WZ-Code"),
    "employees": _("Beschäftigte"),
    "founded": _("Gründung"),
    "craft": _("Handwerk (ja oder nein)"),
    "vat_id": _("Umsatzsteuer-ID"),
    "register": _("Handelsregister"),
    "remark": _("Bemerkung"),
    "may_write": _("Darf man schreiben?"),
    "blocked": _("Sperre oder Widerspruch"),
    "first_contact": _("Erstkontakt"),
    IGNORED: _("nicht übernehmen"),
}

REASONS: dict[str, Promise] = {
    "invalid_phone": _("keine gültige Telefonnummer"),
    "invalid_email": _("keine gültige E-Mail-Adresse"),
    "invalid_postcode": _("keine deutsche Postleitzahl"),
    "unknown_district": _("kein Landkreis des Zentrums"),
    "unknown_sector": _("keine Branche erkannt"),
    "invalid_wz": _("kein WZ-Code"),
    "invalid_headcount": _("keine Zahl von Beschäftigten"),
    "comma_in_thousands": _("Komma als Tausenderzeichen gelesen"),
    "invalid_date": _("kein Tag, der sicher zu lesen ist"),
    "invalid_year": _("kein Jahr"),
    "invalid_website": _("keine Adresse im Netz"),
    "invalid_vat_id": _("die Prüfziffer stimmt nicht"),
    "invalid_register": _("keine Registernummer"),
    "unreadable_letters": _("Umlaute nicht lesbar: bitte als CSV UTF-8 speichern"),
    "too_long": _("zu lang: der Anfang ist übernommen"),
    "unknown_legal_form": _("Rechtsform nicht erkannt"),
    "legal_form_differs": _("andere Rechtsform als im Namen; die im Namen gilt"),
    "foreign_vat_id": _("Umsatzsteuer-ID eines anderen EU-Staats, nicht geprüft und nicht übernommen"),
    "unclear": _("weder ja noch nein"),
    "name_from_person": _("ohne Firma: Name der Person genommen"),
    "name_from_domain": _("ohne Firma: Internetadresse genommen"),
    "name_from_mailbox": _("ohne Firma: Name des Postfachs genommen"),
    "out_of_the_name": _("gehört nicht zum Namen und wurde dort herausgenommen"),
    "left_beside": _("steht daneben und wurde nicht übernommen"),
    "of_somebody_else": _("gehört jemand anderem oder gilt nicht mehr: nicht übernommen"),
    "put_right": _("Schreibfehler berichtigt"),
    "perhaps_mistyped": _("vielleicht verschrieben; übernommen, wie es dasteht"),
    "differs": _("anders als bekannt; was bekannt ist, bleibt"),
    "no_company": _("kein Betrieb zu erkennen"),
    "empty_row": _("leere Zeile"),
    "header_again": _("Überschriften noch einmal"),
    "was_forgotten": _(
        "ließ sich löschen und wurde nicht übernommen; kommt der Betrieb wieder, bitte von Hand anlegen"
    ),
    "is_restricted": _("gesperrt, nur für Nachweise aufbewahrt: nicht übernommen"),
    "person_forgotten": _("ließ sich löschen: Der Betrieb ist übernommen, die Person nicht"),
    "sheet_not_read": _("Blatt nicht gelesen"),
}

HELD: dict[str, Promise] = {
    "deletion": _("bittet vielleicht um Löschung"),
    "objection": _("möchte vielleicht keine Post"),
}

RESULTS: dict[str, Promise] = {
    "created": _("neu"),
    "updated": _("ergänzt"),
    "unchanged": _("unverändert"),
    "folded": _("doppelt in der Liste"),
    "rejected": _("abgelehnt"),
}
