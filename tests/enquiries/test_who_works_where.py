"""Who counts as a colleague is one rule: every read of an enquiry goes by it, on the day of the reading."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY, case
from wegweiser.consortium.models import Member, Membership, Partner, Role
from wegweiser.enquiries import queries, visits
from wegweiser.enquiries.actions import appointments, cases

TODAY, DAY = MONDAY.date(), dt.timedelta(days=1)


def hire(name: str, *spans) -> Member:
    """Somebody with memberships: partner, from when, until when, role."""
    any_partner = Partner.objects.order_by("id")[0]
    who = contact_point.member(name, any_partner)
    Membership.objects.filter(member=who).delete()
    for partner, begin, end, role in spans:
        Membership.objects.create(member=who, partner=partner, valid_from=begin, valid_to=end, role=role)
    return who


@pytest.fixture
def staff(world):
    long = TODAY - 90 * DAY
    return {
        "colleague": hire("Cora", (world.lead, long, None, Role.ADVISER)),
        "another role": hire("Dirk", (world.lead, long, TODAY, Role.CHECK_IN)),
        "both": hire("Ella", (world.other, long, None, Role.ADVISER), (world.lead, TODAY, None, Role.EDITOR)),
        "left yesterday": hire("Fred", (world.lead, long, TODAY - DAY, Role.ADVISER)),
        "comes tomorrow": hire("Gina", (world.lead, TODAY + DAY, None, Role.ADVISER)),
        "elsewhere": hire("Hugo", (world.other, long, None, Role.ADVISER)),
        "of no partner": hire("Ines", (None, long, None, Role.ADMINISTRATOR)),
    }


HERE = {"colleague", "another role", "both"}


def test_who_works_at_a_partner_of_mine_today(world, staff):
    found = set(queries.colleagues(member=world.anna, day=TODAY))
    assert found == {world.anna.pk, *(staff[who].pk for who in HERE)}
    assert staff["comes tomorrow"].pk in queries.colleagues(member=world.anna, day=TODAY + DAY)
    assert not queries.colleagues(member=staff["of no partner"], day=TODAY).exists()
    assert not queries.colleagues(member=staff["left yesterday"], day=TODAY).exists()


@pytest.mark.parametrize(
    "who", ["colleague", "another role", "both", "left yesterday", "comes tomorrow", "elsewhere", "of no partner"]
)
def test_every_read_of_an_enquiry_goes_by_it(world, staff, who):
    found, here = case(world.other), who in HERE
    note = cases.note(case=found, member=staff[who], text="Gesehen.", visibility="partner", by=BY)[0]
    date = appointments.arrange(case=found, member=staff[who], kind="talk", starts_at=MONDAY + DAY, by=BY)[0]
    as_anna = {"member": world.anna, "day": TODAY}
    assert queries.visible_cases(**as_anna).contains(found) is here
    assert queries.readable(case=found, **as_anna).contains(note) is here
    assert (visits.date(uuid=date.uuid, **as_anna) is not None) is here
    assert (note in visits.said(about=type(found).objects.all(), **as_anna)) is here
    mine = cases.note(case=found, member=world.anna, text="Ich auch.", by=BY)[0]  # so that Anna may read the case
    thread = queries.thread(uuid=found.uuid, **as_anna)
    assert (note in thread.contributions, mine in thread.contributions) == (here, True)
    assert (date in thread.appointments) is here
