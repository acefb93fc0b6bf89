"""What a letter to a guest says, in their language: of the event, of their place, and of what changed."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wegweiser.catalogue import content
from wegweiser.companies import phones
from wegweiser.consortium.models import Centre
from wegweiser.events import confirming, greetings, known, moments, queries
from wegweiser.events.models import Event, Pool, Registration, State, Way
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.translated import Translated
from wegweiser.outbox.rendering import Rendered, render

TEMPLATE, SEVERAL = "events/mails/registration", "events/mails/several"
_ENDED = frozenset({"lapsed", "cancelled", "cancelled_for_them", "left_line", "event_cancelled"})
# Written when one guest registers or moves, not to many at once, and not to an address that is still to be confirmed.
_NAMES_ALL = frozenset({"confirmed", "moved_up", "rebooked", "registered"})
_STANDS = {  # how one date of several stands
    State.PENDING: _lazy("Ihr Platz ist reserviert, bis Sie bestätigen"),
    State.ASKED: _lazy("kommt auf die Warteliste, sobald Sie bestätigen"),
    State.CONFIRMED: _lazy("angemeldet"),
    State.WAITING: _lazy("auf der Warteliste"),
    State.OFFERED: _lazy("ein Platz ist für Sie reserviert, bitte sagen Sie zu"),
    State.CANCELLED: _lazy("abgesagt"),
    State.LAPSED: _lazy("verfallen"),
}


def composed(
    registration: Registration,
    what: str,
    *,
    centre: Centre,
    before: Mapping[str, str] | None = None,
    secret: str = "",
) -> Rendered:
    """The letter as it goes out; `secret` is in the link to the guest's own page, which else leads to nobody's."""
    event, language = registration.event, registration.language
    entry, pool = event.draft.entry, registration.pool
    confirmed = registration.state == State.CONFIRMED
    with translation.override(language):
        context = {
            "what": what,
            "words": confirming.words(event).text(language) if what == "confirmed" else "",
            "ended": what in _ENDED,
            "title": title(registration).text(language),
            "places": registration.places,
            "moment": moments.written(pool.starts_at or queries.starts_at(event), language, ends=_ends(registration)),
            "before": _before(before, language),
            **(_days(before, pool.starts_at or queries.starts_at(event), language) if what == "event_moved" else {}),
            "waits": registration.state == State.WAITING,
            "new_link": what == "event_moved" and before is not None and before.get(known.LINK, "") != _link(event),
            "slot": pool.label.text(language),
            "place": place(registration),
            "online": pool.way == Way.ONLINE,
            "join_link": event.join_link if confirmed and pool.way == Way.ONLINE else "",
            "access": event.access.text(language) if pool.way == Way.ON_SITE else "",
            "until": moments.written(registration.until, language),
            "begun": _has_begun(registration),
            "reason": event.cancelled_reason,
            "page": addresses.offer("event", entry.slug, language=language) if entry else "",
            "phone": phones.shown(centre.phone),
            "centre": centre.name.text(language),
            "signature": "",
        }
        own = {
            "name": greetings.name(registration.name),
            "link": addresses.registration(secret, language=language) if secret else addresses.home(language=language),
            "people": ", ".join(filter(None, _people(registration))) if what in _NAMES_ALL else "",
        }
    return render(TEMPLATE, language, context, own=own)


def confirmation(*, event: Event, pool: Pool | None, language: str, name: str, centre: Centre) -> Rendered:
    """How the confirmation reads to somebody with a place in `pool`, with a link that leads to nobody's page."""
    row = Registration(event=event, pool=pool, name=name, language=language, places=1, state=State.CONFIRMED)
    return composed(row, "confirmed", centre=centre)


