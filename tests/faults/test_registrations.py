"""A confirmed registration survives: people register while the processes of a real installation are killed."""

import os
import random
import time
from collections.abc import Iterator

import pytest

from tests.faults import browser
from tests.faults.browser import Browser
from tests.faults.installation import Installation, installed
from tests.services.serving import until
from wegweiser.web.public.forms import FASTEST

KIND = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
KILLED = ["web", "worker", *(["database"] if KIND == "postgresql" else [])]
ROUNDS = 2
PLACES = 40


@pytest.fixture(scope="module")
def house() -> Iterator[Installation]:
    with installed(KIND, places=PLACES) as found:
        yield found


@pytest.mark.parametrize("what", KILLED)
def test_who_saw_a_confirmation_is_registered_once_whatever_is_killed(house, what):
    for _ in range(ROUNDS):
        seed = random.getrandbits(32)
        print(f"seed {seed}")  # shown where it fails
        seen = house.round(what, random.Random(seed))
        assert len(seen) > 3, "Too few came for the fault to hit anybody."
        assert house.problems() == []
        assert house.told_again([row for row in seen if row.erred]) == []
    house.settle()
    assert house.problems(settled=True) == []


def test_who_got_no_answer_is_told_of_the_registration_they_have(house):
    guest = Browser(house.port, "10.8.0.1")
    form = {**browser.form_in(guest.get(house.path).page), "name": "Ida Ohne", "email": "ida@firma.example"}
    time.sleep(FASTEST + 0.1)

    def stored():
        until(lambda: [row for row in house.stored() if row.name == "Ida Ohne"])

    guest.send_and_hang_up(house.path, form, after=stored)
    page = browser.press(guest, house.path, form).page
    assert browser.TOLD_BEFORE in page
    assert "Ida Ohne" in page
    house.seen.append(browser.seen(form))
    assert house.problems() == []


if "database" in KILLED:  # SQLite is no process

    def test_without_the_database_guests_are_asked_to_wait_and_all_goes_on_after_it(house):
        guest, family = Browser(house.port, "10.8.0.2"), house.serving.family()
        form = {**browser.form_in(guest.get(house.path).page), "name": "Uwe Warte", "email": "uwe@firma.example"}
        house.database.kill()
        try:
            answer = guest.post(house.path, form)
        finally:
            house.database.start()
        assert answer.status == 503
        assert "In ein paar Minuten geht es weiter." in answer.page
        browser.press(guest, house.path, form)
        assert guest.errors == 1, "The first request after it is answered as ever."
        house.seen.append(browser.seen(form))
        house.settle()
        assert house.problems(settled=True) == []
        assert house.serving.family() == family, "Nothing had to be started again."
