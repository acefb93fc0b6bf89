"""Numbers of firms in lists of past contacts: ours lead to the firm, those of another program never do."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies.actions import companies
from wegweiser.companies.importing import headers as firm_headers
from wegweiser.companies.models import Company
from wegweiser.consortium.models import PartnerRole
from wegweiser.journey.actions import histories
from wegweiser.journey.history import headers, lists
from wegweiser.journey.models import ContactRow, Step

FOREIGN = ["Kundennummer", "Betriebsnummer", "Firmennr.", "Kennung", "Betriebs-ID", "Unternehmensnummer", "KdNr."]


@pytest.fixture
def berta(db):
    PartnerRole.objects.create(
        partner=builders.partner("Lead"), kind="topic", topic=builders.topic(), valid_from=dt.date(2017, 1, 1)
    )
    return companies.find_or_create(name="Firma Berta GmbH", postcode="06108", place="Halle", by=BY)


def take(text: str):
    return histories.take(opened=lists.open_list(text.encode()), name="alt.csv", grant_on=lambda day: "alt", by=BY)


def row(header: str, number: object, name: str = "Glaserei Quappe") -> str:
    told = f"12.03.2020;{number};{name};39104;Magdeburg;Gespräch;1 h;Lead"
    return f"Datum;{header};Firma;PLZ;Ort;Art;Dauer;Partner\n{told}\n"


@pytest.mark.one_database
@pytest.mark.parametrize("header", FOREIGN)
def test_the_number_of_another_program_is_neither_ours_nor_a_name(header):
    assert headers.guess(["Datum", header, "Firma"]) == {0: "day", 2: "name"}
    assert firm_headers.guess([header, "Firma"])[1] == "name"


@pytest.mark.parametrize("header", FOREIGN)
def test_the_number_of_another_program_leads_to_no_firm_of_ours(berta, header):
    outcome = take(row(header, berta.pk))
    assert outcome.counts()["recorded"] == 1
    assert Step.objects.get().company.name == "Glaserei Quappe"


def test_a_number_that_is_said_to_be_ours_has_to_agree_with_the_name_beside_it(berta):
    outcome = take(row("Wegweiser-Nr.", berta.pk))
    (held,) = outcome.document()["held_rows"]
    assert (held["reason"], held["likely"]) == ("firm_unsure", [str(berta.uuid)])
    assert Step.objects.count() == 0
    step = histories.settle(row=ContactRow.objects.get(), company=None, grant_on=lambda day: "", by=BY)
    assert step.company.name == "Glaserei Quappe"


def test_with_the_firms_name_beside_it_our_number_leads_there(berta):
    take(row("Wegweiser-Nr.", berta.pk, name="Berta GmbH"))
    assert Step.objects.get().company == berta
    assert Company.objects.count() == 1


@pytest.mark.parametrize("header", ["Nr.", "Nr"])
def test_a_running_number_is_no_house_number(berta, header):
    take(
        f"{header};Datum;Firma;Straße;PLZ;Ort;Art;Partner\n"
        "1;12.03.2020;Abel GmbH;Weg 5;39104;Magdeburg;Gespräch;Lead\n"
        "3;12.03.2020;Kain GmbH;Am Markt;39104;Magdeburg;Gespräch;Lead\n"
    )
    assert sorted(Company.objects.exclude(pk=berta.pk).values_list("street", flat=True)) == ["Am Markt", "Weg 5"]


def test_a_uuid_is_ours_whatever_the_firm_was_called_then(berta):
    take(row("UUID", berta.uuid, name="Bertas Backstube"))
    assert Step.objects.get().company == berta
