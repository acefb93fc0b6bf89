"""A contact person from the first day to the last, and how visitors find them on each."""

import datetime as dt
from pathlib import Path

import pytest

from tests import contact_point
from tests.contact_point import BEGIN, BY
from tests.web.public.conftest import small_centre
from wegweiser.catalogue import matches, queries
from wegweiser.catalogue.actions import offers, vectors
from wegweiser.catalogue.models import Entry, EntryVector, Kind
from wegweiser.consortium import centre_file
from wegweiser.consortium.actions import centres, members
from wegweiser.consortium.models import Member, Role, Topic
from wegweiser.crossings import leaving, people
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent
from wegweiser.kernel.translated import translated

TODAY = contact_point.MONDAY.date()
QUESTION = "Wer kennt sich mit Schweißrobotern aus?"


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "wegweiser.config.urls"
    settings.BASE_URL = "https://zentrum.example"


@pytest.fixture(autouse=True)
def _words_only(monkeypatch):
    monkeypatch.setattr(matches, "encoders", lambda: ())


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def on(number: int):
    return clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=number))


def eva(world, *, since=TODAY, until=None, role=Role.ADVISER, partner=None, topics=None) -> Member:
    """Somebody new who appears on the website, as the page of the team makes them."""
    values = {"is_public": True}
    values |= {"position": translated("Ingenieurin", "Engineer"), "expertise": translated("Schweißroboter, Greifer")}
    wanted = [world.topic] if topics is None else topics
    row = members.add(name="Eva Größe", email="eva@centre.example", values=values, topics=wanted, by=BY)
    people.grant(member=row, role=role, partner=partner or world.other, since=since, until=until, by=BY)
    return row


def entry(member) -> Entry | None:
    return Entry.objects.filter(kind=Kind.CONTACT, slug=member.slug).first()


def listed(client, query="") -> str:
    return client.get(f"/angebote/?art=person{query}").text


def test_somebody_new_is_found_by_name_and_by_field(client, world):
    row = eva(world)
    made = entry(row)
    assert (made.partner, made.contact, str(made.summary)) == (world.other, row, "Ingenieurin")
    assert [line.topic for line in made.topic_rows.all()] == [world.topic]
    for query in ("", "&q=Eva", "&q=Schweißroboter", "&thema=netz", "&partner=other"):
        assert "Eva Größe" in listed(client, query), query
    assert "Engineer" in client.get("/en/angebote/?art=person").text


def test_somebody_new_is_the_person_for_a_question_about_their_field(client, world):
    eva(world)
    assert matches.match(QUESTION).contact.slug == "eva-groesse"


def test_a_new_name_field_topic_and_partner_are_found_at_once(client, world):
    row = eva(world)
    further = Topic.objects.create(key="daten", slug="daten", title=translated("Daten"))
    values = {"name": "Eva Klein", "expertise": translated("Lagerlogistik")}
    people.change(member=row, values=values, topics=[further], by=BY)
    assert "Eva Klein" in listed(client, "&q=Lagerlogistik")
    assert "Eva Klein" not in listed(client, "&q=Schweißroboter")
    assert "Eva Größe" not in listed(client)
    assert "Eva Klein" in listed(client, "&thema=daten")
    assert "Eva Klein" not in listed(client, "&thema=netz")
    people.end(membership=row.memberships.get(), on=days(9), by=BY)
    people.grant(member=row, role=Role.MANAGEMENT, partner=world.lead, since=days(10), by=BY)
    with on(10):
        people.show_all(by=BY)
        assert entry(row).partner == world.lead


def test_who_shall_not_appear_is_found_nowhere_and_can_be_later(world):
    row = eva(world)
    people.change(member=row, values={"is_public": False}, by=BY)
    assert entry(row).withdrawn_at is not None
    people.change(member=row, values={"is_public": True}, by=BY)
    assert entry(row).withdrawn_at is None


def test_a_new_telephone_number_publishes_nothing(world):
    row = eva(world)
    before = entry(row).changed
    people.change(member=row, values={"phone": "+49391555099"}, by=BY)
    assert entry(row).changed == before


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHECK_IN, Role.REVIEWER])
def test_who_cannot_be_asked_is_not_found(client, world, role):
    assert entry(eva(world, role=role)) is None
    people.show_all(by=BY)
    assert "Eva G" not in listed(client)


def test_the_entry_goes_with_the_last_role_and_comes_back_with_the_next(world):
    row = eva(world)
    second = people.grant(member=row, role=Role.MANAGEMENT, partner=world.other, since=BEGIN, by=BY)
    for held in row.memberships.all():
        people.end(membership=held, on=days(-1 if held == second else 3), by=BY)
    assert entry(row).withdrawn_at is None
    with on(4):
        people.show_all(by=BY)
        assert entry(row).withdrawn_at
        events = AuditEvent.objects.count()
        people.show_all(by=BY)
        assert AuditEvent.objects.count() == events, "what is in line already is left alone"
        people.grant(member=row, role=Role.ADVISER, partner=world.other, since=days(4), by=BY)
        assert entry(row).withdrawn_at is None


