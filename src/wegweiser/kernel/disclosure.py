"""What is kept about a person, for them to read (GDPR Art. 15): every row that `erasure` would find."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from wegweiser.kernel import erasure, policy

_SECRET = frozenset({"password", "session_key", "session_data"})


@dataclass(frozen=True)
class Told:
    """One row about a person: its personal fields, whence it came and who received it."""

    table: str
    purpose: str
    recorded_at: dt.datetime | None
    data: Mapping[str, Any]
    source: str
    recipients: Sequence[str]


def about(*who: erasure.Who) -> list[Told]:
    """Every row about the person with these mail addresses or number, each once, also those that end with another."""
    found: dict[tuple[str, int], Told] = {}
    named: dict[str, list[policy.Personal]] = {}
    for personal in policy.personal_fields():
        named.setdefault(personal.model, []).append(personal)
    every = erasure.spelt(who)
    for fate in erasure.fates().values():
        for row in [row for one in every for row in fate.about(one).order_by("pk").distinct()]:
            source, recipients = fate.origin(row)
            foreign = fate.foreign(row, who)
            rows = {**({fate.table: [row]} if row._meta.label == fate.table else {}), **fate.parts(row)}
            for table, parts in rows.items():
                for part in parts:
                    key = (table, part.pk)
                    if key not in found and table in named:
                        hidden = foreign if table == fate.table else ()
                        told = [one for one in named[table] if one.field not in hidden]
                        found[key] = _told(part, told, source, recipients)
    return list(found.values())


def _told(row: models.Model, fields: Sequence[policy.Personal], source: str, recipients: Sequence[str]) -> Told:
    data = {one.field: _plain(getattr(row, one.field)) for one in fields if one.field not in _SECRET}
    if row._meta.label == "mfa.Authenticator":
        data.pop("data", None)
    return Told(row._meta.label, fields[0].purpose, getattr(row, "recorded_at", None), data, source, recipients)


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, models.Manager):
        return [str(row) for row in value.all()]
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | list | dict | bool):
        return value
    return str(value)
