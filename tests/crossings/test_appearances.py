"""Appearances at others' events: reach, never firms reached; put right with a reason, taken back, recorded once."""

import datetime as dt
import uuid
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contact_point import BY, MONDAY
from wegweiser.crossings import appearances
from wegweiser.events.actions import appearances as actions
from wegweiser.events.actions.appearances import Said
from wegweiser.events.models import Appearance
from wegweiser.files.models import Upload
from wegweiser.files.uploading import Prepared
from wegweiser.journey import indicators
from wegweiser.journey.counting import counting, counts
from wegweiser.journey.models import Format, Reversal, Step
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent

TODAY = MONDAY.date()
FLYER = Prepared("Programm.pdf", "application/pdf", "application/pdf", 9, "0" * 64, "unscanned")


def said(world, **changes):
    told = {"kind": "talk", "title": "Aufträge im Blick", "organiser": "Handwerkskammer", "day": TODAY, "heads": 120}
    return Said(**{**told, "topic": world.topic, "partner": world.lead, "firms": 40, **changes})


def record(world, **changes):
    people = changes.pop("people", [world.anna])
    proofs = changes.pop("proofs", [])
    submission = changes.pop("submission", uuid.uuid4())
    told = said(world, **changes)
    return appearances.record(submission=submission, said=told, people=people, proofs=proofs, by=BY)


def put_right(world, row, reason="verzählt", **changes):
    people = changes.pop("people", [world.anna])
    return appearances.put_right(appearance=row, said=said(world, **changes), people=people, reason=reason, by=BY)


@contextmanager
def refused(code):
    with pytest.raises(DomainError) as refusal:
        yield
    assert refusal.value.code == code


def totals():
    found = indicators.figures(start=TODAY - dt.timedelta(days=30), end=TODAY)
    return {key: row.total.value for key, row in found.items() if row.total.value}


def test_an_appearance_is_reach_and_counts_for_nothing_else(world):
    before = totals()
    record(world)
    assert totals() == {**before, "appearances": 1, "reach": 120}
    step = Step.objects.get()
    assert (step.company, step.contacts_without_firm, step.grant) == (None, 120, world.grant.slug)
    assert step.measures == {"firms_estimated": 40}


@given(
    key=st.sampled_from(sorted(set(counting().indicators) - counting().apart)),
    format_=st.sampled_from(Format.values),
    minutes=st.none() | st.integers(0, 600),
    firms=st.integers(0, 500),
)
def test_no_other_indicator_counts_an_appearance_whatever_it_says(key, format_, minutes, firms):
    measures = {"firms_estimated": firms, "maturity_gain": 1, "participants": firms}
    given = {"occasion": appearances.OCCASION, "format": format_, "minutes": minutes, "measures": measures}
    assert not any(counts(rules, key, **given) for rules in counting().rule_sets)


def test_what_stands_apart_is_reach_alone():
    assert counting().apart == {"appearances", "reach"}


def test_a_form_sent_twice_is_one_appearance(world):
    same = uuid.uuid4()
    assert record(world, submission=same, proofs=[FLYER]) == record(world, submission=same, proofs=[FLYER])
    assert (Step.objects.count(), Upload.objects.count()) == (1, 1)


def test_a_figure_is_put_right_with_a_reason_and_what_stood_before_stays_readable(world):
    row = record(world)
    assert put_right(world, row, heads=12, firms=4, reason=" eine Null\nzu viel ") == ["heads", "firms"]
    assert totals() == {"appearances": 1, "reach": 12}
    (before,) = appearances.history(row)
    assert (before.contacts_without_firm, before.reversed_by.reversal.reason) == (120, "eine Null zu viel")
    assert AuditEvent.objects.filter(event="appearance:changed").get().changed == ["firms", "heads"]


def test_a_figure_does_not_change_without_a_reason(world):
    row = record(world)
    with refused("reason_missing"):
        put_right(world, row, heads=50, reason=" ")
    row.refresh_from_db()
    assert (row.heads, totals()["reach"]) == (120, 120)


def test_a_title_changes_without_a_reason_and_leaves_the_step(world):
    row = record(world)
    assert put_right(world, row, title="Anders", people=[world.ben], reason="") == ["title", "people"]
    assert Step.objects.count() == 1
    assert list(row.people.all()) == [world.ben]


def test_nothing_changed_is_said(world):
    with refused("nothing_changed"):
        put_right(world, record(world))


def test_what_is_taken_back_counts_no_more_and_stays_on_the_list(world):
    row = appearances.take_back(appearance=record(world), reason="fand nicht statt", by=BY)
    assert totals() == {}
    assert (Appearance.objects.get().state, Reversal.objects.get().reason) == ("taken_back", "fand nicht statt")
    with refused("transition_not_allowed"):
        appearances.take_back(appearance=row, reason="noch einmal", by=BY)
    with refused("transition_not_allowed"):
        put_right(world, row, heads=9, firms=None)


def test_taking_back_needs_a_reason(world):
    row = record(world)
    with refused("reason_missing"):
        appearances.take_back(appearance=row, reason="", by=BY)
    assert Appearance.objects.get().counts


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "party"}, "kind_unknown"),
        ({"day": TODAY + dt.timedelta(days=1)}, "day_in_future"),
        ({"heads": 0}, "heads_out_of_range"),
        ({"heads": actions.MOST_HEADS + 1}, "heads_out_of_range"),
        ({"heads": 3, "firms": 4}, "more_firms_than_heads"),
    ],
)
def test_what_makes_no_sense_is_refused(world, changes, code):
    with refused(code):
        record(world, **changes)
    assert not Step.objects.exists()


def test_the_same_proof_twice_is_one(world):
    row = record(world, proofs=[FLYER])
    assert actions.prove(appearance=row, proofs=[FLYER], by=BY) == []
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(("days", "kept"), [(0, 1), (1, 0)])
def test_note_and_proof_go_two_years_later_and_the_figures_stay(world, days, kept):
    row = record(world, proofs=[FLYER], note="Frau Ölmann fragte nach Scannern.")
    over = erasure.first_day_of_erasing("event", row.day)
    erasure.run(day=over - dt.timedelta(days=1 - days), by=Actor.system("test"))
    row.refresh_from_db()
    assert (Upload.objects.count(), bool(row.note)) == (kept, bool(kept))
    assert (row.heads, totals()["reach"]) == (120, 120)


@given(day=st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)))
def test_the_day_of_erasing_is_the_first_on_which_the_term_is_over(day):
    over = erasure.first_day_of_erasing("event", day)
    assert erasure.begin("event", over) > day
    assert erasure.begin("event", over - dt.timedelta(days=1)) <= day


def test_the_grant_is_that_of_the_day(world):
    with clock.stopped_at(MONDAY + dt.timedelta(days=3650)):
        record(world, day=dt.date(2035, 1, 1))
    assert Step.objects.get().grant == ""
