"""What is asked again and again PostgreSQL prepares; a connection that ended is noticed without a question.

It has a PostgreSQL of its own, whatever database the pass is about.
"""

import psycopg
import pytest
from django.db.backends.postgresql import base
from django.db.utils import ConnectionHandler, NotSupportedError

from tests.services import postgres
from wegweiser.config.environment import PREPARED_AFTER, EnvironmentMistake, database

pytestmark = pytest.mark.one_database
ADDRESS = "postgres://user@db.example/centre"
QUESTION = "SELECT relname FROM pg_class WHERE oid = %s OR relname = %s"


@pytest.fixture(scope="module")
def server():
    with postgres.server() as url:
        yield url


@pytest.fixture
def connect(server, tmp_path, django_db_blocker):
    """A new connection each time, with the settings of the product."""
    made = []

    def another():
        made.append(ConnectionHandler({"default": database(server, tmp_path)})["default"])
        return made[-1]

    with django_db_blocker.unblock():
        yield another
        for one in made:
            one.close()


@pytest.fixture
def ours(connect):
    return connect()


def asked(connection, sql, *values):
    with connection.prepared_cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def ask_often(connection, sql, *values):
    return [asked(connection, sql, *values) for _ in range(PREPARED_AFTER + 1)]


def done(connection, *statements):
    for sql in statements:
        with connection.cursor() as cursor:
            cursor.execute(sql)


def kept(connection):
    """How many statements the server keeps ready for this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0]


def test_what_comes_again_is_prepared_and_gives_the_same(ours):
    assert ask_often(ours, QUESTION, 0, "pg_class") == [[("pg_class",)]] * 3
    assert kept(ours) == 1


def test_all_else_is_asked_as_ever(ours):
    for _ in range(PREPARED_AFTER + 1):
        with ours.cursor() as cursor:
            cursor.execute(QUESTION, [0, "x"])
    assert kept(ours) == 0


def test_what_was_asked_can_be_listened_to(ours, django_assert_num_queries):
    ours.ensure_connection()
    with django_assert_num_queries(PREPARED_AFTER + 1, connection=ours) as heard:
        ask_often(ours, QUESTION, 0, "said'so")
    said = [row["sql"].partition("WHERE")[2] for row in heard.captured_queries]
    assert said == [" oid = 0 OR relname = 'said''so'"] * 3


@pytest.fixture
def table(ours):
    done(ours, "CREATE TABLE of_this_test (word varchar(5))", "INSERT INTO of_this_test VALUES ('one')")
    yield "SELECT word FROM of_this_test WHERE word = %s"
    done(ours, "DROP TABLE of_this_test")


@pytest.fixture
def migrated(connect):
    return lambda: done(connect(), "ALTER TABLE of_this_test ALTER COLUMN word TYPE varchar(9)")


def test_a_migration_meanwhile_is_noticed_and_the_connection_ends_with_the_request(ours, table, migrated):
    ask_often(ours, table, "one")
    migrated()
    assert asked(ours, table, "one") == [("one",)]
    assert ask_often(ours, table, "one") == [[("one",)]] * 3
    ours.close_if_unusable_or_obsolete()
    assert ours.connection is None
    ask_often(ours, table, "one")
    assert kept(ours) == 1


def test_inside_a_transaction_it_is_refused_once(ours, table, migrated):
    ask_often(ours, table, "one")
    migrated()
    ours.set_autocommit(False)
    with pytest.raises(NotSupportedError):
        asked(ours, table, "one")
    ours.rollback()
    assert asked(ours, table, "one") == [("one",)]
    ours.commit()
    ours.set_autocommit(True)


@pytest.fixture
def questions(monkeypatch):
    """Each time that the server is asked whether it is there."""
    found = []
    ask = base.DatabaseWrapper.is_usable
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda self: found.append(self) or ask(self))
    return found


def test_a_connection_that_answered_a_moment_ago_is_only_looked_at(ours, questions):
    ours.ensure_connection()
    assert [ours.is_usable() for _ in range(3)] == [True] * 3
    assert questions == []


def test_after_a_while_it_is_asked_again(ours, questions, monkeypatch):
    ours.ensure_connection()
    monkeypatch.setattr("wegweiser.kernel.postgresql.base.LOOKED_AT_SECONDS", 0)
    assert [ours.is_usable() for _ in range(2)] == [True] * 2
    assert len(questions) == 2


def test_one_that_the_server_ended_is_noticed(ours, connect):
    ours.ensure_connection()
    assert ours.is_usable()
    done(connect(), f"SELECT pg_terminate_backend({ours.connection.info.backend_pid}, 5000)")
    assert not ours.is_usable()
    with pytest.raises(psycopg.OperationalError):
        ours.connection.execute("SELECT 1")


@pytest.mark.parametrize(("said", "options"), [("", {"prepare_threshold": PREPARED_AFTER}), ("?prepare=no", {})])
def test_a_pooler_can_do_without(said, options, tmp_path):
    assert database(ADDRESS + said, tmp_path)["OPTIONS"] == options


def test_anything_else_is_a_mistake(tmp_path):
    with pytest.raises(EnvironmentMistake, match="yes or no"):
        database(f"{ADDRESS}?prepare=0", tmp_path)
