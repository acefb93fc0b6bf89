"""Days of past contacts as people write them: of several the first, and what is only nearly told waits for a person."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies.importing import values
from wegweiser.consortium.models import PartnerRole
from wegweiser.journey.actions import histories
from wegweiser.journey.history import lists
from wegweiser.journey.models import ContactRow, Step
from wegweiser.kernel.errors import DomainError

TODAY = dt.date(2026, 11, 26)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("cell", "first"),
    [
        ("12./13.03.2019", "2019-03-12"),
        ("12.-13.03.2019", "2019-03-12"),
        ("12./13./14.03.2019", "2019-03-12"),
        ("12.03.2019 - 13.03.2019", "2019-03-12"),
        ("12.03. bis 13.03.2019", "2019-03-12"),
        ("28.02./01.03.19", "2019-02-28"),
        ("30.12.-02.01.2019", "2018-12-30"),
        ("12. und 13. März 2019", "2019-03-12"),
        ("30. März - 1. April 2019", "2019-03-30"),
        ("2019-03-12 – 2019-03-13", "2019-03-12"),
        ("12.03.2019 (Di)", "2019-03-12"),
        ("12.03.2019, Dienstag", "2019-03-12"),
        ("Di 12.03.2019", "2019-03-12"),
        ("Di/Mi, 12./13.03.2019", "2019-03-12"),
        ("12.03.2019, 14:00-16:00 Uhr", "2019-03-12"),
        ("13.03.2019 - 12.03.2019", None),
        ("12/2019", None),
        ("03/04/2019", None),
        ("Mrz 19", None),
    ],
)
def test_of_several_days_the_first_counts(cell, first):
    found = values.day(cell, today=TODAY)
    assert (found and found.isoformat()) == first


@pytest.fixture
def lead(db):
    PartnerRole.objects.create(
        partner=builders.partner("Lead"), kind="topic", topic=builders.topic(), valid_from=dt.date(2017, 1, 1)
    )


def take(day: str):
    text = f"Datum;Firma;Art;Partner\n{day};Abelguss;Besuch;Lead\n"
    return histories.take(opened=lists.open_list(text.encode()), name="alt.csv", grant_on=lambda day: "", by=BY)


def test_that_it_were_several_is_told(lead):
    (row,) = take("12./13.03.2019").rows
    assert [(told.column, told.reason) for told in row.contact.warnings] == [("Datum", "day_of_several")]
    assert Step.objects.get().day == dt.date(2019, 3, 12)


@pytest.mark.parametrize("day", ["03/2019", "März 2019", "Mrz 19", "32.1.2019", "03/04/2019"])
def test_a_row_that_tells_only_nearly_when_waits_for_its_day(lead, day):
    assert take(day).document()["held_rows"][0]["reason"] == "day_unsure"
    row = ContactRow.objects.get()
    for said, code in ((None, "day_missing"), (dt.date(2999, 1, 1), "day_in_future")):
        with pytest.raises(DomainError) as error:
            histories.settle(row=row, company=None, day=said, grant_on=lambda day: "", by=BY)
        assert error.value.code == code
    assert Step.objects.count() == 0
    histories.settle(row=row, company=None, day=dt.date(2019, 3, 12), grant_on=lambda day: "", by=BY)
    assert (Step.objects.get().day, Step.objects.get().company.name) == (dt.date(2019, 3, 12), "Abelguss")
    assert take(day).counts()["unchanged"] == 1


def test_a_sum_below_the_list_does_not(lead):
    assert [row.reason for row in take("Summe 2019").rejected] == ["no_day"]
