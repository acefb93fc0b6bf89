"""What the addresses of an event's aftermath stand for in the table of rights."""

import datetime as dt

from tests import contact_point
from tests.events import world as events_world
from wegweiser.accounts.actions import tokens
from wegweiser.events.actions import attendance, letters, materials
from wegweiser.events.feedback import FEEDBACK
from wegweiser.events.models import Event, Registration
from wegweiser.events.own_calendars import CALENDAR
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR

PAPER = Prepared("Folien.pdf", "application/pdf", "application/pdf", 9, "0" * 64, "unscanned")


def samples(world: contact_point.World) -> dict[str, dict[str, object]]:
    held = events_world.held(centre=world) if not Event.objects.exists() else None
    if held is not None:
        events_world.register(held)
    guest = Registration.objects.order_by("id").first()
    seat, later = guest.seats.get(), events_world.ENDS + dt.timedelta(days=1)
    with clock.stopped_at(later):
        attendance.set_presence(seat=seat, presence="attended", by=contact_point.BY)
    (paper,) = materials.add(event=guest.event, prepared=[PAPER], by=contact_point.BY)
    pages = ("desk:event_mails", "desk:event_materials", "desk:event_feedback", "desk:event_feedback_download")
    pages += ("desk:event_texts", "desk:event_everything")
    until = clock.now() + letters.LINK_KEPT
    said = tokens.issue(purpose=FEEDBACK, subject=guest.uuid, expires=until, by=VISITOR)
    return {
        **{name: {"uuid": guest.event.uuid} for name in pages},
        "desk:event_words": {"uuid": guest.event.uuid, "kind": "press"},
        "desk:event_paper": {"uuid": guest.event.uuid, "name": "schilder"},
        "public:event_material": {"slug": guest.event.draft.entry.slug, "uuid": paper.uuid},
        "public:event_feedback": {"token": said},
        "public:own_calendar": {"token": tokens.issue(purpose=CALENDAR, subject=guest.uuid, expires=until, by=VISITOR)},
        "public:own_calendar_page": {"token": letters.link(registration=guest, by=VISITOR)},
    }
