"""Keeps public pages for an instant in front of Django, so that a crowd costs one rendering (docs/decisions).

A view says with `keep` that its page is the same for everybody. The layer then answers visitors from memory for at most
two seconds, counted from before the page was rendered. Whoever has a session, a message or has just sent something is
always answered by Django. The layer itself knows nothing of Django and runs in each web process on its own.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeAlias
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from wegweiser.kernel.kept import looking_once
from wegweiser.web.accepts import takes_gzip

MARK = "X-Wegweiser-Keep"  # from the view to the layer, never sent on
PAGE, ONCE, NOTHING_CHANGED = "page", "once", "nothing-changed"
FRESH_COOKIE = "wegweiser_fresh"  # who has just sent something sees no kept page while an older one may be about

MOST_SECONDS = 2.0
RENEW_SECONDS = 1.0  # from here on one request renders anew while the others still get the page
MOST_BYTES = 8 * 2**20
QUERY_BYTES = MOST_BYTES // 4  # pages with a query string share this, so that made-up ones displace only each other
LARGEST_PAGE = 2**19
LONGEST_QUERY = 256
SMALLEST_GZIP = 1_000

TURN_SECONDS = 0.05  # how long a page waits for its turn, at most

SHARED = "public, max-age=0, must-revalidate"
OWN = "private, max-age=0, must-revalidate"
VARY = "Accept-Encoding, Cookie, HX-Request"

_turn = threading.RLock()

Key: TypeAlias = tuple[str, ...]
Headers: TypeAlias = list[tuple[str, str]]


def keep(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a page that is the same for everybody who is not logged in. Its language must follow from its path."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with in_turn(), looking_once():
            response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.has_header(MARK):
            response[MARK] = PAGE
        return response

    return kept


@contextmanager
def in_turn() -> Iterator[None]:
    """One page after the other, where the database is part of this process.

    SQLite hands the interpreter over with each row it reads. Threads that render at once take it from each other a
    hundred times a page, and all of them are ready later than one after the other. No page waits longer than
    TURN_SECONDS: one that takes long holds up nobody.
    """
    is_mine = connection.vendor == "sqlite" and _turn.acquire(timeout=TURN_SECONDS)
    try:
        yield
    finally:
        if is_mine:
            _turn.release()


def not_this_one(response: HttpResponse) -> None:
    """Leave one answer of a view that is kept otherwise to this reader: others shall get a newer one."""
    response[MARK] = ONCE


def must_be_new(request: HttpRequest) -> bool:
    """Whether a reader may have changed something a moment ago, or is logged in: they see what is true now."""
    return FRESH_COOKIE in request.COOKIES or settings.SESSION_COOKIE_NAME in request.COOKIES


def changes_nothing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose POST stores nothing: whoever sent it may be answered from memory afterwards.

    What it keeps of GET stays kept.
    """

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not response.has_header(MARK):
            response[MARK] = NOTHING_CHANGED
        return response

    return marked


def _part(environ: WSGIEnvironment) -> str:
    """What htmx asks for: a part of the page, or (going back in the history) the whole."""
    if environ.get("HTTP_HX_REQUEST") != "true":
        return ""
    return "restored" if environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST") == "true" else "fragment"


@dataclass(frozen=True)
class Page:
    """One page ready to send. `born` is the moment before its rendering began."""

    born: float
    headers: Headers  # without length, encoding and tag
    body: bytes
    zipped: bytes  # empty where compressing does not help
    tag: str

    @property
    def size(self) -> int:
        return len(self.body) + len(self.zipped) + sum(len(name) + len(value) for name, value in self.headers)


@dataclass
class Store:
    """Pages by key, the least recently used forgotten first once they weigh more than `most` bytes."""

    most: int
    size: int = 0
    pages: "OrderedDict[Key, Page]" = field(default_factory=OrderedDict)

    def get(self, key: Key) -> Page | None:
        page = self.pages.get(key)
        if page is not None:
            self.pages.move_to_end(key)
        return page

    def put(self, key: Key, page: Page) -> None:
        self.drop(key)
        self.pages[key] = page
        self.size += page.size
        while self.size > self.most:
            _key, oldest = self.pages.popitem(last=False)
            self.size -= oldest.size

    def drop(self, key: Key) -> None:
        previous = self.pages.pop(key, None)
        if previous is not None:
            self.size -= previous.size


