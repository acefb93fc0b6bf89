"""Bar charts as SVG text: no style, no script, readable by screen readers, the same on a page and in a PDF.

Colours are presentation attributes, which any rule of a style sheet for the classes `ww-chart-…` overrides. The
letters keep their size when a chart gets narrow only if it is drawn for that width: choose `width` for the place.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from wegweiser.documents import values
from wegweiser.documents.values import NO_BREAK_SPACE, Language, Number

BAR_COLOUR = "#14519c"
GROUND_COLOUR = "#e3e8ef"
MUTED_COLOUR = "#5b6473"
LETTERS = "Fira Sans, Helvetica, Arial, sans-serif"
LABEL_SIZE = 15  # units of the drawing; equal to pixels where the chart is shown at its own width
LINE_HEIGHT = 20
BAR_HEIGHT = 14
TARGET_OVERHANG = 4
GAP = 18
EDGE = 2
MOST_LINES = 2

WORDS = {
    "de": {"target": "Ziel", "unknown": "unbekannt", "none": "Keine Werte vorhanden"},
    "en": {"target": "target", "unknown": "unknown", "none": "No values"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One bar; a value of None is unknown and draws no length, `muted` hatches a bar that stands for "unknown"."""

    label: str
    value: Number | None
    target: Number | None = None
    muted: bool = False


def bars(
    *,
    title: str,
    description: str,
    bars: Sequence[Bar],
    unit: str = "",
    lang: Language = "de",
    width: int = 420,
    key: str = "",
) -> str:
    """Draw horizontal bars from zero, each under its label and its value.

    The ids come from the content, so that the same chart is the same text; `key` tells two equal charts on one page
    apart. Title and description are for screen readers: a page shows its own heading above the chart.
    """
    for bar in bars:
        _check(bar)
    title, description, unit = _plain(title), _plain(description), _plain(unit)
    name = _name(key, title, description, unit, lang, width, bars)
    longest = max(
        (float(figure) for bar in bars for figure in (bar.value, bar.target) if figure is not None), default=0
    )
    parts: list[str] = []
    top = 0
    for bar in bars:
        drawn, height = _bar(bar, top=top, longest=longest, unit=unit, lang=lang, width=width, name=name)
        parts.append(drawn)
        top += height + GAP
    height = max(top - GAP + EDGE, LINE_HEIGHT + 2 * EDGE)
    if not bars:
        parts.append(_text(0, LABEL_SIZE, WORDS[lang]["none"], "ww-chart-label"))
    # The ground colour inside the hatch keeps it visible on any page.
    hatch = (
        f'<defs><pattern id="{name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect class="ww-chart-hatch-ground" width="6" height="6" fill="#ffffff"/>'
        f'<rect class="ww-chart-hatch" width="2.5" height="6" fill="{MUTED_COLOUR}"/></pattern></defs>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ww-chart" role="img" lang="{lang}" '
        f'aria-labelledby="{name}-title {name}-description" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" preserveAspectRatio="xMinYMin meet" font-family="{LETTERS}" '
        f'font-size="{LABEL_SIZE}">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-description">{escape(description)}</desc>'
        f"{hatch if any(bar.muted for bar in bars) else ''}{''.join(parts)}</svg>"
    )


def _check(bar: Bar) -> None:
    for figure in (bar.value, bar.target):
        if figure is not None and (not values.is_number(figure) or figure < 0):
            raise ValueError(f"A bar has a length from zero upwards, not {figure!r}.")


def _name(*content: object) -> str:
    return "chart-" + hashlib.sha256(repr(content).encode(errors="replace")).hexdigest()[:12]


def _plain(text: str) -> str:
    """Give one line of text that XML can carry."""
    return " ".join(values.clean(text).split())


