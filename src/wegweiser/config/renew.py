"""A web process sees by itself that the catalogue has changed and makes its lists anew, so that no visitor does it.
The matching is renewed in the same way.

Building the search takes a fifth of a second with a hundred offers, and a list whose cards are all new twice the time
of another one. A thread looks twice a second, builds, and then renders each list once. Until it is ready visitors get
what was, which `PageCache` does not keep; whoever has changed something waits for what is (`must_be_new`).
"""

import io
import logging
import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import close_old_connections
from django.urls import reverse
from django.utils.translation import override

from wegweiser.catalogue import matches, search
from wegweiser.catalogue.search import Wish
from wegweiser.kernel.translated import LANGUAGES
from wegweiser.web.public import sections
from wegweiser.web.ui import navigation

LOOK_SECONDS = search.LOOKED_SECONDS / 2
MOST_PAGES = 4  # of each list: more would drive each other out of the kept cards
log = logging.getLogger(__name__)

Application = Callable[..., Any]


def run(application: Application, *, pause: float = LOOK_SECONDS) -> None:
    """Look again and again. Without the database visitors build the search, or get their error page, as ever."""
    failed = False
    while True:
        try:
            look(application)
            failed = False
        except Exception:
            if not failed:
                log.warning("The lists could not be made anew; visitors will do it.", exc_info=True)
            failed = True
        finally:
            close_old_connections()  # as after a request
        time.sleep(pause)


def look(application: Application) -> bool:
    """Make the lists anew where the catalogue has changed, and whether it had. The matching is renewed as well, which
    an answered enquiry changes, too."""
    try:
        return _look(application)
    finally:
        matches.keep_up()


def _look(application: Application) -> bool:
    was_outdated = search.keep_up()
    if was_outdated or not navigation.is_told():  # a visitor may have built the first search
        _leave_out_what_is_empty()
    if not was_outdated:
        return False
    for path in _lists():
        seen = 1
        for number in range(1, MOST_PAGES + 1):
            text = _get(application, path, f"seite={number}" if number > 1 else "")
            seen = max([seen, *map(int, re.findall(r"[?&;]seite=(\d+)", text))])
            search.keep_up()
            if number >= seen:
                break
    return True


def _leave_out_what_is_empty() -> None:
    """The menus name the lists of those kinds of which there is anything. Dates come and go: theirs is always named."""
    count = search.find(Wish()).counts["kind"]
    with override(settings.LANGUAGE_CODE):
        empty = [row for kind, row in sections.BY_KIND.items() if row != sections.EVENTS and not count.get(kind)]
        navigation.leave_out(reverse(row.url_name) for row in empty)


def _lists() -> Iterator[str]:
    for language in LANGUAGES:
        with override(language):
            yield from (reverse(section.url_name) for section in (sections.EVERYTHING, *sections.BY_KIND.values()))


def _get(application: Application, path: str, query: str) -> str:
    """A page as a visitor without cookies gets it."""
    address = urlsplit(settings.BASE_URL)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": address.hostname or "localhost",
        "SERVER_PORT": str(address.port or 80),
        "HTTP_HOST": address.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": address.scheme or "http",
        "wsgi.input": io.BytesIO(),
    }
    response = application(environ, lambda *_told: None)
    try:
        return b"".join(response).decode()
    finally:
        response.close()
