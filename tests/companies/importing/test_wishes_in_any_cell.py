"""Wishes to be left alone stand where there was room: in the name, beside a number, in columns that are left out."""

import datetime as dt

import pytest

from wegweiser.companies.importing import headers, reading, remarks
from wegweiser.companies.importing.region import Region
from wegweiser.companies.importing.rows import Clean, Cleaner
from wegweiser.companies.importing.sectors import Sectors
from wegweiser.companies.importing.told import fingerprint, known_of

pytestmark = pytest.mark.one_database
CLEANER = Cleaner(Region(), Sectors({}), dt.date(2026, 11, 27))


def rows(text: str) -> list[Clean]:
    grid = reading.read(text.encode())
    head = headers.head(grid.lines)
    return [row for row in CLEANER.rows(grid.lines, head, head.mapping) if isinstance(row, Clean)]


@pytest.mark.parametrize(
    ("header", "cell", "reason"),
    [
        ("Handy", "will keine Anrufe mehr", "objection"),
        ("Website", "bitte löschen", "deletion"),
        ("Funktion", "keine Werbung", "objection"),
        ("Letzter Kontakt", "2023, bitte alle Daten löschen", "deletion"),
        ("Status", "gelöscht auf Wunsch, keine Mails", "deletion"),
        ("Sternzeichen", "möchte nicht mehr angerufen werden", "objection"),
        ("E-Mail", "will keine Mails", "objection"),
        ("Telefon", "Newsletter: nein", "objection"),
        ("Branche", "Handel, bitte aus dem Verteiler nehmen", "deletion"),
        ("Umsatz", "Datenlöschung verlangt", "deletion"),
    ],
)
def test_a_wish_is_found_and_shown_wherever_it_stands(header, cell, reason):
    row, other = rows(f"Firma;Ort;{header}\nAbel GmbH;Halle;{cell}\nKain GmbH;Halle;\n")
    assert (row.held, other.held) == (reason, "")
    assert row.told == f"{header}: {cell}"
    assert known_of(row).remark == "", "it tells nothing of which firm it is"


def test_of_two_wishes_the_stricter_counts():
    (row,) = rows("Firma;Bemerkung;Status\nAbel GmbH;keine Mails;bitte löschen\n")
    assert (row.held, row.told) == ("deletion", "keine Mails\nStatus: bitte löschen")


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Tischlerei Abel - BITTE KEINE WERBUNG MEHR!", "Tischlerei Abel"),
        ("Abel GmbH (bitte löschen)", "Abel GmbH"),
        ("Abel GmbH, will keine Mails", "Abel GmbH"),
        ("Abel (keine Werbung) Metallbau (Halle)", "Abel Metallbau (Halle)"),
        ("Abel GmbH keine Werbung", "Abel GmbH"),
        ("ACHTUNG bitte nicht anrufen! Abel GmbH", "Abel GmbH"),
        ("Abel & Söhne GmbH / nicht mehr anschreiben", "Abel & Söhne GmbH"),
        ("Abel-Bau GmbH *** gesperrt ***", "Abel-Bau GmbH"),
    ],
)
def test_a_wish_is_cut_off_the_name(cell, name):
    (row,) = rows(f'Firma;Ort\n"{cell}";Halle\n')
    assert (row.name, bool(row.held)) == (name, True)
    assert cell in row.told, "the whole stays to be read"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Graffiti entfernen lassen GmbH",
            "Zeitungen Austragen GmbH",
            "Feuerlöscher Abel",
            "Löschmittel Kain",
            "Nie & Co. KG",
        ),
        *(
            "Post und Werbung GmbH",
            "Abel (Halle) GmbH",
            "Abel - Kain - Seth",
            "Nur Mut e. V.",
            "Will & Söhne",
            "Mehr Licht GmbH",
        ),
        *(
            "Datenbank Abel",
            "Entfernung & Abriss",
            "Kein Stress Reisen",
            "Werbung Abel, Inh. Kain",
            "Verteilerbau Abel",
        ),
    ],
)
def test_a_name_that_sounds_like_one_stays(name):
    (row,) = rows(f'Firma;Ort\n"{name}";Halle\n')
    assert (row.name, row.held) == (name, "")


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Branche", "Graffiti entfernen lassen, Zeitungen austragen"),
        ("Branche", "Löschanlagen"),
        ("Status", "aktiv"),
        ("Letzter Kontakt", "keine Angabe"),
        ("Sternzeichen", "keine E-Mail bekannt"),
        ("Quelle", "noch keine Einladung erhalten"),
        ("Umsatz", "nie wieder Probleme"),
    ],
)
def test_other_cells_hold_nobody(header, cell):
    (row,) = rows(f"Firma;Ort;{header}\nAbel GmbH;Halle;{cell}\n")
    assert (row.held, row.told) == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Möchte nicht mehr angerufen werden",
            "nie wieder!",
            "Nie wieder.",
            "wünscht keine Besuche",
            "kein Besuch erwünscht",
        ),
        *("bitte keinen Anruf", "will nie wieder besucht werden"),
    ],
)
def test_more_wishes_to_be_left_alone(text):
    assert remarks.reason(text) == "objection"


@pytest.mark.parametrize(
    "text", ["Datenlöschung verlangt", "bittet um Datenlöschung", "auf Wunsch gelöscht", "Datenlöschung!"]
)
def test_more_wishes_to_be_deleted(text):
    assert remarks.reason(text) == "deletion"


@pytest.mark.parametrize(
    "text",
    [
        "bietet Datenlöschung an",
        "bisher kein Besuch",
        "noch keine Besuche",
        "nie wieder Papier, sagt er",
        "Besuche jeden Montag",
    ],
)
def test_remarks_that_hold_nothing_up(text):
    assert remarks.reason(text) == ""


def test_a_wish_written_since_makes_another_row_of_it():
    """Else a list that is brought again would change nothing, and nobody would read it."""
    before, after = (rows(f"Firma;Status\nAbel GmbH;{cell}\n")[0] for cell in ("aktiv", "bitte löschen"))
    assert fingerprint(before) != fingerprint(after)
