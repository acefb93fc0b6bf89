"""Whatever guests do with several dates at once: no place is given twice, no bundle is half there, nobody is lost.

A machine of Hypothesis plays registering for some dates or all, the same form twice, confirming, accepting, cancelling
one date or all, time and changes of capacity, against the real actions.
"""

import datetime as dt
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
from tests.events import in_a_row
from tests.events.world import guest
from wegweiser.events import queries
from wegweiser.events.actions import events, line, registrations, whole_series
from wegweiser.events.actions.events import Places
from wegweiser.events.models import ACTIVE, HOLDS, Joining, Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError

LINK = Actor.link(uuid.UUID(int=9))
DATES = 3


class Bundles(RuleBasedStateMachine):
    """Three dates to choose from; the clock stays before the first of them."""

    joining = Joining.CHOICE

    @initialize(
        places=st.integers(1, 2),
        fill=st.booleans(),
        opt_in=st.sampled_from([False, False, True]),
        offer_hours=st.sampled_from([0, 24]),
        crowd=st.integers(0, 2),
    )
    def begin(self, places, fill, opt_in, offer_hours, crowd):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now, self.number = MONDAY, 0
        self.forms: dict[uuid.UUID, tuple[int, set[int]]] = {}
        with clock.stopped_at(self.now):
            self.found = in_a_row.row(
                count=DATES,
                places=places,
                joining=self.joining,
                fill=fill,
                opt_in=opt_in,
                offer_hours=offer_hours,
                most_places=3,
            )
        for _ in range(places + crowd):  # so that somebody waits from the beginning
            self.put(set(range(DATES)), 1)

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    @property
    def is_whole(self):
        return self.joining == Joining.WHOLE

    def one_of(self, data, *wanted):
        rows = list(Registration.objects.filter(state__in=wanted).order_by("id"))
        return data.draw(st.sampled_from(rows)) if rows else None

    def send(self, form, number, chosen, places):
        with clock.stopped_at(self.now):
            return whole_series.register(
                choices=self.found.choices(*chosen),
                submission=form,
                guest=guest(number, places=places),
                by=VISITOR,
            )

    @rule(chosen=st.sets(st.integers(0, DATES - 1), min_size=1), places=st.integers(1, 2))
    def register(self, chosen, places):
        self.put(chosen, places)

    def put(self, chosen, places):
        chosen = set(range(DATES)) if self.is_whole else chosen
        self.number += 1
        form = uuid.uuid4()
        try:
            done = self.send(form, self.number, sorted(chosen), places)
        except DomainError as error:
            if error.code != "places_not_allowed":  # more than a pool has
                raise
            return
        self.forms[form] = (self.number, {row.pk for row in done.registrations})

    @precondition(lambda self: self.forms)
    @rule(data=st.data())
    def send_again(self, data):
        form = data.draw(st.sampled_from(sorted(self.forms)))
        number, rows = self.forms[form]
        again = self.send(form, number, range(DATES), 1)
        assert not again.fresh
        assert {row.pk for row in again.registrations} == rows

    @rule(data=st.data())
    def confirm(self, data):
        self.act(data, whole_series.confirm, State.PENDING, State.ASKED)

    @rule(data=st.data())
    def accept(self, data):
        self.act(data, whole_series.accept, State.OFFERED)

    @rule(data=st.data())
    def cancel_one_date(self, data):
        self.act(data, registrations.cancel, *ACTIVE)

    @rule(data=st.data())
    def cancel_all(self, data):
        row = self.one_of(data, *ACTIVE)
        if row is not None:
            with clock.stopped_at(self.now):
                whole_series.cancel_rest(registration=row, by=LINK)
            rows = Registration.objects.filter(bundle=row.bundle)
            assert not rows.filter(state__in=ACTIVE).exists()

    @rule(data=st.data())
    def prefer(self, data):
        row = self.one_of(data, State.WAITING)
        if row is not None:
            with clock.stopped_at(self.now):
                whole_series.prefer(registration=row, reason="Grund", by=BY)

    @rule(number=st.integers(0, DATES - 1), chairs=st.integers(1, 4))
    def set_capacity(self, number, chairs):
        held = self.found.dates[number]
        with clock.stopped_at(self.now):
            try:
                events.set_places(event=held.event, pools=[Places(chairs=chairs, pool=held.pool)], by=BY)
            except DomainError as error:
                if error.code != "places_taken":
                    raise

    @precondition(lambda self: self.now < MONDAY + dt.timedelta(days=5))
    @rule(hours=st.sampled_from([1, 25]))
    def time_passes(self, hours):
        self.now += dt.timedelta(hours=hours)
        with clock.stopped_at(self.now):
            line.lapse(by=BY)

    def act(self, data, action, *wanted):
        row = self.one_of(data, *wanted)
        if row is not None:
            with clock.stopped_at(self.now):
                action(registration=row, by=LINK)

    @invariant()
    def no_date_has_more_than_its_capacity(self):
        for held in self.found.dates if hasattr(self, "found") else ():
            room = queries.room(held.pool)
            assert room.taken <= room.pool.capacity

    @invariant()
    def every_form_is_there_whole_and_nobody_is_lost(self):
        if hasattr(self, "found"):
            stored: dict[uuid.UUID, set[int]] = {}
            for bundle, pk in Registration.objects.values_list("bundle", "pk"):
                stored.setdefault(bundle, set()).add(pk)
            assert stored == {form: rows for form, (_number, rows) in self.forms.items()}

    @invariant()
    def who_wants_all_dates_has_a_place_at_all_or_at_none(self):
        if not hasattr(self, "found") or not self.is_whole:
            return
        for form in self.forms:
            states = set(Registration.objects.filter(bundle=form, state__in=ACTIVE).values_list("state", flat=True))
            assert not (states & HOLDS and states - HOLDS)

    @invariant()
    def no_place_is_empty_while_whoever_is_next_fits(self):
        if not hasattr(self, "found"):
            return
        could: set[int] = set()  # who has room at their own date, and whose turn it is there
        for held in self.found.dates:
            room = queries.room(held.pool)
            waiting = [row for row in queries.line(held.pool) if row.places <= room.pool.capacity]
            heads = waiting if held.event.fill else waiting[:1]
            could |= {row.pk for row in heads if row.places <= room.free}
        waiting: dict[uuid.UUID | int, set[int]] = {}
        for row in Registration.objects.filter(state=State.WAITING):
            waiting.setdefault(row.bundle if row.together else row.pk, set()).add(row.pk)
        assert not [rows for rows in waiting.values() if rows <= could]


class Wholes(Bundles):
    """The same where the dates are only to be had together."""

    joining = Joining.WHOLE


HOW = settings(max_examples=10, stateful_step_count=20, deadline=None)


class BundlesTest(TestCase):
    def test_bundles_hold_whatever_happens(self):
        run_state_machine_as_test(Bundles, settings=HOW)

    def test_all_or_nothing_holds_whatever_happens(self):
        run_state_machine_as_test(Wholes, settings=HOW)
