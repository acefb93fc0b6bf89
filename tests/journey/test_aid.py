"""State aid is judged by the rule of its day, whole or not at all, and never goes beyond the ceiling."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies import sizes as known_sizes
from wegweiser.companies.actions import facts, merges, sizes
from wegweiser.journey import aid, queries
from wegweiser.journey.actions import aid as aids
from wegweiser.journey.actions import steps
from wegweiser.journey.actions.steps import Occasion
from wegweiser.journey.aid import Award, Promise
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

TODAY = dt.date(2026, 11, 23)
RULE = "2023/2831"


@pytest.fixture(autouse=True)
def stopped_clock():
    with clock.stopped_at(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)):
        yield


def award(day: str, amount: int, rule: str = RULE) -> Award:
    return Award(dt.date.fromisoformat(day), Decimal(amount), rule)


@pytest.mark.parametrize(
    ("day", "left"),
    [("2023-11-23", 300_000), ("2023-11-24", 200_000), ("2026-11-23", 200_000), ("2026-11-24", 300_000)],
)
def test_the_window_is_open_at_its_first_day_and_closed_at_its_last(day, left):
    assert aid.headroom([award(day, 100_000)], [], rule=aid.de_minimis(TODAY), day=TODAY) == left


@pytest.mark.parametrize(("rule", "left"), [("1407/2013", 200_000), ("2023/2832", 300_000), ("651/2014-28", 300_000)])
def test_only_aid_under_the_rules_that_count_uses_up_the_ceiling(rule, left):
    assert aid.headroom([award("2025-01-01", 100_000, rule)], [], rule=aid.de_minimis(TODAY), day=TODAY) == left


def test_general_aid_also_stays_below_the_joint_ceiling_with_services_of_general_interest():
    awards = [award("2025-01-01", 600_000, "2023/2832")]
    assert aid.headroom(awards, [], rule=aid.de_minimis(TODAY), day=TODAY) == 150_000


def test_the_rule_is_the_one_in_force_on_the_day():
    assert aid.de_minimis(dt.date(2023, 12, 31)).ceiling == 200_000
    assert aid.de_minimis(dt.date(2024, 1, 1)).ceiling == 300_000
    with pytest.raises(DomainError, match="in force"):
        aid.de_minimis(dt.date(2031, 1, 1))


def test_fiscal_years_count_whole():
    day = dt.date(2023, 6, 30)
    awards = [award("2021-01-01", 50_000, "1407/2013"), award("2020-12-31", 70_000, "1407/2013")]
    assert aid.headroom(awards, [], rule=aid.de_minimis(day), day=day) == 150_000


def test_an_award_entered_late_must_fit_into_the_windows_of_later_awards():
    rule = aid.de_minimis(TODAY)
    awards = [award("2026-06-01", 250_000)]
    day = dt.date(2026, 1, 1)
    assert aid.headroom(awards, [], rule=rule, day=day) == 300_000
    assert aid.grantable(awards, [], rule=rule, day=day, today=TODAY) == 50_000


DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))


@given(st.lists(st.tuples(DAYS, st.integers(1, 200_000), st.booleans()), max_size=12))
def test_no_sequence_of_awards_and_promises_goes_beyond_the_ceiling(tries):
    awards, promises = [], []
    for day, amount, promised in tries:
        rule = aid.de_minimis(day)
        when = TODAY if promised else day
        if amount > aid.grantable(awards, promises, rule=rule, day=when, today=TODAY):
            continue
        if promised:
            promises.append(Promise(Decimal(amount), RULE, TODAY))
        else:
            awards.append(Award(day, Decimal(amount), RULE))
    rule = aid.de_minimis(TODAY)
    held = sum(promise.amount for promise in promises)
    for end in {TODAY, *(award.day for award in awards)}:
        used = aid.used(awards, rule=rule, limit=rule.limits[0], day=end)
        assert used + (held if rule.holds(TODAY, day=end) else 0) <= rule.ceiling


# --- Stored --------------------------------------------------------------------------------------------------------


def reserve(firm, amount):
    return aids.reserve(company=firm, amount=amount, expires_on=TODAY + dt.timedelta(days=30), by=BY)


def grant(reservation, **columns):
    given = {
        "day": TODAY,
        "source": builders.source(),
        "occasion": Occasion("project", reservation.uuid),
        "format": "implement",
        "topic": builders.topic(),
        "partner": builders.partner(),
    }
    return aids.grant(reservation=reservation, by=BY, **{**given, **columns})


@pytest.mark.django_db
def test_a_promise_that_does_not_fit_is_refused_as_a_whole():
    firm = builders.sized()
    reserve(firm, 250_000)
    with pytest.raises(DomainError) as error:
        reserve(firm, 60_000)
    assert error.value.code == "aid_exceeds_ceiling"
    assert queries.headroom(firm, TODAY) == 50_000


@pytest.mark.django_db
def test_granting_turns_the_promise_into_a_step_once():
    firm = builders.sized()
    reservation = reserve(firm, 300_000)
    step = grant(reservation)
    assert (step.aid, step.aid_basis, step.company) == (Decimal(300_000), RULE, firm)
    assert grant(reservation) == step
    statement = queries.aid_statement(firm, TODAY)
    assert statement == {
        "on": "2026-11-23",
        "undertaking": [str(firm.uuid)],
        "rule": RULE,
        "ceiling": 300000,
        "used": 300000,
        "reserved": 0,
        "headroom": 0,
        "awards": [
            {
                "day": "2026-11-23",
                "amount": 300000,
                "rule": RULE,
                "source": "own",
                "granting_body": None,
                "uuid": str(step.uuid),
            }
        ],
    }


@pytest.mark.django_db
def test_a_dropped_or_expired_promise_frees_its_headroom():
    firm = builders.sized()
    dropped = reserve(firm, 300_000)
    aids.release(reservation=dropped, by=BY)
    assert queries.headroom(firm, TODAY) == 300_000
    with pytest.raises(DomainError, match="reservation_released"):
        grant(dropped)
    expiring = reserve(firm, 300_000)
    with clock.stopped_at(dt.datetime(2027, 3, 1, tzinfo=dt.UTC)):
        assert queries.headroom(firm) == 300_000
        with pytest.raises(DomainError, match="reservation_expired"):
            grant(expiring)


@pytest.mark.django_db
def test_aid_of_a_merged_company_counts_and_reversed_aid_does_not():
    firm, other = builders.sized("Muster GmbH"), builders.sized("Muster")
    step = builders.step(other, aid=200_000, aid_basis=RULE)
    aids.declare(company=firm, granted_on=dt.date(2025, 1, 1), amount=40_000, rule=RULE, by=BY)
    made = merges.merge(loser=other, survivor=firm, by=BY)
    assert queries.headroom(firm, TODAY) == queries.headroom(other, TODAY) == 60_000
    with pytest.raises(DomainError, match="are left"):
        builders.step(other, aid=60_001, aid_basis=RULE)
    steps.reverse(step=step, by=BY)
    assert queries.headroom(firm, TODAY) == 260_000
    merges.undo(merge=made, by=BY)
    assert queries.headroom(other, TODAY) == 300_000


# --- The size ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_a_size_by_the_definition_aid_is_promised_but_not_granted():
    firm = builders.company(size="small")
    reservation = reserve(firm, 1_000)
    with pytest.raises(DomainError) as error:
        grant(reservation)
    assert error.value.code == "aid_needs_eu_size"
    assert queries.aid_statement(firm, TODAY)["reserved"] == 1_000
    sizes.enter_figures(company=firm, year=2025, headcount=Decimal(20), by=BY)
    sizes.settle(company=firm, by=BY)
    assert grant(reservation).aid == 1_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "year", "day", "holds"),
    [
        ("2026-05-04", 2025, "2026-05-04", True),
        ("2026-05-05", 2025, "2026-05-04", False),  # taken over for a later day only
        ("2026-05-04", 2024, "2026-05-04", True),
        ("2026-05-04", 2023, "2026-05-04", False),  # older than accounts may be
    ],
)
def test_the_size_holds_on_the_day_of_the_aid(since, year, day, holds):
    firm = builders.company()
    sizes.enter_figures(company=firm, year=year, headcount=Decimal(20), by=BY)
    sizes.settle(company=firm, since=dt.date.fromisoformat(since), by=BY)
    found = known_sizes.by_definition(firm, on=dt.date.fromisoformat(day))
    assert (found is not None) is holds


@pytest.mark.django_db
def test_a_size_that_was_said_later_and_differs_puts_the_determined_one_in_doubt():
    firm = builders.sized()
    same, other = ("small", dt.date(2026, 6, 1)), ("medium", dt.date(2026, 7, 1))
    for value, since in (same, other):
        facts.declare(company=firm, kind="size", value=value, valid_from=since, by=BY)
    days = [dt.date(2026, 5, 1), dt.date(2026, 6, 15), dt.date(2026, 7, 15)]
    assert [known_sizes.by_definition(firm, on=day) is not None for day in days] == [True, True, False]


@pytest.mark.django_db
def test_aid_for_small_and_medium_firms_is_not_granted_to_large_ones():
    small, large = builders.sized("Klein GmbH"), builders.sized("Groß GmbH", headcount=400)
    day = dt.date(2026, 5, 4)
    assert builders.step(small, day=day, aid=500, aid_basis="651/2014-28").aid == 500
    with pytest.raises(DomainError) as error:
        builders.step(large, day=day, aid=500, aid_basis="651/2014-28")
    assert error.value.code == "aid_for_smes_only"
    assert builders.step(large, day=day, aid=500, aid_basis=RULE).aid == 500


@pytest.mark.django_db
def test_a_step_without_aid_asks_for_no_size():
    assert builders.step(builders.company()).aid == 0


@pytest.mark.django_db
def test_of_a_merged_firm_the_size_goes_along():
    sized, kept = builders.sized("Muster"), builders.company("Muster GmbH")
    merges.merge(loser=sized, survivor=kept, by=BY)
    assert builders.step(kept, aid=500, aid_basis=RULE).aid == 500
