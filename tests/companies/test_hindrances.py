"""What keeps the weights from deciding: each row of the table has two rows of a list that nothing else keeps apart."""

import pytest

from tests.companies.rows import HERE, LINE, TOWN, verdict
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.linkage.weighing import hindrances
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database

SMALL = {"postcode": "39288", "place": "Burg"}
GARDELEGEN = {"postcode": "39638", "place": "Gardelegen"}

EXAMPLES = {
    "differs": (
        Known(name="Rehfalk Guss", street="Ring 2", **TOWN),
        Known(name="Rehfalk Guss", **HERE),
    ),
    "others_there": (
        Known(name="Seefalkenbräu GmbH", persons=("Karl Ecker",), trade="Bier", phones=("+493474171200",), **HERE),
        Known(
            name="Seefalken-Bräustübl",
            persons=("Ute Kain",),
            trade="Gaststätte",
            phones=("+4934741712040",),
            **HERE,
        ),
    ),
    "chain": (
        Known(name="Optik Rehfalk Nord", emails=("nord@rehfalk.example",), **TOWN),
        Known(name="Optik Rehfalk", emails=("info@rehfalk.example",), **TOWN),
    ),
    "vetoed": (
        Known(name="Rehfalk Guss GmbH", **TOWN, **LINE),
        Known(name="Rehfalk Guss e.K.", **TOWN, **LINE),
    ),
    "two_companies": (
        Known(name="AR Metallbau GmbH", website="ar-metall.example", **TOWN),
        Known(name="Metallbau Rehbein Altmark GmbH", website="ar-metall.example", **TOWN),
    ),
    "may_say_another": (
        Known(name="Rehfalk Logistik GmbH", **TOWN),
        Known(name="Rehfalk Logistik Nord GmbH", **TOWN),
    ),
    "trade_alone": (Known(name="Bäckerei", **HERE), Known(name="Bäckerei Rehbein", **HERE)),
    "no_common_word": (
        Known(name="Kräuterwald", persons=("Ute Rehbein",), trade="Heilpraktikerin", **HERE),
        Known(name="Heilpraktikerin Rehbein", **HERE),
    ),
    "nowhere": (Known(name="Kräuterwald Tee"), Known(name="Teehaus Kräuterwald", **HERE)),
    "only_alike": (Known(name="Gasthof Linde", **SMALL), Known(name="Gasthof Lindenhof", **SMALL)),
    "spelt_otherwise": (Known(name="Winzer Böhm", **SMALL), Known(name="Weingut Böhme", **SMALL)),
    "other_people": (
        Known(name="Agrargenossenschaft Gardelegen eG", persons=("Karl Rehbein",), **GARDELEGEN),
        Known(name="Gardelegener Agrar", persons=("Ute Kain",), **GARDELEGEN),
    ),
    "other_code": (
        Known(name="Uhren Rehbein", postcode="39104", place="Magdeburg"),
        Known(name="Rehbein Uhren", postcode="39128", place="Magdeburg"),
    ),
    "what_many_say": (
        Known(name="Müller Dachdeckerei", place="Magdeburg"),
        Known(name="Dachdecker Müller GmbH", place="Magdeburg"),
    ),
    "many_and_no_trade": (Known(name="Familie Weber", **SMALL), Known(name="Weber Bau", **SMALL)),
    "beside_a_company": (
        Known(name="Elektro Rehbein GmbH", **TOWN),
        Known(name="J. Rehbein, Elektromeister", **TOWN),
    ),
    "common_name": (Known(name="Uhren-Schulz", **TOWN), Known(name="Schulz Uhren", persons=("Ute Schulz",), **HERE)),
}


def test_each_hindrance_has_an_example_of_its_own():
    assert [hindrance.name for hindrance in hindrances.HINDRANCES] == list(EXAMPLES)
    assert all(hindrance.example for hindrance in hindrances.HINDRANCES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_person_is_asked_about_the_example_and_would_not_be_without_the_hindrance(name, monkeypatch):
    assert verdict(*EXAMPLES[name]) == Verdict.UNSURE
    others = tuple(hindrance for hindrance in hindrances.HINDRANCES if hindrance.name != name)
    monkeypatch.setattr(hindrances, "HINDRANCES", others)
    assert verdict(*EXAMPLES[name]) == Verdict.SURE
