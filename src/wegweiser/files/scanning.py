"""Asks clamd whether a file holds a virus. `CLAMD` is `tcp://host:port` or `unix:/path`; empty: nobody is asked.

The protocol is INSTREAM: chunks with their length in front, a chunk of none at the end, one line as the answer.
"""

import socket
import struct
import time
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 30.0  # seconds for one file
AT_ONCE = 5.0  # seconds that anybody waits for an answer who has something else to do
SILENT = 60.0  # seconds in which nobody else waits for a scanner that said nothing
CHUNK = 1 << 16
ANSWER = 4096  # bytes of an answer that are read
_silent_since: dict[str, float] = {}  # when which scanner was waited for in vain, by its address


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


def at_once(data: bytes) -> bool | None:
    """Whether it holds a virus, where the scanner says so within seconds; None where somebody has to ask again.

    A mail of twenty files, or the next form, does not wait anew for one that was silent a moment ago.
    """
    address, begun = settings.CLAMD, time.monotonic()
    if begun - _silent_since.get(address, -SILENT) < SILENT:
        return None
    try:
        return is_infected(data, within=AT_ONCE)
    except ScannerRefusedError:
        is_slow = time.monotonic() - begun >= AT_ONCE
    except ScannerUnreachableError:
        is_slow = True
    if is_slow:
        _silent_since[address] = time.monotonic()
    return None


def is_infected(data: bytes, *, within: float = TIMEOUT) -> bool:
    """Raises ScannerRefusedError and ScannerUnreachableError. `within`: seconds for the answer.

    What is above its StreamMaxLength clamd may answer, or just hang up on: whether it is there tells the two apart.
    """
    try:
        answer = _ask(b"zINSTREAM\0", data, within)
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
    """Raises ScannerUnreachableError unless the scanner answers within seconds."""
    if (answer := _ask(b"zPING\0", None, AT_ONCE)) != "PONG":
        raise ScannerUnreachableError(answer or "no answer")


def _ask(command: bytes, data: bytes | None, within: float) -> str:
    until = time.monotonic() + within
    try:
        with _connected(within) as line:
            line.sendall(command)
            if data is not None:
                for start in range(0, len(data), CHUNK):
                    chunk = data[start : start + CHUNK]
                    _wait(line, until)
                    line.sendall(struct.pack("!I", len(chunk)) + chunk)
                line.sendall(struct.pack("!I", 0))
            return _read(line, until)
    except (OSError, ValueError) as error:
        raise ScannerUnreachableError(f"{type(error).__name__}: {error}") from error


def _wait(line: socket.socket, until: float) -> None:
    """What is done with the line next takes no longer than `until`: a timeout of its own holds for each step alone."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    line.settimeout(left)


def _connected(within: float) -> socket.socket:
    parts = urlsplit(settings.CLAMD)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(within)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line
    if parts.scheme == "tcp" and parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=within)
    raise ValueError("CLAMD must look like tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl")


def _read(line: socket.socket, until: float) -> str:
    answer = b""
    while len(answer) < ANSWER and not answer.endswith(b"\0"):
        _wait(line, until)
        part = line.recv(ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace").removeprefix("stream: ").strip()
