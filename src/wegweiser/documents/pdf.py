"""Letters and reports as accessible PDF (PDF/UA-1), set by typst in the fonts of the house.

Texts reach the templates as data and are never read as markup. Equal input gives equal bytes: no clock is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from wegweiser.documents import qr, sheets, typesetting, values
from wegweiser.documents.typesetting import House as House
from wegweiser.documents.values import Language

MOST_RECIPIENT_LINES = 6  # DIN 5008 with the return address above them
WIDEST_PORTRAIT = 110  # characters of all columns of a table; with more, the report lies on its side
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
    recipient = [line for line in (typesetting.line(line, typesetting.BESIDE) for line in recipient_lines) if line]
    if not 1 <= len(recipient) <= MOST_RECIPIENT_LINES:
        raise ValueError(f"An address has 1 to {MOST_RECIPIENT_LINES} lines, not {len(recipient)}.")
    information = [(WORDS[lang]["reference"], reference)] if typesetting.line(reference) else []
    information += sender.details
    title = typesetting.line(subject) or WORDS[lang]["letter"]
    return typesetting.typeset(
        "letter.typ",
        {
            "lang": lang,
            "title": title,
            "subject-short": typesetting.shortened(title),
            "author": typesetting.line(sender.name),
            "sender": {
                "name": typesetting.line(sender.name),
                "tagline": typesetting.line(sender.tagline),
                "return_line": typesetting.line(sender.return_line, typesetting.BESIDE),
                "footer": typesetting.settable(values.clean(sender.footer).strip()),
            },
            "recipient": recipient,
            "information": [
                [typesetting.line(name), typesetting.line(value, typesetting.BESIDE)] for name, value in information
            ],
            "place_and_date": typesetting.line(place_and_date),
            "paragraphs": typesetting.paragraphs(paragraphs),
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
    heading = typesetting.line(title) or WORDS[lang]["report"]
    return typesetting.typeset(
        "report.typ",
        {
            "lang": lang,
            "title": heading,
            "title-short": typesetting.shortened(heading),
            **typesetting.house_data(house),
            "facts": [[typesetting.line(name), typesetting.line(value)] for name, value in facts],
            "wide": any(sum(_widths(table)) > WIDEST_PORTRAIT for table in tables),
            "intro": typesetting.paragraphs(intro),
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
    heading = typesetting.line(title) or WORDS[lang]["report"]
    return typesetting.typeset(
        "one_page.typ",
        {
            "lang": lang,
            "title": heading,
            "title-short": typesetting.shortened(heading),
            **typesetting.house_data(house),
            "intro": typesetting.paragraphs(intro),
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
    route: str = "",
    route_words: str = "",
    lang: Language = "de",
    house: House | None = None,
) -> bytes:
    """Set what one has to know at the door; the last block takes the whole width. `lines` are ruled, to be filled in
    by hand below the heading `log`. `route`: an address that a phone opens from a code, `route_words` say what for."""
    heading = typesetting.line(title) or WORDS[lang]["report"]
    settled = [(typesetting.line(block.heading), typesetting.paragraphs(block.lines)) for block in blocks]
    return typesetting.typeset(
        "visit.typ",
        {
            "lang": lang,
            "title": heading,
            "title-short": typesetting.shortened(heading),
            **typesetting.house_data(house),
            "lead": typesetting.line(lead),
            "blocks": [{"heading": name, "lines": rows} for name, rows in settled if rows],
            "log": typesetting.line(log),
            "fields": [typesetting.line(line) for line in lines],
            "code": qr.drawing(route) if route else "",
            "code-words": typesetting.line(route_words),
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
    heading = typesetting.line(title) or WORDS[lang]["report"]
    return typesetting.typeset(
        "certificate.typ",
        {
            "lang": lang,
            "title": heading,
            "title-short": typesetting.shortened(heading),
            **typesetting.house_data(house),
            "name": typesetting.line(name, typesetting.BESIDE),
            "sentence": typesetting.line(sentence),
            "facts": [[typesetting.line(label), typesetting.line(value, typesetting.BESIDE)] for label, value in facts],
            "check": typesetting.line(check),
            "signed": typesetting.line(signed),
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
    heading = typesetting.line(title) or WORDS[lang]["report"]
    wanted = len(columns)
    told = [[typesetting.line(cell, typesetting.IN_TABLE) for cell in row] for row in rows]
    return typesetting.typeset(
        "signatures.typ",
        {
            "lang": lang,
            "title": heading,
            "title-short": typesetting.shortened(heading),
            **typesetting.house_data(house),
            "lead": typesetting.settable(values.clean(lead).strip()),
            "headings": [typesetting.line(name) for name, _width in columns],
            "widths": [width for _name, width in columns],
            "rows": [[*row, *([""] * (wanted - len(row)))] for row in [*told, *([[]] * blank)]],
        },
    )


def badges(
    *, title: str, foot: str, rows: Sequence[tuple[str, str]], lang: Language = "de", house: House | None = None
) -> bytes:
    """Set name badges, ten on a sheet of labels of 80 by 50 mm: (name, firm), and `foot` in small print on each."""
    heading = typesetting.line(title) or WORDS[lang]["report"]
    return typesetting.typeset(
        "badges.typ",
        {
            "lang": lang,
            "title": heading,
            **typesetting.house_data(house),
            "foot": typesetting.line(foot, typesetting.BESIDE),
            "rows": [
                {
                    "name": typesetting.line(name, typesetting.IN_TABLE),
                    "firm": typesetting.line(firm, typesetting.BESIDE),
                }
                for name, firm in rows
            ],
        },
    )


def _table(table: Table, lang: Language) -> dict[str, Any]:
    return {
        "caption": typesetting.line(table.caption),
        "headings": [typesetting.line(column.heading, typesetting.IN_TABLE) for column in table.columns],
        "widths": _widths(table),
        "ends": [column.kind in ("integer", "number", "percent") for column in table.columns],
        "rows": [
            [
                typesetting.settable(values.written(row.get(column.key), column.kind, lang), typesetting.IN_TABLE)
                for column in table.columns
            ]
            for row in table.rows
        ],
        "notes": typesetting.paragraphs(table.notes),
        "marks": [{"part": mark.part, "quiet": mark.quiet} for mark in table.marks],
    }


def _widths(table: Table) -> list[int]:
    return [column.characters for column in table.columns]


def _picture(svg: str, lang: Language) -> dict[str, Any]:
    drawing = ET.fromstring(svg)  # noqa: S314 - our own drawing, never an upload
    title = typesetting.line(drawing.findtext(f"{SVG}title") or "") or WORDS[lang]["picture"]
    description = typesetting.line(drawing.findtext(f"{SVG}desc") or "")
    ratio = float(drawing.get("width", 1)) / float(drawing.get("height", 1))
    return {"alternative": description or title, "svg": typesetting.supported(svg), "ratio": ratio}
