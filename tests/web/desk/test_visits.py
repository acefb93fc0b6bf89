"""The visit sheet on the phone and on paper, and its log, sent by a page or by a device that kept it."""

import datetime as dt
import io
import uuid

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from wegweiser.companies.actions import companies, facts
from wegweiser.crossings import firms
from wegweiser.documents import qr
from wegweiser.enquiries.actions import appointments, cases, follow_ups
from wegweiser.enquiries.models import Case, Contribution, FollowUp
from wegweiser.journey.actions import plans
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def date(world):
    case = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann", phone="+493915550123")
    firm = firms.link(case=case, by=BY)
    companies.put_right(company=firm, name=firm.name, street="Am Wehr 3", postcode="39104", place="Magdeburg", by=BY)
    facts.declare(company=firm, kind="size", value="small", valid_from=clock.today(), by=BY)
    start = clock.now() - dt.timedelta(hours=2)
    return appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=start, by=BY)[0]


def sheet(date):
    return reverse("desk:visit", kwargs={"uuid": date.uuid})


def said(**given):
    start = {
        "submission": str(uuid.UUID(int=5)),
        "minutes": "45",
        "text": "Scanner",
        "agreed": "Angebot",
        "day": clock.today().isoformat(),
        "kind": "visit",
        "format": "inform",
        "visibility": "partner",
    }
    return {**start, **given}


def test_the_sheet_has_what_one_needs_at_the_door(anna, world, date):
    cases.note(case=date.case, member=world.anna, text="Hof von hinten anfahren.", by=BY)
    follow_ups.set(case=date.case, partner=world.lead, due_on=clock.today(), note="Muster mitbringen", by=BY)
    page = anna.get(sheet(date)).content.decode()
    for words in ("tel:+493915550123", "10–49", "nicht bekannt"):
        assert words in page
    for words in ("Hof von hinten anfahren.", "Muster mitbringen", "E-Mail ist recht."):
        assert words in page


@pytest.mark.parametrize(
    ("agent", "begin"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "https://maps.apple.com/?daddr="),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15", "https://maps.apple.com/?daddr="),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 8) Chrome/130.0 Mobile", "geo:0,0?q="),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/132.0", "https://www.openstreetmap.org/directions?to="),
        ("", "https://www.openstreetmap.org/directions?to="),
    ],
)
def test_the_way_there_opens_on_whatever_one_has(anna, date, agent, begin):
    page = anna.get(sheet(date), headers={"user-agent": agent}).content.decode()
    assert f'href="{begin}Am%20Wehr%203%2C%2039104%20Magdeburg"' in page


def test_what_both_sides_let_go_of_is_not_on_the_sheet(anna, date):
    firm = date.case.company
    plans.plan(company=firm, title="Hallenplan schicken", by=BY)
    plans.drop(planned=plans.plan(company=firm, title="Messstelle", by=BY), reason="zu teuer", by=BY)
    page = anna.get(sheet(date)).content.decode()
    assert "Hallenplan schicken" in page
    assert "Messstelle" not in page


def test_on_paper_stand_the_enquiry_the_phone_of_the_firm_and_a_way_there(anna, date, monkeypatch):
    firm = date.case.company
    firm.phone = "+493915550177"
    firm.save()
    drawn = []
    monkeypatch.setattr(qr, "drawing", lambda text, draw=qr.drawing: drawn.append(text) or draw(text))
    answer = anna.get(reverse("desk:visit_paper", kwargs={"uuid": date.uuid}))
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    for words in ("Worum es geht", date.case.reference, date.case.text, "Betrieb: 0391 5550177", "Route dorthin"):
        assert words in text
    assert drawn == ["https://www.openstreetmap.org/directions?to=Am%20Wehr%203%2C%2039104%20Magdeburg"]


def test_today_leads_to_the_sheet_in_one_tap(anna, date):
    assert sheet(date) in anna.get(reverse("desk:today")).content.decode()


def test_the_sheet_on_paper_says_the_same(anna, world, date):
    cases.note(case=date.case, member=world.anna, text="Hof von hinten anfahren.", by=BY)
    answer = anna.get(reverse("desk:visit_paper", kwargs={"uuid": date.uuid}))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    for words in ("Fräserei Ölmann", "0391 5550123", "Am Wehr 3", "Hof von hinten anfahren.", "Was ist vereinbart?"):
        assert words in text


def test_a_note_for_one_person_is_on_nobody_elses_sheet(client, world, date):
    cases.note(case=date.case, member=world.anna, text="Nur für mich.", visibility="mine", by=BY)
    colleague = contact_point.member("Carla", world.lead)
    client.force_login(staff.login(colleague))
    for name in ("visit", "visit_paper"):
        assert "Nur für mich" not in str(client.get(reverse(f"desk:{name}", kwargs={"uuid": date.uuid})).content)


def test_what_another_partner_keeps_shows_only_that_there_was_contact(client, world, date):
    """The firm's sheet is for the whole consortium: days and partner, no word."""
    cases.log(
        case=date.case, member=world.anna, kind="talk", day=clock.today(), minutes=20, text="Preis zu hoch", by=BY
    )
    client.force_login(staff.login(world.ben))
    page = client.get(reverse("desk:firm_visit", kwargs={"uuid": date.case.company.uuid})).content.decode()
    assert "Preis zu hoch" not in page
    assert date.case.reference not in page


