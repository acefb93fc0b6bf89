"""What a registration costs, end to end: the form, sending it, and the page that confirms it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contact_point import BY, MONDAY
from tests.events import world as events_world
from tests.web.public.conftest import small_centre
from wegweiser.events.actions import events, multipliers, questions
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Registration
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.web.public import blank_form, rendered_once

MOST_REQUESTS, MOST_STATEMENTS = 3, 25


@pytest.fixture
def held(db):
    blank_form._pages.clear()  # whoever comes first pays for what is rendered once
    rendered_once._pages.clear()
    with clock.stopped_at(MONDAY):
        for world in small_centre():
            found = events_world.held(places=500, centre=world)
            asked = [
                Asked(kind="text", label=translated("Ihre Maschine")),
                Asked(kind="consent", label=translated("Fotos dürfen gezeigt werden.")),
            ]
            questions.set_all(event=found.event, asked=asked, by=BY)
            yield found


def walk(client, held, number, places="2", query=""):
    """From the form to the page that confirms. Gives the statements and the requests it took."""
    slug = held.draft.entry.slug
    requests = 0

    def asked(call, *args):
        nonlocal requests
        requests += 1
        return call(*args)

    with CaptureQueriesContext(connection) as found:
        form = asked(client.get, f"/veranstaltungen/{slug}/anmelden/{query}")
        typed = dict(events_world.hidden(form.text))
        typed |= {"name": f"Gast {number}", "email": f"gast{number}@firma.example", "places": places}
        with clock.stopped_at(clock.now() + dt.timedelta(minutes=1)):
            sent = asked(client.post, f"/veranstaltungen/{slug}/anmelden/", typed)
            page = asked(client.get, sent["Location"])
    return found.captured_queries, requests, page


TOLD = {
    "confirmed": "Sie sind angemeldet",
    "last place": "Sie sind angemeldet",
    "opt_in": "Bitte bestätigen",
    "opt_in, last place": "Bitte bestätigen",
    "opt_in, no place": "Im Moment ist kein Platz frei",
    "first in line": "Warteliste",
    "waiting": "Warteliste",
    "by a link, opt_in, last place": "Bitte bestätigen",
}


@pytest.mark.parametrize("path", TOLD)
def test_a_registration_costs_few_requests_and_statements(client, held, path):
    if "opt_in" in path:
        events.change(event=held.event, settings={"opt_in": True}, by=BY)
    if path.endswith("place"):
        events.set_places(event=held.event, pools=[events.Places(chairs=2, pool=held.pool)], by=BY)
    if path in {"waiting", "first in line", "opt_in, no place"}:
        events.set_places(event=held.event, pools=[events.Places(chairs=3, pool=held.pool)], by=BY)
        walk(client, held, 1)  # two of three places: the next two wait
    if path == "waiting":
        walk(client, held, 3)
    code = multipliers.give_link(event=held.event, name="Kammer", by=BY).code
    query = f"?von={code}" if path.startswith("by a link") else ""
    client.get(f"/veranstaltungen/{held.draft.entry.slug}/")  # what the process keeps of the catalogue is read
    statements, requests, page = walk(client, held, 2, query=query)
    assert TOLD[path] in page.text
    said = "\n".join(row["sql"][:110] for row in statements)
    assert requests <= MOST_REQUESTS
    assert len(statements) <= MOST_STATEMENTS, f"{len(statements)}:\n{said}"


def test_a_crowd_makes_it_no_dearer(client, held):
    walk(client, held, 1)
    few = len(walk(client, held, 2)[0])
    for number in range(3, 23):
        events_world.register(held, number)
    assert len(walk(client, held, 30)[0]) == few
    assert Registration.objects.count() == 23
