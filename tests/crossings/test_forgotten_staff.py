"""Who left the centre is named nowhere any more: no offer, draft or older version, no departure, no letter about it."""

import datetime as dt

import pytest

from tests import contact_point
from tests.catalogue.test_drafts import content, create, publish, write
from tests.contact_point import BY
from tests.crossings.test_erasure import forget, run, tables, traces
from wegweiser.accounts.actions import users
from wegweiser.catalogue import matches
from wegweiser.catalogue.actions import contacts
from wegweiser.catalogue.models import Draft, Entry, Kind, Published
from wegweiser.consortium import loaded, teams
from wegweiser.consortium.actions import members, rows
from wegweiser.consortium.models import NAMELESS, Departure, Member
from wegweiser.crossings import leaving
from wegweiser.enquiries.models import Case
from wegweiser.kernel import disclosure
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent
from wegweiser.outbox.models import Letter

TODAY = contact_point.MONDAY.date()
YESTERDAY = TODAY - dt.timedelta(days=1)
MAIL = "anna@centre.example"


@pytest.fixture(autouse=True)
def _pages(settings, _addresses):
    """The real ones: the mail to an heir names the desk."""
    settings.ROOT_URLCONF = "wegweiser.config.urls"


@pytest.fixture
def anna(world):
    """Anna, who can be told from all others by her address as well."""
    world.anna.slug = "anna-ahorn"
    world.anna.save()
    members.link(member=world.anna, user=users.create(email=MAIL, name="Anna", password="x", by=BY), by=BY)
    world.anna.topics.add(world.topic)
    return world.anna


@pytest.fixture
def heir(world):
    found = contact_point.member("Cleo", world.lead)
    contact_point.let_in(found)
    return found


def ended(member):
    member.memberships.update(valid_to=YESTERDAY)


def test_drafts_and_older_versions_name_nobody_and_keep_the_rest(world, anna):
    shown, waiting = create(world), create(world, title={"de": "Zweiter Tag"})
    publish(shown)
    shown.refresh_from_db()
    write(shown, content(world, title={"de": "Neuer Titel", "en": "New title"}))
    seen = Draft.objects.get(pk=waiting.pk).version
    assert {"catalogue.Draft.content", "catalogue.Published.content"} <= traces(anna.slug)
    ended(anna)
    forget(MAIL)
    assert traces(anna.slug, MAIL, "Anna") == set()
    assert {row.content["contact"] for row in [*Draft.objects.all(), *Published.objects.all()]} == {""}
    assert not Draft.objects.exclude(contact=None).exists()
    assert set(Published.objects.values_list("content__place", flat=True)) == {"Halle"}
    waiting.refresh_from_db()
    assert waiting.version > seen  # whoever has it open is told that it changed
    assert AuditEvent.objects.filter(event="draft:forgot_member").count() == 2


def test_an_older_version_alone_is_enough_to_be_due(world, anna, heir):
    draft = create(world)
    publish(draft)
    contacts.replace(entry=Entry.objects.get(), contact=heir, by=BY)
    assert Published.objects.filter(content__contact=anna.slug).exists()
    ended(anna)
    assert ("catalogue.Entry", "anonymised") in tables(run(dt.date(2028, 1, 1)))
    assert traces(anna.slug) == set()
    assert Entry.objects.get().contact == heir
    assert Draft.objects.get().content["contact"] == heir.slug


def test_a_departure_and_its_letters_lead_to_nobody(world, anna, heir):
    leaving.plan(member=anna, last_day=YESTERDAY, heir=heir, by=BY)
    assert "Anna" in "".join(Letter.objects.values_list("text", flat=True))
    forget(MAIL)
    assert traces("Anna", MAIL) == set()
    departure = Departure.objects.get()
    assert (departure.heir, departure.member.name) == (heir, NAMELESS)
    assert Member.objects.get(pk=heir.pk).email == "cleo@centre.example"


def test_what_was_loaded_and_what_was_suggested_lead_to_nobody(world, anna):
    key = f"here/contact/{anna.slug}"
    rows.remember(kind="catalogue.entry", key=key, content_hash="0" * 64, by=BY)
    page = Entry(kind=Kind.CONTACT, slug=anna.slug)  # what the matching names as contact
    said = {"in_scope": True, "urgent": False, "kind": "company", "unsure": False}
    answer = matches.Answer(**said, topics=(matches.Topic("netz", "other", 1.0),), contact=page, offers=())
    case = contact_point.case(world.lead)
    Case.objects.filter(pk=case.pk).update(suggested=answer.as_document())
    ended(anna)
    forget(MAIL)
    assert traces(anna.slug) == set()
    assert loaded.known("catalogue.entry", key) == "0" * 64  # so a reload does not bring the page back


def test_a_departure_is_told_to_who_asks(world, anna, heir):
    leaving.plan(member=anna, last_day=YESTERDAY, heir=heir, by=BY)
    assert "consortium.Departure" in {row.table for row in disclosure.about(MAIL)}


def test_who_is_still_to_hand_over_is_not_erased(world, anna, heir):
    ended(anna)
    Departure.objects.create(member=anna, last_day=YESTERDAY, heir=heir)
    with pytest.raises(DomainError) as refusal:
        forget(MAIL)
    assert refusal.value.code == "departure_planned"


def test_who_is_to_begin_later_is_not_erased(world, anna):
    anna.memberships.update(valid_from=TODAY + dt.timedelta(days=9))
    with pytest.raises(DomainError) as refusal:
        forget(MAIL)
    assert refusal.value.code == "membership_runs"


def test_the_team_lists_nobody_who_is_forgotten_and_leaves_colleagues_alone(world, anna):
    ended(anna)
    forget(MAIL)
    anna.refresh_from_db()
    assert (anna.email, anna.user, list(anna.topics.all())) == ("", None, [])
    assert list(teams.team(Member.objects.all(), when="all")) == [world.ben]
    world.ben.refresh_from_db()
    assert world.ben.email == "ben@centre.example"
