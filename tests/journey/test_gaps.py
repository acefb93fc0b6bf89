"""The list of firms nobody knows enough of is what a report counts as "unknown"."""

import datetime as dt

import pytest

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies.actions import facts, merges
from wegweiser.journey import gaps, indicators
from wegweiser.journey.indicators import FACTS, UNKNOWN

pytestmark = pytest.mark.django_db
YEAR = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31), "grant": "g"}


def met(firm, month, day=4):
    return builders.step(firm, day=dt.date(2026, month, day), grant="g")


def unknown(kind):
    by = indicators.figures(**YEAR, keys=["companies_reached"])["companies_reached"].by[kind]
    return by[UNKNOWN].value if UNKNOWN in by else 0


def test_there_are_as_many_as_the_report_counts():
    for number, known in enumerate(
        ({}, {"size": "small"}, {"size": "micro", "district": "15001"}, {"sector": "metall"})
    ):
        met(builders.company(f"Firma {number}", **known), number + 1)
    builders.step(None, other_recipient="group", contacts_without_firm=9, grant="g")
    found = gaps.gaps(**YEAR)
    for kind in FACTS:
        assert sum(kind in gap.since for gap in found) == unknown(kind) > 0
    assert [gap.last.month for gap in found] == [4, 3, 2, 1]


def test_what_is_declared_from_that_day_on_fills_every_figure():
    firm = builders.company("Muster")
    for month in (2, 3, 4):
        met(firm, month)
    (gap,) = gaps.gaps(**YEAR)
    assert set(gap.since.values()) == {dt.date(2026, 2, 4)}
    facts.declare(company=firm, kind="size", value="small", valid_from=gap.since["size"], by=BY)
    contacts = indicators.figures(**YEAR, keys=["contacts"])["contacts"].by["size"]
    assert {key: figure.value for key, figure in contacts.items()} == {"small": 3}
    (gap,) = gaps.gaps(**YEAR)
    assert "size" not in gap.since
    assert gap.known == {"size": "small"}


def test_what_became_unknown_again_counts_from_there():
    firm = builders.company("Muster", size="small")
    facts.declare(company=firm, kind="size", value="", valid_from=dt.date(2026, 3, 1), by=BY)
    for month in (2, 3, 4):
        met(firm, month)
    (gap,) = gaps.gaps(**YEAR)
    assert gap.since["size"] == dt.date(2026, 3, 4)


def test_one_firm_alone_is_as_in_the_list_with_all_that_was_merged_into_it():
    firm, other = builders.company("Muster"), builders.company("Muster & Co")
    met(firm, 2)
    met(other, 5)
    met(builders.company("Andere"), 6)
    merges.merge(loser=other, survivor=firm, by=BY)
    found = {gap.company: gap for gap in gaps.gaps(**YEAR)}
    assert len(found) == 2
    assert gaps.gap_of(firm, start=YEAR["start"], end=YEAR["end"], grant="g") == found[firm.pk]
    assert found[firm.pk].last == dt.date(2026, 5, 4)


def test_a_firm_that_was_not_reached_has_no_gap():
    assert gaps.gap_of(builders.company("Muster"), **YEAR) is None
