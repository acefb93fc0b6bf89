"""A real installation under registrations, whose processes are killed: what the tests and `benchmarks.faults` share."""

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import cast

import psycopg

from tests.faults import browser, survival
from tests.faults.browser import Browser, Crowd, Seen
from tests.faults.survival import Mail, Stored
from tests.services import mail as post
from tests.services import postgres
from tests.services.mail import MailServer
from tests.services.serving import ROOT, Home, Serving, free_port, set_up, until

# The real command; only its worker looks for work five times a second instead of every five seconds.
SERVE = """
import os, sys
os.environ |= {"DJANGO_SETTINGS_MODULE": "wegweiser.config.settings", "WEGWEISER_HASHED_STATIC": "1"}
import django
django.setup()
from wegweiser.config import worker
worker.run.__kwdefaults__["pause"] = 0.2
from wegweiser.config.cli import main
sys.exit(main(["serve"]))
"""
AWAY = (psycopg.Error, sqlite3.OperationalError)
START_SECONDS = 90.0  # on a machine that does much else
ANSWERS = frozenset({200, 302, 422, 503})  # what a guest may get to see; beside none at all
STORED = "SELECT submission, name, email, state, places, id, uuid FROM events_registration ORDER BY id"
SEATS = "SELECT registration_id, COUNT(*) FROM events_seat WHERE given_back_at IS NULL GROUP BY registration_id"
MAILS = "SELECT cause_uuid, message_id, state, unclear_count FROM outbox_letter"
# A minute, a lease of fifteen minutes and the wait of what is unclear, passed in a moment.
DELIVER_AGAIN = "UPDATE kernel_jobrun SET started_at = NULL WHERE name = 'outbox.deliver'"
LEASES_END = "UPDATE kernel_jobrun SET started_at = NULL, holder = ''"
LETTERS_DUE = (
    "UPDATE outbox_letter SET next_attempt_at = '2020-01-01 00:00:00' WHERE next_attempt_at IS NOT NULL"
    " AND state IN ('queued', 'sending', 'unclear')"
)


