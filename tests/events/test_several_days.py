"""An event of several days says all of them: agenda, texts, reminder and certificate."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from tests.contact_point import BY, MONDAY
from tests.events import world
from tests.events.test_papers import rewrite, written
from wegweiser.events import agenda, certificates, lengths
from wegweiser.events.actions import events, notices
from wegweiser.events.models import Event, Pool
from wegweiser.events.papers import Kind
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

STARTS = dt.datetime(2026, 3, 9, 13, tzinfo=dt.UTC)  # Monday, two o'clock at the centre
ENDS = dt.datetime(2026, 3, 10, 11, tzinfo=dt.UTC)


def point(at, title, **more):
    return {"at": at, "title": {"de": title}, "speaker": "", **more}


@pytest.fixture
def event(db):
    with clock.stopped_at(MONDAY):
        held = world.held(agenda=[point("09:00", "Zweiter Tag"), point("14:00", "Begrüßung")])
        world.register(held)
        rewrite(held.event, starts_at=STARTS.isoformat(), ends_at=ENDS.isoformat())
        events.follow(event=held.event, by=BY)
        yield Event.objects.select_related("draft__entry").get()


def told(event):
    return [(day and day.day, [row["title"]["de"] for row in rows]) for day, rows in agenda.by_day(event)]


def test_what_lies_before_the_beginning_is_on_the_second_day(event):
    assert told(event) == [(9, ["Begrüßung"]), (10, ["Zweiter Tag"])]


def test_the_day_that_somebody_said_holds(event):
    rows = [point("16:00", "Rundgang", day=2), point("15:00", "Vortrag", day=1), point("11:00", "Ende", day=9)]
    events.change(event=event, settings={"agenda": rows}, by=BY)
    event.refresh_from_db()
    assert told(event) == [(9, ["Vortrag"]), (10, ["Ende", "Rundgang"])]


def test_of_one_day_the_agenda_is_as_it_stands(event):
    rewrite(event, starts_at=STARTS.isoformat(), ends_at=(STARTS + dt.timedelta(hours=11)).isoformat())
    assert told(Event.objects.get()) == [(None, ["Zweiter Tag", "Begrüßung"])]  # what goes past midnight is one day


def test_the_page_shows_each_day_with_its_points(client, event):
    text = client.get(reverse("public:event", kwargs={"slug": "auftraege-im-blick"})).content.decode()
    places = [
        text.index(said)
        for said in ("<h3>Montag, 9. März</h3>", "Begrüßung", "<h3>Dienstag, 10. März</h3>", "Zweiter Tag")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", [Kind.INVITATION, Kind.SOCIAL, Kind.MULTIPLIER])
def test_texts_say_days_and_hours(event, kind):
    assert "Montag, 9. März 2026, 14 Uhr, bis Dienstag, 10. März 2026, 12 Uhr" in written(event, kind).text
    english = written(event, kind, "en").text
    assert "Monday, 9 March 2026, 14:00, to Tuesday, 10 March 2026, 12:00" in english


def test_the_reminder_says_until_when(event):
    with clock.stopped_at(dt.datetime(2026, 3, 5, 13, tzinfo=dt.UTC)):
        notices.send_due(by=BY)
    text = Letter.objects.order_by("-pk")[0].text
    assert "Montag, 9. März 2026, 14:00 bis Dienstag, 10. März 2026, 12:00 Uhr" in text


@pytest.mark.parametrize(
    ("starts", "ends", "german", "english"),
    [
        ((3, 9, 14), (3, 9, 18), "9. März 2026", "9 March 2026"),
        ((3, 9, 20), (3, 10, 1), "9. März 2026", "9 March 2026"),
        ((3, 9, 14), (3, 11, 12), "9. bis 11. März 2026", "9 to 11 March 2026"),
        ((3, 30, 14), (4, 1, 12), "30. März bis 1. April 2026", "30 March to 1 April 2026"),
    ],
)
def test_a_certificate_names_all_its_days(event, starts, ends, german, english):
    moments = [clock.at(dt.date(2026, month, day), dt.time(hour)) for month, day, hour in (starts, ends)]
    entry = event.draft.entry
    entry.starts_at, entry.ends_at = moments
    for language, said in (("de", german), ("en", english)):
        with translation.override(language):
            assert certificates.days(event, Pool()) == said


def test_days_are_counted_by_the_calendar_of_the_centre():
    late = dt.datetime(2026, 3, 9, 23, 30, tzinfo=dt.UTC)  # half past midnight there
    assert lengths.days(late, late + dt.timedelta(hours=1)) == [dt.date(2026, 3, 10)]
    assert lengths.days(None, None) == []
