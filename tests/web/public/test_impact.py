"""What the public reads of the figures: true, explained, and no cell under five."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.journey import builders
from wegweiser.consortium.models import District, DistrictOutline
from wegweiser.journey import indicators, summaries
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.web import page_cache

HALLE, STENDAL, HARZ = "15002", "15090", "15085"


@pytest.fixture
def figures(world):
    """As it happened and was entered last month."""
    with clock.stopped_at(clock.now() - dt.timedelta(days=20)):
        _record(world)
    return world


def _record(world):
    for ags, key, name, count in (
        (HALLE, "halle", "Halle", 9),
        (STENDAL, "stendal", "Stendal", 2),
        (HARZ, "h", "Harz", 7),
    ):
        District.objects.get_or_create(ags=ags, defaults={"key": key, "name": name})
        for number in range(count):
            firm = builders.company(f"{name} {number}", district=ags)
            builders.step(firm, day=clock.today(), topic=world.topic, partner=world.other, grant=world.grant.slug)


def test_before_there_is_much_to_tell_the_page_says_so(client, world):
    page = client.get("/wirkung/").content.decode()
    assert "Wir fangen gerade an" in page
    assert "Stand:" not in page


def test_it_tells_how_many_and_hides_the_few_with_what_would_give_them_away(client, figures):
    page = client.get("/wirkung/").content.decode()
    assert "18 Betrieben" in page
    cells = dict(re.findall(r'scope="row">(.*?)</th><td[^>]*>(.*?)</td>', page))
    assert (cells["Stendal"], cells["Harz"]) == ("nicht gezeigt", "nicht gezeigt")
    assert cells["Halle"] == "9"


def test_a_new_step_shows_when_its_month_is_over(client, figures):
    client.get("/wirkung/")
    firm = builders.company("Spät dazugekommen", district=HALLE)
    builders.step(firm, day=clock.today(), topic=figures.topic, partner=figures.other, grant=figures.grant.slug)
    assert "18 Betrieben" in client.get("/wirkung/").content.decode()
    with clock.stopped_at(clock.now() + dt.timedelta(days=31)):
        page = client.get("/wirkung/").content.decode()
    assert "19 Betrieben" in page
    assert "Stand: 31. März 2026" in page


def test_it_is_kept_for_visitors(client, figures):
    response = client.get("/wirkung/")
    assert response[page_cache.MARK] == page_cache.PAGE
    assert not response.cookies
    assert "csrf" not in response.content.decode()


def test_a_sum_is_made_anew_for_a_row_that_came_late_with_a_smaller_id(figures):
    """On PostgreSQL a transaction that began earlier may end later."""
    asked = {"start": figures.grant.starts_on, "end": figures.grant.ends_on, "grant": figures.grant.slug}
    row = Step.objects.last()
    Step.objects.create(**{**_columns(row), "pk": row.pk + 9, "uuid": uuid4(), "source_uuid": uuid4()})
    before = summaries.figures(keys=("contacts",), **asked)["contacts"].total
    Step.objects.create(**{**_columns(row), "pk": row.pk + 8, "uuid": uuid4(), "source_uuid": uuid4()})
    assert summaries.figures(keys=("contacts",), **asked)["contacts"].total == before + 1


def _columns(step):
    return {field.attname: getattr(step, field.attname) for field in Step._meta.concrete_fields}


@pytest.mark.parametrize("recorded_by", [None, dt.datetime(2026, 3, 1, tzinfo=dt.UTC)])
def test_what_is_entered_later_makes_no_sum_anew_that_does_not_know_it(figures, recorded_by, monkeypatch):
    asked = {"start": figures.grant.starts_on, "end": figures.grant.ends_on, "grant": figures.grant.slug}
    first = summaries.figures(keys=("contacts",), recorded_by=recorded_by, **asked)
    given = {"topic": figures.topic, "partner": figures.other, "grant": figures.grant.slug}
    builders.step(builders.company("Neu"), day=clock.today() - dt.timedelta(days=9), **given)
    made = []
    make = indicators.figures
    monkeypatch.setattr(indicators, "figures", lambda **kwargs: made.append(kwargs) or make(**kwargs))
    again = summaries.figures(keys=("contacts",), recorded_by=recorded_by, **asked)
    assert (again == first, len(made)) == ((True, 0) if recorded_by else (False, 1))


def test_kept_sums_cost_one_query(figures):
    asked = {"start": figures.grant.starts_on, "end": figures.grant.ends_on, "grant": figures.grant.slug}
    first = summaries.figures(keys=("contacts",), **asked)
    with CaptureQueriesContext(connection) as queries:
        assert summaries.figures(keys=("contacts",), **asked) == first
    assert len(queries) == 1


def test_more_steps_cost_no_more_queries(client, figures):
    client.get("/wirkung/")
    counts = []
    for further in (1, 12):
        with clock.stopped_at(clock.now() - dt.timedelta(days=10)):
            for number in range(further):
                firm = builders.company(f"Neu {further} {number}", district=HALLE)
                given = {"topic": figures.topic, "partner": figures.other, "grant": figures.grant.slug}
                builders.step(firm, day=clock.today(), **given)
        for _again in ("sums made anew", "sums kept"):
            with CaptureQueriesContext(connection) as queries:
                client.get("/wirkung/")
            counts.append(len(queries))
    assert counts == [14, 7, 14, 7]


def test_a_renamed_district_shows_at_once(client, figures):
    assert "Halle" in client.get("/wirkung/").content.decode()
    District.objects.filter(ags=HALLE).update(name="Halle an der Saale")
    assert "Halle an der Saale" in client.get("/wirkung/").content.decode()


def test_in_english(client, figures):
    client.get("/wirkung/")
    page = client.get("/en/wirkung/").content.decode()
    assert "What we have achieved" in page
    assert "not shown" in page


def test_projects_are_not_called_what_the_list_of_stories_is(client, world):
    with clock.stopped_at(clock.now() - dt.timedelta(days=20)):
        for number in range(5):
            given = {"topic": world.topic, "partner": world.other, "grant": world.grant.slug}
            occasion = builders.Occasion("project", uuid4())
            builders.step(builders.company(f"{number}"), day=clock.today(), occasion=occasion, **given)
    page = client.get("/wirkung/").text
    told = dict(re.findall(r'<h3[^>]*>([^<]+)</h3>\s*<p class="ww-figure__value"><span[^>]*>[^<]*</span>(\d+)<', page))
    assert told.get("Vorhaben mit Betrieben") == "5"
    assert "Praxisbeispiele" not in told
    assert "Praxisbeispiele können älter sein." in page


def test_the_map_stands_beside_its_table(client, figures):
    for place, district in enumerate(District.objects.all()):
        given = {"width": 500, "height": 100, "x": place * 100, "y": 50, "latitude": 52, "longitude": 11}
        DistrictOutline.objects.create(district=district, path=f"M{place}00 0l90 0 0 90z", **given)
    page = client.get("/wirkung/").text
    figure = page[page.index("ww-figmap-figure--beside") : page.index("geschichten")]
    assert (figure.count("<svg"), figure.count("<table"), figure.count("<details")) == (1, 1, 0)
