"""An outsider who collects every page and file of figures they get, and what they work out of it.

`collect` follows all links and tries all addresses one can think of; `Knowledge.findings` intersects lists of steps
and subtracts tables. Nothing here knows what the program hides: the same hands find firms in what staff see.
"""

import html
import io
import itertools
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

import openpyxl
from django.test import Client

from wegweiser.funding import words
from wegweiser.journey.counting import counting
from wegweiser.journey.disclosure import LEAST
from wegweiser.journey.indicators import DIMENSIONS, FACTS

REPORT, EVIDENCE, ANALYSIS, PUBLIC = "/desk/berichte/", "/desk/berichte/nachweise/", "/desk/auswertung/", "/wirkung/"
FILTERS = {
    "district": "landkreis",
    "sector": "branche",
    "size": "groesse",
    "topic": "thema",
    "partner": "partner",
    "format": "art",
}
HIDDEN = {"verdeckt*", "nicht gezeigt"}
PUBLIC_TITLES = {
    "Womit die Betriebe zu uns kamen": ("companies_reached", "topic"),
    "Wo die Betriebe sitzen": ("companies_reached", "district"),
    "Monat für Monat": ("contacts", "month"),
}

Place = tuple[str, str]  # of a table: indicator and dimension
Marks = frozenset[tuple[str, str]]  # of a list of steps: what it is narrowed to, by dimension and value


