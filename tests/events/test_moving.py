"""What goes along when an event moves, and who hears of what: nobody of a change that does not concern them."""

import datetime as dt
import uuid

import pytest

from tests.contact_point import BY, MONDAY
from tests.contact_point import world as centre
from tests.events.world import ENDS, STARTS, guest, held, published, register
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import work
from wegweiser.events import moves, queries
from wegweiser.events.actions import events, registrations
from wegweiser.events.actions import notices as sending
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Event, Registration, State, Way
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter

pytestmark = pytest.mark.django_db
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _monday():
    with clock.stopped_at(MONDAY):
        yield


def of(number: int) -> Registration:
    return Registration.objects.get(email=f"gast{number}@firma.example")


def told(**given) -> list[tuple[str, str]]:
    """(to whom, what) of all letters since the confirmations."""
    rows = Letter.objects.filter(**given).exclude(subject__startswith="Sie sind angemeldet").order_by("id")
    return [(row.recipient_mail.split("@")[0], row.subject.split(":")[0].split(" 1")[0]) for row in rows]


def write(draft, **changes) -> None:
    found = work(draft.uuid)
    drafts.write(uuid=draft.uuid, seen=found.stamp, content={**found.content, **changes}, by=BY)


def publish(draft, **changes) -> bool:
    """Change the offer; tells whether guests were told."""
    write(draft, **changes)
    drafts.publish(uuid=draft.uuid, seen=work(draft.uuid).stamp, by=BY)
    return events.follow(event=Event.objects.get(draft=draft), by=BY)


def move(draft, by: dt.timedelta) -> bool:
    return publish(draft, starts_at=(STARTS + by).isoformat(), ends_at=(ENDS + by).isoformat())


def hybrid(**settings) -> Event:
    """Guest 1 comes, guest 2 takes part online."""
    draft = published(centre())
    pools = [
        Places(chairs=5, label=translated("Vor Ort", "On site")),
        Places(chairs=5, way=Way.ONLINE, label=translated("Online", "Online")),
    ]
    event = events.open_registration(draft=draft, pools=pools, settings=settings, by=BY)
    for number, pool in enumerate(event.pools.all(), start=1):
        registrations.register(event=event, pool=pool, submission=uuid.uuid4(), guest=guest(number), by=VISITOR)
    return event


def consultation(hours: int = 6, **settings) -> Event:
    """A day of talks of 45 minutes, one an hour."""
    draft = published(centre(), ends_at=(STARTS + hours * HOUR).isoformat())
    talks = [(STARTS + n * HOUR, STARTS + n * HOUR + dt.timedelta(minutes=45)) for n in range(hours)]
    pools = [
        Places(chairs=1, label=translated("Gespräch", "Talk"), starts_at=starts, ends_at=ends) for starts, ends in talks
    ]
    return events.open_registration(draft=draft, pools=pools, settings=settings, by=BY)


# --- What goes along ----------------------------------------------------------------------------------------------


def test_the_time_to_register_goes_along_by_the_clock_on_the_wall():
    world = held(opens_at=MONDAY + DAY, closes_at=STARTS - DAY)
    summer = 30 * DAY - HOUR  # ten o'clock again
    move(world.draft, summer)
    event = Event.objects.get()
    assert (event.opens_at, event.closes_at) == (MONDAY + DAY + summer, STARTS - DAY + summer)
    with clock.stopped_at(STARTS + DAY):
        assert queries.closed_because(Event.objects.get()) == "registration_not_open_yet"


def test_a_registration_that_is_open_stays_open():
    world = held(opens_at=MONDAY - DAY, closes_at=STARTS - DAY)
    move(world.draft, 7 * DAY)
    event = Event.objects.get()
    assert event.opens_at == MONDAY - DAY
    assert event.closes_at == STARTS + 6 * DAY


def test_what_was_set_for_the_new_day_already_stays():
    world = held()
    write(world.draft, starts_at=(STARTS + 7 * DAY).isoformat(), ends_at=(ENDS + 7 * DAY).isoformat())
    events.change(event=world.event, settings={"closes_at": STARTS + 5 * DAY}, by=BY)
    move(world.draft, 7 * DAY)
    assert Event.objects.get().closes_at == STARTS + 5 * DAY


def test_nobody_registers_after_it_is_over():
    world = held()
    for closes in (ENDS + DAY, clock.at(clock.local(ENDS).date() + DAY)):
        with pytest.raises(DomainError) as refusal:
            events.change(event=world.event, settings={"closes_at": closes}, by=BY)
        assert (refusal.value.code, refusal.value.field) == ("closes_too_late", "closes_at")
    last = clock.at(clock.local(ENDS).date(), dt.time(23, 59))
    assert events.change(event=world.event, settings={"closes_at": last}, by=BY).closes_at == last


def test_the_page_before_publishing_says_so():
    world = held(closes_at=STARTS - DAY)
    register(world, 1)
    write(world.draft, starts_at=(STARTS + 7 * DAY).isoformat(), ends_at=(ENDS + 7 * DAY).isoformat())
    found = moves.pending(Event.objects.get(), work(world.draft.uuid))
    assert found.before["closes_at"] == (STARTS - DAY).isoformat()
    assert dt.datetime.fromisoformat(found.after["closes_at"]) == STARTS + 6 * DAY


def test_no_offer_is_open_longer_than_until_the_new_beginning():
    world = held(places=1, offer_hours=24 * 6)
    register(world, 1)
    register(world, 2)
    registrations.cancel(registration=of(1), by=BY)
    move(world.draft, -5 * DAY)
    assert of(2).until == STARTS - 5 * DAY


