"""Who runs the installation sees at the desk that something fails, stands still or waits."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import letters
from tests.contact_point import MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.config import worker
from wegweiser.consortium.models import Role
from wegweiser.kernel import clock, jobs
from wegweiser.kernel.models import JobRun
from wegweiser.web.desk.installation import NAMES

TITLE = "Zustand der Installation"


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def administrator(client, world):
    staff.login(world.anna)  # somebody answers what is asked
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    return client


@pytest.fixture
def no_jobs(monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})


def shown(client) -> str:
    return client.get("/desk/").content.decode()


def fail():
    raise ZeroDivisionError("something about Petra Müller")


def test_every_job_has_a_name_in_words():
    worker.discover()
    assert {job.name for job in jobs.known() if job.run.__module__.startswith("wegweiser.")} == set(NAMES)


def test_a_job_that_fails_is_shown_until_it_runs_well_again(administrator, no_jobs):
    jobs._jobs["outbox.deliver"] = jobs.Job("outbox.deliver", dt.timedelta(minutes=1), fail)
    jobs.run_due(holder="a")
    page = shown(administrator)
    assert "Gescheitert: E-Mails senden" in page
    assert "ZeroDivisionError in test_installation" in page
    assert "Petra" not in page
    assert "Alles läuft" not in page
    jobs._jobs["outbox.deliver"] = jobs.Job("outbox.deliver", dt.timedelta(minutes=1), lambda: None)
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=2)):
        jobs.run_due(holder="a")
        page = shown(administrator)
    assert "Gescheitert: E-Mails senden" not in page
    assert "Alles läuft" in page


@pytest.mark.parametrize(("minutes", "still"), [(14, False), (16, True)])
def test_work_that_stands_still_is_told(administrator, minutes, still):
    JobRun.objects.create(name="outbox.deliver", started_at=MONDAY, finished_at=MONDAY)
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=minutes)):
        assert ("Die Arbeit im Hintergrund steht still" in shown(administrator)) is still


def test_before_the_first_run_nothing_is_said_to_be_well(administrator):
    page = shown(administrator)
    assert "Zuletzt gelaufen: noch nie" in page
    assert "Alles läuft" not in page


@pytest.mark.parametrize(("minutes", "late"), [(5, False), (20, True)])
def test_mail_that_waits_too_long_is_a_warning(administrator, settings, minutes, late):
    settings.EMAIL_HOST = "mail.example"
    letters.write(letters.cause())
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=minutes)):
        page = shown(administrator)
    assert "Eine E-Mail wartet seit" in page
    assert ("E-Mails gehen nicht hinaus" in page) is late


@pytest.mark.parametrize("role", [Role.ADVISER, Role.MANAGEMENT, Role.EDITOR, Role.CHECK_IN])
def test_nobody_else_is_shown_how_the_installation_does(client, world, role):
    client.force_login(staff.hire(role, world.lead))
    assert TITLE not in shown(client)


def test_more_jobs_cost_no_more_queries(administrator):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(administrator)
        return len(queries)

    JobRun.objects.create(name="outbox.deliver", started_at=MONDAY)
    count()
    one = count()
    for name in ("outbox.blank", "files.scan", "files.clear"):
        JobRun.objects.create(name=name, started_at=MONDAY)
    assert count() == one


def test_it_is_told_when_nobody_who_may_answer_can_log_in(client, world):
    """Who asks is promised a day all the same."""
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    assert "Anliegen beantwortet niemand" in shown(client)
    staff.login(world.anna)
    assert "Anliegen beantwortet niemand" not in shown(client)
