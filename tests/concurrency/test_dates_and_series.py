"""Whoever works on several dates of a series takes the locks in one order: dates by their keys, then the series.

Each test stops one of two in the middle, with what it holds, until the other has come as far as it can. Taken in
another order, PostgreSQL ends one of them with a deadlock; SQLite has one lock for everything.
"""

from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection

from tests.concurrency.meeting import A_MOMENT, Meeting, on_monday
from tests.contact_point import BY, MONDAY
from tests.events import in_a_row, world
from wegweiser.crossings import event_texts
from wegweiser.crossings import series as crossing
from wegweiser.events.actions import series, whole_series
from wegweiser.events.models import Event, Joining, Registration, Series, State
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError


@pytest.fixture
def found(contended):
    """Three dates with one place each, only to be had together."""
    with clock.stopped_at(MONDAY):
        return in_a_row.row(count=3, places=1, joining=Joining.WHOLE, offer_hours=0)


def spread(found):
    return on_monday(lambda: series.spread(event=Event.objects.get(pk=found.dates[0].event.pk), parts=["room"], by=BY))


def set_joining(found):
    return on_monday(lambda: whole_series.set_joining(series=found.series, joining=Joining.CHOICE, by=BY))


def for_all(found, meeting):
    """Somebody who registers for all dates, once the other one is in the middle."""
    register = meeting.before(in_a_row.register)
    return on_monday(lambda: register(found))


def stopped_before(monkeypatch, module, name, meeting, *, pause=A_MOMENT):
    monkeypatch.setattr(module, name, meeting.before(getattr(module, name), pause=pause))


def test_a_change_is_spread_while_somebody_sets_how_one_registers(found, at_once, monkeypatch):
    meeting = Meeting()
    stopped_before(monkeypatch, series, "_locked", meeting, pause=0)
    stopped_before(monkeypatch, whole_series, "lock_series", meeting, pause=0)
    assert at_once(spread(found), set_joining(found)) == [None, None]
    assert Series.objects.get().joining == Joining.CHOICE


def test_the_series_before_its_dates_would_make_both_wait(found, at_once, monkeypatch):
    meeting, lock = Meeting(), whole_series.lock_series

    def series_first(key):
        Series.objects.select_for_update().get(pk=key)
        return meeting.before(lock)(key)

    stopped_before(monkeypatch, series, "_locked", meeting, pause=0)
    monkeypatch.setattr(whole_series, "lock_series", series_first)
    results = at_once(spread(found), set_joining(found))
    assert any(isinstance(result, OperationalError) for result in results) is (connection.vendor == "postgresql")


def test_later_dates_are_called_off_while_somebody_registers_for_all(found, at_once, monkeypatch):
    meeting = Meeting()
    stopped_before(monkeypatch, series.happenings, "cancel", meeting)
    later = [held.event for held in found.dates[1:]]
    results = at_once(on_monday(lambda: series.cancel(events=later, reason="Krank", by=BY)), for_all(found, meeting))
    assert results[0] is None
    assert results[1] is None or isinstance(results[1], DomainError)
    assert Event.objects.filter(cancelled_at__isnull=False).count() == 2


def test_later_dates_are_published_while_somebody_registers_for_all(found, at_once, monkeypatch):
    meeting = Meeting()
    with clock.stopped_at(MONDAY):
        for held in found.dates[1:]:
            offer = event_texts.drafts.drafts.work(held.draft.uuid)
            event_texts.write(uuid=offer.uuid, seen=offer.stamp, content={**offer.content, "place": "Jena"}, by=BY)
    monkeypatch.setattr(crossing, "DraftState", SimpleNamespace(DRAFT="changed"))
    stopped_before(monkeypatch, crossing.event_texts, "publish", meeting)
    later = [held.event for held in found.dates[1:]]
    results = at_once(on_monday(lambda: crossing.publish(events=later, by=BY)), for_all(found, meeting))
    assert results == [None, None]
    assert {Event.objects.get(pk=event.pk).told["place"] for event in later} == {"Jena"}


def test_nobody_waits_for_a_whole_that_is_none_any_more(found, at_once, monkeypatch):
    """Who stood before the lock while the rule changed reads it anew."""
    with clock.stopped_at(MONDAY):
        world.register(found.dates[2], 7, by=BY)
    meeting = Meeting()
    record = meeting.before(whole_series.audit.record, pause=A_MOMENT)
    monkeypatch.setattr(whole_series, "audit", SimpleNamespace(record=record))
    assert at_once(set_joining(found), for_all(found, meeting)) == [None, None]
    registered = Registration.objects.exclude(by=str(BY)).order_by("event")
    assert list(registered.values_list("state", "together")) == [
        (State.CONFIRMED, False),
        (State.CONFIRMED, False),
        (State.WAITING, False),
    ]
