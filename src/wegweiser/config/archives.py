"""A backup as one file: a compressed tar of the database, the uploaded files and, last, a list with their SHA-256.

It is read from front to back and nothing in it names a place: whatever it unpacks lies in the folder it was given.
"""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from wegweiser.kernel.errors import DomainError

FORMAT = 1
DATABASE, MANIFEST = "database", "manifest.json"
MOST_MANIFEST = 50_000_000  # bytes
CHUNK = 1 << 20
_FILE = re.compile(r"files/([0-9a-f]{64})")


@dataclass(frozen=True)
class About:
    """What a backup is of. `migrations` says which shape its database has."""

    made_at: str
    centre: str
    engine: str
    migrations: tuple[str, ...]


@dataclass(frozen=True)
class Backup:
    """A backup whose every byte was compared with its list. `digest` is the SHA-256 of the whole file."""

    about: About
    files: tuple[str, ...]
    size: int
    digest: str


class _Counted:
    """Reads through to the end of another stream and knows size and SHA-256 of what went by."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._hash, self.size = stream, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._hash.update(data)
        self.size += len(data)
        return data

    def digest(self) -> str:
        return self._hash.hexdigest()


def write(*, path: Path, about: About, database: Path, files: Iterable[tuple[str, Path]]) -> Backup:
    """Make the file; it is there whole or not at all, and only its owner may read it.

    A file that went since it was listed is left out: nothing showed it any more.
    """
    if path.exists():
        raise DomainError("file_exists", f"{path} is there already. A backup overwrites nothing.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    members: dict[str, dict[str, Any]] = {}
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out:
            with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as tar:
                _add(tar, DATABASE, database, members)
                for digest, found in files:
                    _add(tar, f"files/{digest}", found, members)
                told = {"format": FORMAT, **asdict(about), "members": members}
                data = json.dumps(told, ensure_ascii=False, indent=1).encode()
                tar.addfile(_info(MANIFEST, len(data)), io.BytesIO(data))
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        raise DomainError("file_not_written", f"{path}: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return Backup(about, tuple(_names(members)), path.stat().st_size, _digest(path))


def read(path: Path, folder: Path | None = None) -> Backup:
    """Compare everything in the file with its list, and unpack it below `folder` where one is given.

    Raises DomainError: file_missing, backup_broken, backup_newer.
    """
    seen: dict[str, dict[str, Any]] = {}
    told: Any = None
    try:
        # The tar ends before the file does; the rest holds the checksum of gzip.
        with gzip.open(path) as whole, tarfile.open(fileobj=whole, mode="r|") as tar:
            for member in tar:
                stream = tar.extractfile(member)
                if stream is None or told is not None or member.name in seen:
                    raise _broken(path, f"{member.name!r} does not belong there")
                if member.name == MANIFEST:
                    told = json.loads(stream.read(MOST_MANIFEST))
                elif member.name == DATABASE or _FILE.fullmatch(member.name):
                    seen[member.name] = _take(stream, folder / member.name if folder else None)
                else:
                    raise _broken(path, f"{member.name!r} does not belong there")
            while whole.read(CHUNK):
                pass
    except FileNotFoundError:
        raise DomainError("file_missing", f"{path} is not there.") from None
    except (tarfile.TarError, EOFError, zlib.error, ValueError, OSError) as error:
        raise _broken(path, str(error) or type(error).__name__) from error
    if not isinstance(told, dict) or "format" not in told:
        raise _broken(path, "its end is missing")
    if told["format"] != FORMAT:
        raise DomainError("backup_newer", f"{path} was made by another version of this program.")
    if seen != told.get("members") or DATABASE not in seen:
        listed = told["members"] if isinstance(told.get("members"), dict) else {}
        wrong = sorted(name for name in {*seen, *listed} if seen.get(name) != listed.get(name))
        raise _broken(path, f"{', '.join(wrong[:3]) or DATABASE} is not what it was")
    try:
        about = About(told["made_at"], told["centre"], told["engine"], tuple(told["migrations"]))
    except (KeyError, TypeError) as error:
        raise _broken(path, f"its list lacks {error}") from error
    return Backup(about, tuple(_names(seen)), path.stat().st_size, _digest(path))


def _broken(path: Path, why: str) -> DomainError:
    return DomainError("backup_broken", f"{path} is no whole backup: {why}.")


def _names(members: Iterable[str]) -> Iterator[str]:
    return (found[1] for name in members if (found := _FILE.fullmatch(name)))


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _add(tar: tarfile.TarFile, name: str, path: Path, members: dict[str, dict[str, Any]]) -> None:
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        if name == DATABASE:
            raise
        return
    with stream:
        counted = _Counted(stream)
        tar.addfile(_info(name, path.stat().st_size), counted)  # type: ignore[arg-type]
    members[name] = {"sha256": counted.digest(), "size": counted.size}


def _take(stream: IO[bytes], to: Path | None) -> dict[str, Any]:
    counted = _Counted(stream)
    if to is None:
        while counted.read(CHUNK):
            pass
    else:
        to.parent.mkdir(parents=True, exist_ok=True)
        with to.open("xb") as out:
            while data := counted.read(CHUNK):
                out.write(data)
    return {"sha256": counted.digest(), "size": counted.size}


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
