"""Days that make no sense are named beside their field, and no figure pretends to be about them."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import Role
from wegweiser.funding.models import Target
from wegweiser.kernel import clock

PAGES = ["/desk/berichte/", "/desk/auswertung/"]


@pytest.fixture
def world(db):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        yield from small_centre()


@pytest.fixture(autouse=True)
def reader(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.other))
    builders.step(builders.company("Firma"), day=dt.date(2026, 2, 10), topic=world.topic, grant=world.grant.slug)


def tile(response) -> dict:
    return {row["key"]: row for row in response.context["tiles"]}["companies_reached"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("von=2026-12-31&bis=2025-01-01", "Das Ende liegt vor dem Anfang."),
        ("von=gestern", "Diesen Tag gibt es nicht."),
        ("bis=2026-02-30", "Diesen Tag gibt es nicht."),
        ("von=1999-01-01&bis=1999-12-31", "Die Förderung läuft vom"),
    ],
)
def test_what_is_wrong_with_the_days_stands_at_their_field_and_what_was_typed_stays(
    client, world, address, query, told
):
    page = client.get(f"{address}?{query}")
    text = page.content.decode()
    assert "Bitte prüfen Sie die Tage." in text
    assert told in text
    for part in query.split("&"):
        assert f'value="{part.split("=")[1]}"' in text
    assert (page.context["period"].start, page.context["period"].end) == (world.grant.starts_on, clock.today())


def test_wrong_days_show_the_whole_grant_and_no_empty_success(client):
    assert tile(client.get("/desk/berichte/?von=2026-12-31&bis=2025-01-01"))["actual"] == "1"


@pytest.mark.parametrize("address", PAGES)
def test_days_beyond_the_grant_are_left_out_aloud(client, world, address):
    text = client.get(f"{address}?von=1999-01-01&bis=2026-02-28").content.decode()
    assert "Gezeigt werden nur Tage der Förderung" in text
    assert "bis 28. Februar 2026" in text
    assert "Gezeigt werden nur" not in client.get(f"{address}?von=2026-02-01&bis=2026-02-28").content.decode()
    assert "Gezeigt werden nur" not in client.get(address).content.decode()


def test_nothing_is_on_plan_before_anything_is_due(client, world):
    Target.objects.update_or_create(grant=world.grant, indicator="companies_reached", defaults={"value": 100})
    world.grant.starts_on = clock.today() + dt.timedelta(days=5)
    world.grant.save()
    assert tile(client.get(f"/desk/berichte/?foerderung={world.grant.slug}"))["state"] == ""


def test_large_figures_are_written_with_the_dot_of_thousands(client, world):
    builders.step(None, day=dt.date(2026, 2, 11), topic=world.topic, grant=world.grant.slug, contacts_without_firm=1788)
    page = client.get("/desk/berichte/")
    assert {row["key"]: row["actual"] for row in page.context["tiles"]}["contacts"] == "1.789"
    assert "zusammen 1.789" in client.get("/desk/auswertung/?kennzahl=contacts").content.decode()
    assert "1,789" in client.get("/en/desk/berichte/").content.decode()


def test_a_share_keeps_its_percent_sign_on_its_line_and_a_rule_stands_under_its_figure(client):
    page = client.get("/desk/berichte/")
    (text,) = (gap["text"] for gap in page.context["unknown"] if "Branche" in gap["text"])
    assert text.endswith("(100\N{NO-BREAK SPACE}%)")
    assert len(page.context["further_headers"]) == 2
    assert "Jeder Termin bei einem Betrieb zählt einmal." in page.content.decode()
