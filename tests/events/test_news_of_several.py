"""What one action changes at several dates of a series: one letter for each guest, whoever writes it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contact_point import BY, MONDAY
from tests.events import in_a_row, world
from tests.events.test_growth import fill
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import work
from wegweiser.crossings import event_texts
from wegweiser.crossings import series as crossing
from wegweiser.events import hosting
from wegweiser.events.actions import events, news, registrations, series
from wegweiser.events.models import Event, News, Registration, State
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

pytestmark = pytest.mark.django_db
MANY = 70


@pytest.fixture(autouse=True)
def monday():
    with clock.stopped_at(MONDAY):
        yield


def off(row, *numbers: int) -> None:
    chosen = [row.dates[number].event for number in numbers] or [held.event for held in row.dates]
    series.cancel(events=chosen, reason="Die Halle ist gesperrt.", by=BY)


def of(number: int, subject: str = "Abgesagt") -> list[Letter]:
    found = Letter.objects.filter(recipient_mail=f"gast{number}@firma.example", subject__startswith=subject)
    return list(found.order_by("id"))


def dates_in(letter: Letter) -> int:
    return letter.calendar.count("BEGIN:VEVENT")


def crowd(row, *numbers: int) -> None:
    for number in numbers:
        fill(row.dates[number], MANY, State.CONFIRMED, begin=0)


def test_a_guest_of_several_dates_hears_of_all_in_one_letter_with_one_calendar_file():
    row = in_a_row.row()
    in_a_row.register(row)
    off(row)
    (letter,) = of(1)
    assert letter.subject == "Abgesagt: Werkstattabende"
    assert letter.text.count("2026") == 3
    assert "Die Halle ist gesperrt." in letter.text
    assert (dates_in(letter), letter.calendar.count("STATUS:CANCELLED")) == (3, 3)


def test_who_registered_date_by_date_gets_one_letter_too():
    row = in_a_row.row()
    for held in row.dates[:2]:
        world.register(held, 1)
    world.register(row.dates[2], 2)
    off(row)
    assert [dates_in(letter) for letter in of(1)] == [2]
    (alone,) = of(2)
    assert alone.subject == "Abgesagt: Aufträge im Blick"
    assert "METHOD:CANCEL" in alone.calendar


def test_only_the_dates_that_are_off_stand_in_it():
    row = in_a_row.row()
    in_a_row.register(row)
    off(row, 0, 2)
    (letter,) = of(1)
    assert dates_in(letter) == 2


def test_two_names_at_one_address_get_one_letter_that_greets_neither():
    row = in_a_row.row(count=2)
    world.register(row.dates[0], 1, name="Erika Beispiel")
    world.register(row.dates[1], 1, name="Max Muster")
    off(row)
    (letter,) = of(1)
    assert "Erika" not in letter.text
    assert "Max" not in letter.text
    assert dates_in(letter) == 2


@pytest.mark.parametrize("place", [0, 1])
def test_one_address_in_two_spellings_of_its_domain_gets_one_letter(place):
    row = in_a_row.row(count=2)
    for number, mail in enumerate(("info@müller.example", "info@xn--mller-kva.example")):
        guest = world.register(row.dates[number if place else 1 - number], 1).registration
        Registration.objects.filter(pk=guest.pk).update(email=mail)
    off(row)
    assert Letter.objects.filter(subject__startswith="Abgesagt").count() == 1


def test_who_has_no_address_is_called_once_for_all_dates_of_one_form():
    row = in_a_row.row(count=2)
    in_a_row.register(row, by=BY, email="", phone="0391 4090 1234")
    off(row)
    calls = hosting.calls(Registration.objects.all())
    assert len(calls) == 1
    assert calls[0].letter.text.count("2026") == 2


def test_a_date_moved_with_the_others_is_told_in_one_letter_with_what_was_before():
    row = in_a_row.row()
    in_a_row.register(row)
    first = row.dates[0]
    content = {**work(first.draft.uuid).content, "place": "Stendal, Markt 1"}
    drafts.write(uuid=first.draft.uuid, seen=work(first.draft.uuid).stamp, content=content, by=BY)
    crossing.spread(
        event=first.event,
        parts=["text.place"],
        following=False,
        also=[(held.event.uuid, "text.place") for held in row.dates],
        within=[held.event.uuid for held in row.dates],
        publish=True,
        by=BY,
    )
    (letter,) = of(1, "Geändert")
    assert letter.text.count("Stendal, Markt 1 (bisher: Halle, Marktplatz 1)") == 3
    assert letter.text.count("/anmeldung/") == 1
    assert (dates_in(letter), letter.calendar.count("STATUS:CONFIRMED")) == (3, 3)
    assert "SEQUENCE:2" in letter.calendar


def test_registrations_of_several_forms_have_a_link_each_where_they_moved():
    row = in_a_row.row(count=2)
    for held in row.dates:
        world.register(held, 1)
    with news.as_one(by=BY):
        for held in row.dates:
            content = {**work(held.draft.uuid).content, "place": "Stendal, Markt 1"}
            drafts.write(uuid=held.draft.uuid, seen=work(held.draft.uuid).stamp, content=content, by=BY)
            event_texts.publish(uuid=held.draft.uuid, seen=work(held.draft.uuid).stamp, by=BY)
    (letter,) = of(1, "Geändert")
    assert letter.text.count("/anmeldung/") == 2


def test_one_event_called_off_alone_tells_as_before():
    row = in_a_row.row(count=2)
    in_a_row.register(row)
    for held in row.dates:
        events.cancel(event=held.event, reason="Sturm.", by=BY)
    assert len(of(1)) == 2


# --- In portions ---------------------------------------------------------------------------------------------------


def test_many_hear_of_several_dates_from_the_worker_once():
    row = in_a_row.row(places=600)
    crowd(row, 0, 1, 2)
    off(row)
    assert not Letter.objects.exists()
    news.tell_next(by=BY)
    assert Letter.objects.count() == MANY
    assert {dates_in(letter) for letter in Letter.objects.all()} == {3}
    assert [(row.told, row.ahead, row.ended_at is None) for row in News.objects.all()] == [(MANY, [], False)] * 3


def test_few_people_at_many_dates_hear_at_once():
    row = in_a_row.row(places=600)
    for held in row.dates:
        fill(held, hosting.AT_ONCE, State.CONFIRMED, begin=0)
    off(row)
    assert Letter.objects.count() == hosting.AT_ONCE


def test_who_gives_a_place_back_meanwhile_is_not_told_again_of_the_others():
    row = in_a_row.row(places=600, count=2)
    crowd(row, 0, 1)
    off(row)
    news.tell_next(most=1, by=BY)
    told = Registration.objects.get(event=row.dates[0].event, email="gast0@firma.example")
    registrations.cancel(registration=told, tell=False, by=BY)
    news.tell_next(by=BY)
    assert len(of(0)) == 1
    assert Letter.objects.count() == MANY


def test_a_later_change_counts_from_what_was_told_with_another_date():
    row = in_a_row.row(places=600, count=2)
    crowd(row, 0, 1)

    def move(place: str, *numbers: int) -> None:
        with news.as_one(by=BY):
            for number in numbers:
                draft = row.dates[number].draft
                content = {**work(draft.uuid).content, "place": place}
                drafts.write(uuid=draft.uuid, seen=work(draft.uuid).stamp, content=content, by=BY)
                drafts.publish(uuid=draft.uuid, seen=work(draft.uuid).stamp, by=BY)
                events.follow(event=Event.objects.get(pk=row.dates[number].event.pk), by=BY)

    move("Stendal, Markt 1", 0, 1)
    news.tell_next(most=1, by=BY)
    move("Dessau, Ring 2", 1)
    news.tell_next(by=BY)
    first, second = of(0, "Geändert")
    assert first.text.count("Stendal, Markt 1 (bisher: Halle, Marktplatz 1)") == 2
    assert "Dessau, Ring 2 (bisher: Stendal, Markt 1)" in second.text
    late = of(MANY - 1, "Geändert")
    assert ["Dessau, Ring 2 (bisher: Halle, Marktplatz 1)" in letter.text for letter in late] == [False, True]


def test_a_portion_of_several_dates_takes_few_statements():
    row = in_a_row.row(places=600)
    crowd(row, 0, 1, 2)
    off(row)
    with CaptureQueriesContext(connection) as found:
        assert news.tell_next(most=1, by=BY) == news.PORTION
    assert len(found) < 40, "\n".join(query["sql"][:90] for query in found)


def test_what_has_begun_is_not_told_as_moved_with_the_others():
    row = in_a_row.row(places=600, count=2)
    crowd(row, 0, 1)
    with news.as_one(by=BY):
        for held in row.dates:
            content = {**work(held.draft.uuid).content, "place": "Stendal, Markt 1"}
            drafts.write(uuid=held.draft.uuid, seen=work(held.draft.uuid).stamp, content=content, by=BY)
            drafts.publish(uuid=held.draft.uuid, seen=work(held.draft.uuid).stamp, by=BY)
            events.follow(event=Event.objects.get(pk=held.event.pk), by=BY)
    with clock.stopped_at(world.STARTS + dt.timedelta(minutes=1)):
        news.tell_next(by=BY)
    assert Letter.objects.count() == MANY
    assert {dates_in(letter) for letter in Letter.objects.all()} == {1}
