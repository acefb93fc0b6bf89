"""The audit trail: rooms declare their events, actions record them inside their own transaction."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from django.db import connection
from django.db.models import QuerySet

from wegweiser.kernel import together
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import AuditEvent
from wegweiser.kernel.records import Record

_declared: dict[str, StrEnum] = {}
Events = TypeVar("Events", bound=type[StrEnum])


def declare(events: Events) -> Events:
    """Class decorator: make the members of a room's event enum (values like "case:taken") known."""
    for event in events:
        if event.value in _declared:
            raise ValueError(f"{event.value} is declared twice.")
        _declared[event.value] = event
    return events


def declared() -> Mapping[str, StrEnum]:
    return _declared


def of(subject: Record, event: StrEnum) -> QuerySet[AuditEvent]:
    """Every time this happened to `subject`, oldest first."""
    return AuditEvent.objects.filter(
        subject_kind=subject._meta.label_lower, subject_uuid=subject.uuid, event=event.value
    ).order_by("id")


def of_several(subjects: Iterable[Record], *events: StrEnum) -> QuerySet[AuditEvent]:
    """Every time one of these happened to one of `subjects`, which are of one kind, oldest first."""
    rows = list(subjects)
    kinds = {row._meta.label_lower for row in rows}
    uuids = [row.uuid for row in rows]
    names = [event.value for event in events]
    return AuditEvent.objects.filter(subject_kind__in=kinds, subject_uuid__in=uuids, event__in=names).order_by("id")


def record(
    event: StrEnum,
    *,
    by: Actor,
    subject: Record,
    changed: Iterable[str] = (),
    references: Mapping[str, object] | None = None,
) -> AuditEvent:
    """Write one row of the trail. `changed` are names of fields, `references` ids: never a personal value."""
    if event.value not in _declared:
        raise ValueError(f"{event.value} was not declared.")
    if not connection.in_atomic_block:
        raise RuntimeError("An audit row belongs into the transaction of what it tells.")
    row = AuditEvent(
        event=event.value,
        actor_kind=by.kind,
        actor_id=by.id,
        subject_kind=subject._meta.label_lower,
        subject_uuid=subject.uuid,
        changed=sorted(changed),
        references={key: str(value) for key, value in (references or {}).items()},
    )
    together.add(row)
    return row


def record_many(
    event: StrEnum, *, by: Actor, subjects: Iterable[tuple[Record, Mapping[str, object]]], changed: Iterable[str] = ()
) -> None:
    """`record` of the same thing for many, each with its references, in one statement for some hundreds."""
    if event.value not in _declared:
        raise ValueError(f"{event.value} was not declared.")
    if not connection.in_atomic_block:
        raise RuntimeError("An audit row belongs into the transaction of what it tells.")
    fields = sorted(changed)
    rows = [
        AuditEvent(
            event=event.value,
            actor_kind=by.kind,
            actor_id=by.id,
            subject_kind=subject._meta.label_lower,
            subject_uuid=subject.uuid,
            changed=fields,
            references={key: str(value) for key, value in references.items()},
        )
        for subject, references in subjects
    ]
    AuditEvent.objects.bulk_create(rows, batch_size=500)


def last(subject: Record) -> AuditEvent | None:
    """What was done to `subject` last."""
    rows = AuditEvent.objects.filter(subject_kind=subject._meta.label_lower, subject_uuid=subject.uuid)
    return rows.order_by("-id").first()
