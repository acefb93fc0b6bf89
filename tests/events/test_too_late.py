"""Once somebody was there, or it is over, nobody cancels for them any more: it is told who came."""

import datetime as dt

import pytest

from tests.contact_point import BY, MONDAY
from tests.events.world import ENDS, STARTS, held, register
from wegweiser.crossings import attendance
from wegweiser.events import presence
from wegweiser.events.actions import attendance as doors
from wegweiser.events.actions import calls, registrations
from wegweiser.journey import indicators
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
MINUTES = dt.timedelta(minutes=5)


@pytest.fixture
def here():
    with clock.stopped_at(MONDAY):
        return held(places=5)


def coming(here, number=1, **given):
    with clock.stopped_at(MONDAY):
        return register(here, number, **given).registration


def refused(act, **given) -> str:
    with pytest.raises(DomainError) as refusal:
        act(**given)
    return refusal.value.code


def test_who_was_there_is_not_cancelled_and_figure_and_history_agree(here):
    row = coming(here)
    with clock.stopped_at(STARTS):
        doors.arrive(seat=row.seats.get(), by=BY)
        assert refused(calls.act, registration=row, verb="cancel", by=BY) == "attended_already"
    with clock.stopped_at(ENDS + MINUTES):
        attendance.settle(event=here.event, by=BY)
    assert presence.tally(here.event).attended == indicators.standing().count() == 1


def test_once_it_is_over_nobody_cancels(here):
    row = coming(here)
    with clock.stopped_at(ENDS):
        assert refused(registrations.cancel, registration=row, by=BY) == "event_over"


def test_who_calls_off_while_it_goes_on_makes_room_for_who_stands_at_the_door(here):
    row = coming(here)
    with clock.stopped_at(STARTS + MINUTES):
        registrations.cancel(registration=row, by=BY)
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_of_a_group_only_who_is_not_there_can_still_give_their_place_back(here):
    row = coming(here, places=3, names=["Anna", "Bert", "Cora"])
    anna, bert, _cora = row.seats.order_by("position")
    with clock.stopped_at(STARTS):
        doors.arrive(seat=anna, by=BY)
        assert refused(registrations.change, registration=row, leaving={anna.uuid}, by=BY) == "attended_already"
        registrations.change(registration=row, leaving={bert.uuid}, by=BY)
    row.refresh_from_db()
    assert row.places == 2


def test_a_name_can_be_put_right_afterwards_for_the_certificate(here):
    row = coming(here)
    with clock.stopped_at(ENDS + MINUTES):
        registrations.change(registration=row, names=["Petra Müller"], by=BY)
    assert row.seats.get().name == "Petra Müller"
