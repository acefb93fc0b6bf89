"""A list of firms out of a file: CSV in any usual encoding and separator, or XLSX. All cells come as text.

Nothing is trusted: sizes are limited before anything is unpacked, and a formula is only text.
"""

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from typing import Any

from wegweiser.companies.importing import filled_rows, one_byte
from wegweiser.companies.importing.grid import Grid as Grid
from wegweiser.companies.importing.grid import Sheet as Sheet
from wegweiser.kernel.errors import DomainError

MOST_BYTES = 32 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024  # of an XLSX, all parts together
MOST_ROWS = 200_000
MOST_COLUMNS = 120
MOST_CELL = 4_000  # characters; more is cut, no field of ours holds it
SEPARATORS = ";,\t|"
SAMPLE = 64 * 1024
MOST_NAME = 200  # characters of the name of a sheet; spreadsheets allow 31
BEGINNING = 50  # rows of a sheet that tell whether it is the list
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),  # before UTF-16, whose mark begins the same
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_FORMULA = re.compile(rb"<(\w{1,8}:)?f[ >/]")
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LOST = re.compile(r"[\x80-\x9f]")  # letters of an encoding that was not recognised; no control sign goes further
UNREADABLE = re.compile(r"[\ufffd\u2500-\u259f]")  # what is left of such a letter


Weigh = Callable[[Sequence[Sequence[str]]], int]


def read(data: bytes, *, times: bool = False, sheet: str | None = None, weigh: Weigh | None = None) -> Grid:
    """With `times` the cells of a workbook that hold a moment or a duration say it to the second, else only their day.

    Of a workbook `sheet` is read, else the one whose first rows weigh most (how much they look like the list that is
    asked for), else the first; only sheets that are shown and hold something count.

    Raises DomainError: file_empty, file_too_large, file_unreadable, file_is_old_excel, sheet_unknown, too_many_rows."""
    if len(data) > MOST_BYTES:
        raise DomainError("file_too_large", f"The file is larger than {MOST_BYTES // 1024**2} MiB.", field="file")
    if data.startswith(_OLD_EXCEL):
        raise DomainError("file_is_old_excel", "This is an old XLS file: save it as XLSX or CSV.", field="file")
    if data.startswith(_ZIP):
        found = _workbook(data, times, sheet, weigh)
    elif sheet:
        raise DomainError("sheet_unknown", "A CSV file has no sheets.", field="sheet")
    else:
        found = _plain_text(data)
    if len(found.lines) > MOST_ROWS:
        raise DomainError("too_many_rows", f"The list has more than {MOST_ROWS} rows.", field="file")
    while found.lines and not any(found.lines[-1]):
        found.lines.pop()
    if not found.lines:
        raise DomainError("file_empty", "The file holds no row.", field="file")
    return found


# --- CSV -----------------------------------------------------------------------------------------------------------


