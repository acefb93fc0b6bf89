"""What speaks against a day before something is planned on it: a holiday, a weekend, what takes place already."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from wegweiser.catalogue.models import HERE as OURS
from wegweiser.catalogue.models import Draft, Entry, Kind
from wegweiser.consortium import calendar
from wegweiser.consortium.models import Partner
from wegweiser.events import lengths
from wegweiser.events.models import Event
from wegweiser.kernel import clock
from wegweiser.kernel.translated import Translated

WEEKEND = 5
MOST_DAYS = 60  # that are looked at, of one event
Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Noted:
    """One day with what speaks against it. `clashes` are titles of what the same partner holds at that time."""

    span: Span
    holiday: str = ""
    weekend: bool = False
    closed: bool = False  # nobody is at the centre
    clashes: tuple[str, ...] = ()

    @property
    def is_free(self) -> bool:
        return not (self.holiday or self.weekend or self.closed or self.clashes)


def noted(
    spans: Sequence[Span],
    *,
    partner: Partner | None,
    land: str,
    closed: calendar.Closed = (),
    language: str = "de",
    but: Collection[int] = (),
) -> list[Noted]:
    """Each span with what speaks against it; `but` are events that do not count. Two statements at most."""
    taken = _taken(spans, partner, but) if partner and spans else []
    found = []
    for span in spans:
        days = _days(span)
        titles = tuple(title for other, title in taken if other[0] < span[1] and span[0] < other[1])
        found.append(
            Noted(
                span,
                next(filter(None, (calendar.holiday(day, land=land, language=language) for day in days)), ""),
                any(day.weekday() >= WEEKEND for day in (days[0], days[-1])),
                any(calendar.is_closed(day, closed) for day in days),
                tuple(dict.fromkeys(titles)),
            )
        )
    return found


def _days(span: Span) -> list[dt.date]:
    """The days of a span. What goes past midnight in one evening has one."""
    first = clock.local(span[0]).date()
    if span[1] - span[0] <= lengths.ONE_EVENING:
        return [first]
    more = (clock.local(span[1]).date() - first).days
    return [first + dt.timedelta(days=number) for number in range(min(more, MOST_DAYS) + 1)]


def _taken(spans: Sequence[Span], partner: Partner, but: Collection[int]) -> list[tuple[Span, str]]:
    """What the partner holds around these days, published or planned; what is called off is not held."""
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    around = Q(starts_at__lt=last, starts_at__gte=first - dt.timedelta(days=14))
    off = Event.objects.filter(Q(cancelled_at__isnull=False) | Q(pk__in=but)).values("draft")
    planned = Draft.objects.filter(around, kind=Kind.EVENT, partner=partner, is_template=False).exclude(pk__in=off)
    planned = planned.filter(Q(entry=None) | Q(entry__withdrawn_at=None))
    public = Entry.objects.filter(around, kind=Kind.EVENT, origin=OURS, partner=partner, draft=None, withdrawn_at=None)
    columns = ("title", "starts_at", "ends_at")
    rows = [*planned.values_list(*columns), *public.values_list(*columns)]
    return [((starts, ends or starts), str(Translated(title))) for title, starts, ends in rows]
