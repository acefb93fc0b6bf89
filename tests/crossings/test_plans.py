"""The plan on its way to the firm: by the way it chose, and reminders for who asked."""

import datetime as dt
import importlib

import pytest
from django.apps import apps

from tests.contact_point import BY, MONDAY
from tests.journey import builders
from wegweiser.companies.actions import persons
from wegweiser.companies.models import Company, Person
from wegweiser.crossings import merging
from wegweiser.crossings import plans as crossing
from wegweiser.enquiries.models import FollowUp
from wegweiser.journey.actions import plans, readers
from wegweiser.journey.models import PlannedStep, PlanReader, PlanReminder
from wegweiser.kernel import clock, erasure
from wegweiser.outbox.models import Letter

DUE = dt.date(2026, 3, 4)


@pytest.fixture
def firm(world):
    found = builders.company("Fräserei Ölmann")
    found.postcode, found.place, found.street = "39104", "Magdeburg", "Breiter Weg 1"
    found.save()
    with clock.stopped_at(MONDAY):
        yield found


@pytest.fixture
def jana(firm):
    return persons.find_or_create(name="Jana Ölmann", email="jana@oelmann.example", company=firm, by=BY)


def choose(person, channel: str) -> None:
    person.channel = channel
    person.save()


def asked(firm, person):
    return readers.remind(reader=readers.add(company=firm, person=person, by=BY), wanted=True, by=BY)


def remind() -> int:
    return crossing.remind_due(by=BY)


def test_the_plan_goes_out_by_mail_with_a_link(firm, jana):
    letter = crossing.send(company=firm, person=jana, by=BY)
    assert (letter.recipient_mail, letter.state) == ("jana@oelmann.example", "queued")
    assert "https://zentrum.example/mein-betrieb/fahrplan/link/" in letter.text
    assert letter.body_until == dt.date(2026, 4, 1)  # its link is a key


def test_a_letter_on_paper_carries_a_code_instead(firm, jana):
    choose(jana, "letter")
    letter = crossing.send(company=firm, person=jana, by=BY)
    assert letter.recipient_address == ["Fräserei Ölmann", "Jana Ölmann", "Breiter Weg 1", "39104 Magdeburg"]
    assert "https://zentrum.example/mein-betrieb/code/" in letter.text
    assert "/link/" not in letter.text


def test_who_wants_to_be_called_gets_no_mail(firm, jana):
    choose(jana, "phone")
    assert crossing.send(company=firm, person=jana, by=BY).hold_reason == "channel_phone"


def test_nobody_is_reminded_who_did_not_ask(firm, jana):
    readers.add(company=firm, person=jana, by=BY)
    plans.plan(company=firm, title="Angebot", due_on=DUE, by=BY)
    assert remind() == 0
    assert not Letter.objects.exists()


def test_who_asked_gets_one_mail_for_all_that_is_due_and_never_a_second(firm, jana):
    asked(firm, jana)
    for title in ("Angebot einholen", "Hallenplan schicken"):
        plans.plan(company=firm, title=title, due_on=DUE, by=BY)
    assert [remind(), remind()] == [1, 0]
    letter = Letter.objects.get()
    assert letter.subject == "Erinnerung: Angebot einholen"
    assert "- Hallenplan schicken (bis 04.03.2026)" in letter.text


def test_who_asks_after_a_colleague_was_reminded_is_reminded_too(firm, jana):
    bea = persons.find_or_create(name="Bea Boss", email="bea@oelmann.example", company=firm, by=BY)
    plans.plan(company=firm, title="Angebot einholen", due_on=DUE, by=BY)
    asked(firm, jana)
    assert remind() == 1
    asked(firm, bea)
    assert [remind(), remind()] == [1, 0]
    assert Letter.objects.latest("id").recipient_mail == "bea@oelmann.example"


def test_another_day_is_reminded_of_once_more(firm, jana):
    planned = plans.plan(company=firm, title="Angebot einholen", due_on=DUE, by=BY)
    asked(firm, jana)
    remind()
    later = DUE + dt.timedelta(days=1)
    plans.change(planned=planned, title=planned.title, note="", doer=planned.doer, entry=None, due_on=later, by=BY)
    assert [remind(), remind()] == [1, 0]


def test_who_was_reminded_before_it_was_kept_by_reader_is_not_told_again(firm, jana):
    planned = plans.plan(company=firm, title="Angebot einholen", due_on=DUE, by=BY)
    reader = asked(firm, jana)
    PlannedStep.objects.filter(pk=planned.pk).update(reminded_for=DUE)
    importlib.import_module("wegweiser.journey.migrations.0006_plan_reminder").keep_by_reader(apps, None)
    assert PlanReminder.objects.get().reader == reader
    assert remind() == 0


def test_who_asked_and_wants_to_be_called_stands_on_a_list(firm, jana, world):
    choose(jana, "phone")
    asked(firm, jana)
    plans.plan(company=firm, title="Angebot", due_on=DUE, by=BY)
    assert remind() == 1
    assert FollowUp.objects.get().note == "Bitte anrufen und erinnern: Angebot"
    assert not Letter.objects.exists()


def test_who_wants_nothing_at_all_is_left_alone(firm, jana):
    asked(firm, jana)
    choose(jana, "none")
    plans.plan(company=firm, title="Angebot", due_on=DUE, by=BY)
    assert remind() == 0


