"""`python -m benchmarks.registration [COUNT]`: registrations per second over HTTP, on SQLite and on PostgreSQL.

The server runs as `demo --serve` starts it, eight clients ask for the form, send it and read the page that confirms it.
A form is sent some seconds after it was asked for, because programs are faster than people; that pause is not counted.
The floor is what a bare script writes under the same lock, in the same run (`floor`); `inside` says what each of the
three requests costs in CPU.
"""

import contextlib
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.services import postgres

from benchmarks.pages.processes import Server, free_port, running
from benchmarks.registration.inside import CONFIRMED, WAITED, filled

SOURCE = Path(__file__).resolve().parents[2] / "src"
CLIENTS = 8
WARM = 40  # registrations before anything is measured
OPEN = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "wegweiser.config.settings"
import django
django.setup()
from benchmarks.registration.inside import opened
print(opened())
"""


def guests(count: int, ask: Callable[[http.client.HTTPConnection, int], None], port: int, first: int = 0) -> float:
    """`ask` for each guest from number `first`, eight at once on connections that stay open. Gives the seconds."""

    def client(start: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for number in range(first + start, first + count, CLIENTS):
            ask(connection, number)
        connection.close()

    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))
    return time.monotonic() - began


def over_http(server: Server, address: str, count: int) -> dict[str, object]:
    forms: dict[int, tuple[bytes, str]] = {}
    pages: dict[int, str] = {}

    def origin(number: int) -> dict[str, str]:
        return {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}

    def form(connection: http.client.HTTPConnection, number: int) -> None:
        connection.request("GET", address, headers=origin(number))
        response = connection.getresponse()
        cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]
        forms[number] = filled(response.read().decode(), number), cookie

    def send(connection: http.client.HTTPConnection, number: int) -> None:
        body, cookie = forms[number]
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, **origin(number)}
        connection.request("POST", address, body=body, headers=headers)
        response = connection.getresponse()
        text = response.read().decode()
        if response.status != 302:
            raise SystemExit(f"{response.status}: {text[-2000:]}")
        pages[number] = response.getheader("Location") or ""

    def confirmation(connection: http.client.HTTPConnection, number: int) -> None:
        connection.request("GET", pages[number], headers=origin(number))
        response = connection.getresponse()
        text = response.read().decode()
        if response.status != 200 or CONFIRMED not in text:
            raise SystemExit(f"{pages[number]}: {response.status}, or without a place")

    def all_three(count: int, first: int = 0) -> dict[str, float]:
        told = {}
        for name, ask in (("form", form), ("send", send), ("confirmation", confirmation)):
            told[name] = guests(count, ask, server.port, first)
            if name == "form":
                time.sleep(WAITED)
        return told

    all_three(WARM, first=count)
    before = server.cpu_seconds()
    told = all_three(count)
    used = server.cpu_seconds() - before
    return {
        "registrations per second, all three requests": round(count / sum(told.values()), 1),
        "sent forms per second": round(count / told["send"], 1),
        "CPU ms per registration, server and worker": round(1000 * used / count, 1),
    }


@contextlib.contextmanager
def databases() -> Iterator[dict[str, str]]:
    with postgres.server() as url:
        yield {"SQLite": "", "PostgreSQL": url}


def measure(count: int) -> dict[str, object]:
    found: dict[str, object] = {"registrations": count, "clients": CLIENTS, "load before": round(os.getloadavg()[0], 1)}
    with tempfile.TemporaryDirectory() as name, databases() as urls:
        for database, url in urls.items():
            home, port = Path(name) / database, free_port()
            ours = {"WEGWEISER_HOME": str(home), "WEGWEISER_DEMO": "1", "TRUSTED_PROXIES": "127.0.0.1"}
            ours |= {
                "PORT": str(port),
                "PYTHONPATH": f"{SOURCE}:{SOURCE.parent}",
                **({"DATABASE_URL": url} if url else {}),
            }
            environment = {**os.environ, **ours}
            if not url:
                environment.pop("DATABASE_URL", None)

            def run(*command: str, environment: dict[str, str] = environment) -> str:
                command = (sys.executable, *command)
                return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

            run("-m", "wegweiser.config.cli", "demo")
            address = run("-c", OPEN).split()[-1]
            serve = [sys.executable, "-m", "wegweiser.config.cli", "demo", "--serve"]
            with running(serve, port=port, environment=environment, folder=Path(name)) as server:
                told = over_http(server, address, count)
            where = url or str(next(home.glob("*.sqlite3")))
            told["floor: bare rows per second, same lock"] = int(
                run("-m", "benchmarks.registration.floor", where, str(count * 4), str(CLIENTS))
            )
            told["in one process"] = json.loads(run("-m", "benchmarks.registration.inside", "60"))
            found[database] = told
    found["load after"] = round(os.getloadavg()[0], 1)
    return found


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 400), indent=1))
