"""The door of an event where the network goes: everybody still comes in, and it settles afterwards, each once."""

import pytest
import qrcode
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.test_path import BY, adviser_of, log_in
from tests.events import gatherings
from wegweiser.consortium import queries
from wegweiser.events.actions import attendance, registrations
from wegweiser.events.models import Certificate, Registration, Seat

CAMERA = """text => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 480;
  const paint = canvas.getContext('2d');
  const draw = () => {
    paint.fillStyle = '#fff'; paint.fillRect(0, 0, 480, 480); paint.fillStyle = '#000';
    const rows = text.split('\\n'), side = Math.floor(400 / rows.length);
    const dot = (x, y) => paint.fillRect(40 + x * side, 40 + y * side, side, side);
    rows.forEach((row, y) => [...row].forEach((dark, x) => dark === '1' && dot(x, y)));
  };
  draw(); setInterval(draw, 100);
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia: async () => canvas.captureStream(10) } });
}"""


@pytest.fixture
def centre(model_centre):
    return model_centre


# The device writes nothing down until it is let.
SLOW_TO_KEEP = """() => { const put = Cache.prototype.put, let_go = new Promise(done => { window.release = done; });
  Cache.prototype.put = async function (...given) {
    document.documentElement.dataset.keeping = ''; await let_go; return put.apply(this, given); }; }"""


def code_of(seat):
    made = qrcode.QRCode(border=0)
    made.add_data(seat.uuid.hex.upper())
    return "\n".join("".join("1" if dot else "0" for dot in row) for row in made.get_matrix())


def open_and_keep(page, event):
    page.goto(reverse("desk:door", kwargs={"uuid": event.uuid}))
    expect(page.locator("html")).to_have_attribute("data-ww-kept", "", timeout=30_000)


def test_the_door_works_without_a_network_and_settles_afterwards(page, axe, centre, complaints):
    partner = queries.lead()
    log_in(page, adviser_of(partner))
    here = gatherings.of_today(partner, guests=5, chairs=6)
    seats = list(Seat.objects.filter(registration__event=here.event).order_by("id"))
    found = page.locator("[data-results]")
    field = page.get_by_label("Name, Betrieb oder Code")
    count = {name: page.locator(f"[data-count={name}]") for name in ("here", "registered", "free")}
    open_and_keep(page, here.event)
    axe(page)

    # With a network: by name, by a scanner that types and ends with Enter, and taken back.
    field.fill("gast 1")
    found.get_by_role("button", name="Ist da").click()
    expect(page.get_by_text("Gast 1 ist da.")).to_be_visible()
    expect(count["here"]).to_have_text("1")
    field.fill(seats[1].uuid.hex.upper())
    field.press("Enter")
    expect(page.get_by_text("Gast 2 ist da.")).to_be_visible()
    page.locator("[data-lately] > li", has_text="Gast 2").get_by_role("button", name="Zurücknehmen").click()
    expect(count["here"]).to_have_text("1")
    expect(page.locator("[data-ww-door]")).to_have_attribute("data-unsent", "0")
    assert list(Seat.objects.exclude(presence="").values_list("name", flat=True)) == ["Gast 1"]

    # The network is cut: the page opens, everybody comes in, nothing leaves the device.
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("Ohne Netz: Alles bleibt auf diesem Gerät")).to_be_visible()
    for number in (2, 3):
        field.fill(str(seats[number].uuid))
        field.press("Enter")
        expect(page.get_by_text(f"Gast {number + 1} ist da.")).to_be_visible()
    page.get_by_text("Ohne Anmeldung aufnehmen").click()
    for name in ("Uwe Walk", "Zu Viel"):
        page.locator("#walk-name").fill(name)
        page.get_by_role("button", name="Aufnehmen und einlassen").click()
        expect(page.locator("[data-said]")).to_have_text(f"{name} ist da.")
    expect(count["here"]).to_have_text("5")
    page.reload()  # closing the page loses nothing
    expect(page.get_by_text("noch nicht gesendet: 4")).to_be_visible()
    expect(count["here"]).to_have_text("5")
    assert Seat.objects.filter(presence="attended").count() == 1

    # Meanwhile: one cancels, one is seen at another door.
    registrations.cancel(registration=here.guests[2], by=BY)
    gatherings.register(here, name="Später", email="s@s.example")
    attendance.arrive(seat=seats[3], by=BY)
    page.context.set_offline(False)
    problems = page.locator("[data-problems]")
    expect(problems.get_by_text("Hat inzwischen abgesagt.")).to_be_visible()
    expect(problems.get_by_text("Es bleibt beim ersten Mal.")).to_be_visible()
    expect(problems.get_by_text("Kein Platz ist mehr frei.")).to_be_visible()
    assert list(Registration.objects.filter(name__in=["Uwe Walk", "Zu Viel"]).values_list("name", flat=True)) == [
        "Uwe Walk"
    ]
    axe(page)
    for _row in range(3):
        problems.get_by_role("button", name="Erledigt").first.click()
    expect(problems).to_be_hidden()
    assert Seat.objects.filter(presence="attended").count() == 3

    # Logging out takes along what the device kept.
    page.goto(reverse("account_logout"))
    page.locator("form[data-ww-visits-leave] button").click()
    page.wait_for_url("**/")
    assert page.evaluate("caches.has('ww-door')") is False
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('ww-door'))") == []
    assert all("Failed to load resource" in line or "ERR_INTERNET" in line for line in complaints), complaints
    complaints.clear()


