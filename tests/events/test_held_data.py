"""What an event holds of persons: counted as the retention job counts, forgotten early where nothing needs it."""

import datetime as dt
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contact_point import BY, MONDAY
from tests.events import in_a_row, world
from tests.events.world import ENDS, STARTS
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import work
from wegweiser.events import held_data, jobs
from wegweiser.events.actions import (
    attendance,
    events,
    feedback,
    forgetting,
    notices,
    presence_lists,
    registrations,
    signed_lists,
)
from wegweiser.events.models import Event, Feedback, Forgetting, Registration, Seat, SignedList
from wegweiser.files.models import Upload
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import clock, erased, erasure
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent, Erasure

AFTER = ENDS + dt.timedelta(days=1)
LATER = ENDS + dt.timedelta(days=20)
SCAN = Prepared("liste.pdf", "application/pdf", "application/pdf", 9, "0" * 64, "unscanned")
PAPERS = ("events.Registration", "events.PresenceRow", "events.SignedList", "events.Feedback")


@pytest.fixture
def held(db):
    """An event with two guests that came, one who wrote something, a scan and a list that was taken over."""
    with clock.stopped_at(MONDAY):
        found = world.held(places=30)
        filled(found, random.Random(1), guests=2)
    return found


def filled(found, chance, *, guests):
    """Guests of an event, and some of everything that names them."""
    with clock.stopped_at(MONDAY):
        rows = [
            world.register(found, number, places=chance.choice((1, 2))).registration for number in range(1, guests + 1)
        ]
    with clock.stopped_at(found.draft.ends_at + dt.timedelta(days=1)):
        for row in rows:
            for seat in row.seats.all():
                attendance.set_presence(seat=seat, presence=chance.choice(("attended", "attended", "absent")), by=BY)
        for row in rows:
            if Seat.objects.filter(registration=row, presence="attended").exists():
                feedback.give(registration=row, useful=4, recommend=None, missing="Mehr Kaffee", by=VISITOR)
                break
        if rows:
            told = presence_lists.read(event=found.event, name="l.csv", data=b"Name;Minuten\nUwe;90\nEva;5\n", by=BY)
            for line in told.rows.all():
                presence_lists.decide(row=line, whose="nobody", by=BY)
            presence_lists.settle(presence_list=told, by=BY)
            signed_lists.keep(event=found.event, prepared=SCAN, by=BY)
        attendance.settle(event=found.event, by=BY)
    return rows


def now(found):
    (one,) = held_data.of([Event.objects.get(pk=found.event.pk)])
    return one


def amounts(one):
    counted = zip(PAPERS, (one.guests, one.rows, one.scans, one.words), strict=True)
    return {table: number for table, number in counted if number}


def tables(items):
    return dict(Counter(item.fate.table for item in items if item.fate.table in PAPERS))


# --- The numbers of the page are those of the job -------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_what_the_page_counts_is_what_the_job_plans_and_does_on_that_day(db, seed):
    chance = random.Random(seed)
    with clock.stopped_at(MONDAY):
        centre, found = None, []
        for number in range(3):
            starts = STARTS + dt.timedelta(days=31 * number, hours=chance.choice((0, 13)))
            one = world.held(places=30, centre=centre, starts_at=starts)
            centre = one.centre
            found.append(one)
    for one in found:
        filled(one, chance, guests=chance.randint(0, 4))
    with clock.stopped_at(LATER + dt.timedelta(days=80)):
        known = [now(one) for one in found]
    for one in known:
        with clock.stopped_at(clock.at(one.erased_on - dt.timedelta(days=1))):
            assert tables(erasure.plan(clock.today())) == {}
        with clock.stopped_at(clock.at(one.erased_on)):
            assert tables(erasure.plan(clock.today())) == amounts(one)
            assert tables(erasure.run(day=clock.today(), by=BY)) == amounts(one)
            assert not now(one).anything


def test_events_that_hold_nothing_are_not_listed(held):
    assert list(held_data.holding(Event.objects.all())) == [held.event]
    with clock.stopped_at(clock.at(now(held).erased_on)):
        erasure.run(day=clock.today(), by=BY)
    assert not held_data.holding(Event.objects.all()).exists()


# --- Forgetting early ------------------------------------------------------------------------------------------


def test_forgetting_empties_guests_lists_and_words_and_leaves_figures_and_the_scan(held):
    before = list(Seat.objects.order_by("id").values_list("presence", flat=True))
    with clock.stopped_at(LATER):
        one = now(held)
        done = forgetting.order(event=held.event, by=BY)
        after = now(held)
    assert (done.rows, done.finished_at is not None) == (one.forgettable, True)
    assert (after.guests, after.rows, after.words, after.scans) == (0, 0, 0, 1)
    assert list(Seat.objects.order_by("id").values_list("presence", flat=True)) == before
    assert Feedback.objects.filter(useful=4).count() == 1
    assert (SignedList.objects.exclude(name="").count(), Upload.objects.count()) == (1, 1)


def test_a_restored_backup_forgets_it_again(held):
    with clock.stopped_at(LATER):
        one = now(held)
        forgetting.order(event=held.event, by=BY)
    assert Erasure.objects.filter(reason="early").count() == one.forgettable
    assert {row["table"] for row in erased.written()} == set(held_data.EARLY)
    assert AuditEvent.objects.filter(event="event:forgetting_done").count() == 1


