"""The list of enquiries: narrowed by who asks and by what is urgent, and taken along as it is shown."""

import csv
import io
import re

import openpyxl
import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies.actions import erasures
from wegweiser.enquiries.actions import cases
from wegweiser.kernel import clock
from wegweiser.web.desk import inbox

LIST, FILE = "/desk/anliegen/", "/desk/anliegen/laden/"


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client


@pytest.fixture
def rows(world):
    """One of the press, one that is urgent, one that is closed, one of another partner."""
    press = contact_point.case(world.lead, enquirer="press", name="Paul Presse", text="Haben Sie ein Bild?")
    urgent = contact_point.case(world.lead, urgent=True, name="Ute Eilig", firm="Eilig GmbH", topic=world.topic)
    closed = contact_point.case(world.lead, name="Karl Kunz")
    cases.close(case=cases.take(case=closed, member=world.anna, by=BY), outcome="helped", by=BY)
    contact_point.case(world.other, name="Otto Anders")
    return {"press": press, "urgent": urgent, "closed": closed}


def listed(client, **asked) -> list[str]:
    return [case.name for case in client.get(LIST, asked).context["page"]]


def table(client, **asked) -> list[dict[str, str]]:
    answer = client.get(FILE, {"datei": "csv", **asked})
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_one_looks_for_who_asks_and_for_what_is_urgent(anna, rows):
    assert listed(anna) == ["Ute Eilig", "Paul Presse"]
    assert listed(anna, wer="press") == ["Paul Presse"]
    assert listed(anna, wer="company") == ["Ute Eilig"]
    assert listed(anna, dringend="1") == ["Ute Eilig"]
    assert listed(anna, dringend="1", wer="press") == []
    assert listed(anna, wer="nobody", dringend="x") == ["Ute Eilig", "Paul Presse"]
    html = anna.get(LIST, {"wer": "press", "dringend": "1"}).text
    assert '<option value="press" selected>' in html
    assert '<option value="1" selected>' in html


def test_the_file_holds_what_the_list_shows_in_its_order(anna, rows, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE", 1)
    assert [row["Name"] for row in table(anna)] == ["Ute Eilig", "Paul Presse"]
    assert [row["Name"] for row in table(anna, wer="press")] == ["Paul Presse"]
    assert [row["Name"] for row in table(anna, stand="alle", q="Kunz")] == ["Karl Kunz"]
    link = anna.get(LIST, {"wer": "press", "q": "Paul & Co", "stand": "alle", "seite": "2"}).context["downloads"]
    assert link == [
        ("XLSX", f"{FILE}?q=Paul+%26+Co&stand=alle&wer=press&datei=xlsx"),
        ("CSV", f"{FILE}?q=Paul+%26+Co&stand=alle&wer=press&datei=csv"),
    ]


def test_a_row_of_the_file_says_what_stands_in_the_list(anna, rows, world):
    row = next(row for row in table(anna) if row["Name"] == "Ute Eilig")
    told = {
        name: row[name] for name in ("Vorgangsnummer", "Wer fragt", "Betrieb", "Dringend", "Thema", "Partner", "Stand")
    }
    assert told == {
        "Vorgangsnummer": rows["urgent"].reference,
        "Wer fragt": "Unternehmen",
        "Betrieb": "Eilig GmbH",
        "Dringend": "ja",
        "Thema": "Vernetzung",
        "Partner": "Lead",
        "Stand": "neu",
    }
    closed = table(anna, stand="alle", q="Kunz")[0]
    assert (closed["Wer kümmert sich"], closed["Ergebnis"], closed["Antwort bis"]) == ("Anna", "geholfen", "")
    book = openpyxl.load_workbook(io.BytesIO(anna.get(FILE).content))
    assert [cell.value for cell in book.active["A"]][1] == rows["urgent"].reference


def test_of_a_firm_that_is_only_kept_for_a_proof_no_name_goes_out(anna, world):
    firm = builders.company("Geheim GmbH")
    contact_point.case(world.lead, company=firm, firm="", name="Jana")
    erasures.erase_company(company=firm, restrict=True, by=BY)
    assert "Geheim" not in str(table(anna, stand="alle"))


def test_what_one_may_not_read_is_in_no_file(client, rows, world):
    client.force_login(staff.login(world.ben))
    assert [row["Name"] for row in table(client, stand="alle")] == ["Otto Anders"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_file_costs_the_same_whatever_its_length(anna, world, count, django_assert_max_num_queries):
    for number in range(count):
        contact_point.case(
            world.lead, name=f"Name {number}", topic=world.topic, company=builders.company(f"F {number}")
        )
    table(anna)
    with django_assert_max_num_queries(9):
        assert len(table(anna)) == count


@pytest.mark.parametrize(
    ("asked", "is_open"),
    [({"q": "Ute"}, False), ({"stand": "alle"}, False), ({"wer": "press"}, True), ({"dringend": "1"}, True)],
)
def test_what_is_seldom_asked_for_is_folded_away_until_it_narrows_the_list(anna, rows, asked, is_open):
    page = anna.get(LIST, asked).text
    before, folded = re.fullmatch(r".*?<form[^>]*role=.search.(.*?)<details(.*?)</details>.*", page, re.DOTALL).groups()
    assert re.findall(r'name="(\w+)"', before) == ["q", "stand"]
    assert re.findall(r'name="(\w+)"', folded) == ["partner", "thema", "wer", "dringend"]
    assert folded.split(">")[0].endswith(" open") is is_open
