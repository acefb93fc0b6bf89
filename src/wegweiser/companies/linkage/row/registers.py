"""An entry in a register taken apart: each court counts for itself, and lists leave the court out. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from wegweiser.companies.linkage.row.vocabulary import folded

_ENTRY = re.compile(r"\s*(hr[ab]|gnr|vr|pr)\s*0*(\d+)(?:\s+([a-z])(?![\w]))?(.*)")
_OF_A_COURT = re.compile(r"[a-z]{4,}")  # and no "am", "ob", "der"


@dataclass(frozen=True, slots=True)
class Entry:
    """`number` is kind and number as one court counts, `court` the words of where that is; empty where nobody said."""

    number: str
    court: frozenset[str] = frozenset()


@lru_cache(maxsize=50_000)
def read(text: str) -> Entry:
    """
    >>> read("HRB 01234 Halle (Saale)") == read("hrb 1234 Saale Halle"), read("HRB 1234").court, read("").number
    (True, frozenset(), '')
    """
    plain = folded(text)
    told = _ENTRY.match(plain)
    if told is None:
        return Entry(" ".join(plain.split()))
    return Entry(" ".join(filter(None, told.groups()[:3])), frozenset(_OF_A_COURT.findall(told[4])))


def in_remark(remark: str) -> str:
    """The entry that a remark tells of the row itself: a clause of its own, and one alone. Of another firm's it says
    whose; "neue HRA 2017" is a year.

    >>> in_remark("HRB 11873, Schwesterfirma"), in_remark("neue HRA 2017"), in_remark("Komplementärin: HRB 18230")
    ('HRB 11873', '', '')
    """
    found = _CLAUSE.findall(remark)
    return str(found[0]) if len(found) == 1 and len(_ANY.findall(remark)) == 1 else ""


_CLAUSE = re.compile(r"(?:^|[,;.(])\s*(HR[AB]\s?\d{2,6})\s*(?=$|[,;.)])")
_ANY = re.compile(r"\bHR[AB]\b", re.IGNORECASE)


def are_one(one: Entry, other: Entry, *, near: bool | None) -> bool | None:
    """Whether two entries are one. None where the numbers are one and the court is not told of both: in another town
    that is another court's number as easily.

    >>> koeln, berlin, unknown = map(read, ("HRB 1234 Köln", "HRB 1234 Charlottenburg", "HRB 1234"))
    >>> are_one(koeln, berlin, near=True), are_one(koeln, unknown, near=True), are_one(koeln, unknown, near=False)
    (False, True, None)
    """
    if one.number != other.number:
        return False
    if one.court and other.court:
        return not one.court.isdisjoint(other.court)  # Berlin Charlottenburg
    return None if near is False else True
