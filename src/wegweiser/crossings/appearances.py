"""An appearance at somebody else's event is a step without a firm: reach, which no other figure counts.

Which figures count it stands in the dated file of the journey. Putting it right takes the step back, with a reason,
and records it anew; so the evidence of a report that went out stays readable.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction

from wegweiser.consortium.models import Member
from wegweiser.crossings import thread_steps
from wegweiser.events.actions import appearances
from wegweiser.events.actions.appearances import Said
from wegweiser.events.models import Appearance
from wegweiser.files.uploading import Prepared
from wegweiser.journey import reasons
from wegweiser.journey.actions import corrections, steps
from wegweiser.journey.models import Format, Step
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

SOURCE, ROLE, OCCASION = "appearance", "reach", "appearance"
FIRMS = "firms_estimated"  # a measure of the step
COUNTED = frozenset({"day", "heads", "firms", "topic", "partner"})  # what the step says


def record(
    *, submission: UUID, said: Said, people: Collection[Member] = (), proofs: Iterable[Prepared] = (), by: Actor
) -> Appearance:
    """An appearance with its step, once. Raises DomainError: what `appearances.record` raises."""
    with transaction.atomic():
        row, fresh = appearances.record(submission=submission, said=said, people=people, proofs=proofs, by=by)
        if fresh:
            _record(row, by)
    return row


def put_right(
    *, appearance: Appearance, said: Said, people: Collection[Member], reason: str = "", by: Actor
) -> list[str]:
    """What was said is put right; where a figure changes by it, with a reason. Gives the names of what changed.

    Raises DomainError: nothing_changed, reason_missing, reason_too_long, and what `appearances.change` raises.
    """
    with transaction.atomic():
        row, changed = appearances.change(appearance=appearance, said=said, people=people, by=by)
        if not changed:
            raise DomainError("nothing_changed")
        if COUNTED & set(changed):
            _reverse(row, reason, by)
            _record(row, by)
    return changed


def take_back(*, appearance: Appearance, reason: str, by: Actor) -> Appearance:
    """It counts no more. Raises DomainError: reason_missing, reason_too_long, transition_not_allowed."""
    with transaction.atomic():
        row = appearances.take_back(appearance=appearance, by=by)
        _reverse(row, reason, by)
    return row


def history(appearance: Appearance) -> list[Step]:
    """What it said before, the last first: steps that were taken back, each with why."""
    rows = Step.objects.filter(source_kind=SOURCE, source_uuid=appearance.uuid, reverses=None)
    rows = rows.filter(reversed_by__isnull=False).select_related("topic", "partner", "reversed_by__reversal")
    return list(rows.order_by("-source_round"))


def _reverse(row: Appearance, reason: str, by: Actor) -> None:
    standing = steps.standing(source=_source(row))
    if standing is None:
        reasons.checked(reason)
    else:
        corrections.take_back(step=standing, reason=reason, by=by)


def _record(row: Appearance, by: Actor) -> None:
    steps.record(
        day=row.day,
        source=_source(row),
        occasion=steps.Occasion(OCCASION, row.uuid),
        format=Format.INFORM,
        topic=row.topic,
        partner=row.partner,
        contacts_without_firm=row.heads,
        grant=thread_steps.grant_on(row.day),
        measures={} if row.firms is None else {FIRMS: row.firms},
        by=by,
    )


def _source(row: Appearance) -> steps.Source:
    return steps.Source(SOURCE, row.uuid, ROLE)
