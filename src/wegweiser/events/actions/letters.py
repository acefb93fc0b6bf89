"""What guests are told by mail: one letter per change of their registration, with the date as a calendar file."""

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from wegweiser.accounts.actions import tokens
from wegweiser.consortium import directory
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Centre
from wegweiser.documents import calendars
from wegweiser.documents.calendars import Method
from wegweiser.events import calendar_dates, letter_texts, queries, whole
from wegweiser.events.models import Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.translated import Translated
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter

LINK_KEPT = dt.timedelta(days=120)  # after the event: for the certificate and the feedback
# Of these a calendar takes the date in or moves it, and of these it drops it.
_IN_CALENDAR = frozenset({"confirmed", "moved_up", "rebooked", "event_moved"})
_OUT_OF_CALENDAR = frozenset({"cancelled", "cancelled_for_them", "event_cancelled"})
# Who has no mail address is told by whoever talks to them; what happens without them needs a call, so it is held.
_SAID_AT_ONCE = frozenset(
    {"confirmed", "waiting", "cancelled", "cancelled_for_them", "left_line", "opt_in", "rebooked", "registered"}
)
# What a letter about several dates is where it is about one alone.
_AS_ONE = {State.CONFIRMED: "confirmed", State.WAITING: "waiting", State.OFFERED: "offered"}


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

    what: opt_in, confirmed, waiting, offered, moved_up, cancelled (by themselves), cancelled_for_them, left_line,
    lapsed, rebooked, event_moved, event_cancelled. `before` is what they knew of day and place until now. Without a
    mail address a letter is held for a call, unless somebody at the desk talks to them anyway. `secret` is that of a
    link which was issued a moment ago, `centre` is read where it is not given.
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
    """A secret for each of these purposes, in their order; of several dates until the last of them is over."""
    rows = whole.of_bundle(registration.bundle) or [registration]
    ends = [queries.ends_at(row.event) or clock.now() for row in rows]
    expires = max(*ends, clock.now()) + LINK_KEPT
    return tokens.issue_all(purposes=purposes, subject=registration.uuid, expires=expires, by=by)


def tell_of_several(
    *,
    registrations: Sequence[Registration],
    what: str,
    before: Mapping[int, Mapping[str, str]] | None = None,
    secret: str = "",
    centre: Centre | None = None,
    by: Actor,
) -> Letter | None:
    """One letter about several dates of one guest, with one calendar file for all of them.

    what: opt_in, registered, added, offered, moved_up, cancelled, lapsed, event_moved, event_cancelled. How each date
    stands says the letter itself. `before` is what they were told of day and place of each until now, by its key.
    """
    before = before or {}
    if len(registrations) == 1 and what != "added":
        (row,) = registrations
        single = _AS_ONE.get(State(row.state), what) if what == "registered" else what
        return tell(registration=row, what=single, before=before.get(row.pk), secret=secret, centre=centre, by=by)
    first = registrations[0]
    if not first.email and by.kind == ActorKind.STAFF and what in _SAID_AT_ONCE:
        return None
    centre, language = centre or consortium.centre(), first.language
    secret = secret or link(registration=first, by=by)
    return letters.write(
        cause=first,
        rendered=letter_texts.of_several(
            registrations, what, centre=centre, before=before, secrets=_secrets(registrations, what, secret, by)
        ),
        name=first.name,
        mail=first.email,
        language=language,
        reply_to=centre.email,
        calendar=_calendar_of(registrations, what, centre.name.text(language), centre.email),
        by=by,
    )


def _secrets(rows: Sequence[Registration], what: str, first: str, by: Actor) -> dict[int, str]:
    """What opens the page on which each of these stands: that of a bundle shows all its dates."""
    found, secrets = {_page(rows[0]): first}, {}
    for row in rows:
        if _page(row) not in found and what != "event_cancelled":
            found[_page(row)] = link(registration=row, by=by)
        secrets[row.pk] = found.get(_page(row), first)
    return secrets


def _page(row: Registration) -> Hashable:
    return row.bundle or row.pk


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


def _calendar_of(rows: Sequence[Registration], what: str, name: str, mail: str) -> str:
    """All dates in one file, each under the name that later changes of it use. A calendar is asked to keep a copy
    (PUBLISH): an invitation may hold one date alone (RFC 5546, 3.2.2)."""
    off = what in _OUT_OF_CALENDAR
    kept = [row for row in rows if off or row.state == State.CONFIRMED]
    if not kept or not (off or what in {"registered", "added", "moved_up", "event_moved"}):
        return ""
    dates = []
    for row in kept:
        found = calendar_dates.of(
            row, title=letter_texts.title(row), place=letter_texts.place(row), organiser=mail, organiser_name=name
        )
        if found is not None:
            dates.append(replace(found, attendee="", cancelled=off))
    return calendars.files(dates) if dates else ""
