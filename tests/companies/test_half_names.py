"""Names of which one is half of the other, words that one holds of the other, and what a register gives a firm."""

import doctest

import pytest

from tests.companies.rows import HERE, LINE, TOWN, firms, verdict
from wegweiser.companies.importing import values
from wegweiser.companies.linkage.pair import fitting
from wegweiser.companies.linkage.row import names, registers
from wegweiser.companies.linkage.row.profiles import Known, profile
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
    ("Fahrschule Rehbein", "Fahrschule Rehbein Mitte"),
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
        ("Elektro Lampe", "Elektro-Service Lampe GmbH"),
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


STENDAL, NO_COURT = {"register": "HRB 1234 Stendal"}, {"register": "HRB 1234"}
MUNICH = {"postcode": "80331", "place": "München"}


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        # Two courts, or nobody knows: each has a number 1234.
        (
            Known(name="Autohaus Müller GmbH", **BURG, **NO_COURT),
            Known(name="Autohaus Müller GmbH", **MUNICH, **NO_COURT),
            1,
        ),
        (Known(name="Müller Bau GmbH", **BURG, **NO_COURT), Known(name="Müller Hochbau GmbH", **MUNICH, **NO_COURT), 1),
        (Known(name="Rehbein Guss GmbH", **BURG, **STENDAL), Known(name="Rehbein Guss GmbH", **MUNICH, **NO_COURT), 1),
        # One court: the number says more than the place.
        (Known(name="Rehbein Guss GmbH", **BURG, **STENDAL), Known(name="Rehbein Guss GmbH", **TOWN, **STENDAL), 2),
        (
            Known(name="Rehbein Guss GmbH", **BURG, register="HRB 1234 B Charlottenburg"),
            Known(name="Rehbein Guss GmbH", **TOWN, register="HRB 01234 B Berlin Charlottenburg"),
            2,
        ),
        # A court that one row leaves out parts nothing, nor does a zero.
        (
            Known(name="Lampe Bau GmbH", **HERE, **LINE, **STENDAL),
            Known(name="Lampe Bau GmbH", **HERE, **LINE, **NO_COURT),
            2,
        ),
        (
            Known(name="Lampe Bau GmbH", **TOWN, **STENDAL),
            Known(name="Lampe Hochbau GmbH", **TOWN, register="HRB 01234"),
            2,
        ),
        # Another number, or another court.
        (
            Known(name="Lampe Bau GmbH", **HERE, **LINE, **STENDAL),
            Known(name="Lampe Bau GmbH", **HERE, **LINE, register="HRB 9"),
            1,
        ),
        (
            Known(name="Lampe Bau GmbH", **HERE, **LINE, **STENDAL),
            Known(name="Lampe Bau GmbH", **HERE, **LINE, register="HRB 1234 Jena"),
            1,
        ),
    ],
)
def test_a_number_of_a_register_is_one_of_a_court(one, other, said):
    assert verdict(one, other) == Verdict(said)


def test_rows_with_and_without_the_court_find_each_other():
    one = Known(name="Rehbein Guss GmbH", **BURG, **STENDAL)
    other = Known(name="Guss Rehbein GmbH", register="HRB 01234")
    assert {block for block in profile(1, one).blocks if block.startswith("r")} <= {*profile(2, other).asks}
    assert firms(one, other) == 1


def test_the_entries_of_a_register_in_the_docs_are_true():
    assert doctest.testmod(registers).failed == 0


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("HRB 01234 Stendal", "HRB 1234 Stendal"),
        ("HRB 1.234", "HRB 1234"),
        ("HRB 12 345 Jena", "HRB 12345 Jena"),
        ("HRB-Nr. 1234", "HRB 1234"),
        ("Registergericht: Amtsgericht Stendal, Registernummer: HRB 1234", "HRB 1234 Stendal"),
        ("HRB 1234 / AG Stendal", "HRB 1234 Stendal"),
        ("HRB 1234 B, GF: Karl Rehbein", "HRB 1234 B"),
        ("HRB 1234, 39288 Burg", "HRB 1234"),
        ("HRB 0", None),
    ],
)
def test_the_cell_of_a_register_gives_a_number_and_a_court(cell, told):
    assert values.register(cell) == told


HOUSE = {"street": "Markt 1", **BURG}

