"""Who takes a case takes it from whom the page named, never unseen from somebody who was faster."""

import re

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk.test_came_meanwhile import hidden
from wegweiser.enquiries.actions import cases
from wegweiser.kernel.errors import DomainError


@pytest.fixture
def case(world):
    return contact_point.case(world.lead)


@pytest.fixture
def carl(world):
    return contact_point.member("Carl", world.lead)


def page(case):
    return reverse("desk:case", kwargs={"uuid": case.uuid})


def button(html):
    """What pressing "Übernehmen" sends."""
    form = next(part for part in re.findall(r"<form.*?</form>", html, re.DOTALL) if 'value="take"' in part)
    return {"do": "take", "take-instead_of": hidden(form, "take-instead_of")}


def adviser(case):
    case.refresh_from_db()
    return case.adviser


def test_a_stale_page_takes_nothing_from_a_colleague_until_it_says_so(anna, world, case, carl):
    given = button(anna.get(page(case)).text)
    cases.take(case=case, member=carl, by=BY)
    told = anna.post(page(case), given)
    assert (told.status_code, adviser(case)) == (422, carl)
    assert "Das hat inzwischen Carl übernommen." in told.text
    assert anna.post(page(case), button(told.text)).status_code == 302
    assert adviser(case) == world.anna


def test_whom_the_page_named_it_may_be_taken_from(anna, world, case, carl):
    cases.take(case=case, member=carl, by=BY)
    assert anna.post(page(case), button(anna.get(page(case)).text)).status_code == 302
    assert adviser(case) == world.anna


def test_what_is_free_again_is_taken_at_once(anna, world, case, carl):
    cases.take(case=case, member=carl, by=BY)
    given = button(anna.get(page(case)).text)
    cases.hand_over(case=case, partner=world.other, note="Bitte", by=BY)
    cases.hand_over(case=case, partner=world.lead, note="Zurück", by=BY)
    assert anna.post(page(case), given).status_code == 302
    assert adviser(case) == world.anna


def test_nobody_named_is_nobody_to_take_it_from(world, case, carl):
    cases.take(case=case, member=carl, by=BY)
    with pytest.raises(DomainError) as refused:
        cases.take(case=case, member=world.anna, by=BY)
    assert refused.value.code == "taken_meanwhile"
