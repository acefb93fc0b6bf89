"""Pages of a file that a process has mapped for reading go back to the system's cache once they are not needed."""

import ctypes
from pathlib import Path

MADV_DONTNEED = 4  # <sys/mman.h>


def give_back(path: Path) -> int:
    """The bytes of `path` that are mapped here read-only, after telling the system that we need none of them now.

    Who reads them again gets them from the system's cache, or from the file. Where there is no /proc nothing is done.
    """
    table, libc = Path("/proc/self/maps"), ctypes.CDLL(None)
    if not table.exists() or not hasattr(libc, "madvise"):
        return 0
    given = 0
    for line in table.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split(maxsplit=5)
        if len(parts) == 6 and parts[1].startswith("r--") and parts[5].removesuffix(" (deleted)") == str(path):
            begin, end = (int(number, 16) for number in parts[0].split("-"))
            if libc.madvise(ctypes.c_void_p(begin), ctypes.c_size_t(end - begin), MADV_DONTNEED) == 0:
                given += end - begin
    return given
