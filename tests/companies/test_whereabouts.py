"""A firm of which a postal code alone is known, and one of which a place alone is: stored, imported and asked for."""

import pytest

from tests.contact_point import BY
from wegweiser.companies import alike, queries
from wegweiser.companies import lists as reads
from wegweiser.companies.actions import lists
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Company, ListRow
from wegweiser.consortium import directory
from wegweiser.consortium.gazetteer import Gazetteer, Place

pytestmark = pytest.mark.django_db
PLACES = Gazetteer(
    (
        Place("Burg", "15086", "", 52.27, 11.86, 22_000, ("39288",)),
        Place("Wernigerode", "15085", "", 51.83, 10.78, 32_000, ("38855",)),
    )
)
LIST = """Firma;Ansprechpartner;Straße;PLZ;Ort;Telefon;Web;Branche
Tischlerei Rehbein;Karl Rehbein;Weg 3;39288;;;;Tischler
Rehbein Möbel;Rehbein, Karl;;;Burg;03921 555010;info@rehbein.example;Möbeltischlerei
Tischlerei Rehbein;Kurt Rehbein;;;Wernigerode;;;Tischler
"""


@pytest.fixture(autouse=True)
def _places(monkeypatch):
    monkeypatch.setattr(directory, "gazetteer", lambda: PLACES)


def take(text: str):
    return lists.take(opened=reads.open_list(text.encode()), name="liste.csv", by=BY)


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ({"postcode": "39288"}, {"place": "Burg"}),
        ({"place": "Burg"}, {"postcode": "39288"}),
        ({"postcode": "39288"}, {"place": "BRG"}),
    ],
)
def test_a_firm_is_found_by_the_one_where_it_has_the_other(kept, asked):
    firm = Company.objects.create(name="Tischlerei Rehbein", **kept)
    found = alike.likely(Known(name="Schreinerei Rehbein", **asked))
    assert [hit.company.pk for hit in found] == [firm.pk]
    assert "same_place" in found[0].evidence
    assert alike.certain(Known(name="Tischlerei Rehbein", postcode="38855")) is None


def test_an_import_makes_one_firm_of_them_and_not_of_a_namesake_elsewhere():
    told = take(LIST).document()
    assert told["merged"] == [[1, 2]]
    assert queries.canonical().count() == 2
    again = take(LIST).document()
    assert (again["created"], again["updated"]) == (0, 0)


def test_what_a_list_calls_the_trade_and_a_mail_in_the_wrong_column_are_kept():
    take(LIST)
    row = ListRow.objects.get(row=2)
    assert row.more["trade"] == "Möbeltischlerei"
    assert (row.company.email, row.company.website) == ("info@rehbein.example", "")
    assert "Web" not in [column for column, _, _ in row.unverified]


def test_the_trade_that_a_list_told_counts_for_who_is_asked_for_later():
    take("Firma;Ansprechpartner;PLZ;Branche\nRehbein Spezialitäten;Karl Rehbein;39288;Wurstwaren\n")
    new = Known(name="Landfleischerei Rehbein", place="Burg", persons=("Karl Rehbein",))
    assert "same_trade" in alike.likely(new)[0].evidence
