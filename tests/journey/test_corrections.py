"""A mistake on a timeline is taken back with a reason, or stands at the right firm from then on."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies.actions import merges
from wegweiser.crossings import merging as crossing
from wegweiser.journey import indicators, queries
from wegweiser.journey.actions import aid, corrections, plans
from wegweiser.journey.actions.steps import Hours
from wegweiser.journey.events import Event
from wegweiser.journey.models import Reversal, Step
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent

pytestmark = pytest.mark.django_db
RULE = "2023/2831"


def reached() -> int:
    found = indicators.figures(start=builders.DAY, end=builders.DAY, keys=["companies_reached"])
    return found["companies_reached"].total.value


def seen(firm) -> list[tuple[bool, str]]:
    return [(row.taken_back, queries.reason(row)) for row in queries.timeline(firm)]


def test_what_is_taken_back_counts_no_more_and_says_why():
    firm = builders.company()
    step = builders.step(firm)
    assert reached() == 1
    corrections.take_back(step=step, reason="  beim falschen \n Betrieb ", by=BY)
    assert reached() == 0
    assert seen(firm) == [(True, "beim falschen Betrieb")]


@pytest.mark.parametrize(("reason", "code"), [("  ", "reason_missing"), ("x" * 301, "reason_too_long")])
def test_without_a_fitting_reason_nothing_happens(reason, code):
    step = builders.step(builders.company())
    with pytest.raises(DomainError) as error:
        corrections.take_back(step=step, reason=reason, by=BY)
    assert (error.value.code, error.value.field) == (code, "reason")
    assert Step.objects.count() == 1


def test_a_moved_step_is_the_same_at_the_right_firm():
    wrong, right = builders.company("Falsch"), builders.company("Richtig")
    staff = uuid4()
    given = {"measures": {"minutes": 40}, "grant": "foerderung", "contacts_without_firm": 2}
    step = builders.step(wrong, contributions=[Hours(builders.partner(), Decimal("0.5"), staff)], **given)
    moved = corrections.move(step=step, company=right, reason="verwechselt", by=BY)
    same = ("day", "format", "topic_id", "partner_id", "grant", "measures", "occasion_uuid", "contacts_without_firm")
    assert [getattr(moved, name) for name in same] == [getattr(step, name) for name in same]
    assert moved.company == right
    assert list(moved.contributions.values_list("hours", "staff_number")) == [(Decimal("0.5"), staff)]
    assert (seen(wrong), seen(right)) == ([(True, "verwechselt")], [(False, "")])
    assert queries.successor(step) == moved
    assert reached() == 1


def test_what_a_moved_step_proved_goes_along():
    wrong, right = builders.sized("Falsch"), builders.sized("Richtig")
    promise = aid.reserve(company=wrong, amount=500, expires_on=clock.today() + dt.timedelta(days=9), by=BY)
    given = {"format": "concept", "topic": builders.topic(), "partner": builders.partner()}
    occasion, source = builders.Occasion("visit", uuid4()), builders.source()
    step = aid.grant(reservation=promise, day=clock.today(), source=source, occasion=occasion, **given, by=BY)
    moved = corrections.move(step=step, company=right, reason="verwechselt", by=BY)
    promise.refresh_from_db()
    assert promise.step == moved
    assert aid.grant(reservation=promise, day=clock.today(), source=source, occasion=occasion, **given, by=BY) == moved


def test_a_plan_never_names_the_step_of_another_firm():
    wrong, right = builders.company("Falsch"), builders.company("Richtig")
    step, bystander = builders.step(wrong), builders.step(wrong)
    planned = plans.tick_off(planned=plans.plan(company=wrong, title="Konzept", by=BY), step=step, by=BY)
    other = plans.tick_off(planned=plans.plan(company=wrong, title="Besuch", by=BY), step=bystander, by=BY)
    done_at = planned.done_at
    corrections.move(step=step, company=right, reason="verwechselt", by=BY)
    for row in (planned, other):
        row.refresh_from_db()
    assert (planned.step, planned.done_at, other.step) == (None, done_at, bystander)
    told = AuditEvent.objects.get(event=Event.PLAN_UNLINKED)
    assert (told.subject_uuid, told.references) == (planned.uuid, {"step": str(step.uuid)})


def test_the_plan_of_the_right_firm_follows_a_step_that_had_none():
    kept, lost = builders.company("Richtig"), builders.company("Richtig GmbH")
    planned = plans.plan(company=lost, title="Besuch", by=BY)
    merges.merge(loser=lost, survivor=kept, by=BY)
    step = builders.step(None, contacts_without_firm=1)
    plans.tick_off(planned=planned, step=step, by=BY)
    moved = corrections.move(step=step, company=kept, reason="Betrieb erst jetzt bekannt", by=BY)
    planned.refresh_from_db()
    assert planned.step == moved
    assert not AuditEvent.objects.filter(event=Event.PLAN_UNLINKED).exists()


def test_nothing_is_ticked_off_by_the_step_of_another_firm():
    planned = plans.plan(company=builders.company("Eins"), title="Besuch", by=BY)
    with pytest.raises(DomainError) as error:
        plans.tick_off(planned=planned, step=builders.step(builders.company("Zwei")), by=BY)
    assert (error.value.code, error.value.field) == ("step_of_another_firm", "step")
    planned.refresh_from_db()
    assert planned.done_at is None


def test_a_refused_move_leaves_the_proof_where_it_was():
    wrong, right = builders.sized("Falsch"), builders.sized("Richtig")
    builders.step(right, aid=299_000, aid_basis=RULE)
    step = builders.step(wrong, aid=5_000, aid_basis=RULE)
    planned = plans.tick_off(planned=plans.plan(company=wrong, title="Konzept", by=BY), step=step, by=BY)
    with pytest.raises(DomainError):
        corrections.move(step=step, company=right, reason="verwechselt", by=BY)
    planned.refresh_from_db()
    assert planned.step == step


def test_a_head_without_a_firm_becomes_its_firm():
    step = builders.step(None, contacts_without_firm=1)
    moved = corrections.move(step=step, company=builders.company(), reason="Betrieb erst jetzt bekannt", by=BY)
    assert moved.contacts_without_firm == 0


def test_to_the_same_firm_under_another_row_nothing_moves():
    one, other = builders.company(), builders.company("Muster")
    merges.merge(loser=other, survivor=one, by=BY)
    step = builders.step(one)
    with pytest.raises(DomainError) as error:
        corrections.move(step=step, company=other, reason="verwechselt", by=BY)
    assert error.value.code == "same_company_already"
    assert Step.objects.count() == 1


def test_a_move_to_a_merged_row_arrives_at_the_firm_it_is():
    kept, lost = builders.company("Richtig"), builders.company("Richtig GmbH")
    merges.merge(loser=lost, survivor=kept, by=BY)
    step = builders.step(builders.company("Falsch"))
    assert corrections.move(step=step, company=lost, reason="verwechselt", by=BY).company == kept


def test_aid_that_does_not_fit_there_leaves_all_as_it_was():
    wrong, right = builders.sized("Falsch"), builders.sized("Richtig")
    builders.step(right, aid=299_000, aid_basis=RULE)
    step = builders.step(wrong, aid=5_000, aid_basis=RULE)
    with pytest.raises(DomainError) as error:
        corrections.move(step=step, company=right, reason="verwechselt", by=BY)
    assert error.value.code == "aid_exceeds_ceiling"
    assert seen(wrong) == [(False, "")]


@pytest.mark.parametrize(
    ("columns", "keys"),
    [
        ({"measures": {"minutes": 40}}, {"companies_reached", "contacts", "visits"}),
        ({"occasion": builders.Occasion("mail", uuid4())}, set()),
    ],
)
def test_a_step_knows_what_it_counts_for(columns, keys):
    step = builders.step(builders.company(), **columns)
    assert set(indicators.counted_for(step)) == keys
    figures = indicators.figures(start=builders.DAY, end=builders.DAY)
    assert keys == {key for key, row in figures.items() if row.total.value}


def test_the_reason_is_forgotten_after_its_term_and_the_step_stays_taken_back():
    firm = builders.company()
    corrections.take_back(step=builders.step(firm), reason="Frau Ölmann rief an", by=BY)
    day = Reversal.objects.get().recorded_at.date()
    assert "journey.Reversal" not in {item.fate.table for item in erasure.plan(day + dt.timedelta(days=1000))}
    erasure.run(day=day + dt.timedelta(days=1200), by=BY)
    assert seen(firm) == [(True, "")]


def test_undoing_a_merge_leaves_no_plan_with_a_step_of_the_other_firm():
    kept, other = builders.company("Bleibt"), builders.company("Geht")
    made = merges.merge(loser=other, survivor=kept, by=BY)
    theirs, own = builders.step(other), builders.step(kept)
    planned = plans.tick_off(planned=plans.plan(company=kept, title="Besuch", by=BY), step=theirs, by=BY)
    proven = plans.tick_off(planned=plans.plan(company=kept, title="Konzept", by=BY), step=own, by=BY)
    crossing.undo(merge=made, by=BY)
    for row in (planned, proven):
        row.refresh_from_db()
    assert (planned.step, planned.done_at is not None, proven.step) == (None, True, own)
    told = AuditEvent.objects.get(event=Event.PLAN_UNLINKED.value)
    assert (told.subject_uuid, told.references) == (planned.uuid, {"step": str(theirs.uuid)})
