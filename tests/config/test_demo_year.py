"""The demo year: the same each time, made once, and nothing of it in a real centre."""

import datetime as dt
from collections import Counter

import pytest
from django.db import transaction

from tests import model_centre
from wegweiser.companies.models import Company, Person
from wegweiser.config import demo_year
from wegweiser.funding.queries import running_grant
from wegweiser.journey import indicators
from wegweiser.journey.counting import counting
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture
def centre():
    model_centre.installed()
    assert not Step.objects.exists(), "init makes no fictional steps"


def year() -> list[tuple[object, ...]]:
    """What happened, without what differs by chance of the machine: keys and times of entry."""
    said = ("day", "company__name", "occasion_kind", "format", "topic__key", "partner__key", "contributions__hours")
    return sorted(Step.objects.values_list("source_uuid", "source_role", *said), key=repr)


def test_the_same_seed_makes_the_same_year(centre):
    with transaction.atomic():
        demo_year.make()
        first = year()
        transaction.set_rollback(True)
    assert not Step.objects.exists()
    demo_year.make()
    assert year() == first


def test_it_is_made_once_and_looks_like_a_year(centre):
    made = demo_year.make()
    assert 1_300 <= made <= 1_700
    assert demo_year.make() == 0
    assert Step.objects.count() == made
    assert all("(fiktiv)" in name for name in Company.objects.values_list("name", flat=True))
    assert not Person.objects.exists()
    days = list(Step.objects.values_list("day", flat=True))
    assert max(days) < clock.today()
    assert min(days) >= running_grant().starts_on
    months = Counter(day.month for day in days)
    assert months[10] + months[11] > 1.5 * (months[7] + months[8])


def test_every_indicator_has_something_to_show_and_some_of_it_is_unknown(centre):
    demo_year.make()
    grant = running_grant()
    found = indicators.figures(start=grant.starts_on, end=grant.ends_on, grant=grant.slug)
    usual = {key: row for key, row in found.items() if key not in counting().apart}  # reach has examples of its own
    assert len(usual) == len(found) - 2
    assert all(row.total.value for row in usual.values())
    reached = found["companies_reached"]
    for dimension in indicators.FACTS:
        share = reached.by[dimension][indicators.UNKNOWN].value / reached.total.value
        assert 0.02 < share < 0.25
    assert len(reached.by["district"]) == 15
    assert set(reached.by["format"]) == {"inform", "demonstrate", "qualify", "concept", "implement", "refer"}


def test_without_a_running_grant_there_is_no_year(db):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        assert demo_year.make() == 0
