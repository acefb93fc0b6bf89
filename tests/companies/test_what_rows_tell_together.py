"""What lists say in passing: who writes, what a remark explains, which cells changed places, what rows tell as one."""

import doctest

import pytest
from benchmarks.companies import cells

from tests.companies.rows import HERE, LINE, TOWN, verdict
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage import grouping
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.pair import guilds, sharing
from wegweiser.companies.linkage.row import asides, names, people, profiles, trades
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database


def row(**told: str) -> Known:
    """A row as an import reads it."""
    from wegweiser.companies.importing.told import known_of

    read = cells.read([told], cells.OUTSIDERS_COLUMNS)[0]
    assert isinstance(read, Clean)
    return known_of(read)


@pytest.mark.parametrize("module", [people, profiles])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


# --- Cells ---------------------------------------------------------------------------------------------------------


def test_a_mail_and_a_number_that_changed_places_are_put_right():
    read = row(name="Blechwerk Torgelow", phone="info@torgelow.example", email="0391 5550100")
    assert read.emails == ("info@torgelow.example",)
    assert read.phones == ("+493915550100",)


def test_a_street_and_a_place_that_changed_places_are_put_right():
    read = row(name="Drallmann", street="Genthin", postcode="39307", place="Gewerbepark 8")
    assert (read.street, read.place) == ("Gewerbepark 8", "Genthin")


def test_a_place_in_the_cell_of_a_person_is_a_place_only_where_none_is_told():
    read = row(name="Ronald Sielaff", person="Güsten", street="Am Sportplatz 4")
    assert (read.place, read.persons) == ("Güsten", ())
    assert row(name="Sielaff", person="Güsten", street="Am Sportplatz 4", place="Calbe").persons == ("Güsten",)
    assert row(name="Sielaff", person="Güsten").persons == ("Güsten",)


def test_a_number_without_the_code_of_the_town_leads_to_the_firm_there_and_nowhere_else():
    one = row(name="Torben", place="Schönebeck", phone="411808")
    assert one.tails == ("411808",)
    here = Known(name="Fahrschule Grünphase", place="Schönebeck", phones=("+493928411808",))
    there = Known(name="Fahrschule Grünphase", place="Burg", phones=("+493921411808",))
    found = [len(sharing.shared_contact(profile(1, one), profile(2, other))) for other in (here, there)]
    assert found == [1, 0]


def test_who_came_stands_beside_the_firm_in_one_cell():
    for name in ("Fr. Kelchner (MBT)", "MBT / Fr. Kelchner", "Frau Kelchner, Fa. MBT"):
        made = profile(1, Known(name=name))
        assert (made.name.words, made.persons) == (("mbt",), (("", "kelchner"),))
    assert profile(1, Known(name="Frau Holle Betten")).persons == ()


# --- Names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Abel Guss Ges. m. beschr. Haftung",
        "ABEL GUSS GESELLSCHAFT MBH",
        "Abel Guss Gesellschaft m.b.H.",
        "Abel Guss Ges.m.b.H.",
        "Abel Guss Ltd.",
    ],
)
def test_a_company_is_one_however_its_form_is_written(name):
    assert (names.parse(name).words, names.parse(name).form) == (("abel", "guss"), "limited")


def test_two_initials_behind_a_family_name_are_two_of_a_family():
    name = names.parse("Zielinski J. u. M.")
    assert (name.words, name.initials, name.is_family) == (("zielinski",), ("j", "m"), True)
    assert names.parse("Trebbin & Trebbin Rechtsanwälte").is_family
    assert not names.parse("Trebbin & Kain Rechtsanwälte").is_family


def test_a_roman_number_is_a_number():
    first, second, other = map(names.parse, ("Windpark Kahle I GmbH", "WP Kahle 1 KG", "Windpark Kahle II GmbH"))
    assert first.words == second.words == ("windpark", "kahle", "1")
    assert other.numbers == {"2"}


# --- People --------------------------------------------------------------------------------------------------------


def test_who_married_is_the_same_under_an_initial():
    assert people.same(("friederike", "sommer-abel"), ("f", "abel")) == Same.LIKELY
    assert people.same(("friederike", "sommer-abel"), ("k", "abel")) == Same.NOBODY


@pytest.mark.parametrize(
    "address", ["info@abel.example", "hof.laden@abel.example", "einkauf@abel.example", "a@b.example"]
)
def test_a_mail_that_names_nobody(address):
    assert people.of_a_mail(address) is None


def test_who_is_told_by_a_mail_alone_never_speaks_against():
    one = Known(name="Metallbau Rehbein", persons=("Karl Rehbein",), **HERE)
    other = Known(name="Rehbein Metallbau", emails=("ute.rehbein@post.example",), **HERE)
    assert "other_first_name" not in compare(profile(1, one), profile(2, other)).evidence
    assert verdict(one, other) == Verdict.SURE


