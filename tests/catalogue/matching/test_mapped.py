"""What an encoder has mapped and does not need between two questions goes back to the system."""

import mmap
from pathlib import Path

import numpy as np
import pytest

from wegweiser.catalogue import matches
from wegweiser.catalogue.matching import E5, UniversalSentenceEncoder, mapped


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
        assert mapped.give_back(mapped.places(path)) == 2**20
        assert resident(path) == 0
        assert held[:].count(b"x") == 2**20
    assert mapped.places(path) == ()


def test_what_is_written_only_in_memory_is_left_alone(tmp_path):
    path = tmp_path / "numbers"
    path.write_bytes(b"x" * 4096)
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as held:
        held[0:1] = b"y"
        assert mapped.places(path) == ()
        assert held[0:1] == b"y"


@pytest.mark.parametrize("kind", [E5, UniversalSentenceEncoder])
def test_encoder_holds_nothing_of_its_file_after_a_text_and_says_the_same(kind):
    encoder = kind(matches._models())
    before = encoder.encode_questions(["Die Maschine steht."])
    files = [path for path in matches._models().iterdir() if path.name.startswith(encoder.name)]
    assert sum(length for path in files for _begin, length in mapped.places(path)) > 2**25
    assert [resident(path) for path in files] == [0]
    np.testing.assert_array_equal(encoder.encode_questions(["Die Maschine steht."]), before)


def test_the_rows_of_a_file_are_those_that_were_in_memory(tmp_path):
    texts = ["Die Maschine steht.", "Wer hilft uns mit dem Lager?", "🛠 ∆"]
    np.testing.assert_array_equal(
        UniversalSentenceEncoder(tmp_path).encode_questions(texts), UniversalSentenceEncoder().encode_questions(texts)
    )


def test_only_this_version_of_a_file_stays(tmp_path):
    (tmp_path / "use-0.0.1.npy").write_bytes(b"of an older encoder")
    UniversalSentenceEncoder(tmp_path).encode_questions(["Guten Tag"])
    assert [path.name for path in tmp_path.iterdir()] == [f"use-{UniversalSentenceEncoder.version}.npy"]


def test_half_a_file_is_never_mapped(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space"):
        mapped.array(np.zeros((2, 2), np.uint8), tmp_path / "numbers.npy")
    assert list(tmp_path.iterdir()) == []
