"""One firm under other words, told by who is there and what is done; and where the same speaks for two."""

import doctest
from dataclasses import replace

import pytest
from django.utils import translation

from tests.companies.rows import HERE, LINE, TOWN, verdict
from wegweiser.companies import keys
from wegweiser.companies.linkage import grouping
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.row import names, people, profiles, staff, trades, whereabouts
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict
from wegweiser.consortium.gazetteer import Gazetteer, Place
from wegweiser.web.desk import merging

pytestmark = pytest.mark.one_database
MOBILE = {"phones": ("+491715550100",)}


@pytest.mark.parametrize("module", [keys, names, people, profiles, staff])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Karl Abel", "Abel, Karl", people.Same.PERSON),
        ("Hr. Dipl.-Ing. Karl Abel", "ABEL KARL", people.Same.PERSON),
        ("Conny Abel", "Cornelia Abel", people.Same.PERSON),
        ("Stephan Rehbein", "Stefan Rehbain", people.Same.PERSON),
        ("K.-H. Abel", "Karl-Heinz Abel", people.Same.LIKELY),
        ("J. Abel", "Jens Abel", people.Same.LIKELY),
        ("Frau Abel", "Eva Abel", people.Same.FAMILY),
        ("Schmiedemeister Abel", "Abel", people.Same.FAMILY),
        ("Eva A.", "Eva Abel", people.Same.PERSON),
        ("Josef Abel", "Josefine Abel", people.Same.OTHER),
        ("Martin Abel", "Martina Abel", people.Same.OTHER),
        ("Eva Abel", "Ina Abel-Kain", people.Same.NOBODY),
        ("Eva Abel", "Karl Kain", people.Same.NOBODY),
    ],
)
def test_whether_two_are_one_person(one, other, found):
    assert max(people.same(left, right) for left in people.people(one) for right in people.people(other)) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Known(name="Rehbein Security", persons=("T. Kuhnt",), **HERE, **LINE),
            Known(name="Wachschutz Rehbein GmbH", persons=("Tim Kuhnt",), **HERE, **LINE),
        ),
        (  # the name is nobody's: a person and the address are enough
            Known(name="Sonnenklar Augenoptik", persons=("Eva Rehbein",), **HERE, **LINE),
            Known(name="Brillen Sonnenklar", persons=("E. Rehbein",), **HERE, **MOBILE),
        ),
        (  # what is done stands beside
            Known(name="Rehbein Spezialitäten", trade="Wurstwaren", persons=("Eva Rehbein",), **HERE, **LINE),
            Known(name="Landfleischerei Rehbein", persons=("Eva Rehbein",), **HERE, **LINE),
        ),
        (  # who is named, and reached
            Known(name="Naturheilpraxis Morgenstern", persons=("Eva Rehbein",), **HERE, **LINE),
            Known(name="Heilpraktikerin Eva Rehbein", persons=("Rehbein",), **HERE, **LINE),
        ),
        (  # within the town
            Known(name="Rehbein Metallbau GmbH", persons=("Karl Rehbein",), emails=("info@rehbein.example",), **HERE),
            Known(
                name="Rehbein & Söhne Metallbau GmbH",
                persons=("Rehbein, Karl",),
                emails=("info@rehbein.example",),
                street="Am Anger 9",
                **TOWN,
            ),
        ),
        (  # nothing leads to both, but the same person does the same in one town
            Known(name="Klempnerei Rehbein", persons=("Karl Rehbein",), **TOWN, **LINE),
            Known(name="Rehbein Karl Installateur", **TOWN),
        ),
        (
            Known(name="Gerüstbau Rehbein", persons=("Steve Rehbein",), **HERE, **LINE),
            Known(name="Rehbein Gerüste GmbH", persons=("St. Rehbein",), **HERE, **MOBILE),
        ),
        (
            Known(name="Hofladen Rehbein", street="Am Anger 2", **TOWN),
            Known(name="Hofladen Rehbein", street="Anger 2", **TOWN),
        ),
        (
            Known(name="Gasthof Drei Rehe", street="Markt 3", **TOWN),
            Known(name="Gasthof 3 Rehe", street="Markt 3", **TOWN),
        ),
        (
            Known(name="Buchhandlung Rehbein", street="Burger Dorfstr. 2", place="Burg"),
            Known(name="Rehbein Buchhandlung", street="Dorfstraße 2", place="Burg"),
        ),
    ],
)
def test_one_firm_under_other_words(one, other):
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # the same people do something else there
            Known(name="Naturheilpraxis Rehbein", persons=("Eva Rehbein",), **HERE, **LINE),
            Known(name="Yogaschule Rehbein", persons=("Eva Rehbein",), **HERE, **LINE),
        ),
        (
            Known(name="Sonnenklar Pellets", trade="Brennstoffe", persons=("Karl Rehbein",), **HERE, **LINE),
            Known(name="Sägewerk Sonnenklar", persons=("Karl Rehbein",), **HERE, **LINE),
        ),
        (  # two companies, each with its own entry in the register
            Known(name="Rehbein Fensterbau GmbH", persons=("Eva Rehbein",), **HERE, **LINE),
            Known(name="Rehbein Bauelemente GmbH", persons=("Eva Rehbein",), **HERE, **LINE),
        ),
        (
            Known(name="Holzbau Rehbein", persons=("Eva Rehbein",), **HERE, **LINE),
            Known(name="Holzhandel Rehbein", persons=("Eva Rehbein",), **HERE, **LINE),
        ),
        (  # father and son
            Known(name="Tischlerei Rehbein sen.", persons=("Karl Rehbein",), **HERE),
            Known(name="Tischlerei Rehbein jun.", persons=("Karl Rehbein",), **HERE),
        ),
        (  # an initial is not enough where many are called so and nothing leads to both
            Known(name="Klempnerei Lehmann", persons=("Karl Lehmann",), **TOWN),
            Known(name="K. Lehmann Installateur", **TOWN),
        ),
        (  # a double name is one name
            Known(name="Rehbein-Kuhnt Reisen", persons=("Eva Rehbein-Kuhnt",), **TOWN, **LINE),
            Known(name="Rehbein-Kuhnt Taxi", persons=("Rehbein-Kuhnt",), **TOWN, **LINE),
        ),
        (  # a name that two have in one town
            Known(name="Sonnenklar", persons=("Eva Rehbein",), trade="Optik", **TOWN),
            Known(name="Sonnenklar", persons=("Tim Kuhnt",), trade="Solaranlagen", **TOWN),
        ),
        (  # two doors, two telephones
            Known(name="Rehbein", street="Weg 3", **TOWN, **LINE),
            Known(name="Rehbein Rinder", street="Weg 3a", phones=("+493915550199",), **TOWN),
        ),
        (  # who shares rooms
            Known(name="Praxis Rehbein & Kuhnt", persons=("Dr. Kuhnt",), **HERE, **LINE),
            Known(name="Praxis Rehbein", persons=("Dr. Rehbein",), **HERE, **LINE),
        ),
        (
            Known(name="Sonnenklar Energie Service UG", emails=("service@sonnenklar.example",), **TOWN, **LINE),
            Known(name="Sonnenklar Energie", emails=("info@sonnenklar.example",), phones=("+493915550199",), **TOWN),
        ),
    ],
)
def test_what_may_be_two_is_left_to_a_person(one, other):
    assert verdict(one, other) == Verdict.UNSURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Known(name="Rehbein", website="https://www.facebook.com/rehbein"),
            Known(name="Kuhnt", website="https://www.facebook.com/kuhnt"),
        ),
        (
            Known(name="Metallbau Rehbein", emails=("a@posteo.net",)),
            Known(name="Rehbein Maler", emails=("b@posteo.net",)),
        ),
    ],
)
def test_a_page_or_a_mailbox_of_everybody_leads_to_nobody(one, other):
    assert verdict(one, other) == Verdict.NO


