"""What two rows of one firm differ in without being two: a letter, a region, a remark on who works there, a village."""

import csv
import doctest
from itertools import permutations
from pathlib import Path

import pytest
from benchmarks.companies import cells

from tests.companies import rows
from wegweiser.companies.importing import told
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.pair import doers
from wegweiser.companies.linkage.row import asides, colleagues, names, people, said_of_itself, whereabouts
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database
HEAD = "name|person|street|postcode|place|phone|email|website|sector|remark"


@pytest.mark.parametrize("module", [colleagues, doers, names, people, said_of_itself])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


def read(*rows: str) -> list[Known]:
    """Rows as an import reads them."""
    table = list(csv.DictReader([HEAD, *rows], delimiter="|"))
    found, places = cells.read(table, cells.OUTSIDERS_COLUMNS), cells.cleaner().region.gazetteer
    assert all(isinstance(row, Clean) for row in found)
    return [whereabouts.located(told.known_of(row), lambda: places) for row in found if isinstance(row, Clean)]


def merge(one: str, other: str) -> bool:
    left, right = (profile(number, known) for number, known in enumerate(read(one, other)))
    found = compare(left, right).verdict
    assert found == compare(right, left).verdict, "It does not matter which one is asked about."
    return found == Verdict.SURE and bool(set(left.blocks) & set(right.blocks))


def firms(*told: str) -> int:
    return rows.firms(*read(*told))


def test_pairs_that_are_one_firm_merge_and_no_others():
    """In `slips_and_remarks.psv`, which is as `pairs.psv` is."""
    with (Path(__file__).parent / "slips_and_remarks.psv").open(encoding="utf-8") as lines:
        table = [line.rstrip("\n").split("|", 2) for line in lines][1:]
    pairs = [(one, other) for one, other in zip(table[::2], table[1::2], strict=True)]
    assert all(one[:2] == other[:2] for one, other in pairs)
    wrong = [number for (number, truth, one), (_, _, other) in pairs if merge(one, other) is not (truth == "one")]
    assert wrong == []


@pytest.mark.parametrize(
    "remark",
    [
        "Sohn ist jetzt Ansprechpartner",
        "Ansprechpartner jetzt die Tochter",
        "Chef ist jetzt der Sohn",
        "neuer Chef (Sohn)",
        "Inhaber jetzt Sohn Tim",
        "jetzt Tochter Inhaberin",
        "Nachfolge: Tochter",
        "Tochter hat seit 2024 die Leitung",
        "Sohn macht jetzt alles",
        "Tochter des Inhabers",
        "gleiche Firma, anderer Ansprechpartner",
        "Generationswechsel läuft",
        "nächste Generation übernimmt",
    ],
)
def test_the_next_of_the_family_has_the_same_firm(remark):
    rows = _father_and("Torsten", remark)
    assert asides.read(remark).continues or said_of_itself.goes_on(remark)
    assert merge(*rows)


@pytest.mark.parametrize(
    "remark",
    [
        "Chef der neuen GmbH ist der Sohn",
        "Inhaber jetzt Sohn, eigene Firma",
        "Tochter ab 2025 Inhaberin der Tischlerei nebenan",
        "Nachfolge: Tochter hat abgesagt",
        "Generationswechsel gescheitert",
        "Sohn des Inhabers, selbständig",
        "nicht dieselbe Firma",
        "",
    ],
)
def test_father_and_son_wait_where_no_remark_says_that_the_firm_is_the_same(remark):
    assert not merge(*_father_and("Torsten", remark))


def _father_and(first: str, remark: str) -> tuple[str, str]:
    return (
        "Möbelhaus Wiegleb|Horst Wiegleb|Lange Str. 11|39638|Gardelegen|03907 71230|info@wiegleb.example|||",
        f"Möbelhaus Wiegleb|{first} Wiegleb|Lange Str. 11|39638|Gardelegen||t.wiegleb@wiegleb.example|||{remark}",
    )


WERNITZ = (
    "Haustechnik Wernitz|S. Wernitz||06366|Köthen||s.wernitz@wernitz-bad.example|||",
    "Wernitz Haustechnik|Sören Wernitz|Wallstr. 30|06366|Köthen|03496 614408|s.wernitz@wernitz-bad.example||Heizung|",
    "Wernetz Heizung Sanitär|Stefan Wernetz|Bärplatz 12|06366|Köthen|0172 5550444|||SHK|",
)


def test_the_letter_in_a_mail_is_nobody_of_a_like_name_where_its_row_says_whose_it_is():
    assert not merge(*WERNITZ[1:])
    for order in ((0, 1, 2), (1, 0, 2), (2, 1, 0), (1, 2, 0)):
        assert firms(*(WERNITZ[place] for place in order)) > 1


def test_a_letter_in_a_mail_alone_may_be_whoever_is_called_so():
    assert merge(
        "Haustechnik Wernitz||Wallstr. 30|06366|Köthen||s.wernitz@wernitz-bad.example||Heizung|",
        "Wernitz Haustechnik|Sören Wernitz|Wallstr. 30|06366|Köthen|03496 614408|||Heizung|",
    )


VILLAGE = (
    "FICHTENRAUSCH HOLZ GMBH|KELLING|BODETAL 2|38889|ALTENBRAK|039456 41210||||",
    "Sägewerk Fichtenrausch Holz GmbH|Jörn Kelling|Bodetal 2|38889|Altenbrak|039456 41210|h@fichtenrausch.example|||",
    "Fichtenrausch|Jörn Kelling|||Thale||j.kelling@fichtenrausch.example||Holz|Visitenkarte",
)


def test_another_place_is_none_where_a_third_row_is_there_and_is_both():
    assert [firms(*(VILLAGE[place] for place in order)) for order in ((0, 1, 2), (2, 1, 0), (2, 0, 1))] == [1, 1, 1]


def test_two_houses_of_one_name_in_two_towns_stay_two_beside_a_row_without_a_street():
    rows = (
        "Fichtenrausch GmbH|Jörn Kelling|Bodetal 2|38889|Altenbrak|039456 41210|kontakt@fichtenrausch.example|||",
        "Fichtenrausch|Olaf Sasse|Lange Str. 4|39576|Stendal|03931 771210||||",
    )
    assert all(firms(*(rows[place] for place in order)) == len(rows) for order in permutations(range(2)))
