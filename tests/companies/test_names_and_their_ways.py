"""Firms, people and places in the ways that people write them: one under two names, and two that look alike."""

import doctest

import pytest

from tests.companies.importing.test_cells_that_mean_what_is_near import rows
from tests.companies.importing.test_cells_that_mean_what_is_near import verdict as verdict_on_rows
from tests.companies.rows import HERE, LINE, MAIL, THERE, TOWN, verdict
from wegweiser.companies.importing import name_cells
from wegweiser.companies.linkage.row import names, people, sites
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("module", [name_cells, names, people, sites])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


# --- Who is there --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "kept", "who"),
    [
        ("Herr Rehbein u. Frau Rehbein", "Herr Rehbein u. Frau Rehbein", (("", "rehbein"),)),
        ("Hr. u. Fr. Rehbein", "Hr. u. Fr. Rehbein", (("", "rehbein"),)),
        ("Herr und Frau Rehbein", "Herr und Frau Rehbein", (("", "rehbein"),)),
        ("Herr Rehbein / Frau Kain", "Herr Rehbein / Frau Kain", (("", "rehbein"), ("", "kain"))),
        ("Herr Detlef Rehbein", "Detlef Rehbein", (("detlef", "rehbein"),)),
        ("Frau Rehbein-Kain", "Rehbein-Kain", (("", "rehbein-kain"),)),
    ],
)
def test_of_two_who_are_greeted_none_is_taken_for_a_first_name(cell, kept, who):
    (row,) = rows(f"Pension Rehbein;{cell};Ring 2;39288;Burg;;\n")
    assert row.contact.name == kept
    assert people.people(row.contact.name) == who


def test_a_small_v_in_front_of_a_name_is_von_and_no_viktor():
    assert people.people("v. Wendelborn") == people.people("von Wendelborn") == (("", "wendelborn"),)
    assert people.people("V. Wendelborn") == (("v", "wendelborn"),)
    assert people.people("Albrecht v. Wendelborn") == (("albrecht", "wendelborn"),)


def test_the_couple_and_one_of_them_are_at_one_firm():
    one, other = rows(
        "Pension Rehbein;Herr Rehbein u. Frau Rehbein;Ring 2;39288;Burg;03921 41110;\n"
        "Gästehaus Rehbein;Detlef Rehbein;Ring 2;39288;Burg;03921 41110;\n"
    )
    assert verdict_on_rows(one, other) == Verdict.SURE


# --- Words of a name -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Elekrto Wendelborn", "Elektro Wendelborn"),
        ("Mlaer Wendelborn", "Maler Wendelborn"),
        ("Blumne Wendelborn", "Blumen Wendelborn"),
        ("Metalbua Wendelborn", "Metallbau Wendelborn"),
    ],
)
def test_two_letters_that_changed_places_are_one_slip(one, other):
    assert verdict(Known(name=one, **HERE, **LINE), Known(name=other, persons=("K. Wendelborn",), **HERE, **LINE)) == (
        Verdict.SURE
    )


@pytest.mark.parametrize(("one", "other"), [("Maler Wendelborn", "Mahler Wendelborn"), ("Elbe Guss", "Eble Guss")])
def test_short_words_of_two_firms_stay_two(one, other):
    other_house = {**HERE, "street": "Am Anger 2", "phones": ("+493915550999",)}
    assert verdict(Known(name=one, **HERE, **LINE), Known(name=other, **other_house)) < Verdict.SURE


