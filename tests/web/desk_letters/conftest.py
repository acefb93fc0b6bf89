"""A small centre with a mail server, and a login for whoever works there."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.accounts.actions import users
from wegweiser.kernel import clock


@pytest.fixture
def world(db, settings):
    settings.DEMO = True  # without a second factor
    settings.EMAIL_HOST = "mail.example"
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


@pytest.fixture
def as_member(client):
    """Log a member in, by a login of their own."""

    def log_in(member):
        member.user = users.create(email=member.email, name=member.name, demo=True, by=BY)
        member.save()
        client.force_login(member.user)
        return client

    return log_in
