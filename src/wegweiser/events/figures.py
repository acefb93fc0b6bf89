"""What events came to: registered, attended and absent apart; how far ahead people register; which firms came."""

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q, QuerySet

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company, Fact
from wegweiser.events.models import Event, Presence, Registration, Seat, State
from wegweiser.kernel import clock

LEADS = (1, 7, 14, 30)  # days before: up to the day before, a week, two, a month; more


@dataclass(frozen=True)
class Turnout:
    """Places of one event, or of several. `open` were given and nobody said yet what became of them."""

    registered: int = 0
    attended: int = 0
    absent: int = 0
    cancelled: int = 0

    @property
    def open(self) -> int:
        return self.registered - self.attended - self.absent

    @property
    def no_show(self) -> float | None:
        """Of those of whom one knows, the share that did not come; None where one knows of nobody."""
        known = self.attended + self.absent
        return self.absent / known if known else None

    def __add__(self, other: "Turnout") -> "Turnout":
        return Turnout(
            self.registered + other.registered,
            self.attended + other.attended,
            self.absent + other.absent,
            self.cancelled + other.cancelled,
        )


@dataclass(frozen=True)
class Firms:
    """How many firms came, by a fact of theirs: {value: firms}; the empty value is for those that one does not know."""

    size: Counter[str] = field(default_factory=Counter)
    sector: Counter[str] = field(default_factory=Counter)


def turnouts(events: Iterable[Event]) -> dict[int, Turnout]:
    """The places of several events by what became of them, in one statement: {pk: turnout}."""
    keys = [event.pk for event in events]
    confirmed = Q(registration__state=State.CONFIRMED, given_back_at=None)
    gone = Q(registration__state__in=[State.CANCELLED, State.LAPSED]) | Q(given_back_at__isnull=False)
    rows = (
        Seat.objects.filter(registration__event__in=keys)
        .order_by()
        .values("registration__event")
        .annotate(
            registered=Count("pk", filter=confirmed),
            attended=Count("pk", filter=confirmed & Q(presence=Presence.ATTENDED)),
            absent=Count("pk", filter=confirmed & Q(presence=Presence.ABSENT)),
            cancelled=Count("pk", filter=gone),
        )
    )
    found = {row.pop("registration__event"): Turnout(**row) for row in rows}
    return {key: found.get(key, Turnout()) for key in keys}


def held_between(events: QuerySet[Event], start: dt.date, end: dt.date) -> QuerySet[Event]:
    """Those of `events` that began on these days, the newest first. The day of a template is an example."""
    within = Q(draft__starts_at__gte=clock.at(start), draft__starts_at__lt=clock.at(end + dt.timedelta(days=1)))
    return (
        events.filter(within, draft__is_template=False)
        .select_related("draft__entry", "draft__partner")
        .order_by("-draft__starts_at", "-pk")
    )


def leads(events: Collection[Event]) -> tuple[float | None, list[int]]:
    """(median, counts by LEADS) of the days between registering and the beginning, for those who have a place."""
    starts = {event.pk: event.draft.starts_at for event in events if event.draft.starts_at}
    rows = Registration.objects.filter(event__in=list(starts), state=State.CONFIRMED).order_by()
    counts, days = [0] * (len(LEADS) + 1), []
    for event, at in rows.values_list("event", "recorded_at").iterator(chunk_size=2000):
        ahead = max((clock.local(starts[event]).date() - clock.local(at).date()).days, 0)  # type: ignore[arg-type]
        days.append(ahead)
        counts[next((place for place, most in enumerate(LEADS) if ahead <= most), len(LEADS))] += 1
    return (statistics.median(days) if days else None), counts


def firms(events: Collection[Event], day: dt.date) -> Firms:
    """The firms of which somebody was there, each once, as one knows them on `day`."""
    there = Seat.objects.filter(presence=Presence.ATTENDED, given_back_at=None, registration__event__in=list(events))
    named = there.exclude(registration__company=None).order_by()
    keys = named.values("registration__company").annotate(first=Min("pk")).values_list("registration__company")
    met = list(Company.objects.filter(pk__in=keys))
    roots = {company.canonical_id or company.pk for company in met}
    known = companies.facts_of(Company.objects.filter(pk__in=roots), [Fact.Kind.SIZE, Fact.Kind.SECTOR], day)
    found = Firms()
    for key in roots:
        facts = known.get(key, {})
        found.size[facts.get(Fact.Kind.SIZE, "")] += 1
        found.sector[facts.get(Fact.Kind.SECTOR, "")] += 1
    return found
