"""Pages of the day of an event ask the database as often for many guests as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.events import gatherings

# Queries of each page, with the session and the user.
BUDGETS = {"door": 15, "door_list": 13, "doors": 7, "presence": 12, "presence_lists": 9}
ASKED = {"door": "?q=gast"}


@pytest.mark.parametrize("name", BUDGETS)
def test_more_guests_and_events_cost_no_more_queries(anna, world, name):
    here = gatherings.of_today(world.lead)
    at = "" if name == "doors" else {"uuid": here.event.uuid}
    address = reverse(f"desk:{name}", kwargs=at or None) + ASKED.get(name, "")
    counts, sizes = [], []
    for more in (0, 3):
        for number in range(more):
            gatherings.register(here, name=f"Gast {number}", email=f"neu{number}@firma.example", places=2)
            gatherings.of_today(world.lead)
            gatherings.online_list(here, f"Name;Minuten\nGast {number};{number}\n")
        anna.get(address)
        with CaptureQueriesContext(connection) as queries:
            sizes.append(len(anna.get(address).content))
        counts.append(len(queries))
    assert sizes[1] > sizes[0]
    assert counts == [BUDGETS[name]] * 2
