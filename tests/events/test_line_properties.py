"""Whatever guests and staff do: no place is given twice, none stays empty for nothing, nobody is lost, and nobody is
passed over.

A machine of Hypothesis plays against the real actions: two pools that are full and have a line, registering, confirming
an address, moving up, giving back, growing, preferring, another capacity, another rule, another day, the door, erasure,
lapse. It keeps a line of its own, made of nothing but what was done, and knows after every step who must have moved up.
"""

import datetime as dt
import itertools
import uuid
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.events.world import ENDS, STARTS, guest, published
from wegweiser.catalogue.models import Entry
from wegweiser.events import queries, waiting_list
from wegweiser.events.actions import admissions, events, line, rebooking, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.models import ACTIVE, HOLDS, LIFECYCLE, Event, Pool, Registration, State, Way
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError

LINK = Actor.link(uuid.UUID(int=9))
DAY = dt.timedelta(days=1)
MOST = 4  # places in one registration
SIZES = st.integers(1, 3)


class Line(RuleBasedStateMachine):
    """One event with two pools; the clock only goes on, and stays before the event."""

    event: Event

    @initialize(
        chairs=st.tuples(st.integers(2, 5), st.integers(1, 2)),
        line=st.lists(st.tuples(st.integers(0, 1), SIZES), min_size=4, max_size=7),
        fill=st.booleans(),
        opt_in=st.booleans(),
        offer_hours=st.sampled_from([0, 24]),
    )
    def begin(self, chairs, line, fill, opt_in, offer_hours):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now, self.number = MONDAY, 0
        self.lines: list[list[int]] = [[], []]  # keys of registrations, the next one first
        self.preferred: set[int] = set()
        self.all: set[int] = set()
        with clock.stopped_at(self.now):
            draft = published(contact_point.world())
            pools = [Places(chairs=n, way=way) for n, way in zip(chairs, (Way.ON_SITE, Way.ONLINE), strict=True)]
            told = {"fill": fill, "opt_in": opt_in, "offer_hours": offer_hours, "most_places": MOST}
            self.event = events.open_registration(draft=draft, pools=pools, settings=told, by=BY)
        for pool, count in enumerate(chairs):
            for _place in range(count):
                self._register(pool, 1, BY)
        for pool, places in line:
            self._register(pool, min(places, chairs[pool]), BY)

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    # --- What somebody does -----------------------------------------------------------------------------------------

    @rule(pool=st.integers(0, 1), places=SIZES)
    def register(self, pool, places):
        self._register(pool, places, VISITOR)

    @rule(data=st.data())
    def confirm(self, data):
        self._turn(data, registrations.confirm, State.PENDING, State.ASKED)

    @rule(data=st.data())
    def accept(self, data):
        self._turn(data, registrations.accept, State.OFFERED)

    @rule(data=st.data())
    def give_a_place_back(self, data):
        self._turn(data, registrations.cancel, State.CONFIRMED, State.OFFERED)

    @rule(data=st.data())
    def cancel(self, data):
        self._turn(data, registrations.cancel, *ACTIVE)

    @rule(data=st.data())
    def erase(self, data):
        row = self._one_of(data, *ACTIVE)
        if row is not None:
            self._do(lambda: registrations.erase(registration=row, by=BY))

    @rule(data=st.data(), more=st.sampled_from([-1, 1, 2]))
    def come_with_others(self, data, more):
        row = self._one_of(data, *ACTIVE)
        if row is None or not 1 <= row.places + more <= MOST:
            return
        before = row.state
        if self._do(
            lambda: registrations.change(registration=row, places=row.places + more, by=LINK),
            "places_gone",
            grows=row.pk if more > 0 and before == State.WAITING else None,
        ):
            row.refresh_from_db()

    @rule(data=st.data(), fewer=st.integers(0, 1))
    def take_part_in_another_way(self, data, fewer):
        row = self._one_of(data, State.CONFIRMED, State.OFFERED, State.WAITING)
        if row is None:
            return
        number, there = next((n, pool) for n, pool in enumerate(self._pools()) if pool.pk != row.pool_id)
        room, wanted = queries.room(there), max(row.places - fewer, 1)
        free = room.free >= wanted and (Event.objects.get(pk=self.event.pk).fill or not room.somebody_waits)
        moved = self._do(
            lambda: rebooking.rebook(registration=row, pool=there, places=wanted, by=LINK),
            "no_place_there",
            admits=row.pk,
        )
        before = row.pool_id, row.state, row.places
        row.refresh_from_db()
        assert moved is free, "a place that is free is had, and no other"
        assert (row.pool_id, row.state, row.places) == ((there.pk, State.CONFIRMED, wanted) if moved else before)
        assert row.pk not in self.lines[number], "nobody stands in two lines"

    @rule(data=st.data())
    def prefer(self, data):
        row = self._one_of(data, State.WAITING)
        if row is not None:
            self._do(lambda: line.prefer(registration=row, reason="Grund", by=BY), prefers=row.pk)

    @rule(chairs=st.integers(1, 6))
    def set_capacity(self, chairs):
        first, second = self._pools()
        pools = [Places(chairs=chairs, pool=first), Places(chairs=second.chairs, way=Way.ONLINE, pool=second)]
        self._do(lambda: events.set_places(event=self.event, pools=pools, by=BY), "places_taken")

    @rule(fill=st.booleans())
    def set_rule_of_the_line(self, fill):
        self.event.refresh_from_db()
        self._do(lambda: events.change(event=self.event, settings={"fill": fill}, by=BY))

    @rule(days=st.sampled_from([-1, 0, 3]))
    def move_the_event(self, days):
        Entry.objects.filter(draft__event=self.event).update(starts_at=STARTS + days * DAY, ends_at=ENDS + days * DAY)
        self._do(lambda: events.follow(event=self.event, by=BY))

    @rule(data=st.data())
    def let_in_who_waits(self, data):
        row = self._one_of(data, State.WAITING, State.ASKED, State.PENDING)
        if row is not None:
            self._do(lambda: admissions.admit(registration=row, by=BY), "full", admits=row.pk)

    @rule(pool=st.integers(0, 1))
    def walk_in(self, pool):
        self.number += 1
        told = {"pool": self._pools()[pool], "submission": uuid.uuid4(), "guest": guest(self.number, email="")}
        self._do(lambda: admissions.at_the_door(event=self.event, **told, by=BY), "full")

    @precondition(lambda self: self.now < MONDAY + 4 * DAY)
    @rule(hours=st.sampled_from([1, 25]))
    def time_passes(self, hours):
        self.now += dt.timedelta(hours=hours)
        self._do(lambda: line.lapse(by=BY))

    # --- How it is done, and what must have come of it ----------------------------------------------------------------

    def _register(self, pool, places, by):
        self.number += 1
        told = {"pool": self._pools()[pool], "submission": uuid.uuid4(), "guest": guest(self.number, places=places)}
        self._do(lambda: registrations.register(event=self.event, **told, by=by), "places_not_allowed")

    def _turn(self, data, act, *wanted):
        row = self._one_of(data, *wanted)
        if row is not None:
            self._do(lambda: act(registration=row, by=LINK))

    def _one_of(self, data, *wanted) -> Registration | None:
        rows = list(Registration.objects.filter(event=self.event, state__in=wanted).order_by("id"))
        return data.draw(st.sampled_from(rows)) if rows else None

    def _pools(self) -> list[Pool]:
        return list(Pool.objects.filter(event=self.event))

    def _do(self, act, refusal="", *, prefers=None, grows=None, admits=None) -> bool:
        """Do it a minute later; `refusal` is how it may be refused. Then see who moved up."""
        self.now += dt.timedelta(minutes=1)
        with clock.stopped_at(self.now):
            try:
                with transaction.atomic():
                    act()
            except DomainError as error:
                if error.code != refusal:
                    raise
                prefers = grows = admits = None
                done = False
            else:
                done = True
        self._reorder(prefers, grows)
        self._nobody_was_passed_over(admits)
        return done

    def _reorder(self, prefers, grows):
        for queue in self.lines:
            if prefers in queue and prefers not in self.preferred:
                queue.remove(prefers)
                queue.insert(sum(pk in self.preferred for pk in queue), prefers)
                self.preferred.add(prefers)
            if grows in queue and grows not in self.preferred:
                queue.remove(grows)
                queue.append(grows)

    def _nobody_was_passed_over(self, admitted):
        """Who moved up is exactly whom the rule of the line gives a place, in the order of the line."""
        rows = {row.pk: row for row in Registration.objects.filter(event=self.event)}
        fill = Event.objects.values_list("fill", flat=True).get(pk=self.event.pk)
        for number, pool in enumerate(self._pools()):
            here = [row for row in rows.values() if row.pool_id == pool.pk]
            stands = [pk for pk in self.lines[number] if rows[pk].is_active and pk != admitted]
            served = [pk for pk in stands if rows[pk].state != State.WAITING]
            given = sum(rows[pk].places for pk in served)
            free = pool.chairs - sum(row.places for row in here if row.state in HOLDS) + given
            must = due([(pk, rows[pk].places) for pk in stands], pool.chairs, free, fill)
            assert served == must, "somebody was passed over"
            joined = [row.pk for row in here if row.state == State.WAITING and row.pk not in stands]
            self.lines[number] = [pk for pk in stands if pk not in served] + joined
        self.all |= rows.keys()
        assert self.all == rows.keys(), "somebody was lost"

    @invariant()
    def no_more_than_the_capacity_is_taken(self):
        if hasattr(self, "event"):
            assert all(room.taken <= room.pool.capacity for room in queries.rooms_of(self.event))

    @invariant()
    def nothing_is_open_longer_than_until_it_begins(self):
        if hasattr(self, "event"):
            starts = Entry.objects.values_list("starts_at", flat=True).get(draft__event=self.event)
            assert not Registration.objects.filter(event=self.event, state__in=ACTIVE, until__gt=starts).exists()

    @invariant()
    def every_change_of_state_leads_to_the_next(self):
        if not hasattr(self, "event"):
            return
        for row in Registration.objects.filter(event=self.event).prefetch_related("changes"):
            turns = [change for change in row.changes.all() if change.verb in LIFECYCLE.transitions]
            steps = [(change.source, change.target) for change in sorted(turns, key=lambda one: one.pk)]
            assert all(before[1] == after[0] for before, after in itertools.pairwise(steps))
            assert not steps or steps[-1][1] == row.state

    @invariant()
    def seats_are_as_many_as_places(self):
        if hasattr(self, "event"):
            rows = Registration.objects.filter(event=self.event).prefetch_related("seats")
            assert all(sum(s.given_back_at is None for s in row.seats.all()) == row.places for row in rows)


