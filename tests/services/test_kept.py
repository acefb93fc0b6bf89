"""What is built once and copied from then on is what was built, for each test anew."""

from collections import Counter

import pytest
from django.db import transaction

from tests import contact_point, kept
from tests.events.world import held
from tests.web.public.conftest import built as built_centre
from wegweiser.catalogue.models import Change, Entry
from wegweiser.consortium.models import Topic
from wegweiser.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def built() -> list[str]:
    return []


def topic(built: list[str]) -> Topic:
    built.append("built")
    return Topic.objects.create(key="netz", slug="netz")


@pytest.fixture(autouse=True)
def _of_this_test(monkeypatch):
    monkeypatch.setattr(kept, "_kept", {})
    monkeypatch.setattr(kept, "_added", {})
    monkeypatch.setattr(kept, "_asked", Counter())


@pytest.fixture
def roll_back():
    """What the transaction of a test does at its end."""

    class Back(Exception):
        pass

    def run(function):
        found = []
        try:
            with transaction.atomic():
                found.append(function())
                raise Back
        except Back:
            return found[0]

    return run


def everything() -> dict[str, list[object]]:
    """Each table with its rows as the database has them, in an order of ours: its own is where it had room."""
    tables = kept.tables()
    found = {table: kept.read(table, columns) for table, columns in tables.items() if kept.any_row([table])}
    return {
        table: sorted(rows.splitlines() if isinstance(rows, bytes) else rows, key=repr) for table, rows in found.items()
    }


def test_the_copied_centre_has_the_rows_of_the_built_one(roll_back):
    def centre() -> tuple[dict[str, object], list[object]]:
        with clock.stopped_at(contact_point.MONDAY):
            found = kept.once("centre", built_centre)
        columns = [(row, field.attname) for row in (found.centre, found.ben) for field in row._meta.concrete_fields]
        return everything(), [getattr(row, name) for row, name in columns]

    first, objects = roll_back(centre)
    assert len(first) > 10
    assert not Entry.objects.exists()
    again, copied = roll_back(centre)
    assert (again, copied) == (first, objects)


def test_it_is_built_once_and_nobody_changes_what_the_next_one_gets(built, roll_back):
    def rename() -> str:
        found = kept.once("topic", lambda: topic(built))
        before, found.slug = found.slug, "anders"
        found.save()
        return before

    assert [roll_back(rename) for _ in range(3)] == ["netz"] * 3
    assert built == ["built"]


def test_a_row_that_stands_there_already_makes_it_built(built, roll_back):
    def after_another() -> int:
        Topic.objects.create(key="andere", slug="andere")
        kept.once("topic", lambda: topic(built))
        return Topic.objects.count()

    assert roll_back(after_another) == 2
    roll_back(lambda: kept.once("topic", lambda: topic(built)))
    assert roll_back(after_another) == 2
    assert built == ["built"] * 3


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_it_is_built_unless_one_says_that_it_may_stay(built):
    for committed, times in ((False, 1), (True, 2), (True, 2), (False, 3)):
        Topic.objects.all().delete()
        assert kept.once("topic", lambda: topic(built), committed=committed) == Topic.objects.get()
        assert len(built) == times


# --- What is built on top of it -------------------------------------------------------------------------------------


@pytest.fixture
def another_test(roll_back):
    """A test with `function`, on the small centre."""

    def run(function):
        def on_the_centre():
            kept.begin()
            return function(kept.once("centre", built_centre))

        with clock.stopped_at(contact_point.MONDAY):
            return roll_back(on_the_centre)

    return run


def test_what_is_added_has_the_rows_of_what_was_built(another_test):
    def an_event(centre: contact_point.World) -> tuple[dict[str, object], list[object]]:
        found = held(centre=centre)
        columns = [(row, field.attname) for row in (found.draft, found.event) for field in row._meta.concrete_fields]
        return everything(), [getattr(row, name) for row, name in columns]

    another_test(an_event)  # kept when it is asked for again
    first, objects = another_test(an_event)
    again, copied = another_test(an_event)
    assert (again, copied) == (first, objects)
    assert len(first["events_event"]) == 1


def test_the_numbers_of_changes_go_on_from_where_they_are(another_test):
    def an_entry() -> None:
        Entry.objects.create(kind="tool", slug="neu", changed=Change.objects.get().last + 1)
        Change.objects.update(last=Change.objects.get().last + 1)

    def after(last: int) -> int:
        with kept.unnoticed():
            Change.objects.update(last=last)
        kept.further("entry", an_entry)
        assert Entry.objects.get(slug="neu").changed == Change.objects.get().last
        return Change.objects.get().last

    found = [another_test(lambda _centre, last=last: after(last)) for last in (60_000, 70_000, 80_000, 90_000)]
    assert found == [60_001, 70_001, 80_001, 90_001]


@pytest.mark.parametrize(
    "before", [lambda: Topic.objects.update(slug="anders"), lambda: Topic.objects.create(key="andere", slug="andere")]
)
def test_after_anything_was_written_it_is_built(built, another_test, before):
    def after_it(_centre: contact_point.World) -> None:
        before()
        kept.further("fresh", lambda: built.append("built"))

    for _ in range(3):
        another_test(after_it)
    assert built == ["built"] * 3


def test_what_was_taken_back_is_not_there_any_more(built, roll_back):
    def in_a_savepoint() -> None:
        roll_back(lambda: kept.once("topic", lambda: topic([])))
        kept.further("further", lambda: built.append(Topic.objects.count()))

    def outside() -> None:
        kept.once("topic", lambda: topic([]))
        kept.further("further", lambda: built.append(Topic.objects.count()))

    for one in (in_a_savepoint, outside, in_a_savepoint, outside, outside):
        kept.begin()
        roll_back(one)
    assert built == [0, 1, 0, 1], "the last is copied"
