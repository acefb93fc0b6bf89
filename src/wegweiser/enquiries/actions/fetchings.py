"""Where a mail stands on its way from the mailbox to us. Nothing here is about what it says, so no audit tells it."""

from collections.abc import Collection

from wegweiser.enquiries.models import Fetching
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor


def begin(*, place: str, number: int, by: Actor) -> Fetching:
    """Somebody begins with this mail; `unfinished` counts them until `pause` or `end` is heard."""
    row, _fresh = Fetching.objects.get_or_create(place=place, number=number, defaults={"tried_at": clock.now()})
    row.tried_at, row.unfinished = clock.now(), row.unfinished + 1
    row.save(update_fields=["tried_at", "unfinished"])
    return row


def take(*, fetching: Fetching, by: Actor) -> Fetching:
    """The mail is safe here."""
    fetching.taken = True
    fetching.save(update_fields=["taken"])
    return fetching


def pause(*, fetching: Fetching, by: Actor) -> Fetching:
    """It did not work this time, which was noticed: another time it may."""
    fetching.unfinished = max(0, fetching.unfinished - 1)
    fetching.save(update_fields=["unfinished"])
    return fetching


def end(*, fetching: Fetching, by: Actor) -> None:
    """The mail is here and marked there, or gone from there."""
    fetching.delete()


def forget(*, place: str, there: Collection[int], by: Actor) -> int:
    """Rows of mails that do not wait in the mailbox any more, `there` being those that do; gives how many it were."""
    gone = [row.pk for row in Fetching.objects.all() if row.place != place or row.number not in there]
    return Fetching.objects.filter(pk__in=gone).delete()[0]
