"""What an encoder has mapped and does not need between two questions goes back to the system."""

import mmap
from pathlib import Path

import numpy as np

from wegweiser.catalogue import matches
from wegweiser.catalogue.matching import E5, mapped


def resident(path: Path) -> int:
    """Kilobytes of a mapped file that this process has in memory."""
    found, here = 0, False
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
        if "-" in line.split(maxsplit=1)[0] and not line.split(maxsplit=1)[0].endswith(":"):
            here = line.endswith(str(path))
        elif here and line.startswith("Rss:"):
            found += int(line.split()[1])
    return found


def test_pages_go_back_and_what_stands_in_the_file_stays(tmp_path):
    path = tmp_path / "numbers"
    path.write_bytes(b"x" * 2**20)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ, flags=mmap.MAP_SHARED) as held:
        assert held[:].count(b"x") == 2**20
        assert resident(path) == 1024
        assert mapped.give_back(path) == 2**20
        assert resident(path) == 0
        assert held[:].count(b"x") == 2**20
    assert mapped.give_back(path) == 0


def test_what_is_written_only_in_memory_is_left_alone(tmp_path):
    path = tmp_path / "numbers"
    path.write_bytes(b"x" * 4096)
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as held:
        held[0:1] = b"y"
        assert mapped.give_back(path) == 0
        assert held[0:1] == b"y"


def test_an_encoder_gives_back_once_after_it_was_asked_and_says_the_same():
    encoder = E5(matches._models())
    assert encoder.give_back() == 0
    before = encoder.encode_questions(["Die Maschine steht."])
    assert encoder.give_back() > 2**25
    assert encoder.give_back() == 0
    np.testing.assert_array_equal(encoder.encode_questions(["Die Maschine steht."]), before)
