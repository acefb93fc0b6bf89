"""Keeping a loaded centre and its file together without overwriting what somebody changed by hand.

Used by the actions that load; each row's fingerprint is kept in `Loaded`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from django.db import models

from wegweiser.consortium.models import Loaded

Row = TypeVar("Row", bound=models.Model)


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"


def fingerprint(values: Any) -> str:
    """SHA-256 of plain values, independent of the order of keys."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _of_row(row: models.Model, fields: Sequence[str], many: Sequence[str]) -> str:
    values = {name: getattr(row, row._meta.get_field(name).attname) for name in fields}  # type: ignore[union-attr]
    values |= {name: sorted(getattr(row, name).values_list("pk", flat=True)) for name in many}
    return fingerprint(values)


def known(kind: str, key: str) -> str | None:
    """The fingerprint that `key` was last loaded with, or None."""
    return Loaded.objects.filter(kind=kind, key=key).values_list("content_hash", flat=True).first()


def remember(kind: str, key: str, content_hash: str) -> None:
    Loaded.objects.update_or_create(kind=kind, key=key, defaults={"content_hash": content_hash})


def put(
    model: type[Row],
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    name: str,
    first: Mapping[str, Any] | None = None,
    many: Mapping[str, Sequence[models.Model]] | None = None,
) -> tuple[Row | None, Outcome]:
    """Make the row of `key` hold `values` and the links `many`, unless somebody changed or removed it since the load.

    `first` are values for a new row only (a key such as `topic__isnull` only searches); `name` is the row's key in
    `Loaded`.
    """
    kind, many = model._meta.label_lower, many or {}
    row = model._base_manager.filter(**key).first()
    before = known(kind, name)
    if row is None and before is not None:
        return None, Outcome.KEPT
    if row is not None and _of_row(row, list(values), list(many)) != before:
        return row, Outcome.KEPT
    outcome = Outcome.UPDATED
    if row is None:
        row, outcome = (
            model(**{name: value for name, value in key.items() if "__" not in name} | dict(first or {})),
            Outcome.CREATED,
        )
    for field, value in values.items():
        setattr(row, field, value)
    if outcome == Outcome.UPDATED:
        wanted = {field: getattr(row, row._meta.get_field(field).attname) for field in values}  # type: ignore[union-attr]
        wanted |= {field: sorted(target.pk for target in targets) for field, targets in many.items()}
        if fingerprint(wanted) == before:
            return row, Outcome.UNCHANGED
    row.save()
    for field, targets in many.items():
        getattr(row, field).set(targets)
    row.refresh_from_db()
    remember(kind, name, _of_row(row, list(values), list(many)))
    return row, outcome
