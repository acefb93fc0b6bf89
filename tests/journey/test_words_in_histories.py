"""Words of lists of past contacts that name no partner or topic: somebody says once what they mean."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Company
from wegweiser.consortium.models import PartnerRole
from wegweiser.journey.actions import contact_words, held_contacts, histories
from wegweiser.journey.history import lists
from wegweiser.journey.models import ContactList, ContactRow, ContactWord, Step

HEAD = "Datum;Firma;Straße;PLZ;Ort;Art;Partner\n"
ROW = "{day}.03.2019;{firm};Weg 1;39104;Magdeburg;Besuch;{partner}\n"


@pytest.fixture
def lead(db):
    lead = builders.partner("Lead")
    builders.partner("Other")
    PartnerRole.objects.create(partner=lead, kind="topic", topic=builders.topic(), valid_from=dt.date(2017, 1, 1))
    return lead


def take(*rows: str):
    opened = lists.open_list((HEAD + "".join(rows)).encode())
    return histories.take(opened=opened, name="alt.csv", grant_on=lambda day: "", by=BY)


def took_up() -> int:
    return held_contacts.take_up(source=ContactList.objects.get(), grant_on=lambda day: "", by=BY)


def test_a_row_of_an_unknown_partner_is_settled_by_saying_which_one_it_was(lead):
    take(ROW.format(day=12, firm="Abelguss", partner="Institut von früher"))
    step = histories.settle(row=ContactRow.objects.get(), company=None, partner=lead, grant_on=lambda day: "", by=BY)
    assert step.partner == lead


def test_so_is_one_of_an_unknown_topic(lead):
    PartnerRole.objects.all().delete()
    topic = builders.topic("sicherheit")
    take(ROW.format(day=12, firm="Abelguss", partner="Lead"))
    row = ContactRow.objects.get(held="topic_unknown")
    assert histories.settle(row=row, company=None, topic=topic, grant_on=lambda day: "", by=BY).topic == topic


def test_what_a_word_means_is_said_once_for_all_rows_and_lists(lead):
    known = companies.find_or_create(name="Kainguss", street="Weg 1", postcode="39104", place="Magdeburg", by=BY)
    rows = [ROW.format(day=day, firm="Abelguss", partner="Institut von früher") for day in (12, 13)]
    take(
        *rows,
        ROW.format(day=14, firm="Kainguss", partner="Institut  VON früher"),
        ROW.format(day=15, firm="Roth", partner="?x"),
    )
    contact_words.answer(row=ContactRow.objects.get(row=1), partner=lead, by=BY)
    assert took_up() == 3
    assert {step.partner for step in Step.objects.all()} == {lead}
    assert Company.objects.filter(name="Abelguss").count() == 1
    assert Step.objects.get(day=dt.date(2019, 3, 14)).company == known
    assert ContactRow.objects.get(settled_at=None).row == 4
    assert take(ROW.format(day=16, firm="Abelguss", partner="Institut von früher")).counts()["recorded"] == 1


def test_a_row_that_leaves_its_firm_open_too_asks_for_that_next(lead):
    companies.find_or_create(name="Tischlerei Ernst Abel", street="Weg 1", postcode="39104", place="Magdeburg", by=BY)
    take(ROW.format(day=12, firm="Tischlerei Enrico Abel", partner="Institut von früher"))
    contact_words.answer(row=ContactRow.objects.get(), partner=lead, by=BY)
    assert (took_up(), ContactRow.objects.get().held) == (0, "firm_unsure")


def test_where_no_word_stands_it_holds_for_the_rows_of_the_list_alone(lead):
    take(*(ROW.format(day=day, firm="Abelguss", partner="") for day in (12, 13)))
    contact_words.answer(row=ContactRow.objects.get(row=1), partner=lead, by=BY)
    assert (took_up(), ContactWord.objects.count(), Step.objects.count()) == (2, 0, 2)


def test_the_newest_answer_holds(lead):
    take(ROW.format(day=12, firm="Abelguss", partner="Institut von früher"))
    row = ContactRow.objects.get()
    contact_words.answer(row=row, partner=lead, by=BY)
    other = builders.partner("Third")
    contact_words.answer(row=row, partner=other, by=BY)
    assert ContactWord.objects.get().partner == other


def test_whose_work_it_was_is_remembered_for_the_headers(lead):
    """Until somebody says that the rows tell it."""
    text = (HEAD + ROW.format(day=12, firm="Abelguss", partner="")).encode()
    topic = builders.topic("sicherheit")
    first = histories.upload(name="eins.csv", data=text, by=BY)
    mapping = lists.open_uploaded(first).mapping
    histories.describe(source=first, mapping=mapping, partner=lead, topic=topic, by=BY)
    second = histories.upload(name="zwei.csv", data=text.replace(b"12.03", b"13.03"), by=BY)
    assert (second.partner, second.topic) == (lead, topic)
    assert histories.upload(name="x.csv", data=b"Datum;Firma\n1.2.2019;Roth\n", by=BY).partner is None
    histories.describe(source=second, mapping=mapping, partner=None, topic=topic, by=BY)
    third = histories.upload(name="drei.csv", data=text, by=BY)
    assert (third.partner, third.topic) == (None, topic)


def test_so_it_is_where_somebody_says_later_which_line_has_the_headers(lead):
    text = (HEAD + ROW.format(day=12, firm="Abelguss", partner="")).encode()
    first = histories.upload(name="eins.csv", data=text, by=BY)
    mapping = lists.open_uploaded(first).mapping
    histories.describe(source=first, mapping=mapping, partner=lead, topic=None, by=BY)
    second = histories.upload(name="zwei.csv", data=text, by=BY)
    histories.say_head(source=second, line=-1, by=BY)
    second.partner = None
    histories.say_head(source=second, line=0, by=BY)
    assert second.partner == lead
