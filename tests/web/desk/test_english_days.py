"""English figures carry English days, on the page and in each file: "2 October 2025", never "2. October 2025"."""

import datetime as dt
import io
import re

import openpyxl
import pypdf
import pytest

from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import Role
from wegweiser.funding.actions import targets
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

GERMAN_DAY = re.compile(r"\d\. ?[A-Z][a-zä]+ \d{4}")
PERIOD = "von=2026-01-01&bis=2026-02-28"


@pytest.fixture(params=[Role.MANAGEMENT, Role.FUNDER])
def reader(db, client, request):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        found = small_centre()
        world = next(found)
        by = Actor.system("test")
        targets.promise(grant=world.grant, indicator="contacts", value=10, by=by)
        builders.step(builders.company("Firma"), day=dt.date(2026, 2, 10), topic=world.topic, grant=world.grant.slug)
        client.force_login(staff.hire(request.param, world.lead if request.param == Role.MANAGEMENT else None))
        yield client
        yield from found


def written(response) -> str:
    """What a reader sees of the answer: a page, a sheet or a paper."""
    kind = response.headers["Content-Type"]
    if "pdf" in kind:
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.content)).pages)
    if "sheet" in kind:
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return response.text


@pytest.mark.parametrize(
    "page",
    [
        *(f"berichte/?{PERIOD}", "berichte/?von=1999-01-01&bis=1999-02-01", f"auswertung/?{PERIOD}&kennzahl=contacts"),
        *(f"berichte/laden/?{PERIOD}&art=xlsx", f"berichte/laden/?{PERIOD}&art=pdf"),
        *(f"auswertung/laden/?{PERIOD}&art=xlsx", f"auswertung/laden/?{PERIOD}&art=pdf"),
    ],
)
def test_no_english_figure_has_a_german_day(reader, page):
    english, german = written(reader.get(f"/en/desk/{page}")), written(reader.get(f"/desk/{page}"))
    assert GERMAN_DAY.findall(english) == []
    assert re.search(r"\d [A-Z][a-z]+ 20\d\d", english)
    assert GERMAN_DAY.search(german), "the same page has days in words, and in German they have their dot"
