"""Texts with gaps: `{name}` is filled in, and what depends on an unknown one is left out.

A part in square brackets falls away where one of its gaps is empty (inner parts count for themselves); outside of
brackets the whole line does. So no text ever says "in ." or "None". Brackets around no gap are brackets.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

GAP = re.compile(r"\{([^{}\n]*)\}")
_SIGN = re.compile(r"\{[^{}\n]*\}|[\[\]]|[^\[\]{]+|\{")


@dataclass(frozen=True)
class Filled:
    """A finished text, and the gaps for which nothing was known, in their order."""

    text: str
    missing: tuple[str, ...]


def gaps(words: str) -> tuple[str, ...]:
    """The names of the gaps in `words`, each once, in their order.

    >>> gaps("{titel} am {tag}, {titel}")
    ('titel', 'tag')
    """
    return tuple(dict.fromkeys(GAP.findall(words)))


def unknown(words: str, names: Collection[str]) -> tuple[str, ...]:
    """Gaps that nothing fills, such as a mistyped one."""
    return tuple(name for name in gaps(words) if name not in names)


def is_even(words: str) -> bool:
    """Whether each square bracket has its other one."""
    depth = 0
    for sign in words:
        depth += {"[": 1, "]": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def is_closed(words: str) -> bool:
    """Whether each brace has its other one, so that no `{titel` goes out as it stands.

    >>> is_closed("{titel} am {tag}"), is_closed("{titel am {tag}")
    (True, False)
    """
    return not re.search(r"[{}]", GAP.sub("", words))


def fill(words: str, values: Mapping[str, str]) -> Filled:
    """`words` with `values`; a name that `values` does not have counts as unknown.

    >>> fill("Wann: {tag}[, {uhrzeit}]\\nWo: {ort}", {"tag": "Montag"})
    Filled(text='Wann: Montag', missing=('uhrzeit', 'ort'))
    """
    known = {name: value.strip() for name, value in values.items() if value and value.strip()}
    part, _closed = _part(iter(_SIGN.findall(words)), known)
    lines = [_left(line) for line in "".join(part.pieces).split("\n")]
    text = "\n".join(line for line in lines if line is not None)
    return Filled(_tidy(text), tuple(name for name in gaps(words) if name not in known))


_LACKS = "\x00"  # marks a line in which something outside of brackets is not known
_GONE = "\x02"  # where a part in brackets was
_WITHIN = "\x01"  # stands for a line break in a value: a dropped line takes no other with it


@dataclass
class _Part:
    """What one pair of brackets holds, filled; `has_gap` and `lacks` are of its own gaps."""

    pieces: list[str]
    has_gap: bool = False
    lacks: bool = False
    inner: int = 0


def _part(signs: Iterator[str], known: Mapping[str, str]) -> tuple[_Part, bool]:
    part = _Part([])
    for sign in signs:
        if sign == "]":
            return part, True
        if sign == "[":
            inner, closed = _part(signs, known)
            part.pieces.append(_bracketed(inner, closed=closed))
            part.inner += inner.has_gap or inner.inner > 0
        elif GAP.fullmatch(sign):
            part.has_gap = True
            value = known.get(sign[1:-1], "")
            part.lacks = part.lacks or not value
            part.pieces.append(value.replace("\n", _WITHIN) if value else _LACKS)
        else:
            part.pieces.append(sign)
    return part, False


def _bracketed(inner: _Part, *, closed: bool) -> str:
    text = "".join(inner.pieces)
    if inner.lacks:
        return _GONE
    if not inner.has_gap and not inner.inner:  # brackets of the text's own
        return f"[{text}]" if closed else f"[{text}"
    if not inner.has_gap and not re.sub(r"\W", "", text):
        return _GONE
    return text


def _left(line: str) -> str | None:
    """What is left of a line; None where something outside of brackets is not known, or nothing is left."""
    plain = line.replace(_GONE, "")
    return None if _LACKS in line or (_GONE in line and not plain.strip()) else plain


def _tidy(text: str) -> str:
    """Without double spaces, spaces at the ends of lines and more than one empty line; values keep their lines."""
    lines = [re.sub(r"[ \t]{2,}", " ", line).strip(" \t") for line in text.replace(_WITHIN, "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n ")
