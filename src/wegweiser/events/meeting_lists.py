"""Lists of who was there online, as Zoom, Teams, BigBlueButton, Webex or a partner's table give them.

Pure. The programs write a head of their own above the list, several sections, a row for each time somebody came back,
and their own words for minutes. What comes out is one row for each who was there, with their minutes.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wegweiser.events import meeting_times as times
from wegweiser.events.door import plain
from wegweiser.events.models import Source
from wegweiser.kernel import visible
from wegweiser.kernel.errors import DomainError

MOST_ROWS = 20_000
MOST_MINUTES = 24 * 60
WORDS: Mapping[str, frozenset[str]] = {
    "name": frozenset(
        {"name", "name original name", "name originalname", "full name", "vollstandiger name", "teilnehmer"}
        | {"teilnehmername", "participant", "participant name", "attendee", "attendee name", "display name"}
        | {"anzeigename", "user", "benutzer", "benutzername", "user name", "nutzer", "name des teilnehmers", "gast"}
        | {"vor und nachname", "name vorname", "teilnehmende", "teilnehmende r", "teilnehmer in", "teilnehmerin"}
    ),
    "first": frozenset({"first name", "vorname"}),
    "last": frozenset({"last name", "nachname", "familienname", "surname"}),
    "mail": frozenset(
        {"email", "e mail", "mail", "user email", "benutzer e mail", "benutzer email", "attendee email"}
        | {"email address", "e mail adresse", "mailadresse", "e mail address", "email adresse"}
        | {"e mail adresse des teilnehmers", "e mail des teilnehmers", "teilnehmer e mail"}
    ),
    "upn": frozenset({"participant id upn", "teilnehmer id upn", "upn"}),
    "join": frozenset(
        {"join time", "beitrittszeit", "join", "first join", "erster beitritt", "beigetreten", "joined", "beitritt"}
        | {"beitrittszeitpunkt", "zeitpunkt des beitritts", "von", "gekommen", "teilnahmezeitpunkt", "erste teilnahme"}
    ),
    "leave": frozenset(
        {"leave time", "beendigungszeit", "left", "last leave", "letztes verlassen", "letzter austritt", "verlassen"}
        | {"leave", "austrittszeit", "left time", "bis", "gegangen"}
    ),
    "minutes": frozenset(
        {"duration", "dauer", "duration minutes", "dauer minuten", "total duration minutes", "gesamtdauer minuten"}
        | {"in meeting duration", "dauer in der besprechung", "besprechungsdauer", "attendance duration"}
        | {"anwesenheitsdauer", "teilnahmedauer", "minuten", "minutes", "online zeit", "online time", "min"}
        | {"dauer der teilnahme", "anwesend minuten", "anwesenheit minuten", "dauer in minuten", "gesamtdauer"}
        | {"time in session minutes", "zeit in sitzung minuten", "stunden", "hours", "dauer stunden", "duration hours"}
        | {"dauer in stunden", "anwesend stunden"}
    ),
    "there": frozenset(
        {"anwesend", "anwesenheit", "war da", "da", "dabei", "teilgenommen", "teilnahme", "erschienen", "kam"}
        | {"attended", "attendance", "present", "presence"}
    ),
    "action": frozenset({"user action", "benutzeraktion", "aktion"}),
    "stamp": frozenset({"timestamp", "zeitstempel"}),
    "waiting": frozenset({"in waiting room", "im warteraum"}),
}
CAME = ("joined", "beigetreten", "ist beigetreten", "beitritt")
MEETING = frozenset(
    {"thema", "topic", "meeting id", "startzeit", "start time", "endzeit", "end time", "host name", "host email"}
    | {"gastgebername", "gastgeber e mail", "name des gastgebers"}
)
WEAK = frozenset({"participant", "attendee", "teilnehmer", "gast", "user", "benutzer"})  # where no column says "name"
COUNTED = frozenset({"teilnehmer", "teilnehmende"})  # of a meeting: how many
HOSTS = re.compile(r"\b(host|gastgeber|organi[sz]\w+|veranstalter\w*)\b")
MOST_SECONDS = 7 * 24 * 60 * 60  # more than that is no time but something else
MOST_TOLD = 80
UNWRAPPED = re.compile(r'^="?(.*?)"?$')
INJECTS = "=+@\t\r-"


@dataclass(frozen=True)
class Present:
    """Somebody in a list, with all their times together.

    `there` is what a list says that knows no times. Where neither is said, `told` is what stands there instead.
    """

    name: str
    email: str
    minutes: int | None
    there: bool | None = None
    told: str = ""


@dataclass(frozen=True)
class Taken:
    """What a file says: whose program wrote it, and who was there."""

    source: str
    rows: list[Present]


@dataclass
class _Somebody:
    name: str
    email: str
    seconds: int | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)
    only_spans: bool = True
    marks: list[bool] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


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
    told = _durations(
        told, lines[number], places, lasts or dt.timedelta(days=1), asked=bool((columns or {}).get("minutes"))
    )
    found = [_present(one) for one in _joined(told)]
    if not found:
        raise DomainError("nobody_listed", field="file")
    return Taken(_source(lines, number, places), sorted(found[:MOST_ROWS], key=lambda row: plain(row.name)))


def harmless(text: str) -> str:
    """A name that no spreadsheet takes for a formula, without the wrapping that some programs put around."""
    if found := UNWRAPPED.match(text.strip()) if text.strip().startswith('="') else None:
        text = found[1]
    return visible.line(text, 1000).lstrip(INJECTS + " ")[:160]


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
    """The row of headings: it names people and how long they were there. Above it programs write about the meeting,
    partly below headings of the same words."""
    found = [(number, places) for number, line in enumerate(lines[:60]) if (places := _places(line, columns))]
    for at, (number, places) in enumerate(found):
        following = found[at + 1][0] if at + 1 < len(found) else None
        if not _is_of_the_meeting(lines, number, places, following):
            return number, places
    return None


def _places(line: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Which column means what, if this is a row of headings; empty where it is none."""
    places: dict[str, int] = {}
    for place, cell in enumerate(line):
        told = _fold(cell)
        for meaning, words in WORDS.items():
            if told in words:
                places.setdefault(meaning, place)
                if meaning == "name" and _fold(line[places["name"]]) in WEAK and told not in WEAK:
                    places["name"] = place
    for meaning, asked in columns.items():
        column = _column(line, asked) if asked else None
        if column is not None:
            places[meaning] = column
    if "name" not in places and "last" not in places:
        return {}
    needed: tuple[set[str], ...] = ({"minutes"}, {"join", "leave"}, {"action", "stamp"}, {"there"})
    if not any(some <= places.keys() for some in needed):
        return {}
    if "mail" not in places:
        mails = [at for at, cell in enumerate(line) if "mail" in _fold(cell) and not HOSTS.search(_fold(cell))]
        places |= {"mail": mails[0]} if mails else {}
    return places


