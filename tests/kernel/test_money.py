from decimal import Decimal

import pytest

from wegweiser.kernel.money import euros


def test_half_a_cent_is_rounded_away_from_zero():
    assert euros("2.345") == Decimal("2.35")
    assert euros("-2.345") == Decimal("-2.35")


def test_floats_are_refused():
    with pytest.raises(TypeError):
        euros(2.34)  # type: ignore[arg-type]
