"""Another way of taking part, or another talk: the old place is given up for the new one, and for nothing else."""

import datetime as dt
import uuid

import pytest
from icalendar import Calendar

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.events import in_a_row, world
from tests.events.world import ENDS, STARTS, guest, published
from wegweiser.catalogue.models import Entry
from wegweiser.events import queries
from wegweiser.events.actions import events, rebooking, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Change, Event, Pool, Presence, Registration, Seat, State, Way
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

LINK = Actor.link(uuid.UUID(int=9))
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday(db):
    with clock.stopped_at(MONDAY):
        yield


def hybrid(on_site=1, online=1, **settings):
    """A published event on site and online."""
    pools = [Places(chairs=on_site), Places(chairs=online, way=Way.ONLINE)]
    return _opened(pools, {"join_link": "https://meet.example/raum", "offer_hours": 0, **settings})


def talks():
    """A consultation day: two talks, one after the other."""
    times = [(STARTS, STARTS + HOUR), (STARTS + HOUR, ENDS)]
    return _opened([Places(chairs=1, starts_at=begin, ends_at=end) for begin, end in times], {"offer_hours": 0})


def _opened(pools, settings):
    return events.open_registration(draft=published(contact_point.world()), pools=pools, settings=settings, by=BY)


def pool(event, number):
    return event.pools.all()[number]


def register(event, number, at=0, *, by=VISITOR, **given):
    told = {"pool": pool(event, at), "submission": uuid.uuid4(), "guest": guest(number, **given)}
    return registrations.register(event=event, **told, by=by).registration


def rebook(row, to, *, by=LINK, **more):
    found = rebooking.rebook(registration=row, pool=pool(row.event, to), **more, by=by)
    row.refresh_from_db()
    return found


def refused(row, to, **more):
    before = Registration.objects.values().get(pk=row.pk), list(row.seats.values()), Letter.objects.count()
    with pytest.raises(DomainError) as error:
        rebook(row, to, **more)
    assert (Registration.objects.values().get(pk=row.pk), list(row.seats.values()), Letter.objects.count()) == before
    return error.value.code


