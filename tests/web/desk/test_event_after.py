"""The mails and the answers of an event at the desk, and the guest's form they come from."""

import datetime as dt

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import world as events_world
from tests.events.world import ENDS
from tests.web.desk import staff
from wegweiser.accounts.actions import tokens
from wegweiser.consortium.models import Role
from wegweiser.enquiries.models import Case
from wegweiser.events.actions import attendance, notices
from wegweiser.events.feedback import FEEDBACK
from wegweiser.events.models import Event, Feedback, Moment, Notice, Pool
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.outbox.models import Letter

AFTER = ENDS + dt.timedelta(days=1)


@pytest.fixture
def held(db):
    with clock.stopped_at(MONDAY):
        found = events_world.held(places=9)
        for number in range(1, 7):
            events_world.register(found, number)
    with clock.stopped_at(AFTER):
        for row in found.event.registrations.all():
            attendance.set_presence(seat=row.seats.get(), presence="attended", by=BY)
        yield found


@pytest.fixture
def desk(client, held):
    client.force_login(staff.hire(Role.EDITOR, held.centre.other))
    return client


def mails(held) -> str:
    return f"/desk/termine/{held.event.uuid}/mails/"


def answers(held) -> str:
    return f"/desk/termine/{held.event.uuid}/rueckmeldungen/"


def table(held) -> str:
    return f"/desk/termine/{held.event.uuid}/rueckmeldungen.csv"


def form_of(row) -> str:
    until = clock.now() + dt.timedelta(days=9)
    return f"/rueckmeldung/{tokens.issue(purpose=FEEDBACK, subject=row.uuid, expires=until, by=VISITOR)}/"


def test_each_mail_is_read_before_and_says_when_it_goes(desk, held):
    page = desk.get(mails(held)).text
    assert "Danke, dass Sie da waren: Aufträge im Blick" in page
    assert "Geht nicht mehr hinaus: Fällig war sie am 05.03.2026 09:00" in page, "nobody had the reminder"
    assert "Geht gerade hinaus" in page
    assert "Ist ausgeschaltet" in page  # to those who did not come


def test_a_mail_that_goes_out_says_how_far_it_is(desk, held):
    assert "0 von 6 Anmeldungen" in desk.get(mails(held)).text
    notices.send_due(by=BY)
    page = desk.get(mails(held)).text
    assert "6 von 6 Anmeldungen" in page
    assert "Ging ab 10.03.2026 09:00 hinaus" in page


def test_own_words_are_kept_and_shown(desk, held):
    sent = {"do": "save", "moment": "thanks", "thanks-is_on": "on", "thanks-hours": "4", "thanks-de": "Bis bald!"}
    assert desk.post(mails(held), sent).status_code == 302
    row = Notice.objects.get()
    assert (row.moment, row.is_on, row.hours, row.words) == (Moment.THANKS, True, 4, {"de": "Bis bald!"})
    assert "Bis bald!" in desk.get(mails(held)).text


def test_the_confirmation_is_read_before_and_said_in_own_words(desk, held):
    page = desk.get(mails(held)).text
    assert "Sie sind angemeldet: Aufträge im Blick" in page
    assert "Sie sind angemeldet. Wir freuen uns auf Sie." in page
    told = {"moment": "confirmation", "do": "save", "confirmation-de": "Bringen Sie Ihr Werkstück mit."}
    assert desk.post(mails(held), told).status_code == 302
    page = desk.get(mails(held)).text
    assert page.count("Bringen Sie Ihr Werkstück mit.") == 2  # as it reads, and in its form
    too_long = {**told, "confirmation-de": "x" * 2001}
    assert desk.post(mails(held), too_long).status_code == 422
    desk.post(mails(held), {"moment": "confirmation", "do": "try", "language": "de"})
    letter = Letter.objects.latest("id")
    assert letter.subject == "Sie sind angemeldet: Aufträge im Blick"
    assert "Bringen Sie Ihr Werkstück mit." in letter.text


