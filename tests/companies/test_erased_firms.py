"""Of an erased firm nothing leads back to who it was: neither its town, where it may be the only one of its craft, nor
what other firms say of who owns them.
"""

import datetime as dt
from decimal import Decimal

import pytest

from tests.journey import builders
from wegweiser.companies.actions import erasures, persons, sizes
from wegweiser.companies.models import Company, Share
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")
DAY = dt.date(2025, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    found = builders.company("Orgelbau Quappe e. K.", size="small", district="15090")
    found.street, found.postcode, found.place, found.is_sole_trader = "Dorfstr. 1", "39606", "Osterburg", True
    found.save()
    return found


def share(name: str, kind: str) -> None:
    holding = Company.objects.get_or_create(name="Holding GmbH")[0]
    sizes.add_share(
        company=holding, direction="owner", kind=kind, percent=Decimal(30), name=name, valid_from=DAY, by=BY
    )


def named() -> set[str]:
    return set(Share.objects.values_list("name", flat=True))


def test_neither_code_nor_town_is_left_but_the_district_is(firm):
    erasures.erase_company(company=firm, restrict=False, by=BY)
    firm = Company.objects.get(pk=firm.pk)
    assert (firm.postcode, firm.place, firm.town_key) == ("", "", "")
    assert set(firm.facts.values_list("kind", "value")) == {("size", "small"), ("district", "15090")}


def test_a_restricted_firm_keeps_where_it_is(firm):
    erasures.erase_company(company=firm, restrict=True, by=BY)
    assert Company.objects.get(pk=firm.pk).place == "Osterburg"


def test_who_was_erased_before_loses_the_town_with_the_next_run(firm):
    Company.objects.filter(pk=firm.pk).update(name=erasures.NAMELESS, street="", is_cover_name=True)
    Company.objects.filter(pk=firm.pk).update(recorded_at=clock.now() - dt.timedelta(days=2000))
    erasure.run(day=clock.today(), by=BY)
    assert Company.objects.get(pk=firm.pk).place == ""


def test_other_firms_name_neither_it_nor_its_owner(firm):
    kurt = persons.find_or_create(name="Kurt Quappe", email="kurt@quappe.example", company=firm, by=BY)
    share("Orgelbau Quappe e. K.", "enterprise")
    share("Kurt  Quappe", "person")
    share("Lea Kain", "person")
    share("Kain GmbH", "enterprise")
    erasures.erase_company(company=firm, restrict=False, by=BY)
    assert named() == {"", "Kurt Quappe", "Lea Kain", "Kain GmbH"}
    erasures.erase_person(person=kurt, restrict=False, by=BY)
    assert named() == {"", "Lea Kain", "Kain GmbH"}
    assert Share.objects.count() == 4, "they go on counting"
