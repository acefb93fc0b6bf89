"""Rows that come from a centre's file. The action that loads the whole file records it in the audit trail."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import models

from wegweiser.consortium.loaded import Outcome, fingerprint, key_hash, known, of_row
from wegweiser.consortium.models import Loaded
from wegweiser.kernel.actor import Actor

Row = TypeVar("Row", bound=models.Model)


def remember(*, kind: str, key: str, content_hash: str, by: Actor) -> None:
    """Keep the fingerprint with which `key` was loaded."""
    Loaded.objects.update_or_create(kind=kind, key=key_hash(key), defaults={"content_hash": content_hash})


def put(
    *,
    model: type[Row],
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    name: str,
    first: Mapping[str, Any] | None = None,
    many: Mapping[str, Sequence[models.Model]] | None = None,
    by: Actor,
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
    if row is not None and of_row(row, list(values), list(many)) != before:
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
    remember(kind=kind, key=name, content_hash=of_row(row, list(values), list(many)), by=by)
    return row, outcome
