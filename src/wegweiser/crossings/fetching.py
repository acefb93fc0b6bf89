"""Takes over what waits in the mailbox, so that no mail of whatever kind holds up another.

Each is noted before it is begun. One that two processes began and never ended is kept for a person, and not read again.
One that stays behind, as its archive is full or the server cannot give it, is tried again after the fresh ones.
"""

import logging
from collections.abc import Iterator

from django.conf import settings

from wegweiser.crossings import mails
from wegweiser.enquiries import mail_heads, mailbox
from wegweiser.enquiries.actions import fetchings
from wegweiser.enquiries.models import Fetching
from wegweiser.kernel.actor import Actor

log = logging.getLogger(__name__)
AGAIN = 20  # mails of one run that stayed behind before
MOST_UNFINISHED = 2  # a restart of the worker in the middle of a mail is one


class LeftBehindError(Exception):
    """Mails could neither be taken in nor kept, or not be marked; the log says why. The next run tries again."""


def fetch(*, by: Actor) -> int:
    """Take in what waits in the mailbox; gives how many mails were new. A mail is marked once it is safe.

    One that fails is kept for a person, so that it holds up no other; where even that fails, it stays in the mailbox,
    the others are taken in, and LeftBehindError is raised at the end. Raises MailboxError where the line breaks.
    """
    if not mailbox.is_configured():
        return 0
    fresh = tried = 0
    failures: list[Exception] = []
    with mailbox.opened() as box:
        for number in _next(box, by):
            tried += 1
            try:
                fresh += _take_over(box, number, by)
            except Exception as error:
                if isinstance(error, mailbox.MailboxError) and not isinstance(error, mailbox.RefusedError):
                    raise
                log.exception("A mail stays in the mailbox.")
                failures.append(error)
    if failures:
        raise LeftBehindError(f"{len(failures)} of {tried} mails stay in the mailbox.") from failures[0]
    return fresh


def _next(box: mailbox.Mailbox, by: Actor) -> Iterator[str]:
    """What comes next: fresh ones, oldest first, then some of those that stayed behind, the longest untried first."""
    waiting = box.waiting()
    fetchings.forget(place=box.place, there={int(number) for number in waiting}, by=by)
    behind = [str(row.number) for row in Fetching.objects.filter(place=box.place)]
    known = set(behind)
    yield from [number for number in waiting if number not in known][: mailbox.BATCH]
    yield from behind[:AGAIN]


def _take_over(box: mailbox.Mailbox, number: str, by: Actor) -> bool:
    """Whether the mail of that number was new. It is marked only when nothing was raised."""
    row = fetchings.begin(place=box.place, number=int(number), by=by)
    try:
        fresh = False
        if not row.taken:
            fresh = _taken(box, number, row, by)
            fetchings.take(fetching=row, by=by)
        box.mark_taken(number)
    except Exception:
        fetchings.pause(fetching=row, by=by)
        raise
    fetchings.end(fetching=row, by=by)
    return fresh


def _taken(box: mailbox.Mailbox, number: str, row: Fetching, by: Actor) -> bool:
    too_large = box.size(number) > settings.MAIL_MOST_BYTES
    raw = box.take(number, most=mail_heads.LONGEST_HEADER if too_large else 0)
    if raw is None:
        return False
    if too_large:
        return mails.keep(raw=raw, reason=_too_large(), by=by).fresh
    if row.unfinished > MOST_UNFINISHED:
        log.error("A mail that stopped its readers twice is kept for a person.")
        return mails.keep(raw=raw, reason="not_filed", by=by).fresh
    return mails.receive(raw=raw, by=by).fresh


def _too_large() -> str:
    """The reason says where the whole of it is to be found."""
    return "too_large_archived" if mailbox.named()["archive"] else "too_large"
