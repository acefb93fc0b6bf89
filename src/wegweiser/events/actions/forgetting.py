"""Forgetting who the guests of an event were before their term is over: ordered once, done in portions.

Figures, attendance and the steps of firms stay. The log of erasures knows it, so a restored backup forgets it again.
"""

from django.db import transaction

from wegweiser.events import held_data
from wegweiser.events.events import Event as Audited
from wegweiser.events.held_models import Forgetting
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event
from wegweiser.kernel import audit, clock, erasure, fences
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.erasure import Reason
from wegweiser.kernel.errors import DomainError

AT_ONCE = 200  # rows before the answer goes out; the job does the rest
PORTION = 20  # in one transaction, so that nobody who registers elsewhere waits long


def order(*, event: Event, by: Actor) -> Forgetting:
    """Forget the guests of `event`. What is small is done at once, the rest by the job within minutes.

    Raises DomainError: still_needed, where something speaks against it (`held_data.Held.keeps`).
    """
    with transaction.atomic():
        row = lock_event(event)
        (held,) = held_data.of([row])
        if held.keeps:
            raise DomainError("still_needed", ", ".join(held.keeps))
        found, _new = Forgetting.objects.update_or_create(event=row, defaults={"by": str(by), "finished_at": None})
        audit.record(Audited.FORGETTING_ORDERED, by=by, subject=row)
    return go_on(forgetting=found, most=AT_ONCE, by=by)


def go_on(*, forgetting: Forgetting, most: int, by: Actor) -> Forgetting:
    """Empty up to `most` more rows, portion by portion; one that is interrupted goes on where it stopped."""
    for _portion in range(0, most, PORTION):
        with transaction.atomic():
            lock_event(forgetting.event)  # before the order, as `order` takes them
            row = Forgetting.objects.select_for_update(of=("self",)).select_related("event").get(pk=forgetting.pk)
            if row.finished_at is not None:
                return row
            items = _next(row.event)
            erasure.erase(items=items, reason=Reason.EARLY, by=by)
            row.rows += len(items)
            row.finished_at = clock.now() if len(items) < PORTION and not _next(row.event) else None
            row.save(update_fields=["rows", "finished_at"])
            if row.finished_at:
                audit.record(Audited.FORGETTING_DONE, by=by, subject=row.event)
                return row
    return row


def go_on_with_all(*, most: int, by: Actor) -> int:
    """The next portions of everything that was ordered. Gives how many events are done; one that fails holds up no
    other."""
    done: list[bool] = []
    ordered = Forgetting.objects.filter(finished_at=None).select_related("event").order_by("id")
    fences.each(ordered, lambda row: done.append(go_on(forgetting=row, most=most, by=by).finished_at is not None))
    return sum(done)


def _next(event: Event) -> list[erasure.Item]:
    """The next rows to go, guests last: what they wrote and where they were listed goes before them."""
    found: list[erasure.Item] = []
    for table, rows in sorted(held_data.rows_of(event).items()):
        found += erasure.plan_rows(table, rows.order_by("pk")[: PORTION - len(found)], day=clock.today())
        if len(found) >= PORTION:
            break
    return found
