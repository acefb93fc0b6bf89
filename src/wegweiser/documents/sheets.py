"""Lists as files: spreadsheets with real dates, and CSV; safe against text that acts as a formula."""

import csv as csv_format
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wegweiser.documents import values
from wegweiser.documents.values import Kind

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

Row = Mapping[str, object]

LONGEST_CELL = 32_767  # characters; the file format's limit
LONGEST_TITLE = 31
MOST_ROWS = 1_048_576
EXACT_INTEGERS = 2**53  # a spreadsheet keeps numbers as doubles: beyond this, digits would be lost
DEFAULT_WIDTHS: dict[str, int] = {"text": 28, "integer": 12, "number": 14, "date": 12, "datetime": 17, "percent": 10}

# Formats 14 and 22 are shown in the reader's own way of writing dates.
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@", "valign": "top"},
    "integer": {"num_format": "#,##0", "valign": "top"},
    "number": {"num_format": "#,##0.00", "valign": "top"},
    "percent": {"num_format": "0.0%", "valign": "top"},
    "date": {"num_format": 14, "valign": "top", "align": "left"},
    "datetime": {"num_format": 22, "valign": "top", "align": "left"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column; `key` finds the value in a row, `width` is in characters. A percent is a share: 0.25 is 25 %."""

    key: str
    heading: str
    kind: Kind = "text"
    width: int | None = None

    @property
    def characters(self) -> int:
        """Give the width that is asked for, or one that suits the kind and breaks no word of the heading."""
        longest_word = max(map(len, self.heading.split()), default=0)
        return self.width or max(DEFAULT_WIDTHS[self.kind], min(longest_word + 2, DEFAULT_WIDTHS["text"]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One table; rows may be an iterator and are read once. Notes (filters, date, source) stand below the table."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    notes: Sequence[str] = field(default=())


# --- Spreadsheet ---------------------------------------------------------------------------------------------------


def xlsx(sheets: Sequence[Sheet], *, title: str | None = None, created: datetime | None = None) -> bytes:
    """Write a workbook; rows pass through one at a time, so only the compressed result is held in memory."""
    import xlsxwriter  # type: ignore[import-untyped]  # when it is needed: a server starts without it

    if not sheets:
        raise ValueError("A workbook needs at least one sheet.")
    target = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        properties: dict[str, Any] = {"title": values.clean(title or sheets[0].title)[:255]}
        if created:
            properties["created"] = values.local(created)
        book.set_properties(properties)
        formats = {kind: book.add_format(look) for kind, look in _FORMATS.items()}
        heading = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True, "num_format": "@"})
        names: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.title, names))
            _fill(page, sheet, formats, heading)
    return target.getvalue()


def _fill(page: "Worksheet", sheet: Sheet, formats: "dict[str, Format]", heading: "Format") -> None:
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.characters)
        page.write_string(0, place, _cell_text(column.heading), heading)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)

    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        if last + len(sheet.notes) + 1 >= MOST_ROWS:
            raise ValueError(f"A sheet holds at most {MOST_ROWS} rows.")
        for place, column in enumerate(sheet.columns):
            _write(page, last, place, row.get(column.key), column.kind, formats)
    if sheet.columns:
        page.autofilter(0, 0, last, len(sheet.columns) - 1)
    for below, note in enumerate(sheet.notes, start=last + 2):
        page.write_string(below, 0, _cell_text(note))


def _write(page: "Worksheet", row: int, place: int, value: object, kind: Kind, formats: "dict[str, Format]") -> None:
    """Write by what the value is; the kind of the column only chooses how it looks."""
    if value is None:
        return
    if isinstance(value, date):
        day = values.local(value) if isinstance(value, datetime) else value
        if day.year < 1900:  # the format knows no earlier day
            page.write_string(row, place, day.isoformat(), formats["text"])
        elif isinstance(day, datetime) and kind == "date":
            page.write_datetime(row, place, day.date(), formats["date"])
        else:
            page.write_datetime(row, place, day, formats["datetime" if isinstance(day, datetime) else "date"])
    elif values.is_number(value) and abs(value) <= EXACT_INTEGERS:  # type: ignore[arg-type]
        page.write_number(row, place, value, formats[kind if kind in ("integer", "percent", "number") else "text"])  # type: ignore[arg-type]
    elif isinstance(value, float | Decimal) and not values.is_number(value):
        return  # not a number, or infinite: the cell stays empty
    else:
        page.write_string(row, place, _cell_text(str(value)), formats["text"])


def _cell_text(text: str) -> str:
    text = values.clean(text)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _sheet_name(title: str, taken: set[str]) -> str:
    """Give a name the format accepts: short, without its reserved signs, and different from its neighbours'."""
    plain = re.sub(r"[\[\]:*?/\\\n\t]", " ", values.clean(title)).strip(" '")
    if plain.casefold() in ("", "history"):
        plain = f"{plain} 1".strip()
    name, count = plain[:LONGEST_TITLE].strip(" '"), 1
    while name.casefold() in taken:
        count += 1
        suffix = f" {count}"
        name = plain[: LONGEST_TITLE - len(suffix)].rstrip(" '") + suffix
    taken.add(name.casefold())
    return name


# --- CSV -----------------------------------------------------------------------------------------------------------

# A spreadsheet program runs a cell that begins with one of these; the wide forms are read like the narrow ones.
_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# "+49 631 205750", grouped by single spaces as E.123 asks: no program can read it as a number or a formula.
_SPACED_PHONE_NUMBER = re.compile(r"\+[1-9][0-9]{0,2}(?: [0-9]+)+")
# An English installation splits at commas and then heeds no quotation mark inside a line, so text could begin a cell of
# its own after a comma or a line break. "5,- €" and lists with hyphens are no formulas.
_ACTS_INSIDE = re.compile(r"(?<=[,;\t\n])(?=[=+@＝＋＠]|[-－](?![-\s€.)]|$))")
_BLOCK = 500  # rows written at once


def guarded(text: str) -> str:
    """Give text that a spreadsheet program shows instead of running it.

    Text that begins like a formula gets an apostrophe in front. A phone number grouped by spaces is left as it is.
    One without spaces (+49631205750) gets the apostrophe too: programs would show it as 4.96E+10, and one with
    hyphens as the result of a subtraction; with it, every digit stays readable.
    """
    text = _ACTS_INSIDE.sub("'", text)
    if text.startswith(_ACTS) and not _SPACED_PHONE_NUMBER.fullmatch(text):
        return "'" + text
    return text


def csv(columns: Sequence[Column], rows: Iterable[Row], *, decimal_comma: bool = True) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8 with BOM, semicolons and CRLF, in blocks, for streaming.

    Days are written as 2026-03-01 and times as 2026-03-01 09:30 (Germany), which every program reads as such.
    """
    text = io.StringIO(newline="")
    writer = csv_format.writer(text, delimiter=";", lineterminator="\r\n")
    text.write("\N{BYTE ORDER MARK}")
    writer.writerow([guarded(values.clean(column.heading)) for column in columns])
    for count, row in enumerate(rows, start=1):
        writer.writerow([_field(row.get(column.key), column.kind, decimal_comma=decimal_comma) for column in columns])
        if count % _BLOCK == 0:
            yield _taken(text)
    if text.tell():
        yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    block = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return block


def _field(value: object, kind: Kind, *, decimal_comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = values.local(value)
        return f"{value:%Y-%m-%d}" if kind == "date" else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if values.is_number(value):
        return _digits(value, kind, decimal_comma=decimal_comma)  # type: ignore[arg-type]
    if isinstance(value, float | Decimal):
        return ""

    return guarded(values.clean(str(value)))


def _digits(value: values.Number, kind: Kind, *, decimal_comma: bool) -> str:
    """Write all digits, ungrouped and without exponent; a share as percent, so that 0.125 becomes 12,5 %."""
    exact = Decimal(str(value))
    text = f"{exact * 100 if kind == 'percent' else exact:f}"
    if kind == "percent" and "." in text:
        text = text.rstrip("0").rstrip(".")
    if decimal_comma:
        text = text.replace(".", ",")
    return f"{text} %" if kind == "percent" else text