# --- Brothers, and an office ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Known(name="Gebr. Wendelborn", **TOWN, **LINE), Known(name="Wendelborn Landtechnik OHG", **HERE, **LINE)),
        (Known(name="Brüder Wendelborn", trade="Weinbau", **HERE), Known(name="Wendelborn Weinbau GbR", **HERE)),
        (
            Known(name="Geschwister Wendelborn GbR", persons=("Wendelborn",), **HERE),
            Known(name="Ferienhof Wendelborn", persons=("M. Wendelborn",), **HERE),
        ),
        (
            Known(name="Schwestern Wendelborn GbR", persons=("Wendelborn",), **HERE),
            Known(name="Mode Wendelborn", persons=("S. Wendelborn",), **HERE),
        ),
    ],
)
def test_what_the_brothers_do_is_their_firm_where_a_number_or_a_house_leads_there(one, other):
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Known(name="Gebr. Wendelborn GbR", persons=("U. Wendelborn",), **HERE, **LINE),
            Known(name="Wendelborn Windkraft GmbH & Co. KG", persons=("U. Wendelborn",), **HERE, **LINE),
        ),
        (
            Known(name="Geschwister Wendelborn GbR", **HERE, **LINE),
            Known(name="Tischlerei Wendelborn", **HERE, phones=("+493915550199",)),
        ),
        (
            Known(name="Gebr. Wendelborn Fleischerei GbR", **HERE, **LINE),
            Known(name="Friseur Wendelborn", **HERE, **LINE),
        ),
    ],
)
def test_another_firm_of_the_family_is_not_that_of_the_brothers(one, other):
    assert verdict(one, other) < Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Known(name="Stiftung Schloss Wendelborn, Verwaltung", **TOWN, **LINE),
            Known(name="Stiftung Schloss Wendelborn", **HERE, **LINE),
        ),
        (
            Known(name="Agrargenossenschaft Altenhof eG - Verwaltung", **TOWN, **MAIL),
            Known(name="Agrargenossenschaft Altenhof eG", persons=("V. Kain",), **HERE, **MAIL),
        ),
        (Known(name="Gutsverwaltung Wendelborn", **HERE, **LINE), Known(name="Gut Wendelborn", **HERE, **LINE)),
        (
            Known(name="Lingua-Akademie Standort Magdeburg", **TOWN, **MAIL),
            Known(name="Lingua-Akademie Magdeburg", **HERE, **MAIL),
        ),
    ],
)
def test_the_office_behind_a_name_and_the_site_in_its_own_town_are_the_firm(one, other):
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Known(name="Wendelborn Verwaltungs GmbH", **HERE, **LINE),
            Known(name="Wendelborn GmbH", **HERE, **LINE),
        ),
        (
            Known(name="Wendelborn Hausverwaltung", **HERE, **LINE),
            Known(name="Wendelborn Bau", **HERE, **LINE),
        ),
        (
            Known(name="Wendelborn Bau, Verwaltung", **TOWN),
            Known(name="Wendelborn Bau", **HERE, **LINE),
        ),
        (
            Known(name="Lingua-Akademie Standort Magdeburg", **HERE, **MAIL),
            Known(name="Lingua-Akademie Standort Wernigerode", **THERE, **MAIL),
        ),
    ],
)
def test_who_manages_for_others_and_a_site_elsewhere_are_not(one, other):
    assert verdict(one, other) < Verdict.SURE


# --- Short first names ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("Kati", "Katharina"),
        ("Kati", "Katrin"),
        ("Toni", "Antonia"),
        ("Uli", "Ulrike"),
        ("Ulli", "Ulrich"),
        ("Dani", "Daniel"),
        ("Hajo", "Hans-Joachim"),
        ("Kalli", "Karl-Heinz"),
        ("Jenny", "Jennifer"),
        ("Manne", "Manfred"),
        ("Hotte", "Horst"),
        ("Holgi", "Holger"),
        ("Torsti", "Torsten"),
        ("Rolle", "Rolf"),
        ("Bernd", "Bernhard"),
    ],
)
def test_a_short_first_name_stands_for_each_that_it_may_be_short_for(short, whole):
    one = Known(name="Elektro Wendelborn", persons=(f"{short} Wendelborn",), **TOWN)
    other = Known(name="Elektro Wendelborn", persons=(f"{whole} Wendelborn",), **HERE)
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rolli", "Robert"),
        ("Holgi", "Horst"),
        ("Uli", "Uta"),
        ("Dani", "Dirk"),
        ("Andrea", "Andreas"),
        ("Katrin", "Katharina"),
        ("Anton", "Antonia"),
        ("Heike", "Heiko"),
        ("Simone", "Simon"),
        ("René", "Renate"),
        ("Marie", "Martin"),
        ("Harry", "Hartmut"),
    ],
)
def test_two_first_names_stay_two_though_they_begin_alike(one, other):
    rows = [Known(name="Elektro Wendelborn", persons=(f"{first} Wendelborn",), **TOWN) for first in (one, other)]
    assert verdict(*rows) < Verdict.SURE


def test_what_a_name_is_mostly_short_for_is_more_than_what_it_may_be():
    assert people.same(("uli", "wendelborn"), ("ulrich", "wendelborn")) == people.Same.PERSON
    assert people.same(("uli", "wendelborn"), ("ulrike", "wendelborn")) == people.Same.LIKELY


