"""Every figure is made of steps, net of reversals, with facts as valid on the step's day."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies.actions import facts, merges
from wegweiser.companies.models import Company
from wegweiser.journey import indicators
from wegweiser.journey.actions import steps
from wegweiser.journey.actions.steps import Hours, Occasion
from wegweiser.journey.models import Step
from wegweiser.kernel import clock

pytestmark = pytest.mark.django_db
YEAR = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}


def values(figures):
    return {key: figure.value for key, figure in figures.items()}


def count(key="contacts", **period):
    return indicators.figures(**{**YEAR, **period})[key]


def test_a_company_counts_once_and_each_contact_counts():
    firm = builders.company(size="small", district="15003")
    first = builders.step(firm)
    second = builders.step(firm, contacts_without_firm=3, format="demonstrate")
    reached, contacts = count("companies_reached"), count()
    assert (reached.total.value, reached.total.steps) == (1, [first.uuid, second.uuid])
    assert contacts.total.value == 5
    assert values(contacts.by["size"]) == {"small": 2, "no_company": 3}
    assert values(contacts.by["sector"]) == {"unknown": 2, "no_company": 3}
    assert values(contacts.by["format"]) == {"inform": 1, "demonstrate": 4}
    assert contacts.by["format"]["demonstrate"].steps == [second.uuid]
    assert values(reached.by["district"]) == {"15003": 1}


@pytest.mark.parametrize(
    ("columns", "counted"),
    [
        ({"measures": {"minutes": 10}}, 1),
        ({"measures": {"minutes": 9}}, 0),
        ({}, 0),
        ({"contributions": ["0.25"]}, 1),
        ({"contributions": ["0.05", "0.10"]}, 0),
    ],
)
def test_a_talk_counts_from_ten_minutes(columns, counted):
    hours = [Hours(builders.partner(), Decimal(value)) for value in columns.pop("contributions", [])]
    builders.step(builders.company(), occasion=Occasion("talk", uuid4()), contributions=hours, **columns)
    assert count().total.value == counted


def test_an_answer_by_mail_counts_nowhere():
    builders.step(builders.company(), occasion=Occasion("mail", uuid4()))
    assert {row.total.value for row in indicators.figures(**YEAR).values()} == {0}


def test_occasions_count_once_however_many_came():
    occasion = Occasion("event", uuid4())
    for name in ("Alpha", "Beta"):
        builders.step(builders.company(name), occasion=occasion)
    assert (count("events").total.value, count("companies_reached").total.value) == (1, 2)


def test_a_group_counts_its_heads():
    builders.step(None, other_recipient="group", contacts_without_firm=12)
    builders.step(None, other_recipient="multiplier")
    assert count().total.value == 13
    assert count("companies_reached").total.value == 0


def test_facts_count_as_they_were_on_the_day_and_known_by_the_moment():
    firm = builders.company(size="small")
    builders.step(firm)
    facts.declare(company=firm, kind="size", value="medium", valid_from=dt.date(2026, 7, 1), by=BY)
    frozen = clock.now()
    assert values(count().by["size"]) == {"small": 1}
    first = firm.facts.get(value="small")
    facts.correct(fact=first, value="micro", by=BY)
    assert values(count().by["size"]) == {"micro": 1}
    assert values(count(recorded_by=frozen).by["size"]) == {"small": 1}


def test_a_frozen_figure_does_not_know_what_came_later():
    firm, other = builders.company("Alpha"), builders.company("Beta")
    step = builders.step(firm)
    builders.step(other)
    frozen = clock.now()
    merges.merge(loser=other, survivor=firm, by=BY)
    steps.reverse(step=step, by=BY)
    builders.step(firm)
    builders.step(builders.company("Gamma"))
    assert count("companies_reached").total.value == 2
    assert count("companies_reached", recorded_by=frozen).total.steps == list(
        Step.objects.order_by("id").values_list("uuid", flat=True)[:2]
    )


def test_only_the_grant_and_the_period_asked_for_count():
    builders.step(builders.company(), grant="a", day=dt.date(2026, 1, 1))
    builders.step(builders.company(), grant="b", day=dt.date(2026, 12, 31))
    assert [count(grant=grant).total.value for grant in ("a", "b", "c", None)] == [1, 1, 0, 2]
    assert count(end=dt.date(2026, 12, 30)).total.value == 1


@pytest.mark.parametrize("size", [1, 3])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, size):
    for number in range(size):
        builders.step(builders.company(f"Firma {number}", size="small"))
    with django_assert_num_queries(3):
        indicators.figures(**YEAR)


SIZES = st.sampled_from([None, "micro", "small", "medium"])
SERVED = st.tuples(
    st.integers(-1, 3), st.integers(0, 5), st.sampled_from(["inform", "qualify"]), st.sampled_from(["ifak", "iff"])
).filter(lambda row: row[0] >= 0 or row[1] > 0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.tuples(SIZES, SIZES, SIZES, SIZES),
    served=st.lists(SERVED, max_size=8),
    merged=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=3),
)
def test_breakdowns_add_up_merges_never_raise_and_reversing_leaves_nothing(sizes, served, merged):
    with transaction.atomic():
        firms = [
            builders.company(f"Firma {place}", **({"size": size} if size else {})) for place, size in enumerate(sizes)
        ]
        made = [
            builders.step(
                firms[place] if place >= 0 else None,
                contacts_without_firm=heads,
                format=format_,
                partner=builders.partner(key),
            )
            for place, heads, format_, key in served
        ]
        _add_up(count(), count("companies_reached"))
        reached = count("companies_reached").total.value
        for loser, survivor in merged:
            lost, kept = Company.objects.get(pk=firms[loser].pk), Company.objects.get(pk=firms[survivor].pk)
            if lost.canonical_id is None and lost.pk != (kept.canonical_id or kept.pk):
                merges.merge(loser=lost, survivor=kept, by=BY)
            now = count("companies_reached").total.value
            assert now <= reached
            reached = now
        _add_up(count(), count("companies_reached"))
        for step in made:
            steps.reverse(step=step, by=BY)
        assert all(row.total == indicators.Figure() for row in indicators.figures(**YEAR).values())
        transaction.set_rollback(True)


def _add_up(contacts, reached):
    for dimension in indicators.DIMENSIONS:
        assert sum(figure.value for figure in contacts.by[dimension].values()) == contacts.total.value
    for dimension in indicators.FACTS:
        assert sum(figure.value for figure in reached.by[dimension].values()) == reached.total.value
