"""A photo from a phone behind the link of an enquiry: without JavaScript, no barrier, nothing wider than the screen."""

import uuid

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.test_company import OVERFLOWS
from tests.contact_point import BY
from tests.web.public.conftest import small_centre
from wegweiser.crossings import enquiries as crossing
from wegweiser.files.models import Upload

PHONE = {"width": 360, "height": 740}
PHOTO = {
    "name": "Presse in Halle 3 von hinten, mit dem kaputten Schalter und dem offenen Gehäuse.jpg",
    "mimeType": "image/jpeg",
    "buffer": b"\xff\xd8\xff\xe0\x00\x10JFIF",
}


@pytest.fixture
def address(transactional_db, settings, tmp_path):
    settings.HOME = tmp_path
    for _world in small_centre():
        enquiry = crossing.Enquiry(text="Die Presse geht nicht an.", name="Petra", phone="0391 4090123")
        sent = crossing.send(submission=uuid.uuid4(), enquiry=enquiry, by=BY)
        yield reverse("public:enquiry_status", kwargs={"token": sent.status_secret})


def test_a_photo_is_added_on_a_phone_without_a_script(page, axe, browser, live_server, address, complaints):
    context = browser.new_context(base_url=live_server.url, locale="de-DE", viewport=PHONE, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address)
    plain.get_by_label("Dateien anhängen").set_input_files([PHOTO])
    plain.get_by_role("button", name="Nachricht senden").click()
    expect(plain.get_by_text("Ihre Nachricht ist da.")).to_be_visible()
    expect(plain.get_by_text("Presse in Halle 3")).to_be_visible()
    context.close()
    assert Upload.objects.get().name == PHOTO["name"]
    page.set_viewport_size(PHONE)
    page.goto(address)
    axe(page, widths=(320, 360, 1280))
    assert not page.evaluate(OVERFLOWS)
    page.get_by_label("Dateien anhängen").set_input_files([{**PHOTO, "name": "a.exe", "buffer": b"MZ"}])
    page.get_by_role("button", name="Nachricht senden").click()
    expect(page.get_by_role("alert")).to_contain_text("Dateien dieser Art nehmen wir nicht an")
    axe(page, widths=(360,))
    complaints[:] = [told for told in complaints if "status of 422" not in told]  # a refusal is meant
