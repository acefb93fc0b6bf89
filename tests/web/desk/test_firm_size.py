"""Register and size of a firm at the desk: entered, explained in words, settled, corrected."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies import queries
from wegweiser.companies.actions import companies
from wegweiser.companies.actions import sizes as actions
from wegweiser.companies.models import Share
from wegweiser.kernel import clock

JANUARY = dt.date(2025, 1, 1)


@pytest.fixture
def adviser(client, db):
    with clock.stopped_at(MONDAY):
        for world in small_centre():
            client.force_login(staff.login(world.ben))
            yield client


def test_from_figures_and_shares_to_a_sentence(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    assert "genügt, was der Betrieb selbst sagt" in adviser.get(page).content.decode()
    told = {"figures-year": "2025", "figures-headcount": "30", "figures-turnover": "4000000"}
    assert adviser.post(page, {"do": "figures", **told}).status_code == 302
    given = {"name": "Konzern SE", "direction": "owner", "kind": "enterprise", "percent": "33"}
    given |= {"valid_from": "2025-01-01", "headcount": "100", "turnover": "20000000"}
    assert (
        adviser.post(page, {"do": "share", **{f"share-{key}": value for key, value in given.items()}}).status_code
        == 302
    )
    shown = adviser.get(page).content.decode().replace("\xa0", " ")
    assert "mittleres Unternehmen" in shown
    assert "weil 63 Beschäftigte und 10.600.000 € Umsatz zusammenkommen" in shown
    assert "Konzern SE: Partner, zählt zu 33 % (von 100 Beschäftigten)" in shown
    adviser.post(page, {"do": "settle"})
    assert queries.known(firm, "size", clock.today()).value == "medium"
    assert "Für Beihilfen gilt heute:" in adviser.get(page).content.decode()
    adviser.post(page, {"do": "end", "share": str(Share.objects.get().uuid)})
    assert Share.objects.get().valid_to == clock.today()


def test_a_year_that_is_missing_is_asked_for(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    for year, people in ((2022, "60"), (2025, "20")):
        adviser.post(page, {"do": "figures", "figures-year": str(year), "figures-headcount": people})
    shown = adviser.get(page).text
    assert "<strong>mittleres Unternehmen</strong>" in shown
    assert "Für 2024 fehlen Zahlen." in shown
    adviser.post(page, {"do": "figures", "figures-year": "2024", "figures-headcount": "20"})
    assert "fehlen Zahlen" not in adviser.get(page).text


def test_an_estimate_of_the_running_year_is_called_so(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    adviser.post(page, {"do": "figures", "figures-year": "2026", "figures-headcount": "60"})
    assert "Das Jahr 2026 ist noch nicht abgeschlossen" in adviser.get(page).text
    adviser.post(page, {"do": "figures", "figures-year": "2025", "figures-headcount": "20"})
    shown = adviser.get(page).text
    assert "<strong>kleines Unternehmen</strong>" in shown
    assert "2026 zählt erst, wenn das Jahr abgeschlossen ist." in shown


def test_a_share_ends_on_its_day_and_one_that_never_was_is_taken_back(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    given = {"company": firm, "direction": "owner", "kind": "enterprise", "valid_from": JANUARY, "by": BY}
    sold, wrong = (
        actions.add_share(name=name, percent=Decimal(30), **given) for name in ("Verkauft SE", "Vertippt SE")
    )
    adviser.post(page, {"do": "end", "share": str(sold.uuid), "end-last_day": "2026-02-01"})
    adviser.post(page, {"do": "withdraw", "share": str(wrong.uuid), "withdraw-reason": ""})
    adviser.post(page, {"do": "withdraw", "share": str(wrong.uuid), "withdraw-reason": "3 statt 30"})
    for row in (sold, wrong):
        row.refresh_from_db()
    assert (str(sold.valid_to), wrong.withdrawn_reason) == ("2026-02-01", "3 statt 30")
    shown = adviser.get(page).content.decode()
    assert "bis 01.02.2026" in shown
    assert "war nie so: 3 statt 30" in shown


def test_firms_of_the_same_people_are_entered_without_a_share(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    adviser.post(page, {"do": "figures", "figures-year": "2025", "figures-headcount": "20"})
    told = {"name": "Abelstahl", "kind": "enterprise", "valid_from": "2025-01-01", "headcount": "40"}
    owner = adviser.post(
        page, {"do": "share", "share-direction": "owner", **{f"share-{k}": v for k, v in told.items()}}
    )
    assert (owner.status_code, Share.objects.count()) == (422, 0)
    adviser.post(page, {"do": "share", "share-direction": "same", **{f"share-{k}": v for k, v in told.items()}})
    shown = " ".join(adviser.get(page).text.split())
    assert "Abelstahl: verbunden, zählt ganz (40 Beschäftigte)" in shown
    assert "<strong>Abelstahl</strong> gehört denselben Leuten (gleicher oder benachbarter Markt)<br>" in shown


def owner(adviser, firm, name: str, **more: str):
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    told = {"name": name, "direction": "owner", "kind": "enterprise", "percent": "60", "valid_from": "2025-01-01"}
    return adviser.post(page, {"do": "share", **{f"share-{key}": value for key, value in {**told, **more}.items()}})


def test_a_namesake_is_bound_only_where_somebody_chose_it(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    namesake = companies.find_or_create(name="Harzer Metallbau GmbH", place="Halberstadt", postcode="38820", by=BY)
    asked = owner(adviser, firm, "Harzer Metallbau GmbH", headcount="5")
    assert (asked.status_code, Share.objects.count()) == (422, 0)
    assert "Bitte wählen Sie den Betrieb." in asked.text
    assert "Harzer Metallbau GmbH, 38820 Halberstadt" in asked.text
    chosen = {"asked": "Harzer Metallbau GmbH", "headcount": "5"}
    assert owner(adviser, firm, "Harzer Metallbau GmbH", company="other", **chosen).status_code == 302
    assert (Share.objects.get().other, Share.objects.get().headcount) == (None, 5)
    assert owner(adviser, firm, "Harzer Metallbau GmbH", company=str(namesake.pk), **chosen).status_code == 302
    assert Share.objects.latest("pk").other == namesake


def test_what_was_chosen_for_another_name_is_asked_again(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    companies.find_or_create(name="Harzer Metallbau GmbH", by=BY)
    assert owner(adviser, firm, "Harzer Metallbau GmbH", company="other", asked="Konzern SE").status_code == 422


def test_the_general_partner_of_the_same_name_is_another_firm(adviser):
    firm = companies.find_or_create(name="Abelix GmbH & Co. KG", by=BY)
    assert owner(adviser, firm, "Abelix GmbH", headcount="2").status_code == 302
    assert (Share.objects.get().other, Share.objects.get().name) == (None, "Abelix GmbH")


def test_a_person_is_no_firm_to_choose_from(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    companies.find_or_create(name="Kurt Abel", by=BY)
    assert owner(adviser, firm, "Kurt Abel", kind="person").status_code == 302
    assert Share.objects.get().other is None


def test_a_number_is_checked_and_its_history_shown(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    wrong = adviser.post(page, {"do": "number", "number-kind": "vat_id", "number-value": "DE136695975"})
    assert (wrong.status_code, "Die Prüfziffer stimmt nicht" in wrong.content.decode()) == (422, True)
    adviser.post(page, {"do": "number", "number-kind": "vat_id", "number-value": "DE136695976"})
    adviser.post(
        page, {"do": "number", "number-kind": "vat_id", "number-value": "", "number-reason": "gehört der Holding"}
    )
    shown = adviser.get(page).content.decode()
    assert "DE136695976 → –" in shown
    assert "gehört der Holding" in shown


def test_activity_and_craft_are_dated_facts_with_the_edition(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    told = {"do": "activity", "activity-edition": "2025", "activity-since": "2026-01-01"}
    assert adviser.post(page, {**told, "activity-code": "J 62.10"}).status_code == 422
    assert adviser.post(page, {**told, "activity-code": "K 62.10"}).status_code == 302
    adviser.post(page, {"do": "craft", "craft-craft": "yes", "craft-since": "2026-01-01"})
    fact = queries.known(firm, "wz", clock.today())
    assert (fact.value, fact.details, str(fact.valid_from)) == ("62.10", {"edition": 2025}, "2026-01-01")
    shown = adviser.get(page).content.decode()
    assert "WZ 2025: 62.10" in shown
    assert "Handwerksrolle: ja" in shown


def test_amounts_are_taken_as_a_balance_sheet_writes_them(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    told = {"figures-year": "2025", "figures-headcount": "6,5"}
    told |= {"figures-turnover": "1.200.000", "figures-balance": "800 000"}
    assert adviser.post(page, {"do": "figures", **told}).status_code == 302
    assert [(row.headcount, row.turnover, row.balance) for row in firm.year_figures.all()] == [
        (Decimal("6.5"), 1_200_000, 800_000)
    ]


def test_a_size_is_taken_over_from_a_day_on_but_not_from_a_day_to_come(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    assert "Für Beihilfen gilt heute keine Größe." in adviser.get(page).content.decode()
    adviser.post(page, {"do": "figures", "figures-year": "2025", "figures-headcount": "30"})
    assert "Für Beihilfen gilt heute keine Größe." in adviser.get(page).content.decode()
    assert adviser.post(page, {"do": "settle", "settle-since": "2099-01-01"}).status_code == 422
    assert adviser.post(page, {"do": "settle", "settle-since": "2026-02-01"}).status_code == 302
    assert str(queries.known(firm, "size", clock.today()).valid_from) == "2026-02-01"
    assert "Geschäftsjahr 2025, übernommen ab 01.02.2026." in adviser.get(page).content.decode()


def test_in_words_the_codes_that_fit_are_offered_and_one_is_chosen(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    told = {"do": "activity", "activity-edition": "2025", "activity-since": "2026-01-01", "activity-code": "Bäckerei"}
    offered = adviser.post(page, told)
    assert offered.status_code == 422
    assert "10.71.0 Herstellung von Backwaren" in offered.content.decode()
    assert adviser.post(page, {**told, "activity-chosen": "62.10"}).status_code == 422
    assert adviser.post(page, {**told, "activity-chosen": "10.71.0"}).status_code == 302
    assert queries.known(firm, "wz", clock.today()).value == "10.71.0"
    nothing = adviser.post(page, {**told, "activity-code": "Qwertz"})
    assert "In dieser Ausgabe finden wir das nicht." in nothing.content.decode()


def test_an_old_code_is_taken_over_into_the_new_edition_where_there_is_one_for_one(adviser):
    firm = companies.find_or_create(name="Abelguss GmbH", by=BY)
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    told = {"do": "activity", "activity-edition": "2008", "activity-since": "2019-01-01"}
    adviser.post(page, {**told, "activity-code": "25.62"})
    assert "Neuen Code übernehmen" not in adviser.get(page).content.decode()
    adviser.post(page, {**told, "activity-since": "2020-01-01", "activity-code": "14.12.0"})
    shown = adviser.get(page).content.decode()
    assert "WZ 2008: 14.12.0 Herstellung von Arbeits- und Berufsbekleidung" in shown
    sent = {name: re.search(f'name="activity-{name}" value="([^"]+)"', shown)[1] for name in ("code", "since")}
    assert sent == {"code": "14.23.0", "since": "2025-01-01"}
    adviser.post(page, {"do": "activity", "activity-edition": "2025", **{f"activity-{n}": v for n, v in sent.items()}})
    fact = queries.known(firm, "wz", clock.today())
    assert (fact.value, fact.details) == ("14.23.0", {"edition": 2025})


def test_while_figures_of_the_owner_are_missing_no_size_is_taken_over_and_the_page_asks_for_them(adviser):
    firm, holding = (companies.find_or_create(name=name, by=BY) for name in ("Abelguss GmbH", "Abelholding GmbH"))
    page = reverse("desk:company_size", kwargs={"uuid": firm.uuid})
    actions.add_share(
        company=firm,
        direction="owner",
        kind="enterprise",
        percent=Decimal(60),
        other=holding,
        valid_from=JANUARY,
        by=BY,
    )
    adviser.post(page, {"do": "figures", "figures-year": "2025", "figures-headcount": "5"})
    given = {"name": "Konzern SE", "direction": "owner", "kind": "enterprise", "percent": "40"}
    adviser.post(
        page,
        {"do": "share", **{f"share-{key}": value for key, value in (given | {"valid_from": "2025-01-01"}).items()}},
    )
    shown = adviser.get(page).content.decode()
    assert "Das ist ein kleines oder mittleres Unternehmen" not in shown
    assert "Diese Größe übernehmen" not in shown
    assert "Zahlen von Konzern SE nachtragen" in shown
    assert reverse("desk:company_size", kwargs={"uuid": holding.uuid}) in shown
    refused = adviser.post(page, {"do": "settle"})
    assert (refused.status_code, "fehlen noch die Zahlen" in refused.content.decode()) == (422, True)
    told = {"do": "complete", "complete-share": str(Share.objects.get(name="Konzern SE").uuid)}
    assert adviser.post(page, {**told, "complete-headcount": ""}).status_code == 422
    assert adviser.post(page, {**told, "complete-headcount": "400"}).status_code == 302
    assert adviser.post(page, {**told, "complete-headcount": "4"}).status_code == 422
    sizes_of_holding = reverse("desk:company_size", kwargs={"uuid": holding.uuid})
    adviser.post(sizes_of_holding, {"do": "figures", "figures-year": "2025", "figures-headcount": "2"})
    assert adviser.post(page, {"do": "settle"}).status_code == 302
    assert queries.known(firm, "size", clock.today()).value == "medium"
