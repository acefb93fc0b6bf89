"""Closing the attendance of many: in portions, each brief; what was interrupted goes on; one event stops no other."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contact_point import BY, MONDAY
from tests.events.world import ENDS, STARTS, Held, guest, held, published, register
from wegweiser.crossings import attendance
from wegweiser.events.actions import attendance as doors
from wegweiser.events.actions import events, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Event, Registration, Seat
from wegweiser.journey import indicators
from wegweiser.journey.actions import steps
from wegweiser.journey.models import Step
from wegweiser.kernel import clock, fences
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated

pytestmark = pytest.mark.django_db
AFTER = ENDS + dt.timedelta(hours=1)
MANY = 2 * attendance.PORTION + 7


def full(number: int) -> Held:
    """An event to which so many registrations came, each of another firm."""
    with clock.stopped_at(MONDAY):
        here = held(places=number + 5)
    made = Registration.objects.bulk_create(
        Registration(
            event=here.event,
            pool=here.pool,
            submission=uuid.uuid4(),
            state="confirmed",
            places=1,
            name=f"Gast {n}",
            email=f"gast{n}@betrieb{n}.example",
            firm=f"Werk {n:04} Schlosserei GmbH",
            by="x",
        )
        for n in range(number)
    )
    Seat.objects.bulk_create(
        Seat(registration=row, position=1, name=row.name, presence="attended", arrived_at=STARTS, told_by="door")
        for row in made
    )
    return here


class Killed(BaseException):
    """Nobody catches it, as nobody catches that a process ends."""


def killed_after(monkeypatch: pytest.MonkeyPatch, portions: int) -> None:
    """The process ends in the middle of the portion after so many, when its steps are written already."""
    left, real = [portions], steps.record_many

    def record_many(**given):
        made = real(**given)
        if not left[0]:
            raise Killed
        left[0] -= 1
        return made

    monkeypatch.setattr(steps, "record_many", record_many)


@pytest.mark.django_db(transaction=True)
def test_what_was_killed_in_the_middle_goes_on_where_it_stopped(monkeypatch):
    here = full(MANY)
    with clock.stopped_at(AFTER):
        with monkeypatch.context() as patch, pytest.raises(Killed):
            killed_after(patch, 1)
            attendance.settle(event=here.event, by=BY)
        assert attendance.progress(here.event) == attendance.Progress(came=MANY, done=attendance.PORTION)
        assert Event.objects.get().settled_at == AFTER
        assert Event.objects.get().followed_at is None
        before = set(Step.objects.values_list("pk", flat=True))
        assert attendance.go_on(by=BY) == 1
        assert attendance.go_on(by=BY) == 0
    assert Event.objects.get().followed_at == AFTER
    assert before < set(Step.objects.values_list("pk", flat=True))
    assert sorted(Step.objects.values_list("source_uuid", flat=True)) == sorted(
        Registration.objects.values_list("uuid", flat=True)
    )
    assert Registration.objects.filter(company=None).count() == 0


@pytest.mark.django_db(transaction=True)
def test_no_transaction_holds_the_lock_for_more_than_a_portion(monkeypatch):
    here, portions, real = full(MANY), [], attendance._put_right
    monkeypatch.setattr(
        attendance, "_put_right", lambda event, rows, by: (portions.append(len(rows)), real(event, rows, by))
    )
    with clock.stopped_at(AFTER):
        attendance.settle(event=here.event, by=BY)
    assert portions == [attendance.PORTION, attendance.PORTION, 7]


def test_at_the_desk_only_so_many_are_brought_forward_at_once_and_the_job_does_the_rest():
    here = full(60)
    with clock.stopped_at(AFTER):
        told = attendance.settle(event=here.event, most=20, by=BY)
        assert (told, told.is_whole) == (attendance.Progress(came=60, done=20), False)
        attendance.go_on(by=BY)
        assert attendance.progress(here.event).is_whole


def test_what_changes_between_two_portions_counts_as_it_is_then():
    here = full(60)
    last = Seat.objects.order_by("pk").last()
    with clock.stopped_at(AFTER):
        attendance.settle(event=here.event, most=20, by=BY)
        attendance.set_presence(seat=last, presence="absent", by=BY)
        attendance.set_presence(seat=Seat.objects.order_by("pk")[0], presence="absent", by=BY)
        attendance.go_on(by=BY)
    assert indicators.standing().count() == 58


def test_each_registration_takes_few_statements():
    """Measured on SQLite: 27 a registration before, of which the search for a known firm is the largest part now."""
    here = full(100)
    with clock.stopped_at(AFTER), CaptureQueriesContext(connection) as asked:
        attendance.settle(event=here.event, by=BY)
    assert len(asked) < 100 * 14
    Step.objects.filter(reverses=None).first()
    with clock.stopped_at(AFTER), CaptureQueriesContext(connection) as again:
        attendance.settle(event=here.event, by=BY)
    assert len(again) < 25  # nothing was left to do, however many they are


def test_an_event_that_cannot_be_settled_stops_no_other_and_is_told():
    with clock.stopped_at(MONDAY):
        bad = held(places=5)
        first = register(bad).registration
        draft = published(bad.centre)
        pools = [Places(chairs=5, label=translated("Vor Ort"))]
        good = events.open_registration(draft=draft, pools=pools, settings={}, by=BY)
        second = registrations.register(
            event=good, pool=good.pools.get(), submission=uuid.uuid4(), guest=guest(5), by=VISITOR
        ).registration
    with clock.stopped_at(ENDS + dt.timedelta(hours=25)):
        for row in (first, second):
            doors.arrive(seat=row.seats.get(), by=BY)
        type(bad.draft).objects.filter(pk=bad.draft.pk).update(partner=None)
        with pytest.raises(DomainError) as failure:
            attendance.settle_all(by=BY)
    assert failure.value.code == "event_without_topic"
    assert [row.settled_at is not None for row in Event.objects.order_by("pk")] == [False, True]


def test_each_gives_how_many_went_well_and_raises_the_first_failure_at_the_end():
    seen: list[int] = []

    def do(number: int) -> None:
        seen.append(number)
        if number % 2:
            raise ValueError(number)

    with pytest.raises(ValueError, match="1"):
        fences.each([0, 1, 2, 3, 4], do)
    assert seen == [0, 1, 2, 3, 4]
    assert fences.each([0, 2, 4], do) == 3


def test_a_registration_that_has_no_place_any_more_keeps_no_step():
    with clock.stopped_at(MONDAY):
        here = held(places=5)
        row = register(here).registration
    with clock.stopped_at(AFTER):
        doors.arrive(seat=row.seats.get(), by=BY)
        attendance.settle(event=here.event, by=BY)
        assert indicators.standing().count() == 1
        Registration.objects.filter(pk=row.pk).update(state="cancelled")
        attendance.settle(event=here.event, by=BY)
    assert indicators.standing().count() == 0
