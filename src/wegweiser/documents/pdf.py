"""Letters and reports as accessible PDF (PDF/UA-1), set by typst in the fonts of the house.

Texts reach the templates as data and are never read as markup. Equal input gives equal bytes: no clock is asked.
"""

import json
import re
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import typst

from wegweiser.documents import sheets, values
from wegweiser.documents.values import Language

ROOT = Path(__file__).parent
FONTS = ROOT / "fonts"
TEMPLATES = ROOT / "templates_typst"

MOST_RECIPIENT_LINES = 6  # DIN 5008 with the return address above them
# A word longer than its place holds may break after so many letters, so that nothing leaves the sheet. Not earlier:
# the break is a sign of its own, which would be copied with a long address of a page.
LONGEST_WORD = 70
LONGEST_WORD_BESIDE = 32  # in the address and the block beside it
LONGEST_WORD_IN_TABLE = 22
WIDEST_PORTRAIT = 110  # characters of all columns of a table; with more, the report lies on its side
LONGEST_RUNNING_TITLE = 70
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
SUBSTITUTE = "\N{WHITE VERTICAL RECTANGLE}"  # the box every reader knows as a missing letter
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
BRAND = "#00525f"  # where a centre has no colour of its own
SVG = "{http://www.w3.org/2000/svg}"

