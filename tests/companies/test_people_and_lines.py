"""Whose first name counts, who is born as what, whose line a number is: what makes two of one, and what does not."""

import pytest

from tests.companies.rows import TOWN, verdict
from wegweiser.companies.linkage.likeness import Likeness, compare
from wegweiser.companies.linkage.pair import phone_lines
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict

BURG = {"postcode": "39288", "place": "Burg"}


def likeness(one: Known, other: Known) -> Likeness:
    return compare(profile(1, one), profile(2, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Known(name="Metallbau Krug", street="Ring 2", **TOWN, phones=("+493916000",)),
            Known(name="Krug Metallbau", street="Anger 9", **TOWN, phones=("+493916543210",)),
        ),
        (
            Known(name="Sozialstation Ehle", **BURG, phones=("+493921900",), emails=("a@ehle.example",)),
            Known(name="Sozialstation Ehle", **BURG, phones=("+49392195432",), emails=("b@station.example",)),
        ),
    ],
)
def test_a_number_with_zeros_is_no_exchange_of_half_a_town(one: Known, other: Known) -> None:
    assert verdict(one, other) < Verdict.SURE


def test_an_extension_stands_where_the_zero_stood() -> None:
    assert phone_lines.is_central("+493918100", "+49391810234")
    assert phone_lines.is_central("+49391810012", "+4939181000")
    assert not phone_lines.is_central("+4939181000", "+493918123456")
    assert not phone_lines.is_central("+493916000", "+493916543210")
