"""A row that is inserted by a statement of ours is the row that Django would have written."""

import copy
import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import DateTimeField, Value

from tests.contact_point import MONDAY
from tests.events import world as events_world
from wegweiser.accounts.models import Token
from wegweiser.events.models import Registration, Seat
from wegweiser.kernel import clock, inserting
from wegweiser.kernel.inserting import insert
from wegweiser.kernel.models import AuditEvent
from wegweiser.outbox.models import Letter

pytestmark = pytest.mark.django_db(transaction=False)
SOON = clock.now() + dt.timedelta(days=1)
OWN = {"id", "uuid", "submission", "message_id", "secret_hash", "position"}


def another(row):
    """A new row that says the same, but for what no two may have in common."""
    made = copy.copy(row)
    made._state = copy.copy(row._state)
    made.pk, made.uuid, made._state.adding = None, uuid.uuid4(), True
    for name in ("submission", "message_id", "secret_hash"):
        if hasattr(made, name):
            setattr(made, name, uuid.uuid4() if name == "submission" else uuid.uuid4().hex)
    if hasattr(made, "position"):
        made.position += 10
    return made


def stored(row):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{row._meta.db_table}" WHERE id = %s', [row.pk])
        columns = [column[0] for column in cursor.description]
        return {name: value for name, value in zip(columns, cursor.fetchone(), strict=True) if name not in OWN}


@pytest.mark.parametrize("model", [Registration, Seat, Letter, AuditEvent, Token])
def test_it_is_the_same_row(model):
    answers = {"answers": {}, "note": "100 % “ä”"}
    with clock.stopped_at(MONDAY):
        events_world.register(events_world.held(places=9), places=2, names=["Zoë", "Ben"], **answers)
    row = model.objects.order_by("-id").first()
    ours, other, theirs = another(row), another(row), another(another(row))
    if hasattr(row, "position"):
        other.position += 20
    insert([ours, other])
    model.objects.bulk_create([theirs])
    assert stored(ours) == stored(other) == stored(theirs)
    assert [one._state.adding for one in (ours, other)] == [False, False]
    assert [model.objects.get(pk=one.pk).uuid for one in (ours, other)] == [ours.uuid, other.uuid]


@pytest.mark.parametrize("model", [Registration, Seat, Letter, AuditEvent, Token])
def test_a_registration_is_written_by_statements_of_ours(model):
    assert inserting._table(model, connection.vendor).fields


def token(**given):
    told = {"purpose": "x", "subject_uuid": uuid.uuid4(), "secret_hash": uuid.uuid4().hex, "expires_at": SOON}
    return Token(**{**told, **given})


@pytest.fixture
def by_django(monkeypatch):
    found, manager = [], Token._default_manager
    bulk_create = manager.bulk_create
    monkeypatch.setattr(manager, "bulk_create", lambda rows: found.append(rows) or bulk_create(rows))
    return found


def test_few_rows_take_one_statement(django_assert_num_queries, by_django):
    rows = [token() for _ in range(20)]
    with django_assert_num_queries(1):
        insert(rows)
    assert sorted(row.pk for row in rows) == list(Token.objects.order_by("id").values_list("id", flat=True))
    assert by_django == []


def test_what_the_database_makes_and_what_is_too_much_are_written_by_django(by_django, monkeypatch):
    insert([token(expires_at=Value(SOON, output_field=DateTimeField()))])
    monkeypatch.setattr(inserting, "MOST_VALUES", 3)
    insert([token()])
    insert([])
    assert (len(by_django), Token.objects.count()) == (2, 2)


def test_what_is_refused_breaks_the_transaction():
    first = token()
    insert([first])
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            insert([token(secret_hash=first.secret_hash)])
        assert connection.needs_rollback
