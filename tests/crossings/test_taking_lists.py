"""A list is taken over by one at a time, and one that cannot be read holds up no other: of firms and of contacts."""

import contextlib
import datetime as dt

import pytest

from tests.contact_point import BY, MONDAY
from wegweiser.companies import jobs as firm_jobs
from wegweiser.companies import list_claims
from wegweiser.companies import lists as firm_reads
from wegweiser.companies.actions import list_chunks
from wegweiser.companies.actions import lists as firms
from wegweiser.companies.models import FirmList, ListRow
from wegweiser.crossings import firm_lists, histories, jobs
from wegweiser.journey import jobs as journey_jobs
from wegweiser.journey.actions import histories as contacts
from wegweiser.journey.history import lists as contact_reads
from wegweiser.journey.models import ContactList, ContactRow, Step
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

FIRMS = "Firma;Ort;Telefon\nAbel GmbH;Halle;0345 5550100\nKain GmbH;Stendal;0345 5550101\n"
CONTACTS = "Datum;Firma;PLZ;Art\n17.1.2019;Abel GmbH;39104;Besuch\n18.1.2019;Kain GmbH;39104;Besuch\n"


class Firms:
    model, rows, actions, take = FirmList, ListRow, firms, staticmethod(firm_lists.take_uploaded)
    work, forget, columns, code = jobs.take_lists, firm_jobs.forget_lists, {1: "place"}, "no_company_column"

    @staticmethod
    def bring(world, text=FIRMS):
        return firms.upload(name="liste.csv", data=text.encode(), by=BY)


class Contacts:
    model, rows, actions, take = ContactList, ContactRow, contacts, staticmethod(histories.take_uploaded)
    work, forget, columns, code = jobs.take_histories, journey_jobs.forget_lists, {1: "name"}, "no_day_column"

    @staticmethod
    def bring(world, text=CONTACTS):
        made = contacts.upload(name="alt.csv", data=text.encode(), by=BY)
        mapping = {int(place): named for place, named in made.mapping.items()}
        return contacts.describe(source=made, mapping=mapping, partner=world.lead, topic=world.topic, by=BY)


@pytest.fixture(params=[Firms, Contacts])
def kind(request, world):
    return request.param


@contextlib.contextmanager
def refused(code):
    with pytest.raises(DomainError) as refusal:
        yield
    assert refusal.value.code == code


def again(source):
    """The list as another page, tab or process has it."""
    return type(source).objects.get(pk=source.pk)


def unmapped(source, columns):
    """As a release before left it, or a tab that was quicker."""
    type(source).objects.filter(pk=source.pk).update(mapping={str(place): named for place, named in columns.items()})


def test_who_comes_second_changes_nothing(kind, world):
    first = kind.bring(world)
    second = again(first)
    kind.take(source=first, by=BY)
    counts = again(first).counts
    with refused("list_taken_already"):
        kind.take(source=second, by=BY)
    with refused("list_taken_already"):
        kind.actions.drop(source=second, by=BY)
    assert (again(first).state, again(first).counts) == ("done", counts)


def test_while_one_takes_it_over_nobody_else_does(kind, world):
    first = kind.bring(world)
    second = again(first)
    with list_claims.claimed(first):
        for verb in (kind.take, kind.actions.drop, kind.actions.order):
            with refused("list_being_taken"):
                verb(source=second, by=BY)
        with refused("list_being_taken"):
            kind.actions.say_head(source=second, line=-1, by=BY)
        kind.work()
    assert not kind.rows.objects.exists()


def test_who_was_killed_on_the_way_is_relieved(kind, world):
    left = kind.bring(world)
    with list_claims.chunk(None):
        list_claims._claim(left)
    kind.work()
    assert not kind.rows.objects.exists(), "whoever it is may still be at it"
    with clock.stopped_at(clock.now() + list_claims.LEASE + dt.timedelta(minutes=1)):
        kind.work()
    assert (again(left).state, kind.rows.objects.count()) == ("done", 2)
    with refused("list_being_taken"), list_claims.chunk(left):
        pytest.fail("the claim is lost")


def test_one_that_cannot_be_read_says_why_and_holds_up_no_other(kind, world):
    broken, good = kind.bring(world), kind.bring(world)
    for source in (broken, good):
        kind.actions.order(source=source, by=BY)
    unmapped(broken, kind.columns)
    kind.work()
    assert [(again(one).state, again(one).failure) for one in (broken, good)] == [("failed", kind.code), ("done", "")]
    kind.work()
    kind.actions.drop(source=broken, by=BY)
    assert kind.model.objects.get() == good


def test_what_failed_is_put_right_and_taken_over(kind, world):
    source = kind.bring(world)
    mapping = source.mapping
    kind.actions.order(source=source, by=BY)
    unmapped(source, kind.columns)
    kind.work()
    assert again(source).state == "failed"
    kind.actions.say_head(source=again(source), line=0, by=BY)
    assert (again(source).state, again(source).failure, again(source).mapping) == ("uploaded", "", mapping)
    kind.take(source=again(source), by=BY)
    assert (again(source).state, kind.rows.objects.count()) == ("done", 2)


def test_a_list_that_names_nothing_is_not_left_to_the_worker(kind, world):
    source = kind.bring(world)
    unmapped(source, kind.columns)
    for verb in (kind.actions.order, kind.take):
        with refused(kind.code):
            verb(source=again(source), by=BY)
    assert again(source).state == "uploaded"


def test_a_fault_of_ours_is_said_at_the_list_and_of_the_job(world, monkeypatch):
    broken, good = Firms.bring(world), Firms.bring(world, FIRMS.replace("Abel", "Seth"))
    for source in (broken, good):
        firms.order(source=source, by=BY)
    write = list_chunks.write

    def fault(*, source, **rest):
        if source.pk == broken.pk:
            raise RuntimeError
        write(source=source, **rest)

    monkeypatch.setattr(list_chunks, "write", fault)
    with pytest.raises(RuntimeError):
        jobs.take_lists()
    assert [(again(one).state, again(one).failure) for one in (broken, good)] == [
        ("failed", "list_broken"),
        ("done", ""),
    ]


def test_of_what_was_taken_in_part_the_file_goes_after_a_week(kind, world):
    with clock.stopped_at(MONDAY):
        source = kind.bring(world)
        with pytest.raises(RuntimeError), list_claims.claimed(source):
            kind.actions.take(opened=opened(kind, source), name="", source=source, by=BY, **extra(kind, world))
            kind.model.objects.filter(pk=source.pk).update(state="taking", claimed_at=MONDAY)
            source.claimed_at = MONDAY
            raise RuntimeError
        kind.model.objects.filter(pk=source.pk).update(content=b"x")
        with refused("list_taken_in_part"):
            kind.actions.drop(source=source, by=BY)
    with clock.stopped_at(MONDAY + firm_jobs.KEPT * 1.1):
        kind.forget()
    assert (again(source).state, again(source).content, kind.rows.objects.count()) == ("failed", None, 2)


def opened(kind, source):
    return (firm_reads if kind is Firms else contact_reads).open_uploaded(source)


def extra(kind, world):
    if kind is Firms:
        return {}
    return {"partner": world.lead, "topic": world.topic, "grant_on": lambda day: ""}


def test_contacts_count_once_whoever_pressed(world):
    source = Contacts.bring(world)
    other = again(source)
    Contacts.take(source=source, by=BY)
    with refused("list_taken_already"):
        Contacts.take(source=other, by=BY)
    assert Step.objects.count() == 2
