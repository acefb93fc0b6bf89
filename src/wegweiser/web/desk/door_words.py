"""What the door says, in words."""

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegweiser.crossings.door import Outcome
from wegweiser.events import queries
from wegweiser.events.models import Event, Seat
from wegweiser.kernel import clock
from wegweiser.web.ui import dates

PROBLEMS: dict[str, str | Promise] = {
    "arrived_before": gettext_lazy("War schon da. Es bleibt beim ersten Mal."),
    "arrived_elsewhere": gettext_lazy("Inzwischen hat eine andere Tür dieselbe Person eingelassen. Das bleibt so."),
    "seat_given_back": gettext_lazy("Dieser Platz wurde inzwischen zurückgegeben."),
    "not_registered": gettext_lazy("Hat inzwischen abgesagt. Der Platz ist vielleicht schon weitergegeben."),
    "waits": gettext_lazy("Hat noch keinen Platz."),
    "registered_online": gettext_lazy("Ist online angemeldet."),
    "not_readable": gettext_lazy("Das ließ sich nicht lesen."),
    "event_cancelled": gettext_lazy("Die Veranstaltung ist abgesagt."),
    "event_not_public": gettext_lazy("Die Veranstaltung ist nicht mehr veröffentlicht."),
    "full": gettext_lazy("Kein Platz ist mehr frei."),
    "name_missing": gettext_lazy("Der Name fehlt."),
    "places_not_allowed": gettext_lazy("So viele Personen gehören nicht zu dieser Anmeldung."),
    "seat_unknown": gettext_lazy("Diesen Code kennt die Veranstaltung nicht."),
    "pool_unknown": gettext_lazy("Diese Plätze gibt es nicht mehr."),
    "event_without_topic": gettext_lazy("Der Veranstaltung fehlt das Thema oder der Partner."),
}
_OTHERWISE = gettext_lazy("Das ging nicht.")


def problem(code: str, at: dt.datetime | None = None) -> str:
    """Why something at the door did not work; with when they were first seen, where that is known."""
    if code == "arrived_before" and at:
        return _("War schon um %(time)s Uhr da. Es bleibt beim ersten Mal.") % {"time": time(at)}
    return str(PROBLEMS.get(code, _OTHERWISE))


def outcome(told: Outcome) -> str:
    return problem(told.code, told.at) if told.code else ""


def time(moment: dt.datetime) -> str:
    return dates.written(clock.local(moment), "G:i")


def when(event: Event) -> str:
    starts = queries.starts_at(event)
    return dates.written(clock.local(starts), _("D, j. F Y, G:i")) if starts else ""


def title(event: Event) -> str:
    return str(event.draft.entry.title if event.draft.entry else event.draft.title)


def name(seat: Seat) -> str:
    """Who sits there, as far as one knows: of a group that named nobody, the one who registered and a number."""
    row = seat.registration
    if seat.name or row.places == 1:
        return seat.name or row.name or _("ohne Namen")
    return _("%(name)s, Person %(number)s") % {"name": row.name or row.firm, "number": seat.position}
