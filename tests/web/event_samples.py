"""What the addresses of an event's aftermath stand for in the table of rights."""

from tests import contact_point
from tests.events import world as events_world
from wegweiser.accounts.actions import tokens
from wegweiser.events.actions import letters
from wegweiser.events.models import Event, Registration
from wegweiser.events.own_calendars import CALENDAR
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR


def samples(world: contact_point.World) -> dict[str, dict[str, object]]:
    held = events_world.held(centre=world) if not Event.objects.exists() else None
    if held is not None:
        events_world.register(held)
    guest = Registration.objects.order_by("id").first()
    until = clock.now() + letters.LINK_KEPT
    return {
        "public:own_calendar": {"token": tokens.issue(purpose=CALENDAR, subject=guest.uuid, expires=until, by=VISITOR)},
        "public:own_calendar_page": {"token": letters.link(registration=guest, by=VISITOR)},
    }
