"""The data migration that drops the second term of letters, run on rows as they were before it."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from tests.letters import write
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter


@pytest.mark.django_db
def test_only_what_has_to_go_sooner_keeps_its_day(cause):
    days = (180, 7)
    old, link = (write(cause, body_until=clock.today() + dt.timedelta(days=number)) for number in days)
    import_module("wegweiser.outbox.migrations.0006_forget_the_second_term").forget(apps, None)
    kept = dict(Letter.objects.values_list("pk", "body_until"))
    assert kept == {old.pk: None, link.pk: link.body_until}
