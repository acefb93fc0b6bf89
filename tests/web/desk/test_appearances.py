"""Appearances at the desk: recorded on a phone, listed and taken along, apart in the report."""

import datetime as dt
import io
import uuid

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.contact_point import BY
from tests.web.desk import staff
from wegweiser.crossings import appearances
from wegweiser.events.actions.appearances import Said
from wegweiser.events.models import Appearance
from wegweiser.funding import queries, reports
from wegweiser.journey.models import Step
from wegweiser.kernel import clock

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path


def record(world, **changes):
    told = {"kind": "talk", "title": "Aufträge im Blick", "organiser": "Handwerkskammer", "day": clock.today()}
    told |= {"topic": world.topic, "partner": world.lead, "heads": 120, "firms": 40}
    return appearances.record(submission=uuid.uuid4(), said=Said(**{**told, **changes}), people=[world.anna], by=BY)


def filled(world, **changes):
    told = {"title": "Aufträge im Blick", "organiser": "Kammer", "kind": "talk", "day": str(clock.today())}
    told |= {"heads": "120", "topic": world.topic.pk, "partner": world.lead.pk, "people": [world.anna.pk]}
    return {**told, **changes}


def page(row):
    return reverse("desk:appearance", kwargs={"uuid": row.uuid})


def test_title_who_invited_and_a_head_count_are_enough(anna, world):
    answer = anna.post(reverse("desk:appearance_new"), filled(world), follow=True)
    row = Appearance.objects.get()
    assert answer.redirect_chain == [(page(row), 302)]
    assert (row.heads, row.firms, list(row.people.all())) == (120, None, [world.anna])


def test_a_proof_comes_with_the_form_and_is_saved_from_the_page(anna, world):
    flyer = SimpleUploadedFile("programm.pdf", PDF, "application/pdf")
    anna.post(reverse("desk:appearance_new"), filled(world, attached=flyer))
    row = Appearance.objects.get()
    shown = anna.get(page(row)).content.decode()
    upload = anna.get(page(row)).context["proofs"][0]
    address = reverse("desk:appearance_proof", kwargs={"uuid": row.uuid, "file": upload.uuid})
    assert address in shown
    assert anna.get(address).content == PDF


def test_a_mistake_says_to_choose_the_file_again(anna, world):
    flyer = SimpleUploadedFile("programm.pdf", PDF, "application/pdf")
    answer = anna.post(reverse("desk:appearance_new"), filled(world, heads="", attached=flyer))
    assert answer.status_code == 422
    assert "Bitte wählen Sie die Dateien noch einmal aus." in answer.content.decode()


def test_a_figure_is_put_right_with_a_reason(anna, world):
    row = record(world)
    given = {f"change-{name}": value for name, value in filled(world, organiser="Handwerkskammer", heads="12").items()}
    refused = anna.post(page(row), {**given, "do": "change"})
    assert refused.status_code == 422
    assert "Bitte schreiben Sie dazu, warum." in refused.content.decode()
    anna.post(page(row), {**given, "change-reason": "eine Null zu viel", "do": "change"})
    shown = anna.get(page(row)).content.decode()
    assert "eine Null zu viel" in shown
    row.refresh_from_db()
    assert row.heads == 12


def test_it_is_taken_back_with_a_reason_and_then_left_alone(anna, world):
    row = record(world)
    anna.post(page(row), {"do": "take_back", "back-reason": "fiel aus"})
    shown = anna.get(page(row)).content.decode()
    assert "Dieser Auftritt ist zurückgenommen." in shown
    assert "fiel aus" in shown
    assert anna.post(page(row), {"do": "take_back", "back-reason": "noch einmal"}).status_code == 404


def test_another_partners_appearance_does_not_exist(anna, world):
    row = record(world, partner=world.other)
    assert anna.get(page(row)).status_code == 404
    assert anna.get(reverse("desk:appearances")).context["reach"].appearances == 0
    refused = anna.post(reverse("desk:appearance_new"), filled(world, partner=world.other.pk))
    assert refused.status_code == 422


def test_the_management_records_for_every_partner(client, world):
    client.force_login(staff.hire("management", world.lead))
    client.post(reverse("desk:appearance_new"), filled(world, partner=world.other.pk, people=[world.ben.pk]))
    assert Appearance.objects.get().partner == world.other


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"q": "kammer"}, 1),
        ({"art": "stand"}, 1),
        ({"von": "2026-03-01"}, 1),
        ({"bis": "2026-02-28"}, 1),
        ({"thema": "netz"}, 2),
        ({"art": "unsinn", "von": "gestern", "thema": "?", "landkreis": "0"}, 2),
    ],
)
def test_the_list_and_its_sheet_hold_the_same(anna, world, asked, found):
    record(world)
    record(world, kind="stand", title="Retrofit", organiser="Messe", day=dt.date(2026, 2, 3), heads=30, firms=None)
    shown = anna.get(reverse("desk:appearances"), asked)
    book = openpyxl.load_workbook(io.BytesIO(anna.get(shown.context["download"]).content))
    titles = [row.value for row in book.active["C"]][1 : 1 + found]
    assert [line["row"].title for line in shown.context["rows"]] == titles
    assert shown.context["reach"].appearances == found


