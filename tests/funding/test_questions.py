"""One question to the figures: what staff see, what outsiders see, and the files of it."""

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.funding.test_reports import define
from tests.journey import builders
from wegweiser.funding import answers, questions
from wegweiser.funding.questions import Question
from wegweiser.journey import disclosure, indicators
from wegweiser.journey.indicators import Figure, Indicator

TODAY = dt.date(2026, 11, 25)


def ask(grant, **changes):
    given = {"indicator": "contacts", "dimension": "district", "start": grant.starts_on, "end": grant.ends_on}
    return Question(grant=grant, **{**given, **changes})


def record(grant, **districts):
    for ags, count in districts.items():
        for number in range(count):
            firm = builders.company(f"{ags}-{number}", district=ags.removeprefix("d"), size="small")
            builders.step(firm, grant=grant.slug)


@pytest.fixture
def grant(db):
    return define()


def told(answer):
    return {cell.key: cell.value for cell in answer.cells}


def test_staff_see_each_cell_with_its_steps(grant):
    record(grant, d15001=2, d15002=6)
    found = questions.answer(ask(grant))
    assert told(found) == {"15001": 2, "15002": 6}
    assert [len(cell.steps) for cell in found.cells] == [6, 2]
    assert not found.hides


def test_staff_narrow_as_they_like(grant):
    record(grant, d15001=2, d15002=6)
    found = questions.answer(ask(grant, dimension="size", only={"district": "15001"}))
    assert (found.total, told(found)) == (2, {"small": 2})


def test_outsiders_see_no_cell_under_five_nor_one_that_gives_it_away(grant):
    record(grant, d15001=2, d15002=6, d15003=8)
    found = questions.answer_for_outsiders(ask(grant), today=TODAY)
    assert told(found) == {"15003": 8, "15001": None, "15002": None}
    assert found.total == 16
    assert not any(cell.steps for cell in found.cells)
    assert found.steps == ()


def test_outsiders_cannot_narrow_or_choose_days_to_subtract_one_answer_from_another(grant):
    asked = ask(grant, start=dt.date(2026, 5, 5), end=dt.date(2026, 5, 5), only={"size": "small"})
    allowed = asked.for_outsiders(TODAY)
    assert (allowed.start, allowed.end, dict(allowed.only)) == (grant.starts_on, dt.date(2026, 10, 31), {})


def test_outsiders_get_one_answer_however_they_ask(grant):
    record(grant, d15001=2, d15002=6, d15003=8)
    wide = questions.answer_for_outsiders(ask(grant), today=TODAY)
    narrow = ask(grant, start=dt.date(2026, 5, 5), only={"district": "15001"})
    assert questions.answer_for_outsiders(narrow, today=TODAY) == wide


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 30), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_an_outsider_is_left_with_several_values_for_each_hidden_cell(grant, cells):
    """Not from the sum, and not from the order in which the cells stand."""
    found = Indicator(
        "contacts", "contacts", Figure(sum(cells.values())), {"topic": {k: Figure(v) for k, v in cells.items()}}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indicators, "figures", lambda **_: {"contacts": found})
        answer = questions.answer_for_outsiders(ask(grant, dimension="topic"), today=TODAY)
    hidden = [cell.key for cell in answer.cells if cell.value is None]
    assert hidden == sorted(hidden)
    assert all(cell.value is None or cell.value >= disclosure.LEAST for cell in answer.cells)
    if answer.total is not None and hidden:
        rest = answer.total - sum(cell.value or 0 for cell in answer.cells)
        assert len(hidden) >= 2
        assert rest - (len(hidden) - 1) > 1  # each may be one, or more than one


def test_a_hidden_cell_is_in_no_file(grant):
    record(grant, d15001=2, d15002=6, d15003=8)
    found = questions.answer_for_outsiders(ask(grant), today=TODAY)
    with zipfile.ZipFile(io.BytesIO(answers.as_xlsx(found))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("unter 5*") == 2
    assert "<v>6</v>" not in sheet
    assert "<v>8</v>" in sheet


@pytest.mark.parametrize("dimension", indicators.DIMENSIONS)
def test_every_breakdown_is_one_tagged_page(grant, dimension):
    for month in range(1, 13):
        builders.step(builders.company(f"{month}", district="15001"), grant=grant.slug, day=dt.date(2026, month, 5))
    page = answers.as_pdf(questions.answer(ask(grant, dimension=dimension)))
    assert page.startswith(b"%PDF")
    assert b"/StructTreeRoot" in page
    assert page.count(b"/Type /Page\n") + page.count(b"/Type/Page/") <= 1


def test_an_answer_to_nothing_is_a_page_too(grant):
    found = questions.answer(ask(grant))
    assert (found.total, found.cells) == (0, ())
    assert answers.as_pdf(found).startswith(b"%PDF")


def test_parts_that_add_up_to_more_say_why(grant):
    firm = builders.company("Muster", district="15001")
    for slug in ("a", "b"):
        builders.step(firm, grant=grant.slug, topic=builders.topic(slug))
    found = questions.answer(ask(grant, indicator="companies_reached", dimension="topic"))
    assert found.total == 1
    assert len(answers.notes(found)) == 1