@dataclass
class Knowledge:
    """All numbers and lists one came by, wherever they stood."""

    cells: dict[Place, dict[str, set[int | None]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    totals: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    lists: dict[tuple[str, Marks], set[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(set))

    def findings(self) -> list[str]:
        """What singles out firms, in words; empty where nothing does."""
        return [*self._several_answers(), *self._rests(), *self._differences(), *self._crossings()]

    def _several_answers(self) -> Iterator[str]:
        """Two values of one cell or total: subtract one from the other, or read what another page hides."""
        for key, values in self.totals.items():
            if len(values) > 1:
                yield f"{key} is {values}"
        for place, cells in self.cells.items():
            for label, values in cells.items():
                if len(values) > 1:
                    yield f"{label} of {place} is {values}"

    def _rests(self) -> Iterator[str]:
        """What is left of a total for its hidden cells, and a small cell that is not hidden."""
        for place, cells in self.cells.items():
            values = [value for known in cells.values() for value in known]
            for value in values:
                if value is not None and 0 < value < LEAST:
                    yield f"a cell of {place} is {value}"
            total = max(self.totals.get(place[0], {0}))
            rest, hidden = total - sum(value or 0 for value in values), values.count(None)
            # Where units count in several parts the parts come to more than the total: then nothing is left to know.
            if hidden and rest >= 0 and (hidden == 1 or rest - (hidden - 1) < LEAST) and _adds_up(place):
                yield f"{hidden} hidden cells of {place} come to {rest}"

    def _differences(self) -> Iterator[str]:
        """Two counts of the same firms in the same place: few of one are not of the other."""
        for dimension in FACTS:
            tables = [cells for place, cells in self.cells.items() if place[1] == dimension]
            for one, other in itertools.combinations(tables, 2):
                for label in set(one) & set(other):
                    for first, second in itertools.product(one[label], other[label]):
                        if first and second and 0 < abs(first - second) < LEAST:
                            yield f"{label}: {first} less {second}"

    def _crossings(self) -> Iterator[str]:
        """Firms, or rows that look alike, in lists of steps by different marks: few share all of them."""
        by_marks: dict[Marks, set[tuple[str, ...]]] = defaultdict(set)
        for (_key, marks), rows in self.lists.items():
            by_marks[marks] |= rows
        marked = {marks: rows for marks, rows in by_marks.items() if {name for name, _ in marks} & set(FACTS)}
        for marks, rows in marked.items():
            if 0 < len({row[1] for row in rows}) < LEAST:
                yield f"{set(marks)}: {len({row[1] for row in rows})} firms"
        for (one, first), (other, second) in itertools.combinations(marked.items(), 2):
            for what, seen in (("firms", lambda row: row[1]), ("rows", lambda row: (row[0], *row[2:6]))):
                both = {seen(row) for row in first} & {seen(row) for row in second}
                if {name for name, _ in one} != {name for name, _ in other} and 0 < len(both) < LEAST:
                    yield f"{set(one | other)}: {len(both)} {what}"


def _adds_up(place: Place) -> bool:
    indicator, dimension = place
    return counting().indicators[indicator].counts == "contacts" or dimension in FACTS


# --- Collecting ----------------------------------------------------------------------------------------------------


TOLD = ("companies_reached", "contacts", "visits")  # asked one by one; the files hold the others as well


def files() -> Iterator[str]:
    yield PUBLIC
    for kind in ("json", "xlsx"):
        yield f"{REPORT}laden/?{urlencode({'art': kind})}"


def narrowed() -> Iterator[str]:
    """Lists of steps and answers by what firms are like."""
    labels = words.Labels()
    for key, name in itertools.product(TOLD[:2], FACTS):
        for value in (*labels.known[name], "unknown"):
            yield f"{EVIDENCE}?{urlencode({'kennzahl': key, 'nach': name, 'wert': value})}"
            yield f"{EVIDENCE}?{urlencode({'kennzahl': key, FILTERS[name]: value})}"
    for name in FACTS:
        value = next(iter(labels.known[name]))
        yield f"{ANALYSIS}?{urlencode({'kennzahl': 'contacts', 'je': 'topic', FILTERS[name]: value})}"


def addresses() -> Iterator[str]:
    """What somebody tries who has read the addresses of others, with days and narrowings one may not have."""
    days = {"von": "2026-01-10", "bis": "2026-01-10"}
    yield from files()
    yield from narrowed()
    yield f"{REPORT}laden/?{urlencode({'art': 'json', **days})}"
    yield f"{REPORT}?{urlencode({'bis': '2026-03-02'})}"
    for name in DIMENSIONS:
        yield f"{REPORT}?{urlencode({'nach': name, **days})}"
        for key in TOLD:
            yield f"{ANALYSIS}?{urlencode({'kennzahl': key, 'je': name})}"
    for key in counting().indicators:
        yield f"{EVIDENCE}?{urlencode({'kennzahl': key, **days})}"


def collect(client: Client, asked: Iterable[str], *, follow: bool = True) -> Knowledge:
    """Everything to be had from the addresses one tries, and from the links found on the way.

    Files of one answer and PDFs are left out: the pages and the other files beside them say the same.
    """
    found, waiting, seen = Knowledge(), list(asked), set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        if response.status_code != 200:
            continue
        kind = response["Content-Type"]
        if "json" in kind:
            _read_json(found, response.json())
        elif "spreadsheet" in kind:
            _read_sheets(found, response.content)
        elif "html" in kind:
            links = _read_page(found, address, response.content.decode())
            waiting += [link for link in links if follow and "=pdf" not in link and "datei=" not in link]
    return found


def _read_json(found: Knowledge, document: dict) -> None:
    labels = words.Labels()
    for row in document["indicators"]:
        found.totals[row["key"]].add(row["actual"])
        for name, cells in row["by"].items():
            for key, value in (cells or {}).items():
                found.cells[row["key"], name][labels.of(name, key)].add(value)


def _read_sheets(found: Knowledge, body: bytes) -> None:
    indicators, dimensions = _reversed(words.INDICATORS), _reversed(words.DIMENSIONS)
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
    sheets = [list(book[name].iter_rows(min_row=2, values_only=True)) for name in book.sheetnames]
    results, reach, broken_down, steps = sheets
    for row in [*results, *reach]:
        if row[0] in indicators:
            found.totals[indicators[row[0]]].add(row[2])
    for row in broken_down:
        if row[0] in indicators:
            found.cells[indicators[row[0]], dimensions[row[1]]][row[2]].add(_number(row[3]))
    for indicator, uuid, day, occasion, format_, topic, partner, company, _source, *minutes in steps:
        told = f"{occasion}, {minutes[0]} Minuten" if minutes and minutes[0] else occasion  # as the page has it
        row = (f"{day:%d.%m.%Y}", company or "", told, format_, topic, partner, uuid)
        found.lists[indicators[indicator], frozenset()].add(row)


def _read_page(found: Knowledge, address: str, text: str) -> list[str]:
    """What a page tells; gives the links on it."""
    path, asked = urlsplit(address).path, {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
    narrowed = {(name, asked[word]) for name, word in FILTERS.items() if word in asked}
    if path == EVIDENCE:
        marks = frozenset(narrowed | ({(asked["nach"], asked["wert"])} if "nach" in asked else set()))
        for row in re.findall(r"<tr class=\"kern-table__row\"[^>]*><th[^>]*scope=\"row\"[^>]*>.*?</tr>", text, re.S):
            cells = [_plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
            found.lists[asked["kennzahl"], marks].add(tuple(cells))
    elif not (narrowed and "ww-sentence__chosen" in text):  # what was obeyed is another table than the whole
        _read_tables(found, text)
    links = {html.unescape(href) for href in re.findall(r'href="([^"]+)"', text)}
    links |= {f"{path}{link}" for link in links if link.startswith("?")}
    return [link for link in links if link.startswith((REPORT, ANALYSIS, PUBLIC))]


def _read_tables(found: Knowledge, text: str) -> None:
    indicators, dimensions = _reversed(words.INDICATORS), _reversed(words.DIMENSIONS)
    places = {f"{one} nach {other}": (indicators[one], dimensions[other]) for one in indicators for other in dimensions}
    places |= PUBLIC_TITLES
    for tile in re.findall(
        r"<article class=\"ww-figure[ \"].*?</article>|<article class=\"ww-figure .*?</article>", text, re.S
    ):
        label = _plain(re.search(r"<h\d>(.*?)</h\d>", tile)[1])
        if label in indicators:
            figure = _plain(re.search(r"ww-figure__value\">(.*?)</p>", tile, re.S)[1]).removeprefix("Ist: ")
            found.totals[indicators[label]].add(_number(figure))
    for figure in re.findall(r"<figure class=\"ww-(?:chart|figmap).*?</figure>", text, re.S):
        place = places.get(_plain(re.search(r"<h\d>(.*?)</h\d>", figure)[1]))
        rows = re.findall(r"ww-chart__label\">(.*?)</span>.*?ww-chart__text\">(.*?)</span>", figure, re.S)
        rows += re.findall(r"scope=\"row\"[^>]*>(.*?)</th><td[^>]*>(.*?)</td>", figure, re.S)
        for label, value in rows if place else []:
            if value not in {"0"}:
                found.cells[place][_plain(label)].add(_number(_plain(value)))
    for caption, body in re.findall(r"<table class=\"kern-table.*?<caption>(.*?)</caption>(.*?)</table>", text, re.S):
        place = places.get(_plain(caption))
        for label, value in (
            re.findall(r"scope=\"row\"[^>]*>(.*?)</th><td[^>]*>(.*?)</td>", body, re.S) if place else []
        ):
            if _plain(label) == "Zusammen":
                found.totals[place[0]].add(_number(_plain(value)))
            elif value not in {"0"}:
                found.cells[place][_plain(label)].add(_number(_plain(value)))


def _reversed(names: dict) -> dict[str, str]:
    return {str(name): key for key, name in names.items()}


def _plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def _number(text: object) -> int | None:
    return None if text in HIDDEN else int(str(text).replace(".", ""))


def as_text(found: Knowledge) -> str:
    """What one knows, to compare with what one knew."""
    cells = {
        f"{place}": {label: sorted(map(str, values)) for label, values in rows.items()}
        for place, rows in found.cells.items()
    }
    lists = {f"{key} {sorted(marks)}": sorted(map(str, rows)) for (key, marks), rows in found.lists.items()}
    return json.dumps([cells, {key: sorted(values) for key, values in found.totals.items()}, lists], sort_keys=True)
