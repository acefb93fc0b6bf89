"""The plan of a firm at the desk."""

import datetime as dt
import html
import re
import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from wegweiser.catalogue.models import Entry, Kind
from wegweiser.companies.actions import persons
from wegweiser.enquiries.actions import cases
from wegweiser.journey import queries
from wegweiser.journey.actions import plans
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter
from wegweiser.web.desk import firm_plans


@pytest.fixture
def firm(world):
    return builders.company("Fräserei Ölmann")


@pytest.fixture
def address(firm):
    return reverse("desk:firm_plan", kwargs={"uuid": firm.uuid})


def add(firm, title: str):
    return plans.plan(company=firm, title=title, by=BY)


def typed(**values):
    given = {"title": "Angebot einholen", "doer": "company", "submission": uuid.uuid4(), **values}
    return {"do": "add", **{f"plan-{name}": value for name, value in given.items()}}


def step_address(firm, row) -> str:
    return reverse("desk:firm_plan_step", kwargs={"uuid": firm.uuid, "step": row.uuid})


def test_an_own_task_is_added_with_day_and_note(anna, firm, address):
    anna.post(address, typed(due_on="2026-03-20", note="beim Serviceleiter"))
    row = queries.plan(firm).get()
    assert (row.title, row.due_on, row.note) == ("Angebot einholen", dt.date(2026, 3, 20), "beim Serviceleiter")


def test_an_offer_gives_its_title_where_none_was_typed(anna, firm, address):
    entry = Entry.objects.get(slug="standort")
    anna.post(address, typed(title="", entry=str(entry.uuid)))
    row = queries.plan(firm).get()
    assert (row.title, row.entry) == (str(entry.title), entry.uuid)


def test_every_kind_of_offer_has_a_heading_and_news_are_no_step(world):
    for number, kind in enumerate(Kind, start=9000):
        Entry.objects.create(kind=kind, slug=f"as-{kind}", title=translated(f"As {kind}"), changed=number)
    groups = dict(firm_plans.offers()[1:])
    titles = {label for rows in groups.values() for _value, label in rows}
    assert "As network" in titles
    assert not {"As news", "As topic", "As contact"} & titles
    assert not set(groups) & set(Kind.values), "these are our keys"


def test_nothing_typed_is_said_beside_the_field_and_the_rest_stays(anna, firm, address):
    response = anna.post(address, typed(title="", note="steht schon da"))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Bitte sagen Sie, was zu tun ist" in page
    assert "steht schon da" in page


def test_a_second_click_adds_nothing(anna, firm, address):
    sent = typed()
    anna.post(address, sent)
    anna.post(address, sent)
    assert queries.plan(firm).count() == 1


def test_the_buttons_change_the_order(anna, firm, address):
    rows = [add(firm, title) for title in ("eins", "zwei", "drei")]
    anna.post(address, {"do": "up", "step": rows[2].uuid})
    anna.post(address, {"do": "down", "step": rows[0].uuid})
    assert [row.title for row in queries.plan(firm)] == ["drei", "eins", "zwei"]


def test_a_call_ticks_off_and_takes_back(anna, firm, address):
    row = add(firm, "eins")
    anna.post(address, {"do": "done", "step": row.uuid})
    assert queries.planned(firm, row.uuid).done_by.startswith("staff:")
    anna.post(address, {"do": "reopen", "step": row.uuid})
    assert queries.planned(firm, row.uuid).done_at is None


def test_what_is_done_is_linked_to_the_step_that_proves_it(anna, firm, world, address):
    row = add(firm, "Erstgespräch")
    step = builders.step(firm, day=clock.today(), topic=world.topic, partner=world.lead)
    anna.post(step_address(firm, row), {"do": "done", "done-step": step.uuid})
    assert queries.planned(firm, row.uuid).step == step
    assert "Kontaktverlauf vom 02.03.2026" in anna.get(address).content.decode()


def test_another_firm_s_step_proves_nothing(anna, firm, world):
    row = add(firm, "Erstgespräch")
    foreign = builders.step(builders.company("Andere"), day=clock.today(), topic=world.topic, partner=world.lead)
    assert anna.post(step_address(firm, row), {"do": "done", "done-step": foreign.uuid}).status_code == 422
    assert queries.planned(firm, row.uuid).done_at is None


def test_dropping_asks_why(anna, firm):
    row = add(firm, "eins")
    assert anna.post(step_address(firm, row), {"do": "drop", "drop-reason": ""}).status_code == 422
    anna.post(step_address(firm, row), {"do": "drop", "drop-reason": "zu teuer"})
    assert queries.planned(firm, row.uuid).dropped_reason == "zu teuer"


def test_an_offer_that_is_over_stays_where_it_was_agreed_on(anna, firm):
    entry = Entry.objects.get(slug="standort")
    row = plans.plan(company=firm, title="Check", entry=entry.uuid, by=BY)
    entry.withdrawn_at = clock.now()
    entry.save()
    sent = {**typed(title="Check machen", entry=str(entry.uuid)), "do": "change"}
    anna.post(step_address(firm, row), sent)
    row.refresh_from_db()
    assert (row.title, row.entry) == ("Check machen", entry.uuid)


