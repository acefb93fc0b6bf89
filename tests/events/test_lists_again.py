"""The same file of who was there online once more, and certificates of who has no place or is not done yet."""

import pytest

from tests.contact_point import BY, MONDAY
from tests.events.world import ENDS, STARTS, held, register
from wegweiser.crossings import attendance
from wegweiser.events import certificates
from wegweiser.events.actions import attendance as doors
from wegweiser.events.actions import certificates as actions
from wegweiser.events.actions import presence_lists, registrations
from wegweiser.events.models import Certificate, PresenceList, Seat
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
DATA = b"Name;Minuten;Netto\nGast 1;90;30\nUwe;50;20\n"


@pytest.fixture
def here():
    with clock.stopped_at(MONDAY):
        found = held(places=5)
        register(found)
    with clock.stopped_at(ENDS):
        yield found


def read(here, **columns: str) -> PresenceList:
    return presence_lists.read(event=here.event, name="liste.csv", data=DATA, columns=columns, by=BY)


def rows(found: PresenceList) -> list[tuple[str, int]]:
    return list(found.rows.values_list("name", "minutes"))


def test_with_the_right_columns_it_is_read_anew(here):
    first = read(here)
    assert rows(first) == [("Gast 1", 90), ("Uwe", 50)]
    assert rows(read(here, minutes="Netto")) == [("Gast 1", 30), ("Uwe", 20)]
    assert PresenceList.objects.count() == 1


def test_the_same_once_more_keeps_what_was_decided(here):
    row = read(here).rows.get(name="Uwe")
    presence_lists.decide(row=row, whose="nobody", by=BY)
    assert read(here).rows.get(name="Uwe").whose == "nobody"


def test_what_was_taken_over_is_not_read_anew_until_it_is_dropped(here):
    first = attendance.take_list(presence_list=read(here), by=BY)
    with pytest.raises(DomainError) as refusal:
        read(here, minutes="Netto")
    assert refusal.value.code == "list_taken_over"
    attendance.drop_list(presence_list=first, by=BY)
    attendance.take_list(presence_list=read(here, minutes="Netto"), by=BY)
    assert Seat.objects.get().minutes == 30


def test_a_guest_gets_the_certificate_once_it_is_over_and_the_desk_a_little_before(here):
    seat = Seat.objects.get()
    half = STARTS + (ENDS - STARTS) / 2
    with clock.stopped_at(STARTS):
        doors.arrive(seat=seat, by=BY)
        assert _refused(seat, BY) == _refused(seat, VISITOR) == "certificate_too_early"
    with clock.stopped_at(half):
        assert _refused(seat, VISITOR) == "certificate_too_early"
        assert actions.issue(seat=seat, by=BY).hours == 2
    with clock.stopped_at(ENDS):
        assert actions.issue(seat=seat, by=VISITOR) == Certificate.objects.get()


def test_nobody_comes_without_a_place_and_what_was_given_back_certifies_nothing(here):
    seat = Seat.objects.get()
    with clock.stopped_at(MONDAY):
        registrations.cancel(registration=seat.registration, by=BY)
    with pytest.raises(DomainError) as refusal:
        attendance.set_presence(seat=seat, presence="attended", by=BY)
    assert refusal.value.code == "not_registered"
    Seat.objects.update(presence="attended")
    assert _refused(seat, BY) == "not_attended"


def test_a_code_holds_only_as_long_as_the_place_does(here):
    seat = Seat.objects.get()
    doors.arrive(seat=seat, by=BY)
    made = actions.issue(seat=seat, by=BY)
    assert certificates.said(certificates.by_code(made.code)).valid
    Seat.objects.update(given_back_at=clock.now())
    assert not certificates.said(certificates.by_code(made.code)).valid


def _refused(seat, by) -> str:
    with pytest.raises(DomainError) as refusal:
        actions.issue(seat=seat, by=by)
    return refusal.value.code
