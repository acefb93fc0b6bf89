"""A date that was taken out of a series is put back as it is; a new one is a copy of a date that one may change."""

import uuid

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import in_a_row, world
from tests.events.in_a_row import WEEK, row
from wegweiser.catalogue.drafts import work
from wegweiser.crossings import event_texts
from wegweiser.events import taken_out, whole
from wegweiser.events.actions import series
from wegweiser.events.actions.copies import When
from wegweiser.events.actions.taken_out import put_back
from wegweiser.events.models import Event, Joining, Registration, Series
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter


@pytest.fixture(autouse=True)
def _monday(db):
    with clock.stopped_at(MONDAY):
        yield


def out(found: in_a_row.Row, number: int) -> Event:
    return series.take_out(event=found.dates[number].event, by=BY)


def code(act) -> str:
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code


def test_it_stands_among_the_others_again_with_its_guests_and_nobody_is_written_to():
    found = row()
    in_a_row.register(found)
    gone = out(found, 1)
    world.register(found.dates[1], 2)
    before = list(Registration.objects.order_by("id").values_list("uuid", "event", "state"))
    Letter.objects.all().delete()
    assert taken_out.of(found.series) == [gone]
    assert put_back(series=found.series, event=gone, by=BY) == []
    assert [date.event for date in whole.dates(found.series.pk)] == [held.event for held in found.dates]
    assert list(Registration.objects.order_by("id").values_list("uuid", "event", "state")) == before
    assert not Letter.objects.exists()
    assert taken_out.of(found.series) == []
    assert code(lambda: put_back(series=found.series, event=gone, by=BY)) == "not_taken_out"


def test_who_has_the_whole_since_then_gets_a_place_there_and_one_mail_and_who_had_it_before_none():
    found = row(joining=Joining.WHOLE)
    in_a_row.register(found)
    gone = out(found, 1)
    in_a_row.register(found, 0, 2, guest_number=2)
    Letter.objects.all().delete()
    (added,) = put_back(series=found.series, event=gone, by=BY)
    assert (added.name, added.state) == ("Gast 2", "confirmed")
    assert [letter.recipient_mail for letter in Letter.objects.all()] == ["gast2@firma.example"]


def test_it_stays_out_where_somebody_with_the_whole_would_have_no_place():
    found = row(joining=Joining.WHOLE, places=1)
    in_a_row.register(found, 0, 1, 2)
    gone = out(found, 1)
    Registration.objects.filter(event__in=[found.dates[0].event, found.dates[2].event]).update(state="cancelled")
    in_a_row.register(found, 0, 2, guest_number=2)
    assert code(lambda: put_back(series=found.series, event=gone, by=BY)) == "whole_does_not_fit"
    assert Event.objects.get(pk=gone.pk).series is None


def test_a_date_of_elsewhere_and_one_whose_time_is_taken_stay_out():
    found, other = row(count=2), Series.objects.create(title={"de": "Andere"})
    gone = out(found, 0)
    Event.objects.filter(pk=found.dates[1].event.pk).update(series=found.series)
    assert code(lambda: put_back(series=other, event=gone, by=BY)) == "not_taken_out"
    starts = found.dates[0].draft.starts_at
    series.add(series=found.series, when=When(starts_at=starts), submission=uuid.uuid4(), by=BY)
    assert code(lambda: put_back(series=found.series, event=gone, by=BY)) == "day_twice"


def test_a_series_that_lost_its_last_date_meanwhile_takes_none_back():
    found = row(count=2)
    gone = out(found, 0)
    out(found, 1)
    assert code(lambda: put_back(series=found.series, event=gone, by=BY)) == "not_taken_out"
    assert Event.objects.get(pk=gone.pk).series is None


def test_a_new_date_is_a_copy_of_the_last_one_that_one_may_change():
    found = row(count=3)
    theirs = found.dates[2].draft
    one = work(theirs.uuid)
    told = {**one.content, "partner": "lead", "place": "Stendal", "contact": found.centre.anna.slug}
    event_texts.write(uuid=one.uuid, seen=one.stamp, content=told, by=BY)
    when = When(starts_at=world.STARTS + 9 * WEEK)
    mine = [held.event.uuid for held in found.dates[:2]]
    added = series.add(series=found.series, when=when, within=mine, submission=uuid.uuid4(), by=BY).event
    assert (added.draft.partner.key, added.draft.content["place"]) == ("other", "Halle, Marktplatz 1")
    nobody = {"series": found.series, "within": [], "submission": uuid.uuid4(), "by": BY}
    assert code(lambda: series.add(when=When(starts_at=world.STARTS + 11 * WEEK), **nobody)) == "no_dates"
