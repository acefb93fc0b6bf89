"""From the content of a draft to the values of its form's fields, and back: pure, in the words of a browser."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

from wegweiser.catalogue import content as contents
from wegweiser.catalogue.fields import KINDS, TRANSLATED, Shape
from wegweiser.catalogue.models import Availability
from wegweiser.kernel import clock

NUMBER = re.compile(r"-?\d+([.,]\d+)?")
RESULTS = 6  # rows for figures


def written(day: dt.date | None, time: dt.time | None) -> str | None:
    """The moment as the content holds it; none where the day or the time is missing."""
    return clock.at(day, time).astimezone(dt.UTC).isoformat() if day and time else None


def sides(said: Mapping[str, Any], prefix: str) -> dict[str, str]:
    english = text(said[f"{prefix}_en"])
    return {"de": text(said[f"{prefix}_de"]), **({"en": english} if english else {})}


def text(value: str) -> str:
    return value.replace("\r\n", "\n").strip()


def stored(shape: Shape, value: Any) -> Any:
    if shape == Shape.POINTS:
        return [line.strip().lstrip("-•* ").strip() for line in text(value).splitlines() if line.strip()]
    if shape == Shape.DAY:
        return value.isoformat() if value else None
    return text(value) if isinstance(value, str) else value


def put(details: dict[str, Any], name: str, value: Any) -> None:
    """A key that says nothing is none, but one that said nothing before stays as it was."""
    if value not in (None, "", [], {}, False):
        details[name] = value
    elif details.get(name) not in (None, "", [], {}, False):
        del details[name]


def figure(value: Decimal | str | None) -> int | float | str | None:
    """A number where it is one; before and after may be told in words, like "29 Tage"."""
    if isinstance(value, str):
        if not NUMBER.fullmatch(value.replace("−", "-")):
            return value or None
        value = Decimal(value.replace("−", "-").replace(",", "."))
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def initial(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """The fields' values as the content tells them."""
    found: dict[str, Any] = {
        name: content[name]
        for name in (
            "partner",
            "contact",
            "format",
            "attendance",
            "place",
            "district",
            "languages",
            "source_url",
            "licence",
            "supporting_partners",
            "sectors",
        )
    }
    found["price"] = None if content["price"] is None else Decimal(content["price"])
    is_past = content["availability"] == Availability.PAST
    found["availability"] = Availability.OPEN if is_past else content["availability"]
    found["main_topic"], found["more_topics"] = (content["topics"] or [""])[0], content["topics"][1:]
    for name in TRANSLATED:
        for language in ("de", "en"):
            found[f"{name}_{language}"] = content[name].get(language, "")
    starts_at, ends_at = contents.moment(content["starts_at"]), contents.moment(content["ends_at"])
    if starts_at:
        begin = clock.local(starts_at)
        found |= {"day": begin.date(), "starts_time": begin.time()}
        if ends_at:
            end = clock.local(ends_at)
            found["ends_time"] = end.time()
            found["ends_day"] = end.date() if end.date() != begin.date() else None
    details = content["details"]
    for row in KINDS[kind].details:
        if row.translated:
            found[f"d_{row.name}_de"] = _shown(details.get(row.name))
            found[f"d_{row.name}_en"] = _shown(details.get(f"{row.name}_en"))
        else:
            found[f"d_{row.name}"] = details.get(row.name)
    company = details.get("company") or {}
    found |= {f"company_{part}": company.get(part) for part in ("name", "city", "employees")}
    for number, row in enumerate((details.get("results") or [])[:RESULTS], start=1):
        found |= {f"r{number}_{part}": row.get(part) for part in ("value", "unit")}
        found |= {f"r{number}_{part}": _told_figure(row.get(part)) for part in ("before", "after")}
        found |= {f"r{number}_label_de": row.get("label"), f"r{number}_label_en": row.get("label_en")}
    return found


def _told_figure(value: Any) -> Any:
    return number_format(value) if isinstance(value, int | float) else value


def _shown(value: Any) -> str:
    return "\n".join(str(point) for point in value) if isinstance(value, list) else (value or "")
