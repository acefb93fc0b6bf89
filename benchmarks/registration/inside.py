"""What one registration costs in CPU, in one process: the form, sending it, and the page that confirms it.

The whole of Django answers, as behind the server. `WEGWEISER_HOME` names an installation with the model centre.
`python -m benchmarks.registration.inside [TURNS] [--profile]`
"""

import cProfile
import datetime as dt
import io
import json
import os
import pstats
import re
import statistics
import sys
import time
import urllib.parse
from typing import Any

PLACES = 90_000
CONFIRMED = "Sie sind angemeldet"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
WAITED = 4  # seconds that a form is old when it is sent: programs are faster


def opened() -> str:
    """Takes registrations for the next event of the model centre that does not begin meanwhile. Gives its address.

    A date of a series is left out: its form asks for which of them, and 60 per second are for one event.
    """
    from wegweiser.catalogue import held
    from wegweiser.catalogue.actions import drafts
    from wegweiser.events import queries
    from wegweiser.events.actions import events
    from wegweiser.kernel import clock
    from wegweiser.kernel.actor import Actor

    by = Actor.system("benchmark")
    tomorrow = clock.now() + dt.timedelta(days=1)
    coming = held.by_ids([row.pk for row in held.coming_dates() if row.starts_at > tomorrow])
    entry = next(row for row in coming if (found := queries.of_entry(row)) is None or found.series_id is None)
    draft = drafts.adopt(uuid=entry.uuid, by=by)
    event = events.open_registration(draft=draft, pools=[events.Places(chairs=PLACES)], settings={}, by=by)
    # The demo takes registrations for it already, for so few that most would wait in the line.
    pools = [events.Places(chairs=PLACES, way=pool.way, pool=pool) for pool in event.pools.all()]
    events.set_places(event=event, pools=pools, by=by)
    return f"/veranstaltungen/{entry.slug}/anmelden/"


class Browser:
    """One guest after the other, each from an address of their own, in this process."""

    def __init__(self) -> None:
        from django.core.handlers.wsgi import WSGIHandler

        self.application = WSGIHandler()

    def ask(self, path: str, *, body: bytes = b"", cookie: str = "", guest: int = 0) -> tuple[str, dict[str, str], str]:
        told: list[Any] = []
        environ = {
            "REQUEST_METHOD": "POST" if body else "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "REMOTE_ADDR": f"10.{guest >> 16 & 255}.{guest >> 8 & 255}.{guest & 255}",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_COOKIE": cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
        }
        response = self.application(environ, lambda status, headers, *_rest: told.extend((status, headers)))
        text = b"".join(response).decode()
        response.close()
        return told[0], dict(told[1]), text


def filled(page: str, guest: int) -> bytes:
    """The form as somebody sends it."""
    typed = dict(HIDDEN.findall(page))
    typed |= {
        "name": f"Gast {guest}",
        "email": f"gast{guest}@firma.example",
        "places": "2",
        "names": f"Kollege {guest}",
    }
    return urllib.parse.urlencode({**typed, "firm": f"Betrieb {guest} GmbH", "note": "", "website": ""}).encode()


def measure(turns: int, profile: cProfile.Profile | None = None) -> dict[str, float]:
    """CPU milliseconds of each of the three requests, by the median."""
    from wegweiser.documents import qr
    from wegweiser.kernel import clock

    qr.prepare()  # as every web process does (config/warm.py)
    address, browser, base = opened(), Browser(), int(time.time()) % 100_000 * 100
    times: dict[str, list[float]] = {"form": [], "send": [], "confirmation": []}

    def timed(name: str, path: str, **given: Any) -> tuple[str, dict[str, str], str]:
        start = time.process_time()
        if profile and name == "send":
            profile.enable()
        found = browser.ask(path, **given)
        if profile and name == "send":
            profile.disable()
        times[name].append(1000 * (time.process_time() - start))
        return found

    for turn in range(turns + 5):
        guest = base + turn
        _status, headers, page = timed("form", address, guest=guest)
        cookie = headers["Set-Cookie"].partition(";")[0]
        with clock.stopped_at(clock.now().fromtimestamp(time.time() + WAITED, clock.now().tzinfo)):
            status, headers, text = timed("send", address, body=filled(page, guest), cookie=cookie, guest=guest)
        if not status.startswith("302"):
            raise SystemExit(f"{status}: {text[-3000:]}")
        _status, _headers, text = timed("confirmation", headers["Location"], guest=guest)
        if CONFIRMED not in text:
            raise SystemExit("Nobody had a place: the line costs something else.")
    return {name: round(statistics.median(rows[5:]), 2) for name, rows in times.items()}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "wegweiser.config.settings"
    import django

    django.setup()
    profile = cProfile.Profile() if "--profile" in sys.argv else None
    turns = next((int(word) for word in sys.argv[1:] if word.isdigit()), 100)
    found = measure(turns, profile)
    print(json.dumps({"load": round(os.getloadavg()[0], 1), "cpu_ms": found}))
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(70)
