"""A narrowed figure is the cell of the wider one: the same number, made of the same steps."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journey import builders
from wegweiser.companies.actions import facts
from wegweiser.journey import indicators
from wegweiser.journey.counting import counting
from wegweiser.journey.indicators import DIMENSIONS, FACTS, NO_COMPANY, Served

DAY = dt.date(2026, 3, 2)
KEYS = {dimension: st.sampled_from("ab") for dimension in DIMENSIONS}


@st.composite
def steps(draw):
    """Visits of few firms, with and without heads of no firm; facts may change from one visit to the next."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        company = draw(st.sampled_from([None, 1, 2, 3]))
        without_firm = draw(st.integers(0, 3))
        keys = draw(st.fixed_dictionaries(KEYS))
        keys["format"] = draw(st.sampled_from(["inform", "demonstrate"]))
        if company is None:
            keys |= dict.fromkeys(FACTS, NO_COMPANY)
        found.append(
            Served(
                uuid=UUID(int=number),
                day=DAY,
                company=company,
                heads=without_firm + (1 if company else 0),
                without_firm=without_firm,
                occasion=("visit", UUID(int=draw(st.integers(0, 2)))),
                minutes=None,
                measures={},
                keys=keys,
            )
        )
    return found


@given(steps(), st.sampled_from(["companies_reached", "contacts", "visits"]), st.permutations(DIMENSIONS))
def test_narrowing_to_a_key_gives_its_cell(served, key, order):
    rules = counting()
    first, second = order[:2]
    whole = indicators._indicator(key, served, rules, {})
    for one, figure in whole.by[first].items():
        narrowed = indicators._indicator(key, served, rules, {first: {one}})
        assert (narrowed.total.value, narrowed.total.steps) == (figure.value, figure.steps)
        assert list(narrowed.by[first]) == [one]
        for other, cell in narrowed.by[second].items():
            twice = indicators._indicator(key, served, rules, {first: {one}, second: {other}})
            assert (twice.total.value, twice.total.steps) == (cell.value, cell.steps)


@given(steps(), st.sets(st.sampled_from(["a", "b", "c"])))
def test_narrowing_to_several_keys_gives_the_sum_of_their_cells(served, keys):
    rules = counting()
    whole = indicators._indicator("contacts", served, rules, {}).by["topic"]
    narrowed = indicators._indicator("contacts", served, rules, {"topic": keys})
    assert narrowed.total.value == sum(figure.value for key, figure in whole.items() if key in keys)
    assert set(narrowed.by["topic"]) == set(whole) & keys


@given(steps())
def test_the_cells_of_contacts_add_up_to_their_total(served):
    found = indicators._indicator("contacts", served, counting(), {})
    assert found.total.value == sum(step.heads for step in served)
    for cells in found.by.values():
        assert sum(cell.value for cell in cells.values()) == found.total.value


@pytest.mark.django_db
def test_a_firm_that_moved_counts_where_it_was_last():
    firm = builders.company(district="15001")
    facts.declare(company=firm, kind="district", value="15002", valid_from=dt.date(2026, 6, 1), by=builders.BY)
    for month in (5, 7):
        builders.step(firm, day=dt.date(2026, month, 4))
    year = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31), "keys": ["companies_reached"]}
    found = {ags: indicators.figures(**year, only={"district": ags}) for ags in ("15001", "15002")}
    assert [row["companies_reached"].total.value for row in found.values()] == [0, 1]
    assert len(found["15002"]["companies_reached"].total.steps) == 2
