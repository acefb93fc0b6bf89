"""The door: who is found, what a code says, and who is let in once however often it is sent."""

import datetime as dt
import uuid

import pytest

from tests.contact_point import BY, MONDAY
from tests.events.world import STARTS, held, register
from wegweiser.crossings import attendance as attendance_crossing
from wegweiser.crossings import door as crossing
from wegweiser.crossings.door import Entry
from wegweiser.events import door, guests
from wegweiser.events.actions import door as actions
from wegweiser.events.actions import registrations
from wegweiser.events.models import Registration, Seat, State
from wegweiser.journey import queries as journey
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
EVERYWHERE = door.Reach(True, (), ())


@pytest.fixture(autouse=True)
def _at_the_door():
    with clock.stopped_at(STARTS):
        yield


def seat_of(number: int) -> Seat:
    return Seat.objects.get(registration__email=f"gast{number}@firma.example", position=1)


def before(held, number, **given):
    with clock.stopped_at(MONDAY):
        return register(held, number, **given).registration


def world(**given):
    with clock.stopped_at(MONDAY):
        return held(**given)


def settled(event, *entries):
    return [row.code for row in crossing.settle(event=event, entries=entries, by=BY)]


def came(seat, **given):
    return Entry(**{"id": uuid.uuid4(), "verb": "arrive", "seat": seat.uuid, "at": clock.now(), **given})


@pytest.mark.parametrize(
    "text",
    [
        "5F0C9E2A6B1D4F7E8A3B2C1D0E9F8A7B",
        "5f0c9e2a-6b1d-4f7e-8a3b-2c1d0e9f8a7b",
        "5f0c9e2aß6b1dß4f7eß8a3bß2c1d0e9f8a7b",
        "ww:seat:5f0c9e2a-6b1d-4f7e-8a3b-2c1d0e9f8a7b",
        " https://zentrum.example/einlass/5F0C9E2A6B1D4F7E8A3B2C1D0E9F8A7B/ \r",
    ],
)
def test_a_code_is_read_however_it_is_written(text):
    assert door.code(text) == uuid.UUID("5f0c9e2a-6b1d-4f7e-8a3b-2c1d0e9f8a7b")


@pytest.mark.parametrize("text", ["", "Müller", "5F0C9E2A", "https://zentrum.example/"])
def test_a_name_is_no_code(text):
    assert door.code(text) is None


def test_three_letters_find_a_guest_by_name_or_firm_and_two_nobody():
    event = world().event
    before_names = {"name": "Jörg Weiß", "firm": "Fräserei Ölmann"}
    with clock.stopped_at(MONDAY):
        registrations.register(
            event=event,
            pool=event.pools.get(),
            submission=uuid.uuid4(),
            guest=guests.Guest(email="j@w.example", **before_names),
            by=BY,
        )
    asked = ("jorg", "weiss", "ÖLM", "jör ölm", "jo", "xyz")
    assert [len(door.found(event, text)) for text in asked] == [1, 1, 1, 1, 0, 0]


def test_an_arrival_sent_twice_is_one_and_the_first_time_stays():
    held_ = world()
    before(held_, 1)
    entry = came(seat_of(1), at=STARTS - dt.timedelta(minutes=9))
    assert settled(held_.event, entry, entry) == ["", ""]
    assert seat_of(1).arrived_at == STARTS - dt.timedelta(minutes=9)


def test_who_arrives_at_two_doors_stays_as_first_seen_and_the_second_is_told():
    held_ = world()
    before(held_, 1)
    assert settled(held_.event, came(seat_of(1)), came(seat_of(1))) == ["", "arrived_before"]


def test_a_fast_clock_says_nothing_of_the_future():
    held_ = world()
    before(held_, 1)
    settled(held_.event, came(seat_of(1), at=STARTS + dt.timedelta(hours=5)))
    assert seat_of(1).arrived_at == STARTS


def test_who_cancelled_meanwhile_is_not_let_in_and_holds_up_nobody():
    held_ = world()
    row = before(held_, 1)
    before(held_, 2)
    with clock.stopped_at(MONDAY):
        registrations.cancel(registration=row, by=BY)
    assert settled(held_.event, came(seat_of(1)), came(seat_of(2))) == ["not_registered", ""]


