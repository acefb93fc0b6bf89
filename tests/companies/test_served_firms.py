"""A list makes no one of two firms that the house works with: who is let in at one would see all of the other."""

import pytest

from tests.journey import builders
from wegweiser.companies import accesses, queries
from wegweiser.companies import lists as reads
from wegweiser.companies.access_models import Access, Right
from wegweiser.companies.actions import accesses as acting
from wegweiser.companies.actions import lists, persons
from wegweiser.companies.models import Company, Merge
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")
ROW = "Firma;Straße;PLZ;Ort;E-Mail\nMödebeck GmbH;Weg 1;39104;Magdeburg;info@moedebeck.example\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """One is known by its mailbox, the other by its address; the row has both."""
    by_mail = Company.objects.create(name="Mödebeck Kühlgeräte GmbH", email="info@moedebeck.example")
    by_street = Company.objects.create(name="Kühlgeräte Mödebeck", street="Weg 1", postcode="39104", place="Magdeburg")
    return by_mail, by_street


def let_in(name: str, firm: Company) -> None:
    mail = f"{name.lower()}@post.example"
    person = persons.find_or_create(name=f"{name} Amsel", email=mail, company=firm, by=BY)
    acting.give(company=firm, person=person, right=Right.PERSONS, evidence=Access.Evidence.ADVISER, by=BY)


def take(text: str = ROW):
    return lists.take(opened=reads.open_list(text.encode()), name="liste.csv", by=BY)


def names(firm: Company) -> list[str]:
    return [row.person.name for row in accesses.of_firm(firm)]


def test_a_row_that_shows_two_firms_to_be_one_asks_where_people_are_let_in_at_both(two):
    by_mail, by_street = two
    let_in("Anna", by_mail)
    let_in("Bernd", by_street)
    would = reads.preview(reads.open_list(ROW.encode()))
    assert [plan.joined for plan in would.plans] == [()]
    did = take()
    assert did.proposed() == would.proposed()
    assert (names(by_mail), names(by_street)) == (["Anna Amsel"], ["Bernd Amsel"])
    (doubt,) = queries.doubts(clock.today())
    pair = {queries.root_of(doubt.one).pk, queries.root_of(doubt.other).pk}
    assert (pair, doubt.evidence != []) == ({by_mail.pk, by_street.pk}, True)


def test_what_else_hangs_on_both_keeps_them_two_as_well(two):
    by_mail, by_street = two
    let_in("Anna", by_mail)
    builders.step(by_street)
    take()
    assert queries.root_of(Company.objects.get(pk=by_mail.pk)) != queries.root_of(Company.objects.get(pk=by_street.pk))


def test_a_later_row_does_not_join_them_either(two):
    by_mail, by_street = two
    let_in("Anna", by_mail)
    let_in("Bernd", by_street)
    take()
    take(ROW + "Mödebeck Kühlgeräte GmbH;Weg 1;39104;Magdeburg;info@moedebeck.example\n")
    assert (names(by_mail), names(by_street)) == (["Anna Amsel"], ["Bernd Amsel"])


def test_where_the_house_works_with_one_of_them_they_are_one(two):
    by_mail, by_street = two
    let_in("Anna", by_mail)
    take()
    assert Merge.objects.filter(undone_at=None).count() == 2
    assert names(by_street) == ["Anna Amsel"]
