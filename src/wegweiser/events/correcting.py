"""Who may put a mistyped mail address right by themselves: whoever has just registered, with their own link."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wegweiser.events.models import UNCONFIRMED, Change, Registration
from wegweiser.kernel import clock

HOURS = 24  # so long after registering, where nobody had to confirm the address
MOST = 3  # times: a form is no machine for mails to strangers
_PROVEN = ("confirm", "queue")


def with_corrections(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """With what `may_correct` asks, so that it needs no statement of its own."""
    mine = Change.objects.filter(registration=OuterRef("pk")).order_by()
    times = mine.filter(verb="address").values("registration").annotate(times=Count("pk")).values("times")
    return rows.annotate(corrected=Coalesce(Subquery(times), 0), proven=Exists(mine.filter(verb__in=_PROVEN)))


def may_correct(registration: Registration) -> bool:
    """Whether the guest may still put their address right: until it is confirmed, or shortly after registering."""
    if not registration.is_active or not registration.email or registration.event.is_cancelled:
        return False
    if not hasattr(registration, "corrected"):
        (row,) = with_corrections(Registration.objects.filter(pk=registration.pk))
        registration.corrected, registration.proven = row.corrected, row.proven  # type: ignore[attr-defined]
    if registration.corrected >= MOST:  # type: ignore[attr-defined]
        return False
    if registration.state in UNCONFIRMED:
        return True
    recent = clock.now() < registration.recorded_at + dt.timedelta(hours=HOURS)
    return recent and not registration.proven  # type: ignore[attr-defined]