def shown_by(client, address) -> str:
    page = client.get(address).content.decode()
    return html.unescape(re.search(r'name="plan-shown" value="([^"]*)"', page)[1])


def change(client, firm, row, shown: str, **values):
    return client.post(step_address(firm, row), {**typed(shown=shown, **values), "do": "change"})


def test_an_older_page_takes_back_nothing_that_was_agreed_on_meanwhile(anna, firm):
    row = add(firm, "Angebot")
    shown = shown_by(anna, step_address(firm, row))
    agreed = {"title": "Angebot und Muster", "doer": "both", "due_on": dt.date(2026, 4, 1), "entry": None}
    plans.change(planned=row, note="", **agreed, by=BY)
    assert change(anna, firm, row, shown, title="Angebot", note="liegt bei").status_code == 302
    row.refresh_from_db()
    assert (row.title, row.note, row.doer, row.due_on) == (
        "Angebot und Muster",
        "liegt bei",
        "both",
        dt.date(2026, 4, 1),
    )


def test_what_two_changed_is_shown_and_the_second_decides(anna, firm):
    row = add(firm, "Angebot")
    shown = shown_by(anna, step_address(firm, row))
    agreed = {"title": "Angebot und Muster", "doer": "company", "due_on": dt.date(2026, 4, 1), "entry": None}
    plans.change(planned=row, note="", **agreed, by=BY)
    mine = {"title": "Angebot", "due_on": "2026-05-04"}
    refused = change(anna, firm, row, shown, **mine)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Hier steht inzwischen: 01.04.2026" in page
    assert "2026-05-04" in page, "what was typed stays"
    assert "Hier steht inzwischen: Angebot" not in page, "what only one changed is not asked about"
    again = html.unescape(re.search(r'name="plan-shown" value="([^"]*)"', page)[1])
    row.refresh_from_db()
    assert row.due_on == dt.date(2026, 4, 1)
    assert 'value="Angebot und Muster"' in page, "and is as it stands now"
    assert change(anna, firm, row, again, **{**mine, "title": "Angebot und Muster"}).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.due_on) == ("Angebot und Muster", dt.date(2026, 5, 4))


def test_the_plan_goes_to_a_person_and_can_be_shown_instead(anna, firm, address):
    jana = persons.find_or_create(name="Jana", email="jana@oelmann.example", company=firm, by=BY)
    anna.post(address, {"do": "send", "wer": jana.uuid})
    assert Letter.objects.get().recipient_mail == "jana@oelmann.example"
    shown = anna.post(address, {"do": "link", "wer": jana.uuid}).content.decode()
    assert "/mein-betrieb/fahrplan/link/" in shown


def test_a_day_that_is_over_is_agreed_on_by_nobody_but_one_that_stands_may_stay(anna, firm, address):
    gone = {"due_on": "2016-03-04"}
    refused = anna.post(address, typed(**gone))
    assert refused.status_code == 422
    assert "Der Tag ist schon vorbei." in refused.content.decode()
    row = plans.plan(company=firm, title="Angebot", due_on=dt.date(2016, 3, 4), by=BY)
    assert change(anna, firm, row, "", title="Angebot und Muster", **gone).status_code == 302
    assert change(anna, firm, row, "", due_on="2016-03-05").status_code == 422
    row.refresh_from_db()
    assert (row.title, row.due_on) == ("Angebot und Muster", dt.date(2016, 3, 4))


def test_the_page_says_with_whom_stands_what_we_promise(anna, firm, address, world):
    add(firm, "eins")
    assert "Was davon wir machen, steht unter „Heute“ bei Lead." in anna.get(address).content.decode()
    case = contact_point.case(world.other, company=firm)
    cases.take(case=case, member=world.ben, by=BY)
    assert "steht unter „Heute“ bei Ben (Other)." in anna.get(address).content.decode()


def test_a_firm_that_is_gone_or_another_firm_s_step_is_404(anna, firm):
    foreign = add(builders.company("Andere"), "eins")
    assert anna.get(step_address(firm, foreign)).status_code == 404


def test_three_things_cost_as_many_queries_as_one(anna, firm, address, django_assert_num_queries):
    entry = Entry.objects.get(slug="standort")
    plans.plan(company=firm, title="eins", entry=entry.uuid, by=BY)
    anna.get(address)
    for number in range(2):
        with django_assert_num_queries(16):
            anna.get(address)
        plans.plan(company=firm, title=f"mehr {number}", entry=entry.uuid, by=BY)


def test_a_wrong_entry_of_the_timeline_is_taken_off(anna, firm):
    row = add(firm, "Sensor leihen")
    step = builders.step(firm)
    plans.tick_off(planned=row, step=step, by=BY)
    anna.post(step_address(firm, row), {"do": "done", "done-step": ""})
    row.refresh_from_db()
    assert row.step is None
    assert row.done_at


def test_what_proves_it_can_be_chosen_however_long_ago_it_was(anna, firm, monkeypatch):
    row = add(firm, "Sensor leihen")
    step = builders.step(firm)
    plans.tick_off(planned=row, step=step, by=BY)
    monkeypatch.setattr(firm_plans, "PROVING", 0)
    assert f'value="{step.uuid}" selected' in anna.get(step_address(firm, row)).content.decode()
