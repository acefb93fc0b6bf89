"""Columns that say whether one may write to a firm, as exports have them: a no there holds the firm."""

import datetime as dt

import pytest

from wegweiser.companies.importing import headers, permissions, reading, remarks
from wegweiser.companies.importing.region import Region
from wegweiser.companies.importing.rows import Clean, Cleaner
from wegweiser.companies.importing.sectors import Sectors
from wegweiser.companies.importing.told import fingerprint

pytestmark = pytest.mark.one_database
CLEANER = Cleaner(Region(), Sectors({}), dt.date(2026, 11, 27))
PERMISSIONS = (
    *(
        "Mailing erlaubt",
        "E-Mail-Werbung",
        "Mail ok?",
        "Infos per E-Mail",
        "Einwilligung E-Mail",
        "Einwilligung",
        "Newsletter",
    ),
    *(
        "Newsletter (ja/nein)",
        "Newsletter erwünscht",
        "Werbung erlaubt",
        "Opt-in",
        "DSGVO-Einwilligung",
        "Kontakt erlaubt",
    ),
    *("Darf angeschrieben werden", "Mailing", "Werbung", "NEWSLETTER", "E-Mail (Werbung ok)"),
)
LOCKS = (
    *("Mailingsperre", "Werbesperre", "Kontaktsperre", "Sperrvermerk", "Keine Werbung", "Gesperrt", "Werbewiderspruch"),
    *("Widerspruch am", "Robinsonliste", "Nicht anschreiben", "E-Mail Opt Out", "Do Not Email", "HasOptedOutOfEmail"),
)
DELETIONS = ("Löschkennzeichen", "zur Löschung vorgemerkt", "Löschvermerk", "Gelöscht")


def rows(text: str) -> list[Clean]:
    grid = reading.read(text.encode())
    head = headers.head(grid.lines)
    return [row for row in CLEANER.rows(grid.lines, head, head.mapping) if isinstance(row, Clean)]


def of(header: str, cell: str) -> Clean:
    (row,) = rows(f"Firma;Ort;{header}\nAbel GmbH;Halle;{cell}\n")
    return row


@pytest.mark.parametrize("header", PERMISSIONS)
def test_no_permission_holds_the_firm(header):
    for cell in ("nein", "Nein!", "0", "N", "no", "FALSCH", "nicht erteilt", "widerrufen", "abgemeldet 2021"):
        row = of(header, cell)
        assert (row.held, row.warnings) == ("objection", []), cell
        assert row.remark == f"{header}: {cell}", "who looks at it reads why"


@pytest.mark.parametrize("header", PERMISSIONS)
def test_a_permission_or_none_that_is_known_holds_nobody(header):
    for cell in (
        "ja",
        "x",
        "1",
        "J",
        "12.03.2019",
        "ja, am 12.3.2019",
        "erteilt",
        "liegt vor",
        "k. A.",
        "keine Angabe",
        "?",
        "",
    ):
        row = of(header, cell)
        assert (row.held, row.warnings) == ("", []), cell


@pytest.mark.parametrize("header", LOCKS)
def test_a_lock_holds_the_firm(header):
    for cell in ("ja", "x", "1", "12.03.2019", "seit 2021", "nicht anrufen", "nur Post"):
        row = of(header, cell)
        assert (row.held, row.warnings, row.remark) == ("objection", [], f"{header}: {cell}")


@pytest.mark.parametrize("header", [*LOCKS, *DELETIONS])
def test_no_lock_holds_nobody(header):
    for cell in ("nein", "0", "n", "-", "keine", "nicht gesperrt", "aufgehoben am 1.2.2022", "k.A.", ""):
        row = of(header, cell)
        assert (row.held, row.warnings, row.remark) == ("", [], ""), cell


@pytest.mark.parametrize("header", DELETIONS)
def test_a_mark_for_deletion_asks_for_it(header):
    assert [of(header, cell).held for cell in ("ja", "x", "12.03.2019")] == ["deletion"] * 3


def test_a_dash_is_a_no_only_where_the_column_says_no_in_no_other_way():
    told = rows("Firma;Newsletter\nAbel;x\nKain;-\n")
    assert [row.held for row in told] == ["", "objection"]
    told = rows("Firma;Newsletter\nAbel;ja\nKain;-\nSeth;nein\n")
    assert [row.held for row in told] == ["", "", "objection"]


def test_what_says_neither_is_told_and_a_wish_in_it_is_found():
    told = rows("Firma;Newsletter\nAbel;angefragt\nKain;ja, bitte alle Daten löschen\nSeth;nur telefonisch\n")
    assert [row.held for row in told] == ["", "deletion", "objection"]
    assert [(said.column, said.reason) for row in told for said in row.warnings] == [("Newsletter", "unclear")]


