"""Amounts are decimals in euros, rounded in one way: to the cent, half away from zero."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def euros(amount: Decimal | int | str) -> Decimal:
    """`amount` in EUR, rounded to the cent. Floats are refused: they have lost the cent already."""
    if isinstance(amount, float):
        raise TypeError("Give money as Decimal, int or str.")
    return Decimal(amount).quantize(CENT, rounding=ROUND_HALF_UP)
