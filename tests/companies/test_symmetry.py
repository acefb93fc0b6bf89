"""It does not matter which of two rows is asked about: verdict, odds and evidence are the same."""

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from benchmarks.companies import cells
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wegweiser.companies.importing import told
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.row import whereabouts
from wegweiser.companies.linkage.row.profiles import Known, profile

pytestmark = pytest.mark.one_database
# What goes together in a row; either may be the one of the other row.
CELLS = (
    *(("name",), ("street",), ("postcode", "place", "town", "codes", "points"), ("phones", "tails"), ("emails",)),
    *(("website",), ("persons",), ("trade",), ("remark",)),
)
DESKS = (
    Known(name="Spedition Ellerholz GmbH", postcode="39340", place="Haldensleben", phones=("+493904721014",)),
    Known(name="Spedition Ellerholz GmbH", postcode="39340", place="Haldensleben", phones=("+493904721031",)),
)
COMPOUND = (
    Known(name="Löwen-Apotheke", postcode="39288", place="Burg", phones=("+493921555010",)),
    Known(name="Löwenapotheke", postcode="39288", place="Burg", persons=("Frau Kahlow",)),
)
DOUBLE_NAME = (
    Known(name="Architekten Kahlow-Rehbein", postcode="39288", place="Burg", persons=("Ute Kahlow",)),
    Known(name="Architekten Kahlow-Rehbein", postcode="39288", place="Burg", persons=("Ute Kahlow-Rehbein",)),
)
UNPLACED = (  # a place is known by its points, and the other by its name alone
    Known(name="Physiotherapie", postcode="39418", place="Staßfurt", points=((51.8519, 11.5851),), is_whole=True),
    Known(name="Physiotherapie", postcode="39624", place="Kalbe Milde", persons=("Ute Kahlow",), is_whole=True),
)


@cache
def pairs() -> list[tuple[Known, Known]]:
    """The pairs of two lists of our own, as an import reads them."""
    found: list[tuple[Known, Known]] = []
    places = cells.cleaner().region.gazetteer
    for name in ("pairs.psv", "slips_and_remarks.psv"):
        with (Path(__file__).parent / name).open(encoding="utf-8") as lines:
            rows = cells.read(list(csv.DictReader(lines, delimiter="|")), cells.OUTSIDERS_COLUMNS)
        known = [whereabouts.located(told.known_of(row), lambda: places) for row in rows if isinstance(row, Clean)]
        found += zip(known[::2], known[1::2], strict=True)
    return found


@st.composite
def two_rows(draw: st.DrawFn) -> tuple[Known, Known]:
    """A pair of which some cells changed sides, and some are of a row of another pair."""
    one, other = draw(st.sampled_from(pairs()))
    third = draw(st.sampled_from(pairs()))[0]
    mine, its = one, other
    for names in CELLS:
        source = draw(st.sampled_from([(one, other), (other, one), (one, one), (other, other), (one, third)]))
        mine = replace(mine, **{name: getattr(source[0], name) for name in names})
        its = replace(its, **{name: getattr(source[1], name) for name in names})
    return mine, its


@settings(deadline=None, max_examples=300)
@example(DESKS)
@example(COMPOUND)
@example(DOUBLE_NAME)
@example(UNPLACED)
@given(two_rows())
def test_two_rows_are_judged_alike_in_either_order(rows):
    one, other = (profile(number, row) for number, row in enumerate(rows))
    there, back = compare(one, other), compare(other, one)
    assert (there.verdict, set(there.evidence)) == (back.verdict, set(back.evidence))
    assert there.weight == pytest.approx(back.weight)
