"""A list is brought, its columns are put right, looked at, and taken over; without JavaScript."""

import csv
import io
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies import jobs, known_firms, lists, queries
from wegweiser.companies.actions import lists as actions
from wegweiser.companies.linkage.row.profiles import profile
from wegweiser.companies.models import ColumnNames, Company, Doubt, FirmList, ListRow, Merge
from wegweiser.consortium.models import Role
from wegweiser.crossings import jobs as crossing_jobs
from wegweiser.kernel import clock
from wegweiser.web.desk import lists as view

LIST = """Kunde;Adr;Telefon;Bemerkung
Moedebeck Kuehlgeraete GmbH;"Lindenallee 4, 39104 Magdeburg";0391 5550110;
Mödebeck Kühlgeräte;"Lindenallee 4, 39104 Magdeburg";siehe Mail;
Moedebeck Immobilien GmbH;"Lindenallee 4, 39104 Magdeburg";;
"=cmd|x";"Weg 1, 06108 Halle";=1+1;<b>bitte löschen</b>
-;;;
"""


@pytest.fixture
def manager(client, db):
    with clock.stopped_at(MONDAY):
        for world in small_centre():
            client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
            yield client


def upload(client, text=LIST, name="liste.csv"):
    return client.post(reverse("desk:lists"), {"file": SimpleUploadedFile(name, text.encode("cp1252"))})


def page(source):
    return reverse("desk:list", kwargs={"uuid": source.uuid})


def test_from_the_file_to_the_firms(manager):
    answer = upload(manager)
    source = FirmList.objects.get()
    assert answer["Location"] == page(source)
    shown = manager.get(page(source))
    assert dict(shown.context["preview"]["results"]) == {"neu": 3, "doppelt in der Liste": 1, "abgelehnt": 1}
    assert not Company.objects.exists(), "a preview writes nothing"
    assert "&lt;b&gt;bitte löschen&lt;/b&gt;" in shown.content.decode()

    assert manager.post(page(source), {"do": "take"})["Location"] == page(source)
    source.refresh_from_db()
    assert (source.state, source.content) == ("done", None)
    assert (queries.canonical().count(), Merge.objects.count(), Doubt.objects.count()) == (3, 1, 1)
    done = manager.get(page(source)).content.decode()
    assert "Erst lesen, dann schreiben" in done
    row = ListRow.objects.exclude(held="").get()
    manager.post(reverse("desk:list_row_settle", kwargs={"uuid": row.uuid}))
    assert "Erst lesen, dann schreiben" not in manager.get(page(source)).content.decode()


@pytest.mark.parametrize("taken", [False, True])
def test_what_could_not_be_read_is_a_file_in_which_no_formula_works(manager, taken):
    upload(manager)
    source = FirmList.objects.get()
    if taken:
        manager.post(page(source), {"do": "take"})
    answer = manager.get(reverse("desk:list_warnings", kwargs={"uuid": source.uuid}))
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert lines == [
        ["Zeile", "Spalte", "Grund", "Inhalt"],
        ["3", "Telefon", "keine gültige Telefonnummer", "siehe Mail"],
        ["5", "Telefon", "keine gültige Telefonnummer", "'=1+1"],
        ["6", "", "kein Betrieb zu erkennen", ""],
    ]


def test_rows_are_counted_as_the_spreadsheet_shows_them(manager):
    """The heading row and what stands above it count; the report of the import counts rows of data."""
    upload(manager, "Betriebe 2024;;\nFirma;Telefon;Ort\nAbel GmbH;siehe Mail;Halle\n;;Stendal\n")
    source = FirmList.objects.get()
    before = manager.get(page(source)).content.decode()
    assert "Zeile 3, Telefon" in before
    assert "Zeile 4: kein Betrieb" in before
    manager.post(page(source), {"do": "take"})
    source.refresh_from_db()
    assert source.counts["rejected"] == [[2, "no_company"]]
    assert "Zeile 4: kein Betrieb" in manager.get(page(source)).content.decode()
    firm = Company.objects.get()
    assert "liste.csv, Zeile 3" in manager.get(reverse("desk:company", kwargs={"uuid": firm.uuid})).content.decode()


