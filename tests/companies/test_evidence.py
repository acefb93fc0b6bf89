"""What a careful reader concludes from two rows of a list: pairs and small firms of our own, and kinds of evidence."""

import csv
from itertools import combinations
from pathlib import Path

import pytest
from benchmarks.companies import cells

from tests.companies.rows import HERE, LINE, MAIL, TOWN
from wegweiser.companies.importing import told
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage import grouping
from wegweiser.companies.linkage.likeness import Likeness, compare
from wegweiser.companies.linkage.row import asides, names, people, sounds, trades, whereabouts
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.row.written_addresses import folded_street
from wegweiser.companies.linkage.weighing.verdicts import Verdict
from wegweiser.web.desk import merging

pytestmark = pytest.mark.one_database
FILES = Path(__file__).parent


def read(name: str) -> tuple[list[dict[str, str]], list[Known]]:
    with (FILES / name).open(encoding="utf-8") as lines:
        table = list(csv.DictReader(lines, delimiter="|"))
    rows, places = cells.read(table, cells.OUTSIDERS_COLUMNS), cells.cleaner().region.gazetteer
    known = [told.known_of(row) for row in rows if isinstance(row, Clean)]
    assert len(known) == len(table)
    return table, [whereabouts.located(one, lambda: places) for one in known]


def likeness(one: Known, other: Known) -> Likeness:
    there, back = compare(profile(1, one), profile(2, other)), compare(profile(2, other), profile(1, one))
    assert (there.verdict, set(there.evidence)) == (back.verdict, set(back.evidence))
    return there


def verdict(one: Known, other: Known) -> Verdict:
    return likeness(one, other).verdict


def test_pairs_that_are_one_firm_are_found_and_merge_and_no_others():
    table, known = read("pairs.psv")
    profiles = [profile(number, one) for number, one in enumerate(known)]
    wrong = []
    for number in range(0, len(table), 2):
        one, other = profiles[number], profiles[number + 1]
        merges = compare(one, other).verdict == Verdict.SURE and bool(set(one.blocks) & set(other.blocks))
        if merges is not (table[number]["truth"] == "one"):
            wrong.append(table[number]["name"])
    assert wrong == []


def test_firms_of_several_rows_come_together_and_none_with_another():
    table, known = read("firms.psv")
    groups = grouping.Groups()
    for number, one in enumerate(known):
        groups.place(profile(number, one))
    merged = {pair for pair in combinations(range(len(table)), 2) if len({*map(groups.root, pair)}) == 1}
    same = {(a, b) for a, b in combinations(range(len(table)), 2) if table[a]["truth"] == table[b]["truth"]}
    assert merged <= same
    assert len(merged) >= 198  # of 219; what a converted firm's branch is part of waits for a person


def test_each_kind_of_evidence_has_words():
    _, known = read("pairs.psv")
    profiles = [profile(number, one) for number, one in enumerate(known)]
    for number in range(0, len(profiles), 2):
        assert merging.words(compare(profiles[number], profiles[number + 1]).evidence)


@pytest.mark.parametrize(
    ("one", "other"),
    [("garz", "gartz"), ("thormann", "tormann"), ("kruemmel", "kruemel"), ("meyer", "maier"), ("rothe", "rote")],
)
def test_names_that_sound_alike(one, other):
    assert sounds.sound(one) == sounds.sound(other)


@pytest.mark.parametrize(("one", "other"), [("beck", "bock"), ("kohl", "kahl"), ("sander", "sauer"), ("roth", "rath")])
def test_names_that_do_not(one, other):
    assert sounds.sound(one) != sounds.sound(other)


def test_an_initial_u_is_no_and():
    assert people.people("U. Abel") == (("u", "abel"),)
    assert people.people("Ilka und Jan Abel") == (("ilka", "abel"), ("jan", "abel"))


def test_a_box_is_no_address():
    assert folded_street("Postfach 11 05") == ("", "")
    box = Known(name="Rehbein Tiefbau", street="Postfach 1105", postcode="39104", place="Magdeburg", **LINE)
    found = likeness(Known(name="Tiefbau Rehbein GmbH", **HERE, **LINE), box)
    assert found.verdict == Verdict.SURE
    assert "other_address" not in found.evidence


