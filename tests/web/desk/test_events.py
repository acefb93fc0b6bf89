"""The dates of the centre at the desk: the list, one event, its guests, its papers and figures."""

import datetime as dt
import io
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.contact_point import BY, MONDAY
from tests.events import world
from tests.events.test_growth import fill
from tests.web.desk import staff
from wegweiser.consortium.models import Role
from wegweiser.events.actions import attendance, events, news, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Event, Pool, Question, Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter
from wegweiser.web.desk import event_page as event_page_module


@pytest.fixture
def held(centre):
    return world.held(places=2, centre=centre, access=translated("Ebenerdig."))


def event_page(held, query=""):
    return reverse("desk:event", kwargs={"uuid": held.event.uuid}) + query


def guest_page(held, row):
    return reverse("desk:event_guest", kwargs={"uuid": held.event.uuid, "guest": row.uuid})


def text_of(response):
    return " ".join(response.content.decode().split())


# --- The list ------------------------------------------------------------------------------------------------------


def test_the_list_says_how_full_an_event_is_and_who_waits(ben, held):
    for number in (1, 2, 3):
        world.register(held, number)
    page = text_of(ben.get(reverse("desk:events")))
    assert "Aufträge im Blick" in page
    assert "2 von 2 Plätzen belegt, 1 wartet" in page


def test_an_event_without_registration_can_be_set_up_from_the_list(ben, centre):
    draft = world.published(centre)
    page = text_of(ben.get(reverse("desk:events")))
    assert reverse("desk:event_settings", kwargs={"uuid": draft.uuid}) in page
    assert "Anmeldung einrichten" in page


def test_the_next_thing_to_do_is_a_call_before_anything_else(ben, held):
    first = world.register(held, 1, places=2).registration
    event = Event.objects.get()
    events.change(event=event, settings={"access": translated("")}, by=BY)
    assert "Zugang mit Rollstuhl beschreiben" in text_of(ben.get(reverse("desk:events")))
    registrations.register(
        event=event, pool=held.pool, submission=uuid.uuid4(), guest=world.guest(2, email=""), by=_staff(held)
    )
    registrations.cancel(registration=first, by=VISITOR)
    assert "1 Gast anrufen" in text_of(ben.get(reverse("desk:events")))


def _staff(held):
    held.centre.ben.refresh_from_db()
    return Actor.staff(held.centre.ben.user.uuid)


def test_others_events_are_not_listed(client, held):
    client.force_login(staff.login(held.centre.anna))
    assert "Aufträge im Blick" not in text_of(client.get(reverse("desk:events")))
    client.force_login(staff.hire(Role.MANAGEMENT, held.centre.lead))
    assert "Aufträge im Blick" in text_of(client.get(reverse("desk:events") + "?zeit=alle"))


@pytest.mark.parametrize("name", ["desk:events", "desk:event", "desk:events_figures"])
def test_three_rows_cost_as_many_queries_as_one(ben, held, name):
    address = reverse(name) if name != "desk:event" else event_page(held)
    events.set_places(event=held.event, pools=[Places(chairs=9, pool=held.pool)], by=BY)
    world.register(held, 1)
    counts, sizes = [], []
    moment = world.ENDS + dt.timedelta(hours=1) if name == "desk:events_figures" else MONDAY
    for further in ((), (2, 3)):
        for number in further:
            if name == "desk:event":
                world.register(held, number)
            else:
                other = world.published(held.centre, title={"de": f"Abend {number}"})
                event = events.open_registration(draft=other, pools=[Places(chairs=2)], settings={}, by=BY)
                world.register(world.Held(held.centre, other, event), number)
        with clock.stopped_at(moment):
            ben.get(address)
            with CaptureQueriesContext(connection) as queries:
                response = ben.get(address)
        assert response.status_code == 200
        counts.append(len(queries))
        sizes.append(len(response.content))
    assert sizes[1] > sizes[0]
    assert counts == [{"desk:events": 17, "desk:event": 18, "desk:events_figures": 11}[name]] * 2


