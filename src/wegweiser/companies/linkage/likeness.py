"""Whether two rows are one firm: surely, perhaps, or not, each with what speaks for it and against it.

Pure. Names are compared word by word: spelling, order, compounds, initials and slips do not matter, words that only one
side has matter little, words that both sides have for themselves speak against it. Where the names have nothing in
common, only a rule of `certain` makes two rows surely one: whoever is named at the one is called by the other's name,
has the other's mail, or is told by a remark to have it.
"""

from dataclasses import dataclass

from wegweiser.companies.linkage.pair import sharing
from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.companies.linkage.signs import (
    branches,
    forms,
    names,
    owners,
    remarks,
    shared,
    sisters,
    successors,
    trades,
    two_rows,
)
from wegweiser.companies.linkage.weighing.evidence import Evidence
from wegweiser.companies.linkage.weighing.verdicts import Verdict, verdict_on


@dataclass(frozen=True)
class Likeness:
    """The verdict on two rows, how much speaks for it, and the evidence as codes (`web.desk` has the words)."""

    verdict: Verdict
    weight: float
    evidence: tuple[str, ...]


def compare(one: Profile, other: Profile) -> Likeness:
    """Sure, unsure or no, with the evidence."""
    told = evidence(one, other)
    if told is None:
        return STRANGERS
    verdict, odds = verdict_on(told)
    named = ("called_after",) if told.shared.called_after and told.found.fit == Fit.OTHER else ()
    return Likeness(verdict, odds, (*told.for_it, *named, *told.against))


def evidence(one: Profile, other: Profile) -> Evidence | None:
    """What there is to judge two rows by; None where nothing leads from one to the other."""
    two = two_rows.led_together(one, other)
    if two is None:
        return None
    owner = owners.against(two)
    trade = trades.of_both(two, other_owner="other_owner" in (*two.against, *owner))
    moved = remarks.have_moved(two)
    against = (
        *two.against,
        *forms.against(two),
        *names.numbers_against(two),
        *branches.against(two),
        *successors.against(two),
        *sisters.against(two),
        *remarks.against(two),
        *("different_words",) * (two.fit == Fit.CONFLICT),
        *owner,
        *trade.against,
        *names.places_against(two, moved=moved),
    )
    return Evidence(
        two.found,
        shared.of_both(two, same_trade=trade.same, moved=moved),
        (*two.for_it, *trade.for_it, *remarks.for_it(two, moved=moved)),
        tuple(dict.fromkeys(against)),
        tells=sharing.tells(one) and sharing.tells(other),
    )


STRANGERS = Likeness(Verdict.NO, -5.0, ("different_words",))
