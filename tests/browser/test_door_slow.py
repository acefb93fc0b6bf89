"""The door where the network neither answers nor fails, as in a full hall: it goes on reading and says so."""

from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.test_door import CAMERA, centre, code_of, open_and_keep  # noqa: F401 (a fixture)
from tests.browser.test_path import adviser_of, log_in
from tests.events import gatherings
from wegweiser.consortium import queries
from wegweiser.events.models import Seat

TWO = CAMERA.replace("text => {", "texts => { let text = texts[0]; window.other = () => { text = texts[1]; };")


def test_the_camera_reads_on_while_the_network_hangs(page, centre):  # noqa: F811
    partner = queries.lead()
    log_in(page, adviser_of(partner))
    here = gatherings.of_today(partner)
    first, second = Seat.objects.filter(registration__event=here.event).order_by("id")
    page.add_init_script(f"({TWO})([{code_of(first)!r},{code_of(second)!r}])")
    page.add_init_script("delete window.BarcodeDetector")
    open_and_keep(page, here.event)
    page.route(
        lambda address: reverse("desk:door", kwargs={"uuid": here.event.uuid}) in address, lambda route: None
    )  # no answer at all
    page.get_by_role("button", name="Code mit der Kamera lesen").click()
    expect(page.get_by_text("Gast 1 ist da.")).to_be_visible(timeout=30_000)
    page.evaluate("window.other()")
    expect(page.get_by_text("Gast 2 ist da.")).to_be_visible(timeout=5_000)
    expect(page.get_by_text("Ohne Netz: Alles bleibt auf diesem Gerät")).to_be_visible(timeout=15_000)
    page.unroute_all(behavior="ignoreErrors")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-ww-door]")).to_have_attribute("data-unsent", "0", timeout=15_000)
    assert set(here.event.registrations.values_list("seats__presence", flat=True)) == {"attended"}
