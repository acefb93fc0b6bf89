"""The empty form of an event: rendered once for everything that it shows, with what is each visitor's own put in.

When registration opens, many ask for the same form at once, and a form costs more to render than all its queries. The
key holds every value that the page shows, so it is never an old one; nothing is kept for a time.
"""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import escape
from django.utils.translation import get_language

from wegweiser.consortium import directory
from wegweiser.events import inviting
from wegweiser.events.models import Event, Question
from wegweiser.events.queries import Room
from wegweiser.kernel.kept import Recent
from wegweiser.web import page_cache
from wegweiser.web.cookies import COMPANY_COOKIE
from wegweiser.web.public import enrolment

MESSAGES = "messages"  # the cookie with which Django shows them on the next page
# What no two visitors have in common: Django's sign that it came from us, the form's number, and when it was made.
PLACES = "\N{INVISIBLE SEPARATOR}places\N{INVISIBLE SEPARATOR}"
_OWN = re.compile(rf'(<input type="hidden" name="(csrfmiddlewaretoken|submission|stamp)" value=")[^"]*|{PLACES}')


@dataclass(frozen=True)
class _Page:
    """The page between the values that are each visitor's own, and in which order these come."""

    parts: Sequence[str]
    names: Sequence[str]

    def filled(self, own: Mapping[str, str]) -> str:
        found = [self.parts[0]]
        for name, part in zip(self.names, self.parts[1:], strict=True):
            found += [own[name], part]
        return "".join(found)


_pages: Recent[_Page] = Recent(200)


def is_for_everybody(request: HttpRequest) -> bool:
    """Whether this visitor gets what every other gets: nobody is logged in or was invited, nothing is to be said."""
    invited = inviting.PARAMETER in request.GET  # their form carries who they are
    return is_by_nobody(request) and not invited and not page_cache.must_be_new(request)


def is_by_nobody(request: HttpRequest) -> bool:
    """Whether somebody only looks, and the page's frame says nothing of them: not logged in, nothing to be said."""
    personal = {COMPANY_COOKIE, MESSAGES, settings.SESSION_COOKIE_NAME}
    plain = request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request")
    return plain and personal.isdisjoint(request.COOKIES)


def shown(
    request: HttpRequest, event: Event, rooms: Sequence[Room], questions: Sequence[Question], closed: str
) -> Hashable:
    """Everything that the page shows, as one key; how many places are left is put in, where it stands by itself."""
    entry = event.draft.entry
    counted = len(rooms) > 1  # then each way of taking part says what is left of it
    seen = [
        *(_values(row) for row in (event, event.draft, *([entry] if entry else []), *questions)),
        *(
            (_values(room.pool), enrolment.is_closed(room.pool), room.fits(1, fill=event.fill), room.somebody_waits)
            for room in rooms
        ),
        [room.free for room in rooms] if counted else (),
    ]
    number = directory.centre.versioned()[0]
    return request.get_host(), request.get_full_path(), get_language(), number, closed, repr(seen)


def _values(row: Model) -> list[object]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def page(
    request: HttpRequest, key: Hashable, render: Callable[[], HttpResponse], *, places: str, own: Mapping[str, str]
) -> HttpResponse:
    """The page as `render` makes it of a new form that says PLACES for what is left, with these `places`.

    `own` is this visitor's number of the form and when it was made: {submission, stamp}.
    """

    def make() -> _Page:
        pieces = _OWN.split(render().content.decode())
        # text, the field up to its value, its name, text, …
        texts = [text + (begin or "") for text, begin in zip(pieces[0::3], [*pieces[1::3], ""], strict=True)]
        return _Page(texts, [name or PLACES for name in pieces[2::3]])

    values = {**own, "csrfmiddlewaretoken": get_token(request), PLACES: escape(places)}
    return HttpResponse(_pages.take(key, make).filled(values))
