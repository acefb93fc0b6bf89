"""The page about suggestions, for the management."""

import datetime as dt
import io

import openpyxl
import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import Role
from wegweiser.enquiries.actions import cases
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated

URL = "/desk/anliegen/vorschlaege/"


@pytest.fixture
def head(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    said = {"topics": [{"slug": world.topic.slug, "score": 0.8}], "offers": [], "in_scope": True}
    for text in ("Eine Drohne fürs Dach", "Drohne mit Kamera"):
        case = contact_point.case(world.other, text=text, topic=world.topic, suggested=said)
        cases.hand_over(case=case, partner=world.lead, note="Bitte.", by=BY)
    return client


def test_gaps_lead_to_their_cases_by_topic_and_by_word(head, world):
    page = head.get(URL)
    text = page.content.decode()
    assert [group["title"] for group in page.context["gaps"]] == ["Vernetzung"]
    assert [word["label"] for word in page.context["words"]] == ["Drohne"]
    assert all(head.get(row["href"]).status_code == 200 for row in page.context["gaps"][0]["rows"])
    assert "Eine Drohne fürs Dach" in text


def test_what_belongs_to_no_topic_of_ours_or_went_elsewhere_stands_apart(head, world):
    offer = {"kind": "check", "slug": "x"}
    foreign = {"topics": [], "offers": [], "in_scope": False}
    contact_point.case(world.lead, text="Eine größere Halle", topic=world.topic, suggested=foreign)
    fitted = {"topics": [{"slug": world.topic.slug}], "offers": [offer], "in_scope": True}
    referred = contact_point.case(world.lead, text="Ein Zoll", topic=world.topic, suggested=fitted)
    cases.close(case=referred, outcome="referred", by=BY)
    groups = [(group["title"], group["count"]) for group in head.get(URL).context["gaps"]]
    assert groups == [("Vernetzung", 2), ("Passt zu keinem unserer Themen", 1), ("Weitervermittelt", 1)]
    book = openpyxl.load_workbook(io.BytesIO(head.get(f"{URL}laden/").content))
    topics = [row[2] for row in book["Nichts Passendes"].iter_rows(min_row=2, values_only=True)]
    assert topics == ["Vernetzung", "Vernetzung", "", ""]


def test_an_answer_without_an_offer_lowers_the_share_and_the_page_says_what_it_counts(head, world):
    shown = entries.publish(offer=Offer(kind="check", slug="x", title=translated("x")), by=BY)
    fitted = {"topics": [{"slug": world.topic.slug}], "offers": [{"kind": "check", "slug": "x"}], "in_scope": True}
    for given in ([shown.uuid], []):
        case = contact_point.case(world.lead, text="Messen", topic=world.topic, suggested=fitted)
        cases.answer(case=case, member=world.anna, text="Gern", offers=given, by=BY)
    page = head.get(URL)
    tile = page.context["tiles"][2]
    assert (tile["value"], tile["of"]) == ("50\N{NO-BREAK SPACE}%", "1 von 2, 1 ohne Angebot beantwortet")
    assert "oder ohne Angebot geantwortet hat, hat keines übernommen" in page.text


def test_moves_stand_from_partner_to_partner(head):
    assert head.get(URL).context["matrix"] == [["Lead", "–", "–"], ["Other", "2", "–"]]


def test_the_workbook_holds_the_tables_and_no_word_of_an_enquirer(head):
    book = openpyxl.load_workbook(io.BytesIO(head.get(f"{URL}laden/").content))
    assert book.sheetnames == ["Nach Monat", "Weitergaben", "Nichts Passendes"]
    assert [cell.value for cell in book["Weitergaben"][2]] == ["Other", "Lead", 2]
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row]
    assert not any("Drohne" in cell for cell in cells)
    assert "Monat" in head.get(f"{URL}laden/", {"datei": "csv"}).content.decode("utf-8-sig")


def test_no_month_is_left_out(head, world):
    said = {"topics": [{"slug": world.topic.slug, "score": 0.8}], "offers": [], "in_scope": True}
    with clock.stopped_at(MONDAY - dt.timedelta(days=40)):
        contact_point.case(world.other, suggested=said)
    months = head.get(URL).context["months"]
    assert [row[:2] for row in months] == [["Januar 2026", "1"], ["Februar 2026", "0"], ["März 2026", "2"]]


def test_an_adviser_does_not_see_it(anna):
    assert anna.get(URL).status_code == 403
    assert "Treffer der Vorschläge" not in anna.get("/desk/anliegen/").content.decode()
