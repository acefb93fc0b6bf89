"""The guard of a view, the view and the menu ask for the rights together, once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import contact_point
from tests.web.desk import staff
from wegweiser.consortium.models import Membership, Role
from wegweiser.kernel import clock

ROLES = '"consortium_membership"."role" AS'


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


@pytest.mark.parametrize("name", ["desk:today", "desk:cases", "desk:offers", "desk:letters", "desk:reports"])
def test_a_request_reads_the_roles_of_whoever_asks_once(client, world, name):
    client.force_login(staff.hire(Role.MANAGEMENT, world.other))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(name)).status_code == 200
    assert len([one for one in queries.captured_queries if one["sql"].startswith(f"SELECT {ROLES}")]) == 1


def test_a_role_that_ended_counts_at_the_next_request(client, world):
    user = staff.hire(Role.MANAGEMENT, world.other)
    client.force_login(user)
    assert client.get(reverse("desk:cases")).status_code == 200
    Membership.objects.filter(member__user=user).delete()
    assert client.get(reverse("desk:cases")).status_code == 403
