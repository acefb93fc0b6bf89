"""Roles have dates and reach; nothing is allowed that the table does not say."""

import datetime as dt
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser

from wegweiser.accounts.models import User
from wegweiser.consortium import rights
from wegweiser.consortium.models import Member, Membership, Partner, Role
from wegweiser.consortium.rights import Permission, Scope

DAY = dt.date(2026, 11, 23)


def test_every_permission_and_every_role_is_described():
    assert set(rights.DESCRIPTIONS) == set(Permission)
    assert set(rights.TABLE) == set(rights.ROLE_DESCRIPTIONS) == set(Role)


def test_the_funder_reads_reports_and_nothing_of_a_person():
    assert set(rights.TABLE[Role.FUNDER]) == {Permission.DESK_SEE, Permission.REPORT_SEE}


@pytest.fixture
def partners(db):
    return [Partner.objects.create(key=key, slug=key, name={"de": key}, short_name=key, city="X") for key in ("a", "b")]


def user_with(role, partner, *, until=None):
    user = User.objects.create_user(f"{role}@example.org", name=str(role))
    member = Member.objects.create(staff_number=uuid.uuid4(), slug=str(role).replace("_", "-"), name="N", user=user)
    Membership.objects.create(
        member=member, partner=partner, role=role, valid_from=DAY - dt.timedelta(days=9), valid_to=until
    )
    return user


def test_an_adviser_answers_cases_of_the_own_partner_only(partners):
    user = user_with(Role.ADVISER, partners[0])
    assert rights.of(user, on=DAY).allow(Permission.CASE_ANSWER, partner=partners[0])
    assert not rights.of(user, on=DAY).allow(Permission.CASE_ANSWER, partner=partners[1])
    assert rights.of(user, on=DAY).allow(Permission.CASE_ANSWER)
    assert rights.of(user, on=DAY).allow(Permission.CASE_ANSWER, partner=partners[1], assigned=True)


def test_every_adviser_sees_every_company(partners):
    user = user_with(Role.ADVISER, partners[0])
    assert rights.of(user, on=DAY).allow(Permission.COMPANY_SEE, partner=partners[1])
    assert rights.of(user, on=DAY).reach(Permission.COMPANY_SEE) == Scope.CENTRE


def test_check_in_needs_to_be_assigned(partners):
    user = user_with(Role.CHECK_IN, partners[0])
    assert not rights.of(user, on=DAY).allow(Permission.EVENT_CHECK_IN, partner=partners[0])
    assert rights.of(user, on=DAY).allow(Permission.EVENT_CHECK_IN, partner=partners[0], assigned=True)


def test_a_right_ends_with_the_membership(partners):
    user = user_with(Role.MANAGEMENT, partners[0], until=DAY)
    assert rights.of(user, on=DAY).allow(Permission.REPORT_FREEZE)
    assert not rights.of(user, on=DAY + dt.timedelta(days=1)).allow(Permission.REPORT_FREEZE)


def test_who_is_locked_out_or_not_logged_in_may_nothing(partners):
    user = user_with(Role.MANAGEMENT, partners[0])
    user.is_active = False
    assert rights.of(user, on=DAY).held == ()
    assert not rights.of(AnonymousUser(), on=DAY).allow(Permission.DESK_SEE)


def test_an_editor_sets_an_event_up_and_sees_none_of_its_guests():
    held = rights.TABLE[Role.EDITOR]
    assert held[Permission.EVENT_EDIT] == Scope.OWN_PARTNER
    assert Permission.EVENT_GUESTS_SEE not in held
    assert not {Permission.EVENT_EDIT, Permission.EVENT_GUESTS_SEE} & set(rights.TABLE[Role.CHECK_IN])
    assert rights.TABLE[Role.ADVISER][Permission.EVENT_GUESTS_SEE] == Scope.OWN_PARTNER
    assert rights.TABLE[Role.MANAGEMENT][Permission.EVENT_GUESTS_SEE] == Scope.CENTRE
