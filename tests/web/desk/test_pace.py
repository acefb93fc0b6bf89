"""The page of first answers, and its file."""

import datetime as dt
import io

import openpyxl
import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from wegweiser.consortium.models import Role
from wegweiser.enquiries.actions import cases, reminders
from wegweiser.kernel import clock

URL = "/desk/anliegen/antwortzeit/"


@pytest.fixture
def answered(world):
    """One of Anna's, answered at once; one of Ben's, overdue on the 9th."""
    cases.answer(case=contact_point.case(world.lead), member=world.anna, text="Ja.", by=BY)
    return contact_point.case(world.other, topic=world.topic)


def later():
    return clock.stopped_at(MONDAY + dt.timedelta(days=7))


def test_an_adviser_sees_the_own_partner_only(anna, answered):
    with later():
        page = anna.get(URL)
    assert page.context["total"].received == 1
    assert "Other" not in page.content.decode()


def test_the_management_sees_all_and_may_narrow(client, world, answered):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    with later():
        page = client.get(URL)
        total = page.context["total"]
        assert (total.received, total.answered, total.overdue) == (2, 1, 1)
        assert client.get(URL, {"partner": "other"}).context["total"].received == 1


def test_the_page_says_what_is_left_out(anna, answered):
    said = "Visitenkarten, Besuche und eigene E-Mails, zu denen wir selbst ein Anliegen anlegen, zählen nicht"
    assert said in anna.get(URL).text
    book = openpyxl.load_workbook(io.BytesIO(anna.get(f"{URL}laden/", {"datei": "xlsx"}).content))
    assert any(said in str(cell) for sheet in book for row in sheet.values for cell in row)


def test_the_file_holds_what_the_page_shows(anna, answered):
    with later():
        page = anna.get(URL)
        body = anna.get(f"{URL}laden/", {"datei": "xlsx"}).content
        text = anna.get(f"{URL}laden/", {"datei": "csv"}).content.decode("utf-8-sig")
    rows = [[str(cell) for cell in row] for row in openpyxl.load_workbook(io.BytesIO(body)).active.values]
    for part in page.context["parts"]:
        for label, *_cells in part["rows"]:
            assert [part["title"], label] in [row[:2] for row in rows]
            assert f"{part['title']};{label};" in text
    for row in page.context["spans"]:
        assert row["label"] in [line[1] for line in rows]


def test_days_that_make_no_sense_are_told(anna):
    page = anna.get(URL, {"von": "2026-02-30", "bis": "x"})
    assert page.content.decode().count("Diesen Tag gibt es nicht.") == 2
    assert (
        "Das Ende liegt vor dem Anfang." in anna.get(URL, {"von": "2026-02-03", "bis": "2026-02-01"}).content.decode()
    )


def test_an_unknown_kind_of_file_is_not_found(anna):
    assert anna.get(f"{URL}laden/", {"datei": "exe"}).status_code == 404


def test_the_inbox_and_the_first_screen_show_what_is_overdue(client, world, answered):
    client.force_login(staff.login(world.ben))
    with later():
        reminders.remind(by=BY)
        listed = client.get("/desk/anliegen/", {"stand": "ueberfaellig"}).content.decode()
        assert "Antwort überfällig" in listed
        assert "Geschäftsstelle weiß es" in listed
        cases.take(case=answered, member=world.ben, by=BY)
        assert "Antwort fällig" in client.get("/desk/").content.decode()


def test_months_begin_with_the_first_that_something_came_in(anna, world, answered):
    with clock.stopped_at(MONDAY - dt.timedelta(days=40)):
        contact_point.case(world.lead)  # entered later, but it came before
    page = anna.get(URL)
    months = next(part for part in page.context["parts"] if "Monat" in part["title"])
    assert [row[0] for row in months["rows"]] == ["Januar 2026", "Februar 2026", "März 2026"]
    assert sum(int(row[1]) for row in months["rows"]) == page.context["total"].received
