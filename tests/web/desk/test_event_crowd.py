"""Five times as many guests: the page asks no more, and files take no more memory while they are written."""

import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.contact_point import MONDAY
from tests.events import world
from tests.events.test_growth import fill
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.events.models import State
from wegweiser.kernel import clock

FEW, MANY = 500, 2_500


@pytest.fixture
def held(db):
    with clock.stopped_at(MONDAY):
        for centre in small_centre():
            found = world.held(places=9_000, centre=centre)
            fill(found, FEW, State.CONFIRMED)
            yield found


@pytest.fixture
def ben(client, held):
    client.force_login(staff.login(held.centre.ben))
    return client


def address(held, name, query=""):
    return reverse(f"desk:{name}", kwargs={"uuid": held.event.uuid}) + query


def read(client, where) -> int:
    """The bytes of an answer, which is thrown away as it comes."""
    response = client.get(where)
    assert response.status_code == 200
    return sum(map(len, response.streaming_content if response.streaming else [response.content]))


def memory(client, where) -> tuple[int, int]:
    """The most that was needed at once, and the bytes of the answer."""
    tracemalloc.start()
    try:
        size = read(client, where)
        return tracemalloc.get_traced_memory()[1], size
    finally:
        tracemalloc.stop()


def least_memory(client, where, *, enough: float = 0) -> tuple[int, int]:
    """The least of three, or the first that is below `enough`: what another thread of the process needs meanwhile would
    count."""
    found = memory(client, where)
    for _ in range(2):
        if found[0] < enough:
            break
        found = min(found, memory(client, where))
    return found


def test_the_page_asks_as_often_for_many_as_for_few(ben, held):
    counts = []
    for more in (0, MANY - FEW):
        fill(held, more, State.CONFIRMED)
        for query in ("", "?seite=9", "?q=Gast+4", "?folge=name"):
            where = address(held, "event", query)
            read(ben, where)
            with CaptureQueriesContext(connection) as found:
                read(ben, where)
            counts.append((query, len(found)))
    assert counts[:4] == counts[4:]


def test_a_file_of_many_takes_no_more_memory_than_one_of_few(ben, held):
    kinds = {kind: address(held, "event_guests_download", f"?datei={kind}") for kind in ("csv", "xlsx")}
    for where in kinds.values():
        read(ben, where)  # what is imported when needed is there
    of_few = {kind: least_memory(ben, where) for kind, where in kinds.items()}
    fill(held, MANY - FEW, State.CONFIRMED)
    for kind, where in kinds.items():
        few, small = of_few[kind]
        large = read(ben, where)
        assert large > 3 * small
        # Two blocks are there while one follows the other; an XLSX is held once compressed, twice while it goes out.
        most = 2 * few + (2 * large if kind == "xlsx" else 0)
        many, _ = least_memory(ben, where, enough=most)
        assert many < most, kind
