"""The page about suggestions, for the management."""

import datetime as dt
import io

import openpyxl
import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from wegweiser.catalogue import matches
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import Role
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Outcome
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated

URL = "/desk/anliegen/vorschlaege/"


@pytest.fixture
def head(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    for text in ("Eine Drohne für den Scanner der Druckmaschine", "Drohne mit Kamera an der Druckmaschine"):
        case = asked(world, text)
        cases.hand_over(case=case, partner=world.lead, topic=world.topic, note="Bitte.", by=BY)
        cases.close(case=case, outcome=Outcome.NOTHING_OF_OURS, by=BY)
    return client


def asked(world, text, partner=None):
    """A question that came in at the page, with what the real matching says of it."""
    found = matches.match(text)
    assert found.in_scope
    assert found.offers
    said = found.as_document(text)
    return contact_point.case(partner or world.other, text=text, topic=world.topic, suggested=said)


def test_gaps_lead_to_their_cases_by_topic_and_by_word(head, world):
    page = head.get(URL)
    text = page.content.decode()
    assert page.context["total"].gaps == 2
    assert [group["title"] for group in page.context["gaps"]] == ["Vernetzung"]
    assert [word["label"] for word in page.context["words"]] == ["Drohne", "Druckmaschine"]
    assert all(head.get(row["href"]).status_code == 200 for row in page.context["gaps"][0]["rows"])
    assert "Eine Drohne für den Scanner der Druckmaschine" in text


def test_what_was_answered_without_any_of_our_offers_stands_by_topic_with_links(head, world):
    case = asked(world, "Wer repariert unsere Spülmaschine?", world.lead)
    cases.answer(case=case, member=world.anna, text="Der Hersteller.", by=BY)
    page = head.get(URL)
    assert (page.context["total"].gaps, page.context["total"].without_ours) == (2, 1)
    (group,) = page.context["without"]
    assert (group["title"], group["count"]) == ("Vernetzung", 1)
    assert head.get(group["rows"][0]["href"]).status_code == 200
    assert "Wer repariert unsere Spülmaschine?" in page.text
    book = openpyxl.load_workbook(io.BytesIO(head.get(f"{URL}laden/").content))
    rows = list(book["Ohne unser Angebot"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[2]) for row in rows] == [(case.reference, "Vernetzung")]


def test_the_page_never_says_that_everything_fitted(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    asked(world, "Wer repariert unsere Spülmaschine?", world.lead)
    page = client.get(URL)
    assert page.context["total"].gaps == 0
    assert "etwas Passendes" not in page.text
    assert "keine Lücke" not in page.text
    assert "Vorgeschlagen wird immer das Nächstliegende" in page.text


def test_an_adviser_says_at_the_end_that_we_have_nothing(client, anna, world):
    case = asked(world, "Wer repariert unsere Spülmaschine?", world.lead)
    cases.take(case=case, member=world.anna, by=BY)
    page = f"/desk/anliegen/{case.uuid}/"
    assert "dafür haben wir nichts" in anna.get(page).text
    anna.post(page, {"do": "close", "close-outcome": "nothing"})
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    (group,) = client.get(URL).context["gaps"]
    assert [str(row["reason"]) for row in group["rows"]] == ["dafür haben wir nichts"]


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
    assert book.sheetnames == ["Nach Monat", "Weitergaben", "Nichts Passendes", "Ohne unser Angebot"]
    assert [cell.value for cell in book["Weitergaben"][2]] == ["Other", "Lead", 2]
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row]
    assert not any("Drohne" in cell for cell in cells)
    assert "Monat" in head.get(f"{URL}laden/", {"datei": "csv"}).content.decode("utf-8-sig")


def test_no_month_is_left_out(head, world):
    with clock.stopped_at(MONDAY - dt.timedelta(days=40)):
        asked(world, "Wer repariert unsere Spülmaschine?")
    months = head.get(URL).context["months"]
    assert [row[:2] for row in months] == [["Januar 2026", "1"], ["Februar 2026", "0"], ["März 2026", "2"]]


def test_an_adviser_does_not_see_it(anna):
    assert anna.get(URL).status_code == 403
    assert "Treffer der Vorschläge" not in anna.get("/desk/anliegen/").content.decode()
