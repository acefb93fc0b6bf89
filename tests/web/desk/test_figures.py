"""The report page says where the grant should stand, what is due next, and shows districts on the map."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import District, DistrictOutline, Role
from wegweiser.funding.actions import targets
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")


@pytest.fixture
def world(db):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        yield from small_centre()


@pytest.fixture
def page(client, world):
    halle, _ = District.objects.get_or_create(ags="15002", defaults={"key": "halle", "name": "Halle"})
    DistrictOutline.objects.create(
        district=halle, path="M0 0l100 0 0 100z", width=100, height=100, x=60, y=40, latitude=51.5, longitude=12.0
    )
    firm = builders.company("Muster", district="15002")
    builders.step(firm, day=clock.today(), topic=world.topic, partner=world.other, grant=world.grant.slug)
    client.force_login(staff.hire(Role.MANAGEMENT, world.other))

    def read(query: str = "") -> str:
        return client.get(f"/desk/berichte/{query}").content.decode()

    return read


def test_the_next_statement_stands_there_with_the_days_left(page, world):
    text = page()
    assert "Verwendungsnachweis" in text
    assert "noch " in text


def test_the_light_is_said_in_words(page, world):
    assert "im Rückstand" not in page()
    targets.promise(grant=world.grant, indicator="companies_reached", value=100_000, by=BY)
    assert "im Rückstand" in page()
    targets.promise(grant=world.grant, indicator="companies_reached", value=1, by=BY)
    assert "im Plan" in page()


def test_a_period_that_leaves_out_the_beginning_has_no_light(page, world):
    targets.promise(grant=world.grant, indicator="companies_reached", value=100_000, by=BY)
    assert "im Rückstand" not in page(f"?von={clock.today()}")


def test_each_district_leads_to_its_steps(client, page):
    text = page("?nach=district")
    assert "© GeoBasis-DE" in text
    link = text.split('class="ww-figmap-link" href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    assert "wert=15002" in link
    assert client.get(link).status_code == 200


def test_months_stand_in_their_order(page):
    assert "März 2026" in page("?nach=month")


def test_that_parts_add_up_to_more_stands_under_the_chart_where_they_do(page, world):
    """A firm that came twice is reached in both months; each contact is of one."""
    more = "Die Teile ergeben zusammen mehr"
    assert more not in page("?nach=month")
    firm = builders.company("Zweimal", district="15002")
    for days in (0, 40):
        day = clock.today() - dt.timedelta(days=days)
        builders.step(firm, day=day, topic=world.topic, partner=world.other, grant=world.grant.slug)
    text = page("?nach=month")
    reached, contacts = text.index("Erreichte Unternehmen nach Monat"), text.index("Kontakte nach Monat")
    assert reached < text.index(more) < contacts
    assert text.count(more) == 1