def test_where_each_has_a_line_of_its_own_toni_is_not_surely_antonia():
    one = Known(name="Elektro Wendelborn", persons=("Toni Wendelborn",), **TOWN, **LINE)
    other = Known(name="Elektro Wendelborn", persons=("Antonia Wendelborn",), **TOWN, phones=("+493915550199",))
    assert verdict(one, other) < Verdict.SURE


def test_the_wool_shop_is_nobody_called_wolfgang():
    assert names.parse("Bunte Wolle").words == ("bunte", "wolle")


# --- Others who work there -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kita Spatzennest", "Kindergarten Spatzennest"),
        ("Heimatmuseum Magdeburg", "Museum Magdeburg"),
        ("Grundschule Lindenplatz", "Grundschule am Lindenplatz"),
        ("Pflegeheim Haus Elbblick", "Haus Elbblick (Pflegeheim)"),
        ("Hotel Drei Kronen", "Hotel Drei Kronen"),
        ("Spedition Saaletrans", "Saaletrans Spedition"),
    ],
)
def test_two_who_are_named_at_a_house_with_staff_both_work_there(one, other):
    rows = (
        Known(name=one, persons=("Fr. Wendelborn",), **HERE),
        Known(name=other, persons=("Jana Kain",), **HERE, **LINE),
    )
    assert verdict(*rows) == Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        ("Café am Markt", "Café am Markt", {}),  # the next one keeps the name
        ("Fahrschule Nova", "Fahrschule Nova", {}),
        ("Hotel Drei Kronen", "Hotel Drei Kronen", {"remark": "seit 2024 neuer Pächter"}),
        ("Hotel Drei Kronen", "Hotel Drei Kronen", {"phones": ("+493917770188",)}),
        ("Kita Spatzennest", "Kita Spatzennest", {"street": "Am Anger 2"}),
        ("Grundschule Anna Wendel", "Hort Anna Wendel", {}),
    ],
)
def test_where_one_may_have_followed_the_other_or_there_are_two_houses_a_person_is_asked(one, other, more):
    first = Known(name=one, persons=("Fr. Wendelborn",), **HERE, **LINE)
    second = Known(**{"name": other, "persons": ("Jana Kain",), **HERE, **more})
    assert verdict(first, second) < Verdict.SURE


# --- The company, and what people call it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("informal", "company"),
    [
        ("Sanitär Wendelborn", "Wendelborn Haustechnik GmbH"),
        ("Taxi Wendelborn", "Wendelborn Personenbeförderung GmbH"),
        ("Zimmerei Wendelborn", "Wendelborn Holzbau GmbH"),
    ],
)
def test_what_people_call_a_company_is_the_company_at_that_number(informal, company):
    one = Known(name=informal, **TOWN, **LINE)
    assert verdict(one, Known(name=company, persons=("E. Wendelborn",), **HERE, **LINE)) == Verdict.SURE


@pytest.mark.parametrize(
    ("informal", "company", "more"),
    [
        ("Zimmerei Wendelborn", "Wendelborn Holzbau GmbH", {"persons": ("Otto Wendelborn",)}),
        ("Zimmerei Wendelborn", "Wendelborn Holzbau GmbH", {"remark": "Betrieb des Vaters"}),
        ("Zimmerei Wendelborn", "Wendelborn Holzbau GmbH", {"street": "Am Anger 2"}),
        ("Zimmerei Wendelborn", "Wendelborn Holzbau GmbH", HERE),  # the smithy of the father
        ("Spedition Wendelborn", "Wendelborn Immobilien GmbH", {}),
        ("Zimmerei Müller", "Müller Holzbau GmbH", {}),
    ],
)
def test_the_firm_of_another_of_the_family_is_not(informal, company, more):
    one = Known(**{"name": informal, **TOWN, **LINE, **more})
    named = "Müller" if "Müller" in company else "Wendelborn"
    assert verdict(one, Known(name=company, persons=(f"Jan {named}",), **HERE, **LINE)) < Verdict.SURE


# --- One name in a register ----------------------------------------------------------------------------------------

OTHERS = {"street": "Am Anger 2", **TOWN, "phones": ("+493917770188",), "emails": ("post@wendelborn.example",)}


