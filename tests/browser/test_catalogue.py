"""A newcomer finds in three clicks what they came for; with a keyboard, on a phone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from wegweiser.catalogue.models import Entry, Kind
from wegweiser.kernel import clock


@pytest.fixture
def site(page: Page, model_centre) -> Page:
    page.goto("/")
    return page


def open_menu(page: Page, name: str) -> None:
    page.locator("header").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("load")  # what is typed before the scripts are there searches nothing by itself


def test_who_helps_with_a_hacked_mailbox(site, axe):
    site.get_by_label("Wo hakt es im Betrieb?").fill("Unser Postfach wurde gehackt, Kunden bekommen Mails von uns")
    site.get_by_role("button", name="Passende Hilfe finden").click()
    person = site.get_by_role("region", name="Ihre Ansprechperson")
    expect(person.get_by_role("link", name=re.compile(r"^\+49"))).to_be_visible()
    open_menu(site, "Angebote")
    site.get_by_label("Wonach suchen Sie?").press_sequentially("postfach gehackt")
    site.get_by_role("link", name="Postfach gehackt: die ersten zwei Stunden").click()
    expect(site.get_by_role("link", name="Dr. Yasemin Aksoy-Hartwig")).to_be_visible()
    axe(site)


def test_the_next_date_near_stendal(site, axe):
    """Three: the menu, the place, and the date itself."""
    open_menu(site, "Termine")
    axe(site)
    place = site.get_by_label("Ort oder Postleitzahl")
    place.click()
    place.fill("39576")
    place.press("Enter")
    expect(site.get_by_role("link", name="bis 50 km um Stendal entfernen")).to_be_visible()
    expect(site).to_have_url(re.compile(r"\?ort=39576$"))
    axe(site)
    first = site.locator("#treffer h3").first
    there = Entry.objects.filter(kind=Kind.EVENT, district__key="stendal", starts_at__gt=clock.now())
    expect(first).to_have_text(str(there.order_by("starts_at").first()))
    site.reload()  # what was narrowed is in the address
    expect(place).to_have_value("39576")
    first.get_by_role("link").click()
    expect(site.get_by_role("heading", level=1)).to_have_text(str(there.order_by("starts_at").first()))


def test_a_radius_and_a_district_narrow_further(site):
    site.goto("/veranstaltungen/?ort=Stendal")
    site.get_by_role("link", name="100 km").click()
    expect(site.get_by_role("link", name="bis 100 km um Stendal entfernen")).to_be_visible()
    site.locator("summary", has_text="Eingrenzen").click()
    site.get_by_label("Landkreis").select_option(label="Stendal (1)")
    expect(site.get_by_role("status")).to_have_text("1 Treffer")
    expect(site).to_have_url(re.compile(r"ort=Stendal&umkreis=100"))


def test_the_device_says_where_it_is_only_on_a_tap(site):
    site.context.grant_permissions(["geolocation"])
    site.context.set_geolocation({"latitude": 52.60689, "longitude": 11.85871})
    open_menu(site, "Termine")
    assert "ort=" not in site.url
    site.get_by_role("button", name="Meinen Standort nehmen").click()
    expect(site.get_by_role("link", name="bis 50 km um Ihren Standort entfernen")).to_be_visible()
    assert "52.61" in site.url
    assert "52.606" not in site.url


def test_a_device_that_does_not_say_leaves_the_field(site):
    site.context.clear_permissions()
    open_menu(site, "Termine")
    site.get_by_role("button", name="Meinen Standort nehmen").click()
    expect(site.get_by_text("Ihr Gerät hat keinen Standort gesagt.")).to_be_visible()


def test_what_the_centre_has_achieved(site, axe):
    open_menu(site, "Das haben wir erreicht")
    expect(site.get_by_role("heading", level=1)).to_have_text("Das haben wir erreicht")
    axe(site)


def test_a_story_from_a_joinery(site, axe):
    open_menu(site, "Praxisbeispiele")
    axe(site)
    site.get_by_label("Wonach suchen Sie?").press_sequentially("Tischlerei")
    expect(site).to_have_url(re.compile("q=Tischlerei"))  # the last answer is there: none takes the link away any more
    expect(site.locator(".ww-story")).to_have_count(1)
    site.get_by_role("link", name="Treppe zum Selberplanen").click()
    expect(site.get_by_role("heading", level=1)).to_have_text("Treppe zum Selberplanen")
    axe(site)


def test_a_filter_keeps_the_keyboard_where_it_was(site):
    open_menu(site, "Angebote")
    site.locator("summary", has_text="Eingrenzen").click()
    choice = site.get_by_label("Was?")
    choice.focus()
    choice.select_option("check")
    expect(site.get_by_role("status")).to_have_text("9 Treffer")
    expect(site.get_by_label("Was?")).to_be_focused()
    site.get_by_role("link", name="Check entfernen").click()
    expect(site.get_by_label("Was?")).to_have_value("")


def test_a_swap_shows_what_a_fresh_page_shows(site):
    open_menu(site, "Angebote")
    site.get_by_label("Wonach suchen Sie?").press_sequentially("maschine")
    expect(site).to_have_url(re.compile("q=maschine"))
    expect(site.locator("#liste.htmx-request, .htmx-request #liste")).to_have_count(0)
    swapped = site.locator("#liste").inner_text()
    site.reload()
    assert site.locator("#liste").inner_text() == swapped


def test_nothing_found_leads_to_a_person(site, axe):
    site.goto("/angebote/?q=xyzzyqwx")
    expect(site.get_by_role("heading", name="Dazu steht hier gerade nichts")).to_be_visible()
    expect(site.get_by_role("link", name="Frage stellen")).to_be_visible()
    axe(site)


def test_the_search_without_javascript(browser, live_server, model_centre):
    context = browser.new_context(base_url=live_server.url, locale="de-DE", java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/angebote/")
    plain.get_by_label("Wonach suchen Sie?").fill("Datensicherung")
    plain.get_by_role("button", name="Finden").click()
    expect(plain.get_by_role("link", name="Datensicherung in vier Regeln")).to_be_visible()
    context.close()


def test_pages_of_the_model_centre_have_no_barriers(page, axe, model_centre):
    for path in (
        *("/themen/", "/partner/", "/partner/fraunhofer-iff/", "/ansprechpersonen/", "/leitfaeden/", "/videos/"),
        *("/aktuelles/", "/foerderprogramme/", "/foerderprogramme/weiterbildung-digital-demo/", "/demonstratoren/"),
        *("/checks/", "/videos/rundgang-lernfabrik/", "/en/angebote/"),
    ):
        page.goto(path)
        axe(page)


def test_on_a_phone_the_results_come_into_view_only_when_asked_for(site):
    site.set_viewport_size({"width": 360, "height": 640})
    site.goto("/angebote/")
    status = site.get_by_role("status").last
    site.get_by_label("Wonach suchen Sie?").press_sequentially("tischlerei")
    expect(site).to_have_url(re.compile("q=tischlerei$"))
    assert site.evaluate("window.scrollY") == 0
    site.get_by_role("button", name="Finden").click()
    expect(status).to_be_in_viewport()
    expect(site.locator("#treffer article").first).to_be_in_viewport()
    site.goto("/angebote/")
    site.locator(".ww-map__list a", has_text="Stendal").click()
    expect(site).to_have_url(re.compile("landkreis=stendal#treffer$"))
    expect(status).to_be_in_viewport()
    site.get_by_label("Wonach suchen Sie?").press_sequentially("x")
    expect(site).to_have_url(re.compile(r"q=x&landkreis=stendal$"))
    expect(site.get_by_label("Wonach suchen Sie?")).to_be_in_viewport()


def test_one_long_word_keeps_the_page_in_its_width(site):
    site.set_viewport_size({"width": 360, "height": 640})
    site.goto("/angebote/?q=" + "Donaudampfschifffahrtsgesellschaft" * 3)
    assert site.evaluate("document.documentElement.scrollWidth") <= 360
    expect(site.locator(".ww-map")).to_have_count(0)


def test_the_dates_of_a_month_stand_below_each_other_on_a_phone(site):
    site.set_viewport_size({"width": 360, "height": 740})
    site.goto("/veranstaltungen/")
    rows = site.locator(".ww-days").filter(has=site.locator("article:nth-child(3)")).first.locator("article")
    edges = {round(row.bounding_box()["x"]) for row in rows.all()[:3]}
    assert len(edges) == 1
    assert site.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_javascript_the_answer_begins_at_the_results(browser, live_server, model_centre):
    context = browser.new_context(
        base_url=live_server.url, locale="de-DE", java_script_enabled=False, viewport={"width": 360, "height": 640}
    )
    plain = context.new_page()
    plain.goto("/angebote/")
    plain.get_by_label("Wonach suchen Sie?").fill("Datensicherung")
    plain.get_by_role("button", name="Finden").click()
    expect(plain).to_have_url(re.compile(r"q=Datensicherung&.*#treffer$"))
    expect(plain.locator("#treffer article").first).to_be_in_viewport()
    context.close()
