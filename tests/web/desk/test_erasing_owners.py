"""Whoever owns a firm that is called after them takes its name along."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies import queries
from wegweiser.companies.actions import companies, persons, sizes
from wegweiser.companies.actions.erasures import NAMELESS
from wegweiser.companies.models import YearFigures
from wegweiser.consortium.models import Role
from wegweiser.crossings import company_data, personal_data
from wegweiser.journey.models import DeclaredAid
from wegweiser.kernel import clock

MAIL = "kurt@quappe.example"


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


def owner(name="Tischlermeister Kurt Quappe"):
    firm = companies.find_or_create(name=name, street="Dorfstr. 1", place="Osterburg", by=BY)
    return firm, persons.find_or_create(name="Kurt Quappe", email=MAIL, company=firm, by=BY)


def test_a_master_who_asks_to_be_forgotten_takes_the_name_of_the_workshop_along(world):
    firm, kurt = owner()
    assert company_data.leaving(kurt, language="de").firms == [firm.name]
    company_data.erase(person=kurt, by=BY)
    firm.refresh_from_db()
    assert (firm.name, firm.street) == (NAMELESS, "")


def test_what_the_owner_earns_is_told_and_forgotten(world):
    firm, kurt = owner("Orgelbau Quappe e. K.")
    sizes.enter_figures(company=firm, year=2025, headcount=Decimal(2), turnover=Decimal(61234), by=BY)
    told = personal_data.document(world.centre, MAIL)["data"]
    assert [row["values"]["turnover"] for row in told if row["table"] == "companies.YearFigures"] == ["61234.00"]
    assert company_data.document(firm, language="de")["figures"][0]["turnover"] == "61234.00"
    company_data.erase(person=kurt, by=BY)
    assert not YearFigures.objects.exists()


def test_where_aid_is_proven_the_figures_stay_with_the_name(world):
    firm, kurt = owner("Orgelbau Quappe e. K.")
    sizes.enter_figures(company=firm, year=2025, headcount=Decimal(2), by=BY)
    granted = clock.today()
    DeclaredAid.objects.create(company=firm, granted_on=granted, amount=1, rule="2023/2831", source="declared")
    company_data.erase(person=kurt, by=BY)
    firm.refresh_from_db()
    assert (firm.name, firm.restricted_at is not None, YearFigures.objects.count()) == (
        "Orgelbau Quappe e. K.",
        True,
        1,
    )


def test_a_firm_with_the_form_of_a_company_stays(world):
    firm, kurt = owner("Kurt Quappe GmbH")
    assert company_data.leaving(kurt, language="de").firms == []
    company_data.erase(person=kurt, by=BY)
    firm.refresh_from_db()
    assert firm.name == "Kurt Quappe GmbH"


def test_where_others_work_there_too_the_desk_is_asked_and_says_so(client, world):
    firm, kurt = owner()
    persons.find_or_create(name="Jens Abel", company=firm, by=BY)
    client.force_login(staff.hire(Role.MANAGEMENT, world.other))
    page = reverse("desk:firm_accesses", kwargs={"uuid": firm.uuid}) + f"?loeschen={kurt.uuid}"
    assert "Bitte vorher klären:" in client.get(page).content.decode()
    facts = reverse("desk:company_facts", kwargs={"uuid": firm.uuid})
    assert "Kurt Quappe heißt so wie der Betrieb." in client.get(facts).content.decode()
    said = {name: getattr(firm, name) for name in ("name", "street", "place")} | {"owner": "yes"}
    sent = client.post(facts, {"do": "firm", **{f"firm-{name}": text for name, text in said.items()}})
    assert sent.status_code == 302
    shown = client.get(page).content.decode()
    assert "Der Betrieb heißt nach der Person:" in shown
    assert "Bitte vorher klären:" not in shown
    company_data.erase(person=kurt, by=BY)
    firm.refresh_from_db()
    assert firm.name == NAMELESS


def test_a_firm_without_a_name_stands_in_no_list_and_its_page_says_since_when(client, world):
    firm, kurt = owner()
    company_data.erase(person=kurt, by=BY)
    firm.refresh_from_db()
    known = companies.find_or_create(name="Betrieb Süd", is_another=True, by=BY)
    covered = companies.find_or_create(name="Betrieb A-2345", is_cover_name=True, by=BY)
    assert set(queries.listed()) == {known, covered}
    assert queries.search("Betrieb", limit=2).companies == [covered, known]
    assert queries.search("Betrieb ohne", places=True).companies == []
    client.force_login(staff.hire(Role.ADVISER, world.lead))
    page = client.get(reverse("desk:company", kwargs={"uuid": firm.uuid})).text
    assert "Der Name ist am 02.03.2026 gelöscht worden." in page
    assert "Dieser Betrieb sagt nicht, wer er ist." not in page
    assert "?betrieb=" not in page
    assert "Besuchsblatt" not in page
    assert "Angaben ändern" not in page
    assert "Dieser Betrieb sagt nicht" in client.get(reverse("desk:company", kwargs={"uuid": covered.uuid})).text
