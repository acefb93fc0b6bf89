"""The copy of what is kept of a person, as they read it: German words, days as one writes them, no keys of ours."""

import re

import pytest
from django.utils import translation

from tests.contact_point import BY, MONDAY
from tests.crossings.test_erasure import ask
from wegweiser.companies import lists as list_reads
from wegweiser.companies.actions import accesses, companies, consents, lists, persons
from wegweiser.companies.models import Person, Right
from wegweiser.consortium import queries as consortium
from wegweiser.crossings import personal_data
from wegweiser.kernel import clock

MAIL = "jana@b.example"


@pytest.fixture
def page(world) -> str:
    with clock.stopped_at(MONDAY):
        firm = companies.find_or_create(name="Blech B GmbH", by=BY)
        jana = persons.find_or_create(name="Jana Müller", email=MAIL, company=firm, by=BY)
        consents.give(person=jana, purpose="news", text_version="1", channel="web", by=BY)
        accesses.give(person=jana, company=firm, right=Right.ALL, evidence="Anruf", by=BY)
        ask(name="Jana Müller", email=MAIL, phone="", text="Unsere Fräse <steht>.")
    with translation.override("en"):  # the paper is German, whoever asks for it
        return personal_data._page(personal_data.document(consortium.centre(), MAIL))


def told(page: str, name: str) -> list[str]:
    return re.findall(rf"<dt>{name}</dt><dd>(.*?)</dd>", page, re.DOTALL)


def test_choices_are_told_in_words(page):
    assert told(page, "Zweck") == ["Neuigkeiten und Termine des Zentrums per E-Mail"]
    assert told(page, "gewünschter Kontaktweg")[-1] == "auf der Website, bestätigt per E-Mail"
    assert told(page, "was die Person sieht") == [str(Right.ALL.label)]


def test_days_and_moments_are_told_as_one_writes_them(page):
    assert "02.03.2026" in page
    assert not re.search(r"\d{4}-\d\d-\d\dT", page)


def test_what_is_said_in_other_words_beside_it_is_left_out(page):
    assert told(page, "Name in Sortierform") == []
    assert "&lt;!doctype" not in page
    assert "Unsere Fräse &lt;steht&gt;." in page


LISTED = (
    "Firma;Straße;PLZ;Ort;Telefon;Mobil;E-Mail;Ansprechpartner;Bemerkung\n"
    "Quappe Stanzteile GmbH;Weg 1;39104;Magdeburg;0391 5448619;0171 1234567;"
    "info@quappe.example, kurt@quappe.example, kurt.quappe@privat.example, lea.kain@quappe.example;"
    "Kurt Quappe;Herr Quappe nur vormittags\n"
    "Quappe Stanzteile GmbH;Weg 1;39104;Magdeburg;0391 5448619;;lea.kain@quappe.example;Lea Kain;hat Stanzen\n"
)


def test_what_lists_say_of_somebody_at_a_firm_of_several_is_told_and_no_more(world):
    with clock.stopped_at(MONDAY):
        lists.take(opened=list_reads.open_list(LISTED.encode()), name="liste.csv", by=BY)
        kurt = Person.objects.get(name="Kurt Quappe")
        persons.put_right(person=kurt, name=kurt.name, email="kurt@quappe.example", phone="0171 1234567", by=BY)
        copy = personal_data.document(consortium.centre(), "kurt@quappe.example")
    (row,) = [row for row in copy["data"] if row["table"] == "companies.ListRow"]
    assert row["values"] == {
        "fingerprint": "",
        "first_contact": None,
        "more": {"phones": ["+491711234567"], "emails": ["kurt@quappe.example", "kurt.quappe@privat.example"]},
        "unverified": [],
        "remark": "Herr Quappe nur vormittags",
    }
    assert "aus einer Liste" in row["source"]
    page = personal_data._page(copy)
    (more,) = told(page, "weitere Angaben der Zeile")
    assert set(more.split(" / ")) == {"+491711234567", "kurt@quappe.example, kurt.quappe@privat.example"}
    assert "lea.kain" not in page
