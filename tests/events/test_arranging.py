"""Setting an event up in one go, and what is likely for it."""

import datetime as dt
import itertools

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.events import world
from wegweiser.catalogue.actions import drafts as writing
from wegweiser.catalogue.drafts import work
from wegweiser.events import arrangement
from wegweiser.events.actions import arranging, events
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Event, Registration
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

NINE = dt.datetime(2026, 3, 9, 8, tzinfo=dt.UTC)  # nine o'clock at the centre


@pytest.fixture(autouse=True)
def monday(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield


def arrange(offer, seen="", pools=None, **settings):
    pools = pools or [Places(chairs=3)]
    return arranging.arrange(offer=offer, seen=seen, settings=settings, pools=pools, by=BY)


def test_the_first_time_registration_opens_and_the_second_time_it_changes():
    draft = world.published(contact_point.world())
    first = arrange(draft.uuid)
    assert first.fresh
    assert first.event.pools.get().chairs == 3
    pool = first.event.pools.get()
    changed = [Places(chairs=8, pool=pool)]
    second = arrange(draft.uuid, arrangement.stamp(first.event), changed, most_places=2)
    assert (second.fresh, second.event.pk) == (False, first.event.pk)
    assert (Event.objects.get().most_places, Event.objects.get().pools.get().chairs) == (2, 8)


def test_an_entry_that_nobody_edited_yet_can_take_registrations():
    draft = world.published(contact_point.world())
    entry = draft.entry
    draft.published.all().delete()
    draft.delete()
    assert arrange(entry.uuid).event.draft.entry == entry


def test_who_saves_over_a_colleague_is_told():
    draft = world.published(contact_point.world())
    event = arrange(draft.uuid).event
    seen = arrangement.stamp(event)
    pool = event.pools.get()
    arrange(draft.uuid, seen, [Places(chairs=4, pool=pool)])
    with pytest.raises(DomainError) as refused:
        arrange(draft.uuid, seen, [Places(chairs=5, pool=pool)])
    assert refused.value.code == "changed_meanwhile"
    assert event.pools.get().chairs == 4


def test_another_room_is_told_to_guests():
    held = world.held()
    world.register(held)
    Letter.objects.all().delete()
    done = arrange(held.draft.uuid, arrangement.stamp(held.event), [Places(chairs=3, pool=held.pool)], room="Saal 2")
    assert done.told
    assert "Saal 2" in Letter.objects.get().text


def test_a_time_that_somebody_registered_for_stays_as_it_is():
    draft = world.published(contact_point.world())
    slot = {"starts_at": world.STARTS, "ends_at": world.STARTS + dt.timedelta(minutes=30)}
    event = events.open_registration(draft=draft, pools=[Places(chairs=1, **slot)], settings={}, by=BY)
    held = world.Held(None, draft, event)
    later = {name: moment + dt.timedelta(hours=1) for name, moment in slot.items()}
    events.set_places(event=event, pools=[Places(chairs=1, pool=held.pool, **later)], by=BY)
    world.register(held)
    with pytest.raises(DomainError) as refused:
        events.set_places(event=event, pools=[Places(chairs=1, pool=held.pool, **slot)], by=BY)
    assert refused.value.code == "pool_in_use"
    events.set_places(event=event, pools=[Places(chairs=2, pool=held.pool, **later)], by=BY)
    assert held.pool.chairs == 2


def test_a_prepared_registration_can_be_dropped_until_somebody_registered():
    held = world.held()
    world.register(held)
    with pytest.raises(DomainError) as refused:
        arranging.close(event=held.event, by=BY)
    assert refused.value.code == "pool_in_use"
    Registration.objects.all().delete()
    arranging.close(event=held.event, by=BY)
    assert not Event.objects.exists()


def test_the_talks_of_a_consultation_day_move_with_its_day():
    """Into summer time: what began at ten by the clock on the wall begins at ten."""
    draft = world.published(
        contact_point.world(), starts_at=NINE.isoformat(), ends_at=(NINE + dt.timedelta(hours=2)).isoformat()
    )
    start = NINE + dt.timedelta(hours=1)
    pool = Places(chairs=1, starts_at=start, ends_at=start + dt.timedelta(minutes=30))
    event = events.open_registration(draft=draft, pools=[pool], settings={}, by=BY)
    held = world.Held(None, draft, event)
    world.register(held)
    Letter.objects.all().delete()
    found = work(draft.uuid)
    day = dt.datetime(2026, 4, 13, 7, tzinfo=dt.UTC)  # nine in summer
    content = {**found.content, "starts_at": day.isoformat(), "ends_at": (day + dt.timedelta(hours=2)).isoformat()}
    writing.write(uuid=draft.uuid, seen=found.stamp, content=content, by=BY)
    writing.publish(uuid=draft.uuid, seen=work(draft.uuid).stamp, by=BY)
    assert events.follow(event=event, by=BY)
    assert clock.local(held.pool.starts_at).isoformat() == "2026-04-13T10:00:00+02:00"
    assert held.pool.ends_at - held.pool.starts_at == dt.timedelta(minutes=30)
    text = Letter.objects.get().text
    assert "13. April 2026, 10:00" in text
    assert "9. März 2026, 10:00" in text


@pytest.mark.parametrize(
    ("minutes", "pause", "count"), [(30, 0, 4), (30, 10, 3), (120, 0, 1), (121, 0, 0), (0, 5, 0), (1, 0, 60)]
)
def test_talks_fill_the_day_and_none_reaches_beyond_its_end(minutes, pause, count):
    end = NINE + dt.timedelta(hours=2)
    found = arrangement.slots(starts_at=NINE, ends_at=end, minutes=minutes, pause=pause)
    assert len(found) == count
    assert all(slot.ends_at <= end for slot in found)
    assert all(two.starts_at >= one.ends_at for one, two in itertools.pairwise(found))


def test_what_the_offer_says_is_proposed():
    details = {"capacity": 12, "registration_closes_days_before": 3}
    told = {"details": details, "starts_at": NINE.isoformat(), "ends_at": None, "attendance": "hybrid"}
    found = arrangement.proposal(told)
    assert (found.places, found.ways, found.slots) == (12, ("on_site", "online"), ())
    assert clock.local(found.closes_at).isoformat() == "2026-03-06T23:59:00+01:00"


def test_minutes_for_each_talk_make_slots():
    end = NINE + dt.timedelta(hours=2)
    told = {"details": {"slot_minutes": 40}, "starts_at": NINE.isoformat(), "ends_at": end.isoformat()}
    assert len(arrangement.proposal(told).slots) == 3
    assert arrangement.proposal({"details": {}}).places == arrangement.USUAL_PLACES
