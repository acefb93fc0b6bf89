"""How one value is written for people, in German or English: numbers, shares and dates."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from wegweiser.kernel import clock

Language = Literal["de", "en"]
Kind = Literal["text", "integer", "number", "date", "datetime", "percent"]
Number = int | float | Decimal

_LAST_OF_PLANES = "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_CARRIED_BY_NONE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def is_number(value: object) -> bool:
    """Tell whether this is a finite number; a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return isinstance(value, int) or Decimal(value).is_finite()


def local(value: datetime) -> datetime:
    """Give the wall-clock time at the centre, without a zone, as sheets and paper show it."""
    return clock.local(value).replace(tzinfo=None) if value.tzinfo else value


def clean(text: str) -> str:
    """Drop what neither XML nor a font can carry: control characters, lone surrogates, noncharacters."""
    return _CARRIED_BY_NONE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def number(value: Number, lang: Language, *, places: int | None = None) -> str:
    """Write a number with grouped thousands; without `places` at most two decimals, and none that are zero."""
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    text = f"{exact:,.{2 if places is None else places}f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if Decimal(text.replace(",", "")).is_zero():
        text = text.removeprefix("-")
    if lang == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", "\N{MINUS SIGN}")


def _percent(value: Number, lang: Language) -> str:
    exact = Decimal(str(value)) * 100
    return f"{number(exact, lang, places=1)}{NO_BREAK_SPACE}%" if lang == "de" else f"{number(exact, lang, places=1)}%"


def _day(value: date, lang: Language) -> str:
    if lang == "de":
        return f"{value.day:02}.{value.month:02}.{value.year:04}"
    return f"{value.day} {MONTHS_EN[value.month - 1]} {value.year:04}"


_NUMBERS: dict[str, Callable[[Number, Language], str]] = {
    "integer": lambda value, lang: number(value, lang, places=0),
    "number": lambda value, lang: number(value, lang, places=2),
    "percent": _percent,
}


def written(value: object, kind: Kind, lang: Language) -> str:
    """Write one value as a table on paper shows it; nothing known is an empty string, a share of 0.25 is 25 %."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = local(value)
        return _day(value, lang) if kind == "date" else f"{_day(value, lang)}, {value.hour:02}:{value.minute:02}"
    if isinstance(value, date):
        return _day(value, lang)
    if is_number(value):
        return _NUMBERS[kind](value, lang) if kind in _NUMBERS else str(value)  # type: ignore[arg-type]
    if isinstance(value, float | Decimal):
        return ""  # not a number, or infinite: nothing is known
    return clean(str(value))
