"""Who came: three numbers that are never mixed, one click to put right, a summary, and the signed list as proof."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.contact_point import BY
from tests.events import gatherings
from tests.web.desk import staff
from wegweiser.catalogue.models import Draft
from wegweiser.events.actions import attendance, signed_lists
from wegweiser.events.models import Seat, SignedList
from wegweiser.files.models import Upload
from wegweiser.journey.models import Step

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture
def here(world, settings, tmp_path):
    settings.HOME = tmp_path
    return gatherings.of_today(world.lead, guests=3)


def address(here):
    return reverse("desk:presence", kwargs={"uuid": here.event.uuid})


def seat(number=1):
    return Seat.objects.get(registration__email=f"gast{number}@firma.example")


def said(client, here, **given):
    return client.post(address(here), given, follow=True).content.decode()


def counted():
    return [step.measures["participants"] for step in Step.objects.filter(reverses=None, reversed_by=None)]


def test_attended_absent_and_open_stay_apart(anna, here):
    attendance.arrive(seat=seat(1), by=BY)
    attendance.set_presence(seat=seat(2), presence="absent", by=BY)
    assert [
        len(anna.get(address(here), {"stand": stand}).context["rows"]) for stand in ("", "da", "fehlt", "offen")
    ] == [
        3,
        1,
        1,
        1,
    ]


def test_closing_says_who_came_and_counts_each_firm_once(anna, here):
    attendance.arrive(seat=seat(1), by=BY)
    assert "Abgeschlossen: 1 war da, 2 kamen nicht. 1 Anmeldung zählt" in said(anna, here, do="settle")
    said(anna, here, do="settle")
    assert counted() == [1]


def test_what_is_put_right_afterwards_counts_at_once(anna, here):
    said(anna, here, do="settle")
    assert counted() == []
    said(anna, here, seat=seat(1).uuid, presence="attended")
    assert counted() == [1]
    said(anna, here, seat=seat(1).uuid, presence="absent")
    assert counted() == []


@pytest.mark.parametrize("given", [{"seat": "x"}, {"seat": ""}, {}])
def test_nonsense_finds_nothing(anna, here, given):
    assert anna.post(address(here), given).status_code == 404


def test_the_scan_of_the_signed_list_lies_with_the_event_and_is_saved_not_opened(anna, here):
    for _twice in range(2):
        sent = {"do": "scan", "scan": SimpleUploadedFile("liste.pdf", PDF, "application/pdf")}
        assert "Der Scan liegt bei der Veranstaltung." in said(anna, here, **sent)
    upload = Upload.objects.get()
    file = anna.get(reverse("desk:presence_scan", kwargs={"uuid": here.event.uuid, "file": upload.uuid}))
    assert (file.content, file["Content-Disposition"]) == (PDF, 'attachment; filename="liste.pdf"')


def test_a_program_is_no_scan(anna, here):
    sent = {"do": "scan", "scan": SimpleUploadedFile("liste.exe", b"MZ\x90\x00", "application/pdf")}
    assert anna.post(address(here), sent).status_code == 422
    assert not SignedList.objects.exists()


def test_erasing_a_scan_takes_its_file_and_keeps_that_there_was_one(anna, here):
    said(anna, here, do="scan", scan=SimpleUploadedFile("liste.pdf", PDF, "application/pdf"))
    signed_lists.erase(row=SignedList.objects.get(), by=BY)
    assert (SignedList.objects.get().name, Upload.objects.count()) == ("", 0)


def test_the_evidence_of_a_figure_leads_to_the_attendance_and_names_the_proof(anna, here, world):
    attendance.arrive(seat=seat(1), by=BY)
    said(anna, here, do="settle")
    said(anna, here, do="scan", scan=SimpleUploadedFile("liste.pdf", PDF, "application/pdf"))
    page = anna.get(reverse("desk:evidence"), {"kennzahl": "contacts"}).content.decode()
    assert address(here) in page
    assert "Unterschriebene Liste liegt vor" in page


def test_one_comes_back_to_the_event(anna, here):
    there = reverse("desk:event", kwargs={"uuid": here.event.uuid})
    assert there in anna.get(address(here)).content.decode()
    assert anna.get(there).status_code == 200


def test_whose_partner_is_just_being_changed_is_shown_to_no_other_house(client, world, here):
    """The draft says nobody for a moment; the event stays public as it was."""
    Draft.objects.filter(pk=here.event.draft_id).update(partner=None)
    client.force_login(staff.login(world.ben))
    assert client.get(address(here)).status_code == 404
