"""A date that becomes public in a series which is only had as a whole: who has the whole has a place there, too."""

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid5

from django.db import transaction

from wegweiser.events import added, answers, queries, whole
from wegweiser.events.actions import letters, line, shown
from wegweiser.events.added import Newcomer
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import UNCONFIRMED, Event, Registration, Seat
from wegweiser.kernel import audit, together
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def take_in(*, event: Event, by: Actor) -> list[Registration]:
    """Register all who are registered for the whole for this date, as they are at the others; nobody is told yet.

    All of them or none: raises DomainError("whole_does_not_fit") where somebody would be left without a place.
    """
    with transaction.atomic():
        event = lock_event(event)
        if event.series is None or queries.closed_because(event) in {"event_cancelled", "event_over"}:
            return []
        due = added.due(event)
        if due.missing:
            raise DomainError("whole_does_not_fit", f"{len(due.missing)} would not fit.")
        rows = [_put_down(event, newcomer, by) for newcomer in due.coming]
        if rows:
            _answer(event, rows, due.coming)
            shown.availability(event=event, by=by)
            for pool in {row.pool_id: row.pool for row in rows}.values():
                line.free_up(event=event, pool=pool, by=by)
    return rows


def tell(*, registrations: Iterable[Registration], by: Actor) -> None:
    """One letter about all added dates to everybody who was registered for them."""
    bundles: dict[UUID | None, list[Registration]] = {}
    for row in registrations:
        if row.state not in UNCONFIRMED:
            bundles.setdefault(row.bundle, []).append(row)
    with transaction.atomic(), together.writing():
        for rows in bundles.values():
            rows.sort(key=lambda row: (queries.starts_at(row.event) or row.recorded_at, row.pk))
            letters.tell_of_several(registrations=rows, what="added", by=by)


def _put_down(event: Event, newcomer: Newcomer, by: Actor) -> Registration:
    """The same guest at this date: state, place in the line and end of what is open are those of the others."""
    of = newcomer.registration
    kept = (
        *("bundle", "together", "state", "places", "name", "email", "phone", "firm", "postcode", "language", "note"),
        *("company_id", "until", "queued_at", "preferred_at", "preferred_by", "preferred_reason"),
    )
    assert of.bundle is not None  # noqa: S101 - the database refuses it, `registration_together_in_bundle`
    row = Registration.objects.create(
        event=event,
        pool=newcomer.pool,
        submission=uuid5(of.bundle, str(event.uuid)),
        by=str(by),
        **{name: getattr(of, name) for name in kept},
    )
    names = of.seats.filter(given_back_at=None).values_list("position", "name")
    Seat.objects.bulk_create(Seat(registration=row, position=position, name=name) for position, name in names)
    audit.record(Audited.REGISTERED, by=by, subject=row, references={"event": event.uuid})
    return row


def _answer(event: Event, rows: Sequence[Registration], newcomers: Sequence[Newcomer]) -> None:
    """What they answered at another date, where this one asks the same."""
    same: dict[int, dict[str, str]] = {}
    for row, newcomer in zip(rows, newcomers, strict=True):
        of = newcomer.registration
        if of.event_id not in same:
            asked = whole.asked([of.event, event]).copies.values()
            pairs = [[answers.key(copy) for copy in copies] for copies in asked if len(copies) == 2]
            same[of.event_id] = dict(pairs)
        row.answers = {ours: of.answers[theirs] for theirs, ours in same[of.event_id].items() if theirs in of.answers}
    Registration.objects.bulk_update(rows, ["answers"], batch_size=500)
