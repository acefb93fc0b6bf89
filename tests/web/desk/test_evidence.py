"""The steps behind a figure: the newest first, found by the firm; outsiders get no way to narrow them."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies.actions import merges
from wegweiser.consortium.models import Role
from wegweiser.journey.actions.steps import Occasion
from wegweiser.journey.served import Hours
from wegweiser.kernel import clock

ADDRESS = "/desk/berichte/nachweise/?kennzahl=contacts"


@pytest.fixture
def world(db):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        found = small_centre()
        world = next(found)
        with clock.stopped_at(clock.now() - dt.timedelta(days=10)):
            for day, name in enumerate(("Fräserei Früh", "Tischlerei Mitte", "Tischlerei Spät"), start=10):
                builders.step(
                    builders.company(name), day=dt.date(2026, 2, day), topic=world.topic, grant=world.grant.slug
                )
        yield world
        yield from found


def names(response) -> list[str]:
    return [step.company.name for step, _code in response.context["rows"]]


def test_the_newest_stands_first_and_the_order_can_be_turned(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.other))
    assert names(client.get(ADDRESS)) == ["Tischlerei Spät", "Tischlerei Mitte", "Fräserei Früh"]
    assert names(client.get(f"{ADDRESS}&folge=alt")) == ["Fräserei Früh", "Tischlerei Mitte", "Tischlerei Spät"]


def test_a_name_finds_its_steps_and_the_figure_stays(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.other))
    found = client.get(f"{ADDRESS}&betrieb=tischlerei")
    assert names(found) == ["Tischlerei Spät", "Tischlerei Mitte"]
    assert "Die Zahl 3 beruht auf diesen 3 Einträgen" in found.content.decode()
    assert "2 Einträge zu „tischlerei“" in found.content.decode()
    nothing = client.get(f"{ADDRESS}&betrieb=bäckerei").content.decode()
    assert "0 Einträge zu „bäckerei“" in nothing


def test_a_firm_is_found_with_the_steps_of_those_merged_into_it(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.other))
    rows = {step.company.name: step.company for step, _code in client.get(ADDRESS).context["rows"]}
    merges.merge(loser=rows["Fräserei Früh"], survivor=rows["Tischlerei Mitte"], by=builders.BY)
    assert len(client.get(f"{ADDRESS}&betrieb=mitte").context["rows"]) == 2


def test_the_search_keeps_the_question(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.other))
    kept = dict(
        client.get(f"{ADDRESS}&nach=format&wert=inform&thema={world.topic.slug}&aus=auswertung").context["kept"]
    )
    wanted = {
        "kennzahl": "contacts",
        "nach": "format",
        "wert": "inform",
        "thema": world.topic.slug,
        "aus": "auswertung",
    }
    assert wanted.items() <= kept.items()


def test_an_outsider_turns_the_list_and_narrows_it_in_no_way(client, world):
    client.force_login(staff.hire(Role.FUNDER, None))
    whole, turned = client.get(ADDRESS), client.get(f"{ADDRESS}&folge=alt")
    assert list(turned.context["rows"]) == list(reversed(whole.context["rows"]))
    assert 'name="betrieb"' not in whole.content.decode()
    for name in ("tischlerei", whole.context["rows"][0][1]):
        assert client.get(f"{ADDRESS}&betrieb={name}").status_code == 404


def test_an_outsider_reads_which_column_holds_what(client, world):
    client.force_login(staff.hire(Role.FUNDER, None))
    page = client.get(ADDRESS)
    step, code = page.context["rows"][0]
    text = page.content.decode()
    assert "Zeichen des Betriebs" in text
    assert "Einträge mit demselben Zeichen gehören zu demselben Betrieb" in text
    assert f">{code}<" in text
    assert f">{step.uuid}<" in text
    assert "Tischlerei" not in text


def test_a_merged_firm_stands_under_the_one_name_it_has(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.other))
    rows = {step.company.name: step.company for step, _firm in client.get(ADDRESS).context["rows"]}
    merges.merge(loser=rows["Fräserei Früh"], survivor=rows["Tischlerei Mitte"], by=builders.BY)
    response = client.get(ADDRESS)
    shown = [str(firm) for _step, firm in response.context["rows"]]
    assert shown == ["Tischlerei Spät", "Tischlerei Mitte", "Tischlerei Mitte"]
    assert "Fräserei Früh" not in response.content.decode()


@pytest.mark.parametrize(("role", "is_told_minutes"), [(Role.ADVISER, True), (Role.FUNDER, False)])
def test_a_row_says_what_kind_of_contact_it_was_and_how_long(client, world, role, is_told_minutes):
    """The minutes that were noted; of a talk where none were, the longest contribution, by which it counts. A funder is
    told none: they would tell which firm it was to whoever was there."""
    given = {"topic": world.topic, "grant": world.grant.slug, "partner": world.lead}
    hours = (Hours(world.lead, Decimal("0.75")),)
    with clock.stopped_at(clock.now() - dt.timedelta(days=10)):
        for kind, told in (("talk", {"contributions": hours}), ("visit", {"measures": {"minutes": 90}})):
            firm = builders.company(f"Firma {kind}")
            builders.step(firm, day=dt.date(2026, 2, 16), occasion=Occasion(kind, uuid4()), **told, **given)
        prepared = {"contributions": hours, "occasion": Occasion("visit", uuid4())}
        builders.step(builders.company("Firma Stunden"), day=dt.date(2026, 2, 17), **prepared, **given)
    client.force_login(staff.hire(role, world.other if role == Role.ADVISER else None))
    page = client.get(ADDRESS)
    text = page.content.decode()
    assert page.context["columns"][2] == "Kontakt"
    assert (">Gespräch, 45 Minuten<" in text) is is_told_minutes
    assert (">Vor-Ort-Termin, 90 Minuten<" in text) is is_told_minutes
    assert text.count(">Vor-Ort-Termin<") == (4 if is_told_minutes else 5), "work is not how long it took"
    assert ("Minuten" in text) is is_told_minutes
