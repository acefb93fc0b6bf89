"""The guest's own page: how it stands, what to show at the door, changing and giving back."""

import datetime as dt
import html
import re

import pytest
from icalendar import Calendar

from tests.contact_point import BY, MONDAY
from tests.events import world as events_world
from tests.web.public.conftest import small_centre
from tests.web.public.test_registering import ask, name_of, register
from wegweiser.events.actions import attendance, events, letters, materials, registrations
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Registration
from wegweiser.files import uploading
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter
from wegweiser.web.public import limits


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def held(world):
    return events_world.held(places=3, centre=world)


def link(row):
    return f"/anmeldung/{letters.link(registration=row, by=VISITOR)}/"


def see(client, address):
    return html.unescape(client.get(address).text)


def act(client, address, what, **given):
    return client.post(address, {"act": what, **given})


def test_each_place_has_its_code_with_its_name(client, held):
    row = events_world.register(held, places=2, names=["Ada Alt"]).registration
    text = see(client, link(row))
    assert "Sie sind angemeldet" in text
    assert text.count('role="img"') == 2
    assert "QR-Code für den Einlass" in text
    assert "Ada Alt" in text
    assert "Platz 2" in text


def test_who_comes_along_is_named(client, held):
    row = events_world.register(held, places=3, names=["Ada Alt", "Bernd", "Anna"]).registration
    assert "Es kommen" in see(client, link(row)).partition("Ada Alt, Bernd, Anna")[0]
    alone = events_world.register(held, 2).registration
    assert "Es kommen" not in see(client, link(alone))


def test_once_it_is_over_there_is_no_door_to_show_a_code_at(client, held):
    row = events_world.register(held).registration
    address = link(row)
    with clock.stopped_at(events_world.ENDS - dt.timedelta(minutes=1)):
        assert "Für den Einlass" in see(client, address)
    with clock.stopped_at(events_world.ENDS):
        assert "Für den Einlass" not in see(client, address)


def test_the_link_shows_on_get_and_acts_on_post_only(client, held):
    row = events_world.register(held).registration
    address = link(row)
    for what in ("cancel", "cancel_indeed", "resend"):
        client.get(f"{address}?act={what}")
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_cancelling_asks_first(client, held):
    row = events_world.register(held).registration
    address = link(row)
    page = act(client, address, "cancel")
    assert "Möchten Sie wirklich absagen?" in page.text
    row.refresh_from_db()
    assert row.state == "confirmed"
    assert act(client, address, "keep").status_code == 302
    assert act(client, address, "cancel_indeed").status_code == 302
    row.refresh_from_db()
    assert row.state == "cancelled"
    text = see(client, address)
    assert "Ihre Anmeldung ist abgesagt" in text
    assert "Neu anmelden" in text
    assert 'role="img"' not in text


def test_an_address_is_confirmed_by_its_mail_and_not_by_the_form(client, held):
    events.change(event=held.event, settings={"opt_in": True}, by=BY)
    there = register(client, held)["Location"]
    text = see(client, there)
    assert "Bitte bestätigen Sie Ihre Anmeldung" in text
    assert 'value="confirm"' not in text
    assert act(client, there, "confirm").status_code == 422
    mailed = re.search(r"/anmeldung/[\w-]+/", Letter.objects.get().text)[0]
    assert 'value="confirm"' in see(client, mailed)
    act(client, mailed, "confirm")
    assert Registration.objects.get().state == "confirmed"
    assert "Sie sind angemeldet" in see(client, there)


def test_who_waits_sees_their_place_in_the_line(client, held):
    for number in range(1, 6):
        events_world.register(held, number)
    fourth, fifth = Registration.objects.order_by("id")[3:]
    assert "Sie sind als Nächstes an der Reihe." in see(client, link(fourth))
    assert "Vor Ihnen wartet 1 Anmeldung." in see(client, link(fifth))
    assert "24 Stunden" in see(client, link(fifth))


def test_an_offer_is_accepted_or_declined(client, held):
    rows = [events_world.register(held, number).registration for number in range(1, 6)]
    for row in rows[:2]:
        registrations.cancel(registration=row, by=BY)
    first, second = link(rows[3]), link(rows[4])
    assert "Ein Platz ist frei für Sie" in see(client, first)
    assert "Er ist bis Dienstag, 3. März" in see(client, first)
    act(client, first, "accept")
    assert "Möchten Sie den Platz wirklich ablehnen?" in act(client, second, "cancel").text
    act(client, second, "cancel_indeed")
    assert events_world.states(held)[3:] == ["confirmed", "cancelled"]