def test_the_restaurant_in_a_hotel_is_not_the_hotel():
    one = Known(name="Restaurant Seerose im Hotel Sonnenklar", **HERE, **LINE)
    assert verdict(one, Known(name="Hotel Sonnenklar GmbH", **HERE, **LINE)) != Verdict.SURE
    assert verdict(one, Known(name="Seerose", **HERE, **LINE)) == Verdict.SURE


def test_a_name_from_the_trade_is_a_name_where_somebody_is_called_so():
    one = Known(name="Rotzahn Fahrradkurier", persons=("Ina Rotzahn",), **TOWN, **MOBILE)
    other = Known(name="Ina Rotzahn Kurierdienst", persons=("Ina R.",), **TOWN, **MOBILE)
    assert verdict(one, other) == Verdict.SURE


def test_a_third_row_brings_two_words_for_one_trade_together_and_not_two_trades():
    def placed(trade: str) -> bool:
        groups = grouping.Groups()
        rows = (
            Known(name="Rehbein Taxi", persons=("Eva Rehbein",), **HERE, **LINE),
            Known(name=f"Rehbein {trade}", persons=("Eva Rehbein",), street="Weg 1", **TOWN, **LINE),
            Known(name="Rehbein", persons=("Eva Rehbein",), **TOWN, **LINE),
        )
        for number, row in enumerate(rows):
            groups.place(profile(number, row))
        return groups.root(0) == groups.root(1)

    assert placed("Mietwagen")
    assert not placed("Blumen")


