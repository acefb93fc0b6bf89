"""Hands out the collected static files from memory, each compressed once: when somebody first asks for it."""

import gzip
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from wegweiser.web.accepts import takes_gzip

YEAR = "public, max-age=31536000, immutable"
REVALIDATE = "public, max-age=0, must-revalidate"
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")  # the name changes with the content
TEXTS = {".css", ".js", ".svg", ".json", ".txt", ".md"}
LARGEST = 2**20  # what is larger does not belong on a page
TYPES = {".woff2": "font/woff2", ".js": "text/javascript", ".svg": "image/svg+xml", ".md": "text/plain"}


@dataclass
class File:
    headers: list[tuple[str, str]]
    body: bytes
    is_text: bool

    @cached_property
    def zipped(self) -> bytes:
        """Empty where compressing does not help. All files together would take the first page a tenth of a second."""
        zipped = gzip.compress(self.body, 9, mtime=0) if self.is_text else b""
        return zipped if len(zipped) < len(self.body) else b""


class StaticFiles:
    """A WSGI application that answers below `prefix` and leaves the rest to another one."""

    def __init__(self, application: WSGIApplication, *, prefix: str, root: Path) -> None:
        self.application = application
        self.prefix = prefix
        self.files = {
            f"{prefix}{path.relative_to(root).as_posix()}": _file(path)
            for path in sorted(root.rglob("*"))
            if path.is_file() and path.stat().st_size <= LARGEST
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        file = self.files.get(path)
        if file is None or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self.application(environ, start_response)
        zipped = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) and bool(file.zipped)
        body = file.zipped if zipped else file.body
        headers = [*file.headers, ("Content-Length", str(len(body)))]
        if zipped:
            headers.append(("Content-Encoding", "gzip"))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _file(path: Path) -> File:
    body = path.read_bytes()
    text = path.suffix in TEXTS
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = [
        ("Content-Type", f"{kind}; charset=utf-8" if text else kind),
        ("Cache-Control", YEAR if HASHED.search(path.name) else REVALIDATE),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if text:
        headers.append(("Vary", "Accept-Encoding"))
    return File(headers, body, text)
