"""A firm's name that is its owner's: told by name and people, unless somebody said."""

import doctest

import pytest
from django.db.models import Q

from tests.contact_point import BY
from wegweiser.companies import sole_traders
from wegweiser.companies.actions import companies, merges, persons


@pytest.mark.one_database
def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(sole_traders).failed == 0


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("firm", "person", "is_theirs"),
    [
        ("Tischlerei Quappe", "Kurt Quappe", True),
        ("Orgelbau Quappe e. K.", "Dr. Kurt Quappe", True),
        ("Hotel Zur Post Inh. Anna Berg", "Anna Berg", True),
        ("Jana Ölmann Metallbau", "Fr. Oelmann", True),
        ("Müller-Lüdenscheid Optik", "Ina Müller-Lüdenscheid", True),
        ("Quappe Metallbau GmbH", "Kurt Quappe", False),
        ("Kurt Quappe Holzbau GbR", "Kurt Quappe", False),
        ("Quappe & Söhne", "Kurt Quappe", False),
        ("Gebr. Quappe", "Kurt Quappe", False),
        ("Tischlerei Kurt Quappe", "Anna Quappe", False),
        ("Alte Mühle", "Kurt Mühle", False),
        ("Tischlerei Abel", "Kurt Quappe", False),
    ],
)
def test_whose_name_a_firm_bears(firm, person, is_theirs):
    assert sole_traders.is_named_after(firm, person) is is_theirs


def firm(name="Tischlerei Quappe", *people, **given):
    made = companies.find_or_create(name=name, by=BY, **given)
    return made, [persons.find_or_create(name=one, company=made, by=BY) for one in people]


def asked(person):
    return [row.name for row in sole_traders.asked(person)]


def goes(*people):
    return sole_traders.of(people, Q(pk=None))


@pytest.mark.django_db
def test_the_only_one_there_takes_the_name_along_and_of_several_nobody_unasked():
    tischlerei, (kurt,) = firm("Tischlerei Quappe", "Kurt Quappe")
    assert (goes(kurt), asked(kurt)) == ([tischlerei.pk], [])
    abel = persons.find_or_create(name="Jens Abel", company=tischlerei, by=BY)
    assert (goes(kurt), asked(kurt)) == ([], ["Tischlerei Quappe"])
    assert (goes(abel), asked(abel)) == ([], [])


@pytest.mark.django_db
def test_what_was_said_of_the_firm_counts():
    tischlerei, (kurt, abel) = firm("Tischlerei Quappe", "Kurt Quappe", "Jens Abel")
    companies.say_owner(company=tischlerei, is_sole_trader=True, by=BY)
    assert (goes(kurt), goes(abel)) == ([tischlerei.pk], [])
    companies.say_owner(company=tischlerei, is_sole_trader=False, by=BY)
    assert (goes(kurt), goes(kurt, abel), asked(kurt)) == ([], [], [])


@pytest.mark.django_db
def test_a_name_that_two_of_them_have_is_asked_about():
    tischlerei, (kurt, anna) = firm("Tischlerei Quappe", "Kurt Quappe", "Anna Quappe")
    companies.say_owner(company=tischlerei, is_sole_trader=True, by=BY)
    assert (goes(anna), asked(anna), goes(kurt, anna)) == ([], ["Tischlerei Quappe"], [tischlerei.pk])


@pytest.mark.django_db
def test_every_row_of_the_firm_goes_and_the_forms_in_its_names_tell():
    one, (kurt,) = firm("Tischlerei Quappe", "Kurt Quappe")
    other, _ = firm("Tischlerei Quappe GmbH", street="Weg 1", is_another=True)
    merges.merge(loser=one, survivor=other, by=BY)
    assert (goes(kurt), asked(kurt)) == ([], [])
    third, _ = firm("Tischlerei Quappe e. K.", street="Weg 2", is_another=True)
    assert sole_traders.Firm([third, one], [kurt]).is_owned is True


@pytest.mark.django_db
def test_the_desk_is_told_who_is_called_like_the_firm():
    tischlerei, _ = firm("Tischlerei Quappe", "Jens Abel", "Kurt Quappe")
    assert sole_traders.namesake(tischlerei) == "Kurt Quappe"
