"""What another editor wrote meanwhile, field by field, for whoever saves second: nothing is undone unseen."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from wegweiser.catalogue import content as contents
from wegweiser.catalogue.fields import KINDS, TRANSLATED, sides
from wegweiser.catalogue.models import Attendance, Availability
from wegweiser.consortium import directory
from wegweiser.consortium.models import Member
from wegweiser.kernel import clock
from wegweiser.web.desk import editing_words as words
from wegweiser.web.ui import dates

NOTHING = "–"
# Fields of the content that the form asks under another name.
ASKED_AS = {"topics": "main_topic", "starts_at": "starts_time", "ends_at": "ends_time"}


def found(kind: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(field, what they wrote) for everything of `theirs` that is not as we wrote it; both are contents of `kind`."""
    return [*_sides(kind, ours, theirs), *_columns(ours, theirs), *_details(kind, ours["details"], theirs["details"])]


def _sides(kind: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    written = {name: (german, english) for name, german, english in sides(kind, ours)}
    for name, german, english in sides(kind, theirs):
        if written[name] != (german, english):
            yield words.label(name), " / ".join(_plain(side) for side in (german, english) if side) or NOTHING


def _columns(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in theirs.items():
        if name in TRANSLATED or name == "details" or ours.get(name) == value:
            continue
        if name == "picture":
            yield _("Bild"), _("anderes Bild") if value else NOTHING
        else:
            yield words.label(ASKED_AS.get(name, name)), _named(name, value)


def _details(kind: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    two_sided = {row.name for row in KINDS[kind].details if row.translated}
    for name in sorted({*ours, *theirs}):
        mine, other = ours.get(name), theirs.get(name)
        if mine == other or name.removesuffix("_en") in two_sided:
            continue
        if name == "company":
            mine, other = mine or {}, other or {}
            for part in sorted({*mine, *other}):
                if mine.get(part) != other.get(part):
                    yield _label(f"company_{part}"), _plain(other.get(part))
        elif name == "results":
            yield _("Ergebnisse in Zahlen"), _plain([str(row.get("label", "")) for row in other or []])
        else:
            yield _label(name), _named(name, other)


def _label(name: str) -> str:
    return words.label(name) if name in words.FIELDS else name


def _named(name: str, value: Any) -> str:
    """A value as people call it: rows by their name, choices by their words, moments by the clock of the centre."""
    if value in (None, "", []):
        return NOTHING
    if name in words.CHOICES:
        return str(dict(words.CHOICES[name]).get(value, value))
    return NAMED[name](value) if name in NAMED else _plain(value)


def _keys(known: Callable[[], Mapping[str, str]]) -> Callable[[Any], str]:
    def told(value: Any) -> str:
        names = known()
        return _plain([names.get(key, key) for key in (value if isinstance(value, list) else [value])])

    return told


def _moment(value: str) -> str:
    moment = contents.moment(value)
    return dates.written(clock.local(moment), "d.m.Y H:i") if moment else NOTHING


_partners = _keys(lambda: {row.key: row.short_name for row in directory.partners()})
NAMED: dict[str, Callable[[Any], str]] = {
    "topics": _keys(lambda: {row.key: str(row.title) for row in directory.topics()}),
    "partner": _partners,
    "supporting_partners": _partners,
    "sectors": _keys(lambda: {row.key: str(row.label) for row in directory.sectors()}),
    "district": _keys(lambda: {row.ags: str(row) for row in directory.districts()}),
    "contact": _keys(lambda: dict(Member.objects.values_list("slug", "name"))),
    "availability": _keys(lambda: {row.value: str(row.label) for row in Availability}),
    "attendance": _keys(lambda: {row.value: str(row.label) for row in Attendance}),
    "starts_at": _moment,
    "ends_at": _moment,
}


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, list):
        return "; ".join(map(str, value)) or NOTHING
    return NOTHING if value is None or value == "" else str(value)
