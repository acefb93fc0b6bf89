"""Who is named by a colleague is forgotten on their own, and an event that was never public goes with all it has."""

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import world
from tests.events.world import ENDS, register
from wegweiser.crossings import attendance
from wegweiser.events.actions import arranging, presence_lists, seats, signed_lists
from wegweiser.events.actions import materials as actions
from wegweiser.events.models import Event, PresenceRow, Seat, SignedList
from wegweiser.files import uploading
from wegweiser.files.models import Upload
from wegweiser.kernel import audit, clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    with clock.stopped_at(MONDAY):
        found = world.held(places=5)
        register(found, places=2, names=["Gast 1", "Klaus Kollege"])
    return found


def test_a_colleague_is_forgotten_also_in_lists_and_whether_they_came_stays(here):
    seat = Seat.objects.get(name="Klaus Kollege")
    with clock.stopped_at(ENDS):
        data = b"Name;Minuten\nKlaus Kollege;100\nGast 1;90\n"
        kept = presence_lists.read(event=here.event, name="l.csv", data=data, by=BY)
        attendance.take_list(presence_list=kept, by=BY)
        seats.forget(seat=seat, by=BY)
    seat.refresh_from_db()
    assert (seat.name, seat.presence, seat.minutes) == ("", "attended", 100)
    assert sorted(PresenceRow.objects.values_list("name", flat=True)) == ["", "Gast 1"]
    assert Seat.objects.get(position=1).name == "Gast 1"
    assert audit.last(seat).event == "seat:erased"


def test_forgetting_twice_is_once(here):
    seat = Seat.objects.get(name="Klaus Kollege")
    seats.forget(seat=seat, by=BY)
    before = audit.last(seat)
    seats.forget(seat=seat, by=BY)
    assert audit.last(seat) == before


def test_what_was_never_used_goes_with_its_lists_scans_and_files():
    with clock.stopped_at(MONDAY):
        here = world.held(places=5)
        pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
        ready = uploading.prepare(name="Folien.pdf", declared_type="application/pdf", data=pdf)
        actions.add(event=here.event, prepared=[ready], by=BY)
        signed_lists.keep(event=here.event, prepared=ready, by=BY)
    with clock.stopped_at(ENDS):
        presence_lists.read(event=here.event, name="l.csv", data=b"Name;Minuten\nUwe;9\n", by=BY)
        arranging.close(event=here.event, by=BY)
    assert not Event.objects.exists()
    assert not SignedList.objects.exists()
    assert not Upload.objects.exists()
