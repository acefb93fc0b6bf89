"""Fairs and conferences of lists of past contacts: what others invited to is no event of ours."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.consortium.models import PartnerRole
from wegweiser.journey import indicators
from wegweiser.journey.actions import held_contacts, histories
from wegweiser.journey.history import lists, rows
from wegweiser.journey.models import ContactRow, Step
from wegweiser.kernel.errors import DomainError

HEAD = "Datum;Firma;Art;Veranstaltung;Teilnehmer;Partner\n"


@pytest.fixture
def lead(db):
    lead = builders.partner("Lead")
    PartnerRole.objects.create(partner=lead, kind="topic", topic=builders.topic(), valid_from=dt.date(2017, 1, 1))
    return lead


def take(*told: str) -> None:
    opened = lists.open_list((HEAD + "".join(told)).encode())
    histories.take(opened=opened, name="alt.csv", grant_on=lambda day: "", by=BY)


def figures() -> dict[str, int]:
    found = indicators.figures(start=dt.date(2019, 1, 1), end=dt.date(2019, 12, 31))
    names = ("events", "contacts", "companies_reached", "participants", "appearances", "reach")
    return {name: int(found[name].total.value) for name in names if found[name].total.value}


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("told", "occasion"),
    [
        ("Messe", "fair"),
        ("Messebesuch", "fair"),
        ("Hannover Messe", "fair"),
        ("Daten messen", None),
        ("Videokonferenz", "talk"),
        ("Fachtagung", "event"),
    ],
)
def test_what_it_is_called_tells_whether_others_invited(told, occasion):
    found = rows.kind_of(told)
    assert (found and found[0]) == occasion


def test_a_firm_was_met_at_a_fair_and_its_crowd_is_reach(lead):
    take("12.03.2019;Abelguss;Messe;;;Lead\n", "12.03.2019;;Messe;Hannover;40;Lead\n")
    assert figures() == {"contacts": 1, "companies_reached": 1, "appearances": 1, "reach": 40}


def test_so_it_is_where_only_the_title_says_that_it_was_one(lead):
    take("12.03.2019;Abelguss;;Hannover Messe;;Lead\n", "12.03.2019;Kainguss;Veranstaltung;Hannover Messe;;Lead\n")
    assert figures() == {"contacts": 1, "companies_reached": 1}
    assert ContactRow.objects.get(row=2).held == "whose_event", "the kind says that it was an event: a fair of ours?"


@pytest.mark.parametrize(
    ("is_ours", "counted"),
    [
        (True, {"events": 1, "contacts": 22, "companies_reached": 2, "participants": 22}),
        (False, {"contacts": 2, "companies_reached": 2, "appearances": 1, "reach": 20}),
    ],
)
def test_whose_a_conference_was_is_said_once(lead, is_ours, counted):
    take(
        *(
            f"12.03.2019;{firm};Fachtagung;Daten;{heads};Lead\n"
            for firm, heads in (("Abelguss", ""), ("Kainguss", ""), ("", 20))
        )
    )
    first, *others = ContactRow.objects.filter(held="whose_event")
    with pytest.raises(DomainError) as error:
        histories.settle(row=first, company=None, grant_on=lambda day: "", by=BY)
    assert error.value.code == "whose_missing"
    histories.settle(row=first, company=None, is_ours=is_ours, grant_on=lambda day: "", by=BY)
    assert held_contacts.say_whose(rows=others, is_ours=is_ours, grant_on=lambda day: "", by=BY) == 2
    assert (Step.objects.count(), figures()) == (3, counted)


def test_a_workshop_stays_ours(lead):
    take("12.03.2019;Abelguss;Workshop;Konferenz der Zukunft;;Lead\n")
    assert figures()["events"] == 1
