"""Names of which one is half of the other, words that one holds of the other, and what a register gives a firm."""

import pytest

from tests.companies.rows import HERE, LINE, TOWN, verdict
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.linkage.weighing.verdicts import Verdict

BURG = {"postcode": "39288", "place": "Burg"}

# A word more that a person has to look at: where all that is known besides is the postal code.
SAY_MORE = (
    ("Elektro Lampe", "Elektro Lampe Service GmbH"),
    ("Heizung Rehbein", "Rehbein Heizung Projekt GmbH"),
    ("Elbe Logistik GmbH", "Elbe Logistik Nord GmbH"),
    ("Lampe Tiefbau GmbH", "Lampe Hoch- und Tiefbau GmbH"),
    ("Stahlbau Elbaue GmbH", "Stahlbau Elbaue Montage GmbH"),
    ("Autohaus Lampe GmbH", "Autohaus Lampe Classic GmbH"),
    ("MVZ Magdeburg GmbH", "MVZ Magdeburg Nord GmbH"),
    ("Zahnarztpraxis Rehbein", "Zahnarztpraxis Rehbein Ost"),
    ("SV Fortuna Magdeburg e.V.", "SV Fortuna Magdeburg Tischtennis e.V."),
    ("Lebenshilfe Magdeburg e.V.", "Lebenshilfe Magdeburg Ost e.V."),
    ("Ruderclub Elbtreue e.V.", "Ruderclub Elbtreue Jugendhilfe e.V."),
    ("Bildungswerk der Wirtschaft Sachsen-Anhalt e.V.", "Bildungswerk Sachsen-Anhalt e.V."),
    ("Diakoniewerk Halle", "Diakoniewerk Halle Kita Regenbogen"),
)


@pytest.mark.parametrize(("one", "other"), SAY_MORE)
def test_a_word_more_in_one_town_may_be_another_firm(one, other):
    assert verdict(Known(name=one, **TOWN), Known(name=other, **TOWN)) == Verdict.UNSURE


@pytest.mark.parametrize(("one", "other"), SAY_MORE[2:9])
def test_the_very_same_number_says_that_the_word_was_left_out(one, other):
    assert verdict(Known(name=one, **HERE, **LINE), Known(name=other, **HERE, **LINE)) != Verdict.NO


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Elektro Lampe", "Lampe Elektrotechnik GmbH"),
        ("Tischlerei Rehbein", "Rehbein Tischlerei & Innenausbau"),
        ("Nähmaschinen Rehbein", "Rehbein Nähmaschinen & Service"),
        ("Pflegedienst Sonnhalde", "Amb. Pflege Sonnhalde GmbH"),
    ],
)
def test_half_a_name_is_enough_where_the_rest_says_the_same(one, other):
    assert verdict(Known(name=one, **TOWN), Known(name=other, **TOWN)) == Verdict.SURE


def test_a_word_that_the_trade_says_as_well_is_nothing_more():
    one = Known(name="Basalt Mammenau GmbH", trade="Steinbruch", **TOWN)
    other = Known(name="Steinbruch Mammenau Basalt KG", **TOWN)
    assert verdict(one, other) == Verdict.SURE


def test_a_service_is_no_other_firm_where_the_trade_is_told():
    one, other = (
        Known(name="Catering Rehbein", trade="Catering", **TOWN),
        Known(name="Rehbein Catering Service GmbH", **TOWN),
    )
    assert verdict(one, other) == Verdict.SURE


def test_a_hort_is_not_the_school_that_it_is_beside():
    one, other = (Known(name=name, **HERE) for name in ("Grundschule Lindenhof", "Hort Grundschule Lindenhof"))
    assert verdict(one, other) == Verdict.UNSURE
