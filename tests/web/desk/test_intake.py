"""\"Neu\" at the desk: what is enough to take an enquiry down, and that whoever did finds it again."""

import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.catalogue import matches
from wegweiser.companies.actions import companies, persons
from wegweiser.companies.models import Company
from wegweiser.enquiries import teaching
from wegweiser.enquiries.actions import erasures
from wegweiser.enquiries.models import Case, FollowUp, Intake, State
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.web.desk import firm_choice

NUMBER = "0391 4090555"


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


@pytest.fixture
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client


def take_down(client, **fields):
    given = {"submission": uuid.uuid4(), "intake": Intake.PHONE, "enquirer": "company", **fields}
    return client.post(reverse("desk:new"), given, follow=True)


def test_a_number_is_enough(anna, world):
    response = take_down(anna, phone=NUMBER)
    case = Case.objects.get()
    assert (case.phone, case.name, case.text) == ("+493914090555", "", "")  # nothing of ours stands as theirs
    assert not teaching.holds_a_question(case)
    page = reverse("desk:case", kwargs={"uuid": case.uuid})
    assert response.redirect_chain == [(f"{page}?oeffnen=log", 302)]  # the minutes are logged right there
    assert response.context["opened"] == "log"


@pytest.mark.parametrize(("language", "told"), [("de", "Noch nicht gesagt, worum"), ("en", "Not said yet what")])
def test_what_is_not_said_yet_is_told_in_the_readers_language(anna, world, language, told):
    take_down(anna, phone=NUMBER)
    case = Case.objects.get()
    with translation.override(language):
        addresses = [reverse("desk:case", kwargs={"uuid": case.uuid}), reverse("desk:cases")]
    for address in addresses:
        assert told in anna.get(address).content.decode()
    erasures.erase_case(case=case, by=BY)
    case.refresh_from_db()
    assert not case.is_untold


@pytest.mark.parametrize("fields", [{}, {"name": "Ina"}, {"firm": "Blau GmbH"}])
def test_something_has_to_be_there(anna, world, fields):
    response = take_down(anna, **fields)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["__all__"]
    assert not Case.objects.exists()


def test_who_took_a_call_for_another_partner_finds_it_again(anna, world):
    take_down(anna, phone=NUMBER, text="Rechnungen", topic=world.topic.pk)
    case = Case.objects.get()
    assert (case.partner, case.state) == (world.other, State.NEW)
    for text in (case.reference, "4090555"):
        assert case.reference in anna.get(reverse("desk:search"), {"q": text}).content.decode()
    page = anna.get(reverse("desk:case", kwargs={"uuid": case.uuid}))
    assert page.status_code == 200
    assert "Aufgenommen: Telefon" in page.content.decode()


def test_a_call_taken_twice_says_so_once(anna, world):
    submission = uuid.uuid4()
    for _ in range(2):
        take_down(anna, phone=NUMBER, text="Rechnungen", topic=world.topic.pk, submission=submission)
    assert Case.objects.get().thread.count() == 1


def test_the_known_firm_one_ticks_is_the_firm_of_the_case(anna, world):
    known = companies.find_or_create(name="Druckerei Blau GmbH", phone=NUMBER, by=BY)
    assert (
        'data-ww-fill-with="Druckerei Blau GmbH"'
        in anna.post(reverse("desk:suggest"), {"phone": NUMBER}).content.decode()
    )
    take_down(anna, phone=NUMBER, company=known.uuid)
    case = Case.objects.get()
    assert (case.company, case.firm) == (known, "Druckerei Blau GmbH")


def test_the_known_caller_is_offered_as_the_name(anna, world):
    known = companies.find_or_create(name="Druckerei Blau GmbH", phone=NUMBER, by=BY)
    persons.find_or_create(name="Ina Blau", phone=NUMBER, company=known, by=BY)
    said = anna.post(reverse("desk:suggest"), {"phone": NUMBER}).content.decode()
    assert 'data-ww-fill="id_name"' in said
    assert 'value="Ina Blau"' in said


def test_the_talk_of_a_call_for_another_partner_counts_for_who_took_it(anna, world):
    response = take_down(anna, phone=NUMBER, text="Rechnungen", firm="Blau", topic=world.topic.pk, minutes=12)
    assert "Ihr Gespräch ist festgehalten." in response.content.decode()
    assert "Im Förderbericht zählt es nicht" not in response.content.decode()
    case, step = Case.objects.get(), Step.objects.get()
    assert (case.partner, case.state, case.adviser) == (world.other, State.NEW, None)
    assert (step.partner, step.company, step.topic) == (world.lead, case.company, world.topic)
    assert (step.day, step.measures) == (contact_point.MONDAY.date(), {"minutes": 12})
    hours = step.contributions.get()
    assert (hours.partner, hours.staff_number, float(hours.hours)) == (world.lead, world.anna.staff_number, 0.2)


def test_a_short_talk_stands_in_the_thread_and_counts_nowhere(anna, world):
    response = take_down(anna, phone=NUMBER, text="Rechnungen", topic=world.topic.pk, minutes=9)
    assert "Im Förderbericht zählt es nicht" in response.content.decode()
    assert Case.objects.get().thread.get(kind="talk").minutes == 9
    assert not Step.objects.exists()