PLACES = Gazetteer(
    (
        Place("Burg", "15086", "", 52.27, 11.86, 22_000, ("39288",)),
        Place("Aken", "15082", "", 51.85, 12.04, 7_000, ("06385",)),
        Place("Wernigerode", "15085", "", 51.83, 10.78, 32_000, ("38855",)),
    )
)


def located(**told: str) -> Known:
    return whereabouts.located(Known(name="Hinz Elektro", persons=("Gerald Hinz",), **told), lambda: PLACES)


def test_a_postal_code_and_a_place_are_held_against_each_other():
    code = located(postcode="39288")
    assert code.town == "Burg"
    assert verdict(code, located(place="Burg")) == Verdict.SURE
    assert verdict(code, located(place="BRG")) == Verdict.SURE
    assert verdict(code, located(place="Aken")) == Verdict.UNSURE
    evidence = compare(profile(1, code), profile(2, located(place="Aken"))).evidence
    assert "different_place" in evidence


def test_who_says_nothing_is_not_looked_up():
    def unasked() -> Gazetteer:
        raise AssertionError

    known = Known(name="Hinz", phones=("+491715550100",))
    assert whereabouts.located(known, unasked) is known


def test_a_row_without_a_place_is_found_in_the_town_of_its_code():
    groups = grouping.Groups()
    groups.know(profile(1, located(place="Burg")))
    assert [key for key, _ in groups.index.alike(profile(2, located(postcode="39288")))] == [1]


def test_a_person_reads_of_the_trade_in_words():
    with translation.override("de"):
        assert merging.words(["same_trade", "other_trade"]) == ["gleiche Tätigkeit", "andere Tätigkeit"]
    assert merging.speaks_for("same_trade")
    assert not merging.speaks_for("other_trade")


def test_a_street_without_a_town_leads_nowhere():
    one, other = Known(name="Rehbein Metallbau GmbH", street="Weg 9"), Known(name="Metallbau Kain", street="Weg 9")
    assert verdict(one, other) == Verdict.NO
    assert verdict(replace(one, **TOWN), replace(other, **TOWN)) == Verdict.UNSURE


def test_a_bare_word_for_what_many_are_leads_to_none_of_them():
    practice, farm = profile(1, Known(name="Praxis", **TOWN)), profile(2, Known(name="Sonnenhof", **TOWN))
    assert not any(block.startswith("w") for block in practice.blocks)
    assert any(block.startswith("w") for block in farm.blocks)


def test_what_a_doctor_of_teeth_or_animals_does_is_told():
    assert names.parse("Dr. med. dent. Ute Abel").words == ("zahnarzt", "ute", "abel")
    assert names.parse("Dr. med. vet. Abel").words == ("tierarzt", "abel")


def test_a_plus_at_the_end_of_a_word_is_one():
    assert names.parse("Energie+ Beratung").words == ("energie", "plus", "beratung")
    assert names.parse("Abel+Kain").words == names.parse("Abel + Kain").words == ("abel", "kain")


def test_what_is_done_under_two_words_is_one():
    assert trades.fields_of("Galerie") & trades.fields_of("Kunsthandel")
    assert not trades.fields_of("Galerie") & trades.fields_of("Kunsthandwerk")
    assert trades.are_related(trades.fields_of("Tonstudio"), trades.fields_of("Veranstaltungstechnik"))


def test_a_family_name_that_holds_a_word_for_a_trade_is_a_name():
    """Kranzler sells no wreaths: who has the name behind a first name has the firm."""
    one = Known(name="Steinmetz Sebastian Kranzler", persons=("Sebastian Kranzler",), **HERE)
    other = Known(name="Rudolf Kranzler Steinmetzbetrieb", **HERE)
    assert verdict(one, other) == Verdict.UNSURE