class Installation:
    """A small centre with one event, `wegweiser serve`, a mail server, and what guests were told so far."""

    def __init__(self, home: Home, smtp: MailServer, database: postgres.Server | None, *, places: int) -> None:
        self.home, self.smtp, self.database, self.places = home, smtp, database, places
        self.port, self.serving = free_port(), cast(Serving, None)
        self.seen: list[Seen] = []
        self.answers: Counter[int] = Counter()
        self.guests, self._again = 0, count()
        set_up(home)
        command = [sys.executable, "-m", "tests.faults.event", str(places)]
        environment = home.environment(
            DJANGO_SETTINGS_MODULE="wegweiser.config.settings", PYTHONPATH=f"{ROOT / 'src'}:{ROOT}"
        )
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
        if done.returncode:
            raise RuntimeError(done.stderr)
        self.path = done.stdout.strip()

    def start(self) -> None:
        self.serving = Serving(
            self.home,
            port=self.port,
            program=("-c", SERVE),
            EMAIL_HOST=self.smtp.host,
            EMAIL_PORT=str(self.smtp.port),
            TRUSTED_PROXIES="127.0.0.1",
        )
        until(lambda: self.serving.status() == 200 or self.serving.process.poll() is not None, START_SECONDS)
        if self.serving.process.poll() is not None:
            raise RuntimeError(self.serving.ended()[1])
        until(self.serving.job_worker)

    def stop(self) -> None:
        if self.serving.process.poll() is None:
            self.serving.process.terminate()
            self.serving.ended()

    def wait(self, seconds: float) -> None:
        """Let time pass, a minute of mails every fifth of a second."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(*AWAY):
                self.home.ask(DELIVER_AGAIN)
            time.sleep(0.2)

    def kill_web(self, chance: random.Random) -> None:
        """The server starts another one; where two died within seconds, the command ends and is started again."""
        first = until(self.serving.web_process)
        os.kill(first, signal.SIGKILL)
        until(lambda: self._ended() or self.serving.web_process() not in {None, first})
        if self._ended():
            self._start_again(chance)

    def kill_worker(self, chance: random.Random) -> None:
        """The command ends with it, and whoever looks after the machine starts it again."""
        os.kill(until(self.serving.job_worker), signal.SIGKILL)
        self._start_again(chance)

    def _ended(self) -> bool:
        return self.serving.process.poll() is not None

    def _start_again(self, chance: random.Random) -> None:
        code, told = self.serving.ended()
        if code != 1 or "ended by itself" not in told:
            raise AssertionError(f"The command ended with {code}: {told}")
        time.sleep(chance.uniform(0, 0.3))
        self.start()

    def kill_database(self, chance: random.Random) -> None:
        self.database.kill()
        time.sleep(chance.uniform(0.1, 1.0))
        self.database.start()

    def round(self, what: str, chance: random.Random, *, load: float = 0.8) -> list[Seen]:
        """People register; in the middle of it something is killed and comes back. Gives who saw a confirmation."""
        crowd = Crowd(self.port, self.path, first=self.guests)
        crowd.start()
        try:
            self.wait(chance.uniform(0.4, 0.4 + load))
            {"web": self.kill_web, "worker": self.kill_worker, "database": self.kill_database}[what](chance)
            self.wait(load)
        finally:
            seen = crowd.end()
        self.guests = crowd.last
        self.seen += seen
        self.answers += crowd.answers
        return seen

    def told_again(self, seen: list[Seen]) -> list[str]:
        """Whoever got an error sends the same form again. Who of them is not told the registration they have."""
        found = []
        for row in seen:
            number = next(self._again)  # an address each, all rounds long: one may send twenty forms in ten minutes
            guest = Browser(self.port, f"10.9.{number // 250}.{number % 250 + 1}")
            page = browser.press(guest, self.path, {**row.form, **browser.token(guest, self.path)}).page
            if browser.TOLD_BEFORE not in page or row.name not in page:
                found.append(f"{row.name} is not told that they are registered.")
        return found

    def stored(self) -> list[Stored]:
        mails: dict[uuid.UUID, list[Mail]] = {}
        for cause, *told in self.home.ask(MAILS):
            mails.setdefault(uuid.UUID(str(cause)), []).append(Mail(*told))
        seats = dict(self.home.ask(SEATS))
        return [
            Stored(uuid.UUID(str(form)), *told, seats.get(row, 0), mails.get(uuid.UUID(str(own)), []))
            for form, *told, row, own in self.home.ask(STORED)
        ]

    def delivered(self) -> Counter[str]:
        return Counter(str(mail["Message-ID"]) for mail in list(self.smtp.messages))

    def problems(self, *, settled: bool = False) -> list[str]:
        stored, delivered = self.stored(), self.delivered()
        told = survival.problems(self.seen, stored, capacity=self.places, delivered=delivered, settled=settled)
        odd = {status: count for status, count in self.answers.items() if status and status not in ANSWERS}
        return told + [f"Guests got {count} times {status}." for status, count in odd.items()]

    def settle(self, seconds: float = 30) -> None:
        """All leases and waits end, until every mail went out."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and any(m.state != "sent" for row in self.stored() for m in row.mails):
            self.home.ask(LEASES_END)
            self.home.ask(LETTERS_DUE)
            time.sleep(0.5)


@contextmanager
def installed(kind: str, *, places: int) -> Iterator[Installation]:
    """An installation that serves, on SQLite or on a PostgreSQL of its own that writes to the disk in earnest."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ww-faults-", ignore_cleanup_errors=True)))
        database = stack.enter_context(postgres.running(fsync=True)) if kind == "postgresql" else None
        smtp = stack.enter_context(post.running())
        smtp.delay = 0.01
        found = Installation(Home(folder, database.url if database else ""), smtp, database, places=places)
        stack.callback(found.stop)
        found.start()
        yield found
