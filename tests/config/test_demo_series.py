"""The demo's series: dates behind it and ahead of it, with guests, closed attendance, answers and certificates."""

import pytest
from django.db.models import Count, Q

from tests import model_centre
from wegweiser.config import demo_events, demo_series
from wegweiser.events import certificates, feedback, held_data, sharing
from wegweiser.events.models import Event, Registration, Seat, Series
from wegweiser.funding.queries import running_grant
from wegweiser.journey import indicators
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter, State

pytestmark = pytest.mark.django_db


def reached() -> int:
    grant = running_grant()
    found = indicators.figures(start=grant.starts_on, end=clock.today(), grant=grant.slug)
    return int(found["companies_reached"].total.value)


@pytest.fixture
def advisers():
    return model_centre.with_year()


def test_the_demo_has_a_series_with_dates_over_and_to_come(advisers):
    demo_events.make(advisers)
    before, year = reached(), Step.objects.count()
    made = demo_series.make(advisers)
    series = Series.objects.get()
    rows = sharing.dates(series)
    assert [row.is_over for row in rows] == [True] * demo_series.PAST + [False] * (demo_series.DATES - demo_series.PAST)
    assert all(row.work.is_public and not sharing.own(row) for row in rows)
    assert made == Registration.objects.filter(event__series=series).count()

    past = [row.event for row in rows if row.is_over]
    assert all(event.settled_at and event.followed_at for event in Event.objects.filter(pk__in=[e.pk for e in past]))
    assert [feedback.results(event).count for event in past] == list(demo_series.ANSWERS)
    assert [feedback.results(event).enough for event in past] == [True, True, False]
    came = Seat.objects.filter(registration__event=past[0], presence="attended")
    assert certificates.ready(came[0].registration, came[:1])

    registrations = (
        Registration.objects.filter(event__in=past)
        .order_by()
        .annotate(came=Count("seats", filter=Q(seats__presence="attended")))
    )
    attended = [row for row in registrations if row.came]
    assert Step.objects.count() - year == len(attended), "each registration that came is a step"
    assert reached() - before == len({row.company_id for row in attended})
    assert max(Step.objects.filter(occasion_kind="event").values_list("day", flat=True)) < clock.today()


def test_nobody_gets_a_mail_everybody_is_invented_and_a_second_run_keeps_what_is_there(advisers):
    demo_series.make(advisers)
    assert not Letter.objects.filter(state=State.QUEUED).exists()
    rows = Registration.objects.filter(event__series__isnull=False)
    assert all("(fiktiv)" in name for name in rows.values_list("name", flat=True))
    assert all("(fiktiv)" in name for name in rows.values_list("firm", flat=True))
    Series.objects.update(title={"de": "Umbenannt"})
    assert demo_series.make(advisers) == 0
    assert Series.objects.get().title["de"] == "Umbenannt"


def test_what_is_over_still_holds_names(advisers):
    demo_series.make(advisers)
    assert held_data.holding(Event.objects.filter(draft__starts_at__lt=clock.now())).count() == demo_series.PAST