@pytest.mark.parametrize("header", ["Mail zulässig", "Mail an Kunde", "DSGVO", "Verteiler"])
def test_a_column_of_yes_and_no_below_a_word_for_mail_is_a_permission(header):
    told = rows(f"Firma;{header}\nAbel;ja\nKain;nein\n")
    assert [(row.held, row.warnings) for row in told] == [("", []), ("objection", [])]


def test_the_mail_address_beside_it_is_read_and_addresses_below_such_a_header_are_addresses():
    (row,) = rows("Firma;Mailing erlaubt;E-Mail\nAbel;nein;info@abel.example\n")
    assert (row.held, row.emails) == ("objection", ("info@abel.example",))
    told = rows("Firma;Newsletter\nAbel;info@abel.example\nKain;kain@kain.example\n")
    assert [(row.emails, row.held) for row in told] == [(("info@abel.example",), ""), (("kain@kain.example",), "")]
    told = rows("Firma;Newsletter\nAbel;news@abel.example\nKain;ja\nSeth;nein\n")
    assert [(row.emails, row.held) for row in told] == [(("news@abel.example",), ""), ((), ""), ((), "objection")]


@pytest.mark.parametrize("named", ["email", "remark"])
def test_what_somebody_once_called_mail_or_remark_still_says_no(named):
    grid = reading.read(b"Firma;Mailing erlaubt\nAbel;nein\nKain;ja\n")
    told = list(CLEANER.rows(grid.lines, headers.head(grid.lines), {0: "name", 1: named}))
    assert [(row.held, row.warnings) for row in told if isinstance(row, Clean)] == [("objection", []), ("", [])]
    left = list(CLEANER.rows(grid.lines, headers.head(grid.lines), {0: "name", 1: "ignore"}))
    assert [row.held for row in left if isinstance(row, Clean)] == ["", ""], "who leaves it out is heard"


def test_a_column_that_a_person_names_so_counts_whatever_its_header():
    grid = reading.read(b"Firma;Sternzeichen;Gruppe\nAbel;nein;\nKain;ja;x\n")
    told = list(CLEANER.rows(grid.lines, headers.head(grid.lines), {0: "name", 1: "may_write", 2: "blocked"}))
    assert [(row.held, row.remark) for row in told if isinstance(row, Clean)] == [
        ("objection", "Werbung erlaubt (Sternzeichen): nein"),
        ("objection", "Werbung erlaubt (Sternzeichen): ja\nKontaktsperre (Gruppe): x"),
    ]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *[(name, "email") for name in ("E-Mail", "Mail", "E-Mail-Adresse", "Mail privat", "Newsletter-Mailadresse")],
        *[
            (name, "")
            for name in ("Liefersperre", "Löschfrist", "Feuerlöscher", "Einwilligung Foto", "Sperrmüll", "Werbeagentur")
        ],
        *[("Kontaktperson", "contact"), ("Telefonnummer", "phone"), ("Infos", "remark"), ("Letztes Mailing", "ignore")],
    ],
)
def test_other_columns_stay_what_they_are(header, field):
    assert headers.field_of(header) == field


def test_a_row_that_was_taken_before_is_known_again():
    """What is said below the four words that were read before stands in the row as it did then."""
    (row,) = rows("Firma;Bemerkung;Newsletter\nAbel;nett;ja\n")
    assert row.raw == {"name": "Abel", "remark": "nett\nNewsletter: ja"}
    assert fingerprint(row) == fingerprint(rows("Firma;Bemerkung\nAbel;nett  Newsletter: ja\n")[0])


def test_a_line_of_a_remark_that_looks_like_such_a_cell_is_read_as_one():
    assert remarks.reason("Mailing erlaubt: nein") == "objection"
    assert remarks.reason("Werbesperre: nein") == remarks.reason("Widerspruch: nein") == ""
    assert remarks.reason("Bitte keine Werbung: danke") == "objection"


def test_who_wants_no_calls_is_not_left_to_the_telephone():
    for header, cell in (
        ("Anrufsperre", "x"),
        ("Telefonwerbung", "nein"),
        ("Bemerkung", "möchte nicht mehr angerufen werden"),
    ):
        assert of(header, cell).no_calls
    for header, cell in (("Mailsperre", "x"), ("Bemerkung", "keine Mails, nur Anrufe"), ("Anrufsperre", "nein")):
        assert not of(header, cell).no_calls


def test_the_examples_in_its_docstrings_hold():
    import doctest

    assert doctest.testmod(permissions).failed == 0
