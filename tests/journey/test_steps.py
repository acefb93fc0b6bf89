"""Steps are recorded once, never changed, and taken back by a reversing step."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies.actions import merges
from wegweiser.journey import queries
from wegweiser.journey.actions import plans, steps
from wegweiser.journey.actions.steps import Hours
from wegweiser.journey.models import Contribution, Step
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, InternalError)  # SQLite and PostgreSQL name a trigger's refusal differently


@pytest.fixture
def firm():
    return builders.company()


def test_the_same_source_gives_the_first_step_and_changes_nothing(firm):
    source = builders.source()
    first = builders.step(firm, source=source, contributions=[Hours(builders.partner(), Decimal(2))])
    second = builders.step(firm, source=source, day=dt.date(2026, 6, 1), contributions=[])
    assert second == first
    assert second.day == builders.DAY
    assert Step.objects.count() == 1
    assert AuditEvent.objects.filter(event="step:recorded").count() == 1


def test_a_loser_of_the_race_for_one_source_gets_the_winners_step(firm, monkeypatch):
    source = builders.source()
    first = builders.step(firm, source=source)
    look, looks = steps._last, []

    def blind_at_first(asked):
        looks.append(asked)
        return None if len(looks) == 1 else look(asked)

    monkeypatch.setattr(steps, "_last", blind_at_first)
    assert builders.step(firm, source=source) == first
    assert Step.objects.count() == 1


def test_the_two_roles_of_one_source_are_two_steps(firm):
    one = builders.source()
    builders.step(firm, source=one)
    builders.step(firm, source=steps.Source(one.kind, one.uuid, "host"))
    assert Step.objects.count() == 2


def test_a_reversed_source_may_be_recorded_anew(firm):
    source = builders.source()
    first = builders.step(firm, source=source, measures={"minutes": 20})
    reversing = steps.reverse(step=first, by=BY)
    assert (reversing.reverses, reversing.day, reversing.measures) == (first, first.day, first.measures)
    second = builders.step(firm, source=source)
    assert (second.source_round, first.source_round) == (1, 0)
    assert builders.step(firm, source=source) == second


@pytest.mark.parametrize("code", ["reversed_already", "step_is_reversal"])
def test_a_step_is_taken_back_once(firm, code):
    step = builders.step(firm)
    reversing = steps.reverse(step=step, by=BY)
    with pytest.raises(DomainError) as error:
        steps.reverse(step=step if code == "reversed_already" else reversing, by=BY)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({}, "nobody_served"),
        ({"other_recipient": "crowd"}, "recipient_unknown"),
        ({"contacts_without_firm": 1, "format": "chat"}, "format_unknown"),
        ({"contacts_without_firm": 1, "measures": {"mood": 3}}, "measure_unknown"),
        ({"contacts_without_firm": 1, "aid": 100, "aid_basis": "2023/2831"}, "aid_without_company"),
        ({"contacts_without_firm": -1}, "negative"),
    ],
)
def test_nonsense_is_refused_with_a_code(columns, code):
    with pytest.raises(DomainError) as error:
        builders.step(None, **columns)
    assert error.value.code == code


@pytest.mark.parametrize("change", [lambda rows: rows.update(day=dt.date(2020, 1, 1)), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_a_step(firm, change):
    step = builders.step(firm)
    with pytest.raises(REFUSED), transaction.atomic():
        change(Step.objects.filter(pk=step.pk))


def test_only_who_gave_the_hours_may_be_forgotten(firm):
    staff = uuid4()
    builders.step(firm, contributions=[Hours(builders.partner(), Decimal("1.5"), staff)])
    assert steps.blank_staff(staff_number=staff, by=BY) == 1
    row = Contribution.objects.get()
    assert (row.staff_number, row.hours, row.partner.key) == (None, Decimal("1.5"), "ifak")


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(hours=9),
        lambda rows: rows.update(hours=9, staff_number=None),
        lambda rows: rows.update(staff_number=uuid4()),
        lambda rows: rows.delete(),
    ],
)
def test_the_database_refuses_any_other_change_of_hours(firm, change):
    builders.step(firm, contributions=[Hours(builders.partner(), Decimal("1.5"), uuid4())])
    with pytest.raises(REFUSED), transaction.atomic():
        change(Contribution.objects.all())


def test_the_timeline_goes_across_merges_and_marks_what_was_taken_back(firm):
    other = builders.company("Muster")
    old = builders.step(other, day=dt.date(2026, 1, 2))
    new = builders.step(firm, day=dt.date(2026, 3, 4))
    steps.reverse(step=old, by=BY)
    merges.merge(loser=other, survivor=firm, by=BY)
    for one in (firm, other):
        assert [(row.pk, row.taken_back) for row in queries.timeline(one)] == [(new.pk, False), (old.pk, True)]


def test_a_plan_keeps_its_order_and_is_ticked_off_once(firm):
    first = plans.plan(company=firm, title="Check", by=BY)
    plans.plan(company=firm, title="Besuch", by=BY)
    step = builders.step(firm)
    done = plans.tick_off(planned=first, step=step, by=BY)
    assert plans.tick_off(planned=first, by=BY).done_at == done.done_at
    assert [(row.title, row.step) for row in queries.plan(firm)] == [("Check", step), ("Besuch", None)]
