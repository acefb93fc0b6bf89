import datetime as dt

import pytest

from wegweiser.kernel import clock, jobs
from wegweiser.kernel.models import JobRun

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def runs(monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})
    done = []

    @jobs.every(minutes=10)
    def count():
        done.append(clock.now())

    return done


def at(minutes):
    return clock.stopped_at(START + dt.timedelta(minutes=minutes))


def test_a_job_runs_when_its_interval_is_over(runs):
    for minute in (0, 5, 10, 19, 21):
        with at(minute):
            jobs.run_due(holder="a")
    assert [(run - START).seconds // 60 for run in runs] == [0, 10, 21]


def test_a_job_that_somebody_holds_is_left_alone(runs):
    (job,) = jobs.known()
    with at(0):
        assert jobs.take(job, holder="a")
    with at(11):
        assert not jobs.take(job, holder="b")
    with at(16):
        assert jobs.take(job, holder="b")


def test_a_failure_is_kept_and_the_next_job_still_runs(runs):
    @jobs.every(minutes=10)
    def break_down():
        raise ZeroDivisionError("half a cent")

    with at(0):
        assert len(jobs.run_due(holder="a")) == 2
    failed = JobRun.objects.get(failed_at__isnull=False)
    assert failed.failure.startswith("ZeroDivisionError in test_jobs, line ")
    assert "half a cent" not in failed.failure  # a message may quote what somebody wrote: it is in the log
    assert len(runs) == 1
