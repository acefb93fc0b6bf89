"""The fixtures of the harness keep their promises."""

import os
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.urls import path
from django.utils import translation

from tests import conftest, kept
from tests.services.network import NetworkClosedError
from wegweiser.accounts.actions import users
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import AuditEvent

ran: list[str] = []


@login_not_required
def _committing(request):
    transaction.on_commit(lambda: ran.append("after the commit"))
    return HttpResponse("ok")


urlpatterns = [
    path("commit/", _committing),
    path("inline/", login_not_required(lambda _request: HttpResponse("<p style='color: red'>"))),
]


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_other_machines_are_out_of_reach(host):
    with pytest.raises(NetworkClosedError, match=host):
        socket.create_connection((host, 80), timeout=1)


def test_loopback_is_in_reach():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=1).close()


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_the_client_runs_what_waits_for_the_commit(client):
    ran.clear()
    with transaction.atomic():
        client.get("/commit/")
    assert ran == ["after the commit"]


@pytest.mark.urls(__name__)
def test_the_client_refuses_inline_style(client):
    with pytest.raises(AssertionError, match="inline"):
        client.get("/inline/")


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_starts_in_german(time):
    assert translation.get_language() == "de"
    translation.activate("en")


@pytest.mark.django_db(transaction=True)
def test_append_only_tables_are_emptied_after_a_test_and_stay_append_only():
    for _ in range(2):
        users.create(email="test@example.org", name="Test", by=Actor.system("test"))
        with pytest.raises(DatabaseError, match="append-only"):
            AuditEvent.objects.all().delete()
        call_command("flush", interactive=False)
        assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_emptying_leaves_what_migrations_left_and_nothing_else():
    def rows() -> dict[str, int]:
        return {model._meta.db_table: model._base_manager.count() for model in apps.get_models() if model._meta.managed}

    clean = rows()
    assert {table for table, count in clean.items() if count} == {"auth_permission", "django_content_type"}
    users.create(email="test@example.org", name="Test", by=Actor.system("test")).groups.add(Group.objects.create())
    assert len(kept.filled()) >= 4
    call_command("flush", interactive=False)
    assert rows() == clean


@pytest.mark.parametrize(("ci", "outcome"), [(True, "failed"), (False, "skipped")])
def test_nothing_may_be_skipped_in_ci(monkeypatch, ci, outcome):
    monkeypatch.setattr(conftest, "CI", ci)
    report = SimpleNamespace(skipped=True, outcome="skipped", longrepr=("file.py", 1, "Skipped: no browser"))
    assert conftest._nothing_skipped(report).outcome == outcome


def test_the_home_is_a_temporary_one_that_no_other_worker_has():
    assert Path(settings.HOME).name.startswith("ww-home-")
    assert str(settings.HOME) == os.environ["WEGWEISER_HOME"] == conftest._home.name