def test_the_mails_are_read_as_somebody_online_reads_them(desk, held):
    assert 'name="platz"' not in desk.get(mails(held)).text
    online = Pool.objects.create(event=held.event, position=9, way="online", label={"de": "Online"}, chairs=5)
    Event.objects.update(join_link="https://meet.example/raum")
    assert "https://meet.example/raum" not in desk.get(mails(held)).text
    there = f"{mails(held)}?platz={online.uuid}"
    page = desk.get(there).text
    assert page.count("https://meet.example/raum") == 2  # confirmation and reminder
    assert f'<option value="{online.uuid}" selected>Online</option>' in page
    done = desk.post(there, {"moment": "reminder", "do": "try", "language": "de"})
    assert done["Location"] == there
    assert "https://meet.example/raum" in Letter.objects.latest("id").text
    assert desk.get(f"{mails(held)}?platz=unsinn").status_code == 200


def test_hours_that_make_no_sense_come_back_with_what_was_typed(desk, held):
    sent = {"do": "save", "moment": "reminder", "reminder-hours": "-3", "reminder-de": "Bringen Sie Zeit mit."}
    answer = desk.post(mails(held), sent)
    assert answer.status_code == 422
    assert "Bringen Sie Zeit mit." in answer.text
    assert not Notice.objects.exists()


def test_a_trial_goes_to_oneself_alone(desk, held):
    before = Letter.objects.count()
    desk.post(mails(held), {"do": "try", "moment": "thanks", "language": "en"})
    letter = Letter.objects.order_by("-id").first()
    assert Letter.objects.count() == before + 1
    assert not letter.recipient_mail.startswith("gast")
    assert "Thank you for coming" in letter.subject
    assert not Feedback.objects.exists()


def test_another_partner_finds_neither_mails_nor_answers(client, held):
    client.force_login(staff.hire(Role.EDITOR, held.centre.lead))
    assert client.get(mails(held)).status_code == 404
    assert client.get(answers(held)).status_code == 404
    assert client.get(table(held)).status_code == 404


def test_a_guest_says_how_it_was_and_asks_for_a_call(client, held):
    address = form_of(held.event.registrations.first())
    assert "Wie war es?" in client.get(address).text
    said = client.post(address, {"do": "say", "useful": "5", "recommend": "10", "missing": "Nichts"}, follow=True)
    assert "Vielen Dank!" in said.text
    assert 'name="useful"' not in said.text
    call = {"do": "call", "about": "Angebot", "phone": "0391 55501"}
    assert "wir rufen Sie an" in client.post(address, call, follow=True).text
    assert "Aufträge im Blick" in Case.objects.get().text
    assert client.get("/rueckmeldung/geraten/").status_code == 404


def test_an_empty_answer_comes_back_and_a_mistake_keeps_the_text(client, held):
    address = form_of(held.event.registrations.first())
    assert client.post(address, {"do": "say"}).status_code == 422
    answer = client.post(address, {"do": "call", "about": "Unser Lager", "phone": ""})
    assert (answer.status_code, "Unser Lager" in answer.text) == (422, True)
    assert not Case.objects.exists()


def give(client, held, count: int) -> None:
    for row in held.event.registrations.order_by("id")[:count]:
        client.post(form_of(row), {"do": "say", "useful": "4", "recommend": "9", "missing": f"Zeile {row.pk}"})


def test_four_answers_are_a_number_and_five_are_figures(desk, held):
    give(desk, held, 4)
    page = desk.get(answers(held)).text
    assert "4 Antworten" in page
    assert "Zeile" not in page
    assert "Zeile" not in desk.get(table(held)).content.decode()
    give(desk, held, 5)
    page = desk.get(answers(held)).text
    assert "5 Antworten" in page
    assert "ww-chart" in page
    found = desk.get(table(held)).content.decode("utf-8-sig")
    assert "genützt;ziemlich;5" in found.replace('"', "")


def test_all_events_stand_by_topic(desk, held, django_assert_max_num_queries):
    give(desk, held, 5)
    with django_assert_max_num_queries(12):
        page = desk.get("/desk/termine/rueckmeldungen/").text
    assert "Vernetzung" in page
    assert "100" in page
