"""What only one kind of offer has (`Entry.details`), in the reader's words: on its page and in the list of its kind."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.catalogue.models import Entry, Kind
from wegweiser.consortium import directory
from wegweiser.kernel.translated import Translated
from wegweiser.web.public.offers import FORMATS, LANGUAGES, Card, card, foreign, price, when, where

READ_HERE = frozenset({Kind.LIGHTHOUSE_PROJECT, Kind.NEWS})


@dataclass(frozen=True)
class Story:
    """A lighthouse project in a list: who tells it, and the figure that says most."""

    card: Card
    company: str
    result: "Result | None"


@dataclass(frozen=True)
class Technique:
    """A demonstrator in a list: what one sees there, and where."""

    card: Card
    technologies: list[tuple[str, str]]  # each with its language where that is not the page's
    mobility: str


def stories(entries: Iterable[Entry], distances: Mapping[int, str]) -> list[Story]:
    found = []
    for entry in entries:
        company = entry.details.get("company")
        told = results({"results": (entry.details.get("results") or [])[:1]})
        text = _company(company) if isinstance(company, Mapping) else ""
        found.append(Story(card(entry, distance=distances.get(entry.pk, "")), text, told[0] if told else None))
    return found


def techniques(entries: Iterable[Entry], distances: Mapping[int, str]) -> list[Technique]:
    rows = []
    for entry in entries:
        mobility = entry.details.get("mobility", "")
        names = _named(entry.details, "technologies")[:4]
        rows.append(
            Technique(card(entry, distance=distances.get(entry.pk, "")), names, str(MOBILITY.get(mobility, "")))
        )
    return rows


# In the order of the page: lists of points, texts, then facts.
POINTS: dict[str, str | Promise] = {
    "takeaways": _("Das nehmen Sie mit"),
    "technologies": _("Diese Technik sehen Sie"),
    "lessons_learned": _("Das würden die Beteiligten anderen raten"),
    "steps": _("Schritt für Schritt"),
    "materials": _("Unterlagen"),
    "expertise": _("Fachgebiete"),
}
TEXTS: dict[str, str | Promise] = {
    "initial_situation": _("Ausgangslage"),
    "goal": _("Ziel"),
    "solution": _("Lösung"),
    "shows": _("Das sehen Sie"),
    "procedure": _("So läuft es ab"),
    "prerequisites": _("Das brauchen wir von Ihnen"),
    "on_site_requirements": _("Das brauchen wir bei Ihnen vor Ort"),
    "rate_text": _("Wie viel gibt es?"),
    "transcript": _("Zum Nachlesen"),
}
STAGES = {
    "completed": _("abgeschlossen"),
    "running": _("läuft"),
    "planned": _("geplant"),
}
MOBILITY = {
    "stationary": _("bei uns im Demonstrationszentrum"),
    "mobile": _("kommt zu Ihnen in den Betrieb"),
    "both": _("bei uns oder bei Ihnen im Betrieb"),
}
RESULTS = {
    "measured": _("gemessen"),
    "interim": _("Zwischenstand"),
    "target": _("Zielwert"),
}
LOCATIONS = {
    "on_site": _("bei Ihnen im Betrieb"),
    "on_site_or_online": _("bei Ihnen im Betrieb oder online"),
    "on_site_or_lab": _("bei Ihnen im Betrieb oder im Labor"),
    "experimental_factory": _("in unserer Versuchsfabrik"),
    "online": _("online"),
    "phone": _("am Telefon"),
}


@dataclass(frozen=True)
class Fact:
    """`language` is set where the text is not in the page's language."""

    term: str
    text: str
    language: str = ""


@dataclass(frozen=True)
class Section:
    """A part of an offer's page: a text or points below a title, in `language` where that is not the page's."""

    title: str
    text: str = ""
    points: tuple[str, ...] = ()
    in_order: bool = False
    language: str = ""


@dataclass(frozen=True)
class Result:
    """One result of a lighthouse project; `before` is what a level was, where `value` tells what it is now."""

    label: str
    value: str
    change: str
    before: str = ""
    language: str = ""


def _in_words(value: Any) -> str:
    """A text of the details: plain, or translated."""
    return str(Translated(value)) if isinstance(value, Mapping) else str(value)