def test_what_was_taken_back_is_listed_and_not_added_up(anna, world):
    appearances.take_back(appearance=record(world), reason="fiel aus", by=BY)
    shown = anna.get(reverse("desk:appearances"))
    assert (len(shown.context["rows"]), shown.context["reach"].heads) == (1, 0)


def test_the_list_costs_the_same_however_long_it_is(anna, world):
    counts = []
    for more in (1, 3):
        for number in range(more):
            record(world, title=f"Vortrag {number}")
        anna.get(reverse("desk:appearances"))
        with CaptureQueriesContext(connection) as queries_made:
            anna.get(reverse("desk:appearances"))
        counts.append(len(queries_made))
    assert counts == [13, 13]


# --- The report ------------------------------------------------------------------------------------------------------


def test_reach_stands_apart_in_the_report_and_firms_reached_stay_what_they_were(anna, world):
    before = anna.get(reverse("desk:reports")).context["tiles"]
    record(world)
    answer = anna.get(reverse("desk:reports"))
    assert answer.context["tiles"] == before
    assert [(row["key"], row["actual"]) for row in answer.context["reach"]] == [("appearances", "1"), ("reach", "120")]
    page = answer.content.decode()
    assert "Im Publikum waren geschätzt 40 Betriebe." in page
    assert {row["key"] for row in answer.context["further"]} & {"reach", "appearances"} == set()


def test_without_an_appearance_the_report_has_no_such_heading(anna, world):
    assert 'id="h-reach"' not in anna.get(reverse("desk:reports")).content.decode()


def test_the_sheets_have_one_for_reach_and_the_evidence_names_it(world):
    row = record(world)
    book = openpyxl.load_workbook(io.BytesIO(reports.as_xlsx(queries.results(world.grant))))
    figures = {line[0].value: line[2].value for line in book["Reichweite"].iter_rows(min_row=2, max_row=3)}
    assert figures == {"Auftritte bei anderen": 1, "Publikum bei Auftritten": 120}
    usual = [line[0].value for line in book["Kennzahlen"].iter_rows(min_row=2)]
    assert "Publikum bei Auftritten" not in usual
    evidence = [(line[3].value, line[8].value) for line in book["Nachweise"].iter_rows(min_row=2)]
    assert evidence == [("Auftritt bei anderen", str(row.uuid))] * 2


def test_the_json_has_reach_as_an_indicator_of_its_own(world):
    record(world)
    told = {row["key"]: row["actual"] for row in queries.report(world.grant)["indicators"]}
    assert (told["companies_reached"], told["contacts"], told["appearances"], told["reach"]) == (0, 0, 1, 120)


def test_the_pdf_is_made_with_reach_and_without(world):
    assert reports.as_pdf(queries.results(world.grant)).startswith(b"%PDF")
    record(world)
    assert reports.as_pdf(queries.results(world.grant)).startswith(b"%PDF")


def test_the_evidence_leads_to_the_appearance_of_ones_own_partner(anna, world):
    own, other = record(world), record(world, partner=world.other)
    shown = anna.get(reverse("desk:evidence"), {"kennzahl": "reach"}).content.decode()
    assert page(own) in shown
    assert page(other) not in shown


def test_the_evidence_of_reach_adds_up(anna, world):
    record(world, heads=1200)
    record(world, heads=30, firms=None)
    shown = anna.get(reverse("desk:evidence"), {"kennzahl": "reach"}).content.decode()
    assert "Die Zahl 1.230 beruht auf diesen 2 Einträgen" in shown
    assert "1.200 Menschen im Publikum" in shown
    assert "30 Menschen im Publikum" in shown


def test_large_numbers_are_read_as_in_the_report(anna, world):
    row = record(world, heads=10_000)
    for address in (page(row), reverse("desk:appearances")):
        assert ">10.000<" in anna.get(address).content.decode()


def test_what_was_taken_back_asks_for_no_proof(anna, world):
    row = record(world)
    assert "Zählt als Reichweite" in anna.get(page(row)).content.decode()
    appearances.take_back(appearance=row, reason="Doppelt", by=BY)
    shown = anna.get(page(row)).content.decode()
    assert "Zählt als Reichweite" not in shown
    assert "Nachweis hochladen" not in shown


def test_a_file_that_may_do_harm_is_not_taken_and_nobody_speaks_of_sending(anna, world):
    row = record(world)
    harmful = SimpleUploadedFile("start.exe", b"MZ bad", "application/octet-stream")
    shown = anna.post(page(row), {"do": "prove", "attached": harmful}).content.decode()
    assert "Dateien dieser Art nehmen wir nicht an" in shown
    assert "Dateien anhängen" not in shown


def test_the_page_of_its_step_leads_to_it(anna, world):
    row = record(world)
    answer = anna.get(reverse("desk:step", kwargs={"uuid": Step.objects.get().uuid}))
    assert answer["Location"] == page(row)
