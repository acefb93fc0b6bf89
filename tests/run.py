"""Everything that has to hold, in one command: `python -m tests.run` (only the checks of the source: `--lint`).

It stops at the first thing that fails. The last line sums up the tests of both passes, SQLite and PostgreSQL.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.services import browser, postgres

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI", "").lower() in {"1", "true"}

# Rules about layout (H015), about what components declare as empty (H026), what style sheets know (H006: the size of a
# picture), and what only search engines want (H030, H031).
TEMPLATE_RULES_OFF = "H006,H015,H026,H030,H031"

Check = tuple[list[str], dict[str, str]]  # a program that is installed beside this Python, and its environment

CHECKS = {
    "Types": ["mypy", "src/wegweiser"],
    "Ruff": ["ruff", "check"],
    "Ruff: format": ["ruff", "format", "--check"],
    "Templates": ["djlint", "--lint", "--quiet", f"--ignore={TEMPLATE_RULES_OFF}", "src"],
    "Import contracts": ["lint-imports"],
    "Missing migrations": ["django-admin", "makemigrations", "--check", "--dry-run"],
}
LONGEST = ["Types"]  # begins first, then the migrations; what takes a moment fills the gaps
MIGRATE = ["python", "-m", "tests.services.migrated"]
TEMPLATE = "template_of_tests"  # a database of PostgreSQL
WORKERS = "3"  # on two cores: a browser, a mail server or a program that is killed makes its test wait
OPTIONS = {"SQLite": [], "PostgreSQL": ["-m", "not one_database"]}


class FailedError(Exception):
    """A step did not pass; it has said why."""


@dataclass
class Count:
    passed: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed"


@contextmanager
def step(name: str) -> Iterator[None]:
    print(f"\n=== {name}", flush=True)
    start = time.monotonic()
    yield
    print(f"--- {name}: {time.monotonic() - start:.1f} s", flush=True)


def call(command: list[str], environment: dict[str, str], **more: Any) -> int:
    """Runs a program that is installed beside this Python."""
    program = Path(sys.executable).with_name(command[0])
    return subprocess.run([program, *command[1:]], cwd=ROOT, env=environment, check=False, **more).returncode


def lint(checks: dict[str, Check]) -> None:
    """All checks, two at a time, told in their order."""

    def check(one: Check, told: IO[str]) -> int:
        return call(*one, stdout=told, stderr=subprocess.STDOUT)

    with ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        told = {name: stack.enter_context(tempfile.TemporaryFile("w+")) for name in checks}
        running = {name: pool.submit(check, one, told[name]) for name, one in checks.items()}
        for name, one in running.items():
            with step(name):
                failed = one.result()
                told[name].seek(0)
                print(told[name].read(), end="")
                if failed:
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise FailedError(name)


def tests(name: str, environment: dict[str, str], count: Count, *options: str) -> None:
    """One pass of pytest, added to the count. Its own summary is the last thing it prints."""
    order = f"--randomly-seed={time.time_ns() % 2**32}"
    print(f"\n=== Tests on {name} (the same order again: {order})", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "junit.xml"
        status = call(
            ["pytest", "-n", WORKERS, "--dist", "worksteal", "-q", order, f"--junitxml={report}", *options], environment
        )
        if report.exists():
            suite = ET.parse(report).getroot()[0]
            number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
            failed = number["failures"] + number["errors"]
            count.failed += failed
            count.passed += number["tests"] - failed - number["skipped"]
    if status:
        count.failed += not count.failed  # a pass that broke before its first test is a failure too
        raise FailedError(name)


def bring_services() -> bool:
    """Brings what the tests need from outside, and says what will be left out. True when PostgreSQL is there."""
    with step("PostgreSQL and Chromium"):
        database, chromium = postgres.programs(), browser.brought()
        print(database or f"SKIPPED, the whole second pass: {postgres.MISSING}")
        print(chromium or f"SKIPPED, each test in the browser: {browser.MISSING}")
        if CI and not (database and chromium):
            raise FailedError("Nothing may be skipped with CI=true.")
    return database is not None


def run(only_lint: bool, count: Count) -> None:
    with tempfile.TemporaryDirectory(prefix="ww-run-") as home:
        # What is compiled once is read by all: without that each worker and each program a test starts compiles anew.
        left_out = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
        environment = {key: value for key, value in os.environ.items() if key not in left_out}
        environment |= {
            "WEGWEISER_HOME": home,
            "DJANGO_SETTINGS_MODULE": "wegweiser.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        checks = {name: (command, environment) for name, command in CHECKS.items()}
        if only_lint:
            lint(checks)
            return
        with ExitStack() as stack:
            url = stack.enter_context(postgres.server()) if bring_services() else ""
            empty = databases(Path(home), environment, url)
            migrations = {f"Migrations from zero on {name}": (MIGRATE, one) for name, one in empty.items()}
            longest = {name: checks.pop(name) for name in LONGEST}
            lint(longest | migrations | checks)
            for name, one in empty.items():
                tests(name, environment | passing(name, one, url), count, *OPTIONS[name])


def databases(home: Path, environment: dict[str, str], url: str) -> dict[str, dict[str, str]]:
    """By the name of each pass, the environment that leads to a database of its own: migrated once, beside the checks,
    it is what the workers copy."""
    (home / "template").mkdir()
    found = {"SQLite": environment | {"WEGWEISER_HOME": str(home / "template")}}
    if url:
        found["PostgreSQL"] = environment | {"DATABASE_URL": postgres.another(url, TEMPLATE)}
    return found


def passing(name: str, migrated: dict[str, str], url: str) -> dict[str, str]:
    """What a pass is told besides."""
    if name == "SQLite":
        template = str(Path(migrated["WEGWEISER_HOME"]) / "wegweiser.sqlite3")
        return {"WEGWEISER_TEST_DATABASE": "sqlite", "WEGWEISER_TEST_TEMPLATE": template}
    return {"WEGWEISER_TEST_DATABASE": "postgresql", "WEGWEISER_TEST_TEMPLATE": TEMPLATE, "DATABASE_URL": url}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lint", action="store_true", help="only check the source, run no tests")
    only_lint = parser.parse_args().lint
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the database is stopped and removed
    count = Count()
    try:
        run(only_lint, count)
    except FailedError as failure:
        if not count.failed:  # pytest has said it
            print(f"FAILED: {failure}", flush=True)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        if count.passed or count.failed:
            print(count, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
