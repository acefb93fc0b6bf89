"""A mail address is one address however its domain is written, in every room: rows from before hold umlauts."""

import datetime as dt
import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.events import world as events
from tests.events.inviting_world import agree
from wegweiser.accounts.actions import logins, users
from wegweiser.accounts.models import User
from wegweiser.companies import accesses, alike, mail_domains
from wegweiser.companies.actions import companies, erasures, persons
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Company, ContactEntry, Person
from wegweiser.config import administrators
from wegweiser.consortium.models import Centre, Member, Membership
from wegweiser.crossings import colleagues, referral_consents
from wegweiser.enquiries import correspondence, fairs
from wegweiser.enquiries.models import Card, Mail, Referral
from wegweiser.events import invitation_results, inviting, notices, whose
from wegweiser.events.actions import invitations
from wegweiser.events.after_models import Moment
from wegweiser.events.invitation_models import Why
from wegweiser.events.inviting import Audience, Filter
from wegweiser.events.models import Registration
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.errors import DomainError

UMLAUTS, NETWORK = "info@müller-bau.example", "info@xn--mller-bau-q9a.example"
BOTH = pytest.mark.parametrize(("stored", "told"), [(UMLAUTS, NETWORK), (NETWORK, UMLAUTS)], ids=["umlauts", "network"])


@pytest.fixture(autouse=True)
def _at_work():
    with clock.stopped_at(MONDAY):
        yield


@pytest.fixture
def world(db):
    return contact_point.world()


@pytest.fixture
def held(world):
    return events.held(places=9, centre=world)


def jana(stored: str, **given: object) -> Person:
    """Somebody whose row holds the address so."""
    row = persons.find_or_create(name=str(given.pop("name", "Jana Müller")), by=BY)
    Person.objects.filter(pk=row.pk).update(email=stored, **given)
    row.refresh_from_db()
    return row


def registered(held, stored: str, number: int = 1) -> Registration:
    row = events.register(held, number, email=NETWORK).registration
    Registration.objects.filter(pk=row.pk).update(email=stored)
    row.refresh_from_db()
    return row


# --- Invitations -----------------------------------------------------------------------------------------------------


@BOTH
def test_who_is_registered_is_not_invited(held, stored, told):
    person = jana(stored)
    agree(person)
    registered(held, told)
    assert inviting.matching(Filter(event=str(held.event.uuid))) == [person.pk]
    assert Audience(held.event, [person.pk], most=9).refusal(person.pk) == Why.REGISTERED


@BOTH
def test_who_shares_the_address_is_not_invited_twice(held, stored, told):
    people = [jana(stored)]
    people.append(persons.find_or_create(name="Karl Müller", by=BY))
    Person.objects.filter(pk=people[1].pk).update(email=told)
    for person in people:
        agree(person)
    audience = Audience(held.event, [person.pk for person in people], most=9)
    audience.invite(people[0].pk)
    assert audience.refusal(people[1].pk) == Why.INVITED


def test_who_registers_with_it_came_because_of_the_invitation(held, settings):
    settings.ROOT_URLCONF = "wegweiser.config.urls"
    agree(jana(UMLAUTS))
    row = invitations.order(event=held.event, chosen=Filter(), submission=uuid.uuid4(), by=BY)
    invitations.send_due(by=BY)
    assert not invitation_results.people(row).get().came
    registered(held, NETWORK)
    assert invitation_results.people(row).get().came


@BOTH
def test_who_wants_no_mail_gets_no_reminder(held, stored, told):
    registered(held, told)
    due = MONDAY + dt.timedelta(days=1)
    assert notices.waiting_for(held.event, None, Moment.REMINDER, due=due).exists()
    jana(stored, channel="none")
    assert not notices.waiting_for(held.event, None, Moment.REMINDER, due=due).exists()


# --- Registrations ---------------------------------------------------------------------------------------------------


@BOTH
def test_the_same_guest_once_more_is_the_same_registration(held, stored, told):
    row = registered(held, stored)
    assert events.register(held, 1, email=told).registration == row


@BOTH
def test_a_list_of_who_came_finds_the_guest_by_it(stored, told):
    register = whose.Register([whose.Guest(7, "Jana Müller", stored)])
    assert register.certain("J. M.", told) == 7


# --- Firms and people ------------------------------------------------------------------------------------------------


