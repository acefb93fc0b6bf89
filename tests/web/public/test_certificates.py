"""A certificate of attendance: only for who was there, checked by its code without telling a name."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.contact_point import BY
from tests.events import gatherings
from wegweiser.events import certificates
from wegweiser.events.actions import attendance, events, registrations
from wegweiser.events.actions import certificates as actions
from wegweiser.events.models import Certificate, Seat
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError


@pytest.fixture
def here(world):
    return gatherings.of_today(world.lead)


@pytest.fixture
def issued(here):
    seat = Seat.objects.order_by("id").first()
    attendance.arrive(seat=seat, by=BY)
    return actions.issue(seat=seat, by=BY)


def checked(client, code, name=""):
    return client.post(reverse("public:certificates"), {"code": code, "name": name}).content.decode()


def own(here):
    row = here.guests[0]
    return reverse("public:certificate", kwargs={"token": gatherings.link(row), "seat": row.seats.get().uuid})


def test_the_hours_are_those_that_were_set_or_how_long_it_was_planned(here, issued):
    assert (issued.hours, certificates.hours(issued.hours)) == (2, "2 Stunden")
    events.change(event=here.event, settings={"certificate_hours": 3}, by=BY)
    again = actions.issue(seat=issued.seat, by=BY)
    assert (again.code, again.hours) == (issued.code, 3)


def test_who_was_not_there_gets_none(here):
    with pytest.raises(DomainError) as error:
        actions.issue(seat=Seat.objects.first(), by=BY)
    assert error.value.code == "not_attended"


def test_who_nobody_named_gets_none(here):
    row = gatherings.register(here, name="Petra", email="p@p.example", places=2, names=["Petra"])
    for seat in row.seats.all():
        attendance.arrive(seat=seat, by=BY)
    with pytest.raises(DomainError) as error:
        actions.issue(seat=row.seats.get(name=""), by=BY)
    assert error.value.code == "name_missing"


def test_the_paper_names_who_what_when_and_how_to_check_it(issued):
    reader = PdfReader(io.BytesIO(certificates.paper(issued, lang="de")))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    for words in ("Teilnahmebescheinigung", "Gast 1", "Aufträge im Blick", "2 Stunden", "2. März 2026", issued.code):
        assert words in text
    assert len(reader.pages) == 1
    english = PdfReader(io.BytesIO(certificates.paper(issued, lang="en")))
    assert "Gast 1" in english.pages[0].extract_text()


@pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code}\n"])
def test_a_code_is_found_however_it_is_typed_and_no_name_is_told(client, issued, write):
    page = checked(client, write(issued.code))
    assert "Diese Bescheinigung ist echt." in page
    assert "Aufträge im Blick" in page
    assert "Gast 1" not in page


def test_a_name_is_only_compared(client, issued):
    page = checked(client, issued.code, "gast  1")
    assert "Diese Bescheinigung ist echt." in page
    assert "“ stimmt." in page


def test_of_a_wrong_name_nothing_green_is_shown(client, issued):
    page = checked(client, issued.code, "Gast 2")
    assert "Auf „Gast 2“ ist diese Bescheinigung nicht ausgestellt." in page
    assert "ist echt" not in page
    assert page.index("nicht ausgestellt") < page.index("Aufträge im Blick")


@pytest.mark.parametrize("code", ["ABCD-EFGH-2345", "x", "' OR 1=1 --", "<script>"])
def test_an_unknown_code_says_so(client, issued, code):
    assert "Diesen Code kennen wir nicht." in checked(client, code)


def test_after_it_was_put_right_that_somebody_was_not_there_it_no_longer_holds(client, issued):
    attendance.set_presence(seat=issued.seat, presence="absent", by=BY)
    assert "gilt nicht mehr" in checked(client, issued.code)


def test_after_erasure_the_code_still_says_event_and_day_and_no_name_matches(client, here, issued):
    registrations.erase(registration=here.guests[0], by=BY)
    page = checked(client, issued.code, "Gast 1")
    assert "Diese Bescheinigung ist echt." in page
    assert "schon gelöscht" in page
    assert not certificates.is_of(Certificate.objects.get(), "")


def test_a_guest_loads_their_own_by_their_link(client, here, issued):
    address = own(here)
    assert client.post(address).status_code == 302  # it is not over yet
    with clock.stopped_at(clock.now() + gatherings.HOUR):
        answer = client.post(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_before_somebody_was_there_the_link_leads_back_and_nothing_is_issued(client, here):
    assert client.post(own(here)).status_code == 302
    assert not Certificate.objects.exists()


def test_guessing_is_slowed_down(client, issued):
    answers = [client.post(reverse("public:certificates"), {"code": f"AAAA-BBBB-{n:04}"}) for n in range(21)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