# --- One event -----------------------------------------------------------------------------------------------------


def test_an_editor_sees_places_and_no_guest(client, held):
    world.register(held, 1)
    client.force_login(staff.hire(Role.EDITOR, held.centre.other))
    page = text_of(client.get(event_page(held)))
    assert "Gast 1" not in page
    assert "<dd>1</dd>" in page  # one place is taken
    assert client.get(reverse("desk:event_guests_download", kwargs={"uuid": held.event.uuid})).status_code == 403


def test_guests_are_narrowed_and_downloads_hold_the_same(ben, held):
    for number in (1, 2, 3):
        world.register(held, number)
    page = text_of(ben.get(event_page(held, "?stand=warteliste")))
    assert "1 Anmeldung" in page
    assert "stand=warteliste&amp;datei=csv" in page or "stand=warteliste&amp;folge" in page
    response = ben.get(
        reverse("desk:event_guests_download", kwargs={"uuid": held.event.uuid}) + "?stand=warteliste&datei=csv"
    )
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Gast 3;Betrieb 3 GmbH;")


def test_a_download_holds_real_dates_and_no_formula_acts(ben, held):
    world.register(held, 1, firm="=HYPERLINK(1)", name="@Jana")
    address = reverse("desk:event_guests_download", kwargs={"uuid": held.event.uuid})
    text = b"".join(ben.get(address + "?datei=csv").streaming_content)
    assert text.startswith(b"\xef\xbb\xbf")
    assert b"'=HYPERLINK(1)" in text
    assert b"'@Jana" in text
    sheet = load_workbook(io.BytesIO(ben.get(address).content)).active
    rows = {cell.value: column for column, cell in enumerate(sheet[1], start=1)}
    assert sheet.cell(2, rows["Betrieb"]).data_type == "s"
    assert isinstance(sheet.cell(2, rows["Angemeldet am"]).value, dt.datetime)


def test_the_signature_list_names_everybody_who_comes_to_the_place(ben, held):
    world.register(held, 1, places=2, names=["Gast 1", "Petra #panic()"])
    world.register(held, 2)
    response = ben.get(reverse("desk:event_signatures", kwargs={"uuid": held.event.uuid}))
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert all(word in text for word in ("Aufträge im Blick", "Unterschrift", "Gast 1", "Petra #panic()", "Betrieb 1"))
    assert "Gast 2" not in text, "who waits is not expected"


def test_badges_are_for_those_who_are_named(ben, held):
    world.register(held, 1, places=2, names=["Gast 1", ""])
    response = ben.get(reverse("desk:event_badges", kwargs={"uuid": held.event.uuid}))
    reader = PdfReader(io.BytesIO(response.content))
    assert len(reader.pages) == 1
    assert reader.pages[0].extract_text().count("Betrieb 1 GmbH") == 1


@pytest.mark.parametrize("name", ["event_signatures", "event_badges"])
def test_papers_are_in_the_order_of_surnames(ben, held, name):
    held.event.pools.update(chairs=9)
    for number, guest in enumerate(["Anke Zoll", "Dörte Öhler", "Yvonne Ahrens"]):
        world.register(held, number, name=guest)
    response = ben.get(reverse(f"desk:{name}", kwargs={"uuid": held.event.uuid}))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert text.index("Ahrens") < text.index("Öhler") < text.index("Zoll")


def test_many_guests_fill_several_papers(ben, held, monkeypatch):
    monkeypatch.setattr(event_page_module, "PAPER", 1)
    for number in (1, 2):
        world.register(held, number)
    page = text_of(ben.get(event_page(held)))
    address = reverse("desk:event_badges", kwargs={"uuid": held.event.uuid})
    assert f"{address}?teil=2" in page
    told = [PdfReader(io.BytesIO(ben.get(f"{address}?teil={part}").content)).pages[0] for part in ("1", "2", "x")]
    assert ["Gast 2" in paper.extract_text() for paper in told] == [False, True, False]