def _bar(bar: Bar, *, top: int, longest: float, unit: str, lang: Language, width: int, name: str) -> tuple[str, int]:
    label = _plain(bar.label)
    amount, note = _amount(bar, unit, lang)
    room = width - estimated_width(amount + note) - LABEL_SIZE
    beside = room >= width * 0.4  # else the value gets a line of its own
    lines = wrapped(label, room=room if beside else width)
    last_line = len(lines) - (1 if beside else 0)
    bar_top = top + (last_line + 1) * LINE_HEIGHT + 4
    drawn = ['<g class="ww-chart-row">', f"<title>{escape(f'{label}: {amount}{note}')}</title>"]
    for count, line in enumerate(lines):
        drawn.append(_text(0, top + count * LINE_HEIGHT + LABEL_SIZE, line, "ww-chart-label"))
    drawn.append(
        f'<text class="ww-chart-value" x="{width}" y="{top + last_line * LINE_HEIGHT + LABEL_SIZE}" '
        f'text-anchor="end" fill="currentColor"><tspan font-weight="600">{escape(amount)}</tspan>'
        f'{f"""<tspan fill="{MUTED_COLOUR}" class="ww-chart-note">{escape(note)}</tspan>""" if note else ""}</text>'
    )
    if bar.value is None:
        look = f'class="ww-chart-unknown" fill="none" stroke="{MUTED_COLOUR}" stroke-dasharray="4 4"'
        drawn.append(_box(0.5, bar_top + 0.5, width - 1, BAR_HEIGHT - 1, look))
    else:
        drawn.append(_box(0, bar_top, width, BAR_HEIGHT, f'class="ww-chart-ground" fill="{GROUND_COLOUR}"'))
    length = _length(bar.value, longest, width)
    if length and bar.muted:
        look = f'class="ww-chart-muted" fill="url(#{name}-hatch)" stroke="{MUTED_COLOUR}" stroke-width="1.5"'
        drawn.append(_box(0.75, bar_top + 0.75, max(length - 1.5, 0.5), BAR_HEIGHT - 1.5, look))
    elif length:
        drawn.append(_box(0, bar_top, length, BAR_HEIGHT, f'class="ww-chart-bar" fill="{BAR_COLOUR}"'))
    elif bar.value is not None:  # zero keeps a foot, so that the row is not taken for an unfinished drawing
        drawn.append(_box(0, bar_top, EDGE, BAR_HEIGHT, f'class="ww-chart-zero" fill="{MUTED_COLOUR}"'))
    if bar.target is not None:
        x = min(_length(bar.target, longest, width), width - 3)
        tall = BAR_HEIGHT + 2 * TARGET_OVERHANG
        # The white edge separates the mark from the bar where they meet.
        look = 'class="ww-chart-target" fill="currentColor" stroke="#ffffff" stroke-width="1"'
        drawn.append(_box(x, bar_top - TARGET_OVERHANG, 3, tall, look))
    drawn.append("</g>")
    overhang = TARGET_OVERHANG if bar.target is not None else 0
    return "".join(drawn), bar_top + BAR_HEIGHT + overhang - top


def _amount(bar: Bar, unit: str, lang: Language) -> tuple[str, str]:
    words = WORDS[lang]
    if bar.value is None:
        amount = words["unknown"]
    else:
        amount = values.number(bar.value, lang) + (f"{NO_BREAK_SPACE}{unit}" if unit else "")
    note = "" if bar.target is None else f" ({words['target']} {values.number(bar.target, lang)})"
    return amount, note


def _length(value: Number | None, longest: float, width: int) -> float:
    """Give a length in proportion; what is more than nothing never vanishes."""
    if not value or not longest:
        return 0.0
    return max(round(float(value) / longest * width, 2), 3.0)


def _box(x: float, y: float, width: float, height: float, look: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="1.5" {look}/>'


def _text(x: float, y: float, text: str, css_class: str) -> str:
    return f'<text class="{css_class}" x="{x:g}" y="{y:g}" fill="currentColor">{escape(text)}</text>'


# --- Room for letters ----------------------------------------------------------------------------------------------

# Widths in parts of the letter size, measured on Fira Sans and rounded up: a label rather breaks early than runs over.
_NARROW = frozenset("ijlIJrtf.,:;'|!()[]{}-/\\ " + NO_BREAK_SPACE)
_WIDE = frozenset("mwMWQOGÖ@%&—…€")


def estimated_width(text: str) -> float:
    """Estimate how many units a line of label text takes."""
    return LABEL_SIZE * sum(_share(sign) for sign in text)


def _share(sign: str) -> float:
    if sign in _NARROW:
        return 0.38
    if sign in _WIDE:
        return 0.9
    if ord(sign) >= 0x1100:  # full-width scripts and pictures
        return 1.1
    return 0.68 if sign.isupper() else 0.6


def wrapped(label: str, *, room: float) -> list[str]:
    """Break a label into at most two lines, at spaces, hyphens and slashes if possible; then comes an ellipsis."""
    lines: list[str] = []
    rest = label
    while rest and len(lines) < MOST_LINES:
        end = _fitting(rest, room)
        if end < len(rest):
            if len(lines) == MOST_LINES - 1:
                lines.append(rest[: max(_fitting(rest, room - LABEL_SIZE), 1)].rstrip() + "…")
                return lines
            breaks = [
                match.end() for match in re.finditer(r"[\s/\-]+", rest) if len(rest[: match.end()].rstrip()) <= end
            ]
            if not breaks:
                end = max(_fitting(rest, room - LABEL_SIZE * _share("-")), 1)
                lines.append(rest[:end] + "-")
                rest = rest[end:]
                continue
            end = breaks[-1]
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return lines or [""]


def _fitting(text: str, room: float) -> int:
    """Count the letters that fit, at least one."""
    used = 0.0
    for count, sign in enumerate(text):
        used += LABEL_SIZE * _share(sign)
        if used > room:
            return max(count, 1)
    return len(text)
