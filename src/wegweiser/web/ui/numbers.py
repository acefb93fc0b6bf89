"""Numbers that somebody types or copies out of a balance sheet: grouped by dots, commas, blanks or apostrophes."""

import re
from typing import Any

from django import forms
from django.utils.formats import get_format

_BLANKS = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_GROUPED = {".": re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+"), ",": re.compile(r"-?[1-9]\d{0,2}(,\d{3})+")}
_EUROS = re.compile(r"(?i)\s*(€|eur|euro)$|^(€|eur)\s*")


def plain(text: str, *, comma: bool) -> str:
    """The number as Python reads it. `comma`: the fraction begins with a comma, as in German.

    What cannot be meant otherwise is read in either language; what is no number comes back as it was.

    >>> [plain(text, comma=True) for text in ("1.200.000", "800 000", "90.000.000,00", "6,5", "6.5", "1.200")]
    ['1200000', '800000', '90000000.00', '6.5', '6.5', '1200']
    >>> [plain(text, comma=False) for text in ("1,200,000", "1,200", "1.200", "1,200,000.50", "90.000.000,00", "6,5")]
    ['1200000', '1200', '1.200', '1200000.50', '90000000.00', '6.5']
    >>> plain("1.20.000", comma=True), plain("12,34,56", comma=True)
    ('1.20.000', '12,34,56')
    """
    flat = _BLANKS.sub("", text.strip())
    own, other = (",", ".") if comma else (".", ",")
    for point, group in ((own, other), (other, own)):
        whole, found, fraction = flat.partition(point)
        is_grouped = bool(_GROUPED[group].fullmatch(whole))
        is_alone = not found and (group == other or whole.count(group) > 1)
        if is_grouped and (is_alone or (found and fraction.isdecimal())):
            return f"{whole.replace(group, '')}.{fraction}" if found else whole.replace(group, "")
    return flat.replace(",", ".") if re.fullmatch(r"-?\d+,\d+", flat) else flat


def typed(text: str) -> str:
    """As `plain`, in the language of the page."""
    return plain(text, comma=get_format("DECIMAL_SEPARATOR") == ",")


class NumberField(forms.DecimalField):
    """A number in a form. Every form that asks for a number with groups or a fraction asks with this field."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(localize=True, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(typed(value) if isinstance(value, str) else value)


class AmountField(NumberField):
    """An amount of euros, with their sign or without."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(_EUROS.sub("", value.strip()) if isinstance(value, str) else value)