def test_who_cannot_come_gives_back_exactly_their_place(client, held):
    row = events_world.register(held, places=3, names=["Ada", "Bert", "Cora"]).registration
    seats = list(row.seats.all())
    names = {f"name_{seat.uuid}": seat.name for seat in seats} | {f"name_{seats[2].uuid}": "Carla"}
    act(client, link(row), "change", **names, **{f"gone_{seats[1].uuid}": "1"})
    row.refresh_from_db()
    stay = [(seat.uuid, seat.name) for seat in row.seats.filter(given_back_at=None)]
    assert row.places == 2
    assert stay == [(seats[0].uuid, "Ada"), (seats[2].uuid, "Carla")]


def test_a_place_without_a_name_moves_nobody(client, held):
    row = events_world.register(held, places=3, names=["Ada", "Bert", "Cora"]).registration
    seats = list(row.seats.all())
    act(client, link(row), "change", **{f"name_{seats[1].uuid}": ""})
    assert [seat.name for seat in row.seats.all()] == ["Ada", "", "Cora"]


def test_a_head_count_becomes_smaller(client, held):
    events.change(event=held.event, settings={"listing": "heads"}, by=BY)
    row = events_world.register(held, places=3).registration
    address = link(row)
    act(client, address, "change", places="1")
    assert act(client, address, "change", places="9").status_code == 422
    row.refresh_from_db()
    assert row.places == 1


def test_the_mail_comes_again_but_not_at_once(client, held):
    row = events_world.register(held).registration
    address = link(row)
    act(client, address, "resend")
    assert "keine zehn Minuten alt" in see(client, address)
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=11)):
        act(client, address, "resend")
        assert "noch einmal unterwegs" in see(client, address)
    assert Letter.objects.filter(cause_uuid=row.uuid).count() == 2


def test_the_calendar_file_is_the_date_of_the_mail(client, held):
    row = events_world.register(held).registration
    file = client.get(f"{link(row)}termin.ics")
    mailed = Calendar.from_ical(Letter.objects.get().calendar)
    assert file["Content-Type"].startswith("text/calendar")
    found = Calendar.from_ical(file.content)
    assert found.events[0]["uid"] == mailed.events[0]["uid"]
    assert found.events[0].start == events_world.STARTS
    assert ("attendee" in found.events[0], "attendee" in mailed.events[0]) == (False, True)  # RFC 5546, 3.2.1
    registrations.cancel(registration=row, by=BY)
    assert client.get(f"{link(row)}termin.ics").status_code == 404


def test_a_consent_is_taken_back_where_it_was_given(client, held):
    (photo,) = ask(held, Asked(kind="consent", label=translated("Fotos dürfen gezeigt werden.")))
    address = register(client, held, **{name_of(photo): "on"})["Location"]
    assert "Fotos dürfen gezeigt werden." in see(client, address)
    act(client, address, "withdraw", einwilligung=str(photo.uuid))
    assert Registration.objects.get().answers[str(photo.uuid)]["withdrawn_at"].startswith("2026-03-02")
    assert "widerrufen" in see(client, address)
    assert act(client, address, "withdraw", einwilligung="x").status_code == 422


def test_moved_cancelled_and_over_are_said_in_plain_words(client, held):
    row = events_world.register(held).registration
    address = link(row)
    with clock.stopped_at(MONDAY + dt.timedelta(hours=1)):
        events.change(event=held.event, settings={"room": "Saal 2"}, by=BY)
        assert events.follow(event=held.event, by=BY)
        text = see(client, address)
        assert "Es hat sich etwas geändert" in text
        assert "Saal 2" in text
        late = events_world.register(held, 2).registration
        assert "Es hat sich etwas geändert" not in see(client, link(late))
    with clock.stopped_at(events_world.ENDS + dt.timedelta(hours=1)):
        assert "Diese Veranstaltung ist vorbei" in see(client, address)
        attendance.arrive(seat=row.seats.get(), by=BY)
        assert "Danke, dass Sie da waren" in see(client, address)
        assert act(client, address, "cancel_indeed").status_code == 422
    events.cancel(event=held.event, reason="Der Referent ist krank.", by=BY)
    text = see(client, address)
    assert "Diese Veranstaltung fällt aus" in text
    assert "Der Referent ist krank." in text
    assert 'value="cancel"' not in text


def test_online_guests_get_their_link_and_no_code(client, held):
    pool = held.pool
    pool.way = "online"
    pool.save()
    events.change(event=held.event, settings={"join_link": "https://treffen.example/abc"}, by=BY)
    row = events_world.register(held).registration
    text = see(client, link(row))
    assert 'href="https://treffen.example/abc"' in text
    assert 'role="img"' not in text


def test_it_speaks_english(client, held):
    text = see(client, f"/en{link(events_world.register(held).registration)}")
    for said in ("You are registered", "What happens next", "At the entrance"):
        assert said in text


@pytest.mark.parametrize("path", ["", "termin.ics"])
def test_an_unknown_link_opens_nothing(client, held, path):
    assert client.get(f"/anmeldung/gibtesnicht/{path}").status_code == 404


