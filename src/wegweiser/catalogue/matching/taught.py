"""Weights that ship in a file: read once in a process, however many threads ask for them."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from .encoders import Encoder
from .learned import Learned, from_bytes


class Taught:
    """What the texts of a file have taught; `name` is what its numbers are called where processes share them."""

    def __init__(self, file: Path, name: str) -> None:
        self.file = file
        self._name = name
        self._lock = threading.Lock()
        self._known: dict[Path | None, Learned] = {}

    def weights(self, folder: Path | None = None) -> Learned:
        """The weights; `folder` is where the processes of an installation share their numbers."""
        with self._lock:  # of two threads one reads them, the other waits
            if folder not in self._known:
                self._known[folder] = from_bytes(self.file.read_bytes(), folder, self._name)
            return self._known[folder]

    def read(
        self, text: str, raw: Mapping[str, np.ndarray], encoders: Sequence[Encoder], folder: Path | None = None
    ) -> dict[str, float] | None:
        """What a bounded text says of each thing that was taught, about 0 to 1; None where no encoder has read it, or
        another version than the weights know."""
        if not raw:
            return None  # the weights need not be read for that
        learned = self.weights(folder)
        if not learned.fits(encoders):
            return None
        return dict(zip(learned.topics, map(float, learned.read(text, raw)[0]), strict=True))
