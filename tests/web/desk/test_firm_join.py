"""Two entries of one person at a firm: shown as such, and made one by who sees both."""

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from wegweiser.companies.actions import merges, persons
from wegweiser.companies.models import Person


@pytest.fixture
def firm(world):
    return builders.company("Fräserei Ölmann")


@pytest.fixture
def twins(firm):
    return [persons.find_or_create(name=name, company=firm, by=BY) for name in ("Klaus Müller", "Klaus Mueller")]


def people(firm):
    return reverse("desk:firm_accesses", kwargs={"uuid": firm.uuid})


def join(firm, person):
    return reverse("desk:firm_person_join", kwargs={"uuid": firm.uuid, "person": person.uuid})


def test_who_may_be_there_twice_is_shown_and_made_one(anna, world, firm, twins):
    klaus, double = twins
    persons.find_or_create(name="Uwe Kain", company=firm, by=BY)
    contact_point.case(world.lead, company=firm, person=double)
    assert "Vielleicht ist hier jemand doppelt" in anna.get(reverse("desk:company", kwargs={"uuid": firm.uuid})).text
    assert "Vielleicht dieselbe Person wie Klaus Mueller" in anna.get(people(firm)).text
    page = anna.get(join(firm, klaus))
    labels = [label for _value, label in page.context["form"].fields["other"].choices]
    assert labels == [
        "Klaus Mueller, Fräserei Ölmann, 1 Anliegen – vielleicht dieselbe",
        "Uwe Kain, Fräserei Ölmann",
    ]
    said = anna.post(join(firm, klaus), {"other": double.uuid}, follow=True)
    assert "„Klaus Mueller“ und „Klaus Müller“ sind jetzt eine Person." in said.text
    assert not Person.objects.filter(pk=double.pk).exists()
    assert klaus.cases.count() == 1
    assert "Vielleicht" not in anna.get(people(firm)).text


def test_after_a_merge_those_who_were_at_both_are_shown(anna, firm):
    other = builders.company("Oelmann Frästechnik")
    persons.find_or_create(name="Jörg Ständer", email="joerg@b.example", company=firm, by=BY)
    persons.find_or_create(name="Ständer", company=other, by=BY)
    assert "Vielleicht dieselbe" not in anna.get(people(firm)).text
    merges.merge(loser=other, survivor=firm, by=BY)
    assert "Vielleicht dieselbe Person wie Ständer" in anna.get(people(firm)).text


def test_nothing_chosen_is_refused_and_a_stranger_is_no_choice(anna, firm, twins):
    stranger = persons.find_or_create(name="Fremd", company=builders.company("Abel"), by=BY)
    assert anna.post(join(firm, twins[0]), {}).status_code == 422
    assert anna.post(join(firm, twins[0]), {"other": stranger.uuid}).status_code == 422
    assert anna.get(join(firm, stranger)).status_code == 404
    assert Person.objects.count() == 3


def test_many_cost_as_much_as_two(anna, firm, twins, django_assert_num_queries):
    anna.get(join(firm, twins[0]))
    for number in range(2):
        with django_assert_num_queries(STATEMENTS):
            anna.get(join(firm, twins[0]))
        persons.find_or_create(name=f"Kollege {number}", company=firm, by=BY)


STATEMENTS = 12
