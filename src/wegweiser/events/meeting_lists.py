"""Lists of who was there online, as Zoom, Teams, BigBlueButton, Webex or a partner's table give them.

Pure. The programs write a head of their own above the list, several sections, a row for each time somebody came back,
and their own words for minutes. What comes out is one row for each who was there, with their minutes.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wegweiser.events.door import plain
from wegweiser.events.models import Source
from wegweiser.kernel.errors import DomainError

MOST_ROWS = 20_000
MOST_MINUTES = 24 * 60
WORDS: Mapping[str, frozenset[str]] = {
    "name": frozenset(
        {"name", "name original name", "name originalname", "full name", "vollstandiger name", "teilnehmer"}
        | {"teilnehmername", "participant", "participant name", "attendee", "attendee name", "display name"}
        | {"anzeigename", "user", "benutzer", "benutzername", "user name", "nutzer", "name des teilnehmers", "gast"}
        | {"vor und nachname", "name vorname", "teilnehmende", "teilnehmende r"}
    ),
    "first": frozenset({"first name", "vorname"}),
    "last": frozenset({"last name", "nachname", "familienname", "surname"}),
    "mail": frozenset(
        {"email", "e mail", "mail", "user email", "benutzer e mail", "benutzer email", "attendee email"}
        | {"email address", "e mail adresse", "mailadresse", "e mail address", "email adresse"}
    ),
    "upn": frozenset({"participant id upn", "teilnehmer id upn", "upn"}),
    "join": frozenset(
        {"join time", "beitrittszeit", "join", "first join", "erster beitritt", "beigetreten", "joined", "beitritt"}
        | {"beitrittszeitpunkt", "zeitpunkt des beitritts", "von", "gekommen"}
    ),
    "leave": frozenset(
        {"leave time", "beendigungszeit", "left", "last leave", "letztes verlassen", "letzter austritt", "verlassen"}
        | {"leave", "austrittszeit", "left time", "bis", "gegangen"}
    ),
    "minutes": frozenset(
        {"duration", "dauer", "duration minutes", "dauer minuten", "total duration minutes", "gesamtdauer minuten"}
        | {"in meeting duration", "dauer in der besprechung", "besprechungsdauer", "attendance duration"}
        | {"anwesenheitsdauer", "teilnahmedauer", "minuten", "minutes", "online zeit", "online time", "min"}
        | {"dauer der teilnahme", "anwesend minuten"}
    ),
    "action": frozenset({"user action", "benutzeraktion", "aktion"}),
    "stamp": frozenset({"timestamp", "zeitstempel"}),
    "waiting": frozenset({"in waiting room", "im warteraum"}),
}
CAME = ("joined", "beigetreten", "ist beigetreten", "beitritt")
DATES = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:\s*([AaPp])\.?[Mm]\.?\s*$)?")
DAY = 24 * 60 * 60
UNITS = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*"
    r"(h|std|stunden?|hours?|hrs?|m|min|mins|minuten?|minutes?|s|sek|sekunden?|sec|seconds?)\b\.?"
)
CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
TWO_PARTS = re.compile(r"(\d{1,3}):(\d{2})")
UNWRAPPED = re.compile(r'^="?(.*?)"?$')
INJECTS = "=+@\t\r-"


@dataclass(frozen=True)
class Present:
    """Somebody who was there, with all their times together."""

    name: str
    email: str
    minutes: int


@dataclass(frozen=True)
class Taken:
    """What a file says: whose program wrote it, and who was there."""

    source: str
    rows: list[Present]


@dataclass
class _Somebody:
    name: str
    email: str
    seconds: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)
    only_spans: bool = True


def take(
    lines: Sequence[Sequence[str]], *, columns: Mapping[str, str] | None = None, lasts: dt.timedelta | None = None
) -> Taken:
    """Read a list from its lines. `columns` names a column by its heading, or by its letter, where we do not know it.

    `lasts` is how long the event was planned: durations such as 45:12 are minutes where as hours they would be longer.
    Raises DomainError: columns_unknown, nobody_listed.
    """
    where = _head(lines, columns or {})
    if where is None:
        raise DomainError("columns_unknown", field="file")
    number, places = where
    told = list(_rows(lines[number + 1 :], places, len(lines[number])))
    if "action" in places:
        told = _from_actions(told)
    if _are_minutes((row.get("minutes", "") for row in told), lasts or dt.timedelta(days=1)):
        told = [{**row, "minutes": TWO_PARTS.sub(r"\1m \2s", row.get("minutes", "").strip())} for row in told]
    found = [_present(one) for one in _joined(told)]
    if not found:
        raise DomainError("nobody_listed", field="file")
    return Taken(_source(lines, number, places), sorted(found[:MOST_ROWS], key=lambda row: plain(row.name)))


def seconds(text: str) -> int | None:
    """How long a cell says, in seconds; None where it says nothing of the kind.

    >>> [seconds(text) for text in ("95", "95,5", "1h 30m 12s", "1 Std. 5 Min.", "01:30:12", "95 mins", "lange")]
    [5700, 5730, 5412, 3900, 5412, 5700, None]
    """
    flat = text.strip().casefold()
    if re.fullmatch(r"\d+([.,]\d+)?", flat):
        return round(float(flat.replace(",", ".")) * 60)
    if found := CLOCK.fullmatch(flat):
        hours, minutes, rest = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + rest
    parts = UNITS.findall(flat)
    if not parts:
        return None
    worth = {"h": 3600, "m": 60, "s": 1}
    letters = [("h" if unit.startswith(("h", "st")) else unit[0], amount) for amount, unit in parts]
    return round(sum(float(amount.replace(",", ".")) * worth[letter] for letter, amount in letters))


def _are_minutes(cells: Iterable[str], lasts: dt.timedelta) -> bool:
    """Whether the durations of a column are minutes and seconds: as hours somebody was there far longer than it was."""
    found = [TWO_PARTS.fullmatch(cell.strip()) for cell in cells]
    longest = max((int(one[1]) * 60 + int(one[2]) for one in found if one), default=0)
    return longest > lasts.total_seconds() / 60 * 1.5


def moment(text: str) -> int | None:
    """A moment as these programs write it, in seconds since no day in particular: only what lies between two counts.

    Which number is the day and which the month does not matter: within a month their sum grows by one from one day to
    the next. At its end, and where no date stands, `span` tells.
    """
    clock = TIME.search(DATES.sub(" ", text).strip())
    if clock is None:
        return None
    hour, minute, second = (int(part or 0) for part in clock.groups()[:3])
    if half := (clock[4] or "").casefold():
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    days = DATES.search(text)
    day = sum(int(part) for part in days.groups()) if days else 0
    return ((day * 24 + hour) * 60 + minute) * 60 + second


def span(came: str, went: str) -> tuple[int, int] | None:
    """From when to when somebody was there. Who went before they came went after midnight, where that may be.

    >>> told = ("23:30", "0:15"), ("31.03.2026 23:50", "01.04.2026 00:10"), ("02.03.2026 12:00", "02.03.2026 10:00")
    >>> [there and there[1] - there[0] for there in (span(*both) for both in told)]
    [2700, 1200, None]
    """
    begin, end = moment(came), moment(went)
    if begin is None or end is None:
        return None
    if end < begin:
        days = DATES.search(came), DATES.search(went)
        if days[0] and days[1] and days[0].groups() == days[1].groups():
            return None
        end = begin + (end - begin) % DAY
        if end - begin > DAY / 2:
            return None
    return begin, end


def harmless(text: str) -> str:
    """A name that no spreadsheet takes for a formula, without the wrapping that some programs put around."""
    if found := UNWRAPPED.match(text.strip()) if text.strip().startswith('="') else None:
        text = found[1]
    return " ".join(text.replace("\0", "").split()).lstrip(INJECTS + " ")[:160]


def names(name: str) -> list[str]:
    """The names that stand in one: `Petra (Petra Müller)` is both, `Müller, Petra` is Petra Müller."""
    found = re.fullmatch(r"(.+?)\s*\((.+)\)", name)
    told = [name, found[1], found[2]] if found else [name]
    turned = [
        " ".join(reversed([part.strip() for part in one.split(",", 1)]))
        for one in told
        if "," in one and "(" not in one
    ]
    return list(dict.fromkeys(one.strip() for one in (*told, *turned) if one.strip()))


def _head(lines: Sequence[Sequence[str]], columns: Mapping[str, str]) -> tuple[int, dict[str, int]] | None:
    """The row of headings: it names people and how long they were there. Above it programs write about the meeting."""
    for number, line in enumerate(lines[:60]):
        places: dict[str, int] = {}
        for place, cell in enumerate(line):
            told = _fold(cell)
            for meaning, words in WORDS.items():
                if told in words:
                    places.setdefault(meaning, place)
        for meaning, asked in columns.items():
            column = _column(line, asked) if asked else None
            if column is not None:
                places[meaning] = column
        if "name" not in places and "last" not in places:
            continue
        if any(needed <= places.keys() for needed in ({"minutes"}, {"join", "leave"}, {"action", "stamp"})):
            return number, places
    return None


def _column(line: Sequence[str], asked: str) -> int | None:
    told = [_fold(cell) for cell in line]
    if _fold(asked) in told:
        return told.index(_fold(asked))
    if re.fullmatch(r"[A-Za-z]", asked.strip()) and ord(asked.strip().upper()) - 65 < len(line):
        return ord(asked.strip().upper()) - 65
    return None


def _fold(cell: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain(cell)).split())


def _rows(lines: Iterable[Sequence[str]], places: Mapping[str, int], width: int) -> Iterable[dict[str, str]]:
    """The rows below the headings, until another section begins."""
    for line in lines:
        cells = [cell for cell in line if cell]
        if not cells:
            continue
        if re.match(r"^\d\.\s", cells[0]) and len(cells) == 1:
            return
        told = {meaning: line[place] if place < len(line) else "" for meaning, place in places.items()}
        told["name"] = told.get("name") or f"{told.get('first', '')} {told.get('last', '')}"
        if "name" in places and _fold(told["name"]) in WORDS["name"]:
            continue  # the headings once more
        if "last" in places and told.get("last") and "first" in places:
            told["name"] = f"{told['first']} {told['last']}"
        if _fold(told.get("waiting", "")) in {"yes", "ja"}:
            continue
        told["name"] = harmless(told["name"])
        told["mail"] = harmless(told.get("mail", "") or told.get("upn", "")).casefold()
        if "@" not in told["mail"]:
            told["mail"] = ""
        if told["name"] or told["mail"]:
            yield told


def _from_actions(told: list[dict[str, str]]) -> list[dict[str, str]]:
    """Teams of old writes who came and went, each in a row: together they are the times somebody was there."""
    stamps = [row.get("stamp", "") for row in told]
    last = max(stamps, key=lambda text: moment(text) or 0, default="")
    since: dict[str, str] = {}
    found = []
    for row in told:
        name = plain(row["name"])
        if _fold(row.get("action", "")).startswith(CAME):
            since.setdefault(name, row.get("stamp", ""))
        elif name in since:
            found.append({**row, "join": since.pop(name), "leave": row.get("stamp", "")})
    still = {plain(row["name"]): row for row in told}
    found += [{**still[name], "join": came, "leave": last} for name, came in since.items()]
    return found


def _joined(told: Iterable[dict[str, str]]) -> list[_Somebody]:
    """One for each person: by mail address, else by name; a second device counts no minute twice."""
    found: dict[str, _Somebody] = {}
    by_name: dict[str, list[str]] = {}
    rows = sorted(told, key=lambda row: not row["mail"])  # those with an address first, so that others find them
    for row in rows:
        name = plain(row["name"])
        same = by_name.get(name, [])
        key = row["mail"] or (same[0] if len(same) == 1 else f"name:{name}")
        one = found.setdefault(key, _Somebody(row["name"], row["mail"]))
        if key not in by_name.setdefault(name, []):
            by_name[name].append(key)
        there = span(row.get("join", ""), row.get("leave", ""))
        lasted = seconds(row.get("minutes", "")) if row.get("minutes") else None
        if there is not None:
            one.spans.append(there)
            one.seconds += lasted if lasted is not None else there[1] - there[0]
        else:
            one.only_spans = False
            one.seconds += lasted or 0
    return list(found.values())


def _present(one: _Somebody) -> Present:
    """Where all times are known, what overlaps counts once; a single row counts as its program says."""
    lasted = one.seconds
    if one.only_spans and len(one.spans) > 1:
        lasted = min(lasted, _together(one.spans))
    return Present(one.name or one.email, one.email[:254], min(round(lasted / 60), MOST_MINUTES))


def _together(spans: Iterable[tuple[int, int]]) -> int:
    total = until = 0
    for came, went in sorted(spans):
        total += max(went - max(came, until), 0)
        until = max(until, went)
    return total


def _source(lines: Sequence[Sequence[str]], number: int, places: Mapping[str, int]) -> str:
    above = " ".join(_fold(cell) for line in lines[:number] for cell in line)
    head = {_fold(cell) for cell in lines[number]}
    if "action" in places or "upn" in places or "summary" in above or "zusammenfassung" in above:
        return Source.TEAMS
    if {"name original name", "name originalname"} & head or {"user email", "benutzer e mail"} & head:
        return Source.ZOOM
    if "attendee email" in head or "attendance duration" in head or "connection type" in head:
        return Source.WEBEX
    if {"moderator", "talk time", "activity score", "sprechzeit"} & head:
        return Source.BIGBLUEBUTTON
    return Source.SHEET
