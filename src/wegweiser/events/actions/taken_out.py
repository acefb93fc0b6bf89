"""Putting a date back into the series it was taken out of."""

from django.db import transaction

from wegweiser.events import recurrence, taken_out
from wegweiser.events.actions import added_dates
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_events
from wegweiser.events.models import Event, Registration, Series
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def put_back(*, series: Series, event: Event, by: Actor) -> list[Registration]:
    """The date stands among the others again, with its registrations; nobody who is registered there is written to.

    Of a series that is only had as a whole, who has the whole gets a place there, too, and one mail; they are given.

    Raises DomainError: not_taken_out, day_twice, too_many_dates, whole_does_not_fit.
    """
    with transaction.atomic():
        rows = lock_events([*series.events.all(), event])  # before the series, as `series.take_out` does
        held = Series.objects.select_for_update().filter(pk=series.pk).first()  # none: its last date left it meanwhile
        if held is None or event.pk not in {row.pk for row in taken_out.of(held)}:
            raise DomainError("not_taken_out")
        series, event = held, rows[event.pk]
        others = list(series.events.select_related("draft"))
        if any(row.draft.starts_at == event.draft.starts_at for row in others):
            raise DomainError("day_twice")
        if len(others) >= recurrence.MOST * 2:
            raise DomainError("too_many_dates")
        event.series, event.planned_at = series, event.draft.starts_at
        event.save(update_fields=["series", "planned_at"])
        audit.record(
            Audited.SERIES_CHANGED,
            by=by,
            subject=series,
            changed=["dates"],
            references={taken_out.BACK: event.uuid},
        )
        is_public = event.draft.entry is not None and event.draft.entry.withdrawn_at is None
        added = added_dates.take_in(event=event, by=by) if is_public else []
        added_dates.tell(registrations=added, by=by)
    return added
