"""The question as an address, the answer as a page; outsiders find no way to a small cell."""

import datetime as dt
import html
import io
import re
import zipfile

import pypdf
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
    """As it happened and was entered last month."""
    day = clock.today() - dt.timedelta(days=20)
    with clock.stopped_at(clock.now() - dt.timedelta(days=20)):
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
def test_an_outsider_sees_no_small_cell_and_the_way_to_the_steps_of_the_total_alone(client, world):
    record(world, d15001=2, d15002=6, d15003=8)
    text = client.get(f"{ADDRESS}?je=district&landkreis=15001&von=2026-02-10").content.decode()
    assert "zusammen 16" in text
    assert text.count("verdeckt*") >= 2
    (total,) = set(links(text))
    assert "nach=" not in total
    assert client.get(total).content.decode().count('scope="row"') == 16
    for ags in ("15001", "15002", "15003"):
        for further in ("", "&von=2026-02-10&bis=2026-02-10"):
            asked = f"/desk/berichte/nachweise/?kennzahl=companies_reached{further}"
            assert client.get(f"{asked}&nach=district&wert={ags}").status_code == 404
            assert client.get(f"{asked}&landkreis={ags}").status_code == 404


@pytest.mark.usefixtures("outside")
def test_the_report_hides_from_an_outsider_what_the_analysis_hides(client, world):
    record(world, d15001=2, d15002=6, d15003=8)
    text = client.get("/desk/berichte/?nach=district").content.decode()
    assert text.count("verdeckt*") >= 2
    assert links(text)
    assert not [href for href in links(text) if "nach=" in href]


@pytest.mark.usefixtures("outside")
def test_whatever_days_an_outsider_asks_for_the_page_says_which_ones_it_is_about(client, world):
    record(world, d15001=9)
    builders.step(builders.company("Heute"), day=clock.today(), topic=world.topic, grant=world.grant.slug)
    asked = client.get("/desk/berichte/?von=2026-02-28&bis=2026-03-02")
    assert "bis 28. Februar 2026" in asked.content.decode()
    assert 'name="von"' not in asked.content.decode()
    assert {tile["key"]: tile["actual"] for tile in asked.context["tiles"]}["companies_reached"] == "9"


@pytest.mark.usefixtures("outside")
def test_before_the_first_full_month_is_over_the_page_says_so(client, world):
    world.grant.starts_on = clock.today().replace(day=1)
    world.grant.save()
    builders.step(builders.company("Heute"), day=clock.today(), topic=world.topic, grant=world.grant.slug)
    page = client.get("/desk/berichte/").content.decode()
    assert "Noch keine Zahlen" in page
    assert "Alle Zahlen" not in page
    assert "zusammen 0" in client.get(ADDRESS).content.decode()


@pytest.mark.usefixtures("outside")
def test_a_total_under_five_is_told_everywhere_and_never_broken_down(client, world):
    record(world, d15001=2, d15002=1)
    page = client.get(f"{ADDRESS}?je=district").content.decode()
    assert "zusammen 3." in page
    assert "Wo es zu wenige sind" in page
    assert "Kreis 15001" not in page
    report = client.get("/desk/berichte/?nach=district")
    assert {tile["key"]: tile["actual"] for tile in report.context["tiles"]}["companies_reached"] == "3"
    assert "Wo es zu wenige sind" in report.content.decode()
    assert reached_by_district(client)[0] is None


@pytest.mark.usefixtures("outside")
def test_what_firms_are_like_is_told_of_firms_alone_and_the_page_says_why(client, world):
    record(world, d15001=9, d15002=8)
    text = client.get(f"{ADDRESS}?kennzahl=contacts&je=district").content.decode()
    assert "nur die erreichten Unternehmen aufgeteilt" in text
    assert "Kreis 15001" not in text
    way = html.unescape(re.search(r'href="([^"]*kennzahl=companies_reached[^"]*je=district[^"]*)"', text)[1])
    assert "Kreis 15001" in client.get(way).content.decode()
    charts = client.get("/desk/berichte/?nach=district").context["charts"]
    assert [chart["title"] for chart in charts] == ["Erreichte Unternehmen nach Landkreis"]


def reached_by_district(client, **asked) -> tuple[dict, str]:
    answer = client.get(reverse("desk:report_download"), {"art": "json", **asked}).json()
    (row,) = (row for row in answer["indicators"] if row["key"] == "companies_reached")
    return row["by"]["district"], answer["to"]


@pytest.mark.usefixtures("outside")
def test_the_file_of_an_outsider_hides_what_the_page_hides_and_keeps_its_days(client, world):
    record(world, d15001=2, d15002=5, d15003=9)
    hidden = {"15001": None, "15002": None, "15003": 9}
    assert reached_by_district(client, bis="2026-03-02") == (hidden, "2026-02-28")


@pytest.mark.usefixtures("outside")
def test_the_sheet_of_an_outsider_says_which_cells_are_hidden_and_why(client, world):
    record(world, d15001=2, d15002=5, d15003=9)
    body = client.get(reverse("desk:report_download"), {"art": "xlsx"}).content
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    (broken_down,) = (sheet for sheet in sheets if "aufgeteilt" in sheet)
    assert broken_down.count("verdeckt*") == 2
    assert "* Verdeckt sind Zahlen unter 5" in broken_down
    assert "nur die erreichten Unternehmen aufgeteilt" in broken_down


@pytest.mark.usefixtures("outside")
def test_the_paper_of_an_outsider_says_the_same_as_the_page(client, world):
    record(world, d15001=2, d15002=5, d15003=9)
    body = client.get(reverse("desk:report_download"), {"art": "pdf"}).content
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages).split())
    assert "Zeitraum: 1. Januar 2020 bis 28. Februar 2026" in text
    assert "so wie sie am 1. März 2026 festgehalten war" in text
    assert text.count("verdeckt*") == 2
    assert "Erreichte Unternehmen nach Landkreis" in text
    assert "Kontakte nach Landkreis" not in text
    assert "nur die erreichten Unternehmen aufgeteilt" in text


@pytest.mark.usefixtures("outside")
def test_the_report_of_an_english_page_is_in_english(client, world):
    record(world, d15001=9)
    body = client.get("/en/desk/berichte/laden/?art=xlsx").content
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        texts = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/"))
    for german in ("Kennzahl", "Indikator", "Ist<", "Soll<", "Fehlt", "Zeitraum", "Nachweis", "Tag<"):
        assert german not in texts
    assert "Missing" in texts


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
