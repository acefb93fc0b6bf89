"""A firm whose name is kept for a proof alone: at the desk nobody sees it but who answers for that proof."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies.actions import erasures
from wegweiser.companies.models import Fact
from wegweiser.consortium.models import Role
from wegweiser.crossings import unknown_facts
from wegweiser.journey.actions import corrections
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

NAME, DAY = "Tischlerei Eiche", dt.date(2026, 2, 20)


@pytest.fixture
def world(db):
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        yield from small_centre()


@pytest.fixture
def step(world):
    firm = builders.company(NAME)
    step = builders.step(firm, day=DAY, topic=world.topic, partner=world.other, grant=world.grant.slug)
    erasures.erase_company(company=firm, restrict=True, by=builders.BY)
    return step


def pages(step):
    yield reverse("desk:company", kwargs={"uuid": step.company.uuid})
    yield reverse("desk:company_facts", kwargs={"uuid": step.company.uuid})
    yield reverse("desk:step", kwargs={"uuid": step.uuid})


@pytest.mark.parametrize(("role", "status"), [(Role.ADVISER, 404), (Role.MANAGEMENT, 200)])
def test_its_pages_are_there_for_who_answers_for_the_proof(client, world, step, role, status):
    client.force_login(staff.hire(role, world.other))
    assert [client.get(page).status_code for page in pages(step)] == [status] * 3


@pytest.mark.parametrize(("role", "told"), [(Role.ADVISER, False), (Role.MANAGEMENT, True)])
def test_the_entry_behind_a_figure_stays_without_its_name(client, world, step, role, told):
    client.force_login(staff.hire(role, world.other))
    body = client.get("/desk/berichte/nachweise/?kennzahl=contacts").content.decode()
    assert str(step.uuid) in body
    assert (NAME in body, "Name nur noch für den Nachweis" in body) == (told, not told)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.MANAGEMENT])
def test_nobody_asks_for_more_about_it(client, world, step, role):
    client.force_login(staff.hire(role, world.other))
    response = client.get("/desk/auswertung/unbekannt/")
    assert NAME not in response.content.decode()
    assert "Dazu kommt 1 Betrieb, dessen Name" in " ".join(response.content.decode().split())
    assert client.post(f"/desk/auswertung/unbekannt/{step.company.uuid}/", {"size": "small"}).status_code == 404
    given = {"company": step.company, "start": DAY, "end": DAY, "grant": world.grant.slug, "by": builders.BY}
    with pytest.raises(DomainError, match="company_restricted"):
        unknown_facts.fill(chosen={"size": "small"}, **given)
    assert not Fact.objects.filter(company=step.company, kind="size").exists()


@pytest.mark.parametrize("role", [Role.ADVISER, Role.MANAGEMENT])
def test_no_enquiry_is_taken_down_in_its_name(client, world, step, role):
    client.force_login(staff.hire(role, world.other))
    response = client.get(reverse("desk:new"), {"betrieb": step.company.uuid})
    assert response.context["chosen"] is None
    assert NAME not in response.content.decode()
    found = client.post(reverse("desk:suggest"), {"company": step.company.uuid, "text": "Frage"})
    assert NAME not in found.content.decode()


def test_an_enquiry_of_it_is_listed_without_its_name(client, world, step):
    case = contact_point.case(world.other, name="Ina", company=step.company)
    client.force_login(staff.hire(Role.ADVISER, world.other))
    for page in (reverse("desk:cases"), reverse("desk:case", kwargs={"uuid": case.uuid})):
        body = client.get(page).content.decode()
        assert case.reference in body
        assert NAME not in body


@pytest.mark.parametrize(("role", "status"), [(Role.ADVISER, 403), (Role.MANAGEMENT, 302)])
def test_it_is_led_again_by_the_word_of_who_may_erase(client, world, step, role, status):
    case = contact_point.case(world.other, name="Ina", company=step.company)
    client.force_login(staff.hire(role, world.other))
    readmit = reverse("desk:company_readmit", kwargs={"uuid": step.company.uuid})
    body = client.get(reverse("desk:case", kwargs={"uuid": case.uuid})).content.decode()
    assert "Meldet er sich hier selbst wieder" in body
    firm = client.get(reverse("desk:company", kwargs={"uuid": step.company.uuid}))
    assert (readmit in firm.content.decode()) == (status == 302)
    assert client.post(readmit).status_code == status
    step.company.refresh_from_db()
    assert (step.company.restricted_at is None) == (status == 302)
    assert client.post(readmit).status_code == status  # a second press tells that it is so


@pytest.mark.parametrize(("role", "told"), [(Role.ADVISER, False), (Role.MANAGEMENT, True)])
def test_an_entry_that_was_moved_to_it_does_not_name_it(client, world, role, told):
    wrong, right = builders.company("Fräserei Falsch"), builders.company(NAME)
    step = builders.step(wrong, day=DAY, topic=world.topic, partner=world.other, grant=world.grant.slug)
    corrections.move(step=step, company=right, reason="verwechselt", by=builders.BY)
    erasures.erase_company(company=right, restrict=True, by=builders.BY)
    client.force_login(staff.hire(role, world.other))
    body = client.get(reverse("desk:step", kwargs={"uuid": step.uuid})).content.decode()
    assert "Dieser Eintrag ist zurückgenommen." in body
    assert (NAME in body) == told
