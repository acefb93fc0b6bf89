"""The timeline of a firm as its page shows it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from wegweiser.companies.models import Company
from wegweiser.consortium.rights import Permission
from wegweiser.journey import queries as journey
from wegweiser.journey.counting import counting
from wegweiser.journey.models import Step
from wegweiser.journey.occasions import OCCASIONS
from wegweiser.web.desk.access import Desk


@dataclass(frozen=True)
class Row:
    """One step. `minutes` is empty where nobody wrote it down, `correct` where it is not mine to put right."""

    day: dt.date
    title: str | Promise
    minutes: int | None
    text: str
    counts: bool
    taken_back: bool
    reason: str
    correct: UUID | None


@dataclass(frozen=True)
class Standing:
    """How something in a thread stands on the timeline: taken back and why, or where it is put right."""

    taken_back: bool
    reason: str
    correct: UUID | None


def standing(step: Step, desk: Desk) -> Standing:
    taken_back = journey.reversing(step) is not None
    mine = not taken_back and desk.may(Permission.STEP_CORRECT, step.partner)
    return Standing(taken_back, journey.reason(step), step.uuid if mine else None)


def rows(company: Company, desk: Desk) -> list[Row]:
    """What happened to the firm, the newest first."""
    return [_row(step, desk) for step in journey.timeline(company)]


def _row(step: Step, desk: Desk) -> Row:
    minutes = step.measures.get("minutes")
    rules = counting().rules_on(step.day)
    stands = standing(step, desk)
    return Row(
        day=step.day,
        title=OCCASIONS.get(step.occasion_kind, step.get_format_display()),
        minutes=int(minutes) if minutes else None,
        text=f"{step.topic} · {step.partner}",
        counts=rules is not None and step.occasion_kind not in rules.silent,
        taken_back=stands.taken_back,
        reason=stands.reason,
        correct=stands.correct,
    )
