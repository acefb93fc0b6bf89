"""Who can be asked follows from the day: somebody whose role ends is named nowhere from the next day on, and no job
has to run for that."""

import datetime as dt
import json
import re

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.catalogue import matches, search
from wegweiser.catalogue.models import Change, Entry, Kind
from wegweiser.consortium import asking
from wegweiser.consortium.actions import members
from wegweiser.consortium.models import Membership, Role
from wegweiser.crossings import leaving, people
from wegweiser.enquiries import queries as enquiries
from wegweiser.enquiries.actions import cases
from wegweiser.kernel import clock
from wegweiser.web.public import reads

QUESTION = "Wir tippen jeden Auftrag dreimal ab, Vernetzung fehlt."
TODAY = contact_point.MONDAY.date()
TOMORROW = TODAY + dt.timedelta(days=1)
OFFER = "/checks/standort/"


@pytest.fixture(autouse=True)
def _words_only(monkeypatch):
    monkeypatch.setattr(matches, "encoders", lambda: ())


@pytest.fixture
def ends_today(world):
    """Ben, whose role ends today; the processes have read everything before."""
    members.end(membership=world.ben.memberships.get(), on=TODAY, by=BY)
    return world.ben


def tomorrow():
    return clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=1))


def places(client, member) -> dict[str, bool]:
    """Where visitors and machines read of `member`."""
    page = f"/ansprechpersonen/{member.slug}/"
    listed = re.findall(r'href="([^"]+)"', client.get("/angebote/?art=person").text)
    answer = client.get("/anliegen/", {"text": QUESTION}).text
    answered = client.post("/anliegen/", {"text": QUESTION}).text
    found = matches.match(QUESTION).contact
    offer = client.get(OFFER).text
    return {
        "search": page in listed,
        "search by name": page in client.get(f"/angebote/?q={member.name}").text,
        "count": "Ansprechperson (1)" in client.get("/angebote/").text,
        "matching": found is not None and found.slug == member.slug,
        "answer": page in answer or page in answered,
        "offer": member.email in offer or page in offer,
        "people": page in client.get("/ansprechpersonen/").text,
        "topic": page in client.get("/themen/netz/").text,
        "partner": page in client.get("/partner/other/").text,
        "sitemap": page in client.get("/sitemap.xml").text,
        "page": client.get(page).status_code == 200,
        "card": client.get(f"{page}karte.vcf").status_code == 200,
    }


def test_on_the_last_day_everything_names_them_and_on_the_next_nothing_does(client, world, ends_today):
    entry = Entry.objects.get(kind=Kind.CONTACT, slug=ends_today.slug)
    change = Change.objects.get().last
    assert {name for name, there in places(client, ends_today).items() if not there} == set()
    with tomorrow():
        assert {name for name, there in places(client, ends_today).items() if there} == set()
        found = search.find(search.Wish(kinds=frozenset({"contact"}), past=True))
        assert (found.ids, dict(found.counts["kind"]).get("contact", 0)) == ((), 0)
    entry.refresh_from_db()
    assert (entry.withdrawn_at, Change.objects.get().last) == (None, change), "nobody did anything"


def test_data_for_search_engines_name_nobody_who_left(client, world, ends_today):
    def told() -> list[str]:
        pages = (OFFER, "/partner/other/", f"/ansprechpersonen/{ends_today.slug}/", "/")
        block = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
        found = [block.findall(client.get(path).text) for path in pages]
        return [json.dumps(json.loads(block)) for blocks in found for block in blocks]

    assert any(ends_today.email in block for block in told())
    with tomorrow():
        assert not any(ends_today.email in block for block in told())


def test_who_begins_tomorrow_is_found_tomorrow(client, world):
    row = members.add(
        name="Eva Größe", email="eva@centre.example", values={"is_public": True}, topics=[world.topic], by=BY
    )
    people.grant(member=row, role=Role.ADVISER, partner=world.other, since=TOMORROW, by=BY)
    assert "Eva Größe" not in client.get("/angebote/?art=person").text
    with tomorrow():
        assert "Eva Größe" in client.get("/angebote/?art=person").text


def test_between_the_last_day_and_the_job_an_offer_names_the_successor(client, world):
    contact_point.member("Adele", world.other)
    heir = contact_point.member("Cleo", world.other)
    contact_point.let_in(heir)
    leaving.plan(member=world.ben, last_day=TODAY, heir=heir, by=BY)
    assert world.ben.email in client.get(OFFER).text
    with tomorrow():
        page = client.get(OFFER).text
        assert (world.ben.email in page, heir.email in page) == (False, True)
        assert client.get(f"/ansprechpersonen/{heir.slug}/").status_code == 200


def test_a_successor_who_has_no_public_role_is_not_named(client, world):
    heir = contact_point.member("Cleo", world.other)
    contact_point.let_in(heir)
    leaving.plan(member=world.ben, last_day=TODAY, heir=heir, by=BY)
    Membership.objects.filter(member=heir).update(role=Role.EDITOR)
    with tomorrow():
        assert heir.email not in client.get(OFFER).text
        assert client.get(f"/ansprechpersonen/{world.ben.slug}/").status_code == 404


def test_without_a_successor_the_office_of_the_partner_answers(client, world, ends_today):
    contact_point.member("Adele", world.other)
    office = contact_point.member("Olga", world.other)
    Membership.objects.filter(member=office).update(role=Role.MANAGEMENT)
    with tomorrow():
        assert office.email in client.get(OFFER).text


def test_the_answer_to_a_question_goes_over_to_who_is_there(client, world, ends_today):
    colleague = contact_point.member("Cleo", world.other)
    colleague.topics.add(world.topic)
    people.show(member=colleague, by=BY)
    assert reads.match(QUESTION, language="de").contact in {ends_today, colleague}
    with tomorrow():
        assert reads.match(QUESTION, language="de").contact == colleague


def test_where_nobody_is_left_for_a_topic_its_partner_answers(client, world, ends_today):
    people.show(member=world.anna, by=BY)  # of the lead, and for another field
    office = contact_point.member("Olga", world.other)
    assert reads.match(QUESTION, language="de").contact == ends_today
    with tomorrow():
        assert reads.match(QUESTION, language="de").contact == office
        office.memberships.all().delete()
        assert reads.match(QUESTION, language="de").contact == world.anna


def test_the_page_of_a_question_names_who_is_here(client, world, ends_today):
    case = cases.take(case=contact_point.case(world.other), member=ends_today, by=BY)
    office = contact_point.member("Olga", world.other)
    told = enquiries.status(case)
    assert asking.looks_after(told.contact, partner=told.partner) == ends_today
    with tomorrow():
        assert asking.looks_after(told.contact, partner=told.partner) == office


def test_who_comes_back_is_found_again_without_any_change_of_the_entry(client, world, ends_today):
    Membership.objects.create(
        member=ends_today, partner=world.other, role=Role.ADVISER, valid_from=TODAY + dt.timedelta(days=3)
    )
    page = f"/ansprechpersonen/{ends_today.slug}/"
    with tomorrow():
        assert page not in client.get("/angebote/?art=person").text
    with clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=3)):
        assert page in client.get("/angebote/?art=person").text
