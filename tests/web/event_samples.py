"""What the addresses of an event's aftermath stand for in the table of rights."""

import datetime as dt
import uuid

from tests import contact_point
from tests.events import in_a_row
from tests.events import world as events_world
from wegweiser.accounts.actions import tokens
from wegweiser.catalogue.models import Draft
from wegweiser.crossings import appearances
from wegweiser.events.actions import attendance, copies, letters, materials, series
from wegweiser.events.actions.appearances import Said
from wegweiser.events.actions.copies import When
from wegweiser.events.feedback import FEEDBACK
from wegweiser.events.models import Event, Registration
from wegweiser.events.own_calendars import CALENDAR
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR

PAPER = Prepared("Folien.pdf", "application/pdf", "application/pdf", 9, "0" * 64, "unscanned")


def planned(event: Event) -> dict[str, dict[str, object]]:
    """A template like `event`, and a series with one date like it."""
    template = copies.make(source=event.draft.uuid, is_template=True, submission=uuid.uuid4(), by=contact_point.BY)
    when = When(starts_at=clock.now() + dt.timedelta(days=30))
    first = copies.make(source=event.draft.uuid, when=when, submission=uuid.uuid4(), by=contact_point.BY).event
    later = When(starts_at=clock.now() + dt.timedelta(days=37))
    begun = series.begin(source=first, whens=[later], submission=uuid.uuid4(), by=contact_point.BY)
    return {
        "desk:event_template": {"uuid": template.event.uuid},
        **{name: {"uuid": event.uuid} for name in ("desk:event_copy", "desk:event_keep", "desk:series_new")},
        **{name: {"uuid": begun.series.uuid} for name in ("desk:series", "desk:series_off")},
        "desk:series_spread": {"uuid": first.uuid},
    }


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
    shown = appearances.record(submission=uuid.uuid4(), said=_said(world), by=contact_point.BY)
    pages += ("desk:event_texts", "desk:event_everything")
    until = clock.now() + letters.LINK_KEPT
    said = tokens.issue(purpose=FEEDBACK, subject=guest.uuid, expires=until, by=VISITOR)
    dates = in_a_row.row(count=2, centre=world).series
    Draft.objects.filter(event__series=dates).update(partner=world.lead, contact=world.anna)
    return {
        **{name: {"uuid": guest.event.uuid} for name in pages},
        "desk:appearance": {"uuid": shown.uuid},
        "desk:appearance_proof": {"uuid": shown.uuid, "file": uuid.UUID(int=7)},
        "desk:event_words": {"uuid": guest.event.uuid, "kind": "press"},
        "desk:event_paper": {"uuid": guest.event.uuid, "name": "schilder"},
        "public:event_material": {"slug": guest.event.draft.entry.slug, "uuid": paper.uuid},
        "public:event_feedback": {"token": said},
        "public:series": {"uuid": dates.uuid},
        "public:series_feed": {"uuid": dates.uuid},
        "desk:series_joining": {"uuid": dates.uuid},
        "public:own_calendar": {"token": tokens.issue(purpose=CALENDAR, subject=guest.uuid, expires=until, by=VISITOR)},
        "public:own_calendar_page": {"token": letters.link(registration=guest, by=VISITOR)},
    }


def _said(world: contact_point.World) -> Said:
    told = {"kind": "talk", "title": "Aufträge im Blick", "organiser": "Kammer", "day": clock.today(), "heads": 120}
    return Said(topic=world.topic, partner=world.lead, **told)
