"""One word for several sectors: a question about the crafts finds every craft firm, and says what it counted."""

import datetime as dt
import io

import openpyxl
import pypdf
import pytest

from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import Role, SectorGroup
from wegweiser.kernel import clock

ADDRESS = "/desk/auswertung/"
RULE = "Zu „Handwerk“ zählen hier die Branchen crafts; wood. Die Branche zählt."


@pytest.fixture
def world(db):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        yield from small_centre()


@pytest.fixture
def crafts(world):
    """A joinery, a hairdresser and a machine builder were visited in February; crafts are joineries and the rest."""
    SectorGroup.objects.create(
        key="all_crafts", label={"de": "Handwerk"}, note={"de": "Die Branche zählt."}, sectors=["crafts", "wood"]
    )
    with clock.stopped_at(clock.now() - dt.timedelta(days=20)):
        for name, sector in {"Tischlerei": "wood", "Friseurin": "crafts", "Maschinenbau": "machines"}.items():
            firm = builders.company(name, sector=sector)
            builders.step(firm, day=clock.today(), topic=world.topic, partner=world.other, grant=world.grant.slug)


def text_of(body: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages).split())


@pytest.mark.usefixtures("crafts")
def test_a_group_finds_the_firms_of_all_its_sectors_and_their_steps(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.other))
    answer = client.get(f"{ADDRESS}?branche=all_crafts&je=sector")
    assert answer.context["total"] == "2"
    assert {row["key"]: row["text"] for row in answer.context["rows"]} == {"crafts": "1", "wood": "1"}
    steps = client.get(answer.context["total_href"]).content.decode()
    assert "Tischlerei" in steps
    assert "Friseurin" in steps
    assert "Maschinenbau" not in steps


@pytest.mark.usefixtures("crafts")
def test_the_rule_of_a_group_stands_beside_the_figure_on_the_page_and_in_the_files(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.other))
    assert RULE in client.get(f"{ADDRESS}?branche=all_crafts").content.decode()
    assert RULE in text_of(client.get(f"{ADDRESS}laden/?branche=all_crafts&datei=pdf").content)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{ADDRESS}laden/?branche=all_crafts&datei=xlsx").content))
    assert RULE in {cell.value for row in book.active.iter_rows() for cell in row}
    assert RULE not in client.get(ADDRESS).content.decode()


@pytest.mark.usefixtures("crafts")
def test_an_outsider_narrows_to_no_group(client, world):
    client.force_login(staff.hire(Role.FUNDER, None))
    asked = client.get(f"{ADDRESS}?branche=all_crafts")
    assert asked.context["total"] == "3"
    assert "Handwerk" not in asked.content.decode()
    evidence = "/desk/berichte/nachweise/?kennzahl=companies_reached"
    assert client.get(evidence).status_code == 200
    assert client.get(f"{evidence}&branche=all_crafts").status_code == 404


@pytest.mark.usefixtures("crafts")
def test_a_zero_is_an_answer_and_a_file(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.other))
    asked = client.get(f"{ADDRESS}?branche=all_crafts&groesse=large")
    assert "zusammen 0" in asked.content.decode()
    (xlsx, pdf) = (client.get(href) for _kind, href in asked.context["downloads"])
    for href in (href for _kind, href in asked.context["downloads"]):
        assert href.replace("&", "&amp;") in asked.content.decode()
    assert "Zusammen 0" in text_of(pdf.content)
    assert ["Zusammen", 0] in [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(xlsx.content)).active.iter_rows()
    ]
