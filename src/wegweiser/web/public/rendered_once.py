"""A page that is rendered once for all who are shown the same, with what is each one's own put in."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from wegweiser.consortium import directory
from wegweiser.kernel import stand_ins
from wegweiser.kernel.kept import Recent, looking_once
from wegweiser.kernel.stand_ins import Gaps, stand_in

_SIGN = re.compile(r'(<input type="hidden" name="csrfmiddlewaretoken" value=")[^"]*')
_pages: Recent[Gaps] = Recent(200)


class Own:
    """What is one visitor's own on a page, each by a name. With `apart=False` the page is rendered with the values."""

    def __init__(self, *, apart: bool) -> None:
        self.apart = apart
        self.values: dict[str, str] = {}

    def text(self, name: str, value: str) -> str:
        """`value`, which the page may show or have in an attribute or address, and nothing else; "" stays as it is."""
        if not self.apart or not value:
            return value
        self.values[stand_in(name)] = escape(value)
        return stand_in(name)

    def drawing(self, name: str, value: SafeString) -> SafeString:
        """The same of what must not be escaped."""
        if not self.apart:
            return value
        self.values[stand_in(name)] = value
        return mark_safe(stand_in(name))  # noqa: S308 - a number of ours


def page(request: HttpRequest, template: str, context: Mapping[str, Any], own: Own, *, secret: str) -> HttpResponse:
    """`template` with `context`, which has no values but plain ones; `secret` is what the page's address has in it.

    Only for an address without parameters, and a visitor of whom the page's frame says nothing.
    """
    with looking_once():  # the frame asks for the centre, too
        return _page(request, template, context, own, secret)


def _page(request: HttpRequest, template: str, context: Mapping[str, Any], own: Own, secret: str) -> HttpResponse:
    number = directory.centre.versioned()[0]
    key = (template, request.get_host(), request.scheme, get_language(), number, stand_ins.key(context))
    sign, address = stand_in("csrfmiddlewaretoken"), stand_in("secret")

    def make() -> Gaps:
        text = render(request, template, dict(context)).content.decode().replace(secret, address)
        return Gaps(_SIGN.sub(rf"\g<1>{sign}", text), [sign, address, *own.values])

    found = _pages.take(key, make)
    return HttpResponse(found.filled({sign: get_token(request), address: secret, **own.values}))
