"""What parts two rows and is settled by a third one of their firm; and how much is compared for it."""

from collections import Counter
from dataclasses import replace

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


@pytest.mark.parametrize(
    "more",
    [
        {"name": "Altmark Wäscherei und Reinigung"},
        {"persons": ("Karl Rehbein",), "emails": ("rehbein@altmark-waescherei.example",)},
        {"emails": ("einkauf@altmark-waescherei.example",)},
    ],
    ids=["a word more", "another of the family", "somebody without a mailbox of their own"],
)
def test_who_tells_more_than_the_fuller_row_is_asked_about(more):
    assert firms(COMPANY, AS_PEOPLE_SAY, replace(WHO_SIGNED_IN, **more)) == 2


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


def test_what_two_rows_of_a_firm_are_is_found_out_once(monkeypatch):
    """Whoever joins a firm asks all of its rows again, and they ask one another; what was found is remembered."""
    asked = Counter()

    def compare(one, other):
        if groups.index.profiles.get(one.key) is one and groups.index.profiles.get(other.key) is other:
            asked[one.key, other.key] += 1
        return likeness.compare(one, other)

    monkeypatch.setattr(grouping, "compare", compare)
    groups = grouping.Groups()
    others = [
        replace(WHO_SIGNED_IN, persons=(f"Hr. {name}",), emails=(f"{name.lower()}@altmark-waescherei.example",))
        for name in ("Petzold", "Unger", "Noll", "Dietz")
    ]
    for number, row in enumerate([COMPANY, AS_PEOPLE_SAY, *others]):
        groups.place(profile(number, row))
    assert {groups.root(number) for number in range(6)} == {0}
    assert max(asked.values()) == 1
