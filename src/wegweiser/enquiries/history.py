"""What happened to a case beside what was said in it: who took it, to whom it went, how it ended."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from wegweiser.consortium.models import Member, Partner
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import Case, Change, Contribution, Outcome
from wegweiser.kernel import audit
from wegweiser.kernel.actor import ActorKind

TOLD = frozenset({"take", "close", "reopen", "come_back"})  # the other verbs leave a contribution, which says more


@dataclass(frozen=True)
class Turn:
    """One change of a case. `member` is who made it, None where it was the enquirer; `outcome` of the last end."""

    verb: str
    at: dt.datetime
    member: Member | None
    by_enquirer: bool
    outcome: str = ""


def turns(case: Case, changes: Sequence[Change]) -> list[Turn]:
    """The changes of `case` that no contribution tells, oldest first. How an earlier end came out is not kept."""
    told = [change for change in changes if change.verb in TOLD]
    people = _people(told)
    last = max((change.pk for change in told if change.verb == "close"), default=None)
    found = []
    for change in told:
        kind, _colon, name = change.by.partition(":")
        outcome = str(Outcome(case.outcome).label) if change.pk == last and case.outcome else ""
        found.append(Turn(change.verb, change.recorded_at, people.get(name), kind == ActorKind.LINK, outcome))
    return found


def handed_to(case: Case, contributions: Sequence[Contribution]) -> dict[UUID, str]:
    """To which partner the case went with each hand-over among `contributions`, and for whom there it was meant."""
    if not any(row.kind == Contribution.Kind.HAND_OVER for row in contributions):
        return {}
    notes = case.thread.filter(kind=Contribution.Kind.HAND_OVER).order_by("id").values_list("uuid", flat=True)
    went = [row.references for row in audit.of(case, Event.HANDED_OVER)]
    if len(notes) != len(went):  # some of it is no longer kept
        return {}
    partners = {str(row.uuid): row for row in Partner.objects.filter(uuid__in=[to["to"] for to in went])}
    named = [to["member"] for to in went if "member" in to]
    members = {str(row.uuid): row for row in Member.objects.filter(uuid__in=named)} if named else {}
    found = {}
    for note, to in zip(notes, went, strict=True):
        partner, member = partners.get(to["to"]), members.get(to.get("member", ""))
        if partner:
            found[note] = f"{member.name} ({partner})" if member else str(partner)
    return found


def _people(changes: Sequence[Change]) -> dict[str, Member]:
    """The members behind these changes, by the id of their login."""
    ids = {name for kind, _colon, name in (change.by.partition(":") for change in changes) if kind == ActorKind.STAFF}
    members = Member.objects.filter(user__uuid__in=ids).select_related("user") if ids else []
    return {str(member.user.uuid): member for member in members if member.user}
