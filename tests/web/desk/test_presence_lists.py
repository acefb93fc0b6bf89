"""The page on which each row of a list of those online is said whose it is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.events import gatherings
from wegweiser.events.models import PresenceList, PresenceRow, Registration, Seat


@pytest.fixture
def here(world):
    return gatherings.of_today(world.lead, guests=3)


def overview(here):
    return reverse("desk:presence_lists", kwargs={"uuid": here.event.uuid})


def one(here):
    return reverse("desk:presence_list", kwargs={"uuid": here.event.uuid, "found": PresenceList.objects.get().uuid})


def row(name):
    return PresenceRow.objects.get(name=name)


def sent(text, **more):
    return {"do": "read", "file": SimpleUploadedFile("liste.csv", text.encode("utf-16"), "text/csv"), **more}


def test_a_list_is_read_shown_settled_and_taken_over(anna, here):
    answer = anna.post(
        overview(here), sent("Name\tDauer\nGast 1\t1h 30m\nGast Zwei\t80\nUwe\t90\nRegie\t99\nGast 3\t5\n")
    )
    assert answer["Location"] == one(here)
    page = anna.get(one(here)).content.decode()
    assert "Gast Zwei" in page
    assert "3 Zeilen sind noch offen." in page
    said = {f"row-{row('Uwe').uuid}": "new", f"row-{row('Regie').uuid}": "nobody"}
    said[f"guest-{row('Gast Zwei').uuid}"] = "gast 2"
    answer = anna.post(one(here), {**said, "do": "settle"}, follow=True)
    assert "Die Liste ist übernommen." in answer.content.decode()
    shown = dict(Seat.objects.values_list("name", "presence"))
    assert shown == {"Gast 1": "attended", "Gast 2": "attended", "Gast 3": "absent", "Uwe": "attended"}


def test_a_guest_that_nobody_is_called_changes_nothing(anna, here):
    gatherings.online_list(here)
    answer = anna.post(one(here), {f"guest-{row('Uwe').uuid}": "Niemand", "do": "settle"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nicht gefunden: Niemand" in page
    assert 'value="Niemand"' in page, "what was typed stays"
    assert "So heißt niemand" in page
    assert row("Uwe").whose == ""
    assert PresenceList.objects.get().settled_at is None


def test_a_guest_is_found_without_their_marks(anna, here):
    gatherings.register(here, name="Cäcilie Çelik", email="c@c.example")
    gatherings.online_list(here)
    anna.post(one(here), {f"guest-{row('Uwe').uuid}": "celik", "do": "save"})
    assert row("Uwe").seat.name == "Cäcilie Çelik"


def test_unknown_headings_are_asked_for(anna, here):
    answer = anna.post(overview(here), sent("Wer\tWie lange\nGast 1\t90\n"))
    assert answer.status_code == 422
    assert "Nennen Sie unten die Überschriften" in answer.content.decode()
    anna.post(overview(here), sent("Wer\tWie lange\nGast 1\t90\n", name="Wer", minutes="B"))
    assert row("Gast 1").minutes == 90


def test_a_wrong_file_is_dropped_and_nobody_was_added(anna, here):
    gatherings.online_list(here)
    anna.post(one(here), {"do": "drop"})
    assert not PresenceList.objects.exists()
    assert Registration.objects.count() == 3


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"PK\x03\x04kaputt"])
def test_what_is_no_list_is_refused(anna, here, data):
    answer = anna.post(overview(here), {"do": "read", "file": SimpleUploadedFile("x.xlsx", data)})
    assert answer.status_code == 422


def test_how_much_counts_is_a_number_of_this_event(anna, here):
    page = anna.post(overview(here), {"do": "share", "share": "75"}, follow=True).content.decode()
    assert "Zurzeit ab 90 Minuten." in page
    assert "1 bis 100" in anna.post(overview(here), {"do": "share", "share": "viel"}, follow=True).content.decode()


def test_who_cannot_be_read_is_asked_about(anna, here):
    anna.post(overview(here), sent("Name\tMinuten\nGast 1\tlange\nGast 2\t90\n"))
    page = anna.get(one(here)).content.decode()
    assert "1 Zeile ist nicht zu lesen, wie lange" in page
    assert "In der Liste steht „lange“" in page
    assert "War die Person lange genug da?" in page
    assert f"row-{row('Gast 2').uuid}" not in page, "what is clear is not asked about"
    closing = reverse("desk:presence", kwargs={"uuid": here.event.uuid})
    assert "ist 1 Zeile nicht zu lesen" in anna.get(closing).content.decode(), "before it is closed"
    anna.post(one(here), {f"there-{row('Gast 1').uuid}": "ja", "do": "settle"})
    assert "nicht zu lesen" not in anna.get(closing).content.decode()
    assert Seat.objects.get(name="Gast 1").presence == "attended"
    page = anna.get(one(here) + "?zeige=alle").content.decode()
    assert "nicht zu lesen" not in page
    assert "war da" in page
    anna.post(one(here), {f"there-{row('Gast 1').uuid}": "", f"there-{row('Gast 2').uuid}": "nein", "do": "settle"})
    assert dict(Seat.objects.values_list("name", "presence")) == {"Gast 1": "", "Gast 2": "attended", "Gast 3": ""}


def test_the_column_that_says_who_was_there_can_be_named(anna, here):
    text = "Wer\tHaken\nGast 1\tx\nGast 2\t\n"
    assert anna.post(overview(here), sent(text)).status_code == 422
    anna.post(overview(here), sent(text, name="Wer", there="Haken"))
    assert (row("Gast 1").there, row("Gast 2").there) == (True, False)
