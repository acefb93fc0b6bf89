"""Who says who was there: door, hand or list; how long is enough for whom; and that lists add up."""

import datetime as dt
import uuid

import pytest

from tests.contact_point import BY, MONDAY, world
from tests.events.world import STARTS, guest, held, published, register
from wegweiser.crossings import attendance
from wegweiser.crossings import door as crossing
from wegweiser.crossings.door import Entry
from wegweiser.events import certificates, presence_lists
from wegweiser.events.actions import certificates as certificate_actions
from wegweiser.events.actions import door, events, registrations
from wegweiser.events.actions import presence_lists as actions
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Event, Pool, PresenceList, Seat
from wegweiser.journey import indicators
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
TALK = dt.timedelta(minutes=45)


def online(*, hours: int, slots: int = 0, **settings: object) -> Event:
    """An event online that lasts so long, with one pool or so many talks."""
    with clock.stopped_at(MONDAY):
        draft = published(world(), starts_at=STARTS.isoformat(), ends_at=(STARTS + hours * HOUR).isoformat())
        times = [{"starts_at": STARTS + n * HOUR, "ends_at": STARTS + n * HOUR + TALK} for n in range(slots)]
        pools = [Places(chairs=5, way="online", label=translated("Online"), **time) for time in times or [{}]]
        return events.open_registration(draft=draft, pools=pools, settings=settings, by=BY)


def coming(event: Event, pool: Pool, number: int = 1) -> Seat:
    with clock.stopped_at(MONDAY):
        done = registrations.register(
            event=event, pool=pool, submission=uuid.uuid4(), guest=guest(number), by=VISITOR
        ).registration
    return done.seats.get()


def taken(event: Event, text: str) -> PresenceList:
    found = actions.read(event=event, name="liste.csv", data=f"Name;Minuten\n{text}".encode(), by=BY)
    return attendance.take_list(presence_list=found, by=BY)


def told(seat: Seat) -> tuple[str, int | None]:
    seat.refresh_from_db()
    return seat.presence, seat.minutes


@pytest.mark.parametrize(("minutes", "presence"), [(45, "attended"), (23, "attended"), (22, "absent")])
def test_of_a_talk_its_own_time_counts_and_not_the_whole_day(minutes, presence):
    event = online(hours=4, slots=4)
    seat = coming(event, event.pools.all()[1])
    with clock.stopped_at(STARTS + 5 * HOUR):
        taken(event, f"Gast 1;{minutes}\n")
    assert told(seat) == (presence, minutes)


@pytest.mark.parametrize(("minutes", "presence"), [(480, "attended"), (479, "absent")])
def test_of_two_days_the_night_counts_neither_for_the_list_nor_for_the_certificate(minutes, presence):
    event = online(hours=32)
    seat = coming(event, event.pools.get())
    with clock.stopped_at(STARTS + 40 * HOUR):
        taken(event, f"Gast 1;{minutes}\n")
        attendance.set_presence(seat=Seat.objects.get(), presence="attended", by=BY)
        assert certificate_actions.issue(seat=seat, by=BY).hours == 16
    assert presence_lists.least_of_all(event) == 480
    assert certificates.hours(certificates.by_code(seat.certificate.code).hours) == "16 Stunden"
    if presence == "absent":
        assert told(seat)[0] == "attended"  # by hand


def test_the_hours_that_somebody_set_hold_for_an_event_of_several_days():
    assert presence_lists.least_of_all(online(hours=32, certificate_hours=12)) == 360


def test_several_talks_of_one_length_have_one_number_and_others_none():
    event = online(hours=4, slots=3)
    assert presence_lists.least_of_all(event) == 23
    last = event.pools.last()
    Pool.objects.filter(pk=last.pk).update(ends_at=last.ends_at + HOUR)
    assert presence_lists.least_of_all(event) is None


def test_a_list_overrules_neither_a_head_count_nor_a_hand_nor_a_walk_in_nor_an_admission():
    with clock.stopped_at(MONDAY):
        here = held(places=10)
        group = register(here, 1, places=2).registration
        by_hand = register(here, 2).registration
    with clock.stopped_at(STARTS + 3 * HOUR):
        door.check_in_heads(registration=group, heads=2, by=BY)
        attendance.set_presence(seat=by_hand.seats.get(), presence="attended", by=BY)
        walk_in = Entry(id=uuid.uuid4(), verb="walk_in", pool=here.pool.uuid, name="Uwe Neu")
        crossing.settle(event=here.event, entries=[walk_in], by=BY)
        taken(here.event, "Gast 1;3\nGast 2;4\nUwe Neu;2\n")
    assert set(Seat.objects.values_list("presence", flat=True)) == {"attended"}
    assert sorted(Seat.objects.values_list("told_by", flat=True)) == ["door", "door", "door", "hand"]


