"""The plan behind its signed link: shown on GET, ticked off on POST, without an account."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.contact_point import BY
from tests.journey import builders
from wegweiser.catalogue.models import Entry
from wegweiser.companies.actions import erasures, merges, persons
from wegweiser.consortium.models import PartnerRole
from wegweiser.crossings import plans as crossing
from wegweiser.enquiries.models import FollowUp
from wegweiser.journey.actions import plans, readers
from wegweiser.journey.models import PlannedStep
from wegweiser.kernel import clock
from wegweiser.web.company import codes


@pytest.fixture
def reader(firm, jana):
    return readers.add(company=firm, person=jana, by=BY)


@pytest.fixture
def address(reader):
    return reverse("company:plan_link", kwargs={"token": crossing.secret(reader=reader, by=BY)})


@pytest.fixture
def step(firm):
    return plans.plan(company=firm, title="Fördermittel prüfen", due_on=dt.date(2026, 3, 4), note="bis Mai", by=BY)


def test_the_link_shows_the_plan_without_an_account(client, address, step):
    page = client.get(address).content.decode()
    assert "Fördermittel prüfen" in page
    assert "bis 04.03.2026" in page
    assert 'content="noindex"' in page


def test_opening_the_link_changes_nothing(client, address, step):
    client.get(address + f"?do=done&step={step.uuid}")
    assert PlannedStep.objects.get().done_at is None


def test_the_firm_ticks_off_and_takes_back(client, address, reader, step):
    client.post(address, {"do": "done", "step": step.uuid})
    assert PlannedStep.objects.get().done_by == f"link:{reader.uuid}"
    client.post(address, {"do": "reopen", "step": step.uuid})
    assert PlannedStep.objects.get().done_at is None


def test_what_the_centre_does_the_firm_does_not_tick_off(client, address, firm):
    ours = plans.plan(company=firm, title="Auswertung schicken", doer="centre", by=BY)
    assert 'value="done"' not in client.get(address).content.decode()
    client.post(address, {"do": "done", "step": ours.uuid})
    assert PlannedStep.objects.get().done_at is None


def test_a_page_from_before_says_why_a_proved_tick_stays(client, address, step, firm, world):
    client.post(address, {"do": "done", "step": step.uuid})
    proof = builders.step(firm, day=clock.today(), topic=world.topic, partner=world.lead)
    plans.tick_off(planned=step, step=proof, by=BY)
    page = client.post(address, {"do": "reopen", "step": step.uuid}, follow=True).content.decode()
    assert "gehört zu einem Termin mit uns" in page
    assert PlannedStep.objects.get().step == proof


NOTE = "Bemerkung zum Fahrplan „Fördermittel prüfen“: Geht erst im <Mai>."


def test_a_remark_on_what_was_dropped_meanwhile_is_not_lost(client, address, step):
    plans.drop(planned=step, reason="zu teuer", by=BY)
    sent = {"do": "remark", "step": step.uuid, "remark": "Doch, wir <wollen>!"}
    page = client.post(address, sent, follow=True).content.decode()
    assert "Das ist inzwischen gestrichen." in page
    assert "Ihr Text: „Doch, wir &lt;wollen&gt;!“" in page


def test_who_has_no_mail_address_is_offered_a_call(client, firm):
    type(firm).objects.filter(pk=firm.pk).update(email="")
    alone = readers.add(company=firm, by=BY)
    page = client.get(reverse("company:plan_link", kwargs={"token": crossing.secret(reader=alone, by=BY)}))
    assert "erinnern wir Sie am Telefon" in page.content.decode()


def test_a_remark_is_shown_and_waits_at_the_desk(client, address, step, world):
    client.post(address, {"do": "remark", "step": step.uuid, "remark": "Geht erst im <Mai>."})
    assert "Geht erst im &lt;Mai&gt;." in client.get(address).content.decode()
    client.post(address, {"do": "remark", "step": step.uuid, "remark": "Geht erst im <Mai>."})
    follow_up = FollowUp.objects.get()
    assert (follow_up.note, follow_up.partner) == (NOTE, world.lead)
    assert follow_up.due_on == clock.today()


@pytest.mark.parametrize("leads", [True, False])
def test_the_page_promises_that_somebody_sees_it_only_where_somebody_does(client, address, step, leads):
    if not leads:
        PartnerRole.objects.filter(kind=PartnerRole.Kind.LEAD).delete()
    for text in ("Ja", ""):
        sent = {"do": "remark", "step": step.uuid, "remark": text}
        page = client.post(address, sent, follow=True).content.decode()
        assert "Gespeichert." in page
        assert ("Ihre Ansprechperson sieht es heute." in page) == (leads and text == "Ja")


def test_a_tick_is_kept_where_nobody_leads(client, address, step):
    PartnerRole.objects.filter(kind=PartnerRole.Kind.LEAD).delete()
    answer = client.post(address, {"do": "done", "step": step.uuid}, follow=True)
    assert "Abgehakt: Fördermittel prüfen" in answer.content.decode()
    assert PlannedStep.objects.get().done_at is not None


def test_another_firm_s_step_is_not_there(client, address, other):
    foreign = plans.plan(company=other.firm, title="Fremd", by=BY)
    assert client.post(address, {"do": "done", "step": foreign.uuid}).status_code == 404
    assert client.post(address, {"do": "done", "step": "unsinn"}).status_code == 404
    assert PlannedStep.objects.get().done_at is None


def test_an_offer_of_the_catalogue_is_a_link(client, address, firm):
    entry = Entry.objects.get(slug="standort")
    plans.plan(company=firm, title="Check machen", entry=entry.uuid, by=BY)
    assert 'href="http://localhost:8000/checks/standort/"' in client.get(address).content.decode()


def test_the_paper_is_an_accessible_pdf(client, address, step):
    response = client.get(f"{address}fahrplan.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert b"pdfuaid" in response.content
    assert client.get(f"/en{address}fahrplan.pdf").content[:5] == b"%PDF-"


def test_who_was_erased_reads_nothing_any_more(client, address, jana):
    erasures.erase_person(person=jana, restrict=True, by=BY)
    assert client.get(address).status_code == 404
    assert client.get(f"{address}fahrplan.pdf").status_code == 404


def test_who_was_at_the_firm_by_mistake_reads_nothing_any_more(client, address, firm, jana, other):
    persons.move(person=jana, company=other.firm, instead_of=firm, by=BY)
    assert client.get(address).status_code == 404


def test_ended_links_open_nothing(client, address, firm):
    crossing.end_links(company=firm, by=BY)
    response = client.get(address)
    assert response.status_code == 404
    assert reverse("company:code") in response.content.decode()


def test_a_plan_with_nothing_in_it_leads_on(client, address):
    assert reverse("public:ask") in client.get(address).content.decode()


def test_who_asked_by_another_row_of_the_firm_finds_the_way_to_say_no(client, address, firm, jana):
    copy = builders.company("Oelmann Metall")
    readers.remind(reader=readers.add(company=copy, person=jana, by=BY), wanted=True, by=BY)
    assert 'value="quiet"' not in client.get(address).content.decode()
    merges.merge(loser=copy, survivor=firm, by=BY)
    assert 'value="quiet"' in client.get(address).content.decode()
    client.post(address, {"do": "quiet"})
    assert 'value="remind"' in client.get(address).content.decode()


def test_three_things_cost_as_many_queries_as_one(client, address, step, firm, django_assert_num_queries):
    entry = Entry.objects.get(slug="standort")
    plans.plan(company=firm, title="Check machen", entry=entry.uuid, by=BY)
    client.get(address)
    for number in range(2):
        with django_assert_num_queries(6):
            client.get(address)
        plans.plan(company=firm, title=f"mehr {number}", entry=entry.uuid, by=BY)


# --- Codes ---------------------------------------------------------------------------------------------------------


def test_a_code_opens_the_plan_once(client, reader, step):
    code = crossing.code(reader=reader, by=BY)
    first = client.post(reverse("company:code"), {"code": f" {code.lower().replace('-', ' ')} "})
    assert "Fördermittel prüfen" in client.get(first["Location"]).content.decode()
    again = client.post(reverse("company:code"), {"code": code})
    assert again.status_code == 422
    assert "gilt nicht mehr" in again.content.decode()


def test_who_guesses_codes_has_to_wait(client, world, monkeypatch):
    monkeypatch.setattr(codes, "TRIES", (1, 600))
    assert client.post(reverse("company:code"), {"code": "AAAA-AAAA"}).status_code == 422
    refused = client.post(reverse("company:code"), {"code": "BBBB-BBBB"})
    assert refused.status_code == 429
    assert re.fullmatch(r"\d+", refused["Retry-After"])
