"""A centre as a file: `centre.toml` and the catalogue it names. Read and checked before anything is written."""

import datetime as dt
import hashlib
import json
import tomllib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from wegweiser.consortium import calendar, place_files, schema
from wegweiser.consortium.gazetteer import Place
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated, translated

PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
LONGEST_NAME = 80  # of a region
MOST_CLOSED = 60  # days of a year
LARGEST_LOGO = 64 * 1024  # bytes; it stands on every page


@dataclass(frozen=True)
class CentreFile:
    """What `centre.toml` says (`settings`) and what its catalogue holds (`catalogue`)."""

    path: Path
    settings: dict[str, Any]
    catalogue: dict[str, Any]

    @property
    def slug(self) -> str:
        return str(self.catalogue["centre"]["slug"])

    @property
    def districts_map(self) -> Path | None:
        """The file with the outlines of the districts, where there is one; without it there are lists only."""
        path = self.path.parent / self.settings.get("districts", "")
        return path if path.is_file() else None

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """What visitors may name as their place; without the file they choose districts. Raises DomainError."""
        names = [self.settings.get(name) for name in ("places", "postcodes")]
        places, postcodes = (self.path.parent / name if name else None for name in names)
        districts = {row["ags"] for row in self.catalogue.get("districts", [])}
        return tuple(place_files.read(places, postcodes, districts=districts)) if places else ()

    @cached_property
    def regions(self) -> dict[str, tuple[str, ...]]:
        """Other names by which visitors may look for districts, each with their AGS."""
        ags = {row["key"]: row["ags"] for row in self.catalogue.get("districts", [])}
        return {name: tuple(ags[key] for key in keys) for name, keys in self.settings.get("regions", {}).items()}

    @property
    def funder_logo(self) -> dict[str, Any] | None:
        """The funder's picture as the database keeps it, where the centre has one: its type and content, and its words.

        Raises DomainError("centre_file_invalid") for what is no picture or too large.
        """
        said = self.settings["texts"].get("funder_logo")
        if not said:
            return None
        path = self.path.parent / said["file"]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise DomainError("centre_file_missing", f"{path}: {error.strerror}.") from error
        kind = next((kind for start, kind in PICTURES.items() if content.startswith(start)), "")
        if not kind or len(content) > LARGEST_LOGO:
            most = LARGEST_LOGO // 1024
            raise DomainError("centre_file_invalid", f"{path} has to be a PNG, JPEG or WebP of at most {most} KiB.")
        return {
            "type": kind,
            "content": b64encode(content).decode(),
            "digest": hashlib.sha256(content).hexdigest()[:16],
            "alt": said["alt"],
        }

    @property
    def vectors(self) -> Path | None:
        """The file with vectors of the catalogue's texts, where somebody made them beforehand."""
        return self._beside("vectors")

    @property
    def questions(self) -> Path | None:
        """The file with sample questions and what helps with them."""
        return self._beside("questions")

    @property
    def learned(self) -> Path | None:
        """The file with what the sample questions teach, where somebody worked it out beforehand."""
        return self._beside("learned")

    @property
    def text_blocks(self) -> Path | None:
        """The file with texts that answers are written with."""
        return self._beside("text_blocks")

    @property
    def event_templates(self) -> Path | None:
        """The file with templates that events are made from."""
        return self._beside("event_templates")

    @cached_property
    def clarifying(self) -> list[dict[str, Any]]:
        """What to ask back where an enquiry leaves the topic open; none where the centre wrote none.

        Raises DomainError("centre_file_missing") or ("centre_file_invalid").
        """
        path = self._beside("clarifying")
        if path is None:
            return []
        document = _toml(path)
        _check(path, document, "clarifying")
        rows = list(document["questions"])
        topics = {row["slug"] for row in self.catalogue["topics"]}
        offers = {row["slug"] for group in OFFERS for row in self.catalogue.get(group, [])}
        mistakes = [f"questions: the key {key!r} is there twice." for key in _twice(row["key"] for row in rows)]
        for row in rows:
            where = f"questions/{row['key']}"
            mistakes += [
                f"{where}: the reply {key!r} is there twice." for key in _twice(one["key"] for one in row["replies"])
            ]
            named = {row["topic"]} if "topic" in row else set()
            named |= {slug for reply in row["replies"] for slug in reply.get("topics", {})}
            mistakes += [f"{where}: the topic {slug!r} is not known." for slug in sorted(named - topics)]
            spoken_for = {slug for reply in row["replies"] for slug in reply.get("offers", ())}
            mistakes += [f"{where}: the offer {slug!r} is not known." for slug in sorted(spoken_for - offers)]
        if mistakes:
            raise DomainError("centre_file_invalid", f"{path}:\n  " + "\n  ".join(mistakes[:10]))
        return rows

    def _beside(self, setting: str) -> Path | None:
        name = self.settings.get(setting)
        return self.path.parent / name if name else None