def _is_of_the_meeting(
    lines: Sequence[Sequence[str]], number: int, places: Mapping[str, int], following: int | None
) -> bool:
    """Whether headings are those of the meeting: what they call `Teilnehmer` is how many, or one row stands below."""
    below = [line for line in lines[number + 1 : following] if any(line)]
    first, place = (below[0] if below else []), places.get("name", places.get("last", 0))
    if place < len(first) and re.fullmatch(r"\d{1,4}", first[place].strip()):
        return following is not None or _fold(lines[number][place]) in COUNTED
    of_meeting = MEETING & {_fold(cell) for cell in lines[number]}
    return following is not None and len(below) == 1 and bool(of_meeting)


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


def _durations(
    told: list[dict[str, str]], head: Sequence[str], places: Mapping[str, int], lasts: dt.timedelta, *, asked: bool
) -> list[dict[str, str]]:
    """The rows with what their columns mean settled: minutes, or only whether somebody was there."""
    if "there" in places and "minutes" not in places:
        cells = [row["there"].strip() for row in told]
        if any(times.seconds(cell) is not None and cell not in {"0", "1"} for cell in cells):
            told = [{**row, "minutes": row["there"], "there": ""} for row in told]
    elif asked and _all_marks(row["minutes"] for row in told):
        told = [{**row, "there": row["minutes"], "minutes": ""} for row in told]
    if any(times.mark(row.get("there", "")) for row in told):  # who is not ticked was not there
        told = [{**row, "there": row["there"] or "-"} for row in told]
    if times.are_minutes((row.get("minutes", "") for row in told), lasts):
        told = [{**row, "minutes": times.as_minutes(row.get("minutes", ""))} for row in told]
    column = places.get("minutes")
    unit = str(times.unit(head[column])) if column is not None and column < len(head) else ""
    return [{**row, "unit": unit} for row in told] if unit else told


