"""What guests are told by mail: one letter per change of their registration, with the date as a calendar file."""

import datetime as dt
from collections.abc import Mapping, Sequence

from wegweiser.accounts.actions import tokens
from wegweiser.consortium import directory
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Centre
from wegweiser.documents import calendars
from wegweiser.documents.calendars import Method
from wegweiser.events import calendar_dates, letter_texts, queries
from wegweiser.events.models import Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.translated import Translated
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter

LINK_KEPT = dt.timedelta(days=120)  # after the event: for the certificate and the feedback
# Of these a calendar takes the date in or moves it, and of these it drops it.
_IN_CALENDAR = frozenset({"confirmed", "moved_up", "event_moved"})
_OUT_OF_CALENDAR = frozenset({"cancelled", "event_cancelled"})
# Who has no mail address is told by whoever talks to them; what happens without them needs a call, so it is held.
_SAID_AT_ONCE = frozenset({"confirmed", "waiting", "cancelled", "opt_in"})


def tell(
    *,
    registration: Registration,
    what: str,
    before: Mapping[str, str] | None = None,
    secret: str = "",
    centre: Centre | None = None,
    by: Actor,
) -> Letter | None:
    """Write the letter `what` in the guest's language.

    what: opt_in, confirmed, waiting, offered, moved_up, cancelled, lapsed, event_moved, event_cancelled. `before` is
    what they were told of day and place until now. Without a mail address a letter is held for a call, unless somebody
    at the desk talks to them anyway. `secret` is that of a link which was issued a moment ago, `centre` is read where
    it is not given.
    """
    language = registration.language
    if not registration.email and by.kind == ActorKind.STAFF and what in _SAID_AT_ONCE:
        return None
    centre, place = centre or directory.centre() or consortium.centre(), letter_texts.place(registration)
    return letters.write(
        cause=registration,
        rendered=letter_texts.composed(
            registration, what, centre=centre, before=before, secret=secret or link(registration=registration, by=by)
        ),
        name=registration.name,
        mail=registration.email,
        language=language,
        reply_to=centre.email,
        calendar=_calendar(
            registration, what, letter_texts.title(registration), place, centre.name.text(language), centre.email
        ),
        by=by,
    )


def links(*, registration: Registration, purposes: Sequence[str], by: Actor) -> list[str]:
    """A secret for each of these purposes, in their order."""
    ends = queries.ends_at(registration.event) or clock.now()
    expires = max(ends, clock.now()) + LINK_KEPT
    return tokens.issue_all(purposes=purposes, subject=registration.uuid, expires=expires, by=by)


def link(*, registration: Registration, purpose: str = queries.LINK, by: Actor) -> str:
    """A secret that opens the guest's own page: what they registered, and how to change it or give it back.

    With the purpose `queries.FORM_LINK` it confirms no address: who sent a form has not shown that the mail arrives.
    """
    return links(registration=registration, purposes=[purpose], by=by)[0]


def _calendar(row: Registration, what: str, title: Translated, place: str, name: str, mail: str) -> str:
    holds = row.state == State.CONFIRMED or what in _OUT_OF_CALENDAR
    if what not in _IN_CALENDAR | _OUT_OF_CALENDAR or not holds:
        return ""
    found = calendar_dates.of(row, title=title, place=place, organiser=mail, organiser_name=name)
    if found is None:
        return ""
    return calendars.file(found, method=Method.CANCEL if what in _OUT_OF_CALENDAR else Method.REQUEST)
