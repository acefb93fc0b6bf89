"""Who may put a mistyped mail address right by themselves: whoever has just registered, with their own link."""

import datetime as dt

from wegweiser.events.models import UNCONFIRMED, Registration
from wegweiser.kernel import clock

HOURS = 24  # so long after registering, where nobody had to confirm the address
MOST = 3  # times: a form is no machine for mails to strangers
_PROVEN = frozenset({"confirm", "queue"})


def may_correct(registration: Registration) -> bool:
    """Whether the guest may still put their address right: until it is confirmed, or shortly after registering."""
    if not registration.is_active or not registration.email or registration.event.is_cancelled:
        return False
    turns = list(registration.changes.values_list("verb", flat=True))
    if turns.count("address") >= MOST:
        return False
    if registration.state in UNCONFIRMED:
        return True
    recent = clock.now() < registration.recorded_at + dt.timedelta(hours=HOURS)
    return recent and not _PROVEN & set(turns)
