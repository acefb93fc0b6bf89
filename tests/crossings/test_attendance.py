"""Who came to an event stands in the history of their firm: once, with how many they were, and put right."""

import datetime as dt

import pytest

from tests.contact_point import BY, MONDAY
from tests.events.world import ENDS, STARTS, held, register
from wegweiser.crossings import attendance
from wegweiser.events.actions import attendance as door
from wegweiser.events.actions import registrations
from wegweiser.events.models import Event, Presence, Registration, Seat
from wegweiser.journey import indicators
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
AFTER = ENDS + dt.timedelta(hours=1)


@pytest.fixture
def world():
    with clock.stopped_at(MONDAY):
        found = held(places=10)
        register(found, 1, places=2, names=["Anna", "Bert"])
        register(found, 2)
        register(found, 3, firm="")
        register(found, 4)
        registrations.cancel(registration=Registration.objects.get(email="gast4@firma.example"), by=BY)
    return found


def seats(number: int) -> list[Seat]:
    return list(Seat.objects.filter(registration__email=f"gast{number}@firma.example"))


def settled(world, *, came: list[Seat], at: dt.datetime = AFTER) -> attendance.Progress:
    with clock.stopped_at(STARTS):
        for seat in came:
            door.arrive(seat=seat, by=BY)
    with clock.stopped_at(at):
        return attendance.settle(event=world.event, by=BY)


def standing() -> list[Step]:
    reversed_ones = Step.objects.filter(reverses__isnull=False).values("reverses")
    return list(Step.objects.filter(reverses=None).exclude(pk__in=reversed_ones).order_by("id"))


def test_each_registration_that_came_is_one_step_with_its_people(world):
    assert settled(world, came=[*seats(1), *seats(3)]) == attendance.Progress(came=2, done=2)
    firm, nobody = standing()
    assert (firm.company.name, firm.measures) == ("Betrieb 1 GmbH", {"participants": 2})
    assert (nobody.company, nobody.contacts_without_firm) == (None, 1)
    assert {step.occasion_uuid for step in standing()} == {world.event.uuid}
    assert firm.grant == "foerderung"


def test_who_was_not_seen_was_absent_and_counts_nowhere(world):
    settled(world, came=seats(1)[:1])
    assert [seat.presence for seat in seats(1)] == [Presence.ATTENDED, Presence.ABSENT]
    assert [seat.presence for seat in seats(2)] == [Presence.ABSENT]
    assert [seat.presence for seat in seats(4)] == [Presence.OPEN]  # they had given their place back
    assert [step.measures for step in standing()] == [{"participants": 1}]


def test_settling_twice_changes_nothing(world):
    settled(world, came=seats(1))
    with clock.stopped_at(AFTER):
        attendance.settle(event=world.event, by=BY)
    assert Step.objects.count() == 1


def test_checked_in_twice_counts_once(world):
    settled(world, came=[*seats(2), *seats(2)])
    assert [step.measures for step in standing()] == [{"participants": 1}]


def test_putting_right_who_came_puts_the_history_right(world):
    settled(world, came=seats(1))
    with clock.stopped_at(AFTER):
        attendance.set_presence(seat=seats(1)[0], presence=Presence.ABSENT, by=BY)
        attendance.set_presence(seat=seats(2)[0], presence=Presence.ATTENDED, by=BY)
    assert sorted(step.measures["participants"] for step in standing()) == [1, 1]
    with clock.stopped_at(AFTER):
        attendance.set_presence(seat=seats(1)[1], presence=Presence.ABSENT, by=BY)
    assert [step.company.name for step in standing()] == ["Betrieb 2 GmbH"]


def test_nothing_is_settled_before_it_has_begun(world):
    with clock.stopped_at(MONDAY), pytest.raises(DomainError) as error:
        attendance.settle(event=world.event, by=BY)
    assert error.value.code == "event_not_over"


@pytest.mark.parametrize(("hours", "count"), [(12, 0), (25, 1)])
def test_what_ended_a_day_ago_is_settled_by_itself(world, hours, count):
    with clock.stopped_at(STARTS):
        door.arrive(seat=seats(2)[0], by=BY)
    with clock.stopped_at(ENDS + dt.timedelta(hours=hours)):
        assert attendance.settle_all(by=BY) == count


def test_where_nobody_was_seen_nothing_is_settled_by_itself(world):
    with clock.stopped_at(ENDS + dt.timedelta(days=2)):
        assert attendance.settle_all(by=BY) == 0
    assert Event.objects.get().settled_at is None


def test_the_report_counts_the_event_once_and_its_firms(world):
    settled(world, came=[*seats(1), *seats(2), *seats(3)])
    day = clock.local(STARTS).date()
    figures = indicators.figures(start=day, end=day)
    assert figures["events"].total.value == 1
    assert figures["companies_reached"].total.value == 2
