"""What the addresses of an event's aftermath stand for in the table of rights."""

import datetime as dt
import uuid

from tests import contact_point
from tests.events import in_a_row, inviting_world
from tests.events import world as events_world
from wegweiser.accounts.actions import tokens
from wegweiser.catalogue.models import Draft
from wegweiser.crossings import appearances, subscriptions
from wegweiser.events.actions import attendance, copies, letters, materials, series
from wegweiser.events.actions.appearances import Said
from wegweiser.events.actions.copies import When
from wegweiser.events.feedback import FEEDBACK
from wegweiser.events.inviting import LINK
from wegweiser.events.models import Event, Invitation, Invitee, Registration
from wegweiser.events.own_calendars import CALENDAR
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR

PAPER = Prepared("Folien.pdf", "application/pdf", "application/pdf", 9, "0" * 64, "unscanned")


def invited(event: Event) -> dict[str, dict[str, object]]:
    """Somebody who is invited to `event`, and somebody who is about to say whether they want to be."""
    now, later = clock.now(), clock.now() + dt.timedelta(days=7)
    who = inviting_world.person("Rita", mail="rita@firma.example")
    row = Invitation.objects.create(event=event, submission=event.uuid, by=str(contact_point.BY))
    guest = Invitee.objects.create(invitation=row, event=event, person=who, state="sent", sent_at=now)
    given = {"name": "Neu", "email": "neu@firma.example", "language": "de", "channel": "web"}
    asked = subscriptions.ask(**given, by=VISITOR)
    until = {"expires": later, "by": VISITOR}
    own = {"token": subscriptions.own_page(person=who, by=VISITOR)}
    return {
        "desk:event_invite": {"uuid": event.uuid},
        "desk:event_invitation": {"uuid": event.uuid, "invitation": row.uuid},
        "public:invitation": {"token": tokens.issue(purpose=LINK, subject=guest.uuid, **until)},
        "public:invitations_confirm": {
            "token": tokens.issue(purpose=subscriptions.CONFIRM, subject=asked.uuid, **until)
        },
        **dict.fromkeys(("public:own_invitations", "public:end_invitations"), own),
    }


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
