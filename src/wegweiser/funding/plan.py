"""Where a grant should stand on a day, and how that is said. Pure: plain values in, plain values and sentences out.

A work plan names what is due at the end; on the way the same share of it is due each day of the term.
"""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.kernel.days import on

NEAR = Decimal("0.9")  # of what is due: from here on it is close, below it is behind


class State(StrEnum):
    """The light, and what a figure tile calls it."""

    GOOD = "good"
    NEAR = "watch"
    BEHIND = "behind"


WORDS: dict[State, str | Promise] = {State.GOOD: _("im Plan"), State.NEAR: _("knapp"), State.BEHIND: _("im Rückstand")}


def due(target: Decimal, *, start: dt.date, end: dt.date, day: dt.date) -> Decimal:
    """The part of `target` that is due when `day` is over, in a term from `start` to `end`, both included."""
    if day < start:
        return Decimal(0)
    gone, term = (min(day, end) - start).days + 1, (end - start).days + 1
    return target * gone / term


def rule(end: dt.date) -> str:
    """What the targets are, how much of them is due by a day, and what the light says."""
    return _now(
        "Soll sind die Zielwerte laut Arbeitsplan für die ganze Laufzeit. Bis zum %(end)s geplant ist der Anteil, der "
        "auf die Tage bis dahin fällt, jeden Tag gleich viel: „knapp“ heißt, mindestens neun Zehntel davon sind "
        "geschafft."
    ) % {"end": on(end)}


def state(actual: int, due: Decimal) -> State:
    if actual >= due:
        return State.GOOD
    return State.NEAR if actual >= due * NEAR else State.BEHIND
