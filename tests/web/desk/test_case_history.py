"""What a case's page tells of what happened to it, and which step comes next."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from wegweiser.catalogue.models import Entry
from wegweiser.companies.actions import companies
from wegweiser.consortium.models import Role
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.enquiries.models import Outcome, State
from wegweiser.kernel.actor import Actor

TODAY = MONDAY.date()
ACTS = "Was möchten Sie tun?"


def page(case):
    return reverse("desk:case", kwargs={"uuid": case.uuid})


def html(client, case):
    return client.get(page(case)).content.decode()


def since(client, case):
    """What happened after the enquiry came in."""
    return client.get(page(case)).context["history"][1:]


def titles(client, case):
    return [row.title for row in since(client, case)]


def send(client, case, verb, **fields):
    given = {f"{verb}-{name}": value for name, value in {"submission": uuid.uuid4(), **fields}.items()}
    return client.post(page(case), {"do": verb, **given}, follow=True)


# --- What happened ------------------------------------------------------------------------------------------------


def test_an_enquiry_that_nobody_has_taken_yet_came_in_on_some_way(anna, world):
    case = contact_point.case(world.lead)
    [row] = anna.get(page(case)).context["history"]
    assert (row.title, row.at, row.who) == ("Anliegen eingegangen", case.recorded_at, case.get_intake_display())
    thread = html(anna, case).partition('id="h-thread"')[2].partition("</section>")[0]
    assert "Anliegen eingegangen" in thread
    assert "Noch nichts" not in thread


def test_what_went_out_is_read_whole_in_the_history(anna, world):
    case = contact_point.case(world.lead, email="jana@firma.example")
    send(anna, case, "take")
    send(anna, case, "answer", text="Kommen Sie vorbei.")
    thread = html(anna, case).partition('id="h-thread"')[2].partition("</section>")[0]
    mail = thread.partition("Ganze E-Mail zeigen")[2].partition("</details>")[0]
    for words in (
        f"Antwort auf Ihr Anliegen {case.reference}",
        f"Guten Tag {case.name},",
        "Kommen Sie vorbei.",
        "Anna",
    ):
        assert words in mail


def test_taking_closing_and_opening_again_stand_in_the_history_with_who_did_it(anna, world):
    case = contact_point.case(world.lead, email="jana@firma.example")
    send(anna, case, "take")
    send(anna, case, "close", outcome=Outcome.HELPED)
    rows = since(anna, case)
    assert [(row.title, row.who) for row in rows] == [
        ("Übernommen", world.anna),
        ("Abgeschlossen: geholfen", world.anna),
    ]
    send(anna, case, "reopen")
    assert titles(anna, case) == ["Übernommen", "Wieder geöffnet", "Abgeschlossen"]  # at one moment of a stopped clock


def test_who_asked_and_said_that_it_is_settled_stands_there_too(anna, world):
    case = contact_point.case(world.lead)
    cases.close(case=case, outcome=Outcome.SETTLED, by=Actor.link(case.uuid))
    [row] = since(anna, case)
    assert (row.title, row.who) == ("Abgeschlossen: hat sich erledigt", "auf der Statusseite")


def test_offers_that_went_out_with_an_answer_are_named(anna, world):
    case = contact_point.case(world.lead, email="jana@firma.example")
    offer = Entry.objects.get(slug="auftraege")
    cases.answer(case=case, member=world.anna, text="Sehen Sie hier.", offers=[offer.uuid], by=BY)
    assert f"Beigelegt: {offer.title}" in " ".join(html(anna, case).split())


def test_each_hand_over_says_to_whom(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    case = contact_point.case(world.lead)
    cases.hand_over(case=case, partner=world.other, note="Bitte übernehmen.", member=world.anna, by=BY)
    cases.hand_over(case=case, partner=world.lead, note="Doch nicht.", member=world.ben, by=BY)
    assert titles(client, case) == ["Weitergegeben an Other", "Weitergegeben an Lead"]


def test_the_list_marks_what_another_partner_gave_until_somebody_takes_it(client, world):
    client.force_login(staff.login(world.ben))
    case = contact_point.case(world.lead)
    contact_point.case(world.other)
    cases.hand_over(case=case, partner=world.other, note="Bitte übernehmen.", member=world.anna, by=BY)
    for name in ("desk:today", "desk:cases"):
        assert client.get(reverse(name)).content.decode().count(">weitergegeben<") == 1
    cases.take(case=case, member=world.ben, by=BY)
    assert ">weitergegeben<" not in client.get(reverse("desk:cases")).content.decode()


def test_only_what_waits_for_us_has_a_day_for_the_answer(anna, world):
    case = contact_point.case(world.lead)
    assert "Antwort bis" in html(anna, case)
    cases.close(case=case, outcome=Outcome.HELPED, by=BY)
    for address in (page(case), reverse("desk:cases") + "?stand=alle"):
        said = anna.get(address).content.decode()
        assert "Antwort bis" not in said
        assert "geholfen" in said


def test_where_nothing_can_be_done_no_heading_promises_it(anna, world):
    case = contact_point.case(world.lead)
    assert ACTS in html(anna, case)
    cases.note(case=case, member=world.anna, text="Kennen wir.", visibility="all", by=BY)
    cases.hand_over(case=case, partner=world.other, note="Bitte übernehmen.", member=world.ben, by=BY)
    shown = anna.get(page(case))
    assert (ACTS in shown.content.decode()) == bool(shown.context["forms"])


# --- What comes next ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "opened", "said"),
    [
        ({"phone": "+493914090123"}, "log", "Rufen Sie an und halten Sie das Gespräch hier fest."),
        ({"email": "jana@firma.example"}, "answer", "Schreiben Sie gleich Ihre Antwort."),
    ],
)
def test_who_takes_a_case_finds_the_next_step_open(anna, world, fields, opened, said):
    case = contact_point.case(world.lead, **{"phone": "", "email": "", **fields})
    response = send(anna, case, "take")
    assert response.context["opened"] == opened
    assert said in response.content.decode()


def test_who_left_a_number_only_is_not_written_to_and_the_page_says_why(anna, world):
    case = contact_point.case(world.lead, phone="+493914090123", email="")
    shown = anna.get(page(case))
    assert "answer" not in shown.context["forms"]
    assert "Es gibt keine E-Mail-Adresse, deshalb keine schriftliche Antwort." in shown.content.decode()


def test_a_follow_up_lies_ahead(anna, world):
    case = contact_point.case(world.lead)
    for day, status in ((TODAY - dt.timedelta(days=1), 422), (TODAY, 200)):
        assert send(anna, case, "follow_up", due_on=day.isoformat(), note="Nachfragen").status_code == status
    assert [row.due_on for row in case.follow_ups.all()] == [TODAY]


@pytest.mark.parametrize(("fields", "left"), [({"finish": "on"}, 0), ({}, 1)])
def test_closing_shows_what_is_still_promised_and_asks_what_becomes_of_it(anna, world, fields, left):
    case = contact_point.case(world.lead)
    follow_ups.set(case=case, partner=world.lead, due_on=TODAY, note="Infoblatt schicken", by=BY)
    said = html(anna, case)
    assert "Offene Wiedervorlagen auch erledigen" in said
    assert "02.03.2026: Infoblatt schicken" in said
    send(anna, case, "close", outcome=Outcome.HELPED, **fields)
    case.refresh_from_db()
    assert (case.state, case.follow_ups.filter(done_at=None).count()) == (State.CLOSED, left)


def test_without_a_promise_closing_asks_nothing_more(anna, world):
    assert "Offene Wiedervorlagen" not in html(anna, contact_point.case(world.lead))


def test_the_page_of_a_firm_says_what_is_overdue(anna, world):
    firm = companies.find_or_create(name="Fräse GmbH", by=BY)
    late, soon = TODAY - dt.timedelta(days=3), TODAY + dt.timedelta(days=3)
    for day in (late, soon):
        follow_ups.set(company=firm, partner=world.lead, due_on=day, note="Nachfragen", by=BY)
    said = anna.get(reverse("desk:company", kwargs={"uuid": firm.uuid})).content.decode()
    assert said.count(">überfällig<") == 1
