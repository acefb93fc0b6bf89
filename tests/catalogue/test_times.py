"""One rule says when an offer is over, and every list, answer and word follows it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.catalogue import held, queries, search, times
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Entry
from wegweiser.catalogue.offers import Offer
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.translated import translated

BY = Actor.system("test")
TEN = dt.datetime(2026, 3, 12, 9, 0, tzinfo=dt.UTC)  # 10:00 in Germany
MIDNIGHT = dt.datetime(2026, 3, 12, 23, 0, tzinfo=dt.UTC)
MOMENTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31), timezones=st.just(dt.UTC))  # noqa: DTZ001


def hours(number: float) -> dt.timedelta:
    return dt.timedelta(hours=number)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "last"),
    [
        (TEN, TEN + hours(2), TEN + hours(2)),
        (TEN, TEN + hours(50), TEN + hours(50)),
        (TEN, None, MIDNIGHT),
        (MIDNIGHT - dt.timedelta(seconds=1), None, MIDNIGHT),
        (MIDNIGHT, None, MIDNIGHT + hours(24)),
        (dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC), None, dt.datetime(2026, 3, 29, 22, 0, tzinfo=dt.UTC)),  # 23 h
        (None, TEN, TEN),  # a programme that runs out
        (None, None, None),
    ],
)
def test_it_is_over_from_its_end_or_from_the_end_of_its_day(starts_at, ends_at, last):
    assert times.end(starts_at, ends_at) == last
    if last:
        assert not times.is_over(starts_at, ends_at, now=last - dt.timedelta(seconds=1))
        assert times.is_over(starts_at, ends_at, now=last)
    else:
        assert not times.is_over(starts_at, ends_at, now=TEN + hours(9_999))


def publish(starts_at: dt.datetime | None, ends_at: dt.datetime | None = None, **more: object) -> Entry:
    more = {"kind": "event", "slug": "abend", "title": translated("Abend"), **more}
    return entries.publish(offer=Offer(starts_at=starts_at, ends_at=ends_at, **more), by=BY)


@pytest.mark.django_db
@given(starts_at=MOMENTS, minutes=st.none() | st.integers(0, 5_000), now=MOMENTS, near=st.booleans())
def test_the_database_follows_the_rule(starts_at, minutes, now, near):
    if near:
        now = starts_at + (now - now.replace(hour=0, minute=0)) - hours(6)
    ends_at = None if minutes is None else starts_at + dt.timedelta(minutes=minutes)
    Entry.objects.all().delete()
    entry = publish(starts_at, ends_at)
    assert Entry.objects.filter(times.over(now=now), pk=entry.pk).exists() == times.is_over(starts_at, ends_at, now=now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ends_at", "asked_at", "over"),
    [
        (TEN + hours(2), TEN + hours(1), False),
        (TEN + hours(2), TEN + hours(2), True),
        (None, TEN + hours(8), False),
        (None, MIDNIGHT, True),
    ],
)
def test_every_list_says_the_same(ends_at, asked_at, over):
    search.forget()
    entry = publish(TEN, ends_at, summary=translated("Ein Abend"))
    with clock.stopped_at(asked_at):
        assert entry.is_over() is over
        assert [row.is_over() for row in held.places()] == [over]
        assert (entry.pk in search.find(search.Wish()).ids) is not over
        assert (entry.pk in search.find(search.Wish(past=True)).ids) is True
        assert (entry in queries.attachable()) is not over
        assert (entry.pk in [number for number, _ in queries.corpus()]) is not over
        assert held.coming_dates() == []  # it has begun
    search.forget()


@pytest.mark.django_db
def test_what_is_said_to_be_over_is_over_whatever_its_dates_say():
    search.forget()
    entry = publish(None, kind="programme", availability="past")
    assert entry.is_over()
    assert [row.is_over() for row in held.places()] == [True]
    assert search.find(search.Wish()).ids == ()
    assert entry not in queries.attachable()
    assert queries.corpus() == []
    search.forget()


@pytest.mark.django_db
def test_only_dates_that_take_place_are_coming():
    search.forget()
    with clock.stopped_at(TEN):
        later, next_one = publish(TEN + hours(9), slug="spaeter"), publish(TEN + hours(3))
        publish(TEN + hours(1), slug="abgesagt", availability="off")
        assert [row.pk for row in held.coming_dates()] == [next_one.pk, later.pk]
    search.forget()
