"""Registering, waiting, moving up and giving back: what guests get, and what they are told."""

import datetime as dt
import uuid

import pytest

from tests.contact_point import BY, MONDAY
from tests.events.world import STARTS, guest, held, register, states
from wegweiser.catalogue.models import Availability, Entry
from wegweiser.events import queries
from wegweiser.events.actions import events, line, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Registration, Seat, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

pytestmark = pytest.mark.django_db
LINK = Actor.link(uuid.UUID(int=9))


@pytest.fixture(autouse=True)
def _monday():
    with clock.stopped_at(MONDAY):
        yield


def subjects() -> list[str]:
    return list(Letter.objects.order_by("id").values_list("subject", flat=True))


def of(number: int) -> Registration:
    return Registration.objects.get(email=f"gast{number}@firma.example")


def test_a_guest_has_a_place_and_is_told_so_with_a_calendar_file():
    row = register(held()).registration
    assert row.state == State.CONFIRMED
    letter = Letter.objects.get()
    assert letter.subject == "Sie sind angemeldet: Aufträge im Blick"
    assert "METHOD:REQUEST" in letter.calendar
    assert "PARTSTAT=ACCEPTED" in letter.calendar.replace("\r\n ", "")  # they registered: nobody asks them once more
    assert "/anmeldung/" in letter.text


def test_the_mail_names_who_comes_along():
    register(held(), places=3, names=["Ada Alt", "Bernd", "Anna"])
    letter = Letter.objects.get()
    for words in (letter.text, letter.html):
        assert "3 Plätze: Ada Alt, Bernd, Anna" in words


def test_what_is_no_name_goes_to_nobody_in_the_list_of_who_comes_along():
    register(held(), places=3, names=["Ada Alt", "Geld gibt es auf http://boese.example", "Anna"])
    assert "3 Plätze: Ada Alt, Anna" in Letter.objects.get().text


def test_nobody_is_named_to_an_address_that_is_still_to_be_confirmed():
    register(held(opt_in=True), places=2, names=["Ada Alt", "Bernd"])
    assert "Bernd" not in Letter.objects.get().text


def test_a_mail_in_english_is_english_throughout():
    register(held(), language="en")
    letter = Letter.objects.get()
    assert "Orders in view" in letter.subject
    assert "Guten Tag" not in letter.text


def test_who_comes_when_all_places_are_taken_waits():
    world = held(places=1)
    register(world, 1)
    register(world, 2)
    assert states(world) == ["confirmed", "waiting"]
    assert "Warteliste" in subjects()[1]


def test_without_a_waiting_list_a_full_event_refuses():
    world = held(places=1, waiting_list=False)
    register(world, 1)
    with pytest.raises(DomainError) as error:
        register(world, 2)
    assert error.value.code == "full"


def test_a_single_one_waits_behind_a_group_that_does_not_fit():
    world = held(places=3)
    register(world, 1, places=2)
    register(world, 2, places=2)
    register(world, 3)
    assert states(world) == ["confirmed", "waiting", "waiting"]


def test_with_fill_the_single_one_goes_first():
    world = held(places=3, fill=True)
    register(world, 1, places=2)
    register(world, 2, places=2)
    register(world, 3)
    assert states(world) == ["confirmed", "waiting", "confirmed"]


def test_a_place_that_becomes_free_is_offered_to_the_first():
    world = held(places=1)
    register(world, 1)
    register(world, 2)
    registrations.cancel(registration=of(1), by=LINK)
    assert states(world) == ["cancelled", "offered"]
    assert of(2).until == MONDAY + dt.timedelta(hours=24)
    assert "frei geworden" in subjects()[-1]


def test_an_open_offer_counts_as_taken():
    world = held(places=1)
    register(world, 1)
    register(world, 2)
    registrations.cancel(registration=of(1), by=LINK)
    register(world, 3)
    assert states(world) == ["cancelled", "offered", "waiting"]


def test_an_offer_that_lapses_goes_to_the_next():
    world = held(places=1)
    for number in (1, 2, 3):
        register(world, number)
    registrations.cancel(registration=of(1), by=LINK)
    with clock.stopped_at(MONDAY + dt.timedelta(hours=25)):
        assert line.lapse(by=BY) == 1
    assert states(world) == ["cancelled", "lapsed", "offered"]


def test_an_offer_that_was_accepted_does_not_lapse():
    world = held(places=1)
    register(world, 1)
    register(world, 2)
    registrations.cancel(registration=of(1), by=LINK)
    registrations.accept(registration=of(2), by=LINK)
    with clock.stopped_at(MONDAY + dt.timedelta(hours=25)):
        assert line.lapse(by=BY) == 0
    assert of(2).state == State.CONFIRMED


