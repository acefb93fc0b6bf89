"""What the processes of this machine share: limits, kept sums, logins that failed.

Django's cache of files, with three differences: counting is exact with several processes and keeps the end of what it
counts in; what is over goes first; and room is made now and then instead of at each write, since that reads the folder.
"""

# The stubs leave out how the parent keeps its files.
# mypy: disable-error-code="attr-defined,misc"

import pickle
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks

CULL_EACH = 200  # writes, on average


class SharedCache(FileBasedCache):
    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set what is not there; of several at once one gets True."""
        with self._alone():
            return super().add(key, value, timeout, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Add to a number. Raises ValueError where the key is not there (any more)."""
        with self._alone():
            value = self.get(key, self._missing_key, version=version)
            if value is self._missing_key:
                raise ValueError(f"Key {key!r} is not there.")
            self.set(key, value + delta, timeout=self._left(key, version), version=version)
            return int(value + delta)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._createdir()
        with (Path(self._dir) / "counting.lock").open("wb") as lock:
            locks.lock(lock, locks.LOCK_EX)
            yield

    def _left(self, key: Any, version: int | None) -> float | int | None:
        """Seconds until the key ends; None where it never does."""
        with Path(self._key_to_file(key, version)).open("rb") as file:
            end = pickle.load(file)  # noqa: S301 - our own files
        return None if end is None else max(end - time.time(), 0.001)

    def _cull(self) -> None:
        if random.randrange(CULL_EACH):  # noqa: S311 - nothing to guess
            return
        for name in self._list_cache_files():
            try:
                with Path(name).open("rb") as file:
                    self._is_expired(file)  # removes the file when it is
            except FileNotFoundError:
                continue
        super()._cull()
