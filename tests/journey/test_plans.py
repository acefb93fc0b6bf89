"""The plan of a firm: agreed on, put in order, ticked off, dropped, erased."""

import datetime as dt
import uuid
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies.actions import erasures, merges, persons
from wegweiser.journey import queries
from wegweiser.journey.actions import plans, readers
from wegweiser.journey.models import Doer, PlannedStep, PlanReader
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent

DAY = dt.date(2026, 3, 2)


def add(firm, title: str = "Angebot einholen", **columns) -> PlannedStep:
    return plans.plan(company=firm, title=title, by=BY, **columns)


def titles(firm) -> list[str]:
    return [row.title for row in queries.plan(firm)]


@pytest.fixture
def firm(db):
    return builders.company()


@contextmanager
def refusal(code: str):
    with pytest.raises(DomainError) as refused:
        yield
    assert refused.value.code == code


def test_what_is_agreed_on_comes_last(firm):
    add(firm, "eins")
    add(firm, "zwei", doer=Doer.CENTRE, note=" mit  Frau Muster ", due_on=DAY)
    row = queries.plan(firm).last()
    assert titles(firm) == ["eins", "zwei"]
    assert (row.doer, row.note, row.due_on) == ("centre", "mit Frau Muster", DAY)


def test_a_form_sent_twice_plans_once(firm):
    sent = uuid.uuid4()
    assert add(firm, submission=sent) == add(firm, submission=sent)
    assert titles(firm) == ["Angebot einholen"]


def test_nothing_without_words_and_nobody_unknown(firm):
    with refusal("title_missing"):
        add(firm, " \0 ")
    with refusal("doer_unknown"):
        add(firm, doer="irgendwer")


def test_a_plan_that_nobody_can_survey_is_refused(firm, monkeypatch):
    monkeypatch.setattr(plans, "MOST_OPEN", 1)
    add(firm)
    with refusal("plan_full"):
        add(firm)


def test_a_change_tells_only_what_changed(firm):
    row = add(firm)
    plans.change(planned=row, title="Angebot einholen", note="", doer="both", entry=None, due_on=DAY, by=BY)
    assert AuditEvent.objects.get(event="plan:changed").changed == ["doer", "due_on"]


def test_who_ticked_off_is_kept_and_taken_back_with_it(firm):
    row = plans.tick_off(planned=add(firm), by=BY)
    assert row.done_by == str(BY)
    ticked_at = row.done_at
    row, taken_back = plans.reopen(planned=row, by=BY)
    assert (row.done_at, row.done_by, taken_back) == (None, "", ticked_at)
    assert plans.reopen(planned=row, by=BY) == (row, None)


def test_what_was_dropped_says_why_and_is_not_ticked_off(firm):
    row = add(firm)
    with refusal("reason_missing"):
        plans.drop(planned=row, reason=" ", by=BY)
    row = plans.drop(planned=row, reason="zu teuer", by=BY)
    assert row.dropped_reason == "zu teuer"
    with refusal("plan_dropped"):
        plans.tick_off(planned=row, by=BY)
    row = plans.resume(planned=row, by=BY)
    assert (row.dropped_at, row.dropped_reason) == (None, "")


def test_what_is_done_is_neither_changed_nor_dropped(firm):
    row = plans.tick_off(planned=add(firm), by=BY)
    with refusal("plan_closed"):
        plans.drop(planned=row, reason="doch nicht", by=BY)
    with refusal("plan_closed"):
        plans.change(planned=row, title="anders", note="", doer="both", entry=None, due_on=None, by=BY)


def test_a_remark_of_the_firm_replaces_the_one_before(firm):
    row = add(firm)
    assert plans.remark(planned=row, text="erst im Mai\r\ngeht es", by=BY)
    assert not plans.remark(planned=row, text="erst im Mai\ngeht es ", by=BY)
    with refusal("remark_too_long"):
        plans.remark(planned=row, text="x" * 501, by=BY)
    assert queries.planned(firm, row.uuid).remark == "erst im Mai\ngeht es"


def test_another_firm_s_thing_is_not_there(firm):
    row = add(builders.company("Andere GmbH"))
    assert queries.planned(firm, row.uuid) is None