@pytest.mark.parametrize(("kind", "minutes", "is_told"), [("talk", 9, True), ("talk", 10, False), ("visit", 9, False)])
def test_who_logs_a_talk_that_is_too_short_to_count_is_told_so(anna, date, kind, minutes, is_told):
    told = "Im Förderbericht zählt es nicht"
    answer = anna.post(sheet(date), said(kind=kind, minutes=minutes), follow=True)
    assert (told in answer.content.decode()) == is_told
    said_again = anna.post(sheet(date), said(kind=kind, minutes=minutes), **JSON).json()["said"]
    assert (told in said_again) == is_told


def test_the_log_works_without_scripts(anna, date):
    answer = anna.post(sheet(date), said(), follow=True)
    row = Contribution.objects.get()
    assert (row.minutes, row.text) == (45, "Scanner\n\nVereinbart: Angebot")
    assert answer.redirect_chain[0][0] == reverse("desk:case", kwargs={"uuid": date.case.uuid})
    assert "Danach festhalten" not in anna.get(sheet(date)).content.decode()


def test_a_missing_field_comes_back_with_everything_typed(anna, date):
    answer = anna.post(sheet(date), said(minutes=""))
    assert answer.status_code == 422
    assert "Scanner" in answer.content.decode()


def test_a_device_is_told_what_became_of_its_log(anna, date):
    first = anna.post(sheet(date), said(summary="on"), **JSON)
    again = anna.post(sheet(date), said(summary="on"), **JSON)
    row = Contribution.objects.get()
    assert first.json()["next"] == reverse("desk:visit_summary", kwargs={"uuid": row.uuid})
    assert again.json() == first.json()


def test_a_device_learns_that_somebody_else_was_faster_and_may_write_beside_it(anna, world, date):
    cases.log(case=date.case, member=world.anna, kind="visit", day=clock.today(), minutes=9, appointment=date, by=BY)
    refused = anna.post(sheet(date), said(), **JSON)
    assert refused.status_code == 409
    assert refused.json()["apart"] is True
    assert "schon festgehalten" in refused.json()["problem"]
    assert anna.post(sheet(date), said(apart="1"), **JSON).status_code == 200
    assert Contribution.objects.count() == 2


def test_a_device_learns_what_is_wrong_with_a_field(anna, date):
    refused = anna.post(sheet(date), said(minutes="0"), **JSON)
    assert (refused.status_code, refused.json()["problem"].startswith("Minuten: ")) == (422, True)


def test_who_lost_the_right_is_refused(client, world, date):
    client.force_login(staff.login(world.ben))
    assert client.post(sheet(date), said(), **JSON).status_code == 404
    assert not Contribution.objects.exists()


def test_a_device_asks_who_is_logged_in_before_it_sends(anna, client, world):
    state = anna.get(reverse("desk:visit_state")).json()
    world.anna.refresh_from_db()
    assert state["login"] == str(world.anna.user.uuid)
    anna.logout()
    assert client.get(reverse("desk:visit_state"), **JSON).status_code == 302


def test_logging_out_empties_the_device(anna):
    answer = anna.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"storage"'


def test_the_worker_reaches_the_visits_and_nothing_else(anna):
    for language in ("", "/en"):
        answer = anna.get(f"{language}/desk/besuche/arbeiter.js")
        assert answer["Content-Type"].startswith("text/javascript")
        assert not answer.has_header("Service-Worker-Allowed")


def test_a_visit_to_a_firm_without_a_case_is_written_down(anna, world):
    firm = companies.find_or_create(name="Tischlerei Ahorn", phone="0391 5550177", by=BY)
    address = reverse("desk:firm_visit", kwargs={"uuid": firm.uuid})
    anna.post(address, said(topic=str(world.topic.pk)))
    assert Case.objects.get().company == firm
    assert Contribution.objects.get(kind="visit").minutes == 45


def test_a_summary_is_read_changed_and_sent(anna, date):
    answer = anna.post(sheet(date), said(summary="on"))
    page = anna.get(answer["Location"]).content.decode()
    assert "jana@firma.example" in page
    assert "Vereinbart: Angebot" in page
    anna.post(answer["Location"], {"text": "Wie besprochen."})
    assert "Wie besprochen." in Letter.objects.get().text
    assert not FollowUp.objects.filter(done_at=None).exists()


def test_the_sheet_says_how_far_the_programme_goes(anna, date):
    assert "zählt trotzdem" not in anna.get(sheet(date)).content.decode()
    facts.declare(company=date.case.company, kind="size", value="large", valid_from=clock.today(), by=BY)
    assert "Das Gespräch zählt trotzdem." in anna.get(sheet(date)).content.decode()


def test_who_wants_no_mail_is_not_offered_one(anna, date):
    date.case.company.channel = "none"
    date.case.company.save()
    page = anna.get(sheet(date)).content.decode()
    assert "Wünscht keine Nachrichten" in page
    assert 'name="summary"' not in page


def test_the_number_on_the_page_of_a_case_can_be_tapped(anna, date):
    page = anna.get(reverse("desk:case", kwargs={"uuid": date.case.uuid})).content.decode()
    assert 'href="tel:+493915550123"' in page


@pytest.mark.parametrize(("header", "told"), [({"HTTP_X_SHOWS": "1"}, 1), ({}, 0)])
def test_the_page_that_comes_next_says_that_the_visit_is_written_down(anna, date, header, told):
    answer = anna.post(sheet(date), said(summary="on"), **JSON, **header).json()
    assert anna.get(answer["next"]).text.count("Festgehalten. Lesen Sie jetzt die Zusammenfassung.") == told
