"""Bytes on disk, named by their content: the same twice is one file, and a name never changes its meaning."""

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from wegweiser.kernel import clock

DIGEST = re.compile(r"[0-9a-f]{64}")


def folder() -> Path:
    return Path(settings.HOME) / "files"


def path(digest: str) -> Path:
    """Where `digest` lies, whether it is there or not. Raises ValueError for what is no digest."""
    if not DIGEST.fullmatch(digest):
        raise ValueError("A file is named by its SHA-256.")
    return folder() / digest[:2] / digest


def put(data: bytes) -> str:
    """Store `data` and return its digest. A reader sees the whole file or none."""
    digest = hashlib.sha256(data).hexdigest()
    wanted = path(digest)
    moment = clock.now().timestamp()
    if wanted.exists():
        os.utime(wanted, (moment, moment))  # it is young again: whoever clears up leaves it to us
        return digest
    wanted.parent.mkdir(parents=True, exist_ok=True)
    part = wanted.with_name(f".{digest}.{os.getpid()}.{os.urandom(4).hex()}")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.utime(part, (moment, moment))
    part.replace(wanted)
    return digest


def read(digest: str) -> bytes | None:
    """The bytes of `digest`, or None where they are not there."""
    try:
        return path(digest).read_bytes()
    except (FileNotFoundError, ValueError):
        return None


def last_put(digest: str) -> dt.datetime | None:
    """When the file was last put; None where it is not there."""
    try:
        return dt.datetime.fromtimestamp(path(digest).stat().st_mtime, dt.UTC)
    except (FileNotFoundError, ValueError):
        return None


def stored() -> Iterator[tuple[str, dt.datetime]]:
    """Every file with the moment it was last put."""
    for found in folder().glob("??/*"):
        if DIGEST.fullmatch(found.name):
            yield found.name, dt.datetime.fromtimestamp(found.stat().st_mtime, dt.UTC)


def remove(digest: str) -> None:
    path(digest).unlink(missing_ok=True)