def refused(event):
    with pytest.raises(DomainError) as refusal:
        forgetting.order(event=event, by=BY)
    assert refusal.value.code == "still_needed"
    return str(refusal.value).split(", ")


def test_what_is_still_to_come_is_not_forgotten(db):
    with clock.stopped_at(MONDAY):
        found = world.held()
        world.register(found)
        assert refused(found.event) == ["ahead"]
    assert Registration.objects.get().name


def test_what_is_still_to_come_is_so_by_its_public_day_whatever_is_being_written(db):
    with clock.stopped_at(MONDAY):
        found = world.held(places=1)
        for moment in ("thanks", "missed"):
            notices.set(event=found.event, moment=moment, is_on=False, hours=None, words={}, by=BY)
        first = world.register(found, 1).registration
        world.register(found, 2)
        registrations.cancel(registration=first, by=VISITOR)
        gone = {name: (MONDAY - dt.timedelta(days=9)).isoformat() for name in ("starts_at", "ends_at")}
        offer = work(found.draft.uuid)
        drafts.write(uuid=offer.uuid, seen=offer.stamp, content={**offer.content, **gone}, by=BY)
        assert now(found).keeps == (held_data.AHEAD,)


def test_attendance_comes_first_because_firms_count_by_it(db):
    with clock.stopped_at(MONDAY):
        found = world.held()
        world.register(found)
    with clock.stopped_at(LATER):
        assert refused(found.event) == ["attendance"]
        attendance.settle(event=found.event, by=BY)
        assert forgetting.order(event=found.event, by=BY).rows == 1


def test_mails_after_the_event_come_first(held):
    until = now(held).mails_until
    with clock.stopped_at(until - dt.timedelta(seconds=1)):
        assert refused(held.event) == ["mails"]
    with clock.stopped_at(until):
        forgetting.order(event=held.event, by=BY)


def test_where_no_mail_goes_out_afterwards_nothing_waits_for_one(held):
    for moment in ("thanks", "missed"):
        notices.set(event=held.event, moment=moment, is_on=False, hours=None, words={}, by=BY)
    with clock.stopped_at(AFTER):
        assert forgetting.order(event=held.event, by=BY).finished_at


def test_a_list_that_nobody_took_over_comes_first(held):
    with clock.stopped_at(LATER):
        presence_lists.read(event=held.event, name="2.csv", data=b"Name;Minuten\nUta;90\n", by=BY)
        assert refused(held.event) == ["lists"]


def test_who_is_cancelled_and_has_no_mail_is_called_first(db):
    with clock.stopped_at(MONDAY):
        found = world.held()
        world.register(found, 1, by=BY, email="")
        events.cancel(event=found.event, reason="Krankheit", by=BY)
        assert refused(found.event) == ["calls"]


def test_a_second_time_there_is_nothing_to_forget(held):
    with clock.stopped_at(LATER):
        forgetting.order(event=held.event, by=BY)
        assert refused(held.event) == ["nothing"]


def test_who_has_a_later_date_by_the_same_form_is_not_forgotten_at_this_one(db):
    """One link and one mail are for both: it would be of no use any more."""
    with clock.stopped_at(MONDAY):
        found = in_a_row.row(count=2)
        done = in_a_row.register(found)
    first, second = (held.event for held in found.dates)
    with clock.stopped_at(world.ENDS):
        attendance.settle(event=first, by=BY)
        notices.set(event=first, moment="thanks", is_on=False, hours=None, words={}, by=BY)
    with clock.stopped_at(world.ENDS + dt.timedelta(days=1)):
        assert refused(first) == ["series"]
        registrations.cancel(registration=done.registrations[1], by=VISITOR)
        assert forgetting.order(event=first, by=BY).finished_at
        assert second.registrations.get().name == "Gast 1"


@given(st.tuples(*[st.booleans()] * 7))
def test_nothing_is_forgettable_while_anything_speaks_against_it(facts):
    given_facts = dict(zip(("ahead", "attendance", "lists", "mails", "calls", "series", "nothing"), facts, strict=True))
    codes = held_data.against(**given_facts)
    assert bool(codes) == any(facts)
    assert all(given_facts[code] for code in codes)


def test_many_guests_go_in_portions_and_the_job_goes_on(held, monkeypatch):
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    monkeypatch.setattr(forgetting, "PORTION", 2)
    monkeypatch.setattr(jobs, "FORGOTTEN_A_MINUTE", 2)
    with clock.stopped_at(LATER):
        all_of_it = now(held).forgettable
        done = forgetting.order(event=held.event, by=BY)
        assert (done.rows, done.finished_at) == (2, None)
        while Forgetting.objects.get().finished_at is None:
            before = Forgetting.objects.get().rows
            jobs.forget()
            assert Forgetting.objects.get().rows > before or Forgetting.objects.get().finished_at
        assert Forgetting.objects.get().rows == all_of_it
        assert not now(held).forgettable


def test_the_same_statements_for_many_events(held, django_assert_num_queries):
    events_known = Event.objects.select_related("draft__entry").prefetch_related("notices")
    with clock.stopped_at(MONDAY):
        for number in range(3):
            world.register(world.held(centre=held.centre), number)
    counts = []
    for some in (list(events_known[:1]), list(events_known)):
        with django_assert_num_queries(10):
            counts.append(len(held_data.of(some)))
    assert counts == [1, 4]
