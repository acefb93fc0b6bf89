"""A workbook with several sheets at the desk: which one is read is said and chosen, and the others can come as well."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.companies.importing.test_sheets import COVER, FIRMS, MORE, VISITS, book
from tests.contact_point import MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies import queries
from wegweiser.companies.models import FirmList
from wegweiser.consortium.models import Role
from wegweiser.journey.models import ContactList, Step
from wegweiser.kernel import clock

TWO = book(Lies_mich=COVER, B2023=FIRMS, B2024=MORE)


@pytest.fixture
def manager(client, db):
    with clock.stopped_at(MONDAY):
        for world in small_centre():
            client.world = world
            client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
            yield client


def brought(client, data, kind="list"):
    client.post(
        reverse("desk:histories" if kind == "history" else "desk:lists"), {"file": SimpleUploadedFile("x.xlsx", data)}
    )
    source = (ContactList if kind == "history" else FirmList).objects.latest("id")
    return reverse(f"desk:{kind}", kwargs={"uuid": source.uuid})


def names(answer):
    return [row.name for row, _ in answer.context["preview"]["first"]]


def test_what_is_not_read_is_said_with_its_rows(manager):
    page = brought(manager, TWO)
    shown = manager.get(page)
    assert names(shown) == ["Abel GmbH", "Kain GmbH"]
    assert "Gelesen wird das Blatt „B2023“. Nicht gelesen: „Lies_mich“ (3 Zeilen), „B2024“ (3 Zeilen)." in shown.text
    manager.post(page, {"do": "take"})
    assert "Gelesen ist das Blatt „B2023“. Nicht gelesen: „Lies_mich“ (3 Zeilen), „B2024“" in manager.get(page).text
    one = brought(manager, book(a=FIRMS))
    assert "Nicht alle Blätter gelesen" not in manager.get(one).text


@pytest.mark.parametrize("taken", [False, True])
def test_the_file_of_warnings_says_it_too(manager, taken):
    page = brought(manager, TWO)
    source = FirmList.objects.get()
    if taken:
        manager.post(page, {"do": "take"})
    answer = manager.get(reverse("desk:list_warnings", kwargs={"uuid": source.uuid}))
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert lines[1:] == [
        ["", "", "Blatt nicht gelesen", "„Lies_mich“ (3 Zeilen)"],
        ["", "", "Blatt nicht gelesen", "„B2024“ (3 Zeilen)"],
    ]


def test_another_sheet_is_read_instead_and_stays_chosen(manager):
    page = brought(manager, TWO)
    manager.post(page, {"do": "sheet", "blatt": "B2024"})
    assert names(manager.get(page)) == ["Seth GmbH", "Enos GmbH"]
    manager.post(page, {"do": "head", "kopf": "1"})
    manager.post(page, {"do": "columns", "spalte-0": "name", "spalte-1": "postcode", "spalte-2": "place"})
    assert names(manager.get(page)) == ["Seth GmbH", "Enos GmbH"]
    manager.post(page, {"do": "take"})
    assert set(queries.canonical().values_list("name", flat=True)) == {"Seth GmbH", "Enos GmbH"}


def test_a_sheet_without_a_name_can_be_left_again(manager):
    page = brought(manager, TWO)
    manager.post(page, {"do": "sheet", "blatt": "Lies_mich"})
    assert "„B2023“ (3 Zeilen)" in manager.get(page).text
    manager.post(page, {"do": "sheet", "blatt": "B2023"})
    assert names(manager.get(page)) == ["Abel GmbH", "Kain GmbH"]


@pytest.mark.parametrize("typed", ["", "B2077", "x" * 5000])
def test_a_sheet_that_is_not_there_changes_nothing(manager, typed):
    page = brought(manager, TWO)
    for do in ("sheet", "sheet_too"):
        answer = manager.post(page, {"do": do, "blatt": typed}, follow=True)
        assert "Dieses Blatt gibt es in der Datei nicht." in answer.text
        assert names(answer) == ["Abel GmbH", "Kain GmbH"]
    assert FirmList.objects.count() == 1


def test_another_sheet_comes_as_a_list_of_its_own(manager):
    page = brought(manager, TWO)
    answer = manager.post(page, {"do": "sheet_too", "blatt": "B2024"}, follow=True)
    other = answer.redirect_chain[-1][0]
    assert (other != page, names(answer)) == (True, ["Seth GmbH", "Enos GmbH"])
    assert FirmList.objects.latest("id").name == "x.xlsx · B2024"
    for one in (page, other):
        manager.post(one, {"do": "take"})
    assert queries.canonical().count() == 4


def test_a_list_of_contacts_is_chosen_in_the_same_way(manager):
    more = [["Datum", "Firma", "Art"], ["18.1.2019", "Kain GmbH", "Besuch"]]
    page = brought(manager, book(Firmen=FIRMS, V2019=VISITS, V2020=more), "history")
    text = manager.get(page).text
    assert "Gelesen wird das Blatt „V2019“. Nicht gelesen: „Firmen“ (3 Zeilen), „V2020“ (2 Zeilen)." in text
    other = manager.post(page, {"do": "sheet_too", "blatt": "V2020"}, follow=True).redirect_chain[-1][0]
    manager.post(page, {"do": "sheet", "blatt": "Firmen"})
    assert "Wann war es?" in manager.get(page).text
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    manager.post(other, {"do": "columns", "spalte-0": "day", "spalte-1": "name", "spalte-2": "kind", **told})
    manager.post(other, {"do": "take"})
    assert Step.objects.get().company.name == "Kain GmbH"
    assert "Gelesen ist das Blatt „V2020“" in manager.get(other).text
