"""Remarks and rows that speak of several people of one firm: a new contact, a daughter who signs in from there."""

import doctest

import pytest

from tests.companies.rows import HERE, LINE, TOWN, firms
from wegweiser.companies.linkage.row import asides, colleagues, people
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Known

pytestmark = pytest.mark.one_database
MOBILE = {"phones": ("+491715550177",)}


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(colleagues).failed == 0


# --- Remarks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("remark", "found"),
    [
        ("neue Ansprechpartnerin, Nachfolgerin von Hr. Rehbein", ("hr. rehbein",)),
        ("Nachf. v. R. Rehbein in der Buchhaltung", ("r. rehbein",)),
        ("GF seit 5/2024, vorher Karl Rehbein", ("karl rehbein",)),
        ("Herr Rehbein ist seit 2023 nicht mehr da", ("herr rehbein",)),
        ("Fr. Rehbein in Elternzeit", ("fr. rehbein",)),
        ("Krankheitsvertretung von Frau Dr. Rehbein", ("frau dr. rehbein",)),
        ("Nachfolger von Dr. Rehbein als Praxisleiter", ()),  # who leads a practice has it
        ("Nachf. v. Rehbein", ()),
        ("seit 2024, vorher Rehbein", ()),
        ("Herr Rehbein ruft zurück", ()),
        ("", ()),
    ],
)
def test_who_is_named_beside_the_contact(remark, found):
    assert colleagues.named(remark) == found


@pytest.mark.parametrize(
    "remark",
    [
        "Nachfolger von Fr. Rehbein im Vertrieb",
        "Sohn macht Buchhaltung und Internet",
        "Tochter kümmert sich um die Webseite",
        "Bruder arbeitet mit",
        "Ehefrau macht das Büro",
        "Sohn übernimmt 2027",
        "Tochter Nele steigt bald ein",
        "Sohn soll den Betrieb übernehmen",
        "Sohn arbeitet sich ein",
        "Nachfolge läuft, Tochter",
        "Nachfolge geplant (Sohn)",
        "Übergabe an Tochter Nele 2027 geplant",
        "Handy der Ehefrau",
        "Mail geht an Sohn",
    ],
)
def test_what_one_firm_has_several_people_for(remark):
    assert asides.read(remark).words == frozenset()


@pytest.mark.parametrize(
    "remark",
    [
        "Nachfolger von Fr. Rehbein",
        "Sohn macht Trockenbau",
        "Sohn macht Marketing, hat eigene Firma",
        "Sohn übernimmt den Betrieb nicht",
        "Tochter übernimmt das Café nebenan",
        "Bruder macht Elektro",
        "Sohn, seit 2022 selbständig",
        "Übergabe an Sohn nicht gelungen",
        "Wettbewerber",
        "im Wettbewerb mit Rehbein Bau",
        "nicht mit Rehbein verwechseln",
        "Nachfolger hat übernommen",
        "Werkstatt übernommen",
        "hat Adresse und Nummer von Rehbein übernommen",
        "Bruder im Laden nebenan",
        "teilt sich das Büro mit Rehbein",
        "selbständig seit 2019, vorher bei Rehbein",
    ],
)
def test_what_speaks_of_another_firm_of_the_family(remark):
    assert asides.read(remark).words


@pytest.mark.parametrize(
    "remark",
    [
        "sucht Nachfolger",
        "Nachfolger gesucht, Termin im Mai",
        "hat noch keinen Nachfolger",
        "Thema Nachfolger",
        "Kontakt von Kammer übernommen",
        "Daten aus alter Liste übernommen",
        "Übernahme der Fahrtkosten?",
        "Teilnehmer Wettbewerb 2023",
        "teilt Termin noch mit",
        "selbständig seit 1998",
    ],
)
def test_what_sounds_like_another_firm_and_is_none(remark):
    assert asides.read(remark).words == frozenset()