def test_what_is_done_while_the_device_keeps_the_list_goes_right_after_it(page, centre):
    partner = queries.lead()
    log_in(page, adviser_of(partner))
    here = gatherings.of_today(partner, guests=2, chairs=6)
    open_and_keep(page, here.event)
    page.evaluate(SLOW_TO_KEEP)
    field = page.get_by_label("Name, Betrieb oder Code")
    for seat in Seat.objects.filter(registration__event=here.event).order_by("id"):
        field.fill(str(seat.uuid))
        field.press("Enter")
        expect(page.get_by_text(f"{seat.name} ist da.")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("data-keeping", "")  # the first is sent, the list is being kept
    page.evaluate("window.release()")
    expect(page.locator("[data-ww-door]")).to_have_attribute("data-unsent", "0")
    assert Seat.objects.filter(presence="attended").count() == 2


def test_the_camera_reads_a_code_and_lets_in(page, centre):
    partner = queries.lead()
    log_in(page, adviser_of(partner))
    here = gatherings.of_today(partner)
    page.add_init_script(f"({CAMERA})({code_of(Seat.objects.filter(registration__event=here.event).first())!r})")
    page.add_init_script("delete window.BarcodeDetector")
    page.goto(reverse("desk:door", kwargs={"uuid": here.event.uuid}))
    page.get_by_role("button", name="Code mit der Kamera lesen").click()
    expect(page.get_by_text("Gast 1 ist da.")).to_be_visible(timeout=30_000)
    page.goto("about:blank")  # a door that stays open asks for its script once more when nobody is logged in any longer


def test_without_a_camera_the_page_says_what_remains(page, centre):
    partner = queries.lead()
    log_in(page, adviser_of(partner))
    here = gatherings.of_today(partner)
    page.add_init_script("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    page.goto(reverse("desk:door", kwargs={"uuid": here.event.uuid}))
    expect(page.get_by_text("Die Kamera ist hier nicht verfügbar.")).to_be_visible()


def test_who_came_is_closed_certified_and_checked_without_a_barrier(page, axe, centre):
    partner = queries.lead()
    log_in(page, adviser_of(partner))
    here = gatherings.of_today(partner)
    kept = gatherings.online_list(here)
    address = {"uuid": here.event.uuid}
    page.goto(reverse("desk:presence", kwargs=address))
    page.get_by_role("button", name="war da").first.click()
    page.get_by_role("button", name="Teilnahme abschließen").click()
    expect(page.get_by_text("Abgeschlossen: 1 war da, 1 kam nicht.")).to_be_visible()
    axe(page)
    with page.expect_download() as paper:
        page.get_by_role("button", name="Bescheinigung").click()
    assert paper.value.suggested_filename == "Teilnahmebescheinigung.pdf"
    page.goto(reverse("desk:presence_list", kwargs={**address, "found": kept.uuid}))
    axe(page)
    page.goto(reverse("desk:presence_lists", kwargs=address))
    axe(page)
    page.goto(reverse("public:certificates"))
    page.get_by_label("Code").fill(Certificate.objects.get().code.lower())
    page.get_by_role("button", name="Prüfen").click()
    expect(page.get_by_text("Diese Bescheinigung ist echt.")).to_be_visible()
    axe(page)
