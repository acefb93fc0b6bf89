"""A page that is rendered once for all who are shown the same, with what is each one's own put in.

What a page is rendered with is its key, so it is never an old one. What nobody has named as somebody's own is in the
key as it is: then it was rendered for one alone, and nobody else is shown it.
"""

import dataclasses
import datetime as dt
import re
import uuid
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from wegweiser.consortium import directory
from wegweiser.kernel.kept import Recent

_SIGN = re.compile(r'(<input type="hidden" name="csrfmiddlewaretoken" value=")[^"]*')
_SIMPLE = (str, SafeString, int, bool, range, dt.date, dt.datetime, uuid.UUID, type(None))
_OURS = uuid.uuid4()  # nobody outside this process can write what stands for something
Part = tuple[str, str]  # a text, and what stands for the value after it
_pages: Recent[list[Part]] = Recent(200)


@lru_cache(maxsize=2_000)
def _stand_in(name: str) -> str:
    """What a page is rendered with in place of a value: neither an address nor an escape changes it."""
    return str(uuid.uuid5(_OURS, name))  # the same in all threads, however many make it at once


class Own:
    """What is one visitor's own on a page, each by a name. With `apart=False` the page is rendered with the values."""

    def __init__(self, *, apart: bool) -> None:
        self.apart = apart
        self.values: dict[str, str] = {}

    def text(self, name: str, value: str) -> str:
        """`value`, which the page may show or have in an attribute or address, and nothing else; "" stays as it is."""
        if not self.apart or not value:
            return value
        self.values[_stand_in(name)] = escape(value)
        return _stand_in(name)

    def drawing(self, name: str, value: SafeString) -> SafeString:
        """The same of what must not be escaped."""
        if not self.apart:
            return value
        self.values[_stand_in(name)] = value
        return mark_safe(_stand_in(name))  # noqa: S308 - a number of ours


def page(request: HttpRequest, template: str, context: Mapping[str, Any], own: Own, *, secret: str) -> HttpResponse:
    """`template` with `context`, which has no values but plain ones; `secret` is what the page's address has in it.

    Only for an address without parameters, and a visitor of whom the page's frame says nothing.
    """
    number = directory.centre.versioned()[0]
    key = (template, request.get_host(), get_language(), number, request.scheme, _plain(context))
    sign, address = _stand_in("csrfmiddlewaretoken"), _stand_in("secret")

    def make() -> list[Part]:
        text = render(request, template, dict(context)).content.decode().replace(secret, address)
        text = _SIGN.sub(rf"\g<1>{sign}", text)
        pieces = re.split("|".join(rf"({name})" for name in (sign, address, *own.values)), text)
        return _parts([piece for piece in pieces if piece is not None])

    parts = _pages.take(key, make)
    values = {sign: get_token(request), address: secret, "": "", **own.values}
    return HttpResponse("".join([text + values[name] for text, name in parts]))


def _parts(pieces: list[str]) -> list[Part]:
    """Text, value, text, …, text."""
    return list(zip(pieces[0::2], [*pieces[1::2], ""], strict=True))


def _plain(value: Any) -> Hashable:
    """`value` as a part of a key, with the kind of everything in it. Raises TypeError where it could change."""
    kind = type(value)
    if kind in _SIMPLE:
        return kind, value
    if kind in {list, tuple}:
        return kind, tuple([_plain(one) for one in value])
    if kind is dict:
        return kind, tuple([(name, _plain(one)) for name, one in value.items()])
    if dataclasses.is_dataclass(value):
        return kind, tuple([_plain(getattr(value, field.name)) for field in dataclasses.fields(value)])
    raise TypeError(f"{kind.__name__} says not all of itself.")