def test_who_ended_yesterday_is_withdrawn_by_the_action_itself(world):
    row = eva(world, since=days(-9))
    people.end(membership=row.memberships.get(), on=days(-1), by=BY)
    assert entry(row).withdrawn_at


def test_a_role_taken_back_before_it_began_leaves_nobody_to_find(world):
    row = eva(world, since=days(5))
    assert entry(row).withdrawn_at is None
    people.end(membership=row.memberships.get(), on=TODAY, by=BY)
    assert entry(row).withdrawn_at


def test_topics_of_who_left_are_found_with_the_heir(client, world):
    heir = contact_point.member("Cleo", world.other)
    contact_point.let_in(heir)
    leaving.plan(member=world.ben, last_day=days(-1), heir=heir, by=BY)
    assert entry(world.ben).withdrawn_at
    assert [line.topic for line in entry(heir).topic_rows.all()] == [world.topic]


def test_who_stays_after_all_is_found_again(world):
    heir = contact_point.member("Cleo", world.other)
    contact_point.let_in(heir)
    leaving.plan(member=world.ben, last_day=days(1), heir=heir, by=BY)
    with on(2):
        people.show_all(by=BY)  # the departure itself could not be carried out yet
        assert entry(world.ben).withdrawn_at
        leaving.call_back(member=world.ben, by=BY)
    assert entry(world.ben).withdrawn_at is None


def test_who_was_entered_before_people_were_shown_is_found_by_the_job(client, world):
    contact_point.member("Dora", world.other)
    assert "Dora" not in listed(client)
    people.show_all(by=BY)
    assert "Dora" in listed(client)


class Counting:
    """An encoder that says how often it was asked."""

    name, version, dimensions = "counting", "1", 3

    def encode_offers(self, passages):
        return [[float(len(passage)), 1.0, 2.0] for passage in passages]


def test_the_next_run_of_the_job_makes_the_vectors_of_the_person(world):
    row = eva(world)
    vectors.encode(encoders=[Counting()], by=BY)
    first = set(EntryVector.objects.filter(entry=entry(row)).values_list("language", "text_hash"))
    assert {language for language, _ in first} == {"de", "en"}
    people.change(member=row, values={"expertise": translated("Lagerlogistik")}, by=BY)
    vectors.encode(encoders=[Counting()], by=BY)
    assert first.isdisjoint(EntryVector.objects.filter(entry=entry(row), language="de").values_list("text_hash"))


def test_somebody_without_position_and_field_is_told_by_their_topics(world):
    colleague = contact_point.member("Dora", world.other)
    colleague.topics.add(world.topic)
    people.show(member=colleague, by=BY)
    passages = {row.passage for number, row in queries.corpus() if number == entry(colleague).pk}
    assert passages == {"Vernetzung"}


CENTRES = [centre_file.model_centre(), Path(__file__).parents[1] / "centres" / "klein.toml"]


def load(path):
    file = centre_file.read(path)
    centre = centres.load(file=file, by=BY).centre
    return offers.load(file=file, centre=centre, base=centre.loaded_on, by=BY)


@pytest.fixture
def _a_day(db):
    with clock.stopped_at(contact_point.MONDAY.replace(year=2026, month=11)):
        yield


@pytest.mark.usefixtures("_a_day")
@pytest.mark.parametrize("path", CENTRES, ids=["model", "small"])
def test_people_of_the_file_are_in_line_from_the_start(path):
    load(path)
    before = dict(Entry.objects.values_list("pk", "changed"))
    people.show_all(by=BY)
    assert dict(Entry.objects.values_list("pk", "changed")) == before
    assert set(load(path)) == {"unchanged"}


@pytest.mark.usefixtures("_a_day")
@pytest.mark.parametrize("path", CENTRES, ids=["model", "small"])
def test_another_load_keeps_what_was_changed_by_hand(path):
    load(path)
    first, second = Member.objects.order_by("slug")[:2]
    people.change(member=first, values={"name": "Neuer Name"}, by=BY)
    people.end(membership=second.memberships.earliest("id"), on=clock.today() - dt.timedelta(days=1), by=BY)
    for row in second.memberships.filter(valid_to=None):
        people.end(membership=row, on=clock.today() - dt.timedelta(days=1), by=BY)
    words = dict(entry(first).everyday_words)
    assert load(path)["kept"] == 2
    assert (str(entry(first).title), dict(entry(first).everyday_words)) == ("Neuer Name", words)
    assert entry(second).withdrawn_at


@pytest.mark.usefixtures("_a_day")
def test_a_changed_file_does_not_bring_back_the_name_that_was_changed_by_hand(monkeypatch):
    """The row of the person stays by hand; the entry, which nobody touched, follows the person and not the file."""
    load(CENTRES[1])
    row = Member.objects.get(slug="anke-dierks")
    people.change(member=row, values={"phone": "+49391555099"}, by=BY)
    read = centre_file.read

    def renamed(path):
        file = read(path)
        file.catalogue["contacts"][0] |= {"name": "Anke Anders", "everyday_words": "Zettel überall"}
        return file

    monkeypatch.setattr(centre_file, "read", renamed)
    load(CENTRES[1])
    assert (str(entry(row).title), str(entry(row).everyday_words)) == ("Anke Dierks", "Zettel überall")
