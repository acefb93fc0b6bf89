"""Who is logged in asks on the public site, and types nothing that we know."""

import re

import pytest

from tests.contact_point import BY
from tests.web.public.test_enquiries import QUESTION, filled
from wegweiser.crossings import entrances
from wegweiser.enquiries.models import Case


@pytest.fixture
def jana(jana):
    jana.phone = "+493915550123"
    jana.save()
    return jana


def values(html: str) -> dict[str, str]:
    fields = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", html)]
    return {row["name"]: row.get("value", "") for row in fields if "name" in row}


KNOWN = {
    "name": "Jana Ölmann",
    "email": "jana@oelmann.example",
    "phone": "+493915550123",
    "firm": "Fräserei Ölmann",
}


def test_the_form_names_who_is_logged_in_and_no_cache_keeps_it(inside, client):
    response = inside.post("/anliegen/", {"text": QUESTION})
    html = response.content.decode()
    assert values(html).items() >= KNOWN.items()
    assert "wie wir sie aus „Mein Betrieb“ kennen" in html
    assert "no-store" in response["Cache-Control"]


def test_the_form_is_empty_for_everybody_else(inside, access, client):
    entrances.end_sessions(access=access, by=BY)
    html = client.post("/anliegen/", {"text": QUESTION}).content.decode()
    assert {values(html)[name] for name in KNOWN} == {""}
    assert "Mein Betrieb“ kennen" not in html


def test_the_case_belongs_to_person_and_firm_whatever_address_is_typed(inside, firm, jana):
    inside.post("/anliegen/senden/", filled(**KNOWN | {"email": "privat@jana.example"}))
    case = Case.objects.get()
    assert (case.company, case.person) == (firm, jana)
    assert QUESTION in inside.get(f"/mein-betrieb/anliegen/{case.uuid}/").content.decode()


def test_who_writes_for_somebody_else_is_not_taken_for_themselves(inside, firm):
    inside.post("/anliegen/senden/", filled(**KNOWN | {"name": "Ben Ölmann", "email": "ben@oelmann.example"}))
    inside.post("/anliegen/senden/", filled(**KNOWN | {"firm": "Tischlerei Kunz"}))
    assert list(Case.objects.order_by("id").values_list("company", "person")) == [(firm.pk, None), (None, None)]


def test_without_a_session_a_name_alone_links_nothing(inside, access, client):
    entrances.end_sessions(access=access, by=BY)
    client.post("/anliegen/senden/", filled(**KNOWN))
    assert Case.objects.values_list("company", "person").get() == (None, None)
