"""What ten thousand guests cost: inviting as many, the list at the desk, files, papers, and telling all of them.

`WEGWEISER_HOME` names an installation with the model centre; for its next event so many agree to be invited and are,
and so many guests are registered; then it is called off.
`python -m benchmarks.registration.crowd [GUESTS]`

Each step runs in a process of its own, so that its peak of memory is its own. The floor reads the same rows with
sqlite3 or psycopg and writes them with the csv module.
"""

import csv
import io
import json
import multiprocessing
import os
import resource
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.registration.inside import opened

BLOCK = 1_000
PAPER = 1_000  # people on one paper
DESK = "henrike-vollborn@example.org"  # who holds it
ROWS = (
    "SELECT name, firm, postcode, email, phone, places, state, recorded_at, note FROM events_registration"
    " WHERE event_id = %s ORDER BY id DESC"
)


def filled(event: Any, count: int) -> None:
    """So many who are registered, each with a seat."""
    from wegweiser.events.models import Registration, Seat, State

    pool = event.pools.get()
    pool.way = "on_site"  # papers are for those who come to the place
    pool.save(update_fields=["way"])
    for first in range(0, count, BLOCK):
        rows = Registration.objects.bulk_create(
            Registration(
                event=event,
                pool=pool,
                submission=uuid.uuid4(),
                state=State.CONFIRMED,
                places=1,
                name=f"Gast {number}",
                email=f"viele{number}@firma.example",
                firm=f"Betrieb {number} GmbH",
                by="visitor",
            )
            for number in range(first, min(first + BLOCK, count))
        )
        Seat.objects.bulk_create(Seat(registration=row, position=1, name=row.name) for row in rows)


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def now_held() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def alone(step: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """`step` in a process of its own: what it tells, its CPU, and how much its memory grew at most."""
    from django.db import connections

    connections.close_all()
    ours, theirs = multiprocessing.get_context("fork").Pipe()

    def run() -> None:
        before, start = now_held(), time.process_time()
        told = step()
        told["CPU s"] = round(time.process_time() - start, 2)
        told["memory, MiB more at most"] = round(max(peak() - before, 0), 1)
        theirs.send(told)

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    theirs.close()  # so that we learn when it ends without a word
    found: dict[str, Any] = ours.recv()
    process.join()
    return found


def at_desk(address: str) -> Callable[[], dict[str, Any]]:
    """A page or a file as the desk gets it."""

    def ask() -> dict[str, Any]:
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from wegweiser.accounts.models import User

        client = Client(headers={"host": "localhost"})
        client.force_login(User.objects.get(email=DESK))
        with CaptureQueriesContext(connection) as found:
            response = client.get(address)
            pieces = response.streaming_content if response.streaming else [response.content]
            size = sum(len(piece) for piece in pieces)
        if response.status_code != 200:
            raise SystemExit(f"{address}: {response.status_code}")
        return {"bytes": size, "statements": len(found)}

    return ask


def floor(event: int) -> Callable[[], dict[str, Any]]:
    def ask() -> dict[str, Any]:
        from django.db import connection

        out = io.StringIO()
        with connection.cursor() as cursor:
            cursor.execute(ROWS, [event])
            csv.writer(out, delimiter=";").writerows(cursor)
        return {"bytes": len(out.getvalue().encode())}

    return ask


def telling(event: Any) -> Callable[[], dict[str, Any]]:
    """The event is called off; then the worker tells everybody, run by run."""

    def tell() -> dict[str, Any]:
        from wegweiser.events.actions import events, news
        from wegweiser.kernel.actor import Actor

        by, longest, told = Actor.system("benchmark"), 0.0, 0
        start = time.process_time()
        events.cancel(event=event, reason="Benchmark", by=by)
        at_once = time.process_time() - start
        while True:
            start = time.process_time()
            some = news.tell_next(most=1, by=by)
            if not some:
                break
            told, longest = told + some, max(longest, time.process_time() - start)
        return {
            "guests": told,
            "calling it off, CPU ms": round(1000 * at_once, 1),
            "longest transaction of the worker, CPU ms": round(1000 * longest, 1),
        }

    return tell


def reminding(event: Any) -> Callable[[], dict[str, Any]]:
    def remind() -> dict[str, Any]:
        from wegweiser.events import queries
        from wegweiser.events.actions import notices
        from wegweiser.kernel import clock
        from wegweiser.kernel.actor import Actor

        starts = queries.starts_at(event)
        assert starts
        with clock.stopped_at(starts - (starts - clock.now()) / 1000):
            return {"letters": notices.send_due(by=Actor.system("benchmark"))}

    return remind


def agreed(count: int) -> None:
    """So many who agreed to be invited."""
    from wegweiser.companies.consent_words import INVITATION
    from wegweiser.companies.models import Consent, Person
    from wegweiser.kernel import clock

    for first in range(0, count, BLOCK):
        people = Person.objects.bulk_create(
            Person(name=f"Einzuladen {number}", sort_key=f"einzuladen {number}", email=f"ein{number}@firma.example")
            for number in range(first, min(first + BLOCK, count))
        )
        Consent.objects.bulk_create(
            Consent(person=row, purpose=INVITATION, text_version="1", channel="desk", given_at=clock.now())
            for row in people
        )


def inviting(event: Any) -> Callable[[], dict[str, Any]]:
    """Ordered, then written portion by portion; the mail server takes at once what waits for it."""

    def invite() -> dict[str, Any]:
        from wegweiser.events.actions import invitations
        from wegweiser.events.inviting import Filter
        from wegweiser.events.models import Invitee
        from wegweiser.kernel import clock
        from wegweiser.kernel.actor import Actor
        from wegweiser.outbox.models import Letter, State

        by, runs, longest = Actor.system("benchmark"), 0, 0.0
        row = invitations.order(event=event, submission=uuid.uuid4(), chosen=Filter(), by=by)
        first = 0.0
        while True:
            start = time.process_time()
            written = invitations.send_due(by=by)
            spent = time.process_time() - start
            first = first or spent
            longest = max(longest, spent if runs else 0)
            if not written:
                break
            runs += 1
            Letter.objects.filter(state=State.QUEUED).update(state=State.SENT, sent_at=clock.now())
        return {
            "written": Invitee.objects.filter(invitation=row, sent_at__isnull=False).count(),
            "runs of the worker": runs,
            "the first, which lists them, CPU s": round(first, 2),
            "the longest of the others, CPU s": round(longest, 2),
        }

    return invite


def measure(count: int) -> dict[str, Any]:
    from django.urls import reverse

    from wegweiser.events import queries

    slug = opened().split("/")[-3]
    event = queries.at(slug)
    assert event
    few = alone(at_desk(reverse("desk:event", kwargs={"uuid": event.uuid})))
    agreed(count)
    invite = reverse("desk:event_invite", kwargs={"uuid": event.uuid})
    invited = {"page that counts whom it reaches": alone(at_desk(invite)), "invited": alone(inviting(event))}
    filled(event, count)
    page, guests = (reverse(f"desk:{name}", kwargs={"uuid": event.uuid}) for name in ("event", "event_guests_download"))
    papers = {name: reverse(f"desk:event_{name}", kwargs={"uuid": event.uuid}) for name in ("signatures", "badges")}
    return {
        "guests": count,
        "load": round(os.getloadavg()[0], 1),
        **invited,
        "page of the event before": few,
        "page of the event": alone(at_desk(page)),
        "its last page": alone(at_desk(f"{page}?seite={count // 50}")),
        "searched": alone(at_desk(f"{page}?q=Gast+77")),
        "CSV": alone(at_desk(f"{guests}?datei=csv")),
        "XLSX": alone(at_desk(f"{guests}?datei=xlsx")),
        "floor: the rows read and written as CSV": alone(floor(event.pk)),
        f"signature list, {PAPER} of them": alone(at_desk(f"{papers['signatures']}?teil=1")),
        f"badges, {PAPER} of them": alone(at_desk(f"{papers['badges']}?teil=1")),
        "reminded": alone(reminding(event)),
        "told that it is off": alone(telling(event)),
    }


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "wegweiser.config.settings"
    import django

    django.setup()
    print(json.dumps(measure(next((int(word) for word in sys.argv[1:] if word.isdigit()), 10_000)), indent=1))