def test_a_mistyped_address_is_asked_about_and_put_right_with_one_tap(client, held):
    events.change(event=held.event, settings={"opt_in": True}, by=BY)
    there = register(client, held, email="kevin@gmial.con")["Location"]
    text = see(client, there)
    assert "Meinten Sie kevin@gmail.com?" in text
    answer = act(client, there, "address", email="kevin@gmail.com")
    text = see(client, answer["Location"])
    assert "E-Mail an kevin@gmail.com geschickt" in text
    assert "Meinten Sie" not in text
    assert 'value="confirm"' not in text, "only the new mail confirms it"


def test_an_address_that_is_none_is_refused_and_nothing_is_sent(client, held):
    there = register(client, held)["Location"]
    answer = act(client, there, "address", email="kevin@")
    assert answer.status_code == 422
    assert "nicht vollständig" in answer.text
    assert "Buchstaben vor dem @" in act(client, there, "address", email="käthe@firma.example").text
    assert Letter.objects.count() == 1


def test_once_it_is_confirmed_the_page_offers_no_other_address(client, held):
    row = events_world.register(held).registration
    with clock.stopped_at(MONDAY + dt.timedelta(days=2)):
        assert "E-Mail-Adresse ändern" not in see(client, link(row))
        assert act(client, link(row), "address", email="a@b.example").status_code == 422


def test_a_link_that_is_over_speaks_of_the_registration_and_not_of_an_enquiry(client, held):
    answer = client.get("/anmeldung/gibt-es-nicht/")
    text = html.unescape(answer.text)
    assert answer.status_code == 404
    assert "Öffnen Sie den Link aus der letzten E-Mail zu Ihrer Anmeldung" in text
    assert "Vorgangsnummer" not in text


# --- Afterwards ------------------------------------------------------------------------------------------------------

AFTER = events_world.ENDS + dt.timedelta(hours=1)


def attended(row, presence="attended"):
    for seat in row.seats.all():
        attendance.set_presence(seat=seat, presence=presence, by=BY)


def test_who_was_there_finds_the_way_to_the_feedback_once_it_is_over(client, held):
    row = events_world.register(held).registration
    address = link(row)
    with clock.stopped_at(events_world.ENDS - dt.timedelta(minutes=1)):
        attended(row)
        assert "Rückmeldung geben" not in see(client, address)
    with clock.stopped_at(AFTER):
        assert "Rückmeldung geben" in see(client, address)
        there = act(client, address, "feedback")["Location"]
        assert there.startswith("/rueckmeldung/")
        assert address.split("/")[2] not in there, "whoever gets the form passed on does not get the registration"
        assert client.post(there, {"do": "say", "useful": "5"}).status_code == 302
        assert "Rückmeldung geben" not in see(client, address)
        answer = act(client, address, "feedback")
        assert (answer.status_code, "nicht mehr offen" in answer.text) == (422, True)


def test_no_link_makes_ever_more_links_to_the_feedback(client, held):
    row = events_world.register(held).registration
    address = link(row)
    with clock.stopped_at(AFTER):
        attended(row)
        codes = [act(client, address, "feedback").status_code for _ in range(limits.SEND[0] + 1)]
    assert codes == [302] * limits.SEND[0] + [429]


def test_who_was_not_there_is_not_asked_how_it_was(client, held):
    row = events_world.register(held).registration
    address = link(row)
    with clock.stopped_at(AFTER):
        attended(row, "absent")
        assert "Rückmeldung geben" not in see(client, address)
        assert act(client, address, "feedback").status_code == 422


def test_the_files_of_an_event_stand_on_the_guests_page_once_it_is_over(client, held):
    row = events_world.register(held).registration
    address = link(row)
    slides = uploading.prepare(name="folien.pdf", declared_type="", data=b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    materials.add(event=held.event, prepared=[slides], by=BY)
    assert "folien.pdf" not in see(client, address)
    with clock.stopped_at(AFTER):
        assert "folien.pdf" in see(client, address)


@pytest.mark.parametrize(("reason", "said"), [("request", "Sie haben darum gebeten."), ("early", "nicht mehr.")])
def test_the_link_of_a_forgotten_guest_says_that_they_are_forgotten(client, held, reason, said):
    row = events_world.register(held).registration
    address = link(row)
    with clock.stopped_at(AFTER):
        attended(row)
        feedback = act(client, address, "feedback")["Location"]
        items = erasure.plan_rows("events.Registration", [row], day=clock.today())
        erasure.erase(items=items, reason=reason, by=BY)
        for there in (address, feedback, f"{address}kalender/"):
            answer = client.get(there)
            text = html.unescape(answer.text)
            assert answer.status_code == 410, there
            assert "Ihre Angaben sind gelöscht" in text
            assert said in text
            assert "tel:" in text
            assert "Aufträge im Blick" not in text
