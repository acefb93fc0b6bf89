"""A date added to a series that is only had as a whole: who has the whole has it, too, from when it is public."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contact_point import BY, MONDAY
from tests.events import in_a_row, world
from tests.events.in_a_row import WEEK, register, row
from wegweiser.catalogue.drafts import work
from wegweiser.crossings import event_texts
from wegweiser.crossings import series as crossing
from wegweiser.events import added, hosting
from wegweiser.events.actions import events, questions, registrations, series, whole_series
from wegweiser.events.actions.copies import When
from wegweiser.events.actions.events import Places
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Event, Joining, Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter

LINK = Actor.link(uuid.UUID(int=9))
THIRD = world.STARTS + 2 * WEEK


@pytest.fixture(autouse=True)
def _monday(db):
    with clock.stopped_at(MONDAY):
        yield


def add(found, starts: dt.datetime = THIRD) -> Event:
    when = When(starts_at=starts, ends_at=starts + dt.timedelta(hours=2))
    return series.add(series=found.series, when=when, submission=uuid.uuid4(), by=BY).event


def publish(event: Event):
    found = work(event.draft.uuid)
    return event_texts.publish(uuid=found.uuid, seen=found.stamp, by=BY)


def at(event: Event) -> list[tuple[str, str]]:
    rows = Registration.objects.filter(event=event).order_by("id")
    return [(one.name, one.state) for one in rows]


def test_who_has_the_whole_has_the_added_date_once_it_is_public_and_gets_one_letter():
    found = row(count=2, joining=Joining.WHOLE)
    register(found, places=2, names=["Gast 1", "Kollegin"])
    event = add(found)
    assert at(event) == []
    done = publish(event)
    assert at(event) == [("Gast 1", "confirmed")]
    (registration,) = done.added
    assert [seat.name for seat in registration.seats.all()] == ["Gast 1", "Kollegin"]
    letter = Letter.objects.latest("id")
    assert letter.subject == "Ein Termin mehr: Werkstattabende"
    assert "Weil Sie für die ganze Reihe angemeldet sind" in letter.text
    assert letter.calendar.count("BEGIN:VEVENT") == 1
    assert registration.bundle == Registration.objects.first().bundle
    assert Letter.objects.count() == 2


def test_several_added_dates_published_together_are_one_letter():
    found = row(count=2, joining=Joining.WHOLE)
    register(found)
    first, second = add(found), add(found, THIRD + WEEK)
    done = crossing.publish(events=[first, second], by=BY)
    assert len(done.added) == 2
    letter = Letter.objects.latest("id")
    assert letter.subject == "2 Termine mehr: Werkstattabende"
    assert letter.calendar.count("BEGIN:VEVENT") == 2
    assert Letter.objects.count() == 2


def test_a_later_change_of_the_date_takes_nobody_in_again():
    found = row(count=2, joining=Joining.WHOLE)
    register(found)
    event = add(found)
    publish(event)
    registrations.cancel(registration=Registration.objects.get(event=event), by=LINK)
    crossing.publish(events=[event], by=BY)
    assert at(event) == [("Gast 1", "cancelled")]


def test_who_waits_for_the_whole_waits_for_the_added_date_in_the_same_place():
    found = row(count=2, joining=Joining.WHOLE, places=1, offer_hours=0)
    first = register(found).registrations[0]
    register(found, guest_number=2)
    event = add(found)
    publish(event)
    assert at(event) == [("Gast 1", "confirmed"), ("Gast 2", "waiting")]
    assert "Sie stehen auch dafür auf der Warteliste." in Letter.objects.latest("id").text
    whole_series.cancel_rest(registration=first, by=LINK)
    assert at(event) == [("Gast 1", "cancelled"), ("Gast 2", "confirmed")]


def test_where_not_all_would_fit_it_stays_a_draft_and_nobody_is_told():
    found = row(count=2, joining=Joining.WHOLE)
    for number in (1, 2):
        register(found, guest_number=number)
    event = add(found)
    events.set_places(event=event, pools=[Places(chairs=1, pool=event.pools.get())], by=BY)
    due = added.due(Event.objects.get(pk=event.pk))
    assert [one.registration.name for one in due.coming] == ["Gast 1"]
    assert [one.name for one in due.missing] == ["Gast 2"]
    letters = Letter.objects.count()
    with pytest.raises(DomainError) as refused:
        publish(event)
    assert refused.value.code == "whole_does_not_fit"
    assert not work(event.draft.uuid).is_public
    assert (at(event), Letter.objects.count()) == ([], letters)
    done = crossing.publish(events=[event], by=BY)
    assert [code for _event, code in done.refused] == ["whole_does_not_fit"]
    events.set_places(event=event, pools=[Places(chairs=2, pool=event.pools.get())], by=BY)
    assert len(publish(event).added) == 2


def test_an_address_nobody_confirmed_comes_along_and_one_click_confirms_it():
    found = row(count=2, joining=Joining.WHOLE, opt_in=True)
    first = register(found).registrations[0]
    event = add(found)
    publish(event)
    assert at(event) == [("Gast 1", "pending")]
    assert Letter.objects.count() == 1
    whole_series.confirm(registration=first, by=LINK)
    assert at(event) == [("Gast 1", "confirmed")]


def test_who_left_out_a_date_that_is_open_does_not_have_the_whole():
    found = row(count=3, joining=Joining.WHOLE)
    register(found, 0, 1, by=BY)
    event = add(found, THIRD + WEEK)
    publish(event)
    assert at(event) == []


def test_who_gave_one_date_back_still_has_the_whole():
    found = row(count=2, joining=Joining.WHOLE)
    first = register(found).registrations[0]
    registrations.cancel(registration=first, by=LINK)
    event = add(found)
    publish(event)
    assert at(event) == [("Gast 1", "confirmed")]


def test_who_gave_all_back_is_left_alone():
    found = row(count=2, joining=Joining.WHOLE)
    whole_series.cancel_rest(registration=register(found).registrations[0], by=LINK)
    event = add(found)
    publish(event)
    assert at(event) == []


def test_who_is_registered_for_the_date_by_telephone_already_stays_as_they_are():
    found = row(count=2, joining=Joining.WHOLE)
    register(found)
    event = add(found)
    Registration.objects.create(
        event=event,
        pool=event.pools.get(),
        submission=uuid.uuid4(),
        state=State.CONFIRMED,
        places=1,
        name="Gast 1",
        email="gast1@firma.example",
        by=str(BY),
    )
    publish(event)
    assert at(event) == [("Gast 1", "confirmed")]


def test_in_a_series_where_one_chooses_nobody_comes_along():
    found = row(count=2, joining=Joining.CHOICE)
    register(found)
    event = add(found)
    publish(event)
    assert at(event) == []


def test_who_has_no_address_is_called():
    found = row(count=2, joining=Joining.WHOLE)
    register(found, by=BY, email="", phone="0391 4090 1234")
    event = add(found)
    publish(event)
    (call,) = hosting.calls(Registration.objects.filter(event=event))
    assert "weiterer Termin" in call.letter.text


def test_answers_to_the_same_question_come_along():
    found = row(count=2, joining=Joining.WHOLE)
    for held in found.dates:
        asked = [Asked(kind="text", label=translated("Was essen Sie nicht?"))]
        questions.set_all(event=held.event, asked=asked, by=BY)
    keys = {str(question.uuid): "Nüsse" for held in found.dates for question in held.event.questions.all()}
    register(found, answers=keys)
    event = add(found)
    publish(event)
    assert Registration.objects.get(event=event).answers == {str(event.questions.get().uuid): "Nüsse"}


def test_who_would_come_along_is_read_in_as_many_statements_for_ten_guests_as_for_one():
    def cost(found) -> int:
        rows = [Event.objects.get(pk=add(found, THIRD + number * WEEK).pk) for number in range(2)]
        with CaptureQueriesContext(connection) as asked:
            added.due_at(found.series, rows)
        return len(asked)

    one = row(count=2, joining=Joining.WHOLE, places=20)
    register(one, by=VISITOR)
    many = in_a_row.row(count=2, joining=Joining.WHOLE, places=20, centre=one.centre)
    for number in range(10):
        register(many, guest_number=number + 10)
    assert cost(one) == cost(many) <= 6