def test_who_logs_a_call_may_do_no_more_with_the_case_than_before(anna, world):
    for minutes in ("", 12):
        take_down(anna, phone=NUMBER, text=f"Rechnungen {minutes}", topic=world.topic.pk, minutes=minutes)
    pages = [anna.get(reverse("desk:case", kwargs={"uuid": case.uuid})) for case in Case.objects.order_by("id")]
    assert set(pages[0].context["forms"]) == set(pages[1].context["forms"])
    assert not {"take", "log", "answer", "close", "hand_over"} & set(pages[1].context["forms"])
    answer = {"do": "log", "log-kind": "talk", "log-day": "2026-03-02", "log-minutes": "30", "log-format": "inform"}
    anna.post(reverse("desk:case", kwargs={"uuid": Case.objects.last().uuid}), answer)
    assert Step.objects.count() == 1


def test_a_call_of_ones_own_is_answered_by_the_talk_unless_a_call_back_is_owed(anna, world):
    take_down(anna, phone=NUMBER, text="Frage", minutes=5)
    assert Case.objects.get().state == State.ANSWERED
    take_down(anna, phone=NUMBER, text="Noch eine", minutes=5, wants_call="on")
    assert Case.objects.latest("id").state == State.TAKEN
    assert FollowUp.objects.get().done_at is None


def test_a_click_repeated_logs_the_talk_once(anna, world):
    submission = uuid.uuid4()
    for _ in range(2):
        take_down(anna, phone=NUMBER, text="Rechnungen", topic=world.topic.pk, minutes=12, submission=submission)
    assert Step.objects.count() == 1
    assert Case.objects.get().thread.filter(kind="talk").count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"intake": Intake.MAIL, "text": "Rechnungen", "minutes": 12}, "minutes"),
        ({"phone": NUMBER, "minutes": 12}, "topic"),
        ({"phone": NUMBER, "minutes": 0}, "minutes"),
        ({"phone": NUMBER, "minutes": 961}, "minutes"),
    ],
)
def test_minutes_that_cannot_be_are_refused_with_everything_kept(anna, world, fields, field):
    response = take_down(anna, **fields)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Case.objects.exists()


# --- Which firm it is ----------------------------------------------------------------------------------------------


@pytest.fixture
def blau(world):
    """The one firm of this name that is known, in Halle."""
    return companies.find_or_create(name="Druckerei Blau GmbH", place="Halle", phone="0345 4090555", by=BY)


@pytest.mark.parametrize("minutes", ["", 12])
def test_a_namesake_with_another_number_is_not_the_known_firm(anna, world, blau, minutes):
    take_down(anna, phone=NUMBER, firm="Druckerei Blau GmbH", minutes=minutes, topic=world.topic.pk)
    assert Case.objects.get().company != blau


@pytest.mark.parametrize("minutes", ["", 12])
def test_the_name_alone_leaves_it_open_which_firm_it_is(anna, world, blau, minutes):
    """Sent before anything was suggested, nobody has seen which firm is meant."""
    companies.put_right(company=blau, name=blau.name, phone="", by=BY)
    take_down(anna, phone=NUMBER, firm="Druckerei Blau GmbH", minutes=minutes, topic=world.topic.pk)
    case = Case.objects.get()
    assert (case.company, case.person, Company.objects.count()) == (None, None, 1)
    assert firm_choice.Meant(case)(case.firm) == [blau.pk], "the page of the case asks"


@pytest.mark.parametrize("given", [{"phone": "0345 4090555"}, {"email": "ina@blau.example", "phone": ""}])
def test_the_name_and_the_firms_number_or_domain_say_which_it_is(anna, blau, given):
    companies.put_right(company=blau, name=blau.name, phone=blau.phone, email="post@blau.example", by=BY)
    take_down(anna, firm="Druckerei Blau GmbH", name="Ina", **given)
    assert Case.objects.get().company == blau


def test_a_firm_that_nobody_knows_is_made_with_the_talk(anna, world, blau):
    take_down(anna, phone=NUMBER, firm="Tischlerei Kunz", minutes=12, topic=world.topic.pk)
    assert Case.objects.get().company.name == "Tischlerei Kunz"


# --- What it is about ----------------------------------------------------------------------------------------------


def test_what_is_outside_our_field_has_no_topic_and_stays_with_the_lead(anna, world):
    text = "Wo beantrage ich Elterngeld?"
    found = matches.match(text)
    assert (found.in_scope, bool(found.topics)) == (False, True), "the matching always names its nearest"
    take_down(anna, phone=NUMBER, text=text)
    case = Case.objects.get()
    assert (case.topic, case.partner) == (None, world.lead)
    assert case.suggested["in_scope"] is False


def test_what_is_in_our_field_has_the_topic_that_is_suggested(anna, world):
    take_down(anna, phone=NUMBER, text="Unser Scanner ist nicht vernetzt, was tun?")
    case = Case.objects.get()
    assert (case.topic, case.partner) == (world.topic, world.other)
