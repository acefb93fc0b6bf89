"""Asks clamd whether a file holds a virus. `CLAMD` is `tcp://host:port` or `unix:/path`; empty: nobody is asked.

The protocol is INSTREAM: chunks with their length in front, a chunk of none at the end, one line as the answer.
"""

import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 30.0  # seconds
CHUNK = 1 << 16
ANSWER = 4096  # bytes of an answer that are read


class ScannerUnreachableError(Exception):
    """The scanner is not there, or says something that is no answer."""


class ScannerRefusedError(Exception):
    """The scanner is there, and does not judge this file: it is too large for it, or it stumbles over it."""

    @property
    def for_good(self) -> bool:
        """Whether it says itself that the file is too large; anything else may go better next time."""
        return "size limit exceeded" in str(self)


def is_configured() -> bool:
    return bool(settings.CLAMD)


def is_infected(data: bytes) -> bool:
    """Raises ScannerRefusedError and ScannerUnreachableError.

    What is above its StreamMaxLength clamd may answer, or just hang up on: whether it is there tells the two apart.
    """
    try:
        answer = _ask(b"zINSTREAM\0", data)
    except ScannerUnreachableError as error:
        ping()
        raise ScannerRefusedError(str(error)) from error
    if answer.endswith("FOUND"):
        return True
    if answer.endswith("OK") and "ERROR" not in answer:
        return False
    ping()
    raise ScannerRefusedError(answer or "no answer")


def ping() -> None:
    """Raises ScannerUnreachableError unless the scanner answers."""
    if (answer := _ask(b"zPING\0", None)) != "PONG":
        raise ScannerUnreachableError(answer or "no answer")


def _ask(command: bytes, data: bytes | None) -> str:
    try:
        with _connected() as line:
            line.sendall(command)
            if data is not None:
                for start in range(0, len(data), CHUNK):
                    chunk = data[start : start + CHUNK]
                    line.sendall(struct.pack("!I", len(chunk)) + chunk)
                line.sendall(struct.pack("!I", 0))
            return _read(line)
    except (OSError, ValueError) as error:
        raise ScannerUnreachableError(f"{type(error).__name__}: {error}") from error


def _connected() -> socket.socket:
    parts = urlsplit(settings.CLAMD)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(TIMEOUT)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line
    if parts.scheme == "tcp" and parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=TIMEOUT)
    raise ValueError("CLAMD must look like tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl")


def _read(line: socket.socket) -> str:
    answer = b""
    while len(answer) < ANSWER and not answer.endswith(b"\0"):
        part = line.recv(ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace").removeprefix("stream: ").strip()
