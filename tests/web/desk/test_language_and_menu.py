"""The desk in English writes dates in English, and its menu marks the section one is in."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils.translation import override

from tests.contact_point import MONDAY
from tests.events import world
from tests.web.desk import staff
from wegweiser.consortium.models import Role
from wegweiser.kernel import clock
from wegweiser.web.ui import dates

GERMAN_DAY = re.compile(r"\d\d\.\d\d\.\d{4}")
CURRENT = re.compile(r'<a href="([^"]+)"[^>]* aria-current="page"')


@pytest.fixture
def held(centre):
    return world.held(centre=centre)


@pytest.mark.parametrize(
    ("pattern", "german", "english"),
    [
        ("d.m.Y", "09.03.2026", "9 Mar 2026"),
        ("d.m.Y H:i", "09.03.2026 14:30", "9 Mar 2026, 14:30"),
        ("D, d.m.Y, H:i", "Mo, 09.03.2026, 14:30", "Mon 9 Mar 2026, 14:30"),
        ("l, j. F Y, H:i", "Montag, 9. März 2026, 14:30", "Monday 9 March 2026, 14:30"),
        ("d.m.", "09.03.", "9 Mar"),
        ("SHORT_DATE_FORMAT", "09.03.2026", "9 Mar 2026"),
        ("SHORT_DATETIME_FORMAT", "09.03.2026 14:30", "9 Mar 2026, 14:30"),
        ("DATE_FORMAT", "9. März 2026", "9 March 2026"),
        ("H:i", "14:30", "14:30"),
    ],
)
def test_a_date_is_written_as_the_language_has_it(pattern, german, english):
    moment = clock.local(MONDAY).replace(year=2026, month=3, day=9, hour=14, minute=30)
    template = Template(f'{{{{ moment|date:"{pattern}" }}}}')
    for language, expected in (("de", german), ("en", english)):
        with override(language):
            assert dates.written(moment, pattern) == expected
            assert template.render(Context({"moment": moment})) == expected


def test_pages_about_an_event_have_no_german_dates_in_english(ben, held):
    world.register(held, 1)
    for name in ("desk:event", "desk:event_mails", "desk:event_held_data", "desk:event_cancel"):
        with override("en"):
            text = ben.get(reverse(name, kwargs={"uuid": held.event.uuid})).text
        assert not GERMAN_DAY.search(text), name
    assert "2026" in text


def test_no_module_of_the_desk_writes_dates_by_itself():
    found = [path.name for path in Path("src/wegweiser/web/desk").glob("*.py") if "date_format(" in path.read_text()]
    assert found == []


def current(page) -> set[str]:
    """The entries of the header's menu that are marked."""
    return set(CURRENT.findall(page.text[: page.text.index("<main")]))


def test_the_menu_marks_the_section_and_today_only_on_its_own_page(ben, held):
    event = f"/desk/termine/{held.event.uuid}/"
    for path, section in (
        *(("/desk/", "/desk/"), ("/desk/anliegen/", "/desk/anliegen/"), (event, "/desk/termine/")),
        *((f"{event}einlass/", "/desk/termine/einlass/"), (f"{event}mails/", "/desk/termine/")),
        *(("/en/desk/", "/en/desk/"), (f"/en{event}", "/en/desk/termine/")),
    ):
        assert current(ben.get(path)) == {section}, path
    assert current(ben.get("/desk/suche/")) == set()


def test_who_is_at_the_door_is_not_shown_as_being_at_today(client, held):
    client.force_login(staff.hire(Role.CHECK_IN, held.centre.other))
    with clock.stopped_at(held.draft.starts_at):
        page = client.get(f"/desk/termine/{held.event.uuid}/einlass/")
    assert current(page) == {"/desk/termine/einlass/"}
