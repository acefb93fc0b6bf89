"""Texts and papers of an event at the desk: read, said in own words, loaded, and by whom."""

import datetime as dt
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from tests.contact_point import BY
from tests.events import world
from tests.web.desk import staff
from wegweiser.consortium.models import Role
from wegweiser.events.actions import attendance, events, multipliers
from wegweiser.events.models import Event, Wording
from wegweiser.kernel import clock
from wegweiser.web.desk import event_page
from wegweiser.web.desk.event_posters import PAPERS


@pytest.fixture
def held(centre):
    return world.held(places=20, centre=centre, room="Saal 2")


def overview(held, query=""):
    return reverse("desk:event_texts", kwargs={"uuid": held.event.uuid}) + query


def words(held, kind):
    return reverse("desk:event_words", kwargs={"uuid": held.event.uuid, "kind": kind})


def text_of(response):
    return " ".join(response.content.decode().split())


def test_everything_is_there_as_soon_as_the_event_is(ben, held):
    page = text_of(ben.get(overview(held)))
    for label in ("Einladung", "Pressemitteilung", "Text für Kammern", "Absatz für den Förderbericht", "Schilder"):
        assert label in page
    assert "Wann: Montag, 9. März 2026, 10 bis 12 Uhr" in page
    assert "Geplant sind 20 Plätze." in page
    assert overview(held) in text_of(ben.get(reverse("desk:event", kwargs={"uuid": held.event.uuid})))


def test_texts_in_english_are_in_english(ben, held):
    page = text_of(ben.get(overview(held, "?sprache=en")))
    assert "When: Monday, 9 March 2026" in page
    assert "Das Englische ist nicht vollständig" in page


def test_a_multiplier_s_text_has_its_own_link(ben, held):
    link = multipliers.give_link(event=held.event, name="Kammer", by=BY)
    assert f"?von={link.code}" not in text_of(ben.get(overview(held)))
    page = text_of(ben.get(overview(held, f"?von={link.code}")))
    assert (
        f"Mehr erfahren und anmelden: http://localhost:8000/veranstaltungen/auftraege-im-blick/?von={link.code}" in page
    )


def test_own_words_are_tried_before_they_are_kept(ben, held):
    page = text_of(ben.post(words(held, "social"), {"do": "preview", "de": "Kommt in {raum}!", "en": ""}))
    assert "Kommt in Saal 2!" in page
    assert not Wording.objects.exists()
    ben.post(words(held, "social"), {"do": "save", "de": "Kommt in {raum}!", "en": ""})
    page = text_of(ben.get(overview(held)))
    assert "Kommt in Saal 2!" in page
    assert "eigene Worte" in page
    ben.post(words(held, "social"), {"do": "usual", "de": "Kommt in {raum}!", "en": ""})
    assert not Wording.objects.exists()


@pytest.mark.parametrize("wrong", ["Am {tga}", "[offen", "{titel", "titel}"])
def test_words_that_would_not_do_are_said_and_stay(ben, held, wrong):
    response = ben.post(words(held, "social"), {"do": "save", "de": wrong, "en": ""})
    assert response.status_code == 422
    assert wrong in text_of(response)
    assert not Wording.objects.exists()


def test_a_text_that_does_not_exist_is_not_there(ben, held):
    assert ben.get(words(held, "gedicht")).status_code == 404
    other = reverse("desk:event_paper", kwargs={"uuid": held.event.uuid, "name": "gedicht"})
    assert ben.get(other).status_code == 404


def test_whoever_may_not_see_guests_gets_no_paper_with_names(client, centre, held):
    client.force_login(staff.hire(Role.EDITOR, centre.other))
    page = text_of(client.get(overview(held)))
    assert "Schilder" in page
    assert "Namensschilder" not in page


def test_a_protected_template_is_changed_by_the_management_alone(ben, held):
    Event.objects.update(is_protected=True)
    assert ben.post(words(held, "social"), {"do": "save", "de": "Neu", "en": ""}).status_code == 403
    assert not Wording.objects.exists()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", sorted(PAPERS))
def test_each_paper_is_tagged_and_follows_the_event(ben, held, name, language):
    events.change(event=held.event, settings={"room": "Werkstatt"}, by=BY)
    address = reverse("desk:event_paper", kwargs={"uuid": held.event.uuid, "name": name})
    reader = PdfReader(io.BytesIO(ben.get(f"{address}?sprache={language}").content))
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    assert {"de": "Aufträge im Blick", "en": "Orders in view"}[language] in text
    assert reader.trailer["/Root"]["/Lang"].startswith(language)
    assert b"pdfuaid:part>1<" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    if name != "folie":
        assert "Werkstatt" in text
    assert len(reader.pages) == (4 if name == "schilder" else 1)


