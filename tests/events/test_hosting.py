"""What those who hold events read: how full, who waits, whom to call, and what guests would hear."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from tests import contact_point
from tests.contact_point import BY
from tests.events import world
from wegweiser.accounts.actions import users
from wegweiser.catalogue.actions import drafts as writing
from wegweiser.catalogue.drafts import work
from wegweiser.consortium.rights import Extent
from wegweiser.events import figures, hosting, moves
from wegweiser.events.actions import attendance, calls, events, line, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Event, Registration, Seat, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.models import Letter

SYSTEM = Actor.system("test")


@pytest.fixture(autouse=True)
def monday(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield


@pytest.fixture
def staff():
    return Actor.staff(users.create(email="anna@centre.example", name="Anna", by=BY).uuid)


def test_an_event_is_counted_over_all_its_pools_in_two_statements():
    held = world.held(places=2)
    events.set_places(event=held.event, pools=[Places(chairs=2, pool=held.pool), Places(chairs=3, beyond=1)], by=BY)
    first = held.event.pools.first()
    registrations.register(
        event=held.event, pool=first, submission=world.uuid.uuid4(), guest=world.guest(1, places=2), by=BY
    )
    registrations.register(event=held.event, pool=first, submission=world.uuid.uuid4(), guest=world.guest(2), by=BY)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = hosting.numbers([held.event])[held.event.pk]
    assert (found.capacity, found.chairs, found.taken, found.waiting, found.free) == (6, 5, 2, 1, 4)
    assert found.percent == 33
    assert len(queries) == 2
    assert [row.taken for row in hosting.counted(held.event.pools.all())] == [2, 0]


def test_a_place_offered_is_reserved():
    held = world.held(places=1, offer_hours=24)
    first = world.register(held, 1).registration
    world.register(held, 2)
    registrations.cancel(registration=first, by=BY)
    (room,) = hosting.counted(held.event.pools.all())
    assert (room.confirmed, room.offered, room.reserved, room.free, room.waiting) == (0, 1, 1, 0, 0)


def test_guests_are_found_by_name_firm_and_the_names_of_those_they_bring():
    held = world.held(places=9)
    world.register(held, 1, name="Jana Öl", firm="Fräserei")
    world.register(held, 2, name="Uwe", firm="Druck", places=2, names=["Uwe", "Petra Klein"])

    def found(**asked):
        return [row.name for row in hosting.guests(held.event, order="name", **asked)]

    assert found() == ["Jana Öl", "Uwe"]
    assert found(text="fräs") == ["Jana Öl"]
    assert found(text="klein petra") == ["Uwe"]
    assert found(text="jana druck") == []
    assert found(group="warteliste") == []
    assert found(group="angemeldet", pool=held.pool) == ["Jana Öl", "Uwe"]
    assert found(group="unsinn") == ["Jana Öl", "Uwe"]


@pytest.mark.parametrize("text", ["uwe@müller", "Müller", "mail@MÜLLER.example", "xn--mller-kva.example", "mail@xn--m"])
def test_guests_are_found_by_a_part_of_their_address_as_people_write_it(text):
    held = world.held(places=9)
    world.register(held, 1, name="Uwe", email="uwe@müller.example")
    world.register(held, 2, name="Eva", email="mail@müller.example")
    world.register(held, 3, name="Jana", email="mail@mueller.example")
    expected = {"uwe@müller": ["Uwe"], "Müller": ["Eva", "Uwe"], "xn--mller-kva.example": ["Eva", "Uwe"]}
    found = hosting.guests(held.event, order="name", text=text)
    assert [row.name for row in found] == expected.get(text, ["Eva"])


def test_the_line_is_listed_as_it_moves_up():
    held = world.held(places=1)
    rows = [world.register(held, number).registration for number in (1, 2, 3)]
    line.prefer(registration=rows[2], reason="Wohnt im Ausland", by=BY)
    assert [row.pk for row in hosting.lines(held.event)] == [rows[2].pk, rows[1].pk]
    assert not hosting.moved_up(held.event)
    registrations.cancel(registration=rows[0], by=BY)
    rows[2].refresh_from_db()
    registrations.accept(registration=rows[2], by=BY)
    assert [row.pk for row in hosting.moved_up(held.event)] == [rows[2].pk]


def test_who_holds_an_event_is_its_partner_or_its_contact():
    held = world.held()
    centre = held.centre

    def seen(partners=(), member=centre.anna, assigned=False, everywhere=False):
        reach = Extent(everywhere=everywhere, partners=frozenset(row.pk for row in partners), assigned=assigned)
        return Event.objects.filter(hosting.within(reach, member)).exists()

    assert seen(everywhere=True)
    assert seen([centre.other])
    assert not seen([centre.lead])
    assert seen(member=centre.ben, assigned=True)
    assert not seen(member=centre.anna, assigned=True)


def test_who_has_no_mail_address_is_called_until_somebody_did(staff):
    held = world.held(places=1)
    first = world.register(held, 1).registration
    world.register(held, 2, by=staff, email="", phone="0391 5550123")
    everybody = Registration.objects.filter(event=held.event)
    assert hosting.calls(everybody) == [], "what was said at once needs no call"
    registrations.cancel(registration=first, by=BY)
    (call,) = hosting.calls(everybody)
    assert (call.registration.name, call.registration.state) == ("Gast 2", State.OFFERED)
    assert hosting.call_counts([held.event]) == {held.event.pk: 1}
    assert list(hosting.calls_ahead(hosting.ahead())) == list(everybody)
    assert calls.called(registration=call.registration, by=staff) == 1
    assert hosting.calls(everybody) == []
    assert calls.called(registration=call.registration, by=staff) == 0


def test_accepting_on_the_telephone_is_the_call(staff):
    held = world.held(places=1)
    first = world.register(held, 1).registration
    second = world.register(held, 2, by=staff, email="").registration
    registrations.cancel(registration=first, by=BY)
    row = calls.act(registration=second, verb="accept", by=staff)
    assert row.state == State.CONFIRMED
    assert not hosting.calls(Registration.objects.filter(event=held.event))


def test_nobody_is_called_for_what_is_over(staff):
    held = world.held(places=1)
    first = world.register(held, 1).registration
    world.register(held, 2, by=staff, email="")
    registrations.cancel(registration=first, by=BY)
    with clock.stopped_at(world.ENDS + dt.timedelta(minutes=1)):
        assert not hosting.calls(hosting.calls_ahead(hosting.ahead()))


def move(held, **changes):
    found = work(held.draft.uuid)
    writing.write(uuid=held.draft.uuid, seen=found.stamp, content={**found.content, **changes}, by=BY)
    return moves.pending(held.event, work(held.draft.uuid))


def test_what_guests_would_hear_is_known_before_it_is_published(staff):
    held = world.held()
    assert move(held, place="Dessau") is None, "nobody is registered"
    world.register(held)
    world.register(held, 2, by=staff, email="")
    letters = Letter.objects.count()
    found = move(held, place="Stendal, Markt 1")
    assert (found.by_mail, found.by_call, found.told) == (1, 1, 2)
    assert (found.before["place"], found.after["place"]) == ("Halle, Marktplatz 1", "Stendal, Markt 1")
    assert "Stendal, Markt 1 (bisher: Halle, Marktplatz 1)" in found.letter.text
    assert Letter.objects.count() == letters
    assert Event.objects.get().told["place"] == "Halle, Marktplatz 1"
    assert move(held, place="Halle, Marktplatz 1", title={"de": "Neu"}) is None, "a title alone is told to nobody"


def test_the_mail_of_a_cancellation_is_seen_before_it_goes_out():
    held = world.held()
    world.register(held)
    found = moves.off(held.event, "Die Referentin ist krank.")
    assert found.told == 1
    assert "Die Referentin ist krank." in found.letter.text
    assert not Event.objects.get().is_cancelled


def test_registered_attended_and_absent_stay_apart():
    held = world.held(places=9)
    rows = [world.register(held, number, places=2).registration for number in (1, 2, 3)]
    registrations.cancel(registration=rows[2], by=BY)
    with clock.stopped_at(world.STARTS + dt.timedelta(minutes=5)):
        attendance.arrive(seat=rows[0].seats.first(), by=BY)
        told = figures.turnouts([held.event])[held.event.pk]
        assert (told.registered, told.attended, told.absent, told.cancelled, told.open) == (4, 1, 0, 2, 3)
        assert told.no_show == 0
        attendance.settle(event=held.event, by=BY)
    told = figures.turnouts([held.event])[held.event.pk]
    assert (told.registered, told.attended, told.absent, told.open) == (4, 1, 3, 0)
    assert told.no_show == 0.75
    assert figures.Turnout().no_show is None
    assert (told + told).registered == 8


def test_how_far_ahead_people_register():
    held = world.held(places=9)
    world.register(held, 1)
    with clock.stopped_at(world.STARTS - dt.timedelta(hours=2)):
        Registration.objects.filter(pk=world.register(held, 2).registration.pk).update(recorded_at=clock.now())
    Registration.objects.filter(name="Gast 1").update(recorded_at=contact_point.MONDAY)
    assert figures.leads([Event.objects.select_related("draft").get()]) == (3.5, [1, 1, 0, 0, 0])
    assert figures.leads([]) == (None, [0, 0, 0, 0, 0])


def test_each_firm_that_came_counts_once_by_what_is_known_of_it():
    from tests.journey import builders  # here: it brings the whole journey along

    held = world.held(places=9)
    known, merged = builders.company("Fräserei", size="small"), builders.company("Fräserei alt")
    merged.canonical = known
    merged.save()
    rows = [world.register(held, number).registration for number in (1, 2, 3)]
    for row, company in zip(rows, (known, merged, None), strict=True):
        if company is not None:
            attendance.name_companies(firms={row.pk: company}, by=BY)
        with clock.stopped_at(world.STARTS):
            attendance.arrive(seat=row.seats.get(), by=BY)
    found = figures.firms([held.event], clock.today())
    assert (dict(found.size), dict(found.sector)) == ({"small": 1}, {"": 1})


def test_guests_are_found_and_sorted_without_accents_and_case():
    found = world.held(places=9)
    told = [("Jörg Özdemir", "Zünd AG"), ("adam Zorn", "Äpfel & Co"), ("Zoë Berg", "bau gmbh")]
    for number, (name, firm) in enumerate(told):
        world.register(found, number, name=name, firm=firm, email=f"Mail{number}@Firma.example")
    for text in ("özdemir", "OZDEMIR", "jorg zund", "mail0@firma.example"):
        assert [row.name for row in hosting.guests(found.event, text=text)] == ["Jörg Özdemir"]
    assert [row.name for row in hosting.guests(found.event, order="name")] == ["adam Zorn", "Jörg Özdemir", "Zoë Berg"]
    assert [row.firm for row in hosting.guests(found.event, order="betrieb")] == ["Äpfel & Co", "bau gmbh", "Zünd AG"]


def test_a_colleague_named_later_is_found_and_forgotten_with_the_others():
    found = world.held(places=9)
    row = world.register(found, 1, places=2, names=["Gast 1"]).registration
    registrations.change(registration=row, names=["Gast 1", "Åsa Öhman"], by=BY)
    assert list(hosting.guests(found.event, text="ohman")) == [row]
    registrations.erase(registration=row, by=BY)
    assert not hosting.guests(found.event, text="ohman").exists()
    assert not Registration.objects.exclude(sort_key="", firm_key="").exists()


def test_who_registered_before_there_were_keys_is_found_too():
    found = world.held(places=9)
    row = world.register(found, 1, name="Jörg Özdemir", firm="Zünd AG").registration
    Registration.objects.update(sort_key="", firm_key="")
    Seat.objects.update(sort_key="")
    modules = [import_module(one.__module__) for one in MigrationLoader(None).disk_migrations.values()]
    (migration,) = [one for one in modules if "events" in one.__name__ and hasattr(one, "write_keys")]
    migration.write_keys(apps, None)
    assert list(hosting.guests(found.event, text="ozdemir zund")) == [row]
    assert Seat.objects.get().sort_key == "jorg ozdemir"