def model_centre() -> Path:
    """The file of the model centre, which ships with the package."""
    return Path(str(resources.files("wegweiser"))) / "centres" / "magdeburg" / "centre.toml"


@cache
def _schema(name: str) -> dict[str, Any]:
    text = (resources.files("wegweiser.consortium") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def read(path: Path) -> CentreFile:
    """Read and check a centre. Raises DomainError("centre_file_invalid") with the place of the first mistakes."""
    settings = _toml(path)
    _check(path, settings, "centre")
    source = path.parent / settings["catalogue"]
    catalogue = _document(source, "catalogue")
    if settings.get("content"):
        content = _document(path.parent / settings["content"], "content")
        catalogue |= {group: content[group] for group in CONTENT if group in content}
    _check_references(source, catalogue)
    _check_groups(path, settings, catalogue)
    _check_regions(path, settings, catalogue)
    _check_closed(path, settings)
    file = CentreFile(path, settings, catalogue)
    _ = file.places, file.clarifying  # a mistake in them is told now
    return file


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DomainError("centre_file_missing", f"{path}: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DomainError("centre_file_invalid", f"{path}: {error}") from error


def _twice(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def _document(path: Path, schema_name: str) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DomainError("centre_file_missing", f"{path}: {error.strerror}.") from error
    except ValueError as error:
        raise DomainError("centre_file_invalid", f"{path}: {error}") from error
    _check(path, document, schema_name)
    return dict(document)


def plain(value: Any) -> Any:
    """`value` of a TOML file as JSON can hold it: days and times in ISO form."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else value


def text(row: dict[str, Any], name: str) -> Translated:
    """The translated text that a catalogue keeps as `name` and `name_en`."""
    return translated(row.get(name) or "", row.get(f"{name}_en")) if row.get(name) else Translated()


def _check(path: Path, document: Any, name: str) -> None:
    mistakes = schema.mistakes(plain(document), _schema(name))
    if mistakes:
        raise DomainError("centre_file_invalid", f"{path}:\n  " + "\n  ".join(mistakes[:10]))


CONTENT = ("guides", "videos", "news", "programmes")
OFFERS = ("events", "demonstrators", "lighthouse_projects", "checks", *CONTENT)


def _check_references(path: Path, catalogue: dict[str, Any]) -> None:
    """Every key that an offer, a contact or a topic names has to exist."""
    keys = {
        name: {row["key"] for row in catalogue.get(name, [])} for name in ("partners", "topics", "sectors", "districts")
    }
    contacts = {row["slug"] for row in catalogue.get("contacts", [])}
    mistakes = []

    def need(where: str, values: list[Any], known: set[str]) -> None:
        mistakes.extend(
            f"{where}: {value!r} is not known." for value in values if value is not None and value not in known
        )

    for row in catalogue["topics"]:
        need(f"topics/{row['key']}/partner", [row["partner"]], keys["partners"])
    for group in ("contacts", *OFFERS):
        for row in catalogue.get(group, []):
            where = f"{group}/{row['slug']}"
            need(f"{where}/partner", [row["partner"]], keys["partners"])
            need(f"{where}/topics", row["topics"], keys["topics"])
            need(f"{where}/sectors", row.get("sectors", []), keys["sectors"])
            need(f"{where}/supporting_partners", row.get("supporting_partners", []), keys["partners"])
            need(f"{where}/district", [row.get("district")], keys["districts"])
            need(f"{where}/contact", [row.get("contact")], contacts)
            mistakes.extend(f"{where}: {told}" for told in _date_mistakes(group, row))
    if mistakes:
        raise DomainError("centre_file_invalid", f"{path}:\n  " + "\n  ".join(mistakes[:10]))


# A day of an offer as a date, as days from the first load, and whether one of the two has to be there.
DATES = {
    "events": [("starts_on", "starts_in_days", True)],
    "videos": [("published_on", "published_days_ago", False)],
    "news": [("published_on", "published_days_ago", True)],
    "programmes": [("valid_until", "valid_until_in_days", False), ("last_checked", "last_checked_days_ago", True)],
}


def _date_mistakes(group: str, row: dict[str, Any]) -> list[str]:
    found = []
    for date, days, is_needed in DATES.get(group, ()):
        if date in row and days in row:
            found.append(f"either {date} or {days}.")
        elif is_needed and date not in row and days not in row:
            found.append(f"{date} is missing (a date such as 2026-01-31), or {days}.")
        if date in row and not _is_day(row[date]):
            found.append(f"{date}: {row[date]!r} is no day.")
    return found


def _check_groups(path: Path, settings: dict[str, Any], catalogue: dict[str, Any]) -> None:
    """A group holds sectors that exist, and is called otherwise than any of them: an address names both alike."""
    sectors = {row["key"] for row in catalogue.get("sectors", [])}
    mistakes = []
    for key, group in settings.get("sector_groups", {}).items():
        if key in sectors:
            mistakes.append(f"sector_groups.{key}: is the key of a sector.")
        mistakes += [
            f"sector_groups.{key}.sectors: {name!r} is not known." for name in group["sectors"] if name not in sectors
        ]
    if mistakes:
        raise DomainError("centre_file_invalid", f"{path}:\n  " + "\n  ".join(mistakes[:10]))


def _check_regions(path: Path, settings: dict[str, Any], catalogue: dict[str, Any]) -> None:
    known = {row["key"] for row in catalogue.get("districts", [])}
    regions = settings.get("regions", {})
    mistakes = [
        f"regions.{name}: a name has at most {LONGEST_NAME} characters." for name in regions if len(name) > LONGEST_NAME
    ]
    mistakes += [
        f"regions.{name}: the district {key!r} is not known."
        for name, keys in regions.items()
        for key in keys
        if key not in known
    ]
    if mistakes:
        raise DomainError("centre_file_invalid", f"{path}:\n  " + "\n  ".join(mistakes[:10]))


def _check_closed(path: Path, settings: dict[str, Any]) -> None:
    """Periods of real days that leave somebody at the centre: who asks has to be promised a day."""
    rows = plain(settings.get("holidays", {}).get("closed", []))
    mistakes = []
    for number, row in enumerate(rows, 1):
        where, first, last = f"holidays.closed[{number}]", row["from"], row["to"]
        if len(first) != len(last):
            mistakes.append(f"{where}: either both days have a year or none.")
        mistakes += [f"{where}: {day!r} is no day." for day in (first, last) if not _is_day(day)]
        if len(first) == len(last) > len("12-24") and first > last:
            mistakes.append(f"{where}: ends before it begins.")
    if not mistakes:
        years = {int(day[:4]) for row in rows for day in (row["from"], row["to"]) if len(day) > len("12-24")}
        years = {*years, 2024}  # a leap year for what has none
        for year in sorted(years):
            days = (dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366))
            if sum(calendar.is_closed(day, rows) for day in days) > MOST_CLOSED:
                mistakes.append(f"holidays.closed: more than {MOST_CLOSED} days of a year.")
                break
    if mistakes:
        raise DomainError("centre_file_invalid", f"{path}:\n  " + "\n  ".join(mistakes[:10]))


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text if len(text) > len("12-24") else f"2024-{text}")
    except ValueError:
        return False
    return True