def test_papers_of_a_cancelled_event_say_so(ben, held):
    events.cancel(event=held.event, reason="Die Referentin ist krank.", by=BY)
    for name, told in {"schilder": "fällt leider aus", "aushang": "Fällt aus", "presse": "Abgesagt"}.items():
        address = reverse("desk:event_paper", kwargs={"uuid": held.event.uuid, "name": name})
        text = PdfReader(io.BytesIO(ben.get(address).content)).pages[0].extract_text()
        assert told in " ".join(text.split()), name


def test_everything_comes_in_one_file(ben, held):
    response = ben.get(reverse("desk:event_everything", kwargs={"uuid": held.event.uuid}))
    packed = zipfile.ZipFile(io.BytesIO(response.content))
    names = packed.namelist()
    assert {"einladung.txt", "pressemitteilung.txt", *(f"{name}.pdf" for name in PAPERS)} <= set(names)
    assert len(names) == len(set(names))
    assert "Saal 2" in packed.read("einladung.txt").decode()


def test_the_mails_and_the_list_to_sign_are_in_the_file(ben, held, monkeypatch):
    monkeypatch.setattr(event_page, "PAPER", 2)
    for number in range(1, 4):
        world.register(held, number)
    file = reverse("desk:event_everything", kwargs={"uuid": held.event.uuid})
    packed = zipfile.ZipFile(io.BytesIO(ben.get(file).content))
    thanks = packed.read("mail-dank.txt").decode()
    assert "vielen Dank, dass Sie dabei waren." in thanks
    assert "Guten Tag,\n" in thanks
    assert "Sie sind angemeldet" in packed.read("mail-bestaetigung.txt").decode()
    read = [PdfReader(io.BytesIO(packed.read(f"unterschriften{n}.pdf"))).pages[0].extract_text() for n in ("", "-2")]
    assert ["Gast 3" in text for text in read] == [False, True]
    assert (
        "vielen Dank"
        not in zipfile.ZipFile(io.BytesIO(ben.get(f"{file}?sprache=en").content)).read("mail-dank.txt").decode()
    )


def test_who_sees_no_guests_gets_no_list_to_sign(client, held):
    client.force_login(staff.hire(Role.EDITOR, held.centre.other))
    file = reverse("desk:event_everything", kwargs={"uuid": held.event.uuid})
    names = zipfile.ZipFile(io.BytesIO(client.get(file).content)).namelist()
    assert "mail-dank.txt" in names
    assert not [name for name in names if name.startswith("unterschriften")]


def test_the_file_is_in_the_language_of_the_page(ben, held):
    file = reverse("desk:event_everything", kwargs={"uuid": held.event.uuid})
    assert f"{file}?sprache=en" in text_of(ben.get(overview(held, "?sprache=en")))
    assert f"{file}?sprache=de" in text_of(ben.get(overview(held)))


def test_the_texts_of_a_template_say_that_day_and_link_are_an_example(ben, held):
    told = "Tag und Link sind ein Beispiel"
    assert told not in text_of(ben.get(overview(held)))
    ben.post(reverse("desk:event_keep", kwargs={"uuid": held.event.uuid}))
    made = Event.objects.get(draft__is_template=True)
    page = text_of(ben.get(reverse("desk:event_texts", kwargs={"uuid": made.uuid})))
    assert told in page
    assert "Zur Vorlage" in page


# --- The paragraphs of a period ------------------------------------------------------------------------------------


def paragraphs(client, query=""):
    return client.get(reverse("desk:events_paragraphs") + query)


def came(held, number):
    seat = world.register(held, number).registration.seats.get()
    with clock.stopped_at(world.ENDS + dt.timedelta(hours=1)):
        attendance.arrive(seat=seat, by=BY)


def test_the_report_tells_what_became_of_each_event(ben, held):
    for number in (1, 2):
        came(held, number)
    world.register(held, 3)
    with clock.stopped_at(world.ENDS + dt.timedelta(days=1)):
        attendance.settle(event=held.event, by=BY)
        page = text_of(paragraphs(ben))
    assert "Angemeldet waren 3. Teilgenommen haben 2. Nicht gekommen sind 1." in page
    assert "Rückmeldung" not in page, "nobody answered"


def test_a_cancelled_event_is_told_as_cancelled(ben, held):
    events.cancel(event=held.event, reason="Die Referentin ist krank.", by=BY)
    with clock.stopped_at(world.ENDS + dt.timedelta(days=1)):
        assert "abgesagt. Die Referentin ist krank." in text_of(paragraphs(ben))


def test_more_events_ask_no_more_statements(ben, centre, held):
    counts = []
    for more in (0, 4):
        for _number in range(more):
            came(world.held(places=5, centre=centre), 1)
        with clock.stopped_at(world.ENDS + dt.timedelta(days=1)), CaptureQueriesContext(connection) as asked:
            assert paragraphs(ben).status_code == 200
        counts.append(len(asked))
    assert counts[0] + 8 >= counts[1], counts
