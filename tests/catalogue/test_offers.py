"""The offers of a centre's file as entries."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from wegweiser.catalogue import held, matches, queries
from wegweiser.catalogue.actions import entries, offers
from wegweiser.catalogue.models import Availability, Entry
from wegweiser.catalogue.offers import event_day
from wegweiser.consortium import centre_file
from wegweiser.consortium.actions import centres
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")
SMALL = Path(__file__).parents[1] / "centres" / "klein.toml"
MONDAY = dt.datetime(2026, 11, 23, 11, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _words_only(monkeypatch):
    monkeypatch.setattr(matches, "encoders", lambda: ())
    matches.forget()
    yield
    matches.forget()


def load(path=SMALL, weeks=0):
    file = centre_file.read(path)
    centre = centres.load(file=file, by=BY).centre
    base = centre.loaded_on + dt.timedelta(weeks=weeks)
    return offers.load(file=file, centre=centre, base=base, by=BY)


def test_the_model_centre_publishes_all_its_offers():
    with clock.stopped_at(MONDAY):
        load(centre_file.model_centre())
        assert Counter(queries.shown().values_list("kind", flat=True)) == {
            "event": 24,
            "demonstrator": 15,
            "lighthouse_project": 15,
            "check": 9,
            "contact": 12,
            "topic": 5,
            "guide": 6,
            "video": 3,
            "news": 5,
            "programme": 4,
            "network": 2,
        }
        starts = [row.starts_at for row in held.coming_dates()]
    assert starts == sorted(starts)
    assert all(clock.local(start).weekday() < 5 for start in starts)


def test_a_second_load_publishes_nothing():
    load()
    before = list(Entry.objects.values_list("slug", "changed"))
    assert set(load()) == {"unchanged"}
    assert list(Entry.objects.values_list("slug", "changed")) == before


def test_an_event_keeps_its_columns():
    with clock.stopped_at(MONDAY):
        load()
    entry = queries.entry("event", "kuehlkette-ohne-zettel")
    # ten days after a Monday is a Thursday; 10:00 in winter is 09:00 UTC
    assert entry.starts_at == dt.datetime(2026, 12, 3, 9, 0, tzinfo=dt.UTC)
    assert entry.ends_at - entry.starts_at == dt.timedelta(hours=2)
    assert (entry.place, entry.district_id, entry.contact.slug) == (
        "Fischereihafen, Wilhelmshaven",
        "03405",
        "anke-dierks",
    )
    assert entry.availability == Availability.WAITING
    assert entry.details["capacity"] == 12


def test_weekends_move_to_monday():
    assert event_day(dt.date(2026, 11, 23), 5) == dt.date(2026, 11, 30)
    assert event_day(dt.date(2026, 11, 23), 6) == dt.date(2026, 11, 30)
    assert event_day(dt.date(2026, 11, 23), 4) == dt.date(2026, 11, 27)


def test_a_later_load_moves_only_dates_that_nobody_touched():
    with clock.stopped_at(MONDAY):
        load()
        load(weeks=1)
        assert queries.entry("event", "kuehlkette-ohne-zettel").starts_at.day == 10
        entries.withdraw(kind="check", slug="beleg-check", by=BY)
        load(weeks=2)
    assert queries.entry("check", "beleg-check") is None


def test_no_page_of_the_small_centre_names_the_model_centre():
    load()
    for entry in Entry.objects.all():
        assert "Magdeburg" not in f"{entry.title}{entry.summary}{entry.text}{entry.details}{entry.place}"


def test_a_question_finds_the_offer_and_the_person():
    with clock.stopped_at(MONDAY):
        load()
        answer = matches.match("Die Temperaturen der Kühlkette schreiben wir auf Zettel")
    assert answer.topics[0].slug == "logistik"
    assert answer.offers[0].entry.slug == "kuehlkette-ohne-zettel"
    assert answer.offers[0].why
    assert answer.contact.slug == "anke-dierks"
    assert matches.match(" ") is None