def test_a_consent_that_was_not_given_is_a_no_and_on_the_telephone_nobody_was_asked(ben, held):
    Question.objects.create(event=held.event, kind="consent", label=translated("Fotos sind in Ordnung."))
    asked, called = world.register(held, 1).registration, world.register(held, 2, by=BY).registration
    later = Question.objects.create(event=held.event, kind="consent", label=translated("Später gefragt."))
    Question.objects.filter(pk=later.pk).update(recorded_at=clock.now() + dt.timedelta(minutes=1))
    told = [ben.get(guest_page(held, row)).context["answers"] for row in (asked, called)]
    assert told == [[("Fotos sind in Ordnung.", "nein", "")], []]
    csv = ben.get(reverse("desk:event_guests_download", kwargs={"uuid": held.event.uuid}) + "?datei=csv")
    assert b"nein" in b"".join(csv.streaming_content)


def test_a_cancelled_event_does_not_look_as_if_somebody_could_still_come(ben, held):
    for number in (1, 2, 3):
        world.register(held, number)
    before = text_of(ben.get(event_page(held)))
    assert "#vorziehen" in before
    assert "Anmeldung ändern" in before
    events.cancel(event=held.event, reason="Krank", by=BY)
    page = text_of(ben.get(event_page(held)))
    assert "#vorziehen" not in page
    assert "Anmeldung ändern" not in page
    assert "Niemand rückt mehr nach." in page


def test_figures_tell_registered_attended_and_absent_apart(ben, held):
    first = world.register(held, 1).registration
    world.register(held, 2)
    with clock.stopped_at(world.ENDS + dt.timedelta(hours=1)):
        attendance.arrive(seat=first.seats.get(), by=BY)
        attendance.settle(event=held.event, by=BY)
        page = text_of(ben.get(reverse("desk:event_figures", kwargs={"uuid": held.event.uuid})))
        all_of_them = text_of(ben.get(reverse("desk:events_figures")))
    assert "50 %" in page
    assert "7 Tage vorher" in page
    assert "Aufträge im Blick" in all_of_them


# --- Guests --------------------------------------------------------------------------------------------------------


def test_somebody_who_calls_is_registered_by_a_name_alone(ben, held):
    address = reverse("desk:event_guest_new", kwargs={"uuid": held.event.uuid})
    sent = {"name": "Uwe", "pool": str(held.pool.uuid), "places": "1", "language": "de"}
    sent["submission"] = str(uuid.uuid4())
    response = ben.post(address, sent, follow=True)
    row = Registration.objects.get()
    assert (row.name, row.state, row.email) == ("Uwe", State.CONFIRMED, "")
    assert "Uwe ist angemeldet. Bitte gleich am Telefon sagen." in text_of(response)
    assert not Letter.objects.exists()
    ben.post(address, sent)
    assert Registration.objects.count() == 1, "a second click makes no second registration"


def test_who_calls_too_late_waits_and_is_told_so(ben, held):
    world.register(held, 1, places=2)
    address = reverse("desk:event_guest_new", kwargs={"uuid": held.event.uuid})
    assert "Wer jetzt anruft, kommt auf die Warteliste" in text_of(ben.get(address))
    sent = {"name": "Uwe", "pool": str(held.pool.uuid), "places": "1", "language": "de"}
    assert "Uwe steht auf der Warteliste" in text_of(ben.post(address, sent, follow=True))


def test_names_that_come_along_make_places(ben, held):
    address = reverse("desk:event_guest_new", kwargs={"uuid": held.event.uuid})
    sent = {"name": "Uwe", "names": "Petra\n\nIna", "pool": str(held.pool.uuid), "places": "1", "language": "de"}
    assert ben.post(address, sent).status_code == 422, "three do not fit into two places"
    ben.post(address, {**sent, "names": "Petra"})
    assert Registration.objects.get().places == 2


