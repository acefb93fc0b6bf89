"""Taking two firms apart again, with what rooms above keep of both."""

from django.db import transaction

from wegweiser.companies.actions import merges
from wegweiser.companies.models import Merge
from wegweiser.journey.actions import plans
from wegweiser.kernel.actor import Actor


def undo(*, merge: Merge, by: Actor) -> Merge:
    """Each firm has its own life back; what its plan named of the other as done is linked no more."""
    with transaction.atomic():
        undone = merges.undo(merge=merge, by=by)
        for firm in (undone.loser, undone.survivor):
            plans.unlink_foreign(company=firm, by=by)
    return undone