@pytest.mark.parametrize(
    ("remark", "continues"),
    [
        ("Sohn übernimmt zum 1.1.2027", True),
        ("Nachfolge geregelt", True),
        ("Nachfolge offen", False),
        ("Sohn übernimmt Dacharbeiten", False),
    ],
)
def test_the_next_of_the_family_has_the_same_firm(remark, continues):
    assert asides.read(remark).continues is continues


# --- People --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Pfn. Ute Rehbein", ("ute", "rehbein")),
        ("Rehbein, Pfarrerin", ("", "rehbein")),
        ("Bgm. Karl Rehbein", ("karl", "rehbein")),
        ("OM Bernd Hartwig", ("bernd", "hartwig")),
        ("Ltr. Karl Rehbein", ("karl", "rehbein")),
        ("1. Vorsitzender Karl Rehbein", ("karl", "rehbein")),
        ("Rehbein Karl Tischlermeister", ("karl", "rehbein")),
        ("z. Hd. Frau Rehbein", ("", "rehbein")),
        ("i.A. Ute Rehbein", ("ute", "rehbein")),
        ("I. Rehbein", ("i", "rehbein")),
        ("Karl Burmeister", ("karl", "burmeister")),
    ],
)
def test_what_stands_beside_a_name_is_no_name(cell, found):
    assert people.people(cell) == (found,)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Maik Rehbein", "Meik Rehbein", Same.PERSON),
        ("Mike Rehbein", "Maik Rehbein", Same.PERSON),
        ("Aileen Rehbein", "Eileen Rehbein", Same.PERSON),
        ("Fritz Rehbein", "Friedrich Rehbein", Same.PERSON),
        ("Lisa Rehbein", "Elisabeth Rehbein", Same.PERSON),
        ("Sascha Rehbein", "Alexander Rehbein", Same.PERSON),
        ("Hans Rehbein", "Johannes Rehbein", Same.OTHER),  # father and son as often
        ("Maik Rehbein", "Maike Rehbein", Same.OTHER),
        ("Mike Rehbein", "Michaela Rehbein", Same.OTHER),
    ],
)
def test_first_names_as_they_are_heard(one, other, found):
    assert people.same(*people.people(one), *people.people(other)) == found


# --- Rows ----------------------------------------------------------------------------------------------------------

MILL = Known(
    name="Senfmühle Rehbein", persons=("Karl Rehbein",), emails=("info@senf.example",), trade="Senf", **HERE, **LINE
)
DAUGHTER = Known(name="Rehbein Senfmühle", persons=("Nele Rehbein",), emails=("nele@senf.example",), **TOWN, **MOBILE)
COMPANY = Known(name="Rehbein Senfmühle GmbH", persons=("Karl Rehbein",), **HERE, **LINE)


def test_one_of_the_family_signs_in_from_the_firm_and_the_firm_stays_one():
    assert firms(MILL, DAUGHTER, COMPANY) == 1
    assert firms(COMPANY, DAUGHTER, MILL) == 1


def test_who_may_be_each_of_two_by_an_initial_is_no_bridge_between_them():
    father = Known(name="Malermeister Jörg Rehbein", **HERE, **LINE)
    son = Known(name="Malermeister Jens Rehbein", persons=("Jens Rehbein",), **HERE)
    assert firms(father, Known(name="Maler Rehbein", persons=("J. Rehbein",), **HERE), son) > 1


def test_two_firms_that_each_bear_a_first_name_stay_two():
    father = Known(name="Elektro Karl Rehbein", persons=("Karl Rehbein",), **HERE, **LINE)
    both = Known(name="Elektro Rehbein", persons=("Karl Rehbein", "Nele Rehbein"), **HERE, **LINE)
    daughter = Known(name="Elektro Nele Rehbein", persons=("Nele Rehbein",), **HERE, **MOBILE)
    assert firms(father, both, daughter) > 1