def test_an_offer_is_never_open_longer_than_until_it_begins():
    world = held(places=1)
    register(world, 1)
    register(world, 2)
    with clock.stopped_at(STARTS - dt.timedelta(hours=3)):
        registrations.cancel(registration=of(1), by=LINK)
    assert of(2).until == STARTS


def test_nobody_moves_up_once_it_has_begun():
    world = held(places=1)
    register(world, 1)
    register(world, 2)
    with clock.stopped_at(STARTS):
        registrations.cancel(registration=of(1), by=LINK)
    assert states(world) == ["cancelled", "waiting"]


def test_without_an_offer_time_the_next_has_the_place_at_once():
    world = held(places=1, offer_hours=0)
    register(world, 1)
    register(world, 2)
    registrations.cancel(registration=of(1), by=LINK)
    assert states(world) == ["cancelled", "confirmed"]
    assert "nachgerückt" in subjects()[-1]


def test_more_places_let_those_who_wait_move_up():
    world = held(places=1, offer_hours=0)
    for number in (1, 2, 3):
        register(world, number)
    events.set_places(event=world.event, pools=[Places(chairs=2, pool=world.pool)], by=BY)
    assert states(world) == ["confirmed", "confirmed", "waiting"]


def test_there_are_never_fewer_places_than_are_taken():
    world = held(places=3)
    register(world, 1, places=3)
    with pytest.raises(DomainError) as error:
        events.set_places(event=world.event, pools=[Places(chairs=2, pool=world.pool)], by=BY)
    assert error.value.code == "places_taken"


def test_places_beyond_the_chairs_are_given_too():
    world = held(places=1)
    events.set_places(event=world.event, pools=[Places(chairs=1, beyond=1, pool=world.pool)], by=BY)
    register(world, 1)
    register(world, 2)
    assert states(world) == ["confirmed", "confirmed"]


def test_an_address_that_has_to_be_confirmed_holds_its_place_until_it_lapses():
    world = held(places=1, opt_in=True)
    register(world, 1)
    register(world, 2)
    assert states(world) == ["pending", "asked"]
    with clock.stopped_at(MONDAY + dt.timedelta(hours=25)):
        line.lapse(by=BY)
    assert states(world) == ["lapsed", "lapsed"]


def test_who_confirms_a_full_event_waits():
    world = held(places=1, opt_in=True)
    register(world, 1)
    register(world, 2)
    registrations.confirm(registration=of(1), by=LINK)
    registrations.confirm(registration=of(2), by=LINK)
    assert states(world) == ["confirmed", "waiting"]


def test_confirming_twice_tells_once():
    world = held(opt_in=True)
    register(world, 1)
    registrations.confirm(registration=of(1), by=LINK)
    registrations.confirm(registration=of(1), by=LINK)
    assert Letter.objects.count() == 2


def test_the_same_form_sent_twice_is_one_registration():
    world, submission = held(), uuid.uuid4()
    sent = [
        registrations.register(event=world.event, pool=world.pool, submission=submission, guest=guest(), by=VISITOR)
        for _ in range(2)
    ]
    assert [row.fresh for row in sent] == [True, False]
    assert Letter.objects.count() == 1


def test_the_same_person_once_more_is_one_registration():
    world = held()
    register(world, 1)
    assert not register(world, 1, email="GAST1@firma.example", name="gast 1").fresh
    assert Registration.objects.count() == 1


@pytest.mark.parametrize("firm", ["", "Betrieb 1", "BETRIEB 1 GmbH & Co. KG"])
def test_whatever_they_write_for_their_firm_one_person_has_one_registration(firm):
    world = held()
    register(world, 1)
    assert not register(world, 1, firm=firm).fresh
    assert not register(world, 1, firm=firm, by=BY).fresh
    assert Registration.objects.get().firm == "Betrieb 1 GmbH"


def test_accents_and_hyphens_make_nobody_of_the_same_address_another_person():
    world = held()
    register(world, 1, name="Jörg Weiß-Ott")
    assert not register(world, 1, name="jorg weiss ott").fresh


@pytest.mark.parametrize("name", ["Frau Zwei", "Gast 1 jun.", "Gast 1 senior"])
def test_two_who_share_an_address_are_two_by_their_names(name):
    world = held()
    register(world, 1)
    assert register(world, 1, name=name).fresh


def test_colleagues_are_named_each_with_a_ticket():
    register(held(), 1, places=3, names=["Anna", "Bert"])
    assert list(Seat.objects.values_list("position", "name")) == [(1, "Anna"), (2, "Bert"), (3, "")]


