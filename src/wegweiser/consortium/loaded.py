"""Keeping a loaded centre and its file together without overwriting what somebody changed by hand.

Each row's fingerprint is kept in `Loaded`; `actions.rows` writes by it.
"""

import hashlib
import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django.db import models

from wegweiser.consortium.models import Loaded

PLACES = "consortium.settlement"  # all places have one fingerprint, under the key "all"


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"


def fingerprint(values: Any) -> str:
    """SHA-256 of plain values, independent of the order of keys."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def key_hash(key: str) -> str:
    """How `Loaded` names a row: the key of a member is their name, and has to go with them."""
    return hashlib.sha256(key.encode()).hexdigest()


def of_row(row: models.Model, fields: Sequence[str], many: Sequence[str]) -> str:
    values = {name: getattr(row, row._meta.get_field(name).attname) for name in fields}  # type: ignore[union-attr]
    values |= {name: sorted(getattr(row, name).values_list("pk", flat=True)) for name in many}
    return fingerprint(values)


def known(kind: str, key: str) -> str | None:
    """The fingerprint that `key` was last loaded with, or None."""
    return Loaded.objects.filter(kind=kind, key=key_hash(key)).values_list("content_hash", flat=True).first()


def all_known(kind: str) -> dict[str, str]:
    """The same of all rows of a kind at once, by the hashes of their keys."""
    return dict(Loaded.objects.filter(kind=kind).values_list("key", "content_hash"))