def of_several(
    registrations: Sequence[Registration],
    what: str,
    *,
    centre: Centre,
    before: Mapping[int, Mapping[str, str]] | None = None,
    secrets: Mapping[int, str],
) -> Rendered:
    """One letter about several dates of a series, each with how it stands.

    `secrets` are in the links to the guest's pages, `before` is what they knew of each date, both by its key.
    """
    first, before = registrations[0], before or {}
    language, series = first.language, first.event.series
    pages = {row.pk: addresses.registration(secrets[row.pk], language=language) for row in registrations}
    several_pages = len(set(pages.values())) > 1
    with translation.override(language):
        until = [row.until for row in registrations if row.until]
        dates = [
            _dated(row, what, language, before.get(row.pk), pages[row.pk] if several_pages else "")
            for row in registrations
        ]
        names = {row.name.casefold() for row in registrations}
        context = {
            "what": what,
            "title": (Translated(series.title) if series else title(first)).text(language),
            "registration": first,
            "places": 1 if several_pages else first.places,
            "people": ", ".join(filter(None, _people(first))) if what in _NAMES_ALL and not several_pages else "",
            "name": greetings.name(first.name) if len(names) == 1 else "",
            "dates": [date for place, date in enumerate(dates) if date not in dates[:place]],
            "all_wait": all(row.state == State.WAITING for row in registrations),
            "some_wait": any(row.state == State.WAITING for row in registrations),
            "offered": any(row.state == State.OFFERED for row in registrations),
            "together": first.together,
            "until": moments.written(min(until), language) if until else "",
            "begun": any(_has_begun(row) for row in registrations),
            "reasons": list(dict.fromkeys(filter(None, (row.event.cancelled_reason for row in registrations)))),
            "link": "" if several_pages else pages[first.pk],
            "series": addresses.series(series.uuid, language=language) if series else "",
            "phone": phones.shown(centre.phone),
            "centre": centre.name.text(language),
            "signature": "",
        }
    return render(SEVERAL, language, context)


def _dated(
    row: Registration, what: str, language: str, before: Mapping[str, str] | None, page: str
) -> dict[str, object]:
    """One date in such a letter; `page` where it is on one of its own."""
    event, pool = row.event, row.pool
    online = pool.way == Way.ONLINE
    confirmed = row.state == State.CONFIRMED
    shown = title(row).text(language)
    moved = what == "event_moved" and before is not None
    return {
        "title": shown,
        "moment": moments.written(pool.starts_at or queries.starts_at(event), language, ends=_ends(row)),
        "slot": pool.label.text(language) if pool.starts_at else "",
        "place": _("online") if online else place(row),
        "before": _before(before, language) if moved else {},
        "new_link": online and moved and before is not None and before.get(known.LINK, "") != _link(event),
        "join_link": event.join_link if confirmed and online else "",
        "access": "" if online else event.access.text(language),
        "state": "" if what in _ENDED else str(_STANDS[State(row.state)]),
        "page": page,
    }


def _people(row: Registration) -> list[str]:
    """Who comes, as far as names were said; nobody is read for whoever comes alone."""
    return [greetings.name(seat.name) for seat in queries.seats(row)] if row.places > 1 else []


def _has_begun(row: Registration) -> bool:
    starts = row.pool.starts_at or queries.starts_at(row.event)
    return starts is not None and starts <= clock.now()


def title(registration: Registration) -> Translated:
    draft = registration.event.draft
    return Translated(draft.title if draft.entry is None else draft.entry.title)


def place(registration: Registration) -> str:
    event = registration.event
    online = registration.pool.way == Way.ONLINE
    return "" if online else ", ".join(filter(None, [event.told.get("place"), event.room]))


def _ends(row: Registration) -> dt.datetime | None:
    return row.pool.ends_at or content.moment(row.event.told.get("ends_at"))


def _link(event: Event) -> str:
    return queries.told_now(event)[known.LINK]


def _days(told: Mapping[str, str] | None, starts: dt.datetime | None, language: str) -> dict[str, str]:
    """The old and the new moment in short, where an event has moved to another one."""
    was = content.moment((told or {}).get("starts_at"))
    if was is None or starts is None or was == starts:
        return {}
    shape = "j F Y" if language == "en" else "j. F Y"
    if clock.local(was).date() == clock.local(starts).date():
        shape = "j F, G:i" if language == "en" else r"j. F, G:i \U\h\r"
    return {"new_day": date_format(clock.local(starts), shape), "old_day": date_format(clock.local(was), shape)}


def _before(told: Mapping[str, str] | None, language: str) -> dict[str, str]:
    if not told:
        return {}
    starts = content.moment(told.get("starts_at"))
    place = ", ".join(filter(None, [told.get("place"), told.get("room")]))
    return {"moment": moments.written(starts, language, ends=content.moment(told.get("ends_at"))), "place": place}
