"""What is built once and copied from then on is what was built, for each test anew."""

import pytest
from django.db import transaction

from tests import contact_point, kept
from tests.web.public.conftest import built as built_centre
from wegweiser.catalogue.models import Entry
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
