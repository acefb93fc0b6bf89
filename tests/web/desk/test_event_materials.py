"""The files of an event: put up at the desk, shown to everybody once it is over."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.contact_point import MONDAY
from tests.events import world as events_world
from tests.events.world import ENDS
from tests.web.desk import staff
from wegweiser.consortium.models import Role
from wegweiser.events import materials
from wegweiser.kernel import clock

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
AFTER = ENDS + dt.timedelta(hours=1)


@pytest.fixture
def held(db):
    with clock.stopped_at(MONDAY):
        yield events_world.held()


@pytest.fixture
def desk(client, held):
    client.force_login(staff.hire(Role.EDITOR, held.centre.other))
    return client


def pages(held) -> tuple[str, str]:
    return f"/desk/termine/{held.event.uuid}/unterlagen/", f"/veranstaltungen/{held.draft.entry.slug}/"


def put(desk, held, name="Folien.pdf", data=PDF):
    return desk.post(pages(held)[0], {"do": "add", "attached": SimpleUploadedFile(name, data)})


def test_a_file_is_shown_once_the_event_is_over(desk, held, client):
    assert put(desk, held).status_code == 302
    address = f"{pages(held)[1]}unterlagen/{materials.of(held.event)[0].uuid}/"
    client.logout()
    assert "Folien.pdf" not in client.get(pages(held)[1]).text
    assert client.get(address).status_code == 404
    with clock.stopped_at(AFTER):
        assert "Folien.pdf" in client.get(pages(held)[1]).text
        answer = client.get(address)
        assert (answer.content, answer["Content-Disposition"][:10]) == (PDF, "attachment")


def test_the_same_file_twice_is_one_and_a_program_is_refused(desk, held):
    put(desk, held)
    put(desk, held)
    assert put(desk, held, "los.exe", b"MZ\x90\x00").status_code == 422
    assert [row.name for row in materials.of(held.event)] == ["Folien.pdf"]


def test_nothing_chosen_is_said_beside_the_field(desk, held):
    answer = desk.post(pages(held)[0], {"do": "add"})
    assert answer.status_code == 422
    assert "Bitte wählen Sie eine Datei." in answer.text


def test_a_removed_file_is_gone_and_one_of_another_event_stays(desk, held):
    put(desk, held)
    (row,) = materials.of(held.event)
    with clock.stopped_at(MONDAY):
        other = events_world.held(centre=held.centre)
    desk.post(pages(other)[0], {"do": "remove", "file": row.uuid})
    assert materials.of(held.event) == [row]
    desk.post(pages(held)[0], {"do": "remove", "file": row.uuid})
    assert materials.of(held.event) == []


def test_another_partner_does_not_find_the_page(client, held):
    client.force_login(staff.hire(Role.EDITOR, held.centre.lead))
    assert put(client, held).status_code == 404
    assert materials.of(held.event) == []
