"""The management sets targets and deadlines, and ticks the next one off on the first screen."""

import datetime as dt

import pytest

from tests.contact_point import BY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import Role
from wegweiser.funding.actions import deadlines
from wegweiser.funding.models import OwnDeadline, Target
from wegweiser.kernel import clock

ADDRESS = "/desk/berichte/planung/"


@pytest.fixture
def world(db):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        yield from small_centre()


@pytest.fixture
def management(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))


def known():
    return {target.indicator: int(target.value) for target in Target.objects.all()}


@pytest.mark.usefixtures("management")
def test_a_target_is_set_changed_and_dropped(client):
    assert client.post(ADDRESS, {"ziel-checks": "40", "ziel-visits": "7"}).status_code == 302
    assert {"checks": 40, "visits": 7}.items() <= known().items()
    client.post(ADDRESS, {"ziel-checks": "", "ziel-visits": "9"})
    assert "checks" not in known()
    assert known()["visits"] == 9


@pytest.mark.usefixtures("management")
@pytest.mark.parametrize("text", ["-3", "viel", "1.5", "²", "9999999999999"])
def test_what_is_no_number_stands_beside_its_field_and_nothing_is_kept(client, text):
    before = known()
    page = client.post(ADDRESS, {"ziel-checks": text, "ziel-visits": "7"}).content.decode()
    assert known() == before
    assert 'id="ziel-checks_error"' in page
    assert f'value="{text}"' in page


@pytest.mark.usefixtures("management")
def test_the_next_deadline_stands_on_the_first_screen_until_it_is_ticked_off(client, world):
    client.post(ADDRESS, {"do": "deadline", "titel": "Beirat einladen", "tag": "2026-03-05"})
    page = client.get("/desk/").content.decode()
    assert "Beirat einladen" in page
    assert "noch 3 Tage" in page
    deadline = OwnDeadline.objects.get()
    response = client.post(f"{ADDRESS}fristen/{deadline.uuid}/", {"do": "done", "weiter": "heute"})
    assert response["Location"] == "/desk/"
    assert "Beirat einladen" not in client.get("/desk/").content.decode()
    assert "erledigt am 02.03.2026" in client.get(ADDRESS).content.decode()


@pytest.mark.usefixtures("management")
@pytest.mark.parametrize(
    ("sent", "error"),
    [({"titel": "x"}, "tag"), ({"tag": "2026-03-05"}, "titel"), ({"titel": "x", "tag": "0026-03-05"}, "tag")],
)
def test_a_deadline_needs_a_title_and_a_day(client, sent, error):
    page = client.post(ADDRESS, {"do": "deadline", **sent}).content.decode()
    assert f'id="{error}_error"' in page
    assert not OwnDeadline.objects.exists()


def test_own_deadlines_are_for_the_management(client, world):
    deadlines.set(grant=world.grant, title="Beirat einladen", day=dt.date(2026, 3, 1), by=BY)
    for role, partner, sees in [(Role.FUNDER, None, False), (Role.MANAGEMENT, world.lead, True)]:
        client.force_login(staff.hire(role, partner))
        page = client.get("/desk/berichte/").content.decode()
        assert ("Beirat einladen" in page) is sees
        assert ("seit 1 Tag überfällig" in page) is sees
