"""Whether a row tells of a firm in another country, whose postal code only looks like one of ours."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from wegweiser.companies.importing import phone_cells, values
from wegweiser.companies.importing.headers import fold

_WORDS = {
    kind: frozenset(words.split())
    for kind, words in tomllib.loads((Path(__file__).parent / "abroad.toml").read_text(encoding="utf-8")).items()
}
HEADERS = _WORDS["headers"]  # folded, of the column that says the country
_UNUSED = ("00", "05")  # no German postal code begins so
_END = re.compile(r"(?i)\.([a-z]{2})(?=[/:\s,;>)\]]|$)")


def tells(raw: Mapping[str, str], *, country: str, code: str, place: str, lost_its_zero: bool) -> bool:
    """Whether the row says that the firm is abroad: by its country, or letters before the postal code.

    Less will do where the code got its zero from us: its numbers, its domain, its VAT number, or a large town.

    >>> tells({}, country="", code="08001", place="Zürich", lost_its_zero=True)
    True
    >>> tells({}, country="", code="04109", place="Leipzig", lost_its_zero=True)
    False
    """
    key = fold(country)
    if key in _WORDS["home"]:
        return False
    if key in _WORDS["countries"] or any(map(values.is_code_abroad, _with_code(raw))):
        return True
    if not lost_its_zero:
        return False
    written = " ".join(raw.get(column, "") for column in ("email", "website"))
    ends = {told.lower() for told in _END.findall(written)}
    return (
        code.startswith(_UNUSED)
        or fold(place) in _WORDS["places"]
        or (bool(ends) and ends <= _WORDS["domains"])
        or values.is_foreign_vat_id(raw.get("vat_id", ""))
        or _all_numbers_are(raw)
    )


def _with_code(raw: Mapping[str, str]) -> list[str]:
    return [raw[column] for column in ("postcode", "postcode_place") if column in raw]


def _all_numbers_are(raw: Mapping[str, str]) -> bool:
    numbers = [one for column in ("phone", "mobile", "fax") for one in phone_cells.numbers(raw.get(column, "")).good]
    return bool(numbers) and not any(number.startswith("+49") for number in numbers)