class PageCache:
    """A WSGI application around another one. `personal` names the cookies of those who are answered by it alone."""

    def __init__(
        self,
        application: WSGIApplication,
        *,
        personal: Iterable[str],
        secure: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.application = application
        self.personal = frozenset({*personal, FRESH_COOKIE})
        self.secure = secure
        self.now = now
        self.lock = threading.Lock()
        self.plain = Store(MOST_BYTES - QUERY_BYTES)
        self.queried = Store(QUERY_BYTES)
        self.rendering: dict[Key, threading.Event] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._sent(environ, start_response)
        cookies = _cookie_names(environ.get("HTTP_COOKIE", ""))
        query = environ.get("QUERY_STRING", "")
        if cookies & self.personal or "HTTP_AUTHORIZATION" in environ or len(query) > LONGEST_QUERY:
            return self._passed(environ, start_response)
        key, store = _key(environ), self.queried if query else self.plain
        arrived = self.now()
        page, mine = self._find(key, store, arrived)
        if page is not None:
            return _answer(page, environ, start_response)
        # Only who brings no cookie at all may fill the store: a page with a form then shows by the cookie it sets.
        if cookies or environ["REQUEST_METHOD"] == "HEAD":
            self._done(key, mine)
            return self._passed(environ, start_response, caching=OWN if cookies else SHARED)
        try:
            return self._render(key, store, environ, start_response)
        finally:
            self._done(key, mine)

    def _find(self, key: Key, store: Store, arrived: float) -> tuple[Page | None, threading.Event | None]:
        """A page that may be shown, or None and, where others shall wait for this rendering, what they wait for."""
        while True:
            with self.lock:
                page = store.get(key)
                if page is None:
                    return None, None  # whether it will be kept is not known yet, so nobody waits for it
                age = self.now() - page.born
                other = self.rendering.get(key)
                # As fresh as a rendering of one's own, or young enough; the first to see it ageing renews it.
                if page.born >= arrived or age < RENEW_SECONDS or (other and age < MOST_SECONDS):
                    return page, None
                if other is None:
                    mine = self.rendering[key] = threading.Event()
                    return None, mine
            other.wait()

    def _done(self, key: Key, mine: threading.Event | None) -> None:
        if mine is not None:
            with self.lock:
                self.rendering.pop(key, None)
            mine.set()

    def _render(
        self, key: Key, store: Store, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        born = self.now()
        status, headers, rest, chunks = _call(self.application, environ)
        page = None
        if _mark(headers) == PAGE and status.startswith("200 ") and not _sets_cookie(headers):
            try:
                body = b"".join(chunks)
            finally:
                _close(chunks)
            page = _page(born, headers, body)
            chunks = [body]
        with self.lock:
            if page is not None and page.size <= LARGEST_PAGE:
                store.put(key, page)
            else:
                store.drop(key)
        if page is not None:
            return _answer(page, environ, start_response)
        start_response(status, _without_mark(headers), *rest)
        return chunks

    def _passed(
        self, environ: WSGIEnvironment, start_response: StartResponse, *, caching: str = OWN
    ) -> Iterable[bytes]:
        """Django's own answer. A page that others may get from memory is this reader's alone."""
        status, headers, rest, chunks = _call(self.application, environ)
        if _mark(headers) == PAGE:
            headers = _with(headers, _caching(headers, caching))
        start_response(status, _without_mark(headers), *rest)
        return chunks

    def _sent(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status, headers, rest, chunks = _call(self.application, environ)
        if _mark(headers) != NOTHING_CHANGED:
            seconds = int(MOST_SECONDS) + 1
            secure = "; Secure" if self.secure else ""
            cookie = f"{FRESH_COOKIE}=1; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax{secure}"
            headers = [*headers, ("Set-Cookie", cookie)]
        start_response(status, _without_mark(headers), *rest)
        return chunks


def _key(environ: WSGIEnvironment) -> Key:
    """What a page depends on. Its language is in its path; a foreign host is refused by Django and never kept."""
    return (
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", "")[:8],
        environ.get("HTTP_HOST", "")[:255],
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        _part(environ),
        "restore" if environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST") == "true" else "",
    )


def _call(application: WSGIApplication, environ: WSGIEnvironment) -> tuple[str, Headers, tuple[Any, ...], Any]:
    given: list[Any] = []

    def start(status: str, headers: Headers, *rest: Any) -> Callable[[bytes], object]:
        given[:] = [status, list(headers), rest]
        return lambda _data: None

    chunks = application(environ, start)  # Django names status and headers before it returns
    status, headers, rest = given
    return status, headers, rest, chunks


def _close(chunks: Any) -> None:
    if hasattr(chunks, "close"):
        chunks.close()


def _mark(headers: Headers) -> str:
    return next((value for name, value in headers if name == MARK), "")


def _sets_cookie(headers: Headers) -> bool:
    return any(name.lower() == "set-cookie" for name, _value in headers)


def _without_mark(headers: Headers) -> Headers:
    return [row for row in headers if row[0] != MARK]


def _with(headers: Headers, wanted: dict[str, str]) -> Headers:
    replaced = {name.lower() for name in wanted}
    return [*(row for row in headers if row[0].lower() not in replaced), *wanted.items()]


def _caching(headers: Headers, wanted: str) -> dict[str, str]:
    """How browsers and proxies may keep a page. What its view says of that stays."""
    said = any(name.lower() == "cache-control" for name, _value in headers)
    return {"Vary": VARY} if said else {"Cache-Control": wanted, "Vary": VARY}


def _page(born: float, headers: Headers, body: bytes) -> Page:
    dropped = {MARK.lower(), "content-length", "etag"}
    kept = [row for row in _with(headers, _caching(headers, SHARED)) if row[0].lower() not in dropped]
    zipped = gzip.compress(body, 6, mtime=0) if len(body) >= SMALLEST_GZIP else b""
    return Page(born, kept, body, zipped, hashlib.blake2b(body, digest_size=12).hexdigest())


def _answer(page: Page, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    zipped = bool(page.zipped) and takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    tag = f'"{page.tag}-gzip"' if zipped else f'"{page.tag}"'
    headers = [*page.headers, ("ETag", tag)]
    if _matches(environ.get("HTTP_IF_NONE_MATCH", ""), tag):
        start_response("304 Not Modified", [row for row in headers if row[0].lower() != "content-type"])
        return []
    body = page.zipped if zipped else page.body
    if zipped:
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _cookie_names(header: str) -> set[str]:
    return {part.partition("=")[0].strip() for part in header.split(";")} - {""}


def _matches(header: str, tag: str) -> bool:
    return header.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in header.split(",")}
