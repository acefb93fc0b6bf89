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


def most_memory(client, where) -> int:
    """The least of three: what another thread of the process needs meanwhile would count."""
    return min(_most_memory(client, where) for _ in range(3))


def _most_memory(client, where) -> int:
    tracemalloc.start()
    try:
        read(client, where)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


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
    needed = {}
    for kind in ("csv", "xlsx"):
        read(ben, address(held, "event_guests_download", f"?datei={kind}"))  # what is imported when needed is there
    for more in (0, MANY - FEW):
        fill(held, more, State.CONFIRMED)
        for kind in ("csv", "xlsx"):
            where = address(held, "event_guests_download", f"?datei={kind}")
            needed.setdefault(kind, []).append((most_memory(ben, where), read(ben, where)))
    for kind, ((few, small), (many, large)) in needed.items():
        assert large > 3 * small
        # Two blocks are there while one follows the other; an XLSX is held once compressed, twice while it goes out.
        assert many < 2 * few + (2 * large if kind == "xlsx" else 0), kind