# Two names, though all letters of one are in the other, or all but one.
TWO_NAMES = (
    ("Wasserverband Burg", "Abwasserverband Burg"),
    ("Trinkwasserverband Elbaue", "Abwasserverband Elbaue"),
    ("Gartenbau Elbaue", "Gartenbauverein Elbaue"),
    ("Bäckerei Hein", "Bäckerei Heinrich"),
    ("Autohaus Wolf", "Autohaus Wolfram"),
    ("Bau Stein GmbH", "Bau Steinert GmbH"),
    ("Steuerberater Peter", "Steuerberater Petersen"),
    ("Gasthof Linde", "Gasthof Lindenhof"),
    ("Gasthof Linde", "Gasthof Lindemann"),
    ("Pension Sonne", "Pension Sonnenschein"),
    ("Hotel Adler", "Hotel Adlershof"),
    ("Dachdecker Lampe", "Dachdecker Lampert"),
    ("Blumen Reh", "Blumen Rehwald"),
    ("Bäckerei Krüger", "Bäckerei Kröger"),
    ("Maler Möller", "Maler Müller"),
    ("Elektro Metzger", "Elektro Fleischer"),
    ("Steuerberatung Schreiner", "Steuerberatung Tischler"),
)


@pytest.mark.parametrize("where", [BURG, HOUSE])
@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_a_name_that_goes_on_or_has_another_letter_is_another_name(one, other, where):
    assert verdict(Known(name=one, **where), Known(name=other, **where)) != Verdict.SURE


def test_two_who_drive_under_nearly_one_name_are_asked_about():
    assert verdict(Known(name="Fahrschule Jan Krüger", **BURG), Known(name="Fahrschule Jan Krügel", **BURG)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bäckerei Maier", "Bäckerei Mayer"),  # by ear
        ("Harzkristall Glas", "Harzkristallglas"),
        ("Rehfalk Guss", "Rehfalkguss"),
        ("Hof Lampe", "Lampehof"),
        ("Metzgerei Rehfalk", "Fleischerei Rehfalk"),
        ("Metzger Rehfalk", "Fleischer Rehfalk"),
        ("Möbel Rehfalk", "Rehfalks Möbel"),
    ],
)
def test_one_name_that_is_written_in_two_ways_is_one(one, other):
    assert verdict(Known(name=one, **HOUSE), Known(name=other, **HOUSE)) == Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"), [("Rehfuss Parkett", "Rehfuks Parkett"), ("Bäckerei Krüger", "Bäckerei Kröger")]
)
def test_a_slip_is_one_where_a_number_leads_to_both(one, other):
    assert verdict(Known(name=one, **HOUSE, **LINE), Known(name=other, **HOUSE, **LINE)) == Verdict.SURE


def test_what_a_rule_sets_aside_has_to_be_there():
    """Below -1 a rule gives way, unless it sets a sign aside: where there is none, nothing weighs the pair down but
    that it is unlikely."""
    herbs = Known(
        name="Kräuterwald",
        trade="Heilpraktiker",
        persons=("Ute Lampe",),
        emails=("info@kraeuterwald.example",),
        **(BURG | {"street": "Ring 2"} | LINE),
    )
    lamp = Known(name="Heilpraktikerin Lampe", emails=("lampe@praxis-lampe.example",), **HOUSE, **LINE)
    assert verdict(herbs, lamp) == Verdict.UNSURE


@pytest.mark.parametrize(
    ("school", "shop"),
    [
        ("Musikschule", "Musikhaus"),
        ("Hundeschule", "Hundesalon"),
        ("Fahrschule", "Fahrdienst"),
        ("Nähschule", "Nähmarkt"),
        ("Tanzakademie", "Tanzladen"),
    ],
)
def test_a_school_is_not_the_shop_of_the_same_thing(school, shop):
    one, other = (names.parse(f"{word} Rehbein") for word in (school, shop))
    assert fitting.covers(one.words[0], other.words[0]) == fitting.covers(other.words[0], one.words[0]) == 0
    assert verdict(Known(name=f"{school} Rehbein", **TOWN), Known(name=f"{shop} Rehbein", **TOWN)) != Verdict.SURE


def test_a_nursery_is_no_school():
    assert fitting.covers("baumschule", "baumschulhof") > 0
