"""Periodic work. A room declares it in its `jobs.py` with `@every`; a lease row lets one worker run it at a time."""

import datetime as dt
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import JobRun

log = logging.getLogger(__name__)
LEASE = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Job:
    """A function without arguments, run every `interval`; it must be small and safe to repeat."""

    name: str
    interval: dt.timedelta
    run: Callable[[], object]


_jobs: dict[str, Job] = {}


def every(*, minutes: float = 0, hours: float = 0) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Declare periodic work; its name is `room.function`."""

    def declare(function: Callable[[], object]) -> Callable[[], object]:
        room = function.__module__.removesuffix(".jobs").rpartition(".")[2]
        job = Job(f"{room}.{function.__name__}", dt.timedelta(minutes=minutes, hours=hours), function)
        if _jobs.setdefault(job.name, job).run.__module__ != function.__module__:
            raise ValueError(f"{job.name} is declared twice.")
        return function

    return declare


def known() -> list[Job]:
    return sorted(_jobs.values(), key=lambda job: job.name)


def take(job: Job, *, holder: str) -> bool:
    """Lease `job` to `holder` when it is due and nobody holds it."""
    now = clock.now()
    with transaction.atomic():
        JobRun.objects.get_or_create(name=job.name, defaults={"leased_until": now})
        row = JobRun.objects.select_for_update().get(name=job.name)
        due = row.started_at is None or row.started_at + job.interval <= now
        if not due or (row.holder and row.leased_until > now):
            return False
        row.holder, row.leased_until, row.started_at = holder, now + LEASE, now
        row.save()
    return True


def run_due(*, holder: str) -> list[str]:
    """Run every job that is due, one after the other, and return the names of those that ran.

    A failure is written down and logged; it does not keep the others from running.
    """
    ran = []
    for job in known():
        if not take(job, holder=holder):
            continue
        failure = ""
        try:
            job.run()
        except Exception as error:
            log.exception("Job %s failed.", job.name)
            failure = _told(error)
        changes = {"holder": "", "failure": failure, ("failed_at" if failure else "finished_at"): clock.now()}
        JobRun.objects.filter(name=job.name, holder=holder).update(**changes)
        ran.append(job.name)
    return ran


def _told(error: Exception) -> str:
    """What failed and where. Its message stays in the log: a database names the values it refused, also a person's."""
    frames = traceback.extract_tb(error.__traceback__)
    what = f"{type(error).__name__} {error.code}" if isinstance(error, DomainError) else type(error).__name__
    return f"{what} in {Path(frames[-1].filename).stem}, line {frames[-1].lineno}" if frames else what