def test_the_one_in_the_middle_of_the_line_is_preferred_with_a_reason(ben, held):
    world.register(held, 1, places=2)
    rows = [world.register(held, number).registration for number in (2, 3)]
    address = guest_page(held, rows[1])
    assert ben.post(address, {"do": "prefer", "prefer-reason": " "}).status_code == 422
    page = text_of(ben.post(address, {"do": "prefer", "prefer-reason": "Kommt von weit her"}, follow=True))
    assert "Vorgezogen: Kommt von weit her" in page
    listed = text_of(ben.get(event_page(held)))
    assert listed.index("Gast 3") < listed.index("Gast 2")


def test_a_place_is_accepted_for_somebody_on_the_telephone(ben, held):
    first = world.register(held, 1, places=2).registration
    waits = registrations.register(
        event=held.event, pool=held.pool, submission=uuid.uuid4(), guest=world.guest(2, email=""), by=_staff(held)
    ).registration
    registrations.cancel(registration=first, by=VISITOR)
    page = text_of(ben.get(event_page(held)))
    assert 'id="anrufe"' in page
    assert "Ein Platz ist frei geworden. Fragen Sie, ob es noch passt." in page
    shown = text_of(ben.post(guest_page(held, waits), {"do": "accept"}, follow=True))
    assert "Angebotenen Platz angenommen" in shown
    assert 'id="anrufe"' not in text_of(ben.get(event_page(held)))


def test_an_address_is_confirmed_by_voice(ben, centre):
    held = world.held(centre=centre, opt_in=True)
    row = world.register(held, 1).registration
    assert row.state == State.PENDING
    ben.post(guest_page(held, row), {"do": "confirm"})
    row.refresh_from_db()
    assert row.state == State.CONFIRMED


def test_the_history_says_what_was_registered_first_and_who_changed_it(ben, centre):
    held = world.held(places=9, centre=centre)
    row = world.register(held, 1, places=3).registration
    registrations.change(registration=row, places=2, by=Actor.link(row.uuid))
    ben.post(guest_page(held, row), {"do": "change", "change-places": "4", "change-names": "Gast 1"})
    registrations.cancel(registration=row, by=Actor.link(row.uuid))
    told = [(step["text"], step["by"]) for step in ben.get(guest_page(held, row)).context["history"]]
    assert told == [
        ("3 Plätze angemeldet", "selbst"),
        ("1 Platz zurückgegeben, bleiben 2", "selbst"),
        ("2 Plätze mehr, jetzt 4", "Ben"),
        ("Abgesagt", "selbst"),
    ]


def test_staff_put_mail_firm_and_note_right(ben, centre):
    held = world.held(centre=centre)
    row = world.register(held, 1, email="gast1@gmial.com").registration
    assert "Vielleicht gemeint: gast1@gmail.com" in text_of(ben.get(guest_page(held, row)))
    sent = {"do": "change", "change-places": "1", "change-names": "Gast 1", "change-email": "gast1@gmail.com"}
    ben.post(guest_page(held, row), sent | {"change-firm": "Neu GmbH", "change-note": "Rampe"})
    row.refresh_from_db()
    assert (row.email, row.firm, row.note) == ("gast1@gmail.com", "Neu GmbH", "Rampe")
    assert "E-Mail-Adresse geändert" in text_of(ben.get(guest_page(held, row)))
    world.register(held, 2, name="Gast 1", firm="Neu GmbH")
    refused = ben.post(guest_page(held, row), sent | {"change-email": "gast2@firma.example", "change-firm": "Neu GmbH"})
    assert refused.status_code == 422
    assert "schon angemeldet" in text_of(refused)


