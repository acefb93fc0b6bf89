"""Numbers as people type them or copy them out of a balance sheet, in both languages."""

import doctest
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.web.ui import numbers
from wegweiser.web.ui.numbers import AmountField, NumberField, plain

AMOUNT = AmountField(max_digits=15, decimal_places=2)


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(numbers).failed == 0


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("de", "1.200.000", "1200000"),
        ("de", "800 000", "800000"),
        ("de", "800\u202f000,50", "800000.50"),
        ("de", "90.000.000,00 €", "90000000"),
        ("de", "1.200", "1200"),
        ("de", "6,5", "6.5"),
        ("de", "6.5", "6.5"),
        ("de", "1,200,000", "1200000"),
        ("de", "1'200'000", "1200000"),
        ("en", "1,200,000", "1200000"),
        ("en", "€1,200", "1200"),
        ("en", "1.2", "1.2"),
        ("en", "90.000.000,00 EUR", "90000000"),
    ],
)
def test_an_amount_is_read_as_the_language_of_the_page_writes_it(language, text, read):
    with translation.override(language):
        assert AMOUNT.clean(text) == Decimal(read)


@pytest.mark.parametrize("text", ["1.20.000", "1,2,3", "viel", "12 34", "1.200.00", "1,200,000,5"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_may_be_a_slip_is_refused(language, text):
    with translation.override(language), pytest.raises(ValidationError):
        AMOUNT.clean(text)


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_what_python_writes_with_groups_is_read_again(number):
    english = f"{number:,}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert Decimal(plain(english, comma=False)) == Decimal(plain(german, comma=True)) == number


def test_a_number_has_no_euros():
    with translation.override("de"), pytest.raises(ValidationError):
        NumberField().clean("3 €")
