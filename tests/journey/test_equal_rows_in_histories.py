"""Equal rows of a list of past contacts: as many people where they name nobody, else the same told twice."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.consortium.models import PartnerRole
from wegweiser.journey.actions import histories
from wegweiser.journey.history import lists
from wegweiser.journey.models import ContactList, ContactRow, Step

GUESTS = "Datum;Art;Firma;Teilnehmer;Partner\n" + "12.03.2020;Sprechtag;;1;{}\n" * 5


@pytest.fixture
def lead(db):
    PartnerRole.objects.create(
        partner=builders.partner("Lead"), kind="topic", topic=builders.topic(), valid_from=dt.date(2017, 1, 1)
    )


def take(text: str):
    return histories.take(opened=lists.open_list(text.encode()), name="alt.csv", grant_on=lambda day: "", by=BY)


def told(outcome) -> dict[str, int]:
    return {kind: outcome.counts()[kind] for kind in ("recorded", "unchanged", "double", "held")}


def test_rows_that_name_nobody_are_as_many_people(lead):
    text = GUESTS.format(*["Lead"] * 5)
    assert lists.preview(lists.open_list(text.encode())).counts()["contacts_without_firm"] == 5
    assert told(take(text)) == {"recorded": 5, "unchanged": 0, "double": 0, "held": 0}
    assert Step.objects.count() == 5
    assert told(take(text)) == {"recorded": 0, "unchanged": 5, "double": 0, "held": 0}
    assert Step.objects.count() == 5


def test_so_are_those_that_wait(lead):
    take(GUESTS.format("Lead", *["Niemand"] * 4))
    builders.partner("Niemand")
    for row in ContactRow.objects.filter(held="partner_unknown"):
        histories.settle(row=row, company=None, grant_on=lambda day: "", by=BY)
    assert Step.objects.count() == len(set(Step.objects.values_list("source_uuid", flat=True))) == 5


@pytest.mark.parametrize(
    "row",
    [
        "12.03.2020;Gespräch;Abelguss;;1:00;Lead;\n",
        "12.03.2020;Workshop;;12;3:00;Lead;\n",
        "12.03.2020;Gespräch;;;1:00;Lead;Jana Roth\n",
    ],
)
def test_who_is_named_was_there_once_though_two_rows_say_so(lead, row):
    text = "Datum;Art;Firma;Teilnehmer;Dauer;Partner;Ansprechpartner\n" + 2 * row
    assert told(take(text)) == {"recorded": 1, "unchanged": 0, "double": 1, "held": 0}
    counts = ContactList.objects.get().counts
    assert counts["rejected_rows"] == [[2, "double"]]
    assert all(told[0] == 1 for told in counts["warnings"])
    assert told(take(text)) == {"recorded": 0, "unchanged": 2, "double": 0, "held": 0}


@pytest.mark.parametrize(("day", "reason"), [("01.12.2999", "day_ahead"), ("irgendwann", "no_day"), ("", "no_day")])
def test_a_row_that_is_left_out_tells_why_in_its_own_words(lead, day, reason):
    (row,) = lists.preview(lists.open_list(f"Besuchsdatum;Firma\n{day};Abelguss\n".encode())).rejected
    assert (row.reason, row.column, row.text) == (reason, "Besuchsdatum", day)
