"""Ten thousand guests: who registers and who gives a place back waits no longer than with ten."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contact_point import BY, MONDAY
from tests.events import world
from tests.events.world import Held
from wegweiser.events.actions import registrations
from wegweiser.events.models import Registration, State
from wegweiser.kernel import clock

pytestmark = pytest.mark.django_db
FEW, MANY, LINE = 10, 10_000, 1_000


@pytest.fixture(autouse=True)
def monday():
    with clock.stopped_at(MONDAY):
        yield


def fill(held: Held, count: int, state: str, *, places: int = 1, begin: int | None = None) -> None:
    """So many guests at once, from number `begin` on; registering each would take minutes."""
    begin = Registration.objects.count() if begin is None else begin
    rows = [
        Registration(
            event=held.event,
            pool=held.pool,
            submission=uuid.uuid4(),
            state=state,
            places=places,
            name=f"Gast {number}",
            email=f"gast{number}@firma.example",
            queued_at=clock.now() + dt.timedelta(seconds=number) if state == State.WAITING else None,
            by="visitor",
        )
        for number in range(begin, begin + count)
    ]
    Registration.objects.bulk_create(rows)


def statements(call) -> int:
    with CaptureQueriesContext(connection) as found:
        call()
    return len(found)


def test_registering_needs_no_more_statements_after_ten_thousand():
    held = world.held(places=MANY + 100)
    world.register(held, 20_000)  # what is read once is known now
    fill(held, FEW, State.CONFIRMED)
    few = statements(lambda: world.register(held, 20_001))
    fill(held, MANY, State.CONFIRMED)
    assert statements(lambda: world.register(held, 20_002)) == few


@pytest.mark.parametrize("fills", [False, True])
def test_one_free_place_reads_one_of_a_thousand_who_wait(monkeypatch, fills):
    held = world.held(places=2, fill=fills)
    coming = [world.register(held, 20_000 + number).registration for number in (1, 2)]
    fill(held, FEW, State.WAITING)
    few = statements(lambda: registrations.cancel(registration=coming[0], by=BY))
    fill(held, LINE, State.WAITING)
    read = []
    whole = Registration.from_db.__func__
    monkeypatch.setattr(
        Registration, "from_db", classmethod(lambda cls, *given: read.append(given) or whole(cls, *given))
    )
    assert statements(lambda: registrations.cancel(registration=coming[1], by=BY)) == few
    assert len(read) < FEW
    assert Registration.objects.filter(state=State.OFFERED).count() == 2


def test_a_group_that_does_not_fit_holds_up_the_line_and_one_that_never_fits_does_not():
    held = world.held(places=2)
    first, _second = (world.register(held, 20_000 + number).registration for number in (1, 2))
    fill(held, 3, State.WAITING, places=9)
    fill(held, 1, State.WAITING, places=2)
    fill(held, 2, State.WAITING)
    registrations.cancel(registration=first, by=BY)
    assert not Registration.objects.filter(state=State.OFFERED).exists()
