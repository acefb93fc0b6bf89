"""Lists of who was there online: whose a row is, how long is enough, and that a second time changes nothing."""

import time

import pytest

from tests.contact_point import BY, world
from tests.events import gatherings
from wegweiser.crossings import attendance
from wegweiser.events import presence
from wegweiser.events.actions import door, presence_lists
from wegweiser.events.models import PresenceList, PresenceRow, Registration, Seat
from wegweiser.journey.models import Step
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
LIST = """Name;E-Mail;Minuten
Gast 1;;70
Petra;gast2@firma.example;50
Gast 2;;15
Gast 3;;59
Uwe Neu;uwe@neu.example;90
Technik;;120
"""


@pytest.fixture
def here(db):
    with clock.stopped_at(clock.now()):
        yield gatherings.of_today(world().lead, guests=4)


def seat(number):
    return Seat.objects.get(registration__email=f"gast{number}@firma.example")


def row(name):
    return PresenceRow.objects.get(name=name)


def settled(here):
    return attendance.take_list(presence_list=PresenceList.objects.get(), by=BY)


def test_rows_of_guests_who_are_certain_are_theirs_and_others_wait(here):
    gatherings.online_list(here, LIST)
    assert [row.whose for row in PresenceRow.objects.order_by("name")] == ["guest", "guest", "guest", "guest", "", ""]


def test_two_names_of_one_guest_are_added_and_who_was_there_too_briefly_was_absent(here):
    gatherings.online_list(here, LIST)
    settled(here)
    assert [(seat(n).presence, seat(n).minutes) for n in (1, 2, 3, 4)] == [
        ("attended", 70),
        ("attended", 65),
        ("absent", 59),
        ("", None),
    ]


def test_the_share_that_counts_is_set_per_event(here):
    gatherings.online_list(here, LIST)
    presence_lists.set_least_share(event=here.event, share=49, by=BY)
    settled(here)
    assert seat(3).presence == "attended"
    with pytest.raises(DomainError):
        presence_lists.set_least_share(event=here.event, share=0, by=BY)


def test_the_same_file_is_one_list_and_taking_it_over_twice_changes_nothing(here):
    first = gatherings.online_list(here, LIST)
    assert gatherings.online_list(here, LIST) == first
    presence_lists.decide(row=row("Uwe Neu"), whose="new", by=BY)
    presence_lists.decide(row=row("Technik"), whose="nobody", by=BY)
    attendance.settle(event=here.event, by=BY)
    settled(here)
    settled(here)
    assert Registration.objects.filter(email="uwe@neu.example").count() == 1
    assert sorted(step.measures["participants"] for step in Step.objects.filter(reverses=None)) == [1, 1, 1]
    assert presence.tally(here.event) == presence.Tally(attended=3, absent=2, open=0)


def test_who_was_seen_at_the_door_stays_there_whatever_the_list_says(here):
    door.check_in(seat=seat(3), entry=seat(3).uuid, by=BY)
    gatherings.online_list(here, LIST)
    settled(here)
    assert (seat(3).presence, seat(3).minutes) == ("attended", 59)


def test_a_row_belongs_to_no_guest_of_another_event(here):
    gatherings.online_list(here, LIST)
    elsewhere = gatherings.of_today(here.event.draft.partner, guests=0)
    stranger = gatherings.register(elsewhere, name="Fremd", email="f@f.example").seats.get()
    with pytest.raises(DomainError) as error:
        presence_lists.decide(row=row("Technik"), whose="guest", seat=stranger, by=BY)
    assert error.value.code == "seat_unknown"


def test_erasing_a_row_keeps_its_minutes(here):
    gatherings.online_list(here, LIST)
    presence_lists.erase(row=row("Uwe Neu"), by=BY)
    assert PresenceRow.objects.filter(name="", email="", minutes=90).count() == 1


def test_who_is_erased_is_erased_in_the_lists_too(here):
    gatherings.online_list(here, LIST)
    erasure.erase(items=erasure.plan_of("gast1@firma.example", day=clock.today()), by=BY)
    assert not PresenceRow.objects.filter(name="Gast 1").exists()
    assert PresenceRow.objects.filter(name="Gast 3").exists()


def test_a_list_of_a_thousand_is_read_and_taken_over_in_seconds(here):
    """Measured alone: under three seconds of CPU; the bound leaves room for a machine under load."""
    rows = [Registration(**_thousand(here, number)) for number in range(1000)]
    Registration.objects.bulk_create(rows)
    made = Registration.objects.filter(name__startswith="Viele ")
    Seat.objects.bulk_create([Seat(registration=one, position=1, name=one.name) for one in made])
    text = "Name;Minuten\n" + "".join(f"Viele {number};90\n" for number in range(1000))
    began = time.process_time()
    gatherings.online_list(here, text)
    settled(here)
    spent = time.process_time() - began
    assert presence.tally(here.event).attended == 1000
    assert spent < 10


def _thousand(here, number):
    return {
        "event": here.event,
        "pool": here.pool,
        "submission": f"00000000-0000-4000-9000-{number:012}",
        "state": "confirmed",
        "places": 1,
        "name": f"Viele {number}",
        "by": str(BY),
    }
