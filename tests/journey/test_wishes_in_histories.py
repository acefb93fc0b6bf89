"""Wishes to be left alone in lists of past contacts: below headers of their own, and wherever there was room."""

import datetime as dt

import pytest

from wegweiser.companies.importing import reading
from wegweiser.journey.history import headers, rows

pytestmark = pytest.mark.one_database
TODAY = dt.date(2026, 11, 26)


def read(text: str):
    grid = reading.read(text.encode())
    head = headers.head(grid.lines)
    return list(rows.rows(grid.lines, head, head.mapping, today=TODAY))


@pytest.mark.parametrize(
    ("header", "cell", "wish"),
    [
        *[
            ("Newsletter", "nein", "objection"),
            ("Werbesperre", "x", "objection"),
            ("Löschkennzeichen", "ja", "deletion"),
        ],
        *[("Status", "bitte alle Daten löschen", "deletion"), ("Handy", "will keine Anrufe mehr", "objection")],
        *[("Newsletter", "ja", ""), ("Werbesperre", "nein", ""), ("Status", "aktiv", "")],
    ],
)
def test_a_wish_is_found_below_its_own_header_and_in_columns_that_nobody_takes_over(header, cell, wish):
    (row,) = read(f"Datum;Firma;Art;{header}\n05.03.2026;Abel GmbH;Besuch;{cell}\n")
    assert row.wish == wish
    assert rows.read_again(1, dict(row.raw), today=TODAY).wish == wish, "and when it is settled"


def test_who_wants_no_calls_says_it_here_too():
    for header, cell, no_calls in (
        *[("Anrufsperre", "x", True), ("Handy", "will keine Anrufe mehr", True)],
        *[("Werbesperre", "x", False), ("Anrufsperre", "nein", False)],
    ):
        (row,) = read(f"Datum;Firma;Art;{header}\n05.03.2026;Abel GmbH;Besuch;{cell}\n")
        assert row.no_calls == no_calls


def test_a_row_without_a_wish_stays_the_row_that_it_was():
    """By what its cells say its step is known; else a list brought again would count each contact twice."""
    (row,) = read("Datum;Firma;Art;Newsletter;Status\n05.03.2026;Abel GmbH;Besuch;ja;aktiv\n")
    assert row.raw == {"day": "05.03.2026", "name": "Abel GmbH", "kind": "Besuch", "remark": "ja"}