@BOTH
def test_a_firm_is_found_by_mail_and_website(world, stored, told):
    firm = companies.find_or_create(name="Bau Nord", place="Halle", by=BY)
    Company.objects.filter(pk=firm.pk).update(email=stored)
    (found,) = alike.likely(Known(name="Nordbau GmbH", place="Halle", emails=(told,)))
    assert found.company == firm
    assert correspondence.known_as(told.replace("info", "jana")).company == firm
    firm.website = f"https://www.{stored.partition('@')[2]}"
    firm.save()
    assert mail_domains.proves(told, firm)


@BOTH
def test_the_address_of_who_is_forgotten_goes_at_their_firm_too(world, stored, told):
    firm = companies.find_or_create(name="Bau Nord", by=BY)
    person = jana(stored)
    persons._ensure_position(person, firm, function="", since=clock.today(), by=BY)
    Company.objects.filter(pk=firm.pk).update(email=told)
    ContactEntry.objects.create(company=firm, kind="email", before="alt@nord.example", value=told, by="x")
    erasures.erase_person(person=person, restrict=False, by=BY)
    firm.refresh_from_db()
    assert firm.email == ""
    assert not ContactEntry.objects.exists()


@BOTH
def test_what_was_passed_on_of_their_enquiries_is_theirs(world, stored, told):
    row = Referral.objects.create(
        case=contact_point.case(world.lead, email=told),
        recipient="Netz",
        partner=world.lead,
        member=world.anna,
        consent_text="Ja.",
        consent_version="1",
        consent_way="phone",
        consent_on=clock.today(),
    )
    person = jana(stored)
    assert list(referral_consents.of(person)) == [row]
    assert referral_consents.standing_of([person]) == {person.pk: [row]}


@BOTH
def test_a_mail_from_it_is_known(world, stored, told):
    Centre.objects.update(email=stored)
    assert correspondence.is_one_of_us(name="", mail=told)
    Mail.objects.create(sender_mail=stored)
    assert correspondence.lately_from(told, MONDAY - dt.timedelta(hours=1)) == 1


@BOTH
def test_the_same_card_twice_is_marked(stored, told):
    first, again = (Card(pk=n, name="Jana", email=mail) for n, mail in ((1, stored), (2, told)))
    assert fairs.twins([first, again]) == {again.uuid: first}


# --- Staff -----------------------------------------------------------------------------------------------------------


@BOTH
def test_a_login_is_found_by_it_and_nobody_gets_a_second_one(db, stored, told):
    eva = users.create(email=stored, name="Eva", by=BY)
    assert User.objects.get_by_natural_key(told) == eva
    ben = users.create(email="ben@example.org", name="Ben", by=BY)
    for take in (
        lambda: users.create(email=told, name="Eva", by=BY),
        lambda: logins.change(user=ben, email=told, name="Ben", by=BY),
    ):
        with pytest.raises(DomainError) as refusal:
            take()
        assert refusal.value.code == "mail_taken"


def test_of_two_logins_from_before_it_is_the_one_that_was_typed(db):
    rows = [User.objects.create(email=mail, name="Eva") for mail in (UMLAUTS, NETWORK)]
    for row in rows:
        assert User.objects.get_by_natural_key(row.email.upper()) == row
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key("")


@BOTH
def test_a_known_member_becomes_the_first_administrator(world, stored, told):
    Member.objects.filter(pk=world.anna.pk).update(email=stored)
    administrators.make_first(email=told, by=BY)
    assert Membership.objects.get(role="administrator").member == world.anna


# --- Addresses that only look alike ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theirs", "other"),
    [("info@firma.example", "info@fırma.example"), ("info@σσ.example", "info@σς.example")],
    ids=["i without its dot", "two sigmas"],
)
def test_a_domain_that_only_looks_alike_is_somebody_else_s(db, theirs, other):
    """Capitals make one letter of these; the network does not, so each may belong to another."""
    known = {
        spelt: {jana(stored, name=stored) for stored in (spelt, mail_addresses.kept(spelt))}
        for spelt in (theirs, other)
    }
    for spelt, people in known.items():
        for told in mail_addresses.forms(spelt):
            assert set(Person.objects.filter(mail_addresses.same("email", told.capitalize()))) == people


def test_whoever_owns_a_domain_that_looks_alike_enters_no_firm_of_others(world):
    held = {}
    for mail in ("info@firma.example", "info@fırma.example"):
        firm = companies.find_or_create(name=mail, is_another=True, by=BY)
        held[mail] = colleagues.let_in(company=firm, name=mail, mail=mail, right="own", language="de", by=BY)
    for access in held.values():
        assert accesses.by_mail(access.person.email) == [access]
