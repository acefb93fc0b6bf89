"""Templates that come with a centre's file, so that a new centre does not begin with an empty list."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wegweiser.catalogue import slugs
from wegweiser.catalogue.models import Attendance
from wegweiser.events.models import QuestionKind
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated, translated

WORDS = ("title", "summary", "text", "target_group")
CHOICES = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question of a template; options are pairs of both languages."""

    kind: str
    label: Translated
    options: tuple[Translated, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """One template as the file has it. `closes_days` and `slot_minutes` are empty where nothing is said of them."""

    key: str
    words: Mapping[str, Translated]
    format: str
    attendance: str
    starts: dt.time
    minutes: int
    places: int
    slot_minutes: int | None = None
    closes_days: int | None = None
    most_places: int = 5
    protected: bool = True
    agenda: tuple[tuple[str, Translated], ...] = ()
    questions: tuple[Asked, ...] = field(default=())


def read(path: Path) -> list[Shipped]:
    """The templates of a file. Raises DomainError("centre_file_missing") or ("centre_file_invalid")."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DomainError("centre_file_missing", f"{path}: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DomainError("centre_file_invalid", f"{path}: {error}") from error
    found = []
    for number, row in enumerate(document.get("template", []), start=1):
        try:
            found.append(_shipped(row))
        except (KeyError, TypeError, ValueError) as error:
            raise DomainError("centre_file_invalid", f"{path}: template {number}: {error!r}") from error
    if len({row.key for row in found}) < len(found):
        raise DomainError("centre_file_invalid", f"{path}: a key stands twice.")
    return found


def _shipped(row: Mapping[str, Any]) -> Shipped:
    attendance = row.get("attendance", Attendance.ON_SITE.value)
    if attendance not in Attendance.values:
        raise ValueError(f"attendance is one of {', '.join(Attendance.values)}")
    numbers = {name: row.get(name) for name in ("slot_minutes", "closes_days")}
    if any(value is not None and (not isinstance(value, int) or value < 1) for value in numbers.values()):
        raise ValueError("slot_minutes and closes_days are whole numbers")
    if not row["key"] or not row["title"] or int(row["minutes"]) < 1 or int(row.get("places", 20)) < 1:
        raise ValueError("needs a key, a title, minutes and places")
    return Shipped(
        key=str(row["key"]),
        words={name: _sides(row, name) for name in WORDS},
        format=str(row.get("format", "")),
        attendance=attendance,
        starts=dt.time.fromisoformat(row["starts"]),
        minutes=int(row["minutes"]),
        places=int(row.get("places", 20)),
        slot_minutes=numbers["slot_minutes"],
        closes_days=numbers["closes_days"],
        most_places=int(row.get("most_places", 5)),
        protected=bool(row.get("protected", True)),
        agenda=tuple(
            (f"{dt.time.fromisoformat(one['at']):%H:%M}", _sides(one, "title")) for one in row.get("agenda", [])
        ),
        questions=tuple(_asked(one) for one in row.get("question", [])),
    )


def _asked(row: Mapping[str, Any]) -> Asked:
    options = tuple(_sides(one, "label") for one in row.get("option", []))
    if row["kind"] not in QuestionKind.values or (row["kind"] in CHOICES) != bool(options) or not row["label"]:
        raise ValueError(f"question {row.get('label')!r} needs a kind, and options where one chooses")
    keys = [option_key(label) for label in options]
    if not all(keys) or len(set(keys)) < len(keys):
        raise ValueError(f"question {row['label']!r} needs a label for each option, and no two alike")
    return Asked(kind=row["kind"], label=_sides(row, "label"), options=options)


def option_key(label: Mapping[str, str]) -> str:
    """What stands for an option in an answer."""
    return slugs.slug(label.get("de", ""))[:40]


def _sides(row: Mapping[str, Any], name: str) -> Translated:
    german = str(row.get(name, "")).strip()
    return translated(german, str(row.get(f"{name}_en", "")).strip() or None) if german else Translated()