def test_staff_change_and_cancel_for_a_guest(ben, held):
    row = world.register(held, 1, places=2).registration
    sent = {"do": "change", "change-places": "1", "change-names": "Jana", "change-phone": "0391 5550123"}
    ben.post(guest_page(held, row), sent)
    row.refresh_from_db()
    assert (row.places, row.phone, row.seats.first().name) == (1, "+493915550123", "Jana")
    assert ben.post(guest_page(held, row), {**sent, "change-places": "9"}).status_code == 422
    page = text_of(ben.post(guest_page(held, row), {"do": "cancel"}, follow=True))
    assert "Ben" in page, "the history says who did it"
    row.refresh_from_db()
    assert row.state == State.CANCELLED
    assert ben.post(guest_page(held, row), {"do": "accept"}, follow=True).status_code == 200
    assert ben.post(guest_page(held, row), {"do": "unsinn"}).status_code == 404


def test_staff_move_a_guest_to_another_place_where_one_is_free(ben, held):
    online = Pool.objects.create(event=held.event, position=9, way="online", label={"de": "Online"}, chairs=1)
    here = held.event.pools.first()
    row = registrations.register(
        event=held.event, pool=here, submission=uuid.uuid4(), guest=world.guest(1), by=VISITOR
    ).registration
    page = text_of(ben.get(guest_page(held, row)))
    assert "Vor Ort (wie bisher)" in page
    assert "Online (1 frei)" in page
    sent = {"do": "change", "change-places": "1", "change-names": "Gast 1", "change-pool": str(online.uuid)}
    page = text_of(ben.post(guest_page(held, row), sent, follow=True))
    assert "Umgebucht: bisher Vor Ort, jetzt Online" in page
    row.refresh_from_db()
    assert row.pool == online
    other = registrations.register(
        event=held.event, pool=here, submission=uuid.uuid4(), guest=world.guest(2), by=VISITOR
    ).registration
    refused = ben.post(guest_page(held, other), sent | {"change-names": "Gast 2", "change-firm": "Neu GmbH"})
    assert refused.status_code == 422
    assert "Dort ist nicht genug Platz frei" in text_of(refused)
    other.refresh_from_db()
    assert (other.pool, other.firm) == (here, "Betrieb 2 GmbH")


def test_a_guest_of_another_event_is_not_there(ben, held):
    other = world.Held(held.centre, None, world.held(centre=held.centre).event)
    row = world.register(held, 1).registration
    assert ben.get(guest_page(other, row)).status_code == 404


def test_a_multiplier_gets_a_link_and_one_sees_whom_it_brought(ben, held):
    address = reverse("desk:event_links", kwargs={"uuid": held.event.uuid})
    assert ben.post(address, {"name": " "}).status_code == 422
    ben.post(address, {"name": "IHK"})
    ben.post(address, {"name": "ihk"})
    link = held.event.multipliers.get()
    row = world.register(held, 1, places=2, multiplier=link).registration
    page = text_of(ben.get(address))
    assert f"?von={link.code}" in page
    assert "1 Anmeldung, 2 Plätze" in page
    assert "anderen Termin" not in page
    assert "Eingeladen von" in text_of(ben.get(guest_page(held, row)))


def test_answers_are_read_in_words_on_the_page_and_in_the_download(ben, held):
    label = translated("Essen Sie mit?", "Do you eat?")
    options = [{"key": "a", "label": translated("vegetarisch")}]
    eats = Question.objects.create(event=held.event, kind="yes_no", label=label)
    what = Question.objects.create(event=held.event, kind="several", label=translated("Was?"), options=options)
    consent = Question.objects.create(event=held.event, kind="consent", label=translated("Fotos sind in Ordnung."))
    given = {str(eats.uuid): "yes", str(what.uuid): ["a"], str(consent.uuid): True}
    row = world.register(held, 1, answers=given).registration
    page = text_of(ben.get(guest_page(held, row)))
    assert "<dt>Essen Sie mit?</dt><dd>ja</dd>" in page
    assert "<dd>vegetarisch</dd>" in page
    assert "ja, am 02.03.2026" in page
    address = reverse("desk:event_guests_download", kwargs={"uuid": held.event.uuid}) + "?datei=csv"
    lines = b"".join(ben.get(address).streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].endswith(";Essen Sie mit?;Was?;Fotos sind in Ordnung.")
    assert lines[1].endswith(";ja;vegetarisch;ja, am 02.03.2026")


