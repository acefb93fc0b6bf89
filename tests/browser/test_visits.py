"""A visit where there is no network: the sheet opens, what is written down stays, and goes once, when there is one."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.test_path import BY, adviser_of, log_in
from wegweiser.consortium import queries
from wegweiser.consortium.models import Topic
from wegweiser.crossings import firms
from wegweiser.enquiries.actions import appointments, cases
from wegweiser.enquiries.models import Contribution
from wegweiser.kernel import clock


@pytest.fixture
def centre(model_centre):
    return model_centre


def arranged(adviser, partner, number):
    """A visit two hours ago that nobody wrote down yet."""
    case, _fresh = cases.open(
        submission=uuid.UUID(int=number),
        text="Keiner weiß, welche Maschine gerade steht.",
        name=f"Petra Müller {number}",
        phone="0391 4090123",
        firm=f"Krause Frästechnik {number} GmbH",
        intake="web",
        topic=Topic.objects.first(),
        partner=partner,
        answer_by=clock.today(),
        by=BY,
    )
    firms.link(case=case, by=BY)
    start = clock.now() - dt.timedelta(hours=2)
    return appointments.arrange(case=case, member=adviser, kind="visit", starts_at=start, by=BY)[0]


def write_down(page, text):
    page.get_by_label("Minuten").fill("45")
    page.get_by_label("Worum ging es?").fill(text)
    page.get_by_label("Was ist vereinbart?").fill("Angebot bis Freitag")
    page.get_by_role("button", name="Festhalten", exact=True).click()


def open_and_keep(page, date):
    page.goto(reverse("desk:visit", kwargs={"uuid": date.uuid}))
    expect(page.locator("html")).to_have_attribute("data-ww-kept", "")


def test_a_visit_without_a_network_is_written_down_and_goes_once(page, axe, centre, complaints):
    partner = queries.lead()
    adviser = adviser_of(partner)
    first, second = (arranged(adviser, partner, number) for number in (1, 2))
    log_in(page, adviser)
    open_and_keep(page, second)
    open_and_keep(page, first)
    axe(page)

    page.context.set_offline(True)
    page.reload()  # the worker answers
    expect(page.get_by_role("heading", name="Krause Frästechnik 1 GmbH")).to_be_visible()
    write_down(page, "Scanner am Wareneingang")
    waiting = page.locator("[data-ww-outbox]")
    expect(waiting.get_by_text("Auf diesem Gerät gespeichert.")).to_be_visible()
    page.reload()  # closing the page loses nothing
    expect(waiting.get_by_text("Scanner am Wareneingang")).to_be_visible()
    page.goto(reverse("desk:visit", kwargs={"uuid": second.uuid}))
    write_down(page, "Etikettendrucker")
    expect(waiting.locator("article")).to_have_count(2)
    assert not Contribution.objects.filter(kind="visit").exists()

    # A colleague writes the second one down meanwhile: that is shown, and the text stays until somebody decides.
    second.refresh_from_db()
    cases.log(case=second.case, member=adviser, kind="visit", day=clock.today(), minutes=9, appointment=second, by=BY)
    page.context.set_offline(False)
    expect(waiting.get_by_text("Gesendet: Krause Frästechnik 1 GmbH")).to_be_visible()
    expect(waiting.get_by_text("Dieser Termin ist schon festgehalten oder abgesagt.")).to_be_visible()
    row = Contribution.objects.get(text__startswith="Scanner")
    assert (row.minutes, row.appointment) == (45, first)
    waiting.get_by_role("button", name="Als weiteres Gespräch festhalten").click()
    expect(waiting.locator("article")).to_have_count(0)
    assert Contribution.objects.filter(case=second.case, text__startswith="Etikettendrucker").count() == 1
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft')).length") == 0

    # Without a login nothing goes out and nothing is lost; logging out empties the device.
    third = arranged(adviser, partner, 3)
    open_and_keep(page, third)
    page.context.set_offline(True)
    write_down(page, "Prüfmittel")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(waiting.get_by_text("Sie sind nicht mehr eingeloggt.")).to_be_visible()
    page.context.add_cookies(cookies)
    page.goto(reverse("account_logout"))
    expect(page.get_by_text("wartet noch etwas, das nicht gesendet ist")).to_be_visible()
    page.get_by_role("link", name="Erst ansehen").click()
    expect(page.get_by_text("Gesendet: Krause Frästechnik 3 GmbH")).to_be_visible()
    assert Contribution.objects.filter(case=third.case).count() == 1
    page.goto(reverse("account_logout"))
    page.locator("form[data-ww-visits-leave] button").click()
    page.wait_for_url("**/")
    assert page.evaluate("caches.has('ww-visits')") is False
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('ww-visits'))") == []
    # The browser tells of each request that found no network, of the refusal and of the way to the login page.
    assert all("Failed to load resource" in line for line in complaints)
    complaints.clear()


def test_two_visits_on_one_kept_sheet_of_a_firm_are_two(page, centre, complaints):
    adviser = adviser_of(queries.lead())
    firm = arranged(adviser, queries.lead(), 4).case.company
    log_in(page, adviser)
    page.goto(reverse("desk:firm_visit", kwargs={"uuid": firm.uuid}))
    expect(page.locator("html")).to_have_attribute("data-ww-kept", "")
    page.context.set_offline(True)
    waiting = page.locator("[data-ww-outbox]")
    for number, text in enumerate(("Erster Besuch", "Zweiter Besuch"), start=1):
        page.reload()
        expect(page.get_by_label("Worum ging es?")).to_have_value("")
        if number == 1:
            page.get_by_label("Thema").select_option(index=1)
        write_down(page, text)
        expect(waiting.locator("article")).to_have_count(number)
    page.context.set_offline(False)
    expect(waiting.locator("article")).to_have_count(1)

    # The second lacks a topic: it is put right where it was written, and is not there twice.
    expect(waiting.get_by_text("braucht es ein Thema")).to_be_visible()
    page.goto(reverse("desk:firm_visit", kwargs={"uuid": firm.uuid}))
    expect(page.get_by_label("Worum ging es?")).to_have_value("Zweiter Besuch")
    page.get_by_label("Thema").select_option(index=1)
    page.get_by_role("button", name="Festhalten", exact=True).click()
    page.wait_for_url("**/anliegen/**")
    written = Contribution.objects.filter(text__contains="Besuch").values_list("text", flat=True)
    assert sorted(text.splitlines()[0] for text in written) == ["Erster Besuch", "Zweiter Besuch"]
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft')).length") == 0
    complaints.clear()  # the browser tells of each request that found no network, and of the refusal


def test_what_is_half_written_stays_when_the_visit_before_arrives(page, centre, complaints):
    adviser = adviser_of(queries.lead())
    firm = arranged(adviser, queries.lead(), 5).case.company
    log_in(page, adviser)
    page.goto(reverse("desk:firm_visit", kwargs={"uuid": firm.uuid}))
    expect(page.locator("html")).to_have_attribute("data-ww-kept", "")
    page.context.set_offline(True)
    waiting = page.locator("[data-ww-outbox]")
    page.reload()
    page.get_by_label("Thema").select_option(index=1)
    write_down(page, "Erster Besuch")
    expect(waiting.locator("article")).to_have_count(1)
    page.reload()
    page.locator("details").filter(has=page.locator("[data-ww-visit-log]")).first.evaluate("one => one.open = true")
    page.get_by_label("Worum ging es?").fill("Zweiter Besuch, halb")
    page.context.set_offline(False)
    expect(waiting.locator("article")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Worum ging es?")).to_have_value("Zweiter Besuch, halb")
    complaints.clear()
