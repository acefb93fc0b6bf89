"""What the public reads of the figures: true, explained, and no cell under five."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.journey import builders
from wegweiser.consortium.models import District
from wegweiser.journey import summaries
from wegweiser.kernel import clock

HALLE, STENDAL, HARZ = "15002", "15090", "15085"


@pytest.fixture
def figures(world):
    for ags, key, name, count in (
        (HALLE, "halle", "Halle", 9),
        (STENDAL, "stendal", "Stendal", 2),
        (HARZ, "h", "Harz", 7),
    ):
        District.objects.get_or_create(ags=ags, defaults={"key": key, "name": name})
        for number in range(count):
            firm = builders.company(f"{name} {number}", district=ags)
            builders.step(firm, day=clock.today(), topic=world.topic, partner=world.other, grant=world.grant.slug)
    return world


def test_before_there_is_much_to_tell_the_page_says_so(client, world):
    page = client.get("/wirkung/").content.decode()
    assert "Wir fangen gerade an" in page
    assert "Stand:" not in page


def test_it_tells_how_many_and_hides_the_few_with_what_would_give_them_away(client, figures):
    response = client.get("/wirkung/")
    page = response.content.decode()
    assert "18 Betrieben" in page
    cells = {row.name: row.text for row in response.context["map"].rows}
    assert (cells["Stendal"], cells["Harz"]) == ("nicht gezeigt", "nicht gezeigt")
    assert cells["Halle"] == "9"


def test_a_new_step_shows_at_once(client, figures):
    client.get("/wirkung/")
    firm = builders.company("Spät dazugekommen", district=HALLE)
    builders.step(firm, day=clock.today(), topic=figures.topic, partner=figures.other, grant=figures.grant.slug)
    assert "19 Betrieben" in client.get("/wirkung/").content.decode()


def test_kept_sums_cost_three_queries(figures):
    asked = {"start": figures.grant.starts_on, "end": figures.grant.ends_on, "grant": figures.grant.slug}
    first = summaries.figures(keys=("contacts",), **asked)
    with CaptureQueriesContext(connection) as queries:
        assert summaries.figures(keys=("contacts",), **asked) == first
    assert len(queries) == 3


def test_more_steps_cost_no_more_queries(client, figures):
    client.get("/wirkung/")
    counts = []
    for further in (1, 12):
        for number in range(further):
            firm = builders.company(f"Neu {further} {number}", district=HALLE)
            builders.step(firm, day=clock.today(), topic=figures.topic, partner=figures.other, grant=figures.grant.slug)
        for _again in ("sums made anew", "sums kept"):
            with CaptureQueriesContext(connection) as queries:
                client.get("/wirkung/")
            counts.append(len(queries))
    assert counts == [15, 12, 15, 12]


def test_in_english(client, figures):
    page = client.get("/en/wirkung/").content.decode()
    assert "What we have achieved" in page
    assert "not shown" in page
