"""Which firm is ticked at a request for an access before anybody looked: the one likely firm, else none."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contact_point import BY
from tests.journey import builders
from wegweiser.companies.actions import accesses, persons
from wegweiser.companies.models import Access, AccessRequest, Company
from wegweiser.kernel import clock

LIST = "/desk/betriebe/zugaenge/"
STATEMENTS = 29


@pytest.fixture
def firm(world):
    found = builders.company("Fräserei Ölmann")
    found.postcode, found.place, found.street = "39104", "Magdeburg", "Breiter Weg 1"
    found.save()
    return found


def ask(firm: str = "Fräserei Ölmann", mail: str = "uwe@gmx.de", name: str = "Uwe Neu") -> AccessRequest:
    started = accesses.start(email=mail, language="de", by=BY)
    return accesses.ask(asked=started, name=name, firm=firm, postcode="39104", place="Magdeburg", by=BY)


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


def test_the_oldest_is_looked_at_and_another_one_is_a_click_away(anna, firm):
    first, second = ask(), ask(mail="ute@gmx.de", name="Ute Alt", firm="Ganz neue GmbH")
    page = anna.get(LIST)
    assert page.context["row"]["asked"] == first
    assert f"?anfrage={second.uuid}" in page.text
    assert "2 Anfragen warten" in page.text
    other = anna.get(LIST, {"anfrage": second.uuid})
    assert (other.context["row"]["asked"], [row["asked"] for row in other.context["others"]]) == (second, [first])
    found = anna.get(LIST, {"anfrage": second.uuid, "q": "Fräserei"})
    assert (found.context["row"]["asked"], [hit["firm"] for hit in found.context["row"]["further"]]) == (second, [firm])
    anna.post(LIST, {"do": "no", "anfrage": first.uuid})
    assert anna.get(LIST).context["row"]["asked"] == second


def test_of_many_none_is_out_of_reach_and_they_cost_no_more_than_one(anna, firm, django_assert_num_queries):
    ask()
    anna.get(LIST)
    for number in range(3):
        with django_assert_num_queries(STATEMENTS):
            anna.get(LIST)
        for more in range(20):
            ask(mail=f"{number}-{more}@gmx.de", name=f"Uwe {number} {more}")
    last = anna.get(LIST, {"seite": "4"})
    assert "Uwe 2 19" in last.text
    assert "61 Anfragen warten" in last.text


def test_ten_firms_that_may_be_meant_cost_as_much_as_two(anna, firm, django_assert_num_queries):
    builders.company("Fräserei Ölmann Süd")
    ask()
    anna.get(LIST)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as statements:
            shown = anna.get(LIST).context["row"]["firms"]
        counts.append((len(shown), len(statements)))
        for more in range(4):
            builders.company(f"Fräserei Ölmann {number} {more}")
    (few, one), (many, other) = counts
    assert few < many
    assert one == other


def test_who_left_a_firm_and_asks_is_shown_as_such(anna, firm):
    uwe = persons.find_or_create(name="Uwe Neu", email="uwe@gmx.de", company=firm, by=BY)
    persons.leave(person=uwe, company=firm, since=clock.today(), by=BY)
    ask()
    page = anna.get(LIST).text
    assert "Person mit dieser E-Mail-Adresse arbeitet dort nicht mehr" in page
    assert "ist dort bekannt" not in page
