"""What only those see who see the guests of an event, and files of them in whatever language, however one asks."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.contact_point import BY, MONDAY
from tests.events import gatherings
from tests.events import world as events_world
from tests.events.world import ENDS
from tests.web.desk import staff
from wegweiser.consortium.models import Role
from wegweiser.events.actions import questions
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Feedback, Seat
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated


@pytest.fixture
def held(db):
    with clock.stopped_at(MONDAY):
        found = events_world.held(places=9)
    for _ in range(5):
        Feedback.objects.create(event=found.event, useful=4, missing="Petra war toll")
    with clock.stopped_at(ENDS):
        yield found


@pytest.mark.parametrize(("role", "reads"), [(Role.EDITOR, False), (Role.ADVISER, True), (Role.MANAGEMENT, True)])
def test_who_sees_no_guests_reads_no_words_of_theirs(client, held, role, reads):
    client.force_login(staff.hire(role, held.centre.other))
    at = {"uuid": held.event.uuid}
    page = client.get(reverse("desk:event_feedback", kwargs=at)).text
    table = client.get(reverse("desk:event_feedback_download", kwargs=at)).content.decode()
    assert ("Petra war toll" in page, "Petra war toll" in table) == (reads, reads)
    assert "5 Antworten" in page
    assert "genützt" in table


@pytest.fixture
def here(world):
    return gatherings.of_today(world.lead, guests=1)


@pytest.mark.parametrize("paper", ["event_badges", "event_signatures"])
@pytest.mark.parametrize("part", ["0999" + "9" * 25, "9999", "0", "-1", "x", "٣"])
def test_a_forged_part_of_a_paper_is_no_fault(anna, here, paper, part):
    answer = anna.get(reverse(f"desk:{paper}", kwargs={"uuid": here.event.uuid}), {"teil": part})
    assert answer.status_code == 200


def test_an_english_file_is_english_also_while_it_goes_out(anna, here):
    asked = Asked(kind="yes_no", label=translated("Essen?", "Food?"))
    (question,) = questions.set_all(event=here.event, asked=[asked], by=BY)
    gatherings.register(here, name="A", email="a@a.example", answers={str(question.uuid): "yes"})
    with translation.override("en"):
        address = reverse("desk:event_guests_download", kwargs={"uuid": here.event.uuid})
    answer = anna.get(address, {"datei": "csv"})
    with translation.override("de"):
        told = b"".join(answer.streaming_content).decode()
    assert ";Food?" in told.splitlines()[0]
    assert ";yes" in told
    assert ";ja" not in told


def test_a_colleague_s_name_is_deleted_with_one_button(anna, here):
    row = gatherings.register(here, name="Petra", email="p@p.example", places=2, names=["Petra", "Klaus"])
    address = reverse("desk:event_guest", kwargs={"uuid": here.event.uuid, "guest": row.uuid})
    assert "Namen löschen: Klaus" in anna.get(address).text
    anna.post(address, {"do": "forget", "seat": Seat.objects.get(name="Klaus").uuid})
    page = anna.get(address).text
    assert "Klaus" not in page
    assert "Namen löschen" not in page
    assert anna.post(address, {"do": "forget", "seat": Seat.objects.first().uuid}).status_code == 404