def test_who_was_set_absent_by_hand_stays_so_whatever_a_list_says():
    event = online(hours=2)
    seat = coming(event, event.pools.get())
    with clock.stopped_at(STARTS + 3 * HOUR):
        attendance.set_presence(seat=seat, presence="absent", by=BY)
        taken(event, "Gast 1;119\n")
    assert told(seat) == ("absent", 119)


def test_who_was_only_closed_as_absent_is_still_found_by_a_list():
    event = online(hours=2)
    seat = coming(event, event.pools.get())
    with clock.stopped_at(STARTS + 3 * HOUR):
        attendance.settle(event=event, by=BY)
        assert told(seat)[0] == "absent"
        taken(event, "Gast 1;90\n")
    assert told(seat) == ("attended", 90)
    assert indicators.standing().count() == 1


@pytest.mark.parametrize("order", [(100, 10), (10, 100), (30, 30)])
def test_the_minutes_of_two_lists_add_up_in_whatever_order(order):
    event = online(hours=2)
    seat = coming(event, event.pools.get())
    with clock.stopped_at(STARTS + 3 * HOUR):
        for number, minutes in enumerate(order):
            taken(event, f"Gast 1;{minutes}\nTechnik {number};5\n")
    assert told(seat) == ("attended", sum(order))


def test_a_list_that_is_dropped_takes_what_it_said_with_it_and_the_step_follows():
    event = online(hours=2)
    seat, other = (coming(event, event.pools.get(), number) for number in (1, 2))
    with clock.stopped_at(STARTS + 3 * HOUR):
        first = taken(event, "Gast 1;70\nGast 2;90\n")
        taken(event, "Gast 1;20\n")
        attendance.settle(event=event, by=BY)
        assert indicators.standing().count() == 2
        attendance.drop_list(presence_list=first, by=BY)
    assert (told(seat), told(other)) == (("absent", 20), ("absent", None))
    assert indicators.standing().count() == 0


def test_taking_back_never_undoes_what_another_door_let_in_by_a_head_count():
    with clock.stopped_at(MONDAY):
        here = held(places=10)
        row = register(here, 1, places=2).registration
    seat = row.seats.order_by("position")[0]
    arrive = Entry(id=uuid.uuid4(), verb="arrive", seat=seat.uuid, at=STARTS)
    undo = Entry(id=uuid.uuid4(), verb="undo", seat=seat.uuid, of=arrive.id)
    with clock.stopped_at(STARTS):
        door.check_in_heads(registration=row, heads=2, by=BY)
        outcomes = crossing.settle(event=here.event, entries=[arrive, undo], by=BY)
    assert [one.code for one in outcomes] == ["arrived_before", "arrived_elsewhere"]
    assert told(seat)[0] == "attended"


def test_taking_back_never_undoes_what_somebody_said_by_hand():
    with clock.stopped_at(MONDAY):
        here = held(places=10)
        seat = register(here, 1).registration.seats.get()
    with clock.stopped_at(STARTS):
        attendance.set_presence(seat=seat, presence="attended", by=BY)
        with pytest.raises(DomainError) as refusal:
            door.take_back(seat=seat, of=uuid.uuid4(), by=BY)
    assert refusal.value.code == "arrived_elsewhere"


def test_who_was_admitted_without_a_network_was_there_when_the_door_saw_them():
    with clock.stopped_at(MONDAY):
        here = held(places=1)
        first, second = (register(here, number).registration for number in (1, 2))
        registrations.cancel(registration=first, by=BY)
    seat = second.seats.get()
    admit = Entry(id=uuid.uuid4(), verb="admit", seat=seat.uuid, at=STARTS)
    with clock.stopped_at(STARTS + 5 * HOUR):
        crossing.settle(event=here.event, entries=[admit], by=BY)
    seat.refresh_from_db()
    assert (seat.arrived_at, seat.arrival) == (STARTS, admit.id)
