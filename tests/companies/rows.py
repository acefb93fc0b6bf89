"""Rows of lists, and what is made of them: shared by the tests of which rows are one firm."""

from wegweiser.companies.linkage import grouping
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict

HERE = {"street": "Lindenallee 4", "postcode": "39104", "place": "Magdeburg"}
THERE = {"street": "Am Anger 2", "postcode": "38855", "place": "Wernigerode"}
TOWN = {"postcode": "39104", "place": "Magdeburg"}
LINE = {"phones": ("+493915550100",)}
MAIL = {"emails": ("info@rehbein.example",)}


def verdict(one: Known, other: Known) -> Verdict:
    """What is said of two rows, whichever comes first."""
    left, right = profile(1, one), profile(2, other)
    found = compare(left, right).verdict
    assert found == compare(right, left).verdict, "It does not matter which one is asked about."
    return found


def firms(*rows: Known) -> int:
    """How many firms a list of these rows holds, read in this order."""
    groups = grouping.Groups()
    for number, row in enumerate(rows):
        groups.place(profile(number, row))
    return len({groups.root(number) for number in range(len(rows))})
