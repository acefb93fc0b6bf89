"""Six times as many guests: the page asks no more, and files take no more memory while they are written."""

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

FEW, MANY = 500, 3_000


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
    tracemalloc.start()
    try:
        read(client, where)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("query", ["", "?seite=9", "?q=Gast+4", "?folge=name"])
def test_the_page_asks_as_often_for_many_as_for_few(ben, held, query):
    where, counts = address(held, "event", query), []
    for more in (0, MANY - FEW):
        fill(held, more, State.CONFIRMED)
        read(ben, where)
        with CaptureQueriesContext(connection) as found:
            read(ben, where)
        counts.append(len(found))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_many_takes_no_more_memory_than_one_of_few(ben, held, kind):
    where = address(held, "event_guests_download", f"?datei={kind}")
    read(ben, where)  # what is imported when it is needed is there
    few, small = most_memory(ben, where), read(ben, where)
    fill(held, MANY - FEW, State.CONFIRMED)
    many, large = most_memory(ben, where), read(ben, where)
    assert large > 3 * small
    # Two blocks are there while one follows the other; an XLSX is held once it is compressed, twice while it goes out.
    assert many < 2 * few + (2 * large if kind == "xlsx" else 0)
