"""A page of figures on paper says which days it is about and when it was read, and shows each figure once."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import District, DistrictOutline, Role
from wegweiser.kernel import clock


@pytest.fixture
def world(db, client):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        found = small_centre()
        world = next(found)
        client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
        yield world
        yield from found


@pytest.mark.parametrize("page", ["berichte/?", "auswertung/?", "berichte/nachweise/?kennzahl=contacts&"])
def test_the_paper_names_its_days_and_the_day_it_was_read(client, world, page):
    text = client.get(f"/desk/{page}von=2026-01-01&bis=2026-02-28").text
    assert '<p class="ww-paper">Zeitraum: 1. Januar 2026 bis 28. Februar 2026. Abgerufen am 2. März 2026.</p>' in text
    english = client.get(f"/en/desk/{page}von=2026-01-01&bis=2026-02-28").text
    assert "Period: 1 January 2026 to 28 February 2026. Retrieved on 2 March 2026." in english


@pytest.mark.parametrize("dimension", ["district", "topic"])
def test_an_answer_has_one_table_beside_its_picture(client, world, dimension):
    district = District.objects.create(ags="15001", key="stadt", name="Kreis 15001")
    given = {"width": 100, "height": 100, "x": 50, "y": 50, "latitude": 52, "longitude": 11}
    DistrictOutline.objects.create(district=district, path="M0 0l90 0 0 90z", **given)
    firm = builders.company("Fräserei Früh", district="15001")
    builders.step(firm, day=dt.date(2026, 2, 10), topic=world.topic, grant=world.grant.slug)
    text = client.get(f"/desk/auswertung/?kennzahl=companies_reached&je={dimension}").text
    assert text.count("<table") == 1
    assert "<svg" in text[text.index("ww-sentence__result") :]


def test_each_of_the_two_pages_says_what_the_other_is_for(client, world):
    asked, report = client.get("/desk/auswertung/").text, client.get("/desk/berichte/").text
    assert "<h1>Zahlen abfragen</h1>" in asked
    assert "steht im Förderbericht." in asked
    assert "<h1>Förderbericht</h1>" in report
    assert "was der Arbeitsplan verlangt" in report


@pytest.mark.usefixtures("world")
def test_each_figure_of_the_evidence_says_its_column(client):
    builders.step(builders.company("Fräserei"), day=dt.date(2026, 2, 10), grant="foerderung")
    text = client.get("/desk/berichte/nachweise/?kennzahl=contacts").text
    for label in ("Tag", "Betrieb", "Art der Hilfe", "Thema", "Partner", "Nummer des Eintrags"):
        assert f'role="columnheader">{label}<' in text
        assert f'data-label="{label}"' in text