# --- The first screen ----------------------------------------------------------------------------------------------


def test_the_first_screen_shows_my_next_events_and_whom_to_call(ben, held):
    first = world.register(held, 1, places=2).registration
    waits = {"event": held.event, "pool": held.pool, "submission": uuid.uuid4(), "by": _staff(held)}
    registrations.register(guest=world.guest(2, email="", phone="0391 5550123"), **waits)
    page = text_of(ben.get(reverse("desk:today")))
    assert "2 von 2 Plätzen belegt, 1 wartet" in page
    assert "Gäste anrufen" not in page
    registrations.cancel(registration=first, by=VISITOR)
    page = text_of(ben.get(reverse("desk:today")))
    assert "Gäste anrufen" in page
    assert "Aufträge im Blick: Ein Platz ist frei geworden. Fragen Sie, ob es noch passt." in page


def test_the_management_of_another_partner_is_not_asked_to_call(client, held):
    first = world.register(held, 1, places=2).registration
    staff.login(held.centre.ben)
    waits = {"event": held.event, "pool": held.pool, "submission": uuid.uuid4(), "by": _staff(held)}
    registrations.register(guest=world.guest(2, email=""), **waits)
    registrations.cancel(registration=first, by=VISITOR)
    client.force_login(staff.hire(Role.MANAGEMENT, held.centre.lead))
    assert "Gäste anrufen" not in text_of(client.get(reverse("desk:today")))
    assert "1 Gast anrufen" in text_of(client.get(reverse("desk:events")))


def test_while_many_hear_of_a_change_the_page_says_how_far_it_is(ben, held):
    fill(held, 60, State.CONFIRMED)
    events.cancel(event=held.event, reason="Krank.", by=BY)
    assert "0 von 60 Anmeldungen" in text_of(ben.get(event_page(held)))
    news.tell_next(most=1, by=BY)
    assert "50 von 60 Anmeldungen" in text_of(ben.get(event_page(held)))
    news.tell_next(by=BY)
    assert "60 Anmeldungen sind benachrichtigt." in text_of(ben.get(event_page(held)))


def test_whoever_calls_when_all_is_full_goes_on_the_waiting_list(ben, held):
    world.register(held, 1, places=2)
    address = reverse("desk:event_guest_new", kwargs={"uuid": held.event.uuid})
    form = ben.get(address).context["form"]
    sent = {field.html_name: field.value() or "" for field in form} | {"name": "Spät Dran", "language": "de"}
    assert ben.post(address, sent).status_code == 302
    assert Registration.objects.get(name="Spät Dran").state == State.WAITING


def test_a_hybrid_offer_proposes_its_places_once(ben, centre):
    draft = world.published(centre, attendance="hybrid", details={"capacity": 12})
    form = ben.get(reverse("desk:event_settings", kwargs={"uuid": draft.uuid})).context["form"]
    assert [form[f"p{number}_chairs"].value() for number in (0, 1)] == [12, None]


def test_registration_does_not_open_after_the_event(ben, centre):
    draft = world.published(centre)
    address = reverse("desk:event_settings", kwargs={"uuid": draft.uuid})
    form = ben.get(address).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    late = (world.STARTS + dt.timedelta(days=1)).date().isoformat()
    response = ben.post(address, sent | {"opens_day": late, "pools": form.count, "points": form.points})
    assert response.status_code == 422
    assert "Dann hat die Veranstaltung schon begonnen." in text_of(response)


def test_who_reads_a_guest_s_mail_at_the_desk_gets_no_key_to_their_page(ben, held):
    made = world.register(held, 1)
    written = Letter.objects.get(cause_uuid=made.registration.uuid).text
    (secret,) = re.findall(r"/anmeldung/([^/\s]+)/", written)
    page = ben.get(guest_page(held, made.registration)).content.decode()
    assert "Wir freuen uns auf Sie." in page
    assert secret not in page
    assert "/anmeldung/…/" in page
