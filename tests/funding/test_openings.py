"""What was reached before the steps begin stands beside the Ist, never in it."""

import datetime as dt
import json

import pytest

from tests import contact_point
from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.funding import queries, reports
from wegweiser.funding.actions import openings, targets
from wegweiser.funding.models import OpeningBalance
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

DAY = dt.date(2026, 2, 27)


@pytest.fixture
def grant(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world().grant


def set_opening(grant, value=120, **changed):
    given = {"indicator": "contacts", "day": DAY, "reason": "Zwischennachweis, Seite 4", **changed}
    return openings.set(grant=grant, value=value, by=BY, **given)


def contacts(grant, **asked):
    return next(row for row in queries.results(grant, **asked).rows if row.key == "contacts")


def test_it_stands_apart_and_counts_for_the_target(grant):
    targets.promise(grant=grant, indicator="contacts", value=500, by=BY)
    builders.step(builders.company(), day=DAY, grant=grant.slug)
    set_opening(grant)
    row = contacts(grant)
    assert (row.actual, row.opening.value, row.reached, row.missing) == (1, 120, 121, 379)
    assert len(row.indicator.total.steps) == 1
    told = json.loads(reports.as_json(queries.results(grant)))
    (found,) = [one for one in told["indicators"] if one["key"] == "contacts"]
    assert (found["actual"], found["opening"], found["opening_on"]) == (1, 120, DAY.isoformat())
    assert found["opening_basis"] == "Zwischennachweis, Seite 4"
    assert len(found["steps"]) == 1
    others = {one["opening"] for one in told["indicators"] if one["key"] != "contacts"}
    assert others == {0}


def test_the_last_one_counts_and_nought_takes_it_away(grant):
    set_opening(grant)
    set_opening(grant, 150)
    assert contacts(grant).opening.value == 150
    set_opening(grant, 0, reason="stand doch in den Listen")
    assert contacts(grant).opening is None
    assert OpeningBalance.objects.count() == 3


def test_it_belongs_to_the_days_it_is_about_and_to_what_was_known(grant):
    moment = clock.now()
    with clock.stopped_at(moment + dt.timedelta(days=1)):
        set_opening(grant)
        assert contacts(grant, start=DAY + dt.timedelta(days=1)).opening is None
        assert contacts(grant, recorded_by=moment).opening is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"indicator": "unbekannt"}, "indicator_unknown"),
        ({"value": -1}, "opening_out_of_range"),
        ({"day": dt.date(2030, 1, 1)}, "day_in_future"),
        ({"day": dt.date(2001, 1, 1)}, "day_outside_grant"),
        ({"reason": " "}, "reason_missing"),
    ],
)
def test_what_makes_no_sense_is_refused(grant, changed, code):
    with pytest.raises(DomainError) as error:
        set_opening(grant, **changed)
    assert error.value.code == code


def test_the_sheet_has_a_column_of_its_own_only_where_there_is_one(grant):
    assert "Eröffnungswert" not in [column.heading for column in reports._result_columns(queries.results(grant))]
    set_opening(grant)
    found = queries.results(grant)
    assert "Eröffnungswert" in [column.heading for column in reports._result_columns(found)]
    assert any("Zwischennachweis, Seite 4" in line for line in reports._openings(found.usual))
    assert reports.as_xlsx(found)[:2] == b"PK"
    assert reports.as_pdf(found)[:4] == b"%PDF"


def test_what_steps_prove_of_the_same_time_is_told_so_that_nobody_counts_it_twice(grant):
    for day in (DAY - dt.timedelta(days=1), DAY, DAY + dt.timedelta(days=1)):
        builders.step(builders.company(f"Firma {day}"), day=day, grant=grant.slug)
    assert contacts(grant).proven_before == 0, "without an opening balance nothing is twice"
    set_opening(grant)
    row = contacts(grant)
    assert (row.actual, row.proven_before) == (3, 2)
    assert contacts(grant, start=DAY).proven_before == 1
    assert [found.proven_before for found in queries.results(grant).rows if not found.opening] == [0] * (
        len(queries.results(grant).rows) - 1
    )


@pytest.mark.parametrize(("days", "told"), [((0,), True), ((-1, 40), True), ((1,), False), ((), False)])
def test_a_list_of_the_time_of_an_opening_balance_is_recognised(grant, days, told):
    set_opening(grant)
    found = queries.openings_over({DAY + dt.timedelta(days=day) for day in days})
    assert [row.indicator for row in found] == (["contacts"] if told else [])


def test_days_before_the_grant_are_no_matter_of_its_opening_balance(grant):
    set_opening(grant)
    assert queries.openings_over({grant.starts_on - dt.timedelta(days=1)}) == []