def test_an_extension_leads_to_the_same_firm():
    one = Known(name="Rehbein Stahlbau", phones=("+49391555010",), **TOWN)
    found = likeness(one, Known(name="Stahl- und Hallenbau Rehbein", phones=("+493915550114",), **TOWN))
    assert "same_exchange" in found.evidence
    assert "other_phone" not in found.evidence


def test_what_a_firm_of_the_state_was_called_is_no_predecessor():
    assert not names.parse("Metallwerk Rehbein (ehem. VEB Blechwaren)").is_successor
    assert names.parse("Metallwerk Rehbein (ehem. Kuhnt)").is_successor


def test_who_is_insolvent_is_still_the_same():
    one = Known(name="Rehbein Bau GmbH", persons=("Karl Rehbein",), **HERE)
    assert verdict(one, Known(name="Rehbein Bau GmbH i. Ins.", persons=("K. Rehbein",), **HERE)) == Verdict.SURE
    assert verdict(one, Known(name="Rehbein Bau GmbH i. Ins.", persons=("Tim Kuhnt",), **HERE)) != Verdict.SURE


@pytest.mark.parametrize(
    ("remark", "found"),
    [
        ("Umzug 2023", asides.Aside(moved=True)),
        ("unselbst. Filiale", asides.Aside(is_part=True)),
        ("heißt jetzt Storch Bau", asides.Aside(former="storch bau")),
        ("umfirmiert aus Kranich GmbH", asides.Aside(former="kranich gmbh")),
        ("Messe Leipzig, Rückruf erbeten", asides.NONE),
        ("", asides.NONE),
    ],
)
def test_what_a_remark_says(remark, found):
    assert asides.read(remark) == found


@pytest.mark.parametrize("remark", ["Bruder von Jan", "eigene GmbH, HRB getrennt", "Pächter seit 2022", "Nachfolgerin"])
def test_a_remark_that_speaks_of_another_firm_leaves_it_to_a_person(remark):
    one, other = Known(name="Rehbein Dach", **HERE, **LINE), Known(name="Rehbein Dach", remark=remark, **HERE, **LINE)
    found = likeness(one, other)
    assert found.verdict == Verdict.UNSURE
    assert "told_apart" in found.evidence
    person = {"persons": ("Ina Rehbein",)}
    assert (
        verdict(
            Known(name="Rehbein Dach", **HERE, **LINE, **person),
            Known(name="Rehbein Dach", remark=remark, **HERE, **LINE, **person),
        )
        == Verdict.SURE
    )


def test_who_has_moved_is_known_by_mail_and_person_where_a_remark_says_so():
    there = {"street": "Am Anger 2", "postcode": "39245", "place": "Gommern", "persons": ("I. Rehbein",), **MAIL}
    one = {"name": "Rehbein Blechtechnik", "persons": ("Ina Rehbein",), **HERE, **MAIL}
    assert verdict(Known(**one, remark="Umzug 2022"), Known(name="Blechbearbeitung Rehbein", **there)) == Verdict.SURE
    assert verdict(Known(**one), Known(name="Blechbearbeitung Rehbein", **there)) != Verdict.SURE


def test_a_branch_that_is_no_firm_of_its_own_is_the_firm():
    there = {"street": "Am Anger 2", "postcode": "39245", "place": "Gommern", "persons": ("Ina Rehbein",), **LINE}
    one = Known(name="Autohaus Rehbein", persons=("Ina Rehbein",), **HERE, **LINE)
    branch = {"name": "Autohaus Rehbein, Filiale Gommern", **there}
    assert verdict(one, Known(**branch, remark="unselbst. Filiale")) == Verdict.SURE
    assert verdict(one, Known(**branch)) == Verdict.UNSURE


def test_who_was_called_otherwise_before_the_wedding():
    one = Known(name="Fotografie Mila Rehbein", persons=("Mila Rehbein",), **HERE, **LINE)
    other = Known(name="Mila Kuhnt Fotografie", persons=("Mila Kuhnt",), remark="geb. Rehbein", **HERE, **LINE)
    assert "same_person" in likeness(one, other).evidence


def test_two_fields_that_one_firm_often_has_are_not_another_trade():
    software, it, hair = (trades.fields_of(text) for text in ("Software", "EDV", "Friseur"))
    assert not software & it
    assert trades.are_related(software, it)
    assert not trades.are_related(software, hair)
