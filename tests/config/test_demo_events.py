"""The demo's events: one nearly full, one full with people who wait and one to call, and a consultation day."""

import datetime as dt
from uuid import uuid4

import pytest

from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Entry
from wegweiser.catalogue.offers import Offer
from wegweiser.config import demo_events
from wegweiser.crossings import door as crossing
from wegweiser.events import door, hosting
from wegweiser.events.models import Event, Registration
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter, State


@pytest.fixture
def advisers(db):
    with clock.stopped_at(MONDAY):
        for world in small_centre():
            Entry.objects.filter(kind="event").delete()
            for number, details in enumerate(
                ({"capacity": 6}, {"capacity": 9}, {"capacity": 40}, {"capacity": 4, "slot_minutes": 30}), start=1
            ):
                start = MONDAY + dt.timedelta(days=7 + number)
                offer = {"starts_at": start, "ends_at": start + dt.timedelta(hours=2), "details": details}
                given = {"topics": (world.topic,), "partner": world.other, "contact": world.ben}
                title = translated(f"Abend {number}")
                entries.publish(offer=Offer(kind="event", slug=f"abend-{number}", title=title, **offer, **given), by=BY)
            staff.login(world.ben)
            world.ben.refresh_from_db()
            yield [(world.ben, world.other)]


def test_a_newcomer_sees_a_full_one_a_nearly_full_one_and_talks(advisers):
    made = demo_events.make(advisers)
    assert made == Registration.objects.count()
    assert demo_events.make(advisers) == 0, "it is made once"
    found = hosting.numbers(Event.objects.all())
    by_slug = {event.draft.slug: found[event.pk] for event in Event.objects.select_related("draft")}
    full, nearly, talks = by_slug["abend-1"], by_slug["abend-2"], by_slug["abend-4"]
    assert (full.free, full.waiting, full.offered) == (0, demo_events.FULL - 1, 1)
    assert nearly.free == demo_events.NEARLY
    assert Event.objects.get(draft__slug="abend-4").pools.exclude(starts_at=None).count() == 4
    assert talks.taken <= 3
    assert len(hosting.calls(Registration.objects.all())) == 1


@pytest.mark.parametrize("hour", ["00:20", "05:10", "09:30", "13:05", "15:59", "17:20", "20:15", "23:40"])
def test_there_is_a_door_to_try_in_business_hours_whenever_the_demo_is_begun(advisers, hour):
    day = clock.today()
    with clock.stopped_at(clock.at(day, dt.time.fromisoformat(hour))):
        demo_events.make(advisers)
        reach = door.Reach(everywhere=False, partners=(), today_only=[advisers[0][1].pk])
        today = door.events(reach, day=day).get()
        begins, ends = clock.local(today.draft.entry.starts_at), clock.local(today.draft.entry.ends_at)
        assert begins.date() == ends.date() == day
        assert dt.time(9) <= begins.time() < ends.time() <= dt.time(18)
        assert begins - clock.now() <= dt.timedelta(hours=1) or begins.time() == dt.time(9)
        guests = today.registrations.filter(state="confirmed")
        assert guests.count() >= 3
        assert all(row.recorded_at <= clock.now() for row in guests)
        entry = crossing.Entry(id=uuid4(), verb="arrive", seat=guests.first().seats.first().uuid)
        (outcome,) = crossing.settle(event=today, entries=[entry], by=BY)
        assert outcome.code == ""
        assert door.counts(today).here == 1


def test_nobody_of_the_demo_gets_a_mail_and_everybody_is_marked_as_invented(advisers):
    demo_events.make(advisers)
    assert set(Letter.objects.values_list("state", flat=True)) == {State.HELD}
    assert all("(fiktiv)" in name for name in Registration.objects.values_list("name", flat=True))
