"""A series of dates with places, for tests: weekly, from a week ahead, at the small centre of `tests.contact_point`."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace

from tests import contact_point
from tests.contact_point import World
from tests.events import world
from tests.events.world import Held, guest
from wegweiser.events.actions import whole_series
from wegweiser.events.actions.whole_series import Bundled, Choice
from wegweiser.events.models import Event, Joining, Registration, Series
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.translated import translated

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """The centre, the series and its dates in their order."""

    centre: World
    series: Series
    dates: list[Held]

    def choices(self, *numbers: int) -> list[Choice]:
        """These dates, all without a number."""
        chosen = [self.dates[number] for number in numbers] or self.dates
        return [Choice(held.event, held.pool) for held in chosen]


def row(
    *, count: int = 3, joining: str = Joining.CHOICE, places: int = 3, centre: World | None = None, **settings: object
) -> Row:
    """So many dates with so many places each, and these settings."""

    def build() -> Row:
        there = centre or contact_point.world()
        series = Series.objects.create(title=translated("Werkstattabende", "Workshop evenings"), joining=joining)
        dates = []
        for number in range(count):
            held = world.held(places=places, centre=there, starts_at=world.STARTS + number * WEEK, **settings)
            Event.objects.filter(pk=held.event.pk).update(series=series)
            dates.append(Held(held.centre, held.draft, Event.objects.get(pk=held.event.pk)))
        return Row(there, series, dates)

    found = world.further("row", build, centre, count=count, joining=joining, places=places, **settings)
    there = centre or found.centre
    return Row(there, found.series, [replace(held, centre=there) for held in found.dates])


def register(
    found: Row, *numbers: int, guest_number: int = 1, submission: uuid.UUID | None = None, by: Actor = VISITOR, **given
) -> Bundled:
    return whole_series.register(
        choices=found.choices(*numbers),
        submission=submission or uuid.uuid4(),
        guest=guest(guest_number, **given),
        by=by,
    )


def states(found: Row) -> list[list[str]]:
    """The states of all registrations, date by date."""
    return [
        list(Registration.objects.filter(event=held.event).order_by("id").values_list("state", flat=True))
        for held in found.dates
    ]
