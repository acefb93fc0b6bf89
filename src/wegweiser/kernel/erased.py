"""The log of erasures: by it the erased are known again, and erased anew where a backup brought them back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from wegweiser.kernel import audit, erasure
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import Erasure


def marks(table: str) -> frozenset[str]:
    """Of all rows of `table` that were erased because a person asked for it."""
    rows = Erasure.objects.filter(table=table, reason=Erasure.Reason.REQUEST).values_list("marks", flat=True)
    return frozenset(one for told in rows for one in told or ())


def reason(*, table: str, uuid: UUID) -> str:
    """Why a row was erased the last time; empty where it was not written down."""
    rows = Erasure.objects.filter(table=table, subject_uuid=uuid).order_by("-id")
    return rows.values_list("reason", flat=True).first() or ""


def written(*, since: dt.datetime | None = None) -> list[dict[str, str]]:
    """The log of erasures as plain values, oldest first: a restore takes it along from what it replaces."""
    rows = Erasure.objects.order_by("id")
    if since is not None:
        rows = rows.filter(recorded_at__gte=since)
    return [
        {
            "uuid": str(row.uuid),
            "recorded_at": row.recorded_at.isoformat(),
            "table": row.table,
            "subject": str(row.subject_uuid),
            "purpose": row.purpose,
            "state": row.state,
            "reason": row.reason,
            "marks": " ".join(row.marks or ()),
        }
        for row in rows
    ]


def replay(*, log: Iterable[Mapping[str, str]], by: Actor) -> int:
    """Erase again what `log` (see `written`) says was erased, in a database that is older. Gives how many rows went."""
    count = 0
    with transaction.atomic():
        for entry in log:
            fate = erasure.fates()[entry["table"]]
            if Erasure.objects.filter(uuid=entry["uuid"]).exists():
                continue
            row = fate.rows._base_manager.select_for_update().filter(uuid=entry["subject"]).first()
            if row is not None:
                restricted = entry["state"] == Erasure.State.RESTRICTED
                event = erasure.Event.RESTRICTED if restricted else erasure.Event.ANONYMISED
                audit.record(event, by=by, subject=row, references={"reason": "replay"})
                fate.erase(row, restricted, by)
                count += 1
            Erasure.objects.create(
                uuid=entry["uuid"],
                recorded_at=dt.datetime.fromisoformat(entry["recorded_at"]),
                table=entry["table"],
                subject_uuid=entry["subject"],
                purpose=entry["purpose"],
                state=entry["state"],
                reason=entry["reason"],
                marks=entry.get("marks", "").split(),
            )
    return count