def decoded(data: bytes) -> str:
    """Text in UTF-8, UTF-16, UTF-32, or of one byte per letter; what is none of these is refused."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _as(data, encoding)
    if guessed := _utf16_without_mark(data):
        return _as(data, guessed)
    if b"\x00" in data:
        raise DomainError("file_unreadable", "The file is neither CSV nor XLSX.", field="file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return one_byte.decoded(data)


def _as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DomainError("file_unreadable", f"The file is no {encoding}.", field="file") from error


def _utf16_without_mark(data: bytes) -> str:
    """Every second byte of plain text is zero then."""
    head = data[:2000]
    if len(head) < 4 or len(data) % 2:
        return ""
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if zeros.count(0) > 0.6 * len(zeros):
            return encoding
    return ""


def separator(text: str) -> str:
    """The sign that divides the lines most evenly, outside of quotation marks.

    >>> separator("Firma;Ort\\nAbel, Söhne;Ulm\\n")
    ';'
    """
    best, chosen = (0.0, 0.0), ";"
    for sign in SEPARATORS:
        widths = [len(row) for row in islice(_rows(text[:SAMPLE], sign), 60) if any(row)]
        if len(widths) > 1 and len(text) > SAMPLE:
            widths.pop()  # it may be cut
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=wide.count)
        score = (wide.count(usual) / len(widths) * min(usual, 6), usual)
        if score > best:
            best, chosen = score, sign
    return chosen


def _rows(text: str, sign: str) -> Iterator[list[str]]:
    csv.field_size_limit(MOST_BYTES)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=sign, skipinitialspace=True)
    except csv.Error as error:
        raise DomainError("file_unreadable", str(error), field="file") from error


def _without_controls(text: str) -> str:
    return _LOST.sub("\ufffd", _CONTROLS.sub(" ", text))


def _plain_text(data: bytes) -> Grid:
    lines: list[list[str]] = []
    blank: list[int] = []
    for row in _text(data):
        if row:
            lines.append(row)
        else:  # a blank line is no row of a CSV file
            blank.append(len(lines))
        if len(lines) > MOST_ROWS or len(blank) > MOST_ROWS:
            break
    return Grid(lines, blank=blank)


def _text(data: bytes) -> Iterator[list[str]]:
    text = _without_controls(decoded(data))
    first, _, rest = text.partition("\n")
    if told := re.fullmatch(r"sep=(.)\s*", first.strip("\r")):  # what Excel writes for itself
        text, sign = rest, told[1]
    else:
        sign = separator(text)
    for row in _rows(text, sign):
        yield [_tidy(cell) for cell in row[:MOST_COLUMNS]]


# --- XLSX ----------------------------------------------------------------------------------------------------------


def _workbook(data: bytes, times: bool, asked: str | None, weigh: Weigh | None) -> Grid:
    """A formula gives its last result, else it is text."""
    _refuse_bombs(data)
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        with warnings.catch_warnings():  # of parts that a list does not need
            warnings.simplefilter("ignore")
            books = [
                load_workbook(io.BytesIO(data), read_only=True, data_only=only_results)
                for only_results in ((True, False) if _has_formulas(data) else (True,))
            ]
        book = _Book(data, books, times)
        chosen = _asked(asked, book) if asked else book.heaviest(weigh)
        if not chosen:
            return Grid([])
        lines = list(islice(_sheet(data, books, chosen, times), MOST_ROWS + 1))
        return Grid(lines, chosen, partial(book.others, chosen), chosen == next(book.filled()))
    except DomainError:
        raise
    except Exception as error:  # whatever a broken file makes of the reader
        raise DomainError("file_unreadable", "The spreadsheet cannot be read.", field="file") from error


class _Book:
    """The sheets of a workbook that are shown; of each no more is read than what is asked of it."""

    def __init__(self, data: bytes, books: Sequence[Any], times: bool) -> None:
        self.data, self.books, self.times = data, books, times
        self.shown = [page.title for page in books[0].worksheets if page.sheet_state == "visible"]
        self.begun, self.rows = cache(self._begun), cache(self._rows)

    def _begun(self, name: str) -> list[list[str]]:
        """The first rows as they stand: which cells are merged is told only at the end of a sheet."""
        return list(islice(_plain(self.books, name, self.times), BEGINNING))

    def _rows(self, name: str) -> int:
        return filled_rows.count(self.data, _path(self.books[0][name]))

    def holds_something(self, name: str) -> bool:
        return any(map(any, self.begun(name))) or bool(self.rows(name))

    def filled(self) -> Iterator[str]:
        return filter(self.holds_something, self.shown)

    def heaviest(self, weigh: Weigh | None) -> str:
        """The first of those that look most like the list, empty where none holds anything."""
        return max(self.filled(), key=lambda name: weigh(self.begun(name)) if weigh else 0, default="")

    def others(self, chosen: str) -> tuple[Sheet, ...]:
        try:
            return tuple(Sheet(name, self.rows(name)) for name in self.filled() if name != chosen)
        except Exception as error:  # as in `_workbook`
            raise DomainError("file_unreadable", "The spreadsheet cannot be read.", field="file") from error


def _asked(name: str, book: _Book) -> str:
    flat = name.strip().casefold()
    for found in (name, *(one for one in book.shown if one.strip().casefold() == flat)):
        if found in book.shown and book.holds_something(found):
            return found
    names = ", ".join(book.filled())
    raise DomainError("sheet_unknown", f"No sheet is called {name}. There are: {names}.", field="sheet")


def _sheet(data: bytes, books: Sequence[Any], name: str, times: bool) -> Iterator[list[str]]:
    """The lines of a sheet, cells that span several rows told in each."""
    return _filled_down(_plain(books, name, times), _merged_below(data, books[0][name]))


def _plain(books: Sequence[Any], name: str, times: bool) -> Iterator[list[str]]:
    """The lines of a sheet out of the workbook with results and, where it has formulas, the one with these."""
    pages = [book[name] for book in books]
    for page in pages:
        page.reset_dimensions()  # what a file says of its own size is not to be trusted
    rows = [page.iter_rows(max_col=MOST_COLUMNS, values_only=True) for page in pages]
    both = zip(rows[0], rows[-1], strict=False) if len(rows) > 1 else ((row, row) for row in rows[0])
    return (_line(*pair, times=times) for pair in both)


def _path(page: Any) -> str:
    return str(getattr(page, "_worksheet_path", "")).lstrip("/")


_MERGED = re.compile(rb'<(?:\w{1,8}:)?mergeCell\s[^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
MOST_MERGED = 20_000


def _merged_below(data: bytes, page: Any) -> dict[int, list[int]]:
    """For each row (from 0) the columns whose cell is one with the cell above it."""
    from openpyxl.utils import column_index_from_string  # type: ignore[import-untyped]

    found: dict[int, list[int]] = {}
    path = _path(page)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if path not in packed.namelist():
            return found
        with packed.open(path) as part:
            rest = b""
            while piece := part.read(1 << 20):
                text = rest + piece
                for told in _MERGED.finditer(text):
                    column, last = column_index_from_string(told[1].decode()) - 1, int(told[4])
                    for row in range(int(told[2]), min(last, int(told[2]) + 100)):
                        found.setdefault(row, []).append(column)
                    if len(found) > MOST_MERGED:
                        return found
                cut = text.rfind(b"<")
                rest = text[cut:] if cut >= 0 and len(text) - cut < 200 else b""
    return found


def _filled_down(lines: Iterable[list[str]], merged: Mapping[int, Sequence[int]]) -> Iterator[list[str]]:
    """A cell that spans several rows says the same for each, where the row says anything of its own."""
    above: list[str] = []
    for number, line in enumerate(lines):
        if any(line):
            for column in merged.get(number, ()):
                if column < len(above) and above[column] and not (column < len(line) and line[column]):
                    line.extend([""] * (column + 1 - len(line)))
                    line[column] = above[column]
        above = line
        yield line


def _has_formulas(data: bytes) -> bool:
    """Then the list is read twice: for results, and for formulas that have none."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with packed.open(name) as part:
                    tail = b""
                    while piece := part.read(1 << 20):
                        if _FORMULA.search(tail + piece):
                            return True
                        tail = piece[-20:]
    return False


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > 2_000 or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise DomainError("file_too_large", "The spreadsheet unpacks to too much.", field="file")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as opened:
                        head = opened.read(4096)
                    if any(sign in head for sign in _ENTITIES):
                        raise DomainError("file_unreadable", "The spreadsheet declares entities.", field="file")
            if "xl/workbook.xml" not in packed.namelist():
                raise DomainError("file_unreadable", "This archive is no spreadsheet.", field="file")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise DomainError("file_unreadable", "The spreadsheet cannot be read.", field="file") from error