def _all_marks(cells: Iterable[str]) -> bool:
    found = [cell for cell in cells if cell]
    return bool(found) and all(times.mark(cell) is not None for cell in found)


def _from_actions(told: list[dict[str, str]]) -> list[dict[str, str]]:
    """Teams of old writes who came and went, each in a row: together they are the times somebody was there."""
    stamps = [row.get("stamp", "") for row in told]
    last = max(stamps, key=lambda text: times.moment(text) or 0, default="")
    since: dict[str, str] = {}
    found = []
    for row in told:
        name = plain(row["name"])
        if _fold(row.get("action", "")).startswith(CAME):
            since.setdefault(name, row.get("stamp", ""))
        elif name in since:
            found.append({**row, "join": since.pop(name), "leave": row.get("stamp", "")})
    each = {plain(row["name"]): row for row in told}
    found += [{**each[name], "join": came, "leave": last} for name, came in since.items()]
    known = {plain(row["name"]) for row in found}
    return found + [{**row, "leave": row.get("stamp", "")} for name, row in each.items() if name not in known]


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
        _add(one, row)
    return list(found.values())


def _add(one: _Somebody, row: Mapping[str, str]) -> None:
    """One row more of somebody: their time, or whether they were there, or what nobody can read."""
    cell = row.get("minutes", "")
    lasted = times.seconds(cell, unit=int(row.get("unit", "60")))
    there = times.span(row.get("join", ""), row.get("leave", ""))
    if there is not None and lasted is None and there[0] < there[1]:
        lasted = there[1] - there[0]
    if lasted is not None and lasted <= MOST_SECONDS:
        one.seconds = (one.seconds or 0) + lasted
        if there is not None:
            one.spans.append(there)
        else:
            one.only_spans = False
        return
    said = times.mark(row.get("there", ""))
    if said is None and any(sign.isalnum() for sign in cell):
        said = times.mark(cell)
    if said is None:
        cells = (row.get(name, "") for name in ("join", "leave", "minutes", "there"))
        one.unread.append(visible.line(" ".join(cells), MOST_TOLD))
    else:
        one.marks.append(said)


def _present(one: _Somebody) -> Present:
    """Where all times are known, what overlaps counts once; a single row counts as its program says.

    Of whom a row cannot be read, no minutes are known: it may have been the one that matters.
    """
    lasted = one.seconds
    if lasted is not None and one.only_spans and len(one.spans) > 1:
        lasted = min(lasted, _together(one.spans))
    minutes = None if lasted is None else min(round(lasted / 60), MOST_MINUTES)
    name, email, there = one.name or one.email, one.email[:254], any(one.marks) if one.marks else None
    if one.unread and not there:
        known = [f"{minutes} min"] if minutes is not None else []
        told = "; ".join(filter(None, [*known, *dict.fromkeys(one.unread)]))
        return Present(name, email, None, None, told[:MOST_TOLD])
    return Present(name, email, minutes, there or (there if minutes is None else None))


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
    if {"attendee email", "attendance duration", "connection type", "verbindungstyp"} & head or (
        "teilnahmedauer" in head and "anzeigename" in head
    ):
        return Source.WEBEX
    if {"moderator", "talk time", "activity score", "sprechzeit"} & head:
        return Source.BIGBLUEBUTTON
    return Source.SHEET
