"""`python -m benchmarks.pages.cost`: what one rendering of each public page costs in CPU, in one process.

The model centre in a folder of its own; the whole of Django answers, as behind the server, without the layer that keeps
pages. Each page is rendered twice first: what a process holds of small tables and cards is then there. "All cards new"
is the same without any card, "after a change" the page that follows a change of the catalogue. The first row is the
floor: what Django alone costs.
"""

import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
TURNS = 50
FEW = 7
FLOOR = "robots.txt"  # Django answers with a few lines, without database and template
LISTS = (
    FLOOR,
    "",
    "en/",
    "angebote/",
    "en/angebote/",
    "angebote/?q=Auftrag+scannen",
    "veranstaltungen/",
    "demonstratoren/",
    "leuchtturmprojekte/",
    "themen/",
    "ansprechpersonen/",
)
FURTHER = ("partner/", "netzwerke/", "checks/", "wirkung/", "impressum/", "barrierefreiheit/", "notfall/")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="ww-bench-") as home:
        settings = {"WEGWEISER_HOME": home, "WEGWEISER_DEMO": "1", "WEGWEISER_HASHED_STATIC": "1"}
        os.environ |= {**settings, "DJANGO_SETTINGS_MODULE": "wegweiser.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
        command = [sys.executable, "-m", "wegweiser.config.cli", "demo"]
        subprocess.run(command, check=True, capture_output=True, env=environment)
        import django

        django.setup()
        from wegweiser.config import serve

        serve.collect()
        run()


def run() -> None:
    from django.core.handlers.wsgi import WSGIHandler

    from wegweiser.catalogue.models import Entry

    print(f"{Entry.objects.filter(withdrawn_at=None).count()} entries, load {os.getloadavg()[0]:.1f}\n")
    print("| page | CPU ms, median | least | all cards new | after a change | first | queries | kB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    application = WSGIHandler()
    for path in [*(f"/{path}" for path in (*LISTS, *FURTHER)), *_samples()]:
        print(_measured(path, lambda path=path: _get(application, path)))


def _measured(path: str, get: Callable[[], bytes]) -> str:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    first = _cpu(get)
    get()
    times = [_cpu(get) for _ in range(TURNS)]
    rare = [statistics.median(_after(make_old, get) for _ in range(FEW)) for make_old in (_no_cards, _change)]
    get()
    with CaptureQueriesContext(connection) as queries:
        size = len(get())
    figures = [f"{figure:.1f}" for figure in (statistics.median(times), min(times), *rare)]
    row = (path, *figures, f"{first:.0f}", len(queries), size // 1000)
    return f"| {' | '.join(map(str, row))} |"


def _after(make_old: Callable[[], None], get: Callable[[], bytes]) -> float:
    make_old()
    return _cpu(get)


def _no_cards() -> None:
    from wegweiser.web.public import offers
    from wegweiser.web.public.templatetags import parts

    offers.PLAIN.clear()
    parts.RENDERED.clear()


def _change() -> None:
    from django.db.models import F

    from wegweiser.catalogue.models import Change

    Change.objects.update(last=F("last") + 1)


def _cpu(get: Callable[[], bytes]) -> float:
    start = time.process_time()
    get()
    return 1000 * (time.process_time() - start)


def _get(application: Callable[..., object], path: str) -> bytes:
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
    }
    response = application(environ, lambda status, _headers, *_rest: told.append(status))
    body = b"".join(response)  # type: ignore[call-overload]
    response.close()  # type: ignore[attr-defined]
    if not told[0].startswith("200"):
        raise SystemExit(f"{path}: {told[0]}")
    return bytes(body)


def _samples() -> list[str]:
    """The page of the first offer of each kind, and of the first partner."""
    from wegweiser.catalogue.models import HERE, Entry
    from wegweiser.consortium.models import Partner
    from wegweiser.web.public import offers

    found: dict[str, str] = {}
    for row in Entry.objects.filter(origin=HERE, withdrawn_at=None).order_by("id"):
        address = offers.href(row)
        if address.startswith("/") and "#" not in address:
            found.setdefault(row.kind, address)
    return [*found.values(), f"/partner/{Partner.objects.all()[0].slug}/"]


if __name__ == "__main__":
    main()
