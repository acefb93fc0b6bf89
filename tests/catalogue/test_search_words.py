"""Words that people type for what an entry writes otherwise: compounds, hyphens, other names, and signs alone."""

import pytest

from tests.catalogue.test_shelf import ids, item
from wegweiser.catalogue.compounds import Compounds
from wegweiser.catalogue.shelf import Query, Shelf

GERMAN = {
    1: "E-Mail richtig einrichten",
    2: "Gefälschte Mails erkennen",
    3: "Schnittstellen zwischen ERP und Shop",
    4: "Erpressungssoftware vorbeugen",
    5: "Nach dem Angriff wieder liefern",
    6: "Ein Datensicherungskonzept schreiben",
    7: "Datensicherung in vier Regeln",
    8: "Sicher unterwegs mit Daten",
    9: "OPC UA in zwei Tagen",
    10: "Entwicklung: Appentwicklung",
    11: "Treppe aus der Tischlerei",
    12: "App für die Baustelle",
    13: "Check der Apparate",
    14: "Reifegrad-Check",
    15: "E-Rechnung",
    16: "Rechnungen schreiben",
}
ENGLISH = {11: "Staircase to plan yourself", 12: "App for the site"}


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(
        item(number, title, ENGLISH.get(number, f"Number {number}"), kind="story" if number == 11 else "guide")
        for number, title in GERMAN.items()
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *((text, {1, 2}) for text in ("E-Mail", "Mail", "email", "EMail", "E-Mails")),
        *((text, {3}) for text in ("ERP", "erp")),
        ("Erp ressung", {3}),
        ("Erpr", {4}),  # still typing
        ("App", {10, 12}),  # a compound of it counts
        *((text, {5}) for text in ("Cyberangriff", "Cyberangrif", "Cyberatacke", "Cyberattacke")),
        ("Datensicherungskonzept", {6, 7}),
        ("Datensicherung", {6, 7}),
        *((text, {9}) for text in ("OPC-UA", "OPC UA")),
        ("Reifegard-Check", {14}),
        ("E-Rechnung", {15}),
        ("Rechnung", {15, 16}),
        *((text, set()) for text in ("🔥", "?!", "…")),
        *((text, set(GERMAN)) for text in ("", "   ", "der die das")),
    ],
)
def test_what_was_meant_is_found(shelf, text, found):
    assert set(ids(shelf, text=text)) == found


def test_what_holds_the_whole_word_comes_before_what_holds_what_it_is_about(shelf):
    assert ids(shelf, text="Datensicherungskonzept") == [6, 7]


@pytest.mark.parametrize("text", ["joinery", "joiner", "joiners", "carpenter", "carpentry", "Tischler", "Schreinerei"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_trade_is_found_by_its_names_in_both_languages(shelf, text, lang):
    assert ids(shelf, text=text, lang=lang) == [11]


def test_a_name_in_another_list_does_not_hide_the_one_in_this():
    shelf = Shelf([item(1, "Tischlerei", "A joinery", kind="news"), item(2, "Tischlerei", "Stairs", kind="story")])
    assert ids(shelf, text="joinery", lang="en", kinds=frozenset({"story"})) == [2]


def test_what_was_mended_is_not_told_as_the_word_itself(shelf):
    assert shelf.find(Query(text="Cyberangriff"), now=0).complete
    assert not shelf.find(Query(text="Cyberangrif"), now=0).complete


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cyberangrif", "cyberangriff"),
        ("maschinenwartng", "maschinenwartung"),
        ("mashinenwartung", "maschinenwartung"),
        ("maschine", "maschine"),
        ("xyzzyqwx", "xyzzyqwx"),
    ],
)
def test_a_compound_is_mended_by_its_known_part(typed, meant):
    assert Compounds(["cyber", "angriff", "maschine", "maschinen", "wartung"])(typed) == meant
