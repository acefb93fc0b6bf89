"""Whatever guests and staff do: no place is given twice, none stays empty for nothing, nobody is lost.

A machine of Hypothesis plays register, cancel, change of capacity, offer, lapse and groups against the real actions.
"""

import datetime as dt
import itertools
import uuid

from django.db import transaction
from hypothesis import settings
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

from tests.contact_point import BY, MONDAY
from tests.events.world import Held, guest, held
from wegweiser.events import queries
from wegweiser.events.actions import events, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.models import ACTIVE, Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError

LINK = Actor.link(uuid.UUID(int=9))


class Line(RuleBasedStateMachine):
    """One event with one pool; the clock only goes on, and stays before the event."""

    world: Held

    @initialize(
        places=st.integers(1, 5),
        fill=st.booleans(),
        opt_in=st.booleans(),
        offer_hours=st.sampled_from([0, 24]),
    )
    def begin(self, places, fill, opt_in, offer_hours):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = MONDAY
        self.number = 0
        self.seen: set[int] = set()
        with clock.stopped_at(self.now):
            self.world = held(places=places, fill=fill, opt_in=opt_in, offer_hours=offer_hours, most_places=4)

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def rows(self, *wanted: str) -> list[Registration]:
        return list(Registration.objects.filter(event=self.world.event, state__in=wanted).order_by("id"))

    def one_of(self, data, *wanted: str) -> Registration | None:
        rows = self.rows(*wanted)
        return data.draw(st.sampled_from(rows)) if rows else None

    @rule(places=st.integers(1, 4))
    def register(self, places):
        self.number += 1
        with clock.stopped_at(self.now):
            try:
                found = registrations.register(
                    event=self.world.event,
                    pool=self.world.pool,
                    submission=uuid.uuid4(),
                    guest=guest(self.number, places=places),
                    by=VISITOR,
                )
            except DomainError as error:
                if error.code != "places_not_allowed":  # more than the pool has
                    raise
                return
        self.seen.add(found.registration.pk)

    @rule(data=st.data())
    def confirm(self, data):
        self._act(data, registrations.confirm, State.PENDING, State.ASKED)

    @rule(data=st.data())
    def accept(self, data):
        self._act(data, registrations.accept, State.OFFERED)

    @rule(data=st.data())
    def cancel(self, data):
        self._act(data, registrations.cancel, *ACTIVE)

    @rule(data=st.data())
    def give_one_back(self, data):
        row = self.one_of(data, *ACTIVE)
        if row is not None and row.places > 1:
            with clock.stopped_at(self.now):
                registrations.change(registration=row, places=row.places - 1, by=LINK)

    @rule(data=st.data())
    def prefer(self, data):
        row = self.one_of(data, State.WAITING)
        if row is not None:
            with clock.stopped_at(self.now):
                registrations.prefer(registration=row, reason="Grund", by=BY)

    @rule(chairs=st.integers(1, 6))
    def set_capacity(self, chairs):
        taken = queries.room(self.world.pool).taken
        with clock.stopped_at(self.now):
            try:
                events.set_places(event=self.world.event, pools=[Places(chairs=chairs, pool=self.world.pool)], by=BY)
            except DomainError as error:
                if error.code != "places_taken" or chairs >= taken:
                    raise

    @rule(fill=st.booleans())
    def set_rule_of_the_line(self, fill):
        with clock.stopped_at(self.now):
            self.world.event.refresh_from_db()
            events.change(event=self.world.event, settings={"fill": fill}, by=BY)

    @precondition(lambda self: self.now < MONDAY + dt.timedelta(days=5))
    @rule(hours=st.sampled_from([1, 25]))
    def time_passes(self, hours):
        self.now += dt.timedelta(hours=hours)
        with clock.stopped_at(self.now):
            registrations.lapse(by=BY)

    def _act(self, data, act, *wanted):
        row = self.one_of(data, *wanted)
        if row is not None:
            with clock.stopped_at(self.now):
                act(registration=row, by=LINK)

    @invariant()
    def no_more_than_the_capacity_is_taken(self):
        if hasattr(self, "world"):
            assert queries.room(self.world.pool).taken <= self.world.pool.capacity

    @invariant()
    def no_place_is_empty_while_the_first_who_could_ever_fit_fits(self):
        if not hasattr(self, "world"):
            return
        room, pool = queries.room(self.world.pool), self.world.pool
        waiting = [row for row in queries.line(pool) if row.places <= pool.capacity]
        self.world.event.refresh_from_db()
        heads = waiting if self.world.event.fill else waiting[:1]
        assert all(row.places > room.free for row in heads)

    @invariant()
    def nobody_is_lost(self):
        if hasattr(self, "world"):
            stored = set(Registration.objects.filter(event=self.world.event).values_list("pk", flat=True))
            assert stored == self.seen

    @invariant()
    def every_change_of_state_leads_to_the_next(self):
        for row in Registration.objects.filter(event=self.world.event) if hasattr(self, "world") else ():
            steps = list(row.changes.order_by("id").values_list("source", "target"))
            assert all(before[1] == after[0] for before, after in itertools.pairwise(steps))
            assert not steps or steps[-1][1] == row.state

    @invariant()
    def seats_are_as_many_as_places(self):
        for row in Registration.objects.filter(event=self.world.event) if hasattr(self, "world") else ():
            assert row.seats.filter(given_back_at=None).count() == row.places


class LineTest(TestCase):
    def test_the_line_holds_whatever_happens(self):
        run_state_machine_as_test(Line, settings=settings(max_examples=12, stateful_step_count=20, deadline=None))
