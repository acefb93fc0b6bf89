"""The question as an address, the answer as a page; outsiders find no way to a small cell."""

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import District, Role
from wegweiser.kernel import clock

ADDRESS = "/desk/auswertung/"


@pytest.fixture
def world(db):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        yield from small_centre()


def record(world, **districts):
    day = clock.today() - dt.timedelta(days=20)
    for key, count in districts.items():
        District.objects.get_or_create(ags=key[1:], defaults={"key": key, "name": f"Kreis {key[1:]}"})
        for number in range(count):
            firm = builders.company(f"{key}-{number}", district=key[1:], size="small")
            builders.step(firm, day=day, topic=world.topic, partner=world.other, grant=world.grant.slug)


@pytest.fixture
def inside(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.other))


@pytest.fixture
def outside(client, world):
    client.force_login(staff.hire(Role.FUNDER, None))


def links(text: str) -> list[str]:
    return [html.unescape(href) for href in re.findall(r'href="([^"]*nachweise[^"]*)"', text)]


@pytest.mark.usefixtures("inside")
def test_the_answer_stands_there_in_words_with_the_way_to_each_step(client, world):
    record(world, d15001=2, d15002=6)
    text = client.get(f"{ADDRESS}?je=district&groesse=small").content.decode()
    assert "Betriebsgröße 10–49" in text
    assert "zusammen 8" in text
    found = links(text)
    assert any("wert=15001" in href and "groesse=small" in href for href in found)
    for href in found:
        assert client.get(href).status_code == 200
    cell = client.get(next(href for href in found if "wert=15001" in href)).content.decode()
    assert cell.count("d15001-") == 2
    assert "d15002-" not in cell
    assert "groesse=small" in cell  # the way back leads to the same question


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(
    "query", ["?landkreis=99999", "?je=quatsch", "?kennzahl=fun", "?von=gestern", "?thema=%3Cb%3E"]
)
def test_an_address_that_makes_no_sense_is_put_right(client, world, query):
    record(world, d15001=2)
    assert "zusammen 2" in client.get(f"{ADDRESS}?{query}").content.decode()


@pytest.mark.usefixtures("inside")
def test_a_question_without_an_answer_says_so(client):
    assert "Dazu ist nichts festgehalten" in client.get(f"{ADDRESS}?branche=unknown").content.decode()


@pytest.mark.usefixtures("outside")
def test_an_outsider_sees_no_small_cell_and_no_way_to_any_step(client, world):
    record(world, d15001=2, d15002=6, d15003=8)
    text = client.get(f"{ADDRESS}?je=district&landkreis=15001&von=2026-02-10").content.decode()
    assert "zusammen 16" in text
    assert text.count("unter 5*") >= 2
    assert links(text) == []
    for ags, status in [("15001", 404), ("15002", 404), ("15003", 200)]:
        address = f"/desk/berichte/nachweise/?kennzahl=companies_reached&nach=district&wert={ags}"
        assert client.get(address).status_code == status
        assert client.get(f"{address}&von=2026-02-10&bis=2026-02-10").status_code == status
        narrowed = f"/desk/berichte/nachweise/?kennzahl=companies_reached&landkreis={ags}"
        assert client.get(narrowed).status_code == 404


@pytest.mark.usefixtures("outside")
def test_the_report_hides_from_an_outsider_what_the_analysis_hides(client, world):
    record(world, d15001=2, d15002=6, d15003=8)
    text = client.get("/desk/berichte/?nach=district").content.decode()
    assert text.count("unter 5*") >= 4
    assert not [href for href in links(text) if "wert=15001" in href or "wert=15002" in href]
    assert [href for href in links(text) if "wert=15003" in href]


def reached_by_district(client, **asked) -> tuple[dict, str]:
    answer = client.get(reverse("desk:report_download"), {"art": "json", **asked}).json()
    (row,) = (row for row in answer["indicators"] if row["key"] == "companies_reached")
    return row["by"]["district"], answer["to"]


@pytest.mark.usefixtures("outside")
def test_the_file_of_an_outsider_leaves_out_what_the_page_hides_and_keeps_its_days(client, world):
    record(world, d15001=2, d15002=3, d15003=9)
    assert reached_by_district(client, bis="2026-03-02") == ({"15003": 9}, "2026-02-28")


@pytest.mark.usefixtures("inside")
def test_the_file_of_the_staff_has_every_cell(client, world):
    record(world, d15001=2, d15002=3, d15003=9)
    cells, last = reached_by_district(client, bis="2026-03-02")
    assert (cells, last) == ({"15001": 2, "15002": 3, "15003": 9}, "2026-03-02")


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_the_answer_is_a_file(client, world, kind):
    record(world, d15001=2)
    response = client.get(f"{ADDRESS}laden/?je=district&datei={kind}")
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    assert client.get(f"{ADDRESS}laden/?datei=exe").status_code == 404


@pytest.mark.usefixtures("inside")
def test_filters_cost_no_query(client, world):
    record(world, d15001=2, d15002=6)
    client.get(ADDRESS)
    counts = []
    for query in ("?je=topic", "?je=topic&landkreis=15001&groesse=small&partner=ifak&art=inform&thema=x"):
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS + query)
        counts.append(len(queries))
    assert counts[0] == counts[1]