def test_giving_one_of_three_places_back_lets_the_next_move_up():
    world = held(places=3, offer_hours=0)
    register(world, 1, places=3, names=["Anna", "Bert", "Cem"])
    register(world, 2)
    registrations.change(registration=of(1), places=2, names=["Anna", "Cem"], by=LINK)
    assert states(world) == ["confirmed", "confirmed"]
    assert list(Seat.objects.filter(registration=of(1), given_back_at=None).values_list("name", flat=True)) == [
        "Anna",
        "Cem",
    ]


def test_more_places_than_are_free_are_refused():
    world = held(places=3)
    register(world, 1)
    register(world, 2, places=2)
    with pytest.raises(DomainError) as error:
        registrations.change(registration=of(1), places=2, by=LINK)
    assert error.value.code == "places_gone"


def test_who_is_preferred_goes_first_and_the_reason_stands_there():
    world = held(places=1, offer_hours=0)
    for number in (1, 2, 3):
        register(world, number)
    line.prefer(registration=of(3), reason="Kommt aus Stendal, war zweimal auf der Liste.", by=BY)
    registrations.cancel(registration=of(1), by=LINK)
    assert states(world) == ["cancelled", "waiting", "confirmed"]
    assert of(3).preferred_reason.startswith("Kommt aus")


def test_preferring_needs_a_reason():
    world = held(places=1)
    register(world, 1)
    register(world, 2)
    with pytest.raises(DomainError) as error:
        line.prefer(registration=of(2), reason=" ", by=BY)
    assert error.value.code == "reason_missing"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"opens_at": MONDAY + dt.timedelta(hours=1)}, "registration_not_open_yet"),
        ({"closes_at": MONDAY - dt.timedelta(hours=1)}, "registration_closed"),
    ],
)
def test_outside_its_time_visitors_are_refused_and_staff_are_not(settings, code):
    world = held(**settings)
    with pytest.raises(DomainError) as error:
        register(world, 1)
    assert error.value.code == code
    assert register(world, 2, by=BY).registration.state == State.CONFIRMED


def test_nobody_registers_for_what_is_over():
    world = held()
    with clock.stopped_at(STARTS + dt.timedelta(hours=3)), pytest.raises(DomainError) as error:
        register(world, 1, by=BY)
    assert error.value.code == "event_over"


def test_on_the_phone_no_address_is_needed_and_no_letter_waits_for_one():
    world = held()
    assert register(world, 1, by=BY, email="", phone="0391 544 86 19").registration.state == State.CONFIRMED
    assert not Letter.objects.exists()


def test_who_has_no_address_and_moves_up_has_to_be_called():
    world = held(places=1)
    register(world, 1)
    register(world, 2, by=BY, email="")
    registrations.cancel(registration=of(1), by=LINK)
    assert Letter.objects.last().hold_reason == "no_mail"


def test_the_catalogue_says_when_only_the_waiting_list_is_left():
    world = held(places=1)
    register(world, 1)
    assert Entry.objects.get(pk=world.draft.entry_id).availability == Availability.WAITING
    registrations.cancel(registration=of(1), by=LINK)
    assert Entry.objects.get(pk=world.draft.entry_id).availability == Availability.OPEN


def test_the_catalogue_is_not_written_for_each_registration():
    world = held(places=5)
    before = Entry.objects.get(pk=world.draft.entry_id).changed
    register(world, 1)
    register(world, 2)
    assert Entry.objects.get(pk=world.draft.entry_id).changed == before


def test_when_it_is_called_off_everybody_is_told_why_and_their_calendar_drops_it():
    world = held(places=1)
    register(world, 1)
    register(world, 2)
    events.cancel(event=world.event, reason="Der Referent ist krank.", by=BY)
    told = Letter.objects.filter(subject__startswith="Abgesagt")
    assert told.count() == 2
    assert all("Der Referent ist krank." in letter.text for letter in told)
    assert "METHOD:CANCEL" in told.first().calendar


def test_erased_registrations_still_count_and_name_nobody():
    world = held()
    register(world, 1, places=2, names=["Anna", "Bert"])
    with clock.stopped_at(STARTS + dt.timedelta(hours=3)):
        registrations.erase(registration=of(1), by=BY)
    row = Registration.objects.get()
    assert (row.name, row.email, row.places, row.state) == ("", "", 2, State.CONFIRMED)
    assert set(Seat.objects.values_list("name", flat=True)) == {""}
    assert Letter.objects.get().text == ""


def test_who_is_erased_before_the_event_gives_the_place_to_the_next():
    world = held(places=1, offer_hours=0)
    register(world, 1)
    register(world, 2)
    registrations.erase(registration=of(1), by=BY)
    assert states(world) == ["cancelled", "confirmed"]
    assert not Letter.objects.filter(recipient_mail="gast1@firma.example").exists()


