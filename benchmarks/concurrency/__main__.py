"""`python -m benchmarks.concurrency [--rounds 20] [--database postgresql]`: the last places, again and again.

The tests of `tests/concurrency` that give places away (two hundred clients for fifty of them, the last one, another
talk, a whole series, two doors), each as often as asked, on both databases. Where the lock is taken away they fail, as
some of them show each time. Exits 1 as soon as one round is not as it has to be.
"""

import argparse
import os
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from tests.services import postgres

ROOT = Path(__file__).resolve().parents[2]
FILES = ("test_places.py", "test_last_place.py", "test_rebooking.py", "test_whole_series.py", "test_doors.py")
DATABASES = ("sqlite", "postgresql")


class Rounds:
    """A plugin of pytest: each test so many times."""

    def __init__(self, count: int) -> None:
        self.count = count

    def pytest_generate_tests(self, metafunc: Any) -> None:
        metafunc.fixturenames.append("round_number")
        metafunc.parametrize("round_number", range(1, self.count + 1))


def play(rounds: int) -> int:
    """All of them in this process, on the database that the environment names."""
    files = [str(ROOT / "tests" / "concurrency" / file) for file in FILES]
    return int(pytest.main(["-q", "-x", f"--rootdir={ROOT}", *files], plugins=[Rounds(rounds)]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="of each test")
    parser.add_argument("--database", choices=DATABASES, action="append", help="both without it")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.here:
        return play(told.rounds)
    for database in told.database or DATABASES:
        with postgres.server() if database == "postgresql" else nullcontext("") as url:
            environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
            environment |= {"WEGWEISER_TEST_DATABASE": database, **({"DATABASE_URL": url} if url else {})}
            start = time.monotonic()
            command = [sys.executable, "-m", "benchmarks.concurrency", "--here", f"--rounds={told.rounds}"]
            if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
                print(f"{database}: not as it has to be.")
                return 1
            print(f"{database}: {told.rounds} rounds of each, {time.monotonic() - start:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
