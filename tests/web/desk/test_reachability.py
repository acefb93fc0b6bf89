"""How a firm wants to be reached, shown wherever one writes; firms that do not say who they are."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.actions import companies, persons
from wegweiser.companies.models import Company, Position
from wegweiser.crossings import firms
from wegweiser.kernel import clock


def case(world):
    row = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann")
    firms.link(case=row, by=BY)
    return row


def page(client, name, row):
    return client.get(reverse(f"desk:{name}", kwargs={"uuid": row.uuid})).content.decode()


def choose(client, firm, channel, whose="firm"):
    address = reverse("desk:company_channel", kwargs={"uuid": firm.uuid})
    return client.post(address, {"do": whose, f"{whose}-channel": channel})


def test_a_firm_that_wants_no_mail_says_so_wherever_one_writes(anna, world):
    row = case(world)
    choose(anna, row.company, "none")
    assert "Möchte keine Nachrichten" in page(anna, "company", row.company)
    assert "Wünscht keine Nachrichten" in page(anna, "case", row)
    assert "Wünscht keine Nachrichten" in page(anna, "firm_visit", row.company)
    chosen = anna.get(reverse("desk:new") + f"?betrieb={row.company.uuid}").content.decode()
    assert "Möchte keine Nachrichten" in chosen


def test_a_person_may_choose_for_themselves(anna, world):
    firm = companies.find_or_create(name="Fräserei Ölmann", by=BY)
    person = persons.find_or_create(name="Jana Ölmann", company=firm, by=BY)
    choose(anna, firm, "phone", whose=str(person.uuid))
    person.refresh_from_db()
    firm.refresh_from_db()
    assert (person.channel, firm.channel) == ("phone", "mail")


def test_nobody_chooses_for_a_stranger(anna, world):
    firm = companies.find_or_create(name="Fräserei Ölmann", by=BY)
    stranger = persons.find_or_create(name="Uwe Krause", phone="0391 5550123", by=BY)
    assert choose(anna, firm, "none", whose=str(stranger.uuid)).status_code == 404


def test_a_firm_stays_unnamed_and_names_itself_later(anna, world):
    row = contact_point.case(world.lead, topic=world.topic)
    anna.post(reverse("desk:case_unnamed", kwargs={"uuid": row.uuid}), {"size": "small"})
    row.refresh_from_db()
    assert "ungenannt" in page(anna, "company", row.company)
    known = companies.find_or_create(name="Fräserei Ölmann", place="Halle", by=BY)
    reveal = reverse("desk:company_reveal", kwargs={"uuid": row.company.uuid})
    asked = anna.post(reveal, {"name": "Fräserei Ölmann"})
    assert asked.status_code == 422
    assert "Bitte wählen Sie den Betrieb." in asked.content.decode()
    answer = anna.post(reveal, {"name": "Fräserei Ölmann", "company": known.pk})
    assert answer["Location"] == reverse("desk:company", kwargs={"uuid": known.uuid})
    assert row.reference in page(anna, "company", known)
    assert Company.objects.filter(canonical=None).count() == 1


def test_a_firm_that_came_before_is_chosen_by_what_it_said_of_itself(anna, world):
    first, other, second = (contact_point.case(world.lead, topic=world.topic) for _ in range(3))
    foreign = contact_point.case(world.other, topic=world.topic)
    firm = firms.cover(case=first, known={"size": "small"}, by=BY)
    firms.cover(case=other, known={}, by=BY)
    elsewhere = firms.cover(case=foreign, known={}, by=BY)
    address = reverse("desk:case_unnamed", kwargs={"uuid": second.uuid})
    asked = anna.get(address).content.decode()
    assert f"{firm.name} · 10–49 Beschäftigte" in asked
    assert elsewhere.name not in asked
    anna.post(address, {"before": firm.pk})
    second.refresh_from_db()
    assert (second.company, Company.objects.count()) == (firm, 3)


def test_of_a_firm_that_stays_unnamed_no_name_is_left_to_find(anna, world):
    row = contact_point.case(
        world.lead,
        topic=world.topic,
        firm="Huber Feinblech GmbH",
        name="Huber Feinblech GmbH",
        email="chef@huber.example",
    )
    shown = page(anna, "case_unnamed", row)
    assert "Huber Feinblech GmbH" in shown.split("Das geht weg")[1].split("Das bleibt")[0]
    assert "chef@huber.example" in shown.split("Das bleibt")[1]
    answer = anna.post(reverse("desk:case_unnamed", kwargs={"uuid": row.uuid}), {}, follow=True).content.decode()
    assert "Der Name steht nirgends" not in answer
    row.refresh_from_db()
    assert (row.firm, row.name, row.email) == ("", "", "chef@huber.example")
    found = anna.get(reverse("desk:search"), {"q": "Feinblech"}).content.decode()
    assert row.reference not in found


def test_who_speaks_for_an_unnamed_firm_keeps_their_own_name(anna, world):
    row = contact_point.case(world.lead, topic=world.topic, firm="Huber Feinblech GmbH", name="Jana Korn")
    anna.post(reverse("desk:case_unnamed", kwargs={"uuid": row.uuid}), {})
    row.refresh_from_db()
    assert (row.firm, row.name) == ("", "Jana Korn")


@pytest.mark.parametrize("name", ["company_channel", "firm_visit"])
def test_whose_job_ends_later_is_still_there_and_who_left_is_not(anna, world, name):
    firm, other = (companies.find_or_create(name=name, by=BY) for name in ("Fräserei Ölmann", "Gießerei Kain"))
    ends = {"Jana Ölmann": clock.today() + dt.timedelta(days=90), "Uwe Weg": clock.today() - dt.timedelta(days=1)}
    for who, day in ends.items():
        person = persons.find_or_create(name=who, company=firm, by=BY)
        Position.objects.filter(person=person).update(valid_to=day, valid_from=dt.date(2020, 1, 1))
        Position.objects.create(person=person, company=other, valid_from=dt.date(2020, 1, 1))
    shown = page(anna, name, firm)
    assert "Jana Ölmann" in shown
    assert "Uwe Weg" not in shown


def test_whose_job_ends_later_may_choose(anna, world):
    firm = companies.find_or_create(name="Fräserei Ölmann", by=BY)
    person = persons.find_or_create(name="Jana Ölmann", company=firm, by=BY)
    Position.objects.update(valid_to=clock.today() + dt.timedelta(days=90))
    choose(anna, firm, "phone", whose=str(person.uuid))
    person.refresh_from_db()
    assert person.channel == "phone"