@pytest.mark.parametrize("name", ["Metallbau Wendelborn GmbH", "Wohnungsgenossenschaft Elbaue eG"])
def test_no_register_has_two_companies_of_one_name_in_one_town(name):
    one = Known(name=name, persons=("Frau Otte",), **HERE, **LINE, **MAIL)
    assert verdict(one, Known(name=name, persons=("Ralf Wendelborn",), **OTHERS)) == Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        ("Metallbau Wendelborn GmbH", "Metallbau Wendelborn GmbH & Co. KG", {}),
        ("Wendelborn GmbH", "Wendelborn GmbH Transporte", {}),
        ("Metallbau Wendelborn GmbH", "Metallbau Wendelborn GmbH", {"place": "Wernigerode", "postcode": "38855"}),
        ("Metallbau Wendelborn GmbH", "Metallbau Wendelborn GmbH", {"register": "HRB 4711 Stendal"}),
        ("Metallbau Wendelborn", "Metallbau Wendelborn", {}),
        ("Metallbau GmbH", "Metallbau GmbH", {}),
    ],
)
def test_another_form_another_word_or_another_town_is_another_company(one, other, more):
    first = Known(name=one, register="HRB 1234 Stendal", **HERE, **LINE, **MAIL)
    assert verdict(first, Known(**{"name": other, **OTHERS, **more})) < Verdict.SURE


# --- Brands, English words, and words that cover too much ----------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Opel Wendelborn", "Autohaus Wendelborn"),
        ("Bosch Service Wendelborn", "Kfz-Werkstatt Wendelborn"),
        ("Stihl Wendelborn", "Motorgeräte Wendelborn"),
        ("Wendelborn Engineering", "Ingenieurbüro Wendelborn"),
        ("Wendelborn Real Estate", "Immobilien Wendelborn"),
        ("Wendelborn Print", "Druckerei Wendelborn"),
    ],
)
def test_a_brand_or_an_english_word_says_what_is_done(one, other):
    first = Known(name=one, persons=("Wendelborn",), **TOWN, **LINE)
    assert verdict(first, Known(name=other, persons=("J. Wendelborn",), **HERE, **LINE)) == Verdict.SURE


def test_a_brand_that_is_the_name_of_who_is_there_says_nothing():
    (brand, own) = (profile(1, Known(name="Opel Burg", persons=(who,), **HERE)) for who in ("Ute Kain", "Ute Opel"))
    assert brand.fields["opel"]
    assert "opel" not in own.fields


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Haus Sonnenblick", "Hausmeisterservice Wendelborn"),
        ("THW Magdeburg", "THW-Helfervereinigung Magdeburg e.V."),
        ("Museum Wendelborn", "Freundeskreis Museum Wendelborn e.V."),
    ],
)
def test_a_house_is_no_caretaker_and_the_friends_of_it_are_a_club_beside(one, other):
    first = Known(name=one, persons=("Herr Wendelborn",), **HERE, **LINE)
    assert verdict(first, Known(name=other, persons=("Wendelborn",), **HERE, **LINE)) < Verdict.SURE


# --- A name that many have -----------------------------------------------------------------------------------------


def test_one_initial_of_a_common_name_does_one_trade_in_a_small_town():
    one = Known(name="Schulz Elektroinstallation", persons=("N. Schulz",), **TOWN, phones=("+491714418823",))
    other = Known(name="Elektro Schulz", persons=("Norbert Schulz",), **HERE, **LINE)
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(
    "more",
    [
        {"phones": ("+493917770188",)},  # a second line in the ground
        {"street": "Am Anger 2"},
        {"name": "Schulz Fliesen"},
        {"persons": ("H. Schulz",)},
        {"postcode": "39106", "codes": ()},  # another part of a large town
        {"remark": "Bruder macht Heizung"},
    ],
)
def test_two_of_a_common_name_stay_two_where_anything_differs(more):
    one = Known(**{"name": "Schulz Elektroinstallation", "persons": ("N. Schulz",), **TOWN, **more})
    other = Known(name="Elektro Schulz", persons=("Norbert Schulz",), **HERE, **LINE)
    assert verdict(one, other) < Verdict.SURE


def test_of_an_endless_sector_only_the_beginning_is_read():
    long = profile(1, Known(name="Abel Guss GmbH", trade="Gießerei " + "ß" * 4_000))
    assert len(long.known.trade) == 200
    assert long.trade == profile(2, Known(name="Abel Guss GmbH", trade="Gießerei")).trade
