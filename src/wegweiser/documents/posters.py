"""What hangs on a door or stands on a wall about an event: signs, a slide, a notice, a note for the press."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from wegweiser.documents import qr, typesetting
from wegweiser.documents.typesetting import House, line
from wegweiser.documents.values import Language

LONGEST_WORD = 24  # in large letters
WORDS = {
    "de": {"left": "nach links", "right": "nach rechts", "ahead": "geradeaus", "code": "QR-Code: {link}"},
    "en": {"left": "to the left", "right": "to the right", "ahead": "straight on", "code": "QR code: {link}"},
}


class Way(StrEnum):
    """Where an arrow points; HERE is the door itself."""

    HERE = "here"
    LEFT = "left"
    RIGHT = "right"
    AHEAD = "ahead"


def signs(
    *, title: str, lines: Sequence[str], ways: Sequence[Way], partner: str = "", lang: Language, house: House
) -> bytes:
    """Set a sign on A4, lying, for each of `ways`: the title in large letters, lines below it, an arrow."""
    return typesetting.typeset(
        "signs.typ",
        {
            **_head(title, lang, house),
            "heading": line(title, LONGEST_WORD),
            "lines": typesetting.paragraphs([line(text, LONGEST_WORD) for text in lines]),
            "partner": line(partner),
            "ways": [{"way": way.value, "words": WORDS[lang].get(way, "")} for way in ways],
        },
    )


def slide(
    *, title: str, lines: Sequence[str], link: str, caption: str, partner: str = "", lang: Language, house: House
) -> bytes:
    """Set a slide of 16 by 9: the title, lines below it, and a code that leads to `link`, with what it is for."""
    return typesetting.typeset(
        "slide.typ",
        {
            **_head(title, lang, house),
            "heading": line(title, LONGEST_WORD),
            "lines": typesetting.paragraphs([line(text) for text in lines]),
            "partner": line(partner),
            **_code(link, caption, lang),
        },
    )


def notice(
    *,
    title: str,
    lead: str,
    facts: Sequence[tuple[str, str]],
    points: tuple[str, Sequence[str]],
    link: str,
    caption: str,
    lang: Language,
    house: House,
) -> bytes:
    """Set a notice on A4 for a board or a counter: what it is, the facts (name, value), points, a code to register."""
    heading, listed = points
    return typesetting.typeset(
        "notice.typ",
        {
            **_head(title, lang, house),
            "heading": line(title, LONGEST_WORD),
            "lead": line(lead),
            "facts": [[line(name), line(value)] for name, value in facts if value.strip()],
            "points-heading": line(heading),
            "points": typesetting.paragraphs([line(point) for point in listed]),
            **_code(link, caption, lang),
        },
    )


def note(*, kicker: str, text: str, lang: Language, house: House) -> bytes:
    """Set a note for the press: `text` with its heading in the first line, its paragraphs between empty ones."""
    first, _break, rest = text.partition("\n")
    return typesetting.typeset(
        "note.typ",
        {
            **_head(first, lang, house),
            "kicker": line(kicker),
            "heading": line(first),
            "paragraphs": typesetting.paragraphs(rest.split("\n\n")),
        },
    )


def _head(title: str, lang: Language, house: House) -> dict[str, Any]:
    told = line(title)
    return {"lang": lang, "title": told, "title-short": typesetting.shortened(told), **typesetting.house_data(house)}


def _code(link: str, caption: str, lang: Language) -> dict[str, Any]:
    return {
        "code": qr.drawing(link),
        "code-alternative": WORDS[lang]["code"].format(link=link),
        "link": line(link.removeprefix("https://").removeprefix("http://").rstrip("/")),
        "caption": line(caption),
    }