def test_the_plans_of_merged_firms_are_one_and_can_be_ordered(firm):
    other = builders.company("Muster Zwei")
    add(firm, "eins")
    add(other, "zwei")
    merges.merge(loser=other, survivor=firm, by=BY)
    assert titles(firm) == ["eins", "zwei"]
    plans.move(planned=queries.plan(firm).last(), later=False, by=BY)
    assert titles(firm) == ["zwei", "eins"]


def test_only_what_is_due_soon_and_not_the_centre_s_alone_is_reminded_of(firm):
    soon, late = DAY + dt.timedelta(days=2), DAY + dt.timedelta(days=9)
    add(firm, "bald", due_on=soon)
    add(firm, "Zentrum", due_on=soon, doer=Doer.CENTRE)
    add(firm, "später", due_on=late)
    add(firm, "vorbei", due_on=DAY - dt.timedelta(days=1))
    found = queries.to_remind_of(DAY, ahead=dt.timedelta(days=3))
    assert [row.title for row in found] == ["bald"]


def test_each_reader_is_reminded_once(firm):
    row = add(firm, due_on=DAY)
    jana = persons.find_or_create(name="Jana Muster", email="jana@firma.example", company=firm, by=BY)
    two = [readers.add(company=firm, by=BY), readers.add(company=firm, person=jana, by=BY)]
    assert [plans.reminded(planned=row, reader=reader, by=BY) for reader in (*two, *two)] == [True, True, False, False]


def test_what_moved_to_another_day_is_reminded_of_anew(firm):
    row, reader = add(firm, due_on=DAY), readers.add(company=firm, by=BY)
    plans.reminded(planned=row, reader=reader, by=BY)
    later = DAY + dt.timedelta(days=1)
    plans.change(planned=row, title=row.title, note="", doer=row.doer, entry=None, due_on=later, by=BY)
    assert plans.reminded(planned=row, reader=reader, by=BY)


def test_erasing_takes_every_word(firm):
    row = add(firm, note="mit Jana")
    plans.remark(planned=row, text="Jana ist krank", by=BY)
    plans.erase(planned=row, by=BY)
    row.refresh_from_db()
    assert (row.title, row.note, row.remark, row.dropped_reason) == ("", "", "", "")


def test_a_reader_is_there_once_and_goes_with_the_person(firm):
    jana = persons.find_or_create(name="Jana Muster", email="jana@firma.example", company=firm, by=BY)
    reader = readers.add(company=firm, person=jana, by=BY)
    assert readers.add(company=firm, person=jana, by=BY) == reader
    assert readers.add(company=firm, by=BY) != reader
    readers.remind(reader=reader, wanted=True, by=BY)
    erasures.erase_person(person=jana, restrict=False, by=BY)
    assert [row.person for row in PlanReader.objects.all()] == [None]


class TestOrder(TestCase):
    @settings(max_examples=12, deadline=None)
    @given(
        moves=st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=6),
        closed=st.sets(st.integers(0, 4), max_size=2),
    )
    def test_moving_swaps_with_the_next_open_one_and_loses_nothing(self, moves, closed):
        firm = builders.company(f"Firma {uuid.uuid4()}")
        rows = [add(firm, str(number)) for number in range(5)]
        for number in closed:
            plans.tick_off(planned=rows[number], by=BY)
        expected = [str(number) for number in range(5) if number not in closed]
        for number, later in moves:
            if number in closed:
                continue
            plans.move(planned=rows[number], later=later, by=BY)
            here = expected.index(str(number))
            there = here + (1 if later else -1)
            if 0 <= there < len(expected):
                expected[here], expected[there] = expected[there], expected[here]
        assert [row.title for row in queries.plan(firm) if row.is_open] == expected
        assert sorted(titles(firm)) == ["0", "1", "2", "3", "4"]
        assert [row.position for row in queries.plan(firm)] == sorted({row.position for row in queries.plan(firm)})


def test_the_clock_of_the_house_says_when(firm):
    with clock.stopped_at(clock.at(DAY)):
        assert plans.tick_off(planned=add(firm), by=BY).done_at == clock.at(DAY)
