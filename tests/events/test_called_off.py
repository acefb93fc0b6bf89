"""Nobody hears of a place at an event that is off, whatever they had open when it was called off."""

import datetime as dt

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import in_a_row
from tests.events.world import held, register, states
from wegweiser.events.actions import admissions, events, line, registrations, whole_series
from wegweiser.events.models import Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _monday():
    with clock.stopped_at(MONDAY):
        yield


def of(number: int) -> Registration:
    return Registration.objects.get(email=f"gast{number}@firma.example")


def told() -> list[str]:
    return list(Letter.objects.order_by("id").values_list("subject", flat=True))


def off(world) -> list[str]:
    """Call it off; gives what was told until then, that included."""
    events.cancel(event=world.event, reason="Sturm", by=BY)
    return told()


def test_the_form_from_an_open_tab_answers_that_it_is_off():
    world = held()
    register(world, 1)
    before = off(world)
    with pytest.raises(DomainError, match="event_cancelled"):
        register(world, 1)
    assert told() == before


def test_the_same_form_once_more_still_leads_to_the_own_page():
    world = held()
    first = register(world, 1).registration
    off(world)
    again = registrations.register(
        event=world.event, pool=world.pool, submission=first.submission, guest=in_a_row.guest(1), by=VISITOR
    )
    assert again.registration == first
    assert again.secret
    assert not again.fresh


@pytest.mark.parametrize("act", [registrations.confirm, admissions.admit, registrations.resend])
def test_a_link_opened_later_gives_no_place_and_sends_nothing(act):
    world = held(opt_in=True)
    row = register(world, 1).registration
    before = off(world)
    with clock.stopped_at(MONDAY + HOUR), pytest.raises(DomainError, match="event_cancelled"):
        act(registration=row, by=VISITOR)
    assert told() == before
    assert states(world) == ["pending"]


def test_an_offer_can_not_be_taken_any_more():
    world = held(places=1)
    first = register(world, 1).registration
    register(world, 2)
    registrations.cancel(registration=first, by=BY)
    off(world)
    with pytest.raises(DomainError, match="event_cancelled"):
        registrations.accept(registration=of(2), by=VISITOR)
    assert of(2).state == State.OFFERED


def test_what_lapses_afterwards_or_is_given_back_is_not_told():
    world = held(places=2)
    first = register(world, 1).registration
    register(world, 2)
    register(world, 3)
    registrations.cancel(registration=first, by=BY)
    before = off(world)
    line.lapse(now=MONDAY + 48 * HOUR, by=BY)
    registrations.cancel(registration=of(2), by=VISITOR)
    assert states(world) == ["cancelled", "cancelled", "lapsed"]
    assert told() == before


def test_nobody_is_given_more_places_but_a_number_to_call_can_be_put_right():
    world = held()
    row = register(world, 1).registration
    off(world)
    with pytest.raises(DomainError, match="event_cancelled"):
        registrations.change(registration=row, places=2, by=BY)
    assert registrations.change(registration=row, phone="0391 4090 1234", by=BY).phone


def test_of_a_series_the_dates_that_take_place_are_confirmed():
    row = in_a_row.row(opt_in=True, count=2)
    first = in_a_row.register(row).registrations[0]
    off(row.dates[0])
    whole_series.confirm(registration=first, by=VISITOR)
    assert in_a_row.states(row) == [["pending"], ["confirmed"]]
    off(row.dates[1])
    with pytest.raises(DomainError, match="event_cancelled"):
        whole_series.confirm(registration=first, by=VISITOR)


def test_of_a_whole_series_offered_together_only_what_takes_place_is_accepted():
    row = in_a_row.row(joining="whole", count=2, places=1)
    first = in_a_row.register(row).registrations[0]
    in_a_row.register(row, guest_number=2)
    whole_series.cancel_rest(registration=first, by=BY)
    assert in_a_row.states(row) == [["cancelled", "offered"], ["cancelled", "offered"]]
    off(row.dates[0])
    mine = Registration.objects.get(event=row.dates[1].event, email="gast2@firma.example")
    whole_series.accept(registration=mine, by=VISITOR)
    assert in_a_row.states(row) == [["cancelled", "offered"], ["cancelled", "confirmed"]]