def calendar(letter):
    (date,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    return date


def stands():
    return [(row.pool.position, row.state) for row in Registration.objects.select_related("pool").order_by("id")]


def test_the_old_place_goes_to_the_next_and_the_mail_says_how_it_is_now():
    event = hybrid()
    row, _next = register(event, 1), register(event, 2)
    first = Letter.objects.get(cause_uuid=row.uuid)
    rebook(row, 1)
    assert stands() == [(2, "confirmed"), (1, "confirmed")]
    told = Letter.objects.filter(cause_uuid=row.uuid).latest("id")
    assert told.subject == "Ihre Anmeldung ist geändert: Aufträge im Blick"
    assert "online: https://meet.example/raum" in told.text
    assert "Ansehen, ändern oder absagen:" in told.text
    before, now = calendar(first), calendar(told)
    assert Calendar.from_ical(told.calendar)["method"] == "REQUEST"
    assert (now["uid"], now["location"]) == (before["uid"], "https://meet.example/raum")
    assert now["sequence"] > before["sequence"]
    change = Change.objects.get(registration=row, verb="pool")
    assert (change.source, change.target) == (str(pool(event, 0).pk), str(pool(event, 1).pk))


def test_another_talk_is_told_with_the_time_until_now_and_kept_in_the_calendar():
    event = talks()
    row = register(event, 1)
    rebook(row, 1)
    told = Letter.objects.filter(cause_uuid=row.uuid).latest("id")
    assert "11:00 bis 12:00 Uhr (bisher: Montag, 9. März 2026, 10:00 bis 11:00 Uhr)" in told.text
    assert calendar(told)["dtstart"].dt == STARTS + HOUR
    rebook(row, 0)
    assert calendar(Letter.objects.filter(cause_uuid=row.uuid).latest("id"))["sequence"] > calendar(told)["sequence"]


def test_where_no_place_is_free_everything_stays():
    event = hybrid()
    row, other = register(event, 1), register(event, 2, 1)
    assert refused(row, 1) == "no_place_there"
    assert refused(other, 0) == "no_place_there"


@pytest.mark.parametrize("fill", [False, True])
def test_who_waits_there_comes_first_unless_whoever_fits_goes_first(fill):
    event = hybrid(online=3, fill=fill)
    row = register(event, 1)
    register(event, 2, 1, places=2)
    register(event, 3, 1, places=2)
    if fill:
        assert rebook(row, 1).pool == pool(event, 1)
    else:
        assert refused(row, 1) == "no_place_there"


def test_who_waits_gets_the_place_that_is_free_elsewhere_and_no_longer_holds_up_the_others():
    event = hybrid(on_site=2)
    register(event, 1)
    group = register(event, 2, places=2)
    register(event, 3)
    assert stands() == [(1, "confirmed"), (1, "waiting"), (1, "waiting")]
    rebook(group, 1, places=1)
    assert stands() == [(1, "confirmed"), (2, "confirmed"), (1, "confirmed")]
    assert Seat.objects.filter(registration=group, given_back_at=None).count() == 1


def test_an_offer_is_left_to_the_next_by_who_takes_another_place():
    event = hybrid(offer_hours=24)
    first, second, _third = register(event, 1), register(event, 2), register(event, 3)
    registrations.cancel(registration=first, by=LINK)
    second.refresh_from_db()
    assert second.state == State.OFFERED
    rebook(second, 1)
    assert stands() == [(1, "cancelled"), (2, "confirmed"), (1, "offered")]
    assert second.until is None


def test_more_places_are_had_with_the_move_or_neither():
    event = hybrid(online=2)
    row = register(event, 1)
    assert refused(row, 1, places=3) == "no_place_there"
    assert refused(row, 1, places=2, names=["A", "B", "C"]) == "too_many_names"
    assert rebook(row, 1, places=2, names=["Gast 1", "Ada"]).places == 2
    assert list(row.seats.values_list("name", flat=True)) == ["Gast 1", "Ada"]
    assert "2 Plätze" in Letter.objects.filter(cause_uuid=row.uuid).latest("id").text


def test_the_same_place_is_no_move():
    event = hybrid()
    row = register(event, 1)
    rebook(row, 0, names=["Ada"])
    assert Letter.objects.count() == 1
    assert not Change.objects.filter(verb="pool").exists()
    assert row.seats.get().name == "Ada"


def test_an_address_that_nobody_confirmed_moves_nothing():
    row = register(hybrid(opt_in=True), 1)
    assert refused(row, 1) == "address_unconfirmed"


def test_who_waits_for_a_whole_series_waits_for_all_of_it():
    found = in_a_row.row(joining="whole", places=1)
    in_a_row.register(found)
    waiting = in_a_row.register(found, guest_number=2).registrations[0]
    online = Pool.objects.create(event=waiting.event, position=9, way=Way.ONLINE, chairs=5)
    with pytest.raises(DomainError) as error:
        rebooking.rebook(registration=waiting, pool=online, by=LINK)
    assert error.value.code == "waits_for_whole"


def test_once_registration_closed_only_the_desk_moves_somebody():
    row = register(hybrid(), 1)
    Event.objects.update(closes_at=MONDAY + HOUR)
    with clock.stopped_at(MONDAY + 2 * HOUR):
        assert refused(row, 1) == "registration_closed"
        assert rebook(row, 1, by=BY).pool == pool(row.event, 1)


def test_nobody_leaves_or_takes_a_talk_that_has_begun():
    event = talks()
    row = register(event, 1)
    with clock.stopped_at(STARTS):
        assert refused(row, 1, by=BY) == "event_over"
    rebook(row, 1)
    with clock.stopped_at(STARTS + dt.timedelta(minutes=1)):
        assert refused(row, 0, by=BY) == "event_over"


def test_a_talk_outside_the_hours_is_left_and_not_taken():
    event = talks()
    row = register(event, 1, 1)
    Entry.objects.update(ends_at=STARTS + HOUR)
    rebook(Registration.objects.get(pk=row.pk), 0)
    assert refused(Registration.objects.get(pk=row.pk), 1) == "talk_outside"


def test_who_gave_the_place_back_has_none_to_move():
    row = register(hybrid(), 1)
    registrations.cancel(registration=row, by=LINK)
    assert refused(row, 1) == "transition_not_allowed"


def test_a_place_of_another_event_is_none():
    found = in_a_row.row(count=2)
    row = world.register(found.dates[0]).registration
    with pytest.raises(DomainError) as error:
        rebooking.rebook(registration=row, pool=found.dates[1].pool, by=LINK)
    assert error.value.code == "pool_unknown"


def test_who_was_seen_at_the_door_stays_where_they_are():
    row = register(hybrid(), 1)
    row.seats.update(presence=Presence.ATTENDED)
    assert refused(row, 1, by=BY) == "attended_already"


def test_the_entry_says_that_there_are_places_again():
    event = hybrid()
    row = register(event, 1)
    register(event, 2, 1)
    event.draft.entry.refresh_from_db()
    assert event.draft.entry.availability == "waiting"
    more = [Places(chairs=1, pool=pool(event, 0)), Places(chairs=2, way=Way.ONLINE, pool=pool(event, 1))]
    events.set_places(event=event, pools=more, by=BY)
    rebook(row, 1)
    event.draft.entry.refresh_from_db()
    assert event.draft.entry.availability == "open"
    assert queries.room(pool(event, 0)).free == 1