def _line(results: Iterable[object], formulas: Iterable[object], *, times: bool) -> list[str]:
    both = zip(results, formulas, strict=False)
    cells = [_cell(formula if result is None else result, times) for result, formula in both]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell(value: object, times: bool) -> str:
    if times and (told := _time(value)):
        return told
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return _tidy(_without_controls(str(value)))


def _time(value: object) -> str:
    """A moment or a duration as one writes it; whole minutes as hours and minutes. Spreadsheets count parts of a day,
    so that seconds are a little off."""
    half = dt.timedelta(milliseconds=500)
    if isinstance(value, dt.datetime):
        return f"{(value + half).replace(microsecond=0):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, dt.time):
        value = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second + value.microsecond / 1e6)
    if not isinstance(value, dt.timedelta) or value < dt.timedelta(0):
        return ""
    minutes, seconds = divmod(int((value + half).total_seconds()), 60)
    clock = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{clock}:{seconds:02}" if seconds else clock


def _mended(cell: str) -> str:
    """UTF-8 that somebody saved as cp1252 is read as it was meant: `MÃ¶bel`."""
    if "Ã" not in cell:
        return cell
    try:
        return cell.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return cell


def _tidy(cell: str) -> str:
    """Without blanks around, no-break and zero-width ones included; line breaks inside stay."""
    text = (
        _mended(cell[:MOST_CELL])
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
        .replace("\u200b", "")
        .replace("\ufeff", "")
    )
    lines = (" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)
