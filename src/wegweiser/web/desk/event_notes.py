"""What an offer's own page says of its registration: how full it is, and that a change will be told to guests."""

from dataclasses import dataclass

from wegweiser.catalogue.drafts import Work
from wegweiser.catalogue.models import Kind
from wegweiser.consortium.rights import Permission
from wegweiser.events import hosting, moves
from wegweiser.events.models import Event
from wegweiser.web.desk import event_words
from wegweiser.web.desk.access import Desk


@dataclass(frozen=True)
class Note:
    """The registration of an offer, if it has one, and whether the one at the desk may open it.

    `outside` are talks that lie outside the hours the offer has now.
    """

    event: Event | None
    full: str
    may_open: bool
    outside: tuple[str, ...] = ()


def of(work: Work) -> Event | None:
    """The registration of an offer."""
    if work.kind != Kind.EVENT or work.draft is None:
        return None
    return Event.objects.select_related("draft__entry").filter(draft=work.draft).first()


def note(desk: Desk, work: Work) -> Note | None:
    """None for what is no event."""
    if work.kind != Kind.EVENT:
        return None
    event = of(work)
    told = hosting.numbers([event]).get(event.pk) if event else None
    may_open = work.within(desk.rights.extent(Permission.EVENT_EDIT), desk.member)
    outside = moves.outside(event, work) if event and not event.is_cancelled else []
    return Note(event, event_words.full(told) if told else "", may_open, tuple(map(event_words.talk, outside)))


def move(work: Work) -> moves.Move | None:
    """What guests would hear if the offer were published now."""
    event = of(work)
    return moves.pending(event, work) if event else None
