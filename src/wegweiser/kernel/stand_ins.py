"""Texts that are made once for many: what is one person's own is stood in for while they are made, then put in.

Whatever else a text is made with is its key, so it is never an old one. What nobody named as somebody's own is in the
key as it is: then it was made for one alone, and nobody else is shown it.
"""

import dataclasses
import datetime as dt
import re
import uuid
from collections.abc import Hashable, Iterable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString

_OURS = uuid.uuid4()  # nobody outside this process can write what stands for something
_SIMPLE = (str, SafeString, int, bool, range, dt.date, dt.datetime, uuid.UUID, type(None))


@lru_cache(maxsize=2_000)
def stand_in(name: str) -> str:
    """What a text is made with in place of the value called `name`: neither an address nor an escape changes it."""
    return str(uuid.uuid5(_OURS, name))  # the same in all threads, however many make it at once


class Gaps:
    """A text with gaps where each of `stand_ins` stood."""

    def __init__(self, text: str, stand_ins: Iterable[str]) -> None:
        sought = "|".join(stand_ins)
        pieces = re.split(f"({sought})", text) if sought else [text]
        self.parts = list(zip(pieces[0::2], [*pieces[1::2], ""], strict=True))

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with these `values`, by what stood for them."""
        values = {**values, "": ""}
        return "".join([text + values[name] for text, name in self.parts])


_names: dict[type, tuple[str, ...]] = {}


def _fields(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields; none of any other class."""
    found = _names.get(kind)
    if found is None:
        fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
        found = _names[kind] = tuple(field.name for field in fields)
    return found


def key(value: Any) -> Hashable:
    """`value` as a part of a key, with the kind of everything in it. Raises TypeError where it could change."""
    kind = type(value)
    if kind in _SIMPLE:
        return kind, value
    if isinstance(value, Enum):
        return kind, value.value
    if kind in {list, tuple}:
        return kind, tuple([key(one) for one in value])
    if kind is frozenset:
        return kind, frozenset([key(one) for one in value])
    if kind is dict:
        return kind, tuple([(name, key(one)) for name, one in value.items()])
    if isinstance(value, Promise):  # a text that is looked up late: what it says now
        return str, str(value)
    if names := _fields(kind):
        return kind, tuple([key(getattr(value, name)) for name in names])
    raise TypeError(f"{kind.__name__} says not all of itself.")
