"""Which firm is ticked at a request for an access before anybody looked: the one likely firm, else none."""

import re

import pytest

from tests.contact_point import BY
from tests.journey import builders
from wegweiser.companies.actions import accesses
from wegweiser.companies.models import Access, AccessRequest, Company

LIST = "/desk/betriebe/zugaenge/"


@pytest.fixture
def firm(world):
    found = builders.company("Fräserei Ölmann")
    found.postcode, found.place, found.street = "39104", "Magdeburg", "Breiter Weg 1"
    found.save()
    return found


def ask(firm: str = "Fräserei Ölmann") -> AccessRequest:
    started = accesses.start(email="uwe@gmx.de", language="de", by=BY)
    return accesses.ask(asked=started, name="Uwe Neu", firm=firm, postcode="39104", place="Magdeburg", by=BY)


def ticked(page: str) -> list[str]:
    return re.findall(r'value="([^"]+)" checked', page)


def test_a_firm_is_ticked_where_it_is_the_only_likely_one(anna, firm):
    ask()
    assert ticked(anna.get(LIST).text) == [str(firm.uuid)]
    builders.company("Fräserei Ölmann")
    assert ticked(anna.get(LIST).text) == []


def test_where_little_speaks_for_a_firm_somebody_has_to_choose(anna, world):
    garage = builders.company("Autohaus Müller")
    Company.objects.filter(pk=garage.pk).update(place="Stendal", postcode="39576")
    asked = ask(firm="Müller")
    page = anna.get(LIST).text
    assert "Autohaus Müller" in page
    assert ticked(page) == []
    refused = anna.post(LIST, {"do": "yes", "anfrage": asked.uuid})
    assert (refused.status_code, "Bitte wählen Sie den Betrieb." in refused.text) == (422, True)
    assert not Access.objects.exists()


def test_a_firm_that_resembles_none_is_a_new_one(anna, world):
    ask(firm="Ganz neue GmbH")
    assert ticked(anna.get(LIST).text) == ["neu"]
