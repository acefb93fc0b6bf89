"""What guests are told by mail: one letter per change of their registration, with the date as a calendar file."""

import datetime as dt
from collections.abc import Mapping

from django.utils import translation
from django.utils.formats import date_format

from wegweiser.accounts.actions import tokens
from wegweiser.catalogue import content
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Centre
from wegweiser.documents import calendars
from wegweiser.documents.calendars import Method
from wegweiser.events import queries
from wegweiser.events.models import Registration, State, Way
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.translated import Translated
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter
from wegweiser.outbox.rendering import Rendered, render

LINK_KEPT = dt.timedelta(days=120)  # after the event: for the certificate and the feedback
FIRST_HOUR = dt.timedelta(hours=1)  # of an event that names no end, in a calendar
TEMPLATE = "events/mails/registration"
# Of these a calendar takes the date in or moves it, and of these it drops it.
_IN_CALENDAR = frozenset({"confirmed", "moved_up", "event_moved"})
_OUT_OF_CALENDAR = frozenset({"cancelled", "event_cancelled"})
# Who has no mail address is told by whoever talks to them; what happens without them needs a call, so it is held.
_SAID_AT_ONCE = frozenset({"confirmed", "waiting", "cancelled", "opt_in"})


def tell(registration: Registration, what: str, *, before: Mapping[str, str] | None = None, by: Actor) -> Letter | None:
    """Write the letter `what` in the guest's language.

    what: opt_in, confirmed, waiting, offered, moved_up, cancelled, lapsed, event_moved, event_cancelled. `before` is
    what they were told of day and place until now. Without a mail address a letter is held for a call, unless somebody
    at the desk talks to them anyway.
    """
    language = registration.language
    if not registration.email and by.kind == ActorKind.STAFF and what in _SAID_AT_ONCE:
        return None
    centre, place = consortium.centre(), _place(registration)
    return letters.write(
        cause=registration,
        rendered=composed(registration, what, centre=centre, before=before, secret=link(registration, by=by)),
        name=registration.name,
        mail=registration.email,
        language=language,
        reply_to=centre.email,
        calendar=_calendar(registration, what, _title(registration), place, centre.name.text(language), centre.email),
        by=by,
    )


def composed(
    registration: Registration, what: str, *, centre: Centre, before: Mapping[str, str] | None = None, secret: str
) -> Rendered:
    """The letter as it goes out; `secret` is in the link to the guest's own page."""
    event, language = registration.event, registration.language
    entry, pool = event.draft.entry, registration.pool
    confirmed = registration.state == State.CONFIRMED
    with translation.override(language):
        context = {
            "what": what,
            "title": _title(registration).text(language),
            "registration": registration,
            "moment": _moment(pool.starts_at or queries.starts_at(event), language),
            "before": _before(before, language),
            "slot": pool.label.text(language),
            "place": _place(registration),
            "online": pool.way == Way.ONLINE,
            "join_link": event.join_link if confirmed and pool.way == Way.ONLINE else "",
            "access": event.access.text(language) if pool.way == Way.ON_SITE else "",
            "until": _moment(registration.until, language),
            "reason": event.cancelled_reason,
            "page": addresses.offer("event", entry.slug, language=language) if entry else "",
            "link": addresses.registration(secret, language=language),
            "phone": centre.phone,
            "centre": centre.name.text(language),
            "signature": "",
        }
    return render(TEMPLATE, language, context)


def _title(registration: Registration) -> Translated:
    draft = registration.event.draft
    return Translated(draft.title if draft.entry is None else draft.entry.title)


def _place(registration: Registration) -> str:
    event = registration.event
    online = registration.pool.way == Way.ONLINE
    return "" if online else ", ".join(filter(None, [event.told.get("place"), event.room]))


def link(registration: Registration, *, by: Actor) -> str:
    """A secret that opens the guest's own page: what they registered, and how to change it or give it back."""
    ends = queries.ends_at(registration.event) or clock.now()
    expires = max(ends, clock.now()) + LINK_KEPT
    return tokens.issue(purpose=queries.LINK, subject=registration.uuid, expires=expires, by=by)


def date(
    registration: Registration, *, title: Translated, place: str, organiser: str, organiser_name: str
) -> calendars.Date | None:
    """The date as the guest's calendar has it; its name stays, and its number grows with each change of the event."""
    event, pool = registration.event, registration.pool
    starts = pool.starts_at or queries.starts_at(event)
    if starts is None:
        return None
    ends = pool.ends_at or content.moment(event.told.get("ends_at")) or starts + FIRST_HOUR
    return calendars.Date(
        uid=addresses.identity(registration.uuid),
        title=title.text(registration.language),
        starts_at=starts,
        ends_at=max(ends, starts),
        place=event.join_link if pool.way == Way.ONLINE and registration.state == State.CONFIRMED else place,
        sequence=event.sequence * 2 + (1 if registration.state == State.CANCELLED else 0),
        organiser=organiser,
        organiser_name=organiser_name,
        attendee=registration.email,
    )


def _calendar(row: Registration, what: str, title: Translated, place: str, name: str, mail: str) -> str:
    holds = row.state == State.CONFIRMED or what in _OUT_OF_CALENDAR
    if what not in _IN_CALENDAR | _OUT_OF_CALENDAR or not holds:
        return ""
    found = date(row, title=title, place=place, organiser=mail, organiser_name=name)
    if found is None:
        return ""
    return calendars.file(found, method=Method.CANCEL if what in _OUT_OF_CALENDAR else Method.REQUEST)


def _moment(moment: dt.datetime | None, language: str) -> str:
    if moment is None:
        return ""
    local = clock.local(moment)
    pattern = "l j F Y, G:i" if language == "en" else r"l, j. F Y, G:i \U\h\r"
    return date_format(local, pattern)


def _before(told: Mapping[str, str] | None, language: str) -> dict[str, str]:
    if not told:
        return {}
    starts = content.moment(told.get("starts_at"))
    place = ", ".join(filter(None, [told.get("place"), told.get("room")]))
    return {"moment": _moment(starts, language), "place": place}