def test_an_english_reader_is_reminded_in_english(firm, jana):
    jana.language = "en"
    jana.save()
    asked(firm, jana)
    plans.plan(company=firm, title="Get an offer", due_on=DUE, by=BY)
    remind()
    letter = Letter.objects.get()
    assert letter.subject == "Reminder: Get an offer"
    assert "/en/mein-betrieb/fahrplan/link/" in letter.text


@pytest.mark.parametrize("known_as", ["person", "firm"])
@pytest.mark.parametrize("channel", ["none", "phone"])
def test_no_plan_goes_to_the_firm_s_mailbox_that_somebody_else_wants_none_in(firm, jana, world, known_as, channel):
    type(firm).objects.filter(pk=firm.pk).update(email="info@oelmann.example")
    firm.refresh_from_db()
    tom = persons.find_or_create(name="Tom Ohnemail", company=firm, by=BY)
    other = (
        persons.find_or_create(name="Karl Kunz", email="karl@kunz.example", by=BY)
        if known_as == "person"
        else builders.company("Kunz Bau")
    )
    type(other).objects.filter(pk=other.pk).update(email="INFO@oelmann.example", channel=channel)
    for reader in (tom, None):
        assert crossing.send(company=firm, person=reader, by=BY).state == "held"
    asked(firm, tom)
    plans.plan(company=firm, title="Angebot", due_on=DUE, by=BY)
    assert remind() == (channel == "phone"), "who wants calls is called"
    assert not Letter.objects.exclude(state="held").exists()
    assert crossing.send(company=firm, person=jana, by=BY).state == "queued", "it is not her mailbox"


@pytest.mark.parametrize("who", ["firm", "person"])
def test_a_link_to_the_plan_of_a_firm_that_was_forgotten_opens_nothing(firm, jana, who):
    """It may have been sent shortly before: to send it is no contact."""
    Company.objects.update(recorded_at=MONDAY)
    reader = readers.add(company=firm, person=jana if who == "person" else None, by=BY)
    planned = plans.plan(company=firm, title="Angebot einholen", by=BY)
    plans.tick_off(planned=planned, by=BY)
    over = erasure.first_day_of_erasing("relationship", MONDAY.date()) + dt.timedelta(days=1)
    with clock.stopped_at(clock.at(over - dt.timedelta(days=20))):
        Person.objects.update(recorded_at=clock.now())  # somebody else may still know her
        secret, code = crossing.secret(reader=reader, by=BY), crossing.code(reader=reader, by=BY)
        assert crossing.reader_behind(secret) == reader
    with clock.stopped_at(clock.at(over)):
        done = erasure.run(day=over, by=BY)
        assert "companies.Company" in {item.fate.table for item in done}
        assert crossing.reader_behind(secret) is None
        assert crossing.reader(reader.uuid) is None, f"nor does the code {code}"
        assert crossing.remind_due(by=BY) == 0
    with clock.stopped_at(clock.at(over + dt.timedelta(days=1))):
        erasure.run(day=clock.today(), by=BY)
        assert not PlanReader.objects.exists()


def test_a_firm_under_a_cover_name_keeps_its_links(firm):
    Company.objects.update(is_cover_name=True)
    reader = readers.add(company=firm, person=None, by=BY)
    assert crossing.reader_behind(crossing.secret(reader=reader, by=BY)) == reader


def test_who_ended_the_links_sends_no_new_one_by_a_reminder(firm, jana):
    asked(firm, jana)
    plans.plan(company=firm, title="Angebot einholen", due_on=DUE, by=BY)
    crossing.end_links(company=firm, by=BY)
    assert (remind(), Letter.objects.count()) == (0, 0)


@pytest.mark.parametrize("who", ["firm", "person"])
def test_of_two_rows_that_are_one_firm_by_now_each_reader_is_reminded_once_and_left_alone_by_one_no(firm, jana, who):
    copy = builders.company("Oelmann Fräserei")
    Company.objects.update(email="info@oelmann.example")
    known = [asked(row, jana if who == "person" else None) for row in (firm, copy)]
    merging.merge(loser=copy, survivor=firm, by=BY)
    plans.plan(company=firm, title="Angebot einholen", due_on=DUE, by=BY)
    assert [remind(), remind(), Letter.objects.count()] == [1, 0, 1]
    assert all(crossing.reader(row.uuid) for row in known), "what was sent to either still opens"
    readers.remind(reader=known[1], wanted=False, by=BY)
    plans.plan(company=firm, title="Hallenplan schicken", due_on=DUE, by=BY)
    assert [remind(), Letter.objects.count()] == [0, 1]


def test_who_said_no_by_another_row_of_the_firm_is_not_told_again_of_the_same_day(firm, jana):
    copy = builders.company("Oelmann Fräserei")
    mine, other = asked(firm, jana), readers.add(company=copy, person=jana, by=BY)
    planned = plans.plan(company=firm, title="Angebot einholen", due_on=DUE, by=BY)
    assert remind() == 1
    merging.merge(loser=copy, survivor=firm, by=BY)
    readers.remind(reader=mine, wanted=False, by=BY)
    readers.remind(reader=other, wanted=True, by=BY)
    assert [remind(), planned.reminders.count()] == [0, 1]
