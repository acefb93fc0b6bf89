"""The dates of the demo lie where a centre would put them, on whatever day it is loaded."""

import datetime as dt

import pytest

from wegweiser.catalogue import matches
from wegweiser.catalogue.models import Entry, Kind
from wegweiser.config import installation
from wegweiser.consortium import calendar, centre_file
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

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


@pytest.mark.django_db
@pytest.mark.parametrize("loaded", ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"])
def test_no_demo_date_falls_on_a_holiday(monkeypatch, loaded):
    monkeypatch.setattr(matches, "encoders", lambda: ())
    monkeypatch.setattr(installation.vectors, "encode", lambda **_more: 0)
    monkeypatch.setattr(installation.vectors, "take", lambda **_more: None)
    monkeypatch.setattr(installation, "migrate", lambda: None)
    noon = dt.datetime.combine(dt.date.fromisoformat(loaded), dt.time(12), dt.UTC)
    with clock.stopped_at(noon):
        assert len(bad(install(shift=False))) > 0  # as the file counts its days
        assert bad(install(shift=True)) == []
    with clock.stopped_at(noon + dt.timedelta(weeks=20)):  # Easter, Ascension, Whitsun
        assert bad(install(shift=True)) == []
