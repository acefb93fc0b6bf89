"""What enquirers write of their own firm reaches it by a click of who has read it, and never by itself."""

import pytest
from django.urls import reverse

from tests import contact_point, places
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies import queries
from wegweiser.companies.actions import companies, facts
from wegweiser.companies.models import Company, Fact
from wegweiser.crossings import firms, told_of_firms
from wegweiser.enquiries.models import Enquirer
from wegweiser.kernel import clock

FIRM, TEXT = (
    "Tischlerei Span & Sohn, 39576 Stendal",
    "Wir sind eine tischlerei mit 6 leuten und suchen eine Aufmaß-App.",
)


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client


@pytest.fixture
def case(world):
    row = contact_point.case(world.lead, firm=FIRM, text=TEXT)
    firms.link(case=row, by=BY)
    return row


def page(case):
    return reverse("desk:case", kwargs={"uuid": case.uuid})


def offered(anna, case):
    form = anna.get(page(case)).context["forms"].get("told")
    return form.initial if form else {}


def size(case):
    return queries.known(case.company, Fact.Kind.SIZE, clock.today())


def test_it_is_offered_and_stands_nowhere_before(anna, case):
    assert offered(anna, case) == {"people": 6, "postcode": "39576", "place": "Stendal"}
    assert "Im Anliegen steht mehr über den Betrieb" in anna.get(page(case)).text
    assert size(case) is None
    assert Company.objects.get().place == ""


def test_taken_it_is_the_firms_own_word_of_that_day_with_its_source(anna, case):
    anna.post(page(case), {"do": "told", "told-people": "7", "told-postcode": "39576", "told-place": "Stendal"})
    firm, fact = Company.objects.get(), size(case)
    assert (firm.name, firm.postcode, firm.place) == ("Tischlerei Span & Sohn", "39576", "Stendal")
    assert (fact.value, fact.origin, fact.valid_from) == ("micro", "declared", MONDAY.date())
    assert (fact.details["employees_max"], fact.details["case"]) == (7, str(case.uuid))
    said = "Aus dem Anliegen beim Betrieb eingetragen: 7 Personen, 39576 Stendal."
    assert case.thread.order_by("id").last().text == said
    assert offered(anna, case) == {}


def test_the_district_of_the_address_is_offered_with_it(anna, case):
    places.load()
    assert offered(anna, case)["district"] == places.STENDAL
    sent = {"told-postcode": "39576", "told-place": "Stendal", "told-district": places.STENDAL}
    anna.post(page(case), {"do": "told", **sent})
    district = queries.known(case.company, Fact.Kind.DISTRICT, clock.today())
    assert (district.value, district.origin) == (places.STENDAL, "declared")
    assert case.thread.order_by("id").last().text.endswith("39576 Stendal, Stendal.")


def test_what_somebody_empties_stays_open(anna, case):
    anna.post(page(case), {"do": "told", "told-people": "", "told-postcode": "39576", "told-place": "Stendal"})
    assert size(case) is None
    assert offered(anna, case) == {"people": 6}


def test_what_is_known_is_neither_offered_nor_overwritten(anna, case):
    facts.declare(company=case.company, kind=Fact.Kind.SIZE, value="small", valid_from=clock.today(), by=BY)
    companies.put_right(company=case.company, name="Span & Sohn", place="Tangermünde", by=BY)
    assert offered(anna, case) == {}
    said = told_of_firms.Told(people=6, postcode="39576", place="Stendal")
    assert not told_of_firms.take(case=case, member=case.adviser, said=said, by=BY)
    assert (size(case).value, Company.objects.get().place) == ("small", "Tangermünde")


def test_an_address_in_the_name_of_the_firm_is_taken_out_of_it(anna, case):
    companies.put_right(company=case.company, name=FIRM, postcode="39576", place="Stendal", by=BY)
    assert offered(anna, case)["name"] == "Tischlerei Span & Sohn"
    anna.post(page(case), {"do": "told", "told-name": "Tischlerei Span & Sohn", "told-people": ""})
    assert Company.objects.get().name == "Tischlerei Span & Sohn"


def test_a_mistake_comes_back_beside_its_field(anna, case):
    answer = anna.post(page(case), {"do": "told", "told-postcode": "3957", "told-place": "Stendal"})
    assert answer.status_code == 422
    assert "postcode" in answer.context["forms"]["told"].errors
    assert Company.objects.get().place == ""


@pytest.mark.parametrize("why", ["covered", "restricted", "no firm", "no company"])
def test_where_it_is_nobodys_business_nothing_is_offered(anna, case, why):
    match why:
        case "covered":
            Company.objects.update(is_cover_name=True)
        case "restricted":
            Company.objects.update(restricted_at=clock.now())
        case "no firm":
            type(case).objects.update(company=None)
        case _:
            type(case).objects.update(enquirer=Enquirer.PRESS)
    assert offered(anna, case) == {}


def test_where_nothing_is_told_nothing_is_asked(world, django_assert_num_queries):
    row = contact_point.case(world.lead, firm="Fräserei Ölmann")
    firms.link(case=row, by=BY)
    with django_assert_num_queries(0):
        assert not told_of_firms.missing(row)
