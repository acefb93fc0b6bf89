"""Notes of a list on how things stand are no wishes, and the wishes that sound like them stay wishes."""

import doctest

import pytest

from wegweiser.companies.importing import remarks, status_notes

pytestmark = pytest.mark.one_database

NOTES = """
noch nicht kontaktiert
noch nicht angeschrieben
noch kein Kontakt
bisher kein Kontakt
hat nie Post von uns bekommen
reagiert nicht auf E-Mails
antwortet nie auf unsere Mails
keine Rückmeldung auf Einladung
keine Reaktion auf zwei Mailings
bitte nicht vor 10 Uhr anrufen
freitags nicht anrufen
nicht am Montag anrufen
hat keine Nachricht hinterlassen
keine Kontaktaufnahme erfolgt
kein Kontakt zustande gekommen
will keine Cloud
will keine Bürokratie
will nichts überstürzen
Zufahrt wegen Baustelle gesperrt
Konto gesperrt
Widerspruch gegen Bescheid läuft
Widerruf der Förderung
Er möchte raus aus der Papierwirtschaft
möchte raus aus Excel
will alte Kundendaten automatisch löschen
Thema: Daten löschen nach DSGVO, Löschkonzept erstellen
Fragt nach Art. 17 DSGVO für seine Kundenkartei
Löschung im Vereinsregister
aus dem Handelsregister gelöscht
Adresse gelöscht, jetzt Weg 2
Kontakt entfernt verwandt mit Abel
Betrieb liegt 12 km entfernt
will keine teure Software
ist raus aus der Insolvenz
wieder raus aus dem Krankenhaus
Gewerbe widerrufen
Werkstatt im Gewerberegister gelöscht
Parkplatz am Wochenende gesperrt
"""
OBJECTIONS = """
noch kein Kontakt gewünscht
bitte noch keine E-Mails schicken
hat darum gebeten, keine Mails mehr zu erhalten
bisher keine Mails gewünscht
hat keine Mails mehr bekommen wollen
reagiert nicht auf E-Mails, will keine mehr
bitte nicht anrufen
bitte nicht anrufen, auch nicht freitags
freitags nicht anrufen, keine Mails
nicht vor 2028 anschreiben
will nichts mehr von uns hören
will nichts
will keine Beratung
will keine Termine mehr
gesperrt
Kontakt gesperrt
für Mailings gesperrt
Newsletter: gesperrt
Gesperrt seit 2021
auf Wunsch gesperrt
Widerspruch
Widerspruch eingelegt
Widerspruch gegen Werbung
Widerspruch gegen alles
Widerspruch des Inhabers vom 3. Mai
Einwilligung widerrufen
Widerruf der Einwilligung
Widerspruch gegen Bescheid läuft, keine Mails mehr
will keine Rückrufe
will keine Mitteilungen
will keine Telefonate
will keine Vertreter
will keine Belästigung
Newsletterauftrag widerrufen
Kündigung Newsletter, Vollmacht widerrufen
Widerspruch gegen Auftragsdatenverarbeitung
Widerspruch gegen Vertragsdatenspeicherung
wurde 2023 gesperrt
Konto gesperrt wegen Beschwerde
Herr Abel hat uns gesperrt
"""
DELETIONS = """
möchte raus
will raus aus dem Verteiler
möchte aus allen Listen raus
will raus aus unserer Datenbank
Herr Abel will seine Kundendaten löschen lassen
bitte alte Kundendaten löschen
Bitte alle Daten löschen, auch Thema und Notizen
Daten löschen nach Art. 17
Löschung gewünscht
Adresse gelöscht auf Wunsch
Kontakt entfernen
Firma im Vereinsregister; bitte Daten löschen
bitte raus aus euren Mails
will raus aus Ihren Unterlagen
möchte raus aus der Werbung
bitte aus dem Kontaktregister löschen
ihre Kundendatei: Eintrag löschen
Alte Kundendaten löschen
die Mitarbeiterdaten löschen
"""


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(status_notes).failed == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *((text, "") for text in NOTES.strip().splitlines()),
        *((text, "objection") for text in OBJECTIONS.strip().splitlines()),
        *((text, "deletion") for text in DELETIONS.strip().splitlines()),
    ],
)
def test_notes_and_wishes(text, why):
    assert remarks.reason(text) == why


def test_when_not_to_call_forbids_no_calls():
    assert not remarks.forbids_calls("bitte nicht vor 10 Uhr anrufen")
    assert not remarks.forbids_calls("freitags nicht anrufen")
    assert remarks.forbids_calls("bitte nicht anrufen")