# --- Remarks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("remark", ["HRB Stendal", "HRA 1234, Sitz: Burg", "Engel ausgestiegen 2020"])
def test_a_register_or_a_partner_who_left_is_no_other_firm(remark):
    assert asides.read(remark).words == frozenset()


@pytest.mark.parametrize("remark", ["eigene HRB", "HRB eigen", "HRB separat", "eigenes Büro des Sohnes"])
def test_a_register_of_its_own_is_another_firm(remark):
    assert asides.read(remark).words


@pytest.mark.parametrize(
    ("remark", "continues"),
    [
        ("Sohn hat übernommen, Firma gleich", True),
        ("Betrieb vom Vater übernommen", True),
        ("GF-Wechsel, Tochter hat übernommen", True),
        ("Sohn; hat Altbetrieb NICHT übernommen", False),
        ("Sohn hat nicht übernommen", False),
        ("Nachfolger, hat zum 1.7.22 übernommen", False),
        ("Tochter, eigenes Gewerbe", False),
    ],
)
def test_whether_the_next_of_the_family_goes_on(remark, continues):
    assert asides.read(remark).continues is continues


def test_a_partnership_that_is_no_more_is_not_who_goes_on_alone():
    both = Known(name="Fahrschule Vorfahrt GbR", persons=("Jens Torber / Maik Kain",), **HERE, **LINE)
    alone = Known(
        name="Fahrschule Torber", persons=("Jens Torber",), remark="GbR aufgelöst, allein weiter", **HERE, **LINE
    )
    assert verdict(both, alone) == Verdict.UNSURE


# --- What is not to merge -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Klavierschule Tastenreich", "Klavierhaus Tastenreich"),
        ("WEG Parkweg 3", "Hausverwaltung Parkweg"),
        ("Tanzschule Wirbelig", "Ballettstudio Wirbelig e.V."),
    ],
)
def test_what_shares_house_and_half_a_name_and_is_two(one, other):
    assert verdict(Known(name=one, **HERE), Known(name=other, **HERE)) < Verdict.SURE


def test_a_tree_nursery_is_no_school():
    assert not trades.is_school("baumschule")
    assert trades.is_school("klavierschule")


def test_a_company_and_a_craftsman_of_its_name_somewhere_in_town_are_left_to_a_person():
    one = Known(name="Elektro Pagelow GmbH", street="Ring 2", **TOWN)
    other = Known(name="J. Pagelow Elektromeister", postcode="39124", place="Magdeburg")
    assert verdict(one, other) == Verdict.UNSURE
    many = Known(name="Dachdecker Müller GmbH", **TOWN), Known(name="Müller Dachdeckerei", place="Magdeburg")
    assert verdict(*many) == Verdict.UNSURE


def test_the_owners_of_a_house_are_not_who_manages_it():
    one, other = (profile(1, Known(name=name)) for name in ("WEG Parkweg 3 c/o Abel", "Hausverwaltung Abel"))
    assert guilds.is_the_house(one, other)
    assert not guilds.is_the_house(one, one)


# --- Rows together --------------------------------------------------------------------------------------------------


FAIR = Known(name="Messebau Wandelgang 7", trade="Messebau", website="wandelgang7.example", **HERE, **LINE)
OWNER = Known(name="Wandelgang Sieben GmbH", persons=("B. Oelsnitz",), website="wandelgang7.example", **HERE)
THIN = Known(name="Oelsnitz Messebau", **TOWN, **LINE)


@pytest.mark.parametrize("order", [(FAIR, OWNER, THIN), (FAIR, THIN, OWNER), (THIN, OWNER, FAIR)])
def test_one_row_has_the_number_and_another_who_answers(order):
    groups = grouping.Groups()
    for number, one in enumerate(order):
        groups.place(profile(number, one))
    assert len({groups.root(number) for number in range(3)}) == 1
    assert verdict(FAIR, THIN) < Verdict.SURE
    assert verdict(OWNER, THIN) < Verdict.SURE


def test_two_companies_of_a_register_do_not_lend_each_other_people():
    saw = Known(name="Sägewerk Bodeforst GmbH", persons=("Ingo Tiefenau",), **HERE, **LINE)
    thin = Known(name="Bodeforst Sägewerk Tiefenau", persons=("I. Tiefenau",), **HERE, **LINE)
    pellets = Known(name="Bodeforst Pellets GmbH", persons=("Ingo Tiefenau",), **HERE, **LINE)
    groups = grouping.Groups()
    for number, one in enumerate((saw, thin, pellets)):
        groups.place(profile(number, one))
    assert groups.root(0) == groups.root(1) != groups.root(2)


def test_who_was_told_to_be_two_stays_two_whatever_the_rows_tell_together():
    groups = grouping.Groups()
    groups.keep_apart([(0, 2)])
    for number, one in enumerate((FAIR, OWNER, THIN)):
        groups.place(profile(number, one))
    assert groups.root(0) != groups.root(2)
