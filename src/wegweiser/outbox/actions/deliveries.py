"""The states of a mail on its way: claimed, sent, put back, failed, unclear.

Each is one short transaction; talking to the mail server happens between them, in none.
A crash in between leaves `sending`. After the lease it is `unclear`, and goes out once more with the same Message-ID,
by which the reader's mailbox can tell the double. The second time nobody but a person decides (`letters.release`).
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox import queries
from wegweiser.outbox.events import Event
from wegweiser.outbox.models import Letter, State

LEASE = dt.timedelta(minutes=10)
BOUNCED = "bounced"  # how the failure of a mail begins that came back
LINE_WAITS = dt.timedelta(minutes=5)
UNCLEAR_WAITS = dt.timedelta(minutes=15)
BACKOFF = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)]


def claim(*, letter: Letter, by: Actor) -> bool:
    """Take the mail for one attempt; False when somebody else has it or it is no longer due."""
    now = clock.now()
    claimed = Letter.objects.filter(queries.due(now=now), pk=letter.pk, attempts=letter.attempts).update(
        state=State.SENDING, attempts=letter.attempts + 1, next_attempt_at=now + LEASE
    )
    if claimed:
        letter.refresh_from_db()
    return bool(claimed)


def expire(*, by: Actor) -> int:
    """Claims whose sender never came back: nobody knows whether those mails arrived."""
    lost = Letter.objects.filter(state=State.SENDING, next_attempt_at__lte=clock.now())
    return sum(mark_unclear(letter=letter, reason="The sender stopped in between.", by=by) for letter in lost)


def doubt_all(*, reason: str, by: Actor) -> int:
    """Nobody knows which of the mails that wait went out already; each waits for a person now. Gives how many."""
    with transaction.atomic():
        on_their_way = Letter.objects.select_for_update().filter(
            channel="mail", state__in=[State.QUEUED, State.SENDING, State.UNCLEAR]
        )
        letters = list(on_their_way.exclude(state=State.UNCLEAR, next_attempt_at=None))
        for letter in letters:
            letter.state, letter.next_attempt_at, letter.failure = State.UNCLEAR, None, reason
            letter.save(update_fields=["state", "next_attempt_at", "failure"])
            audit.record(Event.UNCLEAR, by=by, subject=letter, changed=["state", "next_attempt_at", "failure"])
    return len(letters)


def mark_sent(*, letter: Letter, by: Actor) -> bool:
    """The mail server took it; also a late answer counts."""
    changes = {"state": State.SENT, "sent_at": clock.now(), "next_attempt_at": None, "failure": ""}
    return _settle(letter, {State.SENDING, State.UNCLEAR}, changes, Event.SENT, by)


def put_back(*, letter: Letter, reason: str, by: Actor) -> bool:
    """It certainly did not arrive, but may later: wait longer each time, then give up."""
    if letter.attempts > len(BACKOFF):
        return mark_failed(letter=letter, reason=reason, by=by)
    later = clock.now() + BACKOFF[letter.attempts - 1]
    changes = {"state": State.QUEUED, "next_attempt_at": later, "failure": reason}
    return _settle(letter, {State.SENDING}, changes, None, by)


def keep_waiting(*, letter: Letter, reason: str, by: Actor) -> bool:
    """The mail server takes nothing from us now: that says nothing of this letter and is no attempt with it."""
    later = clock.now() + LINE_WAITS
    changes = {"state": State.QUEUED, "next_attempt_at": later, "failure": reason, "attempts": letter.attempts - 1}
    return _settle(letter, {State.SENDING}, changes, None, by)


def mark_failed(*, letter: Letter, reason: str, by: Actor) -> bool:
    """The mail server refused it for good."""
    changes = {"state": State.FAILED, "next_attempt_at": None, "failure": reason}
    return _settle(letter, {State.SENDING}, changes, Event.FAILED, by)


def mark_bounced(*, letter: Letter, reason: str, by: Actor) -> bool:
    """The mail server took it, and another one sent it back."""
    changes = {"state": State.FAILED, "next_attempt_at": None, "failure": f"{BOUNCED} {reason}".strip()[:500]}
    return _settle(letter, {State.SENT, State.UNCLEAR}, changes, Event.BOUNCED, by)


def mark_unclear(*, letter: Letter, reason: str, by: Actor) -> bool:
    """Nobody knows whether it arrived. The first time it goes out once more, the second time it waits for a person."""
    again = clock.now() + UNCLEAR_WAITS if letter.unclear_count == 0 else None
    changes = {
        "state": State.UNCLEAR,
        "next_attempt_at": again,
        "failure": reason,
        "unclear_count": letter.unclear_count + 1,
    }
    return _settle(letter, {State.SENDING}, changes, Event.UNCLEAR, by)


def _settle(letter: Letter, states: set[State], changes: Mapping[str, object], event: Event | None, by: Actor) -> bool:
    """Write the result of this very attempt; a result that comes too late to be true changes nothing."""
    with transaction.atomic():
        mine = Letter.objects.filter(pk=letter.pk, state__in=states, attempts=letter.attempts)
        if not mine.update(**changes):
            return False
        if event:
            audit.record(event, by=by, subject=letter, changed=changes)
    for field, value in changes.items():
        setattr(letter, field, value)
    return True
