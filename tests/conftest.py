"""The strict harness: an own home, no network, on-commit callbacks run, every test starts in German.

Nothing here depends on how pytest was started; `python -m tests.run` runs it on both databases.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import hypothesis
import pytest

# Settings are read once, so the home has to be there before pytest-django reads them.
_home = tempfile.TemporaryDirectory(prefix="ww-home-")
os.environ["WEGWEISER_HOME"] = _home.name
os.environ["DJANGO_SETTINGS_MODULE"] = "wegweiser.config.settings"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402

# A worker of xdist has read its settings already, with the home of the process that started it. One worker would empty
# and count the cache of the other, and clear away files that only the other's database names.
settings.HOME = Path(_home.name)
settings.CACHES["default"]["LOCATION"] = f"{_home.name}/cache"

from django.core.cache import cache  # noqa: E402
from django.core.management.commands import flush  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.db.backends.sqlite3.base import DatabaseOperations  # noqa: E402
from django.db.models.query import ModelIterable  # noqa: E402
from django.test import Client, TestCase, override_settings  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from tests import kept  # noqa: E402
from tests.conventions.markup import inline_code  # noqa: E402
from tests.services import network  # noqa: E402
from tests.services.clamd import clamd as clamd  # noqa: E402
from tests.services.imap import imap as imap  # noqa: E402
from tests.services.mail import smtp as smtp  # noqa: E402
from tests.services.migrated import TEMPLATE  # noqa: E402
from wegweiser.catalogue import held  # noqa: E402

CI = os.environ.get("CI", "").lower() in {"1", "true"}

gc.set_threshold(50_000, 20, 20)  # as seldom on the way to the first test, where all that is made stays

hypothesis.settings.register_profile("wegweiser", max_examples=50, deadline=None, derandomize=CI)
hypothesis.settings.load_profile("wegweiser")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What stays to the end (the program, its templates, the tests) is no garbage and not looked through each time."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    _home.cleanup()


# Whose tests start programs that have a database of their own, and those that ask which database there is.
BOTH_DATABASES = {"concurrency", "config", "faults", "services"}
# Whose programs take SQLite whatever the pass.
EMBEDDED = {"test_command.py", "test_proxy.py"}
# What the demo holds is written by actions that have tests of their own on both; its whole year is made on both.
OF_THE_DEMO = "test_demo_"
DEMO_ON_BOTH = "test_demo_year.py"
# Of the pages' tests, those that hang on the database: each address as each role may ask for it, the statements it
# takes, odd values in it, search and sums, many rows, registering. What the others send goes to actions, which have
# tests of their own on both.
PAGES_ON_BOTH = {
    *("test_rights.py", "test_budgets.py", "test_growing.py", "test_statements.py", "test_event_crowd.py"),
    *("test_errors.py", "test_bodies.py", "test_foreign_ids.py", "test_outsiders.py"),
    *("test_analysis.py", "test_nearby.py", "test_which_firm.py", "test_lists.py", "test_kept_parts.py"),
    *("test_registering.py", "test_own_registration.py", "test_series.py"),
}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]):
    """Marks what need not run twice: what asks for no database, what a browser makes of pages, and the components,
    which are shown on pages without rows.

    The whole way from the question to the report (test_path) is walked in the browser on both.
    """
    for item in items:
        folder, *_, file = item.path.relative_to(item.config.rootpath / "tests").parts
        if item.path.parent.name == "ui":
            item.add_marker("one_database")
        asks = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        asks |= {marker.name for marker in item.iter_markers("django_db")}
        twice = asks or (folder in BOTH_DATABASES and file not in EMBEDDED)
        once = (folder == "browser" and file != "test_path.py") or (folder == "web" and file not in PAGES_ON_BOTH)
        once |= file.startswith(OF_THE_DEMO) and file != DEMO_ON_BOTH
        if once or not twice:
            item.add_marker("one_database")
    yield
    # The longest come first, at random among themselves: none is left for the end, when the other worker has nothing
    # to do any more; and one worker has them all, so there is one Chromium and one model centre.
    items.sort(key=lambda item: item.path.parent.name != "browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return _nothing_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return _nothing_skipped((yield))


def _nothing_skipped(report):
    """With CI=true a skipped test is a failed one."""
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped with CI=true: {report.longrepr[-1]}"
    return report


class StrictClient(Client):
    """Django's client, near to what happens outside of tests: what waits for the commit runs after each request
    (a test's transaction never commits), and a page with inline script or style fails like in a browser."""

    def force_login(self, user, backend=None):
        with kept.unnoticed(("force_login", user.email)):
            super().force_login(user, backend)

    def request(self, **request):
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            found = inline_code(response.content.decode(response.charset))
            assert not found, f"{request['PATH_INFO']} has inline code: {found}"
        return response


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """What one test counted or kept is nobody else's."""
    cache.clear()
    held.forget()
    kept.begin()


@pytest.fixture
def client() -> StrictClient:
    return StrictClient()


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        network.close(monkeypatch)
        yield


@pytest.fixture(scope="session", autouse=True)
def _fast_passwords() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _same_language() -> Iterator[None]:
    """A request leaves its language and time zone behind in the thread."""
    translation.deactivate()
    timezone.deactivate()
    yield
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_emptied() -> Iterator[None]:
    """After a transactional test all tables are emptied; on SQLite that needs the triggers out of the way."""
    empty = DatabaseOperations.execute_sql_flush

    def without_triggers(self: DatabaseOperations, statements: list[str]) -> None:
        with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
            triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            empty(self, statements)
            for _, creation in triggers:
                cursor.execute(creation)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(DatabaseOperations, "execute_sql_flush", without_triggers)
        yield


@pytest.fixture(scope="session", autouse=True)
def _only_what_a_test_wrote_is_emptied() -> Iterator[None]:
    """After a transactional test the tables are emptied that have rows, and Django's list of models and permissions
    stays: emptying all two hundred and writing that list again took longer than most of the tests."""

    def sql_of_filled(style, connection, **_options) -> list[str]:
        return connection.ops.sql_flush(style, kept.filled(), reset_sequences=False, allow_cascade=True)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(flush, "sql_flush", sql_of_filled)
        monkeypatch.setattr(flush, "emit_post_migrate_signal", lambda *_: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _order_is_said() -> Iterator[None]:
    """A query that counts leaves its model's order without a word, and PostgreSQL then gives one or another: whoever
    reads rows of one says their order (or with an empty `order_by()` that none is meant)."""
    read = ModelIterable.__iter__

    def checked(self: ModelIterable) -> Iterator[object]:
        query = self.queryset.query
        said = query.order_by or query.extra_order_by or not query.default_ordering
        assert said or not (query.group_by and query.get_meta().ordering), f"Counted without an order: {query}"
        return read(self)

    with mock.patch.object(ModelIterable, "__iter__", checked):
        yield


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A copied file is there already; it goes with the home."""
    return bool(TEMPLATE) and "sqlite" in settings.DATABASES["default"]["ENGINE"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, worker_id: str) -> None:
    """SQLite gets a real file: one in memory has no second connection, so neither races nor a live server.

    No thread of the live server keeps a connection: PostgreSQL removes no database that somebody is in.
    """
    database = connections["default"].settings_dict
    database["CONN_MAX_AGE"] = 0
    if "sqlite" in database["ENGINE"]:
        name = f"{_home.name}/test_{worker_id}.sqlite3"
        database["TEST"]["NAME"] = name
        if TEMPLATE:
            shutil.copyfile(TEMPLATE, name)
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    elif TEMPLATE:
        database["TEST"]["TEMPLATE"] = TEMPLATE
