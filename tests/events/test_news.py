"""All guests of a change: a few hear of it at once, many from the worker, each of them once."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contact_point import BY, MONDAY
from tests.events import world
from tests.events.test_growth import fill
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import work
from wegweiser.events import hosting
from wegweiser.events.actions import events, news, registrations
from wegweiser.events.models import Event, News, Registration, State
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

pytestmark = pytest.mark.django_db
MANY = 120  # two portions and a bit


@pytest.fixture(autouse=True)
def monday():
    with clock.stopped_at(MONDAY):
        yield


@pytest.fixture
def held():
    found = world.held(places=600)
    fill(found, MANY, State.CONFIRMED)
    return found


def move(held, **changes):
    found = work(held.draft.uuid)
    drafts.write(uuid=held.draft.uuid, seen=found.stamp, content={**found.content, **changes}, by=BY)
    drafts.publish(uuid=held.draft.uuid, seen=work(held.draft.uuid).stamp, by=BY)
    events.follow(event=Event.objects.get(pk=held.event.pk), by=BY)


def told(**given) -> list[str]:
    return list(Letter.objects.filter(**given).order_by("id").values_list("recipient_mail", flat=True))


def mails(*numbers: int) -> list[str]:
    return [f"gast{number}@firma.example" for number in numbers]


def portion() -> None:
    assert news.tell_next(most=1, by=BY) == news.PORTION


def test_a_few_hear_of_it_in_the_transaction_of_the_change():
    held = world.held(places=50)
    fill(held, hosting.AT_ONCE, State.CONFIRMED)
    events.cancel(event=held.event, reason="Krank.", by=BY)
    assert len(told()) == hosting.AT_ONCE
    assert News.objects.get().ended_at
    assert hosting.being_told(held.event) is None


def test_many_hear_of_it_from_the_worker_in_the_order_they_registered(held):
    events.cancel(event=held.event, reason="Krank.", by=BY)
    assert told() == []
    assert Event.objects.get().is_cancelled
    portion()
    assert told() == mails(*range(news.PORTION))
    found = hosting.being_told(held.event)
    assert (found.told, found.guests, found.ended_at) == (news.PORTION, MANY, None)
    assert news.tell_next(by=BY) == MANY - news.PORTION
    assert told() == mails(*range(MANY))
    assert news.tell_next(by=BY) == 0
    assert hosting.being_told(held.event).ended_at


def test_a_run_leaves_the_rest_to_the_next(held):
    events.cancel(event=held.event, reason="Krank.", by=BY)
    assert news.tell_next(most=60, by=BY) == 2 * news.PORTION
    assert news.tell_next(by=BY) == MANY - 2 * news.PORTION


@pytest.mark.parametrize("count", [hosting.AT_ONCE + 1, 400])
def test_a_change_costs_the_desk_no_more_with_many_than_with_few(count):
    held = world.held(places=600)
    fill(held, count, State.CONFIRMED)
    with CaptureQueriesContext(connection) as found:
        events.cancel(event=held.event, reason="Krank.", by=BY)
    assert len(found) <= 15, "\n".join(row["sql"][:90] for row in found)


def test_a_portion_takes_few_statements(held):
    events.cancel(event=held.event, reason="Krank.", by=BY)
    with CaptureQueriesContext(connection) as found:
        portion()
    assert len(found) < news.PORTION / 2, "\n".join(row["sql"][:90] for row in found)


def test_who_gives_the_place_back_meanwhile_hears_nothing(held):
    events.cancel(event=held.event, reason="Krank.", by=BY)
    portion()
    last = Registration.objects.order_by("pk").last()
    registrations.cancel(registration=last, tell=False, by=BY)
    news.tell_next(by=BY)
    assert told() == mails(*range(MANY - 1))


def test_who_registers_meanwhile_knows_already(held):
    move(held, place="Stendal, Markt 1")
    portion()
    world.register(held, 900)
    news.tell_next(by=BY)
    moved = Letter.objects.filter(subject__startswith="Geändert")
    assert moved.count() == MANY
    assert told(recipient_mail="gast900@firma.example", subject__startswith="Geändert") == []


def test_a_second_change_overtakes_the_first_for_those_it_has_not_reached(held):
    move(held, place="Stendal, Markt 1")
    portion()
    move(held, place="Dessau, Ring 2")
    news.tell_next(by=BY)
    of_first = Letter.objects.filter(recipient_mail="gast0@firma.example").order_by("id")
    assert "Dessau, Ring 2 (bisher: Stendal, Markt 1)" in of_first[1].text
    of_last = Letter.objects.get(recipient_mail=f"gast{MANY - 1}@firma.example")
    assert "Dessau, Ring 2 (bisher: Halle, Marktplatz 1)" in of_last.text
    assert Letter.objects.count() == news.PORTION + MANY


def test_who_never_heard_that_it_moved_hears_nothing_when_it_moves_back(held):
    move(held, place="Stendal, Markt 1")
    portion()
    move(held, place="Halle, Marktplatz 1")
    news.tell_next(by=BY)
    assert told() == mails(*range(news.PORTION), *range(news.PORTION))


def test_who_did_not_hear_that_it_moved_hears_when_it_would_have_been_that_it_is_off(held):
    move(held, place="Stendal, Markt 1")
    events.cancel(event=held.event, reason="Krank.", by=BY)
    news.tell_next(by=BY)
    assert Letter.objects.count() == MANY
    assert Letter.objects.filter(subject__startswith="Abgesagt").count() == MANY


def test_once_it_has_begun_nobody_hears_that_it_moved(held):
    move(held, place="Stendal, Markt 1")
    with clock.stopped_at(world.STARTS + dt.timedelta(minutes=1)):
        assert news.tell_next(by=BY) == 0
    assert News.objects.get().ended_at


def test_who_has_not_heard_yet_sees_it_on_their_own_page(client, held):
    found = world.register(held, 900)
    events.cancel(event=held.event, reason="Krank.", by=BY)
    assert told(subject__startswith="Abgesagt") == []
    page = client.get(f"/anmeldung/{found.secret}/")
    assert "Diese Veranstaltung fällt aus" in page.content.decode()
