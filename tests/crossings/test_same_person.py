"""Two records of one person become one: nothing of either is lost, and nothing opens more than it did."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.events import gatherings
from tests.journey import builders
from wegweiser.companies import accesses, queries
from wegweiser.companies.actions import channels, consents, erasures, persons
from wegweiser.companies.consent_words import INVITATION
from wegweiser.companies.models import Access, Consent, Person
from wegweiser.crossings import company_data, entrances, plans, same_person, subscriptions
from wegweiser.enquiries.actions import follow_ups
from wegweiser.enquiries.models import FollowUp
from wegweiser.events.actions import invitations
from wegweiser.events.invitation_models import Sending
from wegweiser.events.models import Invitation, Invitee
from wegweiser.journey.actions import plans as journey
from wegweiser.journey.actions import readers
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError


@pytest.fixture
def firm(world):
    return builders.company("Fräserei Ölmann")


@pytest.fixture
def jana(firm):
    return persons.find_or_create(name="Jana Müller", email="jana@b.example", company=firm, by=BY)


@pytest.fixture
def double(firm):
    known = {"email": "j.m@privat.example", "phone": "0391 5448619"}
    return persons.find_or_create(name="J. Müller", company=firm, **known, by=BY)


def agree(person, **given):
    return consents.give(person=person, purpose=INVITATION, text_version="1", channel="paper", by=BY, **given)


def later(minutes=5):
    return clock.stopped_at(clock.now() + dt.timedelta(minutes=minutes))


def test_enquiries_promises_and_positions_are_theirs_and_blanks_are_filled(world, firm, jana, double):
    case = contact_point.case(world.lead, company=firm, person=double)
    promise = follow_ups.set(
        company=firm, person=double, partner=world.lead, member=world.anna, due_on=clock.today(), note="ruft", by=BY
    )[0]
    elsewhere = builders.company("Tischlerei Kunz")
    persons.find_or_create(name=double.name, email=double.email, company=elsewhere, by=BY)
    same_person.join(person=jana, other=double, by=BY)
    case.refresh_from_db()
    assert (case.person, FollowUp.objects.get(pk=promise.pk).person) == (jana, jana)
    assert list(Person.objects.all()) == [jana]
    assert (jana.name, jana.email, jana.phone) == ("Jana Müller", "jana@b.example", "+493915448619")
    assert [row.company for row in jana.positions.order_by("id")] == [firm, elsewhere]


def test_nobody_is_joined_with_themselves_or_with_who_is_kept_for_a_proof(jana, double):
    with pytest.raises(DomainError) as refused:
        same_person.join(person=jana, other=jana, by=BY)
    assert refused.value.code == "person_same"
    erasures.erase_person(person=double, restrict=True, by=BY)
    with pytest.raises(DomainError) as refused:
        same_person.join(person=jana, other=double, by=BY)
    assert refused.value.code == "person_restricted"


def test_the_greater_right_holds_and_who_is_inside_logs_in_once_more(firm, jana, double):
    mine = entrances.open_for(company=firm, person=jana, right="persons", by=BY)
    entrances.change(access=entrances.open_for(company=firm, person=double, right="all", by=BY), right="persons", by=BY)
    entrances.change(access=mine, right="own", by=BY)
    same_person.join(person=jana, other=double, by=BY)
    (access,) = accesses.of_firm(firm)
    assert (access.pk, access.right, Access.objects.filter(ended_at=None).count()) == (mine.pk, "persons", 1)


def test_an_access_of_the_double_alone_is_theirs(firm, jana, double):
    his = entrances.open_for(company=firm, person=double, right="own", by=BY)
    secret = entrances._session(his, entrances.DAY, BY).secret
    same_person.join(person=jana, other=double, by=BY)
    assert accesses.of_firm(firm).get().person == jana
    assert entrances.session(secret) is None


@pytest.mark.parametrize("takes_back", [False, True])
def test_of_a_consent_what_was_said_last_holds(jana, double, takes_back):
    agree(double)
    with later():
        if takes_back:
            subscriptions.withdraw(person=double, purpose=INVITATION, by=BY)
        agree(jana)
    with later(9):
        same_person.join(person=jana, other=double, by=BY)
    assert Consent.objects.filter(person=jana).count() == 2
    assert Consent.objects.filter(person=jana, withdrawn_at=None).count() == 1


def test_a_consent_that_was_taken_back_since_is_over(jana, double):
    agree(jana)
    agree(double)
    with later():
        consents.withdraw(person=double, purpose=INVITATION, by=BY)
    with later(9):
        same_person.join(person=jana, other=double, by=BY)
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_the_link_in_an_old_invitation_still_ends_them(jana, double):
    agree(double)
    secret = subscriptions.own_page(person=double, by=BY)
    same_person.join(person=jana, other=double, by=BY)
    assert subscriptions.behind(secret) == jana
    assert subscriptions.end(person=jana, by=BY)


def test_who_was_invited_twice_counts_once_and_the_others_are_theirs(world, jana, double):
    first, second = (gatherings.of_today(world.lead, guests=0, title=title).event for title in ("Eins", "Zwei"))
    for event, people in ((first, [jana, double]), (second, [double])):
        invitation = Invitation.objects.create(
            event=event, submission=event.uuid, state=Sending.DONE, by=str(BY), ended_at=clock.now()
        )
        for person in people:
            Invitee.objects.create(invitation=invitation, event=event, person=person, state="sent", sent_at=clock.now())
    same_person.join(person=jana, other=double, by=BY)
    assert sorted(row.event_id for row in Invitee.objects.filter(person=jana)) == sorted([first.pk, second.pk])
    assert Invitee.objects.filter(person=None).count() == 1
    assert invitations.recall(person=jana, why="consent", by=BY) == 0


def test_both_read_the_plan_by_the_links_they_have_and_reminders_stay(firm, jana, double):
    journey.plan(company=firm, title="Maschine ansehen", by=BY)
    other = readers.remind(reader=readers.add(company=firm, person=double, by=BY), wanted=True, by=BY)
    secret = plans.secret(reader=other, by=BY)
    same_person.join(person=jana, other=double, by=BY)
    found = plans.reader_behind(secret)
    assert (found.person, bool(found.reminders_since)) == (jana, True)


def test_where_both_had_links_one_reader_is_left(firm, jana, double):
    mine = readers.add(company=firm, person=jana, by=BY)
    readers.remind(reader=readers.add(company=firm, person=double, by=BY), wanted=True, by=BY)
    same_person.join(person=jana, other=double, by=BY)
    mine.refresh_from_db()
    assert (mine.person, bool(mine.reminders_since), mine.__class__.objects.count()) == (jana, True, 1)


def test_the_stricter_channel_binds(jana, double):
    channels.choose(party=double, channel="phone", by=BY)
    same_person.join(person=jana, other=double, by=BY)
    jana.refresh_from_db()
    assert jana.channel == "phone"


def test_who_left_by_one_of_them_has_left(firm, jana, double):
    jana.positions.update(valid_from=dt.date(2025, 1, 1))
    persons.leave(person=double, company=firm, since=clock.today(), by=BY)
    same_person.join(person=jana, other=double, by=BY)
    assert jana not in queries.working_at(firm)


def test_who_is_joined_is_forgotten_with_all_that_was_the_others(world, firm, jana, double):
    case = contact_point.case(world.lead, company=firm, person=double, name=double.name, email=double.email)
    same_person.join(person=jana, other=double, by=BY)
    company_data.erase(person=jana, by=BY)
    case.refresh_from_db()
    assert (case.person, case.name, case.email) == (None, "", "")
