"""`python -m benchmarks.pages.cost [DATES]`: what one rendering of each public page costs in CPU, in one process.

The model centre in a folder of its own, with copies of its events until DATES are ahead; the whole of Django answers,
as behind the server, without the layer that keeps pages. Each page is rendered twice first: what a process holds of
small tables and cards is then there. "After a change" is the page that a visitor gets right after a change of the
catalogue, before the thread that looks for changes has seen it; "who changed it" the one for somebody who waits for
what is. "All parts new" is a page none of whose cards and other parts has been rendered before, as the thread renders
the lists before a visitor comes. The first row is the floor: what Django alone costs.
"""

import datetime as dt
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from functools import partial
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
        more_dates(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
        run()


def more_dates(wanted: int) -> None:
    """Publish copies of events, each on a day of its own, until so many dates are ahead."""
    from wegweiser.catalogue import drafts as works
    from wegweiser.catalogue import held
    from wegweiser.catalogue.actions import drafts
    from wegweiser.events.actions import copies
    from wegweiser.kernel.actor import Actor

    by, ahead = Actor.system("benchmark"), held.coming_dates()
    sources = held.by_ids([row.pk for row in ahead])
    for number in range(max(wanted - len(ahead), 0)):
        source = sources[number % len(sources)]
        assert source.starts_at
        when = copies.When(starts_at=source.starts_at + dt.timedelta(days=7 * (1 + number // len(sources))))
        copy = copies.make(source=source.uuid, when=when, submission=uuid.uuid4(), by=by).event
        work = works.work(copy.draft.uuid)
        assert work
        drafts.publish(uuid=work.uuid, seen=work.stamp, by=by)


def run() -> None:
    from django.core.handlers.wsgi import WSGIHandler

    from wegweiser.catalogue import held
    from wegweiser.catalogue.models import Entry
    from wegweiser.config import renew

    entries, dates = Entry.objects.filter(withdrawn_at=None).count(), len(held.coming_dates())
    print(f"{entries} entries, {dates} dates ahead, load {os.getloadavg()[0]:.1f}\n")
    print("| page | CPU ms, median | least | after a change | who changed it | all parts new | first | queries | kB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    application = WSGIHandler()
    for path in [*(f"/{path}" for path in (*LISTS, *FURTHER)), *_samples()]:
        print(_measured(path, partial(_get, application, path)))
    looks = statistics.median(_after(_change, partial(renew.look, application)) for _ in range(FEW))
    print(f"\nThe thread makes the lists anew in {looks:.0f} ms of CPU.")


def _measured(path: str, get: Callable[..., bytes]) -> str:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from wegweiser.web.page_cache import FRESH_COOKIE

    first = _cpu(get)
    get()
    times = [_cpu(get) for _ in range(TURNS)]
    changed_it = partial(get, cookie=f"{FRESH_COOKIE}=1")
    ways = [(_change, get), (_change, changed_it), (_no_parts, get)]
    rare = [statistics.median(_after(make_old, ask) for _ in range(FEW)) for make_old, ask in ways]
    get()
    with CaptureQueriesContext(connection) as queries:
        size = len(get())
    figures = [f"{figure:.1f}" for figure in (statistics.median(times), min(times), *rare)]
    row = (path, *figures, f"{first:.0f}", len(queries), size // 1000)
    return f"| {' | '.join(map(str, row))} |"


def _after(make_old: Callable[[], None], get: Callable[[], object]) -> float:
    from wegweiser.catalogue import search

    search.keep_up()  # the thread looked a moment before
    make_old()
    return _cpu(get)


def _no_parts() -> None:
    from wegweiser.web.public import offers
    from wegweiser.web.public.templatetags import parts
    from wegweiser.web.ui.templatetags import kept

    offers.PLAIN.clear()
    parts.RENDERED.clear()
    kept.PARTS.clear()


def _change() -> None:
    """An editor has changed one entry."""
    from wegweiser.catalogue.models import Change, Entry

    change = Change.objects.get()
    Change.objects.update(last=change.last + 1)
    Entry.objects.filter(pk=Entry.objects.filter(kind="event").first().pk).update(changed=change.last + 1)


def _cpu(get: Callable[[], object]) -> float:
    start = time.process_time()
    get()
    return 1000 * (time.process_time() - start)


def _get(application: Callable[..., object], path: str, cookie: str = "") -> bytes:
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "HTTP_COOKIE": cookie,
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