@pytest.mark.parametrize(
    ("code", "settings"),
    [("registration_closed", {"closes_at": MONDAY + dt.timedelta(hours=1)}), ("full", {"waiting_list": False})],
)
def test_where_nobody_can_register_a_guest_is_answered_like_a_stranger(code, settings):
    world = held(places=1, **settings)
    register(world, 1)
    with clock.stopped_at(MONDAY + dt.timedelta(hours=2)):
        for number in (1, 2):
            with pytest.raises(DomainError, match=code):
                register(world, number)
        assert not register(world, 1, by=BY).fresh  # at the desk one sees who is registered


def test_an_address_that_nobody_confirmed_hears_no_more():
    """It may be a stranger's: the first mail says that they need not do anything."""
    world = held(opt_in=True, places=2)
    for number in (1, 2, 3):
        register(world, number)
    registrations.confirm(registration=of(1), by=LINK)
    before = subjects()
    line.lapse(now=MONDAY + dt.timedelta(hours=30), by=BY)
    assert states(world) == ["confirmed", "lapsed", "lapsed"]
    assert subjects() == before
    register(world, 4)
    register(world, 5)
    before = subjects()
    events.cancel(event=world.event, reason="Sturm", by=BY)
    assert subjects() == [*before, "Abgesagt: Aufträge im Blick"]


def test_an_offer_that_ends_because_it_begins_says_so():
    world = held(places=1)
    register(world, 1)
    register(world, 2)
    with clock.stopped_at(STARTS - dt.timedelta(hours=2)):
        registrations.cancel(registration=of(1), by=LINK)
    with clock.stopped_at(STARTS):
        line.lapse(by=BY)
    letter = Letter.objects.order_by("id").last()
    assert letter.subject.startswith("Ihre Anmeldung ist verfallen")
    assert "neu an" not in letter.text


def test_who_was_preferred_first_goes_first_and_once_is_enough():
    world = held(places=1)
    for number in (1, 2, 3, 4):
        register(world, number)
    line.prefer(registration=of(3), reason="Kommt aus Halle", by=BY)
    line.prefer(registration=of(4), reason="Ist Partner", by=BY)
    line.prefer(registration=of(3), reason="Noch einmal", by=BY)
    assert [row.name for row in queries.line(world.pool)] == ["Gast 3", "Gast 4", "Gast 2"]
    assert of(3).preferred_reason == "Kommt aus Halle"


def test_a_group_that_grows_while_it_waits_stands_at_the_end():
    world = held(places=5, offer_hours=0)
    register(world, 1, places=5)
    for number in (2, 3):
        register(world, number)
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=1)):
        registrations.change(registration=of(2), places=5, by=BY)
        registrations.change(registration=of(1), places=4, by=LINK)
    assert states(world) == ["confirmed", "waiting", "confirmed"]


def test_those_behind_a_group_that_goes_back_move_up_at_once():
    world = held(places=5, offer_hours=0)
    register(world, 1, places=4)
    register(world, 2, places=2)
    register(world, 3)
    assert states(world) == ["confirmed", "waiting", "waiting"]
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=1)):
        registrations.change(registration=of(2), places=3, by=BY)
    assert states(world) == ["confirmed", "waiting", "confirmed"]


def test_a_name_that_leads_somewhere_is_refused_to_strangers():
    with pytest.raises(DomainError, match="name_with_link"):
        register(held(), name="Sie haben gewonnen! Gleich abholen unter www.boese.example/geld")


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Dr. Jörg Müller-Lüdenscheidt", "Guten Tag Dr. Jörg Müller-Lüdenscheidt,"),
        ("Sie haben gewonnen, holen Sie es ab: boese.example", "Guten Tag,"),
        ("Ihr Konto ist gesperrt! Rufen Sie an", "Guten Tag,"),
    ],
)
def test_our_mail_carries_nobodys_message(name, greeting):
    register(held(), name=name)
    letter = Letter.objects.get()
    assert letter.text.startswith(greeting + "\n")
    assert f"<p>{greeting}</p>" in letter.html


def test_only_who_gave_a_place_back_is_thanked_for_it():
    world = held(places=2)
    for number in (1, 2, 3):
        register(world, number)
    registrations.cancel(registration=of(3), by=LINK)
    registrations.cancel(registration=of(2), by=BY)
    registrations.cancel(registration=of(1), by=LINK)
    third, second, first = Letter.objects.order_by("id")[3:]
    assert third.subject == "Sie stehen nicht mehr auf der Warteliste: Aufträge im Blick"
    assert not third.calendar
    assert "METHOD:CANCEL" in second.calendar
    assert "METHOD:CANCEL" in first.calendar
    assert ["Vielen Dank" in letter.text for letter in (third, second, first)] == [False, False, True]
