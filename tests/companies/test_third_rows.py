"""What parts two rows and is settled by a third one of their firm; and how much is compared for it."""

import pytest

from tests.companies.rows import HERE, LINE, TOWN, firms, verdict
from wegweiser.companies.linkage import grouping, likeness
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict

COMPANY = Known(
    name="Altmark-Wäscherei GmbH",
    persons=("Frau Rehbein",),
    emails=("info@altmark-waescherei.example",),
    **HERE,
    **LINE,
)
AS_PEOPLE_SAY = Known(name="Wäscherei Rehbein", persons=("Martina Rehbein",), **HERE, **LINE)
WHO_SIGNED_IN = Known(
    name="Altmark Wäscherei",
    persons=("Hr. Petzold",),
    place="Magdeburg",
    emails=("petzold@altmark-waescherei.example",),
)


@pytest.mark.parametrize("rows", [(0, 1, 2), (1, 0, 2), (2, 0, 1), (0, 2, 1)])
def test_who_tells_nothing_that_a_fuller_row_does_not_is_no_hindrance(rows):
    """In every order in which the row that leads to both comes before the last."""
    told = [COMPANY, AS_PEOPLE_SAY, WHO_SIGNED_IN]
    assert verdict(AS_PEOPLE_SAY, WHO_SIGNED_IN) == Verdict.NO
    assert firms(*(told[place] for place in rows)) == 1


def test_a_fuller_row_needs_all_that_the_other_has():
    """A mailbox of another house, another house or another line is something of its own."""
    elsewhere = Known(name="Altmark Wäscherei", persons=("Hr. Petzold",), street="Ring 9", **TOWN)
    assert firms(COMPANY, AS_PEOPLE_SAY, elsewhere) > 1


def test_father_and_son_are_no_one_by_a_row_that_has_an_initial():
    father = Known(name="Parkettleger Günther Rehbein", persons=("Günther Rehbein",), **HERE, **LINE)
    initial = Known(name="Parkettlegermeister G. Rehbein", **HERE, **LINE)
    son = Known(name="Parkettleger Gerald Rehbein", persons=("Gerald Rehbein",), **HERE)
    assert firms(father, initial, son) == 2


def test_who_answers_at_the_number_of_a_firm_as_an_initial_is_in_it():
    short = Known(name="Rehbein Möbel", persons=("J. Rehbein",), trade="Tischlerei", **HERE, **LINE)
    long = Known(
        name="Möbelwerkstatt Rehbein & Söhne",
        persons=("Johannes Rehbein",),
        emails=("werkstatt@rehbein-moebel.example",),
        **HERE,
        **LINE,
    )
    partners = Known(
        name="Rehbein und Söhne GbR",
        persons=("Clemens Rehbein",),
        emails=("clemens@rehbein-moebel.example",),
        remark="Sohn übernimmt 2026",
        **TOWN,
    )
    assert firms(short, long, partners) == 1


def test_a_branch_of_the_firm_speaks_against_nobody():
    house = Known(
        name="Bäckerei Konditorei Rehbein OHG",
        persons=("Klaus u. Regine Rehbein",),
        emails=("baeckerei@rehbein-wr.example",),
        remark="2 Filialen",
        **HERE,
        **LINE,
    )
    branch = Known(
        name="Rehbein Bäcker, Filiale Ilsenburg",
        street="Marktplatz 1",
        postcode="38871",
        place="Ilsenburg",
        phones=("+4939452800410",),
        emails=("ilsenburg@rehbein-wr.example",),
        remark="Filiale",
    )
    at_the_house = Known(name="Konditorei Rehbein", persons=("K. Rehbein",), **HERE)
    assert verdict(branch, at_the_house) != Verdict.SURE
    assert firms(branch, house, at_the_house) == 1


def test_a_firm_with_many_rows_compares_each_two_of_them_once(monkeypatch):
    """Whoever joins a firm asks all of its rows again; what was found is remembered."""
    asked = []

    def compare(one, other):
        asked.append((one.key, other.key))
        return likeness.compare(one, other)

    monkeypatch.setattr(grouping, "compare", compare)
    names = ("Stadtwerke Rehbein GmbH", "Stadtwerke Rehbein", "SW Rehbein", "Rehbein Energie")
    people = ("Ute Abel", "Jan Kain", "Ina Noll", "Rolf Dietz")
    groups = grouping.Groups()
    for number in range(24):
        row = Known(name=names[number % 4], persons=(people[number // 6],), **HERE, **LINE)
        groups.place(profile(number, row))
    among_rows = [pair for pair in asked if pair[0] != pair[1]]
    assert len(among_rows) <= 2 * len(set(among_rows))
