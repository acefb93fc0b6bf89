"""What a list of firms tells holds from the first contact that is known, unless the row or somebody says since when."""

import datetime as dt

import pytest

from tests.contact_point import BY
from tests.journey import builders
from wegweiser.companies import lists, queries
from wegweiser.companies.actions import companies, facts, list_undo
from wegweiser.companies.actions import lists as actions
from wegweiser.companies.models import Company, Fact, FirmList
from wegweiser.crossings import firm_lists
from wegweiser.journey import indicators
from wegweiser.journey.actions import steps
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

LIST = "Firma;Straße;PLZ;Ort;MA{more}\nKrevese GmbH;Weg 1;39104;Magdeburg;12{value}\n"
FIRST, LATER = dt.date(2025, 5, 5), dt.date(2025, 9, 1)


@pytest.fixture
def firm(world):
    """Known by its contacts alone."""
    made = companies.find_or_create(name="Krevese GmbH", street="Weg 1", postcode="39104", place="Magdeburg", by=BY)
    for day in (LATER, FIRST):
        builders.step(made, day=day)
    return made


def take(more="", value="", **said):
    text = LIST.format(more=more and f";{more}", value=value and f";{value}")
    return firm_lists.take(opened=lists.open_list(text.encode()), name="firmen.csv", by=BY, **said)


def by_size():
    row = indicators.figures(start=FIRST, end=clock.today(), keys=["contacts"])["contacts"]
    return {key: figure.value for key, figure in row.by["size"].items()}


def known_since(firm):
    fact = queries.known(firm, "size", clock.today())
    return fact.valid_from, fact.details.get("since")


def test_contacts_that_were_there_before_count_with_the_size_of_the_list(firm):
    assert by_size() == {"unknown": 2}
    frozen = clock.now()
    with clock.stopped_at(frozen + dt.timedelta(minutes=1)):
        take()
        assert Company.objects.get() == firm
        assert by_size() == {"small": 2}
        assert (
            indicators.figures(start=FIRST, end=clock.today(), keys=["contacts"], recorded_by=frozen)["contacts"]
            .by["size"]["unknown"]
            .value
            == 2
        ), "a frozen report stays what it was"
        first = queries.fact(firm, "size", FIRST)
    assert (first.valid_from, first.origin, first.details["since"]) == (FIRST, Fact.Origin.IMPORT, "contact")


def test_a_second_time_changes_nothing(firm):
    take()
    before = Fact.objects.count()
    take()
    assert firm_lists.reach_back(source=FirmList.objects.get(), by=BY) == 1
    assert Fact.objects.count() == before


def test_the_day_in_the_row_goes_before_everything(firm):
    take("Erstkontakt", "01.07.2025", facts_since=dt.date(2025, 1, 1))
    assert known_since(firm) == (dt.date(2025, 7, 1), None)
    assert by_size() == {"unknown": 1, "small": 1}


def test_the_day_that_was_said_of_the_list_goes_before_the_contacts_also_of_later_lists(firm):
    take(facts_since=dt.date(2025, 7, 1))
    assert known_since(firm) == (dt.date(2025, 7, 1), "said")
    facts.reach_back(company=firm, day=FIRST, by=BY)
    assert by_size() == {"unknown": 1, "small": 1}


def test_what_was_known_before_keeps_its_time(firm):
    facts.declare(company=firm, kind="size", value="micro", valid_from=LATER, by=BY)
    take(facts_since=dt.date(2025, 1, 1))
    assert by_size() == {"unknown": 1, "micro": 1}
    assert known_since(firm) == (LATER, None)


def test_a_contact_that_was_taken_back_is_none(firm):
    first = firm.steps.get(day=FIRST)
    steps.reverse(step=first, by=BY)
    take()
    assert known_since(firm) != (FIRST, "contact")
    assert queries.fact(firm, "size", FIRST) is None


def test_a_firm_without_contacts_holds_from_the_day_of_the_import(world):
    take()
    assert known_since(Company.objects.get()) == (clock.today(), None)


def test_a_day_to_come_is_refused(world):
    with pytest.raises(DomainError) as refusal:
        take(facts_since=clock.today() + dt.timedelta(days=1))
    assert refusal.value.code == "day_in_future"
    source = actions.upload(name="firmen.csv", data=LIST.format(more="", value="").encode(), by=BY)
    with pytest.raises(DomainError):
        actions.say_since(source=source, day=clock.today() + dt.timedelta(days=1), by=BY)


def test_the_queries_do_not_grow_with_the_firms_that_have_no_contacts(world, django_assert_num_queries):
    take()
    source = FirmList.objects.get()
    with django_assert_num_queries(1):
        assert firm_lists.first_contacts(source) == {}


def test_what_a_list_told_of_the_time_before_it_goes_with_it(firm):
    take()
    assert by_size() == {"small": 2}
    list_undo.undo(source=FirmList.objects.get(), by=BY)
    assert by_size() == {"unknown": 2}
    assert Company.objects.get() == firm
