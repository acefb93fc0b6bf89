"""The talks of a consultation day hang on its hours: what lies outside of them is offered to nobody, and said."""

import datetime as dt
import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.events import world
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import work
from wegweiser.catalogue.models import Entry
from wegweiser.events import moves, talks
from wegweiser.events.actions import copies, events, registrations
from wegweiser.events.actions.copies import When
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Event, Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

HALF = dt.timedelta(minutes=30)


@pytest.fixture(autouse=True)
def monday(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield


@pytest.fixture
def day(monday):
    """Four talks from ten to twelve."""
    held = world.held()
    rows = [
        Places(chairs=1, starts_at=world.STARTS + HALF * number, ends_at=world.STARTS + HALF * (number + 1))
        for number in range(4)
    ]
    events.set_places(event=held.event, pools=rows, by=BY)
    return held


def ends(held, hours, *, publish=True):
    """The end becomes another, so many hours after the beginning."""
    told = work(held.draft.uuid)
    content = {**told.content, "ends_at": (world.STARTS + dt.timedelta(hours=hours)).isoformat()}
    drafts.write(uuid=told.uuid, seen=told.stamp, content=content, by=BY)
    if publish:
        drafts.publish(uuid=told.uuid, seen=work(told.uuid).stamp, by=BY)
        return events.follow(event=held.event, by=BY)
    return False


def last(held):
    return list(held.event.pools.all())[-1]


def register(held, pool, number=1, by=VISITOR):
    return registrations.register(
        event=held.event, pool=pool, submission=uuid.uuid4(), guest=world.guest(number), by=by
    ).registration


@pytest.mark.parametrize("by", [VISITOR, BY])
def test_a_talk_after_the_end_is_given_to_nobody(day, by):
    ends(day, 1)
    with pytest.raises(DomainError) as refused:
        register(day, last(day), by=by)
    assert refused.value.code == "talk_outside"
    assert register(day, day.event.pools.all()[1], by=by).state == State.CONFIRMED


def test_who_waits_for_it_does_not_move_up(day):
    first, waiting = register(day, last(day)), register(day, last(day), 2)
    ends(day, 1)
    registrations.cancel(registration=first, by=VISITOR)
    assert Registration.objects.get(pk=waiting.pk).state == State.WAITING


def test_the_day_is_full_when_the_talks_within_it_are(day):
    ends(day, 0.5)
    register(day, day.event.pools.all()[0])
    assert Entry.objects.get().availability == "waiting"


def test_before_publishing_it_is_known_which_talks_somebody_has(day):
    register(day, last(day))
    ends(day, 1, publish=False)
    move = moves.pending(Event.objects.get(), work(day.draft.uuid))
    assert [(pool.starts_at, count) for pool, count in move.outside] == [(last(day).starts_at, 1)]
    assert (move.told, move.letter) == (0, None)
    assert len(moves.outside(Event.objects.get(), work(day.draft.uuid))) == 2


def test_what_lay_outside_before_is_not_asked_about_again(day):
    register(day, last(day))
    ends(day, 1)
    told = work(day.draft.uuid)
    drafts.write(uuid=told.uuid, seen=told.stamp, content={**told.content, "summary": {"de": "Neu."}}, by=BY)
    assert moves.pending(Event.objects.get(), work(day.draft.uuid)) is None


def test_nobody_is_said_to_be_told_where_nobody_is(day):
    """Of another end only those hear who have no talk of their own."""
    register(day, last(day))
    before = Letter.objects.count()
    assert ends(day, 1) is False
    assert Letter.objects.count() == before


def test_where_the_day_moves_its_talks_move_and_stay_within(day):
    told = work(day.draft.uuid)
    later = {
        name: (moment + dt.timedelta(days=1)).isoformat()
        for name, moment in (("starts_at", world.STARTS), ("ends_at", world.ENDS))
    }
    drafts.write(uuid=told.uuid, seen=told.stamp, content={**told.content, **later}, by=BY)
    assert moves.outside(Event.objects.get(), work(told.uuid)) == []
    drafts.publish(uuid=told.uuid, seen=work(told.uuid).stamp, by=BY)
    events.follow(event=day.event, by=BY)
    event = Event.objects.get()
    assert talks.outside(event, event.pools.all()) == []


def test_a_shorter_copy_has_the_talks_of_its_hours(day):
    starts = world.STARTS + dt.timedelta(days=7)
    when = When(starts_at=starts, ends_at=starts + dt.timedelta(hours=1))
    made = copies.make(source=day.draft.uuid, when=when, submission=uuid.uuid4(), by=BY).event
    assert [pool.starts_at for pool in made.pools.all()] == [starts, starts + HALF]


def test_where_no_end_is_said_every_talk_is_within(day):
    told = work(day.draft.uuid)
    drafts.write(uuid=told.uuid, seen=told.stamp, content={**told.content, "ends_at": None}, by=BY)
    drafts.publish(uuid=told.uuid, seen=work(told.uuid).stamp, by=BY)
    event = Event.objects.get()
    assert talks.outside(event, event.pools.all()) == []
