"""Encoders in a process that ends when the work is done: loaded they take 140 MiB, which no worker needs between jobs.

The process is a fresh one, not a fork: it knows neither our connections nor our threads. It gets a line of JSON for
each batch and answers with the numbers of the vectors. It ends when its input does, so it does not outlive us.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from .encoders import E5, Encoder, UniversalSentenceEncoder

NUMBER = "<f4"
QUESTIONS, OFFERS = "questions", "offers"
_RUN = f"import sys; from {__name__} import main; main(*sys.argv[1:])"  # "-m" would read this module twice


class EncoderEndedError(RuntimeError):
    """The process ended before it answered, for want of memory for example."""


class _Child:
    """One encoder at a time: another one is loaded when the one before has given its memory back."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = ""
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, name: str, kind: str, texts: Sequence[str], dimensions: int) -> np.ndarray:
        if self._process is None or name != self._name:
            self.end()
            self._process, self._name = self._start(name), name
        size = len(texts) * dimensions * np.dtype(NUMBER).itemsize
        try:
            self._process.stdin.write(json.dumps([kind, list(texts)]).encode() + b"\n")  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]
            raw = self._process.stdout.read(size)  # type: ignore[union-attr]
        except BrokenPipeError:
            raw = b""
        if len(raw) != size:
            self.end()
            raise EncoderEndedError(f"The process of the encoder {name} ended early.")
        return np.frombuffer(raw, NUMBER).reshape(len(texts), dimensions)

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 (our own module, no shell)
            [sys.executable, "-c", _RUN, name, str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,  # Ctrl-C is for us: the job at hand is finished first
        )

    def end(self) -> None:
        if self._process is not None:
            self._process.communicate()
            self._process = None


class _Apart:
    """An encoder as the others see it; its texts are read in the child."""

    def __init__(self, encoder: Encoder, child: _Child) -> None:
        self.name, self.dimensions, self.version = encoder.name, encoder.dimensions, encoder.version
        self._child = child

    def encode_questions(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(QUESTIONS, texts)

    def encode_offers(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(OFFERS, texts)

    def _encode(self, kind: str, texts: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return self._child.ask(self.name, kind, texts, self.dimensions)


@contextmanager
def encoders(like: Sequence[Encoder], folder: Path) -> Iterator[tuple[Encoder, ...]]:
    """Encoders that give the vectors of `like`, to be used within; `folder` holds what they map."""
    child = _Child(folder)
    try:
        yield tuple(_Apart(encoder, child) for encoder in like)
    finally:
        child.end()


def main(name: str, folder: str) -> None:
    """Answer what stands on standard input until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    encoder: Encoder = (E5 if name == E5.name else UniversalSentenceEncoder)(Path(folder))
    for line in sys.stdin.buffer:
        kind, texts = json.loads(line)
        rows = (encoder.encode_questions if kind == QUESTIONS else encoder.encode_offers)(texts)
        answers.write(rows.astype(NUMBER).tobytes())
        answers.flush()
