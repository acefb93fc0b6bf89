"""The days a centre sets itself, and all targets of a plan at once."""

import datetime as dt

import pytest

from tests.funding.test_reports import define
from tests.journey.builders import BY
from wegweiser.funding import queries
from wegweiser.funding.actions import deadlines, targets
from wegweiser.funding.models import OwnDeadline, Target
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent

DAY = dt.date(2026, 6, 30)


@pytest.fixture
def grant(db):
    return define()


def events():
    return list(AuditEvent.objects.order_by("id").values_list("event", flat=True))


def test_setting_and_ticking_off_twice_changes_nothing(grant):
    first = deadlines.set(grant=grant, title=" Beirat  einladen ", day=DAY, by=BY)
    assert first.title == "Beirat einladen"
    assert deadlines.set(grant=grant, title="Beirat einladen", day=DAY, by=BY) == first
    day = deadlines.done(deadline=first, by=BY).done_on
    assert deadlines.done(deadline=first, by=BY).done_on == day
    deadlines.reopen(deadline=first, by=BY)
    deadlines.reopen(deadline=first, by=BY)
    deadlines.drop(deadline=first, by=BY)
    assert events()[-4:] == ["deadline:set", "deadline:done", "deadline:reopened", "deadline:dropped"]


@pytest.mark.parametrize(("title", "code"), [("  ", "title_missing"), ("x" * 121, "title_too_long")])
def test_a_title_that_makes_no_sense_is_refused(grant, title, code):
    with pytest.raises(DomainError) as error:
        deadlines.set(grant=grant, title=title, day=DAY, by=BY)
    assert error.value.code == code
    assert not OwnDeadline.objects.exists()


def test_what_is_due_stands_in_the_order_of_the_days_and_own_ones_stay_when_late(grant):
    late = deadlines.set(grant=grant, title="Spät", day=DAY, by=BY)
    kept = deadlines.set(grant=grant, title="Geschafft", day=DAY, by=BY)
    deadlines.done(deadline=kept, by=BY)
    found = queries.due(grant, dt.date(2026, 7, 10), own=True)
    assert found[0].own == late
    assert [row.day for row in found] == sorted(row.day for row in found)
    assert "Geschafft" not in {row.title for row in found}
    assert queries.due(grant, dt.date(2026, 7, 10), own=False) == found[1:]


def test_a_plan_is_kept_as_a_whole_or_not_at_all(grant):
    before = dict(Target.objects.values_list("indicator", "value"))
    with pytest.raises(DomainError) as error:
        targets.plan(grant=grant, values={"events": None, "checks": 7, "visits": 10**10}, by=BY)
    assert (error.value.code, error.value.field) == ("target_too_large", "visits")
    assert dict(Target.objects.values_list("indicator", "value")) == before
    targets.plan(grant=grant, values={"events": None, "checks": 7, "visits": None}, by=BY)
    assert dict(Target.objects.values_list("indicator", "value")) == {"companies_reached": 3, "checks": 7}
    assert events()[-2:] == ["target:dropped", "target:set"]
