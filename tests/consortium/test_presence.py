"""Who is not there, until when, and who stands in."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import contact_point
from tests.contact_point import BY
from wegweiser.consortium import directory, presence, teams
from wegweiser.consortium.actions import absences
from wegweiser.consortium.models import Absence, Member
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

MONDAY = dt.date(2026, 11, 30)


def row(member: int, first: int, last: int, deputy: int | None = None) -> Absence:
    days = [MONDAY + dt.timedelta(days=offset) for offset in (first, last)]
    return Absence(
        pk=member * 100 + first + 50,
        member=Member(pk=member, name=f"M{member}"),
        first_day=days[0],
        last_day=days[1],
        deputy=Member(pk=deputy, name=f"M{deputy}") if deputy else None,
    )


def away(*rows: Absence, day: dt.date = MONDAY):
    return presence.away(rows, day, land="ST")


def test_until_the_last_day_and_back_on_the_next_working_day():
    found = away(row(1, 0, 4))[1]  # until Friday
    assert (found.last_day, found.back_on) == (MONDAY + dt.timedelta(4), MONDAY + dt.timedelta(7))


def test_nobody_is_back_while_the_centre_is_closed():
    closed = [{"from": "2026-12-07", "to": "2026-12-08"}]
    found = presence.away([row(1, 0, 4)], MONDAY, land="ST", closed=closed)[1]
    assert found.back_on == MONDAY + dt.timedelta(9)


def test_two_weeks_with_a_weekend_between_are_one():
    found = away(row(1, 0, 4), row(1, 7, 11))[1]
    assert found.back_on == MONDAY + dt.timedelta(14)


def test_a_day_in_the_office_between_parts_them():
    assert away(row(1, 0, 1), row(1, 3, 4))[1].back_on == MONDAY + dt.timedelta(2)


def test_a_deputy_who_is_away_is_stood_in_for():
    assert away(row(1, 0, 1, 2), row(2, 0, 0, 3))[1].deputy.pk == 3


def test_two_who_stand_in_for_each_other_lead_nowhere():
    found = away(row(1, 0, 1, 2), row(2, 0, 0, 1))
    assert (found[1].deputy, found[2].deputy) == (None, None)


PEOPLE = st.integers(1, 5)


@given(st.dictionaries(PEOPLE, st.one_of(st.none(), PEOPLE)), st.integers(-3, 3))
def test_a_deputy_is_always_there(pairs, offset):
    rows = [row(who, -1, 1, deputy if deputy != who else None) for who, deputy in pairs.items()]
    found = away(*rows, day=MONDAY + dt.timedelta(days=offset))
    for one in found.values():
        assert one.deputy is None or one.deputy.pk not in found
        assert one.back_on > one.last_day


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


TODAY = dt.date(2026, 3, 2)


def enter(member, **given_values):
    days = {"first_day": TODAY, "last_day": TODAY + dt.timedelta(days=4)}
    return absences.enter(member=member, **{**days, **given_values}, by=BY)


def test_entered_twice_is_one(world):
    assert [enter(world.anna)[1], enter(world.anna)[1]] == [True, False]
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"last_day": TODAY - dt.timedelta(days=1)}, "days_reversed"),
        ({"first_day": TODAY - dt.timedelta(9), "last_day": TODAY - dt.timedelta(8)}, "absence_over"),
        ({"last_day": TODAY + dt.timedelta(days=2000)}, "absence_too_long"),
    ],
)
def test_days_that_make_no_sense_are_refused(world, wrong, code):
    with pytest.raises(DomainError) as refusal:
        enter(world.anna, **wrong)
    assert refusal.value.code == code


def test_days_do_not_overlap_and_deputies_are_colleagues(world):
    enter(world.anna)
    for wrong, code in (
        ({"first_day": TODAY + dt.timedelta(days=4), "last_day": TODAY + dt.timedelta(days=9)}, "absence_overlaps"),
        ({"first_day": TODAY + dt.timedelta(20), "last_day": TODAY + dt.timedelta(21), "deputy": world.ben}, ""),
    ):
        with pytest.raises(DomainError) as refusal:
            enter(world.anna, **wrong)
        assert refusal.value.code == (code or "deputy_elsewhere")
    with pytest.raises(DomainError) as refusal:
        enter(world.ben, deputy=world.ben)
    assert refusal.value.code == "deputy_self"


def test_the_directory_knows_at_once_who_is_away_and_who_is_back(world):
    berta = contact_point.member("Berta", world.lead)
    absence, _fresh = enter(world.anna, deputy=berta)
    assert directory.today().away()[world.anna.pk].deputy == berta
    assert [one.member for one in teams.standing_in(berta)] == [world.anna]
    assert teams.present([world.anna, berta]) == [berta]
    absences.change(absence=absence, last_day=TODAY, deputy=None, by=BY)
    assert directory.today().away()[world.anna.pk].deputy is None
    absences.drop(absence=absence, by=BY)
    assert directory.today().away() == {}


def test_days_that_are_long_over_are_forgotten(world):
    enter(world.anna)
    with clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=60)):
        erasure.run(day=clock.today(), by=Actor.system("tests.retain"))
    assert not Absence.objects.exists()
