"""The dates of the demo lie where a centre would put them, on whatever day it is loaded."""

import datetime as dt

import pytest

from wegweiser.catalogue import matches
from wegweiser.catalogue.models import Entry, Kind
from wegweiser.config import installation
from wegweiser.consortium import calendar, centre_file
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

pytestmark = pytest.mark.one_database  # which day a date falls on is reckoned before it is written
BY = Actor.system("test")
EVES = {(12, 24), (12, 31)}


def install(*, shift: bool) -> list[dt.date]:
    """The days on which the events of the model centre are held."""
    installation.install(path=centre_file.model_centre(), shift=shift, by=BY)
    days = []
    for entry in Entry.objects.filter(kind=Kind.EVENT):
        first, last = clock.local(entry.starts_at).date(), clock.local(entry.ends_at).date()
        days += [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    return days


def bad(days: list[dt.date]) -> list[dt.date]:
    return [day for day in days if calendar.is_holiday(day, land="ST") or (day.month, day.day) in EVES]


@pytest.fixture
def quick(db, monkeypatch):
    """No vectors and no migrations."""
    monkeypatch.setattr(matches, "encoders", lambda: ())
    monkeypatch.setattr(installation.vectors, "encode", lambda **_more: 0)
    monkeypatch.setattr(installation.vectors, "take", lambda **_more: None)
    monkeypatch.setattr(installation, "migrate", lambda: None)


def noon(day: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), dt.UTC)


LOADED = ("2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27")


@pytest.mark.parametrize("loaded", LOADED)
def test_no_demo_date_falls_on_a_holiday(quick, loaded):
    with clock.stopped_at(noon(loaded)):
        assert bad(install(shift=True)) == []


@pytest.mark.parametrize("loaded", LOADED[::3])
def test_nor_where_easter_ascension_and_whitsun_are_near(quick, loaded):
    with clock.stopped_at(noon(loaded) + dt.timedelta(weeks=20)):
        assert bad(install(shift=True)) == []


def test_as_the_file_counts_its_days_some_do(quick):
    with clock.stopped_at(noon(LOADED[0])):
        assert len(bad(install(shift=False))) > 0
