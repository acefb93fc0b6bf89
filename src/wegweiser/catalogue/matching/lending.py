"""Encoders that a web process has loaded anyway, lent to the other processes of the installation by a socket in its
folder: loaded once more they take 130 MiB.

One process lends at a time (it holds a lock; the next one waits for it). A line of JSON asks: the encoder, its version,
whether the texts are questions or offers, and the texts; the answer is the number of bytes and the vectors. A lender of
another version refuses, and who finds none uses encoders of its own. Only the owner of the folder can connect.
"""

import fcntl
import json
import logging
import os
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from .apart import NUMBER, OFFERS, QUESTIONS
from .encoders import Encoder

SOCKET, LOCK = "encoders.sock", "encoders.lock"
REFUSED = -1
CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 120.0  # for a batch, on a busy machine
LONGEST = 2**24  # bytes of one batch of texts
log = logging.getLogger(__name__)


def lend(encoders: Sequence[Encoder], folder: Path) -> None:
    """Answer those who ask, for as long as the process lives. Raises OSError where the folder takes no socket."""
    folder.mkdir(parents=True, exist_ok=True)
    known = {(encoder.name, encoder.version): encoder for encoder in encoders}
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # goes with the process, however it ends
        (folder / SOCKET).unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            before = os.umask(0o177)
            try:
                listener.bind(str(folder / SOCKET))
            finally:
                os.umask(before)
            listener.listen(4)
            while True:
                caller, _ = listener.accept()
                with caller:
                    _answer(caller, known)


def start(encoders: Sequence[Encoder], folder: Path) -> threading.Thread:
    """`lend` in a thread that does not keep the process from ending."""

    def run() -> None:
        try:
            lend(encoders, folder)
        except OSError:
            log.warning("The encoders are not lent; other processes load their own.", exc_info=True)

    thread = threading.Thread(target=run, name="lend", daemon=True)
    thread.start()
    return thread


def _answer(caller: socket.socket, known: dict[tuple[str, str], Encoder]) -> None:
    """One batch. Whatever a caller sends, the next one is answered."""
    caller.settimeout(CONNECT_SECONDS)
    try:
        with caller.makefile("rwb") as line:
            name, version, kind, texts = json.loads(line.readline(LONGEST))
            encoder = known.get((name, version))
            if encoder is None:
                line.write(f"{REFUSED}\n".encode())
                return
            rows = (encoder.encode_questions if kind == QUESTIONS else encoder.encode_offers)(texts)
            raw = rows.astype(NUMBER).tobytes()
            line.write(f"{len(raw)}\n".encode() + raw)
    except (OSError, ValueError, TypeError):
        log.warning("A batch of texts could not be encoded for another process.", exc_info=True)


def ask(encoder: Encoder, kind: str, texts: Sequence[str], folder: Path) -> np.ndarray | None:
    """The vectors (n, dimensions) by whoever lends this very encoder; None where nobody does."""
    with suppress(OSError, ValueError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(CONNECT_SECONDS)
        line.connect(str(folder / SOCKET))
        line.settimeout(ANSWER_SECONDS)
        with line.makefile("rwb") as file:
            file.write(json.dumps([encoder.name, encoder.version, kind, list(texts)]).encode() + b"\n")
            file.flush()
            size = int(file.readline(20))
            raw = file.read(size) if size >= 0 else b""
        if size == len(raw) == len(texts) * encoder.dimensions * np.dtype(NUMBER).itemsize:
            return np.frombuffer(raw, NUMBER).reshape(len(texts), encoder.dimensions)
    return None


class Borrowed:
    """An encoder as the others see it: lent by another process, else one's `own`, which is loaded only then."""

    def __init__(self, own: Encoder, folder: Path) -> None:
        self.name, self.dimensions, self.version = own.name, own.dimensions, own.version
        self._own, self._folder = own, folder

    def encode_questions(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(QUESTIONS, texts)

    def encode_offers(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(OFFERS, texts)

    def _encode(self, kind: str, texts: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        lent = ask(self._own, kind, texts, self._folder)
        if lent is not None:
            return lent
        return (self._own.encode_questions if kind == QUESTIONS else self._own.encode_offers)(texts)