def due(line: list[tuple[int, int]], capacity: int, free: int, fill: bool) -> list[int]:
    """Whom the rule gives a place, written once more and differently: one by one, always the first who may."""
    given: list[int] = []
    while True:
        left = [(pk, places) for pk, places in line if pk not in given and places <= capacity]
        may = left if fill else left[:1]
        first = next((one for one in may if one[1] <= free), None)
        if first is None:
            return given
        given.append(first[0])
        free -= first[1]


def from_its_end(*, capacity, taken, line, fill):
    """The line served from the wrong side."""
    return _right(capacity=capacity, taken=taken, line=list(line)[::-1], fill=fill)


_right = waiting_list.moving_up
STEPS = {"stateful_step_count": 15, "deadline": None}
FOUND_FAST = settings(max_examples=100, phases=(Phase.generate,), report_multiple_bugs=False, database=None, **STEPS)


class LineTest(TestCase):
    def test_the_line_holds_whatever_happens(self):
        run_state_machine_as_test(Line, settings=settings(max_examples=12, **STEPS))

    def test_a_line_that_is_served_from_its_end_is_noticed(self):
        with patch.object(waiting_list, "moving_up", from_its_end), pytest.raises(AssertionError, match="passed over"):
            run_state_machine_as_test(Line, settings=FOUND_FAST)
