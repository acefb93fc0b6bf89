"""The state of a case changes by the lifecycle table alone, and each change leaves a row."""

import datetime as dt

from wegweiser.consortium.models import Member
from wegweiser.enquiries import queries
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import LIFECYCLE, Case, Change, State
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor

HEARD = frozenset({"answer", "talk", "close"})  # after these nothing they wrote waits for an answer


def change(*, case: Case, verb: str, by: Actor, **fields: object) -> Change:
    """Lead `case` on by `verb`, with `fields` beside its state. The caller holds its lock."""
    source, target = case.state, LIFECYCLE.target(state=case.state, verb=verb)
    if verb in HEARD:
        fields["reply_by"] = None
    for field, value in {**fields, "state": target}.items():
        setattr(case, field, value)
    case.save(update_fields=["state", *fields])
    return Change.objects.create(case=case, verb=verb, source=source, target=target, by=str(by))


def hear(*, case: Case, reply_by: dt.date, by: Actor) -> None:
    """The enquirer wrote again: an answered case waits for us until `reply_by`, a closed one is open again.

    Who answers for the case still does, unless they left: then it is new. The caller holds its lock.
    """
    if case.state in {State.ANSWERED, State.TAKEN} and case.adviser and not queries.works_here(case.adviser):
        due = case.reply_by if case.state == State.TAKEN else reply_by
        change(case=case, verb="set_free", by=by, adviser=None, reply_by=due)
    elif case.state == State.ANSWERED:
        change(case=case, verb="reply", by=by, reply_by=reply_by)
    elif case.state == State.CLOSED:
        reopen(case=case, reply_by=reply_by, by=by)


def reopen(*, case: Case, member: Member | None = None, reply_by: dt.date, by: Actor) -> None:
    """A closed case is open again and waits for us until `reply_by`. The caller holds its lock.

    With who answered for it, else with `member`: whoever works at its partner. Where neither does, it is new.
    """
    here = [one for one in (case.adviser, member) if one and queries.works_for(one, case.partner)]
    verb, adviser = ("reopen", here[0]) if here else ("come_back", None)
    ended = {"outcome": "", "closed_at": None, "went_on_in": None}
    change(case=case, verb=verb, by=by, adviser=adviser, reply_by=reply_by, **ended)
    audit.record(Event.REOPENED, by=by, subject=case, changed=["state", "outcome"])
