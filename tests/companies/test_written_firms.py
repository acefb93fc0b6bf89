"""What people write of their own firm, in a field or in a sentence."""

import doctest

import pytest

from wegweiser.companies import written_firms

pytestmark = pytest.mark.one_database


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(written_firms).failed == 0


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Wir sind ein Handwerksbetrieb mit rund 25 Beschäftigten in Burg.", 25),
        ("6-Mann-Betrieb, suchen eine App", 6),
        ("wir haben 12 Mitarbeiter und suchen 3 Leute", 12),
        ("Bäckerei, 14 Mitarbeiter, 3 Filialen", 14),
        ("sind wir acht Leute", 8),
        ("Mit unseren 30 Angestellten", 30),
        ("Wir suchen 3 Mitarbeiter", None),
        ("Schulung für 12 Mitarbeiter", None),
        ("mit allen Leuten", None),
        ("haben keine Leute", None),
        ("Halle mit 6 Leuten, Burg mit 8 Leuten", None),  # which of them, somebody has to ask
        ("", None),
    ],
)
def test_how_many_work_there(text, people):
    assert written_firms.people(text) == people


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("Span GmbH, Ring 4, 39288 Burg", "Span GmbH", ("Ring 4", "39288", "Burg")),
        ("Abel Guss (39104 Magdeburg)", "Abel Guss", ("", "39104", "Magdeburg")),
        ("Café Markt 4", "Café Markt 4", ("", "", "")),
        ("Müller  Bau", "Müller Bau", ("", "", "")),
        ("", "", ("", "", "")),
    ],
)
def test_a_name_and_what_stands_behind_it(text, name, there):
    found = written_firms.read(text)
    assert (found.name, tuple(found.there.values())) == (name, there)
