"""What the centre agreed to do in plans of firms, for whoever looks after the firm.

Nothing is kept of it: what moves, is dropped, done or open again in the plan does so here at once, and whoever takes a
firm over has it from then on.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.consortium import teams
from wegweiser.consortium.models import Member, Partner
from wegweiser.crossings import looking_after
from wegweiser.crossings.plans import AHEAD
from wegweiser.enquiries import queries as enquiries
from wegweiser.journey import queries as journey
from wegweiser.journey.models import Doer, PlannedStep


@dataclass(frozen=True)
class Turn:
    """Something to be done for a firm by its day, by `member` or, without one, by anybody at the partner."""

    planned: PlannedStep
    partner: Partner
    member: Member | None
    overdue: bool

    @property
    def firm(self) -> Company:
        return companies.root_of(self.planned.company)

    @property
    def together(self) -> bool:
        return self.planned.doer == Doer.BOTH


def of(member: Member, *, day: dt.date) -> list[Turn]:
    """What `member` has to do by days that are near or over, in that order: as long before as firms are reminded.

    Theirs, what nobody in particular does at their partner, and what is of those they stand in for.
    """
    rows = list(journey.centre_s_turn(day, ahead=AHEAD))
    if not rows:
        return []
    after = looking_after.of_several(row.company for row in rows)
    partners = enquiries.partners_of(member=member, day=day)
    mine = {member.pk, *(row.member.pk for row in teams.standing_in(member))}
    turns = [
        Turn(row, *after[row.company_id], overdue=row.due_on is not None and row.due_on < day)
        for row in rows
        if row.company_id in after
    ]
    return [turn for turn in turns if _is_for(turn, member, mine, partners)]


def _is_for(turn: Turn, member: Member, mine: Collection[int], partners: Collection[int]) -> bool:
    if turn.member == member:
        return True
    return turn.partner.pk in partners and (turn.member is None or turn.member.pk in mine)