WORDS = {
    "de": {"reference": "Unser Zeichen", "letter": "Brief", "report": "Bericht", "picture": "Bild"},
    "en": {"reference": "Our reference", "letter": "Letter", "report": "Report", "picture": "Picture"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """Who writes: the name in the head, the line above the address, and what the foot of each page says.

    `details` stand beside the address as (name, value): person, phone, mail.
    """

    name: str
    return_line: str
    tagline: str = ""
    footer: str = ""
    details: Sequence[tuple[str, str]] = field(default=())


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """Whose document it is: the name in the head of each page, the colour of the sign and of bars, and in the foot
    when it was made and the line that the funder prescribes."""

    name: str = ""
    colour: str = ""
    made: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with its lines; one without lines is left out."""

    heading: str
    lines: Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """The bar of a row: its part of the longest one, 0 to 1; `quiet` for what is unknown. None draws nothing."""

    part: float | None
    quiet: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table of figures in a report; columns and rows as in a sheet, the values written in the report's language.

    With `marks`, one for each row, a bar stands before the last column.
    """

    caption: str
    columns: Sequence[sheets.Column]
    rows: Sequence[sheets.Row]
    notes: Sequence[str] = field(default=())
    marks: Sequence[Mark] = field(default=())


def letter(
    *,
    sender: Sender,
    recipient_lines: Sequence[str],
    place_and_date: str,
    subject: str,
    paragraphs: Sequence[str],
    reference: str = "",
    lang: Language = "de",
) -> bytes:
    """Set a letter after DIN 5008, form B; salutation and closing are paragraphs.

    Line breaks in a paragraph are kept: "Mit freundlichen Grüßen\\n\\n\\nJana Muster" leaves room to sign.
    """
    recipient = [line for line in (_line(line, LONGEST_WORD_BESIDE) for line in recipient_lines) if line]
    if not 1 <= len(recipient) <= MOST_RECIPIENT_LINES:
        raise ValueError(f"An address has 1 to {MOST_RECIPIENT_LINES} lines, not {len(recipient)}.")
    information = [(WORDS[lang]["reference"], reference)] if _line(reference) else []
    information += sender.details
    title = _line(subject) or WORDS[lang]["letter"]
    return _pdf(
        "letter.typ",
        {
            "lang": lang,
            "title": title,
            "subject-short": _shortened(title),
            "author": _line(sender.name),
            "sender": {
                "name": _line(sender.name),
                "tagline": _line(sender.tagline),
                "return_line": _line(sender.return_line, LONGEST_WORD_BESIDE),
                "footer": _settable(values.clean(sender.footer).strip()),
            },
            "recipient": recipient,
            "information": [[_line(name), _line(value, LONGEST_WORD_BESIDE)] for name, value in information],
            "place_and_date": _line(place_and_date),
            "paragraphs": _paragraphs(paragraphs),
        },
    )


def table_report(
    *,
    title: str,
    intro: Sequence[str],
    tables: Sequence[Table],
    facts: Sequence[tuple[str, str]] = (),
    lang: Language = "de",
    house: House | None = None,
) -> bytes:
    """Set a report; `facts` (name, value) say at its beginning who reports about what."""
    heading = _line(title) or WORDS[lang]["report"]
    return _pdf(
        "report.typ",
        {
            "lang": lang,
            "title": heading,
            "title-short": _shortened(heading),
            **_house(house),
            "facts": [[_line(name), _line(value)] for name, value in facts],
            "wide": any(sum(_widths(table)) > WIDEST_PORTRAIT for table in tables),
            "intro": _paragraphs(intro),
            "tables": [_table(table, lang) for table in tables],
        },
    )


def one_page(
    *,
    title: str,
    intro: Sequence[str],
    table: Table,
    picture_svg: str = "",
    lang: Language = "de",
    house: House | None = None,
) -> bytes:
    """Set one table of two columns on one page, with its bars or beside its picture; some forty rows get smaller to
    fit. The picture's own title and description are the text for those who do not see it."""
    heading = _line(title) or WORDS[lang]["report"]
    return _pdf(
        "one_page.typ",
        {
            "lang": lang,
            "title": heading,
            "title-short": _shortened(heading),
            **_house(house),
            "intro": _paragraphs(intro),
            "table": _table(table, lang),
            "picture": _picture(picture_svg, lang) if picture_svg else None,
        },
    )


def visit_sheet(
    *,
    title: str,
    lead: str,
    blocks: Sequence[Block],
    log: str,
    lines: Sequence[str],
    lang: Language = "de",
    house: House | None = None,
) -> bytes:
    """Set what one has to know at the door; the last block takes the whole width. `lines` are ruled, to be filled in
    by hand below the heading `log`."""
    heading = _line(title) or WORDS[lang]["report"]
    settled = [(_line(block.heading), _paragraphs(block.lines)) for block in blocks]
    return _pdf(
        "visit.typ",
        {
            "lang": lang,
            "title": heading,
            "title-short": _shortened(heading),
            **_house(house),
            "lead": _line(lead),
            "blocks": [{"heading": name, "lines": rows} for name, rows in settled if rows],
            "log": _line(log),
            "fields": [_line(line) for line in lines],
        },
    )


def certificate(
    *,
    title: str,
    name: str,
    sentence: str,
    facts: Sequence[tuple[str, str]],
    check: str,
    signed: str,
    lang: Language = "de",
    house: House | None = None,
) -> bytes:
    """Set on one page that somebody took part: who, in what (name, value), and how it can be checked."""
    heading = _line(title) or WORDS[lang]["report"]
    return _pdf(
        "certificate.typ",
        {
            "lang": lang,
            "title": heading,
            "title-short": _shortened(heading),
            **_house(house),
            "name": _line(name, LONGEST_WORD_BESIDE),
            "sentence": _line(sentence),
            "facts": [[_line(label), _line(value, LONGEST_WORD_BESIDE)] for label, value in facts],
            "check": _line(check),
            "signed": _line(signed),
        },
    )


def signature_list(
    *,
    title: str,
    lead: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
    blank: int = 0,
    lang: Language = "de",
    house: House | None = None,
) -> bytes:
    """Set a list to be signed by hand. `columns` are (heading, share of the width), `blank` so many empty lines more;
    where a row has fewer cells than columns, the others are left to the pen."""
    heading = _line(title) or WORDS[lang]["report"]
    wanted = len(columns)
    told = [[_line(cell, LONGEST_WORD_IN_TABLE) for cell in row] for row in rows]
    return _pdf(
        "signatures.typ",
        {
            "lang": lang,
            "title": heading,
            "title-short": _shortened(heading),
            **_house(house),
            "lead": _settable(values.clean(lead).strip()),
            "headings": [_line(name) for name, _width in columns],
            "widths": [width for _name, width in columns],
            "rows": [[*row, *([""] * (wanted - len(row)))] for row in [*told, *([[]] * blank)]],
        },
    )


def badges(
    *, title: str, foot: str, rows: Sequence[tuple[str, str]], lang: Language = "de", house: House | None = None
) -> bytes:
    """Set name badges, ten on a sheet of labels of 80 by 50 mm: (name, firm), and `foot` in small print on each."""
    heading = _line(title) or WORDS[lang]["report"]
    return _pdf(
        "badges.typ",
        {
            "lang": lang,
            "title": heading,
            **_house(house),
            "foot": _line(foot, LONGEST_WORD_BESIDE),
            "rows": [
                {"name": _line(name, LONGEST_WORD_IN_TABLE), "firm": _line(firm, LONGEST_WORD_BESIDE)}
                for name, firm in rows
            ],
        },
    )


def _house(house: House | None) -> dict[str, Any]:
    house = house or House()
    colour = house.colour if COLOUR.fullmatch(house.colour) else BRAND
    return {
        "author": _line(house.name),
        "brand": colour,
        "made": _line(house.made),
        "line": _line(house.line),
    }


def _table(table: Table, lang: Language) -> dict[str, Any]:
    return {
        "caption": _line(table.caption),
        "headings": [_line(column.heading, LONGEST_WORD_IN_TABLE) for column in table.columns],
        "widths": _widths(table),
        "ends": [column.kind in ("integer", "number", "percent") for column in table.columns],
        "rows": [
            [
                _settable(values.written(row.get(column.key), column.kind, lang), LONGEST_WORD_IN_TABLE)
                for column in table.columns
            ]
            for row in table.rows
        ],
        "notes": _paragraphs(table.notes),
        "marks": [{"part": mark.part, "quiet": mark.quiet} for mark in table.marks],
    }


def _widths(table: Table) -> list[int]:
    return [column.characters for column in table.columns]


def _picture(svg: str, lang: Language) -> dict[str, Any]:
    drawing = ET.fromstring(svg)  # noqa: S314 - our own drawing, never an upload
    title = _line(drawing.findtext(f"{SVG}title") or "") or WORDS[lang]["picture"]
    description = _line(drawing.findtext(f"{SVG}desc") or "")
    ratio = float(drawing.get("width", 1)) / float(drawing.get("height", 1))
    return {"alternative": description or title, "svg": _supported(svg), "ratio": ratio}


def _paragraphs(texts: Sequence[str]) -> list[str]:
    return [text for text in (_settable(values.clean(text)).strip() for text in texts) if text]


def _line(text: str, longest_word: int = LONGEST_WORD) -> str:
    return _settable(" ".join(values.clean(text).split()), longest_word)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_RUNNING_TITLE else text[: LONGEST_RUNNING_TITLE - 1].rstrip() + "…"


def _settable(text: str, longest_word: int = LONGEST_WORD) -> str:
    """Give text the fonts can show and lines can hold."""
    known = _supported(unicodedata.normalize("NFC", text))
    return re.sub(rf"(\S{{{longest_word}}})(?=\S)", rf"\1{ZERO_WIDTH_SPACE}", known)


def _pdf(template: str, data: dict[str, Any]) -> bytes:
    data["document-title"] = data["title"].replace(ZERO_WIDTH_SPACE, "")
    compiler = typst.Compiler(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    result = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    if not isinstance(result, bytes):
        raise TypeError("A PDF is one file.")
    return result


# --- What the fonts can show ---------------------------------------------------------------------------------------


@cache
def _fonts() -> typst.Fonts:
    """Load the fonts of the house only, so that a document looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _supported(text: str) -> str:
    """Replace what the fonts lack: PDF/UA forbids a letter without a shape, and a letter must not fail for a smiley."""
    known = _known_points()
    return "".join(sign if ord(sign) in known or sign in "\n\t" else _substitute(sign, known) for sign in text)


def _substitute(sign: str, known: frozenset[int]) -> str:
    simpler = [part for part in unicodedata.normalize("NFKD", sign) if ord(part) in known]
    if simpler:
        return "".join(simpler)
    # Joiners, direction marks and variation selectors have no shape of their own.
    return "" if unicodedata.category(sign) in ("Cf", "Mn", "Me") else SUBSTITUTE


@cache
def _known_points() -> frozenset[int]:
    """Give the code points that every font of the house has."""
    return frozenset.intersection(*(_points(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))))


def _points(font: bytes) -> frozenset[int]:
    """Read the character map of a TrueType font (OpenType 1.9, table `cmap`, format 4)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * index) for index in range(tables))
    start = next(offset for tag, _checksum, offset, _length in records if tag == b"cmap")
    for index in range(struct.unpack_from(">H", font, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * index)
        if (platform, encoding) == (3, 1) and struct.unpack_from(">H", font, start + offset)[0] == 4:
            return _points_of_format_4(font, start + offset)
    raise ValueError("The font has no character map of format 4.")


def _points_of_format_4(font: bytes, at: int) -> frozenset[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    shape = f">{count}H"
    ends = struct.unpack_from(shape, font, at + 14)
    starts = struct.unpack_from(shape, font, at + 16 + 2 * count)
    deltas = struct.unpack_from(shape, font, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    offsets = struct.unpack_from(shape, font, offsets_at)
    points = set()
    for index, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for point in range(first, last + 1):
            if offset:
                glyph = struct.unpack_from(">H", font, offsets_at + 2 * index + offset + 2 * (point - first))[0]
                glyph = (glyph + delta) & 0xFFFF if glyph else 0
            else:
                glyph = (point + delta) & 0xFFFF
            if glyph:
                points.add(point)
    return frozenset(points - {0xFFFF})
