"""The first screen gives everybody what they came for."""

import datetime as dt
import uuid

import pytest

from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.catalogue import content as contents
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.models import Draft, Entry
from wegweiser.consortium.models import Role
from wegweiser.funding.actions import deadlines, targets
from wegweiser.kernel import clock


@pytest.fixture
def world(db):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        yield from small_centre()


def guide(partner, title: str) -> Draft:
    """A draft that somebody began."""
    told = {**contents.empty("guide"), "title": {"de": title, "en": ""}, "partner": partner.key}
    return drafts.create(kind="guide", content=told, submission=uuid.uuid4(), by=builders.BY)


def titles(response) -> dict[str, list[str]]:
    return {group["title"]: [str(line["row"].title) for line in group["rows"]] for group in response.context["editing"]}


def test_an_editor_sees_drafts_and_english_that_is_missing_or_outdated(client, world):
    client.force_login(staff.hire(Role.EDITOR, world.other))
    draft = guide(world.other, "Neuer Leitfaden")
    entry = Entry.objects.filter(partner=world.other, kind="event").get()
    page = client.get("/desk/")
    found = titles(page)
    assert found["Entwürfe"] == ["Neuer Leitfaden"]
    assert str(entry.title) in found["Englisch fehlt oder ist veraltet"]  # its summary has none
    assert "Neuer Leitfaden" in found["Englisch fehlt oder ist veraltet"]
    assert f"/desk/angebote/{draft.uuid}/" in page.content.decode()


def test_an_editor_sees_nothing_of_other_partners(client, world):
    client.force_login(staff.hire(Role.EDITOR, world.lead))
    guide(world.other, "Fremder Leitfaden")
    assert "Fremder Leitfaden" not in client.get("/desk/").content.decode()


def test_an_editor_with_nothing_to_do_is_told_so(client, world):
    client.force_login(staff.hire(Role.EDITOR, world.lead))
    Entry.objects.filter(partner=world.lead).delete()
    assert "Alle Texte sind fertig" in client.get("/desk/").content.decode()


def test_a_funder_lands_on_the_report(client, world):
    client.force_login(staff.hire(Role.FUNDER, None))
    response = client.get("/desk/")
    assert response.status_code == 302
    assert response["Location"].endswith("/desk/berichte/")


def test_the_management_sees_ist_and_soll_before_a_deadline_that_is_far(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.other))
    targets.plan(grant=world.grant, values={"companies_reached": 1500}, by=builders.BY)
    builders.step(builders.company("Firma"), day=dt.date(2026, 2, 10), topic=world.topic, grant=world.grant.slug)
    page = client.get("/desk/")
    (goal,) = (row for row in page.context["goals"] if row["label"] == "Erreichte Unternehmen")
    assert (goal["actual"], goal["target"], goal["state"]) == ("1", "1.500", "behind")
    text = page.content.decode()
    assert text.index("Ziele der Förderung") < text.index("Nächste Frist")
    deadlines.set(grant=world.grant, title="Morgen fällig", day=clock.today() + dt.timedelta(days=1), by=builders.BY)
    text = client.get("/desk/").content.decode()
    assert text.index("Morgen fällig") < text.index("Ziele der Förderung")
    assert text.count("Nächste Frist") == 1


def test_the_goals_are_those_of_the_report(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.other))
    targets.plan(grant=world.grant, values={"companies_reached": 40, "visits": 3}, by=builders.BY)
    builders.step(builders.company("Firma"), day=dt.date(2026, 2, 10), topic=world.topic, grant=world.grant.slug)
    told = {row["label"]: row for row in client.get("/desk/").context["goals"]}
    for tile in client.get("/desk/berichte/").context["tiles"]:
        if tile["target"]:
            goal = told.pop(tile["label"])
            assert [goal[name] for name in ("actual", "target", "due", "state")] == [
                tile[name] for name in ("actual", "target", "due", "state")
            ]
    assert not told


def test_an_adviser_has_no_goals_and_no_list_of_texts(client, world):
    client.force_login(staff.hire(Role.ADVISER, world.other))
    context = client.get("/desk/").context
    assert context["goals"] == []
    assert context["editing"] is None
