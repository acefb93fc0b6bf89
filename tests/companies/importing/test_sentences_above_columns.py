"""What stands above a column of yes and no may be a sentence, or hold a colon: a no binds all the same."""

import datetime as dt

import pytest

from tests.companies.importing.test_columns_that_say_no_mail import CLEANER, of, rows
from wegweiser.companies.importing import headers, reading
from wegweiser.companies.importing.rows import Clean
from wegweiser.journey.history import headers as contact_headers
from wegweiser.journey.history import rows as contact_rows

pytestmark = pytest.mark.one_database
PERMISSIONS = (
    *("Werbung: erwünscht", "Kontakt: erlaubt", "Mailing: erlaubt: ja/nein"),
    "Dürfen wir Ihnen E-Mails zur KI schreiben? ",
    "Dürfen wir Ihnen Newsletter und Einladungen senden?",
    "Ich möchte den Newsletter zu Weiterbildungen im Handwerk regelmäßig erhalten.",
    "Ich bin damit einverstanden, dass Sie mir Informationen per E-Mail zusenden",
    "Ich willige ein, dass Sie mir an meine E-Mail-Adresse Einladungen schicken. Das kann ich jederzeit widerrufen.",
)
LOCKS = (
    "Ich möchte keine Newsletter",
    "Bitte ankreuzen, wenn Sie in Zukunft keine Einladungen von uns wünschen: keine Werbung erwünscht",
    "Ich möchte in Zukunft keine Einladungen und keine anderen Informationen von Ihnen erhalten",
)
DATE = "Datum;Firma;Art"


def asked(header: str, cell: str) -> str:
    """What a row of past contacts asks for, and the same when it is read again."""
    grid = reading.read(f"{DATE};{header}\n05.03.2026;Abel GmbH;Besuch;{cell}\n".encode())
    head = contact_headers.head(grid.lines)
    (row,) = contact_rows.rows(grid.lines, head, head.mapping, today=dt.date(2026, 11, 26))
    again = contact_rows.read_again(1, dict(row.raw), today=dt.date(2026, 11, 26))
    assert again.wish == row.wish
    return row.wish


@pytest.mark.parametrize("header", PERMISSIONS)
def test_a_no_below_a_sentence_holds_the_firm(header):
    row = of(header, "nein")
    assert (row.held, row.warnings, row.remark) == ("objection", [], f"{header.strip()}: nein")
    assert asked(header, "nein") == "objection"


@pytest.mark.parametrize("header", PERMISSIONS)
def test_a_yes_below_a_sentence_holds_nobody(header):
    assert [(of(header, cell).held, asked(header, cell)) for cell in ("ja", "x", "12.03.2019", "k. A.")] == [
        ("", "")
    ] * 4


@pytest.mark.parametrize("header", LOCKS)
def test_a_sentence_that_says_no_holds_who_agrees_to_it(header):
    assert [(of(header, cell).held, asked(header, cell)) for cell in ("ja", "x")] == [("objection", "objection")] * 2
    assert (of(header, "nein").held, asked(header, "nein")) == ("", "")


@pytest.mark.parametrize("length", [44, 60, 61, 75, 300])
def test_a_header_of_any_length_that_a_person_names_so_counts(length):
    header = "Gruppe im Verein" + " und so weiter" * 20
    header = header[: length - 1] + "s"
    for named, cell, mark in (
        ("may_write", "nein", "objection"),
        ("may_write", "ja", ""),
        ("blocked", "x", "objection"),
    ):
        grid = reading.read(f"Firma;{header}\nAbel;{cell}\n".encode())
        head = headers.head(grid.lines)
        (row,) = CLEANER.rows(grid.lines, head, {0: "name", 1: named})
        assert isinstance(row, Clean)
        assert (row.held, row.warnings) == (mark, [])


def test_a_mark_for_deletion_asks_for_it_whatever_stands_before_it():
    assert of("DSGVO: Löschung der Daten des Betriebs wurde von diesem bei uns verlangt", "ja").held == "deletion"
    assert asked("DSGVO: Löschung der Daten des Betriebs wurde von diesem bei uns verlangt", "ja") == "deletion"


def test_calls_are_forbidden_below_a_sentence_too():
    header = "Wir sind damit einverstanden, dass uns das Zentrum telefonisch anspricht: per Anruf"
    assert of(header, "nein").no_calls
    assert not of(header, "ja").no_calls


def test_a_sentence_that_asks_something_else_is_no_field():
    for header in (
        "Welche Fragen zu E-Mail, Telefon und Webseite bringen Sie in die Sprechstunde mit?",
        "Wir sind damit einverstanden, dass Fotos von uns im Internet und in der Presse erscheinen",
    ):
        assert headers.field_of(header) == ""
        (row,) = rows(f"Firma;Ort;{header}\nAbel GmbH;Halle;nein\n")
        assert (row.held, row.raw) == ("", {"name": "Abel GmbH", "place": "Halle"})


def test_a_sentence_does_not_change_by_what_a_list_is_known_again():
    sentence = PERMISSIONS[-1]
    assert headers.key(["Firma", sentence, "Ort"]) == headers.key(["Firma", "", "Ort"])
