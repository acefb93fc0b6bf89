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


HALL = "**/besuche/stand/"  # what a device asks before it sends: in a hall whose Wi-Fi leads nowhere it gets no answer


def test_in_a_hall_with_a_dead_network_it_is_tried_again_by_itself(page, centre, complaints):
    """The device takes itself for online all the time: nothing tells the page that there is a network again."""
    date = arranged(adviser_of(queries.lead()), queries.lead(), 6)
    log_in(page, date.member)
    page.clock.install()
    open_and_keep(page, date)
    page.route(HALL, lambda route: route.abort())
    write_down(page, "Scanner am Wareneingang")
    waiting = page.locator("[data-ww-outbox]")
    expect(waiting.get_by_text("Auf diesem Gerät gespeichert.")).to_be_visible()
    waiting.get_by_role("button", name="Verwerfen", exact=True).click()
    page.clock.run_for(25_000)
    expect(waiting.get_by_role("button", name="Wirklich verwerfen")).to_be_visible()  # a try takes nothing out of hand
    page.unroute(HALL)
    page.clock.run_for(25_000)
    expect(page.get_by_text("Gesendet: Krause Frästechnik 6 GmbH")).to_be_visible()
    assert Contribution.objects.get(kind="visit").text.startswith("Scanner")
    complaints.clear()  # the browser tells of each request that got no answer


def test_who_comes_back_to_the_page_finds_it_sent(page, centre, complaints):
    date = arranged(adviser_of(queries.lead()), queries.lead(), 7)
    log_in(page, date.member)
    open_and_keep(page, date)
    page.route(HALL, lambda route: route.abort())
    write_down(page, "Scanner am Wareneingang")
    expect(page.locator("[data-ww-outbox]").get_by_text("Auf diesem Gerät gespeichert.")).to_be_visible()
    page.unroute(HALL)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Gesendet: Krause Frästechnik 7 GmbH")).to_be_visible()
    complaints.clear()


def test_what_is_written_down_while_another_is_sent_goes_right_after_it(page, centre, complaints):
    partner, adviser = queries.lead(), adviser_of(queries.lead())
    first, second = (arranged(adviser, partner, number) for number in (8, 9))
    log_in(page, adviser)
    open_and_keep(page, first)
    page.route(HALL, lambda route: route.abort())
    write_down(page, "Erster Besuch")
    expect(page.locator("[data-ww-outbox]").get_by_text("Auf diesem Gerät gespeichert.")).to_be_visible()
    page.unroute(HALL)
    held = []
    page.route(HALL, lambda route: route.fallback() if held else held.append(route))
    page.goto(reverse("desk:visit", kwargs={"uuid": second.uuid}))  # the first is being sent
    write_down(page, "Zweiter Besuch")
    expect(page.locator("[data-ww-outbox] article")).to_have_count(2)
    held[0].fallback()
    page.wait_for_url("**/anliegen/**")
    assert Contribution.objects.filter(kind="visit").count() == 2
    complaints.clear()


NO_ROOM = "Storage.prototype.setItem = () => { throw new DOMException('no room', 'QuotaExceededError') }"


def test_a_device_that_can_keep_nothing_says_so_and_loses_no_word(page, centre, complaints):
    date = arranged(adviser_of(queries.lead()), queries.lead(), 10)
    log_in(page, date.member)
    page.add_init_script(NO_ROOM)
    page.goto(reverse("desk:visit", kwargs={"uuid": date.uuid}))
    page.route(HALL, lambda route: route.abort())
    button = page.get_by_role("button", name="Festhalten", exact=True)
    with page.expect_event("requestfailed"):
        write_down(page, "Scanner am Wareneingang")
    told = page.locator("[data-ww-visit-log]").get_by_text("Dieses Gerät kann nichts aufbewahren")
    expect(told).to_be_visible()
    expect(button).to_be_enabled()
    expect(page.get_by_label("Worum ging es?")).to_have_value("Scanner am Wareneingang")
    page.unroute(HALL)
    page.route(f"**{reverse('desk:visit', kwargs={'uuid': date.uuid})}", lambda route: (route.fetch(), route.abort()))
    with page.expect_event("requestfailed"):
        button.click()  # it arrives, and the answer does not
    expect(button).to_be_enabled()
    page.unroute_all()
    button.click()
    page.wait_for_url("**/anliegen/**")
    assert Contribution.objects.get(kind="visit").text.startswith("Scanner")
    complaints.clear()


