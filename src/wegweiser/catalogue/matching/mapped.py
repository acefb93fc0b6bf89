"""Large numbers lie in a file that is mapped for reading; its pages go back to the system once nobody needs them."""

import ctypes
import mmap
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

MADV_DONTNEED = 4  # <sys/mman.h>
_libc = ctypes.CDLL(None)


def array(rows: np.ndarray | Callable[[], np.ndarray], path: Path) -> np.ndarray:
    """The same rows, read from `path`, which all processes share; it is written when it is not there yet.

    Rows that cost something to get may come as a function, which is called only then.
    """
    if not path.exists():
        _write(rows() if callable(rows) else rows, path)
    return np.load(path, mmap_mode="r", allow_pickle=False)


def only(path: Path, older: str) -> None:
    """Remove what lies beside `path` under a name like `older`: who has it mapped keeps it."""
    for other in path.parent.glob(older):
        if other != path:
            shutil.rmtree(other, ignore_errors=True) if other.is_dir() else other.unlink(missing_ok=True)


def _write(rows: np.ndarray, whole: Path) -> None:
    """Under another name first, so that no process ever maps half a file."""
    whole.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=whole.parent)
    passing = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            np.lib.format.write_array(file, rows, allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())  # else a power cut could leave the name to a file without its content
        passing.replace(whole)
    finally:
        passing.unlink(missing_ok=True)


Places = tuple[tuple[int, int], ...]  # where something is mapped: begin and length in bytes


def place(rows: np.ndarray) -> Places:
    """Where these rows of a mapped file lie, by whole pages; as long as there is this array."""
    if not rows.nbytes or not hasattr(_libc, "madvise"):
        return ()
    begin = rows.ctypes.data // mmap.PAGESIZE * mmap.PAGESIZE
    return ((begin, rows.ctypes.data + rows.nbytes - begin),)


def places(path: Path) -> Places:
    """Where `path` is mapped here read-only; nowhere where the system does not tell it."""
    table = Path("/proc/self/maps")
    if not table.exists() or not hasattr(_libc, "madvise"):
        return ()
    found = []
    for line in table.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split(maxsplit=5)
        if len(parts) == 6 and parts[1].startswith("r--") and parts[5].removesuffix(" (deleted)") == str(path):
            begin, end = (int(number, 16) for number in parts[0].split("-"))
            found.append((begin, end - begin))
    return tuple(found)


def give_back(mapped: Places) -> int:
    """How many bytes are mapped there, after telling the system that we need none of them now.

    Who reads them again gets them from the system's cache, or from the file. They must still be mapped: whatever else
    came to lie there would be lost.
    """
    given = 0
    for begin, length in mapped:
        if _libc.madvise(ctypes.c_void_p(begin), ctypes.c_size_t(length), MADV_DONTNEED) == 0:
            given += length
    return given