def test_a_place_that_was_given_back_lets_nobody_in():
    held_ = world()
    row = before(held_, 1, places=2, names=["Anna", "Bert"])
    bert = row.seats.get(name="Bert")
    with clock.stopped_at(MONDAY):
        registrations.change(registration=row, places=1, names=["Anna"], by=BY)
    assert settled(held_.event, came(bert)) == ["seat_given_back"]


def test_taking_back_undoes_what_that_door_saw_and_nothing_that_another_saw():
    held_ = world()
    before(held_, 1)
    entry = came(seat_of(1))
    other = Entry(id=uuid.uuid4(), verb="undo", seat=seat_of(1).uuid, of=uuid.uuid4())
    undo = Entry(id=uuid.uuid4(), verb="undo", seat=seat_of(1).uuid, of=entry.id)
    assert settled(held_.event, entry, other) == ["", "arrived_elsewhere"]
    assert settled(held_.event, entry, undo, entry, undo) == ["", "", "", ""]
    assert (seat_of(1).presence, seat_of(1).arrived_at) == ("", None)


def test_somebody_without_a_registration_is_in_once_with_those_they_bring():
    held_ = world(places=3)
    entry = Entry(id=uuid.uuid4(), verb="walk_in", name="Uwe", firm="Krause", heads=2, pool=held_.pool.uuid)
    assert settled(held_.event, entry, entry) == ["", ""]
    assert Registration.objects.get().places == 2
    assert door.counts(held_.event) == door.Counts(here=2, registered=2, free=1)


def test_a_walk_in_to_a_full_house_is_refused():
    held_ = world(places=1)
    before(held_, 1)
    entry = Entry(id=uuid.uuid4(), verb="walk_in", name="Uwe", pool=held_.pool.uuid)
    assert settled(held_.event, entry) == ["full"]


def test_who_waits_gets_a_place_at_the_door_only_where_one_is_free():
    held_ = world(places=1)
    first = before(held_, 1)
    before(held_, 2)
    admit = Entry(id=uuid.uuid4(), verb="admit", seat=seat_of(2).uuid)
    assert settled(held_.event, admit) == ["full"]
    registrations.cancel(registration=first, by=BY)
    assert settled(held_.event, admit, admit) == ["", ""]
    assert seat_of(2).registration.state == State.CONFIRMED
    assert seat_of(2).presence == "attended"


def test_a_place_of_another_event_opens_no_door():
    held_ = world()
    before(held_, 1)
    with clock.stopped_at(MONDAY):
        elsewhere = held(centre=held_.centre)
    assert settled(elsewhere.event, came(seat_of(1))) == ["seat_unknown"]


def test_of_a_group_so_many_come_in_as_stand_there():
    held_ = world(places=5)
    row = before(held_, 1, places=4)
    assert [actions.check_in_heads(registration=row, heads=heads, by=BY) for heads in (3, 3, 4)] == [3, 0, 1]
    with pytest.raises(DomainError):
        actions.check_in_heads(registration=row, heads=5, by=BY)


def test_who_is_let_in_after_the_attendance_was_settled_counts_once():
    held_ = world()
    before(held_, 1)
    attendance_crossing.settle(event=held_.event, by=BY)
    assert not Step.objects.exists()
    entry = came(seat_of(1))
    settled(held_.event, entry, entry)
    assert [step.measures for step in Step.objects.all()] == [{"participants": 1}]
    settled(held_.event, Entry(id=uuid.uuid4(), verb="undo", seat=seat_of(1).uuid, of=entry.id))
    assert [journey.reversing(step) is not None for step in Step.objects.filter(reverses=None)] == [True]


def test_who_only_checks_in_sees_today_alone_and_only_their_partner():
    held_ = world()
    mine = door.Reach(False, (), [held_.draft.partner_id])
    assert list(door.events(mine, day=STARTS.date())) == [held_.event]
    assert not door.events(mine, day=MONDAY.date()).exists()
    assert not door.events(door.Reach(False, (), [held_.centre.lead.pk]), day=STARTS.date()).exists()
    assert list(door.events(door.Reach(False, [held_.draft.partner_id], ()), day=MONDAY.date())) == [held_.event]
    assert list(door.events(EVERYWHERE, day=MONDAY.date())) == [held_.event]