def test_what_is_refused_is_told_where_nothing_can_be_kept(page, centre, complaints):
    date = arranged(adviser_of(queries.lead()), queries.lead(), 11)
    log_in(page, date.member)
    page.add_init_script(NO_ROOM)
    page.goto(reverse("desk:visit", kwargs={"uuid": date.uuid}))
    cases.log(case=date.case, member=date.member, kind="visit", day=clock.today(), minutes=9, appointment=date, by=BY)
    write_down(page, "Scanner am Wareneingang")
    expect(page.locator("[data-ww-visit-log]").get_by_text("schon festgehalten oder abgesagt")).to_be_visible()
    expect(page.get_by_label("Worum ging es?")).to_have_value("Scanner am Wareneingang")
    complaints.clear()


def test_what_was_begun_stays_and_is_found_days_later(page, axe, centre, complaints):
    date = arranged(adviser_of(queries.lead()), queries.lead(), 12)
    log_in(page, date.member)
    open_and_keep(page, date)
    page.get_by_label("Worum ging es?").fill("Halle 2, drei Pressen, ")
    times = "Object.entries(JSON.parse(localStorage['ww-visits-times']))"
    days = f"JSON.stringify(Object.fromEntries({times}.map(([a, t]) => [a, t - 4 * 864e5])))"
    page.evaluate(f"localStorage['ww-visits-times'] = {days}")
    page.goto(reverse("desk:visits"))
    expect(page.locator("html")).to_have_attribute("data-ww-kept", "")
    begun = page.locator("[data-ww-drafts]")
    expect(begun.get_by_role("heading", name="Krause Frästechnik 12 GmbH")).to_be_visible()
    expect(begun.get_by_text("Halle 2, drei Pressen,")).to_be_visible()
    axe(page)
    page.goto(reverse("account_logout"))
    expect(page.get_by_text("wartet noch etwas, das nicht gesendet ist")).to_be_visible()
    page.get_by_role("link", name="Erst ansehen").click()
    begun.get_by_role("link", name="Weiterschreiben").click()
    expect(page.get_by_label("Worum ging es?")).to_have_value("Halle 2, drei Pressen, ")
    expect(begun).to_be_hidden()  # it is what one writes on
    page.goto(reverse("desk:visits"))
    begun.get_by_role("button", name="Verwerfen", exact=True).click()
    begun.get_by_role("button", name="Wirklich verwerfen").click()
    expect(begun).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft')).length") == 0


def test_what_nobody_goes_on_with_leaves_the_device_whoever_began_it(page, centre, complaints):
    date = arranged(adviser_of(queries.lead()), queries.lead(), 12)
    log_in(page, date.member)
    open_and_keep(page, date)
    drafts = {"new": ["me", 29], "old": ["me", 31], "theirs": ["somebody", 31], "undated": ["me", None]}
    page.evaluate(
        """drafts => Object.entries(drafts).forEach(([name, [login, days]]) => localStorage.setItem(
          `ww-visits-draft:/${name}/`,
          JSON.stringify({ login, fields: [], ...(days === null ? {} : { at: Date.now() - days * 864e5 }) })))""",
        drafts,
    )
    page.goto(reverse("desk:visits"))
    expect(page.locator("html")).to_have_attribute("data-ww-kept", "")
    left = page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft')).sort()")
    assert left == ["ww-visits-draft:/new/", "ww-visits-draft:/undated/"]
    assert page.evaluate("JSON.parse(localStorage['ww-visits-draft:/undated/']).at") is not None


def test_a_server_that_takes_nothing_is_named(page, centre, complaints):
    date = arranged(adviser_of(queries.lead()), queries.lead(), 13)
    log_in(page, date.member)
    page.clock.install()
    open_and_keep(page, date)
    sheet = f"**{reverse('desk:visit', kwargs={'uuid': date.uuid})}"
    page.route(sheet, lambda route: route.fulfill(status=500, body=""))
    write_down(page, "Scanner am Wareneingang")
    waiting = page.locator("[data-ww-outbox]")
    expect(waiting.get_by_text("Auf diesem Gerät gespeichert.")).to_be_visible()
    for _ in range(2):
        with page.expect_response(lambda answer: answer.status == 500):
            page.clock.run_for(21_000)
    expect(waiting.get_by_text("Der Server nimmt es gerade nicht an.")).to_be_visible()
    page.unroute(sheet)
    page.clock.run_for(25_000)
    expect(page.get_by_text("Gesendet: Krause Frästechnik 13 GmbH")).to_be_visible()
    complaints.clear()  # the browser tells of each refusal
