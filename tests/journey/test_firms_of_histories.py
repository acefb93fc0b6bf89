"""Firms that a list of past contacts founded go with it when it is taken back, and come back with it."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies import alike
from wegweiser.companies.actions import channels, companies, facts
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Company
from wegweiser.consortium.models import PartnerRole
from wegweiser.journey import queries
from wegweiser.journey.actions import histories
from wegweiser.journey.history import lists
from wegweiser.journey.models import ContactList, ContactRow, Step
from wegweiser.kernel import erasure

HEAD = "Datum;Firma;Straße;PLZ;Ort;Telefon;Art;Partner\n"
ROW = "{day}.03.2019;{firm};Weg 1;39104;Magdeburg;0391 5550199;Besuch;{partner}\n"


@pytest.fixture
def lead(db):
    lead = builders.partner("Lead")
    PartnerRole.objects.create(partner=lead, kind="topic", topic=builders.topic(), valid_from=dt.date(2017, 1, 1))
    return lead


def take(*rows: str) -> None:
    opened = lists.open_list((HEAD + "".join(rows)).encode())
    histories.take(opened=opened, name="alt.csv", grant_on=lambda day: "", by=BY)


def undo(source: ContactList | None = None) -> None:
    histories.undo(source=source or ContactList.objects.latest("id"), reason="falsche Liste", by=BY)


def is_found(name: str = "Krevese GmbH") -> bool:
    return alike.certain(Known(name=name, street="Weg 1", postcode="39104", place="Magdeburg")) is not None


def test_a_firm_that_nothing_else_knows_goes_with_its_list_and_comes_back_with_it(lead):
    rows = [ROW.format(day=day, firm="Krevese GmbH", partner="Lead") for day in (12, 13)]
    take(*rows)
    assert is_found()
    undo()
    assert not is_found()
    assert queries.firms_gone_with(ContactList.objects.latest("id")) == 1
    take(*rows)
    assert is_found()
    assert Company.objects.get().phone, "what the list tells is there again"
    undo(ContactList.objects.get(state="done"))
    assert not is_found()


def test_so_does_one_that_somebody_had_founded_for_a_held_row(lead):
    take(ROW.format(day=12, firm="Krevese GmbH", partner="Niemand"))
    histories.settle(row=ContactRow.objects.get(), company=None, partner=lead, grant_on=lambda day: "", by=BY)
    assert is_found()
    undo()
    assert not is_found()


@pytest.mark.parametrize("way", ["said", "chosen", "written", "other list", "other step", "known before"])
def test_a_firm_that_somebody_else_knows_stays(lead, way):
    if way == "known before":
        companies.find_or_create(name="Krevese GmbH", street="Weg 1", postcode="39104", place="Magdeburg", by=BY)
    take(ROW.format(day=12, firm="Krevese GmbH", partner="Lead"))
    source, firm = ContactList.objects.get(), Company.objects.get()
    if way == "said":
        facts.declare(company=firm, kind="size", value="small", valid_from=dt.date(2024, 1, 1), by=BY)
    elif way == "chosen":
        channels.choose(party=firm, channel="letter", by=BY)
    elif way == "written":
        companies.put_right(company=firm, name=firm.name, street="Weg 1", postcode="39104", place="Magdeburg", by=BY)
    elif way == "other list":
        take(ROW.format(day=13, firm="Krevese GmbH", partner="Lead"))
    elif way == "other step":
        builders.step(firm, day=dt.date(2020, 1, 1))
    undo(source)
    assert is_found()


def test_a_preview_knows_a_firm_that_a_row_above_would_found(lead):
    text = "Datum;Firma;Art;Partner\n" + "".join(f"{day}.03.2019;Kainguss;Besuch;Lead\n" for day in (12, 13, 14))
    opened = lists.open_list(text.encode())
    would = lists.preview(opened).counts()
    did = histories.take(opened=opened, name="alt.csv", grant_on=lambda day: "", by=BY).counts()
    assert would == did
    assert (did["recorded"], did["companies_created"]) == (3, 1)


def test_an_enquiry_brings_it_back(lead):
    take(ROW.format(day=12, firm="Krevese GmbH", partner="Lead"))
    undo()
    again = companies.find_or_create(name="Krevese GmbH", street="Weg 1", postcode="39104", place="Magdeburg", by=BY)
    assert (again, again.restricted_at) == (Company.objects.get(), None)
    assert Step.objects.filter(company=again).count() == 2, "what was taken back stays"


def asked_to_be_forgotten(*, is_kept: bool) -> Company:
    firm = companies.find_or_create(
        name="Orgelbau Quappe", street="Weg 1", postcode="39104", place="Magdeburg", is_sole_trader=True, by=BY
    )
    state = erasure.State.RESTRICTED if is_kept else erasure.State.ANONYMISED
    erasure.erase(items=[erasure.Item(erasure.fates()["companies.Company"], firm.pk, firm.uuid, state)], by=BY)
    return firm


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("partner", ["Lead", "Niemand"])
def test_who_asked_to_be_forgotten_is_not_brought_back(lead, is_kept, partner):
    firm = asked_to_be_forgotten(is_kept=is_kept)
    take(ROW.format(day=12, firm="Orgelbau Quappe", partner=partner), ROW.format(day=13, firm="Roth", partner="Lead"))
    assert ContactRow.objects.get(row=1).held == "was_forgotten"
    assert (Company.objects.exclude(name="Roth").get(), Step.objects.get().company.name) == (firm, "Roth")
    step = histories.settle(
        row=ContactRow.objects.get(row=1), company=None, partner=lead, grant_on=lambda day: "", by=BY
    )
    firm.refresh_from_db()
    assert (step.company == firm, firm.restricted_at is not None) == (is_kept, is_kept), "its aid counts on"


def test_whose_term_was_over_comes_back_by_itself(lead):
    firm = companies.find_or_create(name="Orgelbau Quappe", street="Weg 1", postcode="39104", place="Magdeburg", by=BY)
    item = erasure.Item(erasure.fates()["companies.Company"], firm.pk, firm.uuid, erasure.State.RESTRICTED)
    erasure.erase(items=[item], reason=erasure.Reason.TERM, by=BY)
    take(ROW.format(day=12, firm="Orgelbau Quappe", partner="Lead"))
    firm.refresh_from_db()
    assert (Step.objects.get().company, firm.restricted_at) == (firm, None)
