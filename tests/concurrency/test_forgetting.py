"""Forgetting goes on in the job while somebody orders it once more: the event's lock comes before that of the order."""

import datetime as dt

import pytest
from django.db import OperationalError, connection

from tests.concurrency.meeting import A_MOMENT, Meeting, at
from tests.contact_point import BY, MONDAY
from tests.events import world
from tests.events.test_growth import fill
from wegweiser.events import held_data
from wegweiser.events.actions import attendance, certificates, forgetting, registrations
from wegweiser.events.models import Certificate, Forgetting, Registration, Seat, State
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

LATER = world.ENDS + dt.timedelta(days=30)


@pytest.fixture
def begun(contended, monkeypatch):
    """An event whose guests were to be forgotten; twenty of them are."""
    with clock.stopped_at(MONDAY):
        held = world.held(places=90)
        fill(held, 45, State.CONFIRMED)
    with clock.stopped_at(world.ENDS):
        attendance.settle(event=held.event, by=BY)
    monkeypatch.setattr(forgetting, "AT_ONCE", 20)
    with clock.stopped_at(LATER):
        forgetting.order(event=held.event, by=BY)
    return held


def both(begun, at_once, monkeypatch):
    """The job in the middle of a portion, and somebody who presses the button again."""
    meeting = Meeting()
    monkeypatch.setattr(forgetting, "_next", meeting.before(forgetting._next, pause=A_MOMENT))
    monkeypatch.setattr(held_data, "of", meeting.before(held_data.of))
    job = at(LATER)(lambda: forgetting.go_on_with_all(most=100, by=BY))
    return at_once(job, at(LATER)(lambda: forgetting.order(event=begun.event, by=BY)))


def test_the_job_and_a_second_click_both_come_through(begun, at_once, monkeypatch):
    job, click = both(begun, at_once, monkeypatch)
    assert job is None
    assert click is None or (isinstance(click, DomainError) and click.code == "still_needed")
    assert Forgetting.objects.get().finished_at
    assert not Registration.objects.exclude(name="").exists()


def test_the_order_before_the_event_would_make_both_wait(begun, at_once, monkeypatch):
    lock = forgetting.lock_event
    monkeypatch.setattr(forgetting, "lock_event", lambda event: lock(event) if event.pk is None else event)
    of = held_data.of
    monkeypatch.setattr(held_data, "of", lambda events: of([lock(event) for event in events]))
    results = both(begun, at_once, monkeypatch)
    assert any(isinstance(result, OperationalError) for result in results) is (connection.vendor == "postgresql")


def test_a_certificate_is_made_with_a_name_or_not_at_all(contended, at_once, monkeypatch):
    """Whoever comes second finds what the first one did."""
    with clock.stopped_at(MONDAY):
        held = world.held()
        row = world.register(held).registration
    with clock.stopped_at(world.ENDS):
        attendance.set_presence(seat=row.seats.get(), presence="attended", by=BY)
    meeting = Meeting()
    issue, erase = meeting.before(certificates.issue), meeting.before(registrations.erase)
    asked = at(LATER)(lambda: issue(seat=Seat.objects.get(), by=BY))
    results = at_once(asked, at(LATER)(lambda: erase(registration=row, by=BY)))
    assert results[1] is None
    refused = isinstance(results[0], DomainError) and results[0].code == "name_missing"
    assert Certificate.objects.exists() is not refused
    assert not Seat.objects.exclude(name="").exists()
