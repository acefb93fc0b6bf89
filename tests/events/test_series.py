"""Series: their dates are events; changing one or all, and what another date has of its own."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import contact_point
from tests.contact_point import BY
from tests.events import world
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import work
from wegweiser.crossings import event_texts
from wegweiser.events import sharing
from wegweiser.events.actions import copies, events, notices, questions, registrations, series
from wegweiser.events.actions.copies import When
from wegweiser.events.actions.events import Places
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Event, Series
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated

WEEK = dt.timedelta(weeks=1)
# Summer time begins on 29 March 2026: all at ten o'clock at the centre.
DAYS = [dt.date(2026, 3, 9) + WEEK * number for number in range(4)]
TEN = dt.time(10)


@pytest.fixture(autouse=True)
def monday(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield


def when(day, time=TEN):
    starts = clock.at(day, time)
    return When(starts_at=starts, ends_at=starts + dt.timedelta(hours=2))


@pytest.fixture
def held(monday):
    return world.held(starts_at=when(DAYS[0]).starts_at)


@pytest.fixture
def begun(held):
    return series.begin(source=held.event, whens=[when(day) for day in DAYS], submission=uuid.uuid4(), by=BY)


def dates(begun):
    return sharing.dates(begun.series)


def write(event, **given):
    """Somebody writes in the offer of one date."""
    draft = Event.objects.get(pk=event.pk).draft
    content = {**work(draft.uuid).content, **given}
    drafts.write(uuid=draft.uuid, seen=work(draft.uuid).stamp, content=content, by=BY)


def places_of(begun):
    return [row.work.content["place"] for row in dates(begun)]


# --- Making --------------------------------------------------------------------------------------------------------


def test_an_event_is_the_first_date_of_the_series_made_from_it(held, begun):
    found = dates(begun)
    assert [clock.local(row.starts_at).date() for row in found] == DAYS
    assert found[0].event == held.event
    assert {clock.local(row.starts_at).time() for row in found} == {TEN}
    assert [row.event.draft.slug for row in found][1:] == [f"auftraege-im-blick-{day}" for day in DAYS[1:]]
    assert [row.work.is_public for row in found] == [True, False, False, False]
    assert all(sharing.own(row) == [] for row in found)


def test_a_template_is_no_date_of_its_series(held):
    template = copies.make(source=held.draft.uuid, is_template=True, submission=uuid.uuid4(), by=BY).event
    begun = series.begin(source=template, whens=[when(day) for day in DAYS], submission=uuid.uuid4(), by=BY)
    assert [row.event.draft.is_template for row in dates(begun)] == [False] * 4
    assert Event.objects.get(pk=template.pk).series is None
    assert all(sharing.own(row) == [] for row in dates(begun))


def test_the_same_form_sent_twice_makes_one_series(held):
    form = uuid.uuid4()
    first = series.begin(source=held.event, whens=[when(DAYS[1])], submission=form, by=BY)
    assert series.begin(source=held.event, whens=[when(DAYS[1])], submission=form, by=BY).series == first.series
    assert (Series.objects.count(), Event.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("days", "code"),
    [([], "no_dates"), ([DAYS[0]], "no_dates"), ([DAYS[1], DAYS[1]], "day_twice")],
)
def test_a_series_needs_days_that_differ(held, days, code):
    with pytest.raises(DomainError) as refused:
        series.begin(source=held.event, whens=[when(day) for day in days], submission=uuid.uuid4(), by=BY)
    assert refused.value.code == code
    assert not Series.objects.exists()


def test_a_date_is_in_one_series_only(held, begun):
    with pytest.raises(DomainError) as refused:
        series.begin(source=held.event, whens=[when(DAYS[1])], submission=uuid.uuid4(), by=BY)
    assert refused.value.code == "in_a_series"


def test_a_date_that_is_added_is_like_the_one_before_it(begun):
    write(dates(begun)[1].event, place="Stendal")
    added = series.add(series=begun.series, when=when(dt.date(2026, 3, 18)), submission=uuid.uuid4(), by=BY)
    assert added.event.draft.content["place"] == "Stendal"
    with pytest.raises(DomainError) as refused:
        series.add(series=begun.series, when=when(DAYS[1]), submission=uuid.uuid4(), by=BY)
    assert refused.value.code == "day_twice"
    assert len(dates(begun)) == 5


def test_a_date_taken_out_goes_on_and_the_last_one_ends_the_series(begun):
    for row in dates(begun):
        series.take_out(event=row.event, by=BY)
    assert (Series.objects.count(), Event.objects.filter(series=None, planned_at=None).count()) == (0, 4)


def test_the_last_prepared_date_that_is_thrown_away_ends_the_series(begun):
    for row in dates(begun)[:1]:
        series.take_out(event=row.event, by=BY)
    for row in dates(begun):
        event_texts.drop(uuid=row.work.uuid, seen=row.work.stamp, by=BY)
    assert not Series.objects.exists()


# --- Changing one or all -------------------------------------------------------------------------------------------


def test_a_change_goes_to_all_dates_or_only_to_those_after_it(begun):
    rows = dates(begun)
    write(rows[1].event, place="Stendal")
    done = series.spread(event=rows[1].event, parts=["text.place"], following=True, by=BY)
    assert places_of(begun) == ["Halle, Marktplatz 1", "Stendal", "Stendal", "Stendal"]
    assert [event.pk for event in done.changed] == [row.event.pk for row in rows[2:]]
    write(rows[2].event, place="Aken")
    series.spread(event=rows[2].event, parts=["text.place"], by=BY)
    assert places_of(begun) == ["Aken"] * 4, "nobody chose Halle for the first one"


def test_a_date_before_a_change_for_those_after_it_has_nothing_of_its_own(begun):
    rows = dates(begun)
    write(rows[2].event, place="Stendal")
    series.spread(event=rows[2].event, parts=["text.place"], following=True, by=BY)
    assert [sharing.deviating(row, dates(begun)) for row in dates(begun)] == [[]] * 4
    write(rows[0].event, place="Aken")
    assert [sharing.own(row) for row in dates(begun)] == [["text.place"], [], [], []]
    added = series.add(series=begun.series, when=when(dt.date(2026, 3, 18)), submission=uuid.uuid4(), by=BY)
    assert added.event.draft.content["place"] == "Halle, Marktplatz 1"
    assert [sharing.own(row) for row in dates(begun)] == [["text.place"], [], [], [], []]


def test_what_a_date_before_it_shared_until_then_is_no_value_of_its_own_for_the_next_change(begun):
    rows = dates(begun)
    write(rows[2].event, place="Stendal")
    series.spread(event=rows[2].event, parts=["text.place"], following=True, by=BY)
    write(rows[0].event, place="Dessau")
    write(rows[3].event, place="Aken")
    done = series.spread(event=rows[3].event, parts=["text.place"], by=BY)
    assert places_of(begun) == ["Dessau", "Aken", "Aken", "Aken"]
    assert [(row.member.event.pk, row.part) for row in done.kept] == [(rows[0].event.pk, "text.place")]
    assert [sharing.own(row) for row in dates(begun)] == [["text.place"], [], [], []]


def test_a_value_of_its_own_is_named_and_kept_unless_one_says_otherwise(begun):
    rows = dates(begun)
    write(rows[3].event, place="Dessau")
    write(rows[1].event, place="Stendal")
    done = series.spread(event=rows[1].event, parts=["text.place"], by=BY)
    assert [(found.member.event.pk, found.part) for found in done.kept] == [(rows[3].event.pk, "text.place")]
    assert places_of(begun) == ["Stendal", "Stendal", "Stendal", "Dessau"]
    write(rows[1].event, place="Aken")
    also = [(rows[3].event.uuid, "text.place")]
    series.spread(event=rows[1].event, parts=["text.place"], also=also, by=BY)
    assert places_of(begun) == ["Aken"] * 4


def test_only_the_parts_one_names_change(begun):
    rows = dates(begun)
    write(rows[1].event, place="Stendal", format="Workshop")
    series.spread(event=rows[1].event, parts=["text.format"], by=BY)
    assert {row.work.content["format"] for row in dates(begun)} == {"Workshop"}
    assert places_of(begun) == ["Halle, Marktplatz 1", "Stendal", "Halle, Marktplatz 1", "Halle, Marktplatz 1"]


def test_settings_places_questions_and_mails_follow_by_their_day(begun):
    rows = dates(begun)
    closes = rows[1].starts_at - dt.timedelta(days=2)
    events.change(event=rows[1].event, settings={"room": "2.14", "closes_at": closes}, by=BY)
    pool = rows[1].event.pools.get()
    half = dt.timedelta(minutes=30)
    slot = Places(chairs=1, starts_at=rows[1].starts_at, ends_at=rows[1].starts_at + half)
    events.set_places(event=rows[1].event, pools=[Places(chairs=9, label=pool.label, pool=pool), slot], by=BY)
    asked = [Asked(kind="yes_no", label=translated("Essen?"))]
    asked.append(Asked(kind="text", label=translated("Was?"), shown_where=1, shown_answer="yes"))
    questions.set_all(event=rows[1].event, asked=asked, by=BY)
    notices.set(event=rows[1].event, moment="reminder", is_on=False, hours=None, words={}, by=BY)
    parts = ["room", "window", "pools", "questions", "notices"]
    assert sorted(sharing.own(dates(begun)[1])) == sorted(parts)
    series.spread(event=rows[1].event, parts=parts, by=BY)
    found = dates(begun)
    assert all(sharing.own(row) == [] for row in found)
    assert [clock.local(row.event.closes_at).time() for row in found] == [TEN] * 4
    last = found[3].event
    assert (last.room, last.closes_at) == ("2.14", clock.at(DAYS[3] - dt.timedelta(days=2), TEN))
    assert [(row.chairs, row.starts_at) for row in last.pools.all()] == [(9, None), (1, found[3].starts_at)]
    assert last.questions.last().shown_where == last.questions.first()


def test_answers_stay_with_a_question_that_is_still_asked(begun):
    rows = dates(begun)
    (before,) = questions.set_all(event=rows[2].event, asked=[Asked(kind="text", label=translated("Was?"))], by=BY)
    asked = [Asked(kind="text", label=translated("Neu?")), Asked(kind="text", label=translated("Was?"))]
    questions.set_all(event=rows[1].event, asked=asked, by=BY)
    also = [(rows[2].event.uuid, "questions")]
    series.spread(event=rows[1].event, parts=["questions"], also=also, by=BY)
    assert [row.pk == before.pk for row in rows[2].event.questions.filter(retired_at=None)] == [False, True]


def test_another_day_and_hour_is_a_shift_of_the_others(begun):
    rows = dates(begun)
    moved = when(DAYS[1] + dt.timedelta(days=1), dt.time(17))
    write(rows[1].event, starts_at=moved.starts_at.isoformat(), ends_at=moved.ends_at.isoformat())
    own = when(DAYS[2] + dt.timedelta(days=3), TEN)
    write(rows[2].event, starts_at=own.starts_at.isoformat(), ends_at=own.ends_at.isoformat())
    done = series.spread(event=rows[1].event, parts=["day"], by=BY)
    assert [(found.member.event.pk, found.part) for found in done.kept] == [(rows[2].event.pk, "day")]
    found = {row.event.pk: f"{clock.local(row.event.draft.starts_at):%d.%m. %H:%M}" for row in dates(begun)}
    assert [found[row.event.pk] for row in rows] == ["10.03. 17:00", "17.03. 17:00", "26.03. 10:00", "31.03. 17:00"]
    assert [row.event.pk for row in dates(begun) if sharing.own(row)] == [rows[2].event.pk]


def move(member, day, time, hours=2):
    starts = clock.at(day, time)
    write(member.event, starts_at=starts.isoformat(), ends_at=(starts + dt.timedelta(hours=hours)).isoformat())


def hours(begun):
    return [f"{clock.local(row.starts_at):%d.%m. %H:%M}" for row in dates(begun)]


def test_where_the_clock_leaves_the_hour_out_no_date_is_moved(begun):
    move(dates(begun)[0], DAYS[0] - dt.timedelta(days=1), dt.time(2, 30))  # the last one would be on 29 March
    write(dates(begun)[0].event, place="Stendal")
    before = hours(begun)
    done = series.spread(event=dates(begun)[0].event, parts=["day", "text.place"], by=BY)
    last = dates(begun)[3].event
    assert (done.is_blocked, done.changed, done.refused) == (True, [], [(last, "date_hour_left_out")])
    assert (hours(begun), places_of(begun)[1]) == (before, "Halle, Marktplatz 1")


def test_a_date_that_would_run_into_another_one_is_named_and_none_is_moved(begun):
    rows = dates(begun)
    move(rows[2], DAYS[3], TEN)  # of its own, and so it would stay where the one after it goes
    move(rows[3], DAYS[3] + dt.timedelta(days=1), TEN)
    move(rows[0], DAYS[0] - dt.timedelta(days=1), TEN)
    before = hours(begun)
    done = series.spread(event=rows[0].event, parts=["day"], also=[(rows[3].event.uuid, "day")], by=BY)
    assert (done.is_blocked, done.refused) == (True, [(rows[3].event, "dates_overlap")])
    assert hours(begun) == before


def test_a_length_that_leaves_a_talk_outside_is_refused_for_that_date(begun):
    rows = dates(begun)
    pool = rows[2].event.pools.get()
    starts = rows[2].starts_at + dt.timedelta(minutes=90)
    talk = Places(chairs=1, pool=pool, starts_at=starts, ends_at=starts + dt.timedelta(minutes=30))
    events.set_places(event=rows[2].event, pools=[talk], by=BY)
    move(rows[0], DAYS[0], TEN, hours=1)
    done = series.spread(event=rows[0].event, parts=["length"], by=BY)
    assert (done.is_blocked, done.refused) == (True, [(rows[2].event, "date_talks_outside")])
    move(rows[0], DAYS[0], dt.time(9))
    assert not series.spread(event=rows[0].event, parts=["day"], by=BY).is_blocked, "it goes along with the hour"


def test_a_date_that_cannot_follow_stays_whole_as_it_was(held, begun):
    for number in (1, 2, 3):
        world.register(held, number)
    rows = dates(begun)
    pool = rows[1].event.pools.get()
    events.set_places(event=rows[1].event, pools=[Places(chairs=2, label=pool.label, pool=pool)], by=BY)
    events.change(event=rows[1].event, settings={"room": "2.14"}, by=BY)
    done = series.spread(event=rows[1].event, parts=["room", "pools"], by=BY)
    assert [(event.pk, code) for event, code in done.refused] == [(held.event.pk, "places_taken")]
    found = [(row.event.room, row.event.pools.get().chairs) for row in dates(begun)]
    assert found == [("", 3), ("2.14", 2), ("2.14", 2), ("2.14", 2)]


def test_what_is_over_or_off_stays_as_it_was(begun):
    rows = dates(begun)
    events.cancel(event=rows[3].event, reason="Krank", by=BY)
    write(rows[1].event, place="Stendal")
    with clock.stopped_at(rows[0].starts_at + dt.timedelta(days=1)):
        series.spread(event=rows[1].event, parts=["text.place"], by=BY)
    assert places_of(begun) == ["Halle, Marktplatz 1", "Stendal", "Stendal", "Halle, Marktplatz 1"]


def test_guests_hear_at_once_of_another_room(held, begun):
    world.register(held)
    rows = dates(begun)
    events.change(event=rows[1].event, settings={"room": "2.14"}, by=BY)
    series.spread(event=rows[1].event, parts=["room"], by=BY)
    assert Event.objects.get(pk=held.event.pk).sequence == 1


def test_two_rooms_of_a_date_stay_the_same_rooms_with_their_guests(held, begun):
    first, other = [Event.objects.get(pk=row.event.pk) for row in dates(begun)[:2]]
    for event in (first, other):
        room = event.pools.get()
        both = [Places(chairs=3, pool=room, label=translated("Saal")), Places(chairs=3, label=translated("Werkstatt"))]
        events.set_places(event=event, pools=both, by=BY)
    drafts.publish(uuid=other.draft.uuid, seen=work(other.draft.uuid).stamp, by=BY)
    saal, workshop = other.pools.all()
    given = {"event": Event.objects.get(pk=other.pk), "submission": uuid.uuid4(), "guest": world.guest()}
    registrations.register(**given, pool=workshop, by=BY)
    larger = [Places(chairs=pool.chairs + 2, pool=pool, label=pool.label) for pool in reversed(first.pools.all())]
    events.set_places(event=first, pools=larger, by=BY)
    done = series.spread(event=first, parts=[sharing.POOLS], also=[(other.uuid, sharing.POOLS)], by=BY)
    assert done.refused == []
    assert [(pool.pk, pool.chairs) for pool in other.pools.all()] == [(workshop.pk, 5), (saal.pk, 5)]


def test_only_dates_one_may_change_are_changed(begun):
    rows = dates(begun)
    write(rows[0].event, place="Stendal")
    series.spread(event=rows[0].event, parts=["text.place"], within=[rows[1].event.uuid], by=BY)
    assert places_of(begun) == ["Stendal", "Stendal", "Halle, Marktplatz 1", "Halle, Marktplatz 1"]


def test_a_published_date_shares_what_its_draft_shared(begun):
    for row in dates(begun)[1:]:
        drafts.publish(uuid=row.work.uuid, seen=row.work.stamp, by=BY)
    assert all(sharing.own(row) == [] for row in dates(begun))


def test_what_all_others_agree_in_is_no_own_value(begun):
    """As where a colleague leaves and all dates get another contact at once."""
    rows = dates(begun)
    for row in rows:
        write(row.event, format="Workshop")
    assert [sharing.deviating(row, dates(begun)) for row in dates(begun)] == [[]] * 4
    write(rows[1].event, format="Schulung")
    done = series.spread(event=rows[1].event, parts=["text.format"], by=BY)
    assert (len(done.changed), done.kept) == (3, [])


def test_what_a_date_does_not_say_any_more_is_shared_too(begun):
    for row in dates(begun):
        write(row.event, details={"takeaways": ["Ein Plan"]})
    source = dates(begun)[1]
    write(source.event, details={})
    series.spread(event=source.event, parts=["details.takeaways"], by=BY)
    assert {tuple(row.work.content["details"]) for row in dates(begun)} == {()}
    assert all(sharing.own(row) == [] for row in dates(begun))


def test_thirty_dates_are_read_in_as_many_statements_as_four(begun):
    counts = []
    for more in (0, 26):
        days = [DAYS[-1] + WEEK * (number + 1) for number in range(more)]
        for day in days:
            series.add(series=begun.series, when=when(day), submission=uuid.uuid4(), by=BY)
        with CaptureQueriesContext(connection) as asked:
            assert all(sharing.own(row) == [] for row in dates(begun))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9
