"""A list is taken over once, whatever happens on the way; what it did can be undone."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from wegweiser.companies import lists as reads
from wegweiser.companies import queries
from wegweiser.companies.actions import channels, companies, doubts, erasures, facts, held_rows, lists, merges
from wegweiser.companies.models import Company, Doubt, Fact, FirmList, ListRow, Merge, Person, Position
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import AuditEvent

BY = Actor.system("test")
TWICE = """Firma;Straße;PLZ;Ort;Telefon;MA;Bemerkung;Ansprechpartner
Moedebeck Kuehlgeraete GmbH;Lindenallee 4;39104;Magdeburg;;12;;Ralf Mödebeck
Bäckerei Müller;Markt 1;06108;Halle;0345 5550100;;;
Mödebeck Kühlgeräte;Lindenallee 4;39104;Magdeburg;0391 5550110;;;
Bäckerei Müller;Markt 1;38855;Wernigerode;;;bitte keine Mails;
-;;;;;;;
"""
TABLES = (Company, Fact, ListRow, Merge, Doubt, Person, Position, FirmList, AuditEvent)


def take(text: str = TWICE):
    return lists.take(opened=reads.open_list(text.encode()), name="liste.csv", by=BY)


def state():
    """All that is stored of firms, without what differs from run to run."""
    roots = dict(Company.objects.values_list("pk", "canonical__name"))
    return {
        "firms": sorted(
            (row.name, row.street, row.phone, row.channel, roots[row.pk] or "") for row in Company.objects.all()
        ),
        "facts": sorted(Fact.objects.values_list("company__name", "kind", "value")),
        "people": sorted(Position.objects.values_list("person__name", "company__name")),
        "rows": sorted(ListRow.objects.values_list("row", "company__name", "fingerprint")),
        "doubts": sorted(Doubt.objects.values_list("one__name", "other__name")),
    }


@pytest.mark.django_db
def test_counts_add_up_and_sure_cases_are_one_firm():
    told = take().document()
    assert {key: told[key] for key in ("records", "created", "updated", "unchanged", "folded")} == {
        "records": 5,
        "created": 3,
        "updated": 0,
        "unchanged": 0,
        "folded": 1,
    }
    assert (told["merged"], told["rejected"]) == ([[1, 3]], [{"row": 5, "reason": "no_company"}])
    assert told["cleaned"][0]["company"] == told["cleaned"][2]["company"]
    assert queries.canonical().count() == 3
    assert Company.objects.get(name__startswith="Moedebeck").phone == "+493915550110", "from the other row"


@pytest.mark.django_db
def test_a_second_time_changes_nothing():
    take()
    before = [table.objects.count() for table in TABLES[:-2]], state()
    told = take().document()
    assert ([table.objects.count() for table in TABLES[:-2]], state()) == before
    assert (told["created"], told["updated"], told["unchanged"], told["folded"]) == (0, 0, 3, 1)
    assert told["merged"] == [[1, 3]]


MORE = """Firma;Straße;PLZ;Ort;Telefon;MA;Bemerkung;Ansprechpartner
Mödebeck Kälte;Lindenallee 4;39104;Magdeburg;0391 5550110;12;;Ralf Mödebeck
Bäckerei Müller;Markt 1;06108;Halle;;120;;
Bäckerei Müller;;39576;Stendal;;;;
Kain Metallbau;;;;;;;
"""


@pytest.mark.django_db
def test_looked_up_in_the_database_the_same_is_foreseen():
    take()
    companies.find_or_create(name="Abel Metallbau", street="Weg 1", postcode="39104", place="Magdeburg", by=BY)
    facts.declare(
        company=Company.objects.get(name="Bäckerei Müller", postcode="06108"),
        kind="size",
        value="small",
        valid_from=clock.today(),
        by=BY,
    )
    for text in (TWICE, MORE):
        opened = reads.open_list(text.encode())
        assert reads.preview(opened, looked_up=True).document() == reads.preview(opened).document()


WORDS = ["Abel Metallbau", "Metallbau Abel GmbH", "Kain", "Kain & Söhne", "=1+1", "", "Bäckerei Müller"]
LIST = st.lists(
    st.tuples(
        st.sampled_from(WORDS),
        st.sampled_from(["", "Weg 1", "Weg 2"]),
        st.sampled_from(["", "39104", "6108", "x"]),
        st.sampled_from(["", "0391 5550100", "siehe Mail"]),
        st.sampled_from(["", "12", "10-49", "viele"]),
    ),
    min_size=1,
    max_size=8,
).filter(lambda rows: any(map(any, rows)))  # a list without rows is refused


class AnyList(TestCase):
    @settings(deadline=None, max_examples=25)
    @given(LIST, LIST)
    def test_twice_is_as_once_also_with_firms_that_were_there(self, first, second):
        for rows in (first, second):
            text = "Firma;Straße;PLZ;Telefon;MA\n" + "\n".join(";".join(row) for row in rows) + "\n"
            told = take(text).document()
            assert told["records"] == told["created"] + told["updated"] + told["unchanged"] + told["folded"] + len(
                told["rejected"]
            )
            before = state()
            again = take(text).document()
            assert (again["created"], again["updated"], state()) == (0, 0, before)


@pytest.mark.django_db
def test_a_preview_says_the_same_and_writes_nothing():
    would = reads.preview(reads.open_list(TWICE.encode())).document()
    assert not Company.objects.exists()
    did = take().document()
    assert {**would, "cleaned": None} == {**did, "cleaned": None}


@pytest.mark.django_db
def test_what_a_person_said_counts_more_than_a_list():
    firm = Company.objects.create(name="Abel GmbH", postcode="39104", street="Weg 1")
    facts.declare(company=firm, kind="size", value="large", valid_from=dt.date(2020, 1, 1), by=BY)
    assert take("Firma;Straße;PLZ;MA;Telefon\nAbel GmbH;Weg 1;39104;5;0391 5550100\n").counts()["updated"] == 1
    firm.refresh_from_db()
    assert firm.phone == "+493915550100"
    assert queries.known(firm, "size", clock.today()).value == "large"
    assert Company.objects.count() == 1, "the same name at the same address needs no second entry"
    other = take("Firma;Straße;PLZ;Telefon\nAbel GmbH;Weg 1;39104;0391 5550109, 0391 5550100\n")
    firm.refresh_from_db()
    assert (firm.phone, other.counts()["unchanged"]) == ("+493915550100", 1)
    assert [(told.column, told.reason, told.text) for told in other.plans[0].row.warnings] == [
        ("Telefon", "differs", "+493915550109")
    ]


@pytest.mark.django_db
def test_undoing_gives_each_its_own_and_is_remembered():
    take()
    merge = Merge.objects.get()
    assert "same_address" in merge.evidence
    merges.undo(merge=merge, by=BY)
    assert Company.objects.get(name__startswith="Moedebeck").phone == ""
    assert Company.objects.get(name__startswith="Mödebeck").phone == "+493915550110"
    take(TWICE + "Mödebeck Kühlgeräte;Lindenallee 4;39104;Magdeburg;0391 5550110;7;;\n")
    assert not Merge.objects.filter(undone_at=None, loser=merge.loser, survivor=merge.survivor).exists()
    assert (merge.survivor, merge.loser) not in [(doubt.one, doubt.other) for doubt in queries.doubts(clock.today())]


@pytest.mark.django_db
def test_unsure_cases_wait_until_somebody_decides():
    take("Firma;Straße;PLZ\nTischlerei Karl Abel;Weg 1;39104\nTischlerei Kurt Abel;Weg 1;39104\n")
    (doubt,) = queries.doubts(clock.today())
    doubts.put_off(doubt=doubt, by=BY)
    assert not queries.doubts(clock.today())
    assert queries.doubts(clock.today() + doubts.LATER)
    doubts.keep_apart(one=doubt.one, other=doubt.other, by=BY)
    assert not queries.doubts(clock.today() + doubts.LATER)
    take("Firma;Straße;PLZ;Ort\nTischlerei Karl Abel;Weg 1;39104;MD\nTischlerei Kurt Abel;Weg 1;39104;MD\n")
    assert not queries.doubts(clock.today() + doubts.LATER)


@pytest.mark.django_db
def test_a_wish_not_to_be_written_to_holds_at_once():
    assert take().document()["held"] == [{"row": 4, "reason": "objection"}]
    row = queries.held_rows().get()
    assert row.company.channel != "mail"
    held_rows.settle(row=row, by=BY)
    assert not queries.held_rows().exists()


@pytest.mark.django_db
def test_who_is_erased_leaves_nothing_of_a_list():
    take()
    firm = Company.objects.get(postcode="38855")
    erasures.erase_company(company=firm, restrict=False, by=BY)
    assert not ListRow.objects.filter(company=firm).exists()


@pytest.mark.django_db
def test_a_wish_holds_for_the_firm_that_stays():
    take("Firma;Straße;PLZ;Bemerkung\nAbel Bau;Weg 1;39104;\nAbel Bau GmbH;Weg 1;39104;keine Mails\n")
    assert [row.channel != "mail" for row in Company.objects.order_by("pk")] == [True, True]
    erasures.erase_company(company=Company.objects.latest("pk"), restrict=False, by=BY)
    assert not queries.doubts(clock.today())


@pytest.mark.django_db
def test_columns_that_were_corrected_are_remembered():
    text = b"Kunde;Wer;Ort\nAbel;Kain;Halle\n"
    source = lists.upload(name="x.csv", data=text, by=BY)
    lists.change_mapping(source=source, mapping={1: "name", 2: "place"}, by=BY)
    lists.take_uploaded(source=source, by=BY)
    assert [row.name for row in Company.objects.all()] == ["Kain"]
    source.refresh_from_db()
    assert (source.state, source.content) == ("done", None)
    assert reads.open_list(b"KUNDE;wer:;Ort\nx;y;z\n").mapping == {1: "name", 2: "place"}


IMPORTER = """
import json, sys
import django
django.setup()
from django.db import connections
connections["default"].settings_dict.update(json.loads(sys.argv[1]))
from wegweiser.companies import lists as reads
from wegweiser.companies.actions import lists
from wegweiser.kernel.actor import Actor
reads.CHUNK = 5
lists.take(opened=reads.open_list(sys.stdin.buffer.read()), name="liste.csv", by=Actor.system("test"))
"""


def many(count: int) -> str:
    rows = [f"Firma {chr(97 + n % 26)}{n // 2}x Bau;Weg {n // 2};39104;0391 555{n // 2:04}" for n in range(count)]
    return "Firma;Straße;PLZ;Telefon\n" + "\n".join(rows) + "\n"


@pytest.mark.django_db(transaction=True)
def test_a_kill_in_the_middle_and_a_second_run_give_what_one_run_gives(monkeypatch):
    text = many(300)
    place = {key: str(connection.settings_dict[key]) for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    command = [sys.executable, "-c", IMPORTER, json.dumps(place)]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "src"}, stdin=subprocess.PIPE) as process:
        process.stdin.write(text.encode())
        process.stdin.close()
        end = time.monotonic() + 60
        while not ListRow.objects.exists():
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    taken = ListRow.objects.count()
    assert 0 < taken < 300, "it was killed in the middle"
    assert taken % 5 == 0, "a chunk is there as a whole or not at all"
    take(text)
    killed = state()
    for table in (AuditEvent,):
        assert table.objects.exists()
    with connection.cursor() as cursor:
        names = ", ".join(
            table._meta.db_table for table in (Merge, Doubt, ListRow, FirmList, Fact, Position, Person, Company)
        )
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {names} CASCADE")
        else:
            Company.objects.update(canonical=None)
            for table in (Merge, Doubt, ListRow, FirmList, Fact, Position, Person, Company):
                table.objects.all().delete()
    take(text)
    assert state() == killed


def test_a_wish_of_a_list_stays_when_a_merge_is_undone(db):
    """The firm was silent already through the row merged into it."""
    where = {"street": "Weg 1", "postcode": "39104", "place": "Magdeburg"}
    firm = companies.find_or_create(name="Krevese GmbH", **where, by=BY)
    other = companies.find_or_create(name="Ganz Andere GmbH", is_another=True, by=BY)
    channels.choose(party=other, channel="none", by=BY)
    merge = merges.merge(loser=other, survivor=firm, by=BY)
    take("Firma;Straße;PLZ;Ort;Bemerkung\nKrevese GmbH;Weg 1;39104;Magdeburg;bitte alle Daten löschen\n")
    merges.undo(merge=merge, by=BY)
    firm.refresh_from_db()
    assert firm.channel == "none"


@pytest.mark.django_db
def test_a_person_whose_address_has_umlauts_is_taken_and_is_the_same_one_again():
    Person.objects.create(name="Ralf Abel", email="ralf.abel@müller-bau.example")
    text = "Firma;PLZ;Ort;E-Mail;Ansprechpartner\n"
    rows = [
        "Abel Bau GmbH;39104;Magdeburg;ralf.abel@müller-bau.example;Ralf Abel",
        "Kain Guss GmbH;06108;Halle;jürgen.kain@guss.example;Jürgen Kain",
        "Seth Rohr GmbH;06844;Dessau;eva.seth@röhre.example;Eva Seth",
    ]
    for _again in range(2):
        told = take(text + "\n".join(rows) + "\n").document()
        assert (told["records"], told["rejected"]) == (3, [])
        assert Company.objects.count() == 3
        assert dict(Person.objects.values_list("name", "email")) == {
            "Ralf Abel": "ralf.abel@müller-bau.example",
            "Jürgen Kain": "",
            "Eva Seth": "eva.seth@xn--rhre-5qa.example",
        }


@pytest.mark.django_db
def test_a_page_of_pairs_asks_for_no_more_keys_than_it_shows():
    """A database takes no statement with as many keys as a house may have pairs."""
    firms = Company.objects.bulk_create(Company(name=f"Abel {number}") for number in range(41))
    pairs = [Doubt(one=firms[0], other=other, weight=number % 7) for number, other in enumerate(firms[1:])]
    Doubt.objects.bulk_create(pairs)
    asked = []

    def listen(execute, sql, params, many, context):
        asked.append(len(params or ()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        found = queries.doubts(clock.today())
        page = found[10:15]
        assert len(found) == 40
    assert max(asked) < 10
    assert page == sorted(found, key=lambda doubt: (-doubt.weight, doubt.pk))[10:15]
    assert page[0] == found[10]
