"""Small things a newcomer stumbled over at the desk, each with what is right instead."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from wegweiser.companies.actions import companies, facts
from wegweiser.companies.models import Fact
from wegweiser.consortium.models import District, Role
from wegweiser.crossings import enquiries as crossings
from wegweiser.enquiries.actions import appointments, cases, follow_ups
from wegweiser.enquiries.models import Appointment, Case, Intake, Outcome, State
from wegweiser.funding.actions import targets
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.web.ui.templatetags.ui import tel

TODAY = MONDAY.date()


def page(case):
    return reverse("desk:case", kwargs={"uuid": case.uuid})


def send(client, case, verb, **fields):
    return client.post(
        page(case), {"do": verb, **{f"{verb}-{name}": value for name, value in fields.items()}}, follow=True
    )


# --- Dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "time", "field"), [("2020-01-01", "03:00", "day"), ("2026-03-02", "09:59", "time")])
def test_nothing_is_arranged_for_a_moment_that_is_over(anna, world, day, time, field):
    case = contact_point.case(world.lead)
    refused = send(anna, case, "arrange", kind="talk", day=day, time=time, minutes=30)
    assert list(refused.context["forms"]["arrange"].errors) == [field]
    assert not Appointment.objects.exists()
    send(anna, case, "arrange", kind="talk", day="2026-03-02", time="10:01", minutes=30)
    assert Appointment.objects.count() == 1


def test_a_date_that_did_not_take_place_goes_from_the_day(anna, world):
    case = contact_point.case(world.lead)
    date, _ = appointments.arrange(
        case=case, member=world.anna, kind="talk", starts_at=MONDAY - dt.timedelta(days=9), by=BY
    )
    assert "Hat nicht stattgefunden" in anna.get(reverse("desk:today")).text
    shown = anna.get(page(case)).text
    assert "Hat nicht stattgefunden" in shown
    assert "Absagen" not in shown
    assert "hat nicht stattgefunden" in send(anna, case, "missed", appointment=date.pk).text
    assert "Noch nicht festgehalten" not in anna.get(reverse("desk:today")).text


def test_who_gave_the_case_away_takes_their_own_date_off_and_no_other(anna, world):
    case, past = contact_point.case(world.lead), MONDAY - dt.timedelta(days=9)
    given = {"case": case, "kind": "talk", "starts_at": past, "by": BY}
    own, foreign = (appointments.arrange(member=member, **given)[0] for member in (world.anna, world.ben))
    cases.hand_over(case=case, partner=world.other, note="Bitte", by=BY)
    assert anna.get(page(case)).text.count("Hat nicht stattgefunden") == 1
    for date in (foreign, own):
        send(anna, case, "missed", appointment=date.pk)
        date.refresh_from_db()
    assert own.cancelled_at
    assert foreign.cancelled_at is None


def test_closing_says_what_became_of_promises_and_dates(anna, world):
    case = contact_point.case(world.lead)
    cases.take(case=case, member=world.anna, by=BY)
    follow_ups.set(case=case, partner=world.lead, due_on=TODAY, note="Fragen", by=BY)
    appointments.arrange(case=case, member=world.anna, kind="talk", starts_at=MONDAY + dt.timedelta(days=2), by=BY)
    said = send(anna, case, "close", outcome=Outcome.SETTLED, finish="on").text
    assert "1 Wiedervorlage ist mit erledigt." in said
    assert "Der Termin am 04.03.2026 10:00 bleibt bestehen." in said


def test_a_case_of_another_partner_has_no_heading_over_nothing(anna, client, world):
    case = contact_point.case(world.lead)
    assert "Außerdem" in anna.get(page(case)).text
    cases.note(case=case, member=world.anna, text="Gelesen", by=BY)
    cases.hand_over(case=case, partner=world.other, note="Bitte", by=BY)
    left = anna.get(page(case))
    assert not {"follow_up", "hand_over", "note", "learn", "close"} & left.context["forms"].keys()
    assert "Außerdem" not in left.text


# --- Taking down ----------------------------------------------------------------------------------------------------


def take_down(client, **fields):
    given = {"intake": Intake.PHONE, "enquirer": "company", **fields}
    return client.post(reverse("desk:new"), given, follow=True)


def test_no_field_says_that_it_is_optional_where_one_of_them_is_needed(anna):
    said = anna.get(reverse("desk:new")).text
    assert "(optional)" not in said
    assert "Eine Telefonnummer oder ein Satz genügt." in said


def test_a_number_nobody_can_call_is_refused(anna):
    assert list(take_down(anna, phone="abc", text="Rechnungen").context["form"].errors) == ["phone"]
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("typed", "stored", "dialled"),
    [
        ("0391 5550-123", "+493915550123", "tel:+493915550123"),
        ("0391 5550 App. 12", "0391 5550 App. 12", "tel:03915550"),
        ("(0391) 5550 DW 12", "(0391) 5550 DW 12", "tel:03915550"),
        ("+49 391 5550 ext. 12", "+49 391 5550 ext. 12", "tel:+493915550"),
    ],
)
def test_extensions_stay_as_people_write_them(anna, typed, stored, dialled):
    take_down(anna, phone=typed, text="Rechnungen")
    assert Case.objects.get().phone == stored
    assert tel(stored) == dialled


def test_the_one_firm_of_this_name_is_the_firm_of_the_case(anna, world):
    firm = companies.find_or_create(name="Erdachtmetallbau 98 GmbH", by=BY)
    said = anna.post(reverse("desk:suggest"), {"firm": "Erdachtmetallbau 98"}).text
    assert f'value="{firm.uuid}" form="neu" checked' in said
    ticked = {"company": str(firm.uuid), "offered": str(firm.uuid)}  # as the page sends it: somebody saw it
    take_down(anna, text="Rechnungen", name="Ina", firm="Erdachtmetallbau 98", **ticked)
    assert Case.objects.get().company == firm


def test_who_takes_the_chosen_firm_away_is_believed(anna, world):
    firm = companies.find_or_create(name="Erdachtmetallbau 98 GmbH", by=BY)
    given = {"firm": "Erdachtmetallbau 98", "offered": str(firm.uuid)}
    assert "checked" not in anna.post(reverse("desk:suggest"), given).text
    take_down(anna, text="Rechnungen", name="Ina", **given)
    assert Case.objects.get().company is None


def test_a_case_without_a_name_is_called_by_its_number_as_people_read_it(world):
    assert contact_point.case(world.lead, name="", phone="+49391888999").asker == "0391 888999"


# --- Finding --------------------------------------------------------------------------------------------------------


def test_firms_are_found_by_their_place_and_by_their_district(anna, world):
    District.objects.create(ags="15090", name="Stendal")
    placed = companies.find_or_create(name="Tischlerei Ahrendt", postcode="39576", place="Stendal", by=BY)
    somewhere = companies.find_or_create(name="Metallbau Nord", by=BY)
    facts.declare(company=somewhere, kind=Fact.Kind.DISTRICT, value="15090", valid_from=TODAY, by=BY)
    companies.find_or_create(name="Metallbau Süd", place="Halle", by=BY)

    def found(text):
        return {firm.name for firm in anna.get(reverse("desk:search"), {"q": text}).context["found"].companies}

    assert found("Stendal") == {placed.name, somewhere.name}
    assert found("stendal tischlerei") == found("39576") == {placed.name}
    assert found("Metallbau Stendal") == {somewhere.name}
    assert found("Zerbst") == set()


def test_a_case_that_is_called_after_its_firm_shows_the_name_it_was_found_by(anna, world):
    firm = companies.find_or_create(name="Metallbau Nord", by=BY)
    case = contact_point.case(world.lead, name="Jens Brömme", firm="Metallbau Nord", email="jens@nord.example")
    cases.link(case=case, company=firm, by=BY)

    def rows(text):
        return anna.get(reverse("desk:search"), {"q": text}).text.partition("<h2>Anliegen</h2>")[2]

    for text in ("Brömme", "jens@nord"):
        assert "Jens Brömme · jens@nord.example" in rows(text)
    alone = contact_point.case(world.lead, name="Petra Alleine", phone="")
    assert rows("Alleine").count("Petra Alleine") == 1
    assert alone.reference in rows("Alleine")


# --- Figures --------------------------------------------------------------------------------------------------------


def test_a_report_says_when_a_target_was_changed(client, world):
    client.force_login(staff.hire(Role.FUNDER, None))
    with clock.stopped_at(MONDAY - dt.timedelta(days=400)):
        world.grant.recorded_at = clock.now()
        world.grant.save(update_fields=["recorded_at"])
        targets.promise(grant=world.grant, indicator="contacts", value=10, by=BY)
    assert "zuletzt geändert" not in client.get(reverse("desk:reports")).text
    targets.promise(grant=world.grant, indicator="contacts", value=3000, by=BY)
    assert "Zielwerte zuletzt geändert am 2. März 2026." in client.get(reverse("desk:reports")).text


def test_a_printed_report_names_its_days_and_its_own(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    said = " ".join(client.get(reverse("desk:reports"), {"von": "2026-01-01", "bis": "2026-02-01"}).text.split())
    assert said.count("1. Januar 2026 bis 1. Februar 2026") == 1
    assert said.count("Abgerufen am 2. März 2026.") == 1


# --- The page of the enquirer ---------------------------------------------------------------------------------------


@pytest.fixture
def sent(world):
    enquiry = crossings.Enquiry(text="Rechnungen", name="Ina", phone="+493915550123", partner=world.lead)
    return crossings.send(submission=contact_point.case(world.lead).uuid, enquiry=enquiry, by=BY)


def test_after_an_answer_and_a_hand_over_the_headline_knows_of_the_answer(client, world, sent):
    address = reverse("public:enquiry_status", kwargs={"token": sent.status_secret})
    cases.answer(case=sent.case, member=world.anna, text="Kommen Sie vorbei.", by=BY)
    cases.hand_over(case=sent.case, partner=world.other, note="Bitte", by=BY)
    said = client.get(address).text
    assert "Wir haben Ihnen geantwortet" in said
    assert "Ihr Anliegen ist bei uns" not in said
    assert "Jetzt kümmert sich Other weiter darum" in said


def test_who_said_it_is_settled_may_say_that_it_is_not(client, world, sent):
    address = reverse("public:enquiry_status", kwargs={"token": sent.status_secret})
    cases.take(case=sent.case, member=world.anna, by=BY)
    crossings.close(case=sent.case, outcome=Outcome.SETTLED, by=Actor.link(sent.case.uuid))
    assert "Doch nicht erledigt" in client.get(address).text
    for _ in range(2):  # a second click changes nothing
        client.post(address, {"act": "unsettled"})
    sent.case.refresh_from_db()
    assert sent.case.state == State.TAKEN
    assert [row.note for row in sent.case.follow_ups.filter(done_at=None)] == [
        "Hat sich doch nicht erledigt. Bitte melden."
    ]
