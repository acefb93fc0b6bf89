"""Words for what an import of past contacts says: fields, reasons, results."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

OWN_FIELDS: dict[str, Promise] = {
    "day": _("Tag"),
    "kind": _("Art des Kontakts"),
    "title": _("Veranstaltung oder Anlass"),
    "topic": _("Thema"),
    "partner": _("Partner des Zentrums"),
    "adviser": _("Ansprechperson im Zentrum"),
    "hours": _("Stunden"),
    "minutes": _("Minuten"),
    "duration": _("Dauer"),
    "heads": _("Anzahl der Personen"),
    "company_number": _("Nummer des Betriebs in Wegweiser"),
}

REASONS: dict[str, Promise] = {
    "no_day": _("kein Tag, der sicher zu lesen ist"),
    "day_ahead": _("liegt in der Zukunft"),
    "double": _("doppelt in der Liste"),
    "nobody": _("weder Betrieb noch Person"),
    "empty_row": _("leere Zeile"),
    "header_again": _("Überschriften noch einmal"),
    "kind_unknown": _("Art nicht erkannt"),
    "invalid_heads": _("keine Zahl von Personen"),
    "invalid_hours": _("keine Dauer"),
    "duration_unknown": _("ohne Dauer: Das Gespräch steht im Verlauf, zählt aber nicht"),
    "day_from_above": _("Tag aus der Zeile darüber"),
    "day_of_several": _("mehrere Tage: Es zählt der erste"),
    "topic_unread": _("Thema nicht erkannt: Es gilt das gewählte oder das des Partners"),
}

HELD: dict[str, Promise] = {
    "firm_unsure": _("Betrieb nicht sicher"),
    "number_unknown": _("Nummer unbekannt"),
    "partner_unknown": _("Partner nicht erkannt"),
    "topic_unknown": _("Thema nicht erkannt"),
    "day_unsure": _("Tag nicht sicher zu lesen"),
    "whose_event": _("eigene Veranstaltung oder die von anderen?"),
    "firm_outside": _("neuer Betrieb von außerhalb"),
    "was_forgotten": _("hat schon einmal um Löschung gebeten"),
    "wish_deletion": _("bittet vielleicht um Löschung"),
    "wish_objection": _("möchte vielleicht keine Post"),
}

RESULTS: dict[str, Promise] = {
    "recorded": _("übernommen"),
    "unchanged": _("schon da"),
    "double": _("doppelt in der Liste"),
    "held": _("zu klären"),
    "rejected": _("abgelehnt"),
    "companies_created": _("neue Betriebe"),
    "occasions": _("Anlässe"),
    "contacts_without_firm": _("Personen ohne Betrieb"),
    "talks_without_duration": _("Gespräche ohne Dauer: zählen nicht"),
}


def counted(key: str, number: int) -> str:
    """A result with its number before it."""
    told = {
        "companies_created": ngettext("%(count)s neuer Betrieb", "%(count)s neue Betriebe", number),
        "occasions": ngettext("%(count)s Anlass", "%(count)s Anlässe", number),
        "contacts_without_firm": ngettext("%(count)s Person ohne Betrieb", "%(count)s Personen ohne Betrieb", number),
        "talks_without_duration": ngettext(
            "%(count)s Gespräch ohne Dauer zählt nicht", "%(count)s Gespräche ohne Dauer zählen nicht", number
        ),
    }
    return told[key] % {"count": number} if key in told else f"{number} {RESULTS[key]}"


def column(named: str) -> str:
    """What the list calls a column; one that it has not is called by what it would hold."""
    return str(OWN_FIELDS.get(named, named))