# --- A consultation day -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("offer_hours", "state"), [(0, State.CONFIRMED), (24, State.OFFERED)])
def test_a_talk_in_the_afternoon_is_given_on_while_the_first_ones_are_held(offer_hours, state):
    event = consultation(offer_hours=offer_hours)
    last = event.pools.last()
    for number in (1, 2):
        registrations.register(event=event, pool=last, submission=uuid.uuid4(), guest=guest(number), by=VISITOR)
    with clock.stopped_at(STARTS + HOUR):
        registrations.cancel(registration=of(1), by=VISITOR)
    assert of(2).state == state
    assert of(2).until in {None, last.starts_at}


def test_a_talk_that_has_begun_is_not_given_on():
    event = consultation(offer_hours=0)
    first = event.pools.first()
    for number in (1, 2):
        registrations.register(event=event, pool=first, submission=uuid.uuid4(), guest=guest(number), by=VISITOR)
    with clock.stopped_at(STARTS):
        registrations.cancel(registration=of(1), by=VISITOR)
    assert of(2).state == State.WAITING


def test_of_a_later_end_of_the_day_nobody_with_a_talk_is_told():
    event = consultation()
    registrations.register(event=event, pool=event.pools.first(), submission=uuid.uuid4(), guest=guest(1), by=VISITOR)
    publish(event.draft, ends_at=(STARTS + 8 * HOUR).isoformat())
    assert told() == []


# --- Who hears of what --------------------------------------------------------------------------------------------


def test_another_room_is_told_only_to_those_who_come():
    event = hybrid(room="A1")
    with clock.stopped_at(MONDAY + HOUR):
        events.change(event=event, settings={"room": "B2"}, by=BY)
        events.follow(event=event, by=BY)
    assert told() == [("gast1", "Geändert")]
    assert not queries.moved_since(of(2))
    assert queries.moved_since(of(1))


def test_another_end_is_told_with_both():
    world = held()
    register(world, 1)
    publish(world.draft, ends_at=(ENDS + HOUR).isoformat())
    letter = Letter.objects.order_by("id").last()
    assert "10:00 bis 13:00 Uhr (bisher: Montag, 9. März 2026, 10:00 bis 12:00 Uhr)" in letter.text


def test_another_day_stands_in_the_subject_and_first_with_a_way_to_cancel():
    world = held(places=1)
    register(world, 1)
    register(world, 2)
    move(world.draft, 7 * DAY)
    comes, waits = Letter.objects.filter(subject__startswith="Neuer Termin").order_by("id")
    assert comes.subject == "Neuer Termin 16. März 2026, bisher 9. März 2026: Aufträge im Blick"
    first = comes.text.split("\n\n")[1]
    assert "bisher Montag, 9. März 2026, 10:00 bis 12:00 Uhr, jetzt Montag, 16. März 2026" in first
    assert "Ihre Anmeldung gilt weiter." in first
    assert "sagen Sie bitte über diesen Link ab:\nhttp" in first
    assert comes.text.count("/anmeldung/") == 1
    assert "Sie stehen weiter auf der Warteliste." in waits.text
    assert "gilt weiter" not in waits.text


def test_another_link_is_told_only_to_those_who_take_part_by_it():
    event = hybrid(join_link="https://treffen.example/1")
    events.change(event=event, settings={"join_link": "https://treffen.example/2"}, by=BY)
    assert events.follow(event=event, by=BY)
    assert told() == [("gast2", "Geändert")]
    letter = Letter.objects.order_by("id").last()
    assert "https://treffen.example/2 (neuer Link" in letter.text
    assert "LOCATION:https://treffen.example/2" in letter.calendar
    assert "SEQUENCE:2" in letter.calendar


def test_the_first_link_comes_with_the_reminder_and_after_it_at_once():
    event = hybrid()
    events.change(event=event, settings={"join_link": "https://treffen.example/1"}, by=BY)
    assert not events.follow(event=event, by=BY)
    assert told() == []
    events.change(event=event, settings={"join_link": ""}, by=BY)
    assert not events.follow(event=event, by=BY)
    with clock.stopped_at(STARTS - DAY):
        sending.send_due(by=BY)
        before = told()
        events.change(event=event, settings={"join_link": "https://treffen.example/2"}, by=BY)
        assert events.follow(event=event, by=BY)
    assert told() == [*before, ("gast2", "Geändert")]


def test_what_was_told_before_links_were_kept_counts_as_known():
    event = hybrid(join_link="https://treffen.example/1")
    stored = {key: value for key, value in event.told.items() if key != "join"}
    Event.objects.update(told=stored)
    assert events.follow_all(by=BY) == 0
    assert told() == []
    assert Event.objects.get().told == queries.told_now(event)


def test_the_page_before_publishing_counts_and_shows_whom_it_concerns():
    event = hybrid(room="A1")
    write(event.draft, place="Stendal, Markt 1")
    found = moves.pending(Event.objects.select_related("draft__entry").get(), work(event.draft.uuid))
    assert (found.by_mail, found.by_call) == (1, 0)
    assert "Stendal, Markt 1, A1 (bisher: Halle, Marktplatz 1, A1)" in found.letter.text
    registrations.cancel(registration=of(1), by=BY)
    assert moves.pending(Event.objects.select_related("draft__entry").get(), work(event.draft.uuid)) is None
