"""The demo's appearances: made once, within the year, and no firm counts by them."""

import pytest

from tests import model_centre
from wegweiser.config import demo_appearances
from wegweiser.events.models import Appearance
from wegweiser.funding.queries import running_grant
from wegweiser.journey import indicators
from wegweiser.kernel import clock

pytestmark = pytest.mark.django_db


def figures():
    grant = running_grant()
    found = indicators.figures(start=grant.starts_on, end=clock.today(), grant=grant.slug)
    return {key: row.total.value for key, row in found.items()}


def test_the_demo_appears_at_others_events_and_reaches_no_firm_by_it():
    advisers = model_centre.with_year()
    before = figures()
    assert demo_appearances.make(advisers) == len(demo_appearances.MADE)
    heads = sum(row[3] for row in demo_appearances.MADE)
    assert figures() == {**before, "appearances": len(demo_appearances.MADE), "reach": heads}
    assert demo_appearances.make(advisers) == 0
    assert Appearance.objects.filter(people=None).count() == 0
