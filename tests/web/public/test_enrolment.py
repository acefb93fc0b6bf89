"""From a date to the form that asks to take part, with the date in its text."""

import datetime as dt
import html

import pytest

from tests.web.public.test_enquiries import filled
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Entry
from wegweiser.catalogue.offers import Offer
from wegweiser.enquiries.models import Case
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated

from .conftest import BY

WAY = "/anliegen/?zu=auftraege"
TEXT = "Aufträge ohne Abtippen, Do, 12. März 2026, 10:00 bis 12:00 Uhr: Ich möchte teilnehmen."


def test_a_date_leads_to_the_form_with_its_name(client, world):
    assert f'href="{WAY}#senden"' in client.get("/veranstaltungen/auftraege/").text
    page = client.get(WAY)
    assert TEXT in html.unescape(page.text)
    assert "Anmelden oder fragen" in page.text
    assert "no-store" in page["Cache-Control"]
    assert client.post("/anliegen/senden/", filled(text=TEXT)).status_code == 302
    assert Case.objects.get().text.startswith("Aufträge ohne Abtippen, Do, 12. März 2026")


def test_the_date_stays_whatever_is_typed(client, world):
    page = client.get(WAY)
    assert 'name="about" value="auftraege"' in page.text
    told = filled(text="Wir kommen zu dritt, unser Server ist alt", about="auftraege")
    again = client.post("/anliegen/senden/", {**told, "name": ""})
    assert "Anmelden oder fragen" in again.text
    assert 'name="about" value="auftraege"' in again.text
    client.post("/anliegen/senden/", told)
    case, entry = Case.objects.get(), Entry.objects.get(slug="auftraege")
    assert case.text == "Aufträge ohne Abtippen, Do, 12. März 2026, 10:00 bis 12:00 Uhr:\n" + told["text"]
    assert (case.topic, case.partner) == (entry.topic_rows.first().topic, entry.partner)


@pytest.mark.parametrize("about", ["gibt-es-nicht", "x/../y", "<b>"])
def test_a_date_that_nobody_offers_changes_nothing(client, world, about):
    sent = client.post("/anliegen/senden/", filled(about=about))
    assert sent.status_code == 302
    assert Case.objects.get().text == filled()["text"]


def test_in_english(client, world):
    assert "Orders without retyping" in client.get(f"/en{WAY}").text
    assert "I would like to take part." in client.get(f"/en{WAY}").text


@pytest.mark.parametrize("what", ["unknown", "withdrawn", "over", "cancelled", "no date"])
def test_nobody_enrols_for_what_does_not_take_place(client, world, what):
    slug, moment = "auftraege", clock.now()
    match what:
        case "unknown":
            slug = "gibt-es-nicht"
        case "withdrawn":
            entries.withdraw(kind="event", slug=slug, by=BY)
        case "over":
            moment += dt.timedelta(days=30)
        case "cancelled":
            offer = Offer(
                kind="event",
                slug=slug,
                title=translated("Aufträge"),
                availability="off",
                starts_at=moment + dt.timedelta(days=3),
            )
            entries.publish(offer=offer, by=BY)
        case "no date":
            slug = Entry.objects.get(kind="check").slug
    with clock.stopped_at(moment):
        page = client.get(f"/anliegen/?zu={slug}")
        assert page.status_code == 200
        assert 'id="senden"' not in page.text
        assert 'id="neu"' in page.text
        if what in {"over", "cancelled"}:
            assert "?zu=" not in client.get(f"/veranstaltungen/{slug}/").text


def test_a_check_has_no_such_way(client, world):
    assert "?zu=" not in client.get("/checks/standort/").text


def test_the_address_of_the_status_page_can_be_kept(client, world):
    client.post("/anliegen/senden/", filled())
    page = client.post("/anliegen/senden/", filled(), follow=True)
    assert "data-ww-share=" in page.text
    assert "js/share" in page.text
    assert "nein, nicht nötig" in client.post("/anliegen/", {"text": "Auftrag abtippen"}).text
