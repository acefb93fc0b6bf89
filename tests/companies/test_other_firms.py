"""Remarks as people write them: which speak of a firm beside this one, and which of its own family and plans."""

import doctest

import pytest

from wegweiser.companies.linkage.row import asides, other_firms

pytestmark = pytest.mark.one_database


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(other_firms).failed == 0


@pytest.mark.parametrize(
    "remark",
    [
        # Who takes over something else, or nothing.
        *("Sohn übernimmt die Werkstatt in Burg", "Sohn übernimmt lieber den Hof der Tante"),
        *("Tochter übernimmt einen Salon in Genthin", "Tochter übernimmt Filiale", "Tochter soll Filiale übernehmen"),
        *("Tochter hat Café der Tante übernommen", "Sohn übernimmt Kunden vom Vater", "Maschinen vom Vater übernommen"),
        *("Sohn übernimmt nichts", "Sohn will nicht übernehmen", "Sohn soll den Betrieb nicht übernehmen"),
        *("Sohn steigt doch nicht ein", "Sohn steigt bei Abel ein", "Sohn steigt aus", "keine Übergabe an Sohn"),
        *("Übergabe an Sohn gescheitert", "Übergabe an Sohn nicht erfolgt", "Übergabe an Sohn fraglich"),
        *("Nachfolger hat eigene Firma gegründet", "Nachfolger von Abel als Wirt", "Nachfolger von Dr. Abel als Notar"),
        "kein Nachfolger von Abel, Neugründung",
        # Who has a firm of their own.
        *("Tochter hat eigene Firma", "Mann hat eigene Firma nebenan", "Sohn macht nebenan Fahrräder"),
        *("Bruder hilft aus, sonst eigene Werkstatt", "Vater und Sohn, zwei Betriebe", "Handy vom Sohn, eigene Firma"),
        "Onkel ruft an, seine Firma ist in Burg",
        *("Ehefrau macht Büroservice", "Tochter macht Webdesign", "Bruder macht IT-Service", "Sohn macht jetzt Dächer"),
        *("Ehefrau macht Buchhaltung für andere Firmen", "Sohn macht Verkauf von Rädern", "Betrieb des Bruders"),
        # Who works elsewhere.
        *("Sohn arbeitet jetzt woanders", "Tochter arbeitet nicht mehr mit", "Sohn arbeitet nicht im Betrieb"),
        *("Bruder arbeitet bei Rehbein", "Bruder im Betrieb des Schwagers", "Bruder ist Mitarbeiter bei Rehbein"),
        *("Sohn hilft mit bei Rehbein", "Bruder arbeitet mit Holz", "Tochter arbeitet mit Abel zusammen"),
        *("Ex-Frau arbeitet mit", "Sohn lernt beim Konkurrenten", "beim Wettbewerb angestellt"),
        # Whose house it is.
        *("Mieter im Haus von Rehbein", "Mieter im Autohaus", "Mieter im Hof von Abel", "teilt sich Raum mit"),
    ],
)
def test_another_firm(remark):
    told = asides.read(remark)
    assert told.words
    assert not told.continues


@pytest.mark.parametrize(
    "remark",
    [
        # What one of the family does there.
        *("Bruder ist Geselle im Betrieb", "Vater und Sohn im Betrieb", "Vater & Sohn", "Sohn ist Azubi"),
        *("Sohn hilft am Wochenende mit", "Tochter arbeitet halbtags mit", "Sohn lernt im Betrieb"),
        *("Schwiegertochter macht das Büro", "Ehefrau führt die Bücher", "Ehefrau macht Buchhaltung und Termine"),
        *("Tochter macht Facebook und Instagram", "Sohn macht gerade Meisterschule", "Sohn zuständig für IT"),
        *(
            "Sohn fragt nach Förderung",
            "Sohn war auf der Messe",
            "Tochter kommt mit zum Termin",
            "Tochter studiert BWL",
        ),
        # How they are reached.
        *("Sohn ruft zurück", "bitte Sohn anrufen", "Rückruf an Sohn", "mit Tochter gesprochen", "Nummer vom Sohn"),
        *("E-Mail läuft über Tochter", "Ansprechpartner ist der Sohn", "zuständig: Sohn", "Kontakt über Schwager"),
        # Who has it next, and that nobody does yet.
        *("Sohn will mal übernehmen", "Sohn als Nachfolger vorgesehen", "Tochter übernimmt evtl. 2027"),
        *("Nachfolger in Sicht", "Nachfolger noch nicht gefunden", "Nachfolgersuche läuft", "Frage der Nachfolge"),
        *("Nachfolger als GF", "Nachfolger des Herrn Abel im Vorstand", "Nachfolger Abel als Energiebeauftragter"),
        # What only sounds so.
        *("keinen eigenen Laden", "keine Insolvenz", "Gesellschafterversammlung im Mai", "Wettbewerbsdruck"),
        *("Termin von Kollegin übernommen", "Kosten werden übernommen", "teilt Unterlagen noch mit"),
        *("Mieter im TGZ Magdeburg", "Insolvenz abgewendet", "Flyer übergeben an Tochter"),
    ],
)
def test_the_firm_itself(remark):
    assert not asides.read(remark).words


@pytest.mark.parametrize(
    ("remark", "continues"),
    [
        *((told, True) for told in ("Sohn Tim übernimmt demnächst", "Tochter übernimmt schrittweise die Leitung")),
        *(
            (told, True)
            for told in ("Enkel hat Betrieb übernommen", "2019 von den Eltern übernommen", "Junior steigt ein")
        ),
        *((told, True) for told in ("Betriebsübergabe an Sohn 2025", "Nachfolge durch Tochter geplant")),
        *(
            (told, True)
            for told in ("Betrieb an Neffen übergeben", "Witwe führt den Betrieb weiter", "Junior steigt ein")
        ),
        ("Frau Kain übernimmt den Betrieb", False),  # a greeting
        ("Flyer übergeben an Tochter", False),
        ("Witwe führt nur den Laden weiter", False),
        ("Ex-Mann führt die Firma weiter", False),
        ("Nachfolge geregelt, Käufer aus Leipzig", False),
        ("Sohn hat übernommen, eigene Firma", False),
        ("Nachfolge ist nicht geregelt", False),
    ],
)
def test_the_same_firm_under_the_next_of_the_family(remark, continues):
    assert asides.read(remark).continues is continues
