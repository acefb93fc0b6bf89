"""What the preview says of rows that are one firm, or may be: rows are counted, and each is called by its number."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Company, FirmList
from wegweiser.consortium.models import Role
from wegweiser.kernel import clock

HEAD = "Firma;Straße;PLZ;Ort\n"
WHERE = "Lindenallee 4;39104;Magdeburg"


@pytest.fixture
def manager(client, db):
    with clock.stopped_at(MONDAY):
        for world in small_centre():
            client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
            yield client


def preview(client, text):
    client.post(reverse("desk:lists"), {"file": SimpleUploadedFile("x.csv", text.encode())})
    return client.get(reverse("desk:list", kwargs={"uuid": FirmList.objects.latest("id").uuid}))


def known(name):
    return companies.find_or_create(name=name, street="Lindenallee 4", postcode="39104", place="Magdeburg", by=BY)


def test_a_row_that_may_be_one_of_three_counts_once(manager):
    for name in ("Moedebeck Immobilien GmbH", "Moedebeck Verwaltungs GmbH"):
        known(name)
    shown = preview(manager, f"{HEAD}Moedebeck Logistik GmbH;{WHERE}\nMoedebeck Kuehlgeraete GmbH;{WHERE}\n")
    (first, second) = shown.context["preview"]["doubtful"]
    assert (first["row"], len(first["others"]), second["row"], len(second["others"])) == (2, 2, 3, 3)
    assert shown.context["preview"]["doubtful_count"] == 2
    text = " ".join(shown.text.split())
    assert "2 Zeilen sind vielleicht doppelt" in text
    assert "Zeile 3, Moedebeck Kuehlgeraete GmbH" in text
    assert "Zeile 2, Moedebeck Logistik GmbH" in text, "which is in the list as well"
    assert "Moedebeck Immobilien GmbH, schon bei uns" in text


def test_a_row_that_is_one_says_whether_the_other_is_in_the_list(manager):
    known("Abel Metallbau GmbH")
    shown = preview(
        manager,
        f"{HEAD}Moedebeck Kuehlgeraete GmbH;{WHERE}\nMödebeck Kühlgeräte;{WHERE}\nMetallbau Abel Magdeburg;{WHERE}\n",
    )
    text = " ".join(shown.text.split())
    assert "2 Zeilen sind doppelt" in text
    assert "Zeile 3, Mödebeck Kühlgeräte: derselbe Betrieb wie Zeile 2, Moedebeck Kuehlgeraete GmbH" in text
    assert "Zeile 4, Metallbau Abel Magdeburg: derselbe Betrieb wie Abel Metallbau GmbH, schon bei uns" in text


def test_two_firms_that_become_one_by_a_row_are_told_before(manager):
    Company.objects.create(name="Mödebeck Kühlgeräte GmbH", email="info@moedebeck.example")
    Company.objects.create(name="Kühlgeräte Mödebeck", street="Weg 1", postcode="39104", place="Magdeburg")
    row = "Firma;Straße;PLZ;Ort;E-Mail\nMödebeck GmbH;Weg 1;39104;Magdeburg;info@moedebeck.example\n"
    text = " ".join(preview(manager, row).text.split())
    assert "Zwei Betriebe werden einer" in text
    assert "Mödebeck, schon bei uns und" in text
    assert "(durch Zeile 2)" in text


@pytest.mark.parametrize(("name", "is_told"), [("Autohaus Rehbein GmbH & Co. KG", True), ("AH Rehbein GmbH", False)])
def test_of_a_partnership_and_a_company_of_one_name_it_is_said_that_they_may_be_taken_apart(manager, name, is_told):
    known("Autohaus Rehbein GmbH")
    shown = preview(manager, f"{HEAD}{name};{WHERE}\n")
    ((*_row, words),) = shown.context["preview"]["merged"]
    assert ("trennen Sie sie danach" in words[-1]) is is_told
    assert ("einmal mit, einmal ohne „KG“" in shown.text) is is_told