def test_columns_are_corrected_and_remembered(manager):
    text = "Wer;Sonst\nAbel;Kain\n"
    upload(manager, text)
    source = FirmList.objects.get()
    assert manager.get(page(source)).context["preview"] is None, "nothing says where the name is"
    manager.post(page(source), {"do": "columns", "spalte-0": "ignore", "spalte-1": "name", "spalte-9": "nonsense"})
    assert manager.get(page(source)).context["preview"]["first"][0][0].name == "Kain"
    upload(manager, text)
    assert FirmList.objects.first().mapping == {"0": "ignore", "1": "name"}


def test_a_file_that_is_no_list_is_refused_beside_the_field(manager):
    answer = manager.post(reverse("desk:lists"), {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 broken")})
    assert answer.status_code == 422
    assert "Diese Datei können wir nicht lesen" in answer.content.decode()
    assert not FirmList.objects.exists()


def test_a_long_list_is_left_to_the_worker(manager, monkeypatch):
    monkeypatch.setattr(view, "AT_ONCE", 2)
    upload(manager)
    source = FirmList.objects.get()
    manager.post(page(source), {"do": "take"})
    assert not Company.objects.exists()
    assert "Noch nicht fertig" in manager.get(page(source)).content.decode()
    crossing_jobs.take_lists()
    assert queries.canonical().count() == 3


def test_a_list_that_nobody_wanted_is_forgotten_after_a_week(manager):
    upload(manager)
    jobs.forget_lists()
    assert FirmList.objects.exists()
    with clock.stopped_at(MONDAY + jobs.KEPT * 1.1):
        jobs.forget_lists()
    assert not FirmList.objects.exists()


def test_two_that_may_be_one_are_asked_about_once(manager):
    upload(manager)
    manager.post(page(FirmList.objects.get()), {"do": "take"})
    address = reverse("desk:doubts")
    (pair,) = manager.get(address).context["pairs"]
    assert {pair.one.name, pair.other.name} == {"Moedebeck Kuehlgeraete GmbH", "Moedebeck Immobilien GmbH"}
    assert "gleiche Anschrift" in pair.for_it
    assert "vielleicht ein Schwesterbetrieb" in pair.against
    manager.post(reverse("desk:doubt", kwargs={"uuid": pair.doubt.uuid}), {"do": "apart"})
    assert manager.get(address).context["pairs"] == []
    assert not manager.get(address).context["page"].object_list


def test_since_when_it_holds_is_said_with_taking_over(manager):
    upload(manager, "Firma;PLZ;Ort;MA\nAbelguss GmbH;39104;Magdeburg;12\n")
    source = FirmList.objects.get()
    for wrong in ("2099-01-01", "irgendwann"):
        manager.post(page(source), {"do": "take", "seit": wrong})
        assert not Company.objects.exists()
    manager.post(page(source), {"do": "take", "seit": "2024-02-01"})
    size = queries.known(Company.objects.get(), "size", clock.today())
    assert (str(size.valid_from), size.details["since"]) == ("2024-02-01", "said")


def test_a_list_without_rows_offers_nothing_to_take_over(manager):
    upload(manager, "Firma;Ort\n")
    source = FirmList.objects.get()
    shown = manager.get(page(source)).content.decode()
    assert "Keine Zeile unter den Überschriften" in shown
    assert "So übernehmen" not in shown
    manager.post(page(source), {"do": "take"})
    source.refresh_from_db()
    assert source.state == "uploaded"


def test_columns_that_nobody_mapped_and_rows_above_the_headers_are_told(manager):
    upload(manager, "Stand;Mai;2023\nAbel GmbH;Halle;5\nFirma;Ort;Sternzeichen\nKain GmbH;Burg;Waage\n")
    shown = manager.get(page(FirmList.objects.get()))
    assert (shown.context["unmapped"], shown.context["rows_above"]) == (["Sternzeichen"], [1, 2])
    assert "Zeilen über den Überschriften" in shown.content.decode()


def test_somebody_says_which_row_has_the_headers_or_that_none_has(manager):
    upload(manager, "Firma;Ort\nKunde;Stadt\nAbel GmbH;Halle\n")
    source = FirmList.objects.get()
    for typed, names in (("2", ["Abel GmbH"]), ("0", ["Kunde", "Abel GmbH"])):
        manager.post(page(source), {"do": "head", "kopf": typed})
        shown = manager.get(page(source))
        assert shown.context["head"].above == int(typed)
        assert set(names) >= {row.name for row, _ in shown.context["preview"]["first"]} != set()
    manager.post(page(source), {"do": "head", "kopf": "99"})
    assert manager.get(page(source)).context["head"].above == 0, "what is no row of the list changes nothing"
    manager.post(page(source), {"do": "head", "kopf": "2"})
    manager.post(page(source), {"do": "take"})
    assert list(queries.canonical().values_list("name", flat=True)) == ["Abel GmbH"]


def test_a_title_above_a_list_without_headers_is_told_and_no_row(manager):
    upload(manager, "Teilnehmerliste 12.3.2021\nAbel GmbH;39104;Magdeburg\nKain GmbH;06108;\n")
    source = FirmList.objects.get()
    shown = manager.get(page(source))
    text = shown.content.decode()
    assert "Zeile 1 halten wir für einen Titel. Gelesen wird sie nicht." in text
    assert "Erkannt an den Überschriften" not in text
    assert 'name="kopf"' in text
    assert shown.context["header_row"] == 0
    assert [row.name for row, _ in shown.context["preview"]["first"]] == ["Abel GmbH", "Kain GmbH"]


def test_what_was_taken_for_a_title_can_be_read_as_a_row(manager):
    """A firm of which the list knows nothing but the name stands alone in its row, like a title."""
    upload(manager, "Bäckerei Ostwald;;\nAbel GmbH;39104;Magdeburg\nKain GmbH;06108;Halle\n")
    source = FirmList.objects.get()
    text = manager.get(page(source)).content.decode()
    assert "Zeile 1 halten wir für einen Titel. Gelesen wird sie nicht." in text
    assert "Als Zeile lesen" in text
    text = manager.post(page(source), {"do": "rows"}, follow=True).content.decode()
    assert "halten wir für einen Titel" not in text
    manager.post(page(source), {"do": "columns", "spalte-0": "name", "spalte-1": "postcode", "spalte-2": "place"})
    shown = manager.get(page(source))
    assert [row.name for row, _ in shown.context["preview"]["first"]] == ["Bäckerei Ostwald", "Abel GmbH", "Kain GmbH"]
    manager.post(page(source), {"do": "take"})
    assert set(queries.canonical().values_list("name", flat=True)) == {"Bäckerei Ostwald", "Abel GmbH", "Kain GmbH"}


def test_that_a_first_row_is_one_can_be_taken_back(manager):
    upload(manager, "Teilnehmerliste\nAbel GmbH;39104;Magdeburg\nKain GmbH;06108;Halle\n")
    source = FirmList.objects.get()
    manager.post(page(source), {"do": "rows"})
    assert manager.get(page(source)).context["above"] == 0
    manager.post(page(source), {"do": "head", "kopf": "0"})
    assert manager.get(page(source)).context["above"] == 1


BARE = ("Abel GmbH;39104;Magdeburg;0391 5550110\n", "Kain GmbH;06108;Halle;0345 5550110\n")


def test_a_list_without_headers_teaches_no_other_one(manager):
    upload(manager, BARE[0])
    first = FirmList.objects.get()
    said = manager.post(page(first), {"do": "columns", "spalte-0": "name", "spalte-3": "fax"}, follow=True)
    shown = said.content.decode()
    assert "Gemerkt für diese Liste." in shown
    assert "Die Liste hat keine Überschriften. Was Sie ändern, gilt nur für sie." in shown
    assert "Erkannt an den Überschriften" not in shown
    assert {column["name"]: column["value"] for column in said.context["columns"]}["spalte-3"] == "fax"
    assert not ColumnNames.objects.exists()

    upload(manager, BARE[1], name="zwei.csv")
    second = FirmList.objects.exclude(pk=first.pk).get()
    assert second.mapping["3"] == "phone"


def test_a_list_with_headers_does(manager):
    upload(manager)
    said = manager.post(page(FirmList.objects.get()), {"do": "columns", "spalte-0": "name"}, follow=True)
    assert "Gemerkt, auch für künftige Listen" in said.content.decode()
    assert ColumnNames.objects.count() == 1


@pytest.mark.parametrize("typed", ["9" * 5000, "²", "1" * 8])
def test_a_number_that_no_file_has_is_refused(manager, typed):
    upload(manager)
    source = FirmList.objects.get()
    answer = manager.post(page(source), {"do": "head", "kopf": typed}, follow=True)
    assert "So viele Zeilen hat die Liste nicht." in answer.content.decode()
    said = urlencode({"do": "columns", f"spalte-{typed}": "name"})
    assert manager.post(page(source), said, content_type="application/x-www-form-urlencoded").status_code == 302
    source.refresh_from_db()
    assert source.mapping == {}


def test_rows_are_counted_as_the_page_says(manager):
    upload(manager, "Kontakte\n\n\nKunde;Ort\nAbel GmbH;Halle\n")
    shown = manager.get(page(FirmList.objects.get()))
    assert shown.context["head"].above == 2
    assert shown.context["header_row"] == 4
    assert "So gezählt wie in der Datei; 0" in shown.content.decode()


BLANKS = (
    "Kontakte 2024;;\n\n\nKunde;Telefon;Ort\nAbel GmbH;siehe Mail;Halle\n\nKain GmbH;0391 5448619;Burg\n-;;Stendal\n"
)


def test_blank_lines_of_a_csv_count_as_the_spreadsheet_shows_them(manager):
    upload(manager, BLANKS)
    source = FirmList.objects.get()
    warnings = reverse("desk:list_warnings", kwargs={"uuid": source.uuid})
    for _ in ("before", "afterwards"):
        told = list(csv.reader(io.StringIO(manager.get(warnings).content.decode("utf-8-sig")), delimiter=";"))
        assert [line[0] for line in told[1:]] == ["5", "8"]
        assert "Zeile 8: kein Betrieb" in manager.get(page(source)).content.decode()
        manager.post(page(source), {"do": "take"})
    assert [(row.company.name, row.row, row.line) for row in ListRow.objects.select_related("source", "company")] == [
        ("Abel GmbH", 1, 5),
        ("Kain GmbH", 2, 7),
    ]


@pytest.mark.parametrize(("typed", "first"), [("4", "Abel GmbH"), ("5", "Kain GmbH"), ("6", "Seth"), ("7", "Seth")])
def test_the_row_of_the_headings_is_said_as_the_spreadsheet_shows_it(manager, typed, first):
    upload(manager, BLANKS.replace("-;", "Seth;"))
    source = FirmList.objects.get()
    manager.post(page(source), {"do": "head", "kopf": typed})
    manager.post(page(source), {"do": "columns", "spalte-0": "name"})
    shown = manager.get(page(source)).context
    assert shown["preview"]["first"][0][0].name == first


def test_what_is_not_taken_over_and_what_is_unsure_stand_apart(manager):
    upload(manager, "Kunde;Telefon\nAbel GmbH;siehe Mail\n-;\n")
    words = manager.get(page(FirmList.objects.get())).content.decode()
    assert "1 Zeile wird nicht übernommen" in words
    assert words.index("Zeile 3: kein Betrieb") < words.index("1 Angabe ist nicht sicher zu lesen")
    assert words.index("1 Angabe ist nicht") < words.index("Zeile 2, Telefon")


def test_a_column_left_out_in_which_firms_say_no_is_told_before_anything_is_taken(manager):
    text = "Firma;Ort;Werbesperre;Newsletter\nAbel GmbH;Halle;x;ja\nKain GmbH;Burg;ja;nein\nSeth GmbH;Burg;nein;ja\n"
    key, said = lists.open_list(text.encode()).head.key, {0: "name", 1: "place", 2: "ignore", 3: "ignore"}
    actions.name_columns(headers_key=key, mapping=said, by=BY)
    upload(manager, text)
    shown = manager.get(page(FirmList.objects.get()))
    assert shown.context["unheard"] == [("Werbesperre", 2), ("Newsletter", 1)]
    words = shown.content.decode()
    assert "„Werbesperre“ wird nicht übernommen. Danach möchten 2 Betriebe keine Post." in words
    assert "„Newsletter“ wird nicht übernommen. Danach möchte ein Betrieb keine Post." in words
    manager.post(page(FirmList.objects.get()), {"do": "columns", "spalte-0": "name", "spalte-2": "blocked"})
    assert manager.get(page(FirmList.objects.get())).context["unheard"] == []


def test_why_a_list_was_not_taken_over_stands_on_its_page_until_it_is_put_right(manager):
    upload(manager)
    source = FirmList.objects.get()
    actions.order(source=source, by=BY)
    FirmList.objects.update(mapping={"1": "address"})
    crossing_jobs.take_lists()
    shown = manager.get(page(source)).content.decode()
    assert "Nicht übernommen" in shown
    assert "in welcher Spalte der Name des Betriebs steht" in shown
    assert "Datei löschen" in shown
    manager.post(page(source), {"do": "columns", "spalte-0": "name"})
    assert manager.get(page(source)).context["failure"] == ""
    manager.post(page(source), {"do": "take"})
    source.refresh_from_db()
    assert source.state == "done"


def test_a_second_click_while_the_first_works_says_so(manager):
    upload(manager)
    source = FirmList.objects.get()
    FirmList.objects.update(state="taking", claimed_at=clock.now())
    for verb in ("take", "drop", "columns"):
        assert "Noch nicht fertig" in manager.post(page(source), {"do": verb}, follow=True).content.decode()
    assert FirmList.objects.get().state == "taking"


def test_a_wrong_list_is_taken_back(manager):
    upload(manager)
    source = FirmList.objects.get()
    assert "Diese Liste zurücknehmen" not in manager.get(page(source)).content.decode()
    manager.post(page(source), {"do": "take"})
    assert "Diese Liste zurücknehmen" in manager.get(page(source)).content.decode()
    told = manager.post(page(source), {"do": "undo"}, follow=True).content.decode()
    assert "Zurückgenommen: 4 Betriebe sind wieder weg." in told
    assert "Diese Liste zurücknehmen" not in told
    assert not Company.objects.exists()
    assert (
        "nicht übernommen oder schon zurückgenommen"
        in manager.post(page(source), {"do": "undo"}, follow=True).content.decode()
    )


def test_who_waits_does_not_wait_for_all_firms_to_be_read(manager, monkeypatch):
    """Neither statements nor firms that are prepared grow with how many are known, and a take is left to the worker."""
    monkeypatch.setattr(lists, "READ_AT_ONCE", 2)
    prepared = []
    monkeypatch.setattr(known_firms, "profile", lambda key, known: prepared.append(key) or profile(key, known))
    upload(manager)
    source = FirmList.objects.get()
    found = []
    for start, end in ((0, 3), (3, 300)):
        Company.objects.bulk_create(
            Company(name=f"Kaolin {number}", street=f"Weg {number}", postcode="06108", place="Halle")
            for number in range(start, end)
        )
        manager.get(page(source))  # what the process keeps is read
        prepared.clear()
        with CaptureQueriesContext(connection) as statements:
            shown = manager.get(page(source))
        assert dict(shown.context["preview"]["results"]) == {"neu": 3, "doppelt in der Liste": 1, "abgelehnt": 1}
        found.append((len(statements), len(prepared)))
    assert found[0] == found[1]
    manager.post(page(source), {"do": "take"})
    source.refresh_from_db()
    assert source.state == "ordered"
