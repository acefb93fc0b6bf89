"""One question to the figures: what staff see, what outsiders see, and the files of it."""

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.funding.test_reports import define
from tests.journey import builders
from wegweiser.funding import answers, questions, words
from wegweiser.funding.questions import Question
from wegweiser.journey import disclosure, indicators
from wegweiser.journey.counting import counting
from wegweiser.journey.indicators import Figure, Indicator
from wegweiser.kernel import clock

TODAY = dt.date(2026, 11, 25)
MAY = dt.datetime(2026, 5, 5, 12, tzinfo=dt.UTC)


def ask(grant, **changes):
    given = {"indicator": "contacts", "dimension": "district", "start": grant.starts_on, "end": grant.ends_on}
    return Question(grant=grant, **{**given, **changes})


def reached(grant, **changes):
    return ask(grant, indicator="companies_reached", **changes)


def record(grant, **districts):
    """As it happened and was entered in May."""
    with clock.stopped_at(MAY):
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
    found = questions.answer_for_outsiders(reached(grant), today=TODAY)
    assert told(found) == {"15003": 8, "15001": None, "15002": None}
    assert found.total == 16
    assert not any(cell.steps for cell in found.cells)
    assert found.steps == ()


def test_outsiders_cannot_narrow_or_choose_days_to_subtract_one_answer_from_another(grant):
    asked = ask(grant, start=dt.date(2026, 5, 5), end=dt.date(2026, 5, 5), only={"size": "small"})
    allowed = asked.for_outsiders(TODAY)
    assert (allowed.start, allowed.end, dict(allowed.only)) == (grant.starts_on, dt.date(2026, 10, 31), {})
    assert allowed.recorded_by == clock.at(dt.date(2026, 11, 1))


def test_outsiders_get_one_answer_however_they_ask(grant):
    record(grant, d15001=2, d15002=6, d15003=8)
    wide = questions.answer_for_outsiders(reached(grant), today=TODAY)
    narrow = reached(grant, start=dt.date(2026, 5, 5), only={"district": "15001"})
    assert questions.answer_for_outsiders(narrow, today=TODAY) == wide


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 30), min_size=1))
@example({**dict.fromkeys("abcde", 1), "f": 20})
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_an_outsider_cannot_tell_a_hidden_cell_from_one_of_five(grant, cells):
    """Not from the sum, and not from the order in which the cells stand."""
    found = Indicator(
        "contacts", "contacts", Figure(sum(cells.values())), {"topic": {k: Figure(v) for k, v in cells.items()}}
    )
    answer = questions.told(ask(grant, dimension="topic"), found)
    hidden = [cell.key for cell in answer.cells if cell.value is None]
    assert hidden == sorted(hidden)
    assert all(cell.value is None or cell.value >= disclosure.LEAST for cell in answer.cells)
    assert answer.refused is None or not answer.cells
    if hidden:
        rest = answer.total - sum(cell.value or 0 for cell in answer.cells)
        assert len(hidden) >= 2
        assert rest - (len(hidden) - 1) >= disclosure.LEAST


@pytest.mark.parametrize("dimension", indicators.FACTS)
def test_outsiders_learn_of_firms_what_they_are_like_and_not_of_meetings(grant, dimension):
    record(grant, d15001=9)
    for key in counting().indicators:
        found = questions.answer_for_outsiders(ask(grant, indicator=key, dimension=dimension), today=TODAY)
        assert (found.refused == questions.Refusal.FIRMS_ONLY) == (key != "companies_reached")
        assert (found.cells == ()) == (key != "companies_reached")


def test_a_refused_answer_draws_no_map_of_noughts(grant):
    record(grant, d15001=3)
    found = questions.answer_for_outsiders(reached(grant), today=TODAY)
    assert (found.total, found.cells, found.refused) == (3, (), questions.Refusal.TOO_FEW)
    assert answers.picture(found, words.Labels()) == ""
    assert answers.as_pdf(found).startswith(b"%PDF")


def test_everybody_is_told_of_the_grant_that_ran_at_the_end_of_last_month(grant):
    next_one = define("follow-up", starts_on=dt.date(2027, 1, 1), ends_on=dt.date(2028, 12, 31))
    told_of = {day: questions.public_extent(day) for day in (dt.date(2027, 1, 31), dt.date(2027, 2, 1))}
    assert [extent.grant for extent in told_of.values()] == [grant, next_one]
    assert [extent.end for extent in told_of.values()] == [dt.date(2026, 12, 31), dt.date(2027, 1, 31)]
    assert questions.public_extent(dt.date(2026, 1, 31)) is None


@pytest.mark.django_db
def test_a_centre_without_a_grant_tells_of_all_it_did():
    assert questions.public_extent(TODAY) is None
    builders.step(builders.company())
    found = questions.public_extent(TODAY)
    assert (found.grant, found.start, found.end) == (None, builders.DAY, dt.date(2026, 10, 31))


def test_a_hidden_cell_is_in_no_file(grant):
    record(grant, d15001=2, d15002=6, d15003=8)
    found = questions.answer_for_outsiders(reached(grant), today=TODAY)
    with zipfile.ZipFile(io.BytesIO(answers.as_xlsx(found))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("verdeckt*") == 2
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
    assert len(answers.notes(found, words.Labels())) == 1
