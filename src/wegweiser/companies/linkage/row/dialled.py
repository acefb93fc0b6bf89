"""The town that a line in the ground tells by its dialling code. Pure.

`dialling.toml` was learned from rows that have both (`python -m benchmarks.companies.dialling`). A code is that of a
town and of the villages around it.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path

_TOWNS: dict[str, str] = tomllib.loads(Path(__file__).with_name("dialling.toml").read_text(encoding="utf-8"))
_GERMANY = "+49"
_MOBILE = ("+4915", "+4916", "+4917")
DIGITS = range(2, 6)  # of a dialling code without its zero


def town_of(phones: Iterable[str]) -> str:
    """The folded name of the town of all lines in the ground (E.164); empty where we do not know it, or of two towns.

    >>> town_of(("+493921944127", "+491714402918")), town_of(("+491714402918",)), town_of(("+493921944127", "+4939155"))
    ('burg', '', '')
    """
    towns = {_town(phone) for phone in phones if not phone.startswith(_MOBILE)}
    return towns.pop() if len(towns) == 1 else ""


def _town(phone: str) -> str:
    if not phone.startswith(_GERMANY):
        return ""
    # No code begins another one.
    return next((town for digits in DIGITS if (town := _TOWNS.get(phone[len(_GERMANY) :][:digits]))), "")