def _pick(details: Mapping[str, Any], name: str) -> Any:
    """`name` in the reader's language, where the details hold it twice (name, name_en)."""
    if get_language() == "en" and details.get(f"{name}_en"):
        return details[f"{name}_en"]
    return details.get(name)


def _foreign(details: Mapping[str, Any], name: str) -> str:
    """The language of `name` where it is not the page's."""
    if isinstance(details.get(name), Mapping):
        return foreign(Translated(details[name]))
    return "" if (get_language() or "de")[:2] == "de" or details.get(f"{name}_en") else "de"


def _named(details: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    """The points of a list in the reader's language, each with the language it is in where that is another."""
    rows, whole = _pick(details, name) or [], _foreign(details, name)
    if isinstance(rows, Mapping):
        rows = rows.get(get_language() or "de") or rows.get("de") or []
    return [(_in_words(row), foreign(Translated(row)) if isinstance(row, Mapping) else whole) for row in rows]


def sections(details: Mapping[str, Any]) -> list[Section]:
    """The texts and lists of an offer."""
    found = []
    for name, title in TEXTS.items():
        if value := _pick(details, name):
            found.append(Section(str(title), text=_in_words(value), language=_foreign(details, name)))
    for name, title in POINTS.items():
        if value := _pick(details, name):
            if isinstance(value, Mapping):
                value = value.get(get_language() or "de") or value.get("de") or []
            points = tuple(_in_words(point) for point in value)
            language = _foreign(details, name)
            found.append(Section(str(title), points=points, in_order=name == "steps", language=language))
    return found


def paragraphs(entry: Entry, told: Iterable[Section]) -> list[str]:
    """The text of an offer without what its sections say already."""
    said = {line.strip() for section in told for line in section.text.splitlines()}
    return [part for part in str(entry.text).splitlines() if part.strip() and part.strip() not in said]


def _iso_day(text: str) -> str:
    """`2026-03-12` as people write it."""
    return date_format(dt.date.fromisoformat(text), "DATE_FORMAT")


def _minutes(count: int) -> str:
    hours, rest = divmod(count, 60)
    parts = [ngettext("%(n)d Stunde", "%(n)d Stunden", hours) % {"n": hours}] if hours else []
    parts += [ngettext("%(n)d Minute", "%(n)d Minuten", rest) % {"n": rest}] if rest else []
    return " ".join(parts)


def _days(count: int) -> str:
    return ngettext("%(n)d Tag", "%(n)d Tage", count) % {"n": count}


def facts(entry: Entry, without: Collection[str] = ()) -> list[Fact]:
    """What one wants to know at a glance: when, where, price, language, size of the group and so on.

    `without` names details that something else on the page says better.
    """
    details = {name: value for name, value in entry.details.items() if name not in without}
    rows: list[tuple[str, ...]] = [
        (_now("Wann"), when(entry)),
        (_now("Wo"), where(entry)),
        (_now("Preis"), price(entry)),
        (_now("Form"), str(FORMATS.get(entry.format, entry.format))),
        (_now("Für wen"), str(entry.target_group), foreign(entry.target_group)),
        (_now("Branchen"), _sectors(entry)),
        (_now("Sprache"), ", ".join(str(LANGUAGES.get(code, code)) for code in _spoken(entry))),
    ]
    rows += _kind_facts(details)
    rows.append((_now("Lizenz"), entry.licence))
    return [Fact(*row) for row in rows if row[1]]


def _spoken(entry: Entry) -> Iterable[str]:
    """The languages in which one can take part, watch or talk; what is only read shows its language itself."""
    return () if entry.kind in READ_HERE else entry.languages


def _sectors(entry: Entry) -> str:
    names = [str(sector) for sector in entry.sectors.all()]
    return _now("alle") if len(names) >= len(directory.sectors()) else ", ".join(names)


def _kind_facts(details: Mapping[str, Any]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []

    def add(name: str, term: str, write: Any = str) -> None:
        value = _pick(details, name)
        if value not in (None, "", [], {}, False):
            rows.append((term, str(write(value))))

    add("minutes_to_read", _now("Lesezeit"), _minutes)
    add("video_minutes", _now("Dauer"), _minutes)
    add("published_on", _now("Vom"), _iso_day)
    add("funder", _now("Geldgeber"))
    add("region", _now("Gilt in"))
    add("valid_until", _now("Gültig bis"), _iso_day)
    add("last_checked", _now("Zuletzt geprüft"), _iso_day)
    add("capacity", _now("Plätze"))
    add("slot_minutes", _now("Gespräch"), lambda n: _now("je %(n)d Minuten") % {"n": n})
    add(
        "registration_closes_days_before", _now("Anmeldung"), lambda n: _now("bis %(days)s vorher") % {"days": _days(n)}
    )
    add("mobility", _now("Vorführung"), lambda key: MOBILITY.get(key, key))
    add("site", _now("Ort"))
    add("visit_minutes", _now("Dauer"), _minutes)
    if details.get("group_size_max"):
        rows.append((_now("Gruppe"), _group(details)))
    add("company_effort_hours", _now("Ihr Aufwand"), lambda n: ngettext("%(n)s Stunde", "%(n)s Stunden", n) % {"n": n})
    add("location", _now("Ort"), lambda key: LOCATIONS.get(key, key))
    add("max_employees", _now("Größe"), lambda n: _now("bis %(n)d Beschäftigte") % {"n": n})
    add("lead_time_days", _now("Vorlauf"), lambda n: _now("etwa %(days)s") % {"days": _days(n)})
    add("same_day_response", _now("Antwort"), lambda _yes: _now("noch am selben Tag"))
    if isinstance(company := details.get("company"), Mapping):
        rows.append((_now("Betrieb"), _company(company)))
    add("stage", _now("Stand"), lambda key: STAGES.get(key, key))
    add("duration_months", _now("Dauer"), lambda n: ngettext("%(n)d Monat", "%(n)d Monate", n) % {"n": n})
    add("site_visit_possible", _now("Besuch im Betrieb"), lambda _yes: _now("möglich, fragen Sie uns"))
    return rows


def _group(details: Mapping[str, Any]) -> str:
    return _now("%(least)d bis %(most)d Personen") % {
        "least": details.get("group_size_min") or 1,
        "most": details["group_size_max"],
    }


def _company(company: Mapping[str, Any]) -> str:
    size = company.get("employees")
    parts = [
        company.get("name", ""),
        company.get("city", ""),
        _now("%(n)d Beschäftigte") % {"n": size} if size else "",
    ]
    return ", ".join(part for part in parts if part)


def results(details: Mapping[str, Any]) -> list[Result]:
    """The figures of a lighthouse project, before and after where both are known."""
    found = []
    for row in details.get("results") or []:
        unit = row.get("unit", "")
        change = ""
        if row.get("before") is not None and row.get("after") is not None:
            change = _now("vorher %(before)s, nachher %(after)s") % {
                "before": _amount(row["before"], unit),
                "after": _amount(row["after"], unit),
            }
        level = change and row["value"] == row["after"]
        before = _now("vorher %(before)s") % {"before": _amount(row["before"], unit)} if level else ""
        label, language = str(_pick(row, "label") or ""), _foreign(row, "label")
        found.append(Result(label, _amount(row["value"], unit).replace("-", "−"), change, before, language))
    return found


def _amount(value: Any, unit: str) -> str:
    """A number with its unit in the reader's language; what is told in words ("29 Tage") has its own unit."""
    if isinstance(value, str):
        told = re.fullmatch(r"([\d.,]+)\s+(.+)", value)
        return _with_unit(told[1], told[2], one=told[1] == "1") if told else value
    return _with_unit(number_format(value), unit, one=abs(value) == 1)


def _with_unit(number: str, unit: str, *, one: bool) -> str:
    match unit:
        case "Minuten":
            text = ngettext("%(number)s Minute", "%(number)s Minuten", 1 if one else 2)
        case "Stunden":
            text = ngettext("%(number)s Stunde", "%(number)s Stunden", 1 if one else 2)
        case "Tage":
            text = ngettext("%(number)s Tag", "%(number)s Tage", 1 if one else 2)
        case "Monate":
            text = ngettext("%(number)s Monat", "%(number)s Monate", 1 if one else 2)
        case "Stück":
            text = _now("%(number)s Stück")
        case "im Jahr":
            text = _now("%(number)s im Jahr")
        case "% mehr":
            text = "+%(number)s %%"  # beside a fall by so many percent
        case _:
            return f"{number} {unit}".strip()
    return text % {"number": number}


def result_kind(details: Mapping[str, Any]) -> str:
    """Whether the figures are measured, an interim state or a target."""
    key = details.get("results_status", "")
    return str(RESULTS.get(key, key))
