"""What an encoder has mapped and does not need between two questions goes back to the system."""

import mmap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from wegweiser.catalogue import indexed
from wegweiser.catalogue.matching import (
    E5,
    Example,
    UniversalSentenceEncoder,
    fit,
    learned_from_bytes,
    mapped,
    signals,
    taught,
)


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
    encoder = kind(indexed.folder())
    before = encoder.encode_questions(["Die Maschine steht."])
    files = [path for path in indexed.folder().iterdir() if path.name.startswith(encoder.name)]
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


def sample(rows: int) -> bytes:
    asked = [Example(f"Frage {number} über Stall und Kühe Nummer {number % 97}", ("tiere",)) for number in range(rows)]
    return fit(asked, {}, versions={}, topics=["technik", "tiere"], source="x").to_bytes()


@pytest.fixture(scope="module")
def many() -> bytes:
    return sample(4_000)


def test_what_was_learned_takes_memory_only_while_a_question_is_compared(tmp_path, many):
    (tmp_path / "learned-of-older-questions").mkdir()
    there, here = learned_from_bytes(many, tmp_path), learned_from_bytes(many)
    for text in ("Wo ist die Kuh?", "Frage 7 über Kühe"):
        np.testing.assert_allclose(there.read(text, {})[0], here.read(text, {})[0], rtol=0, atol=1e-6)
    paths = list(tmp_path.glob("learned-*/*.npy"))
    assert sum(map(mapped_bytes, paths)) > 2**19
    assert [resident(path) for path in paths] == [0] * len(paths)
    assert len(list(tmp_path.iterdir())) == 1, "what lay there of others is gone"


def mapped_bytes(path: Path) -> int:
    return sum(length for _begin, length in mapped.places(path))


def test_small_arrays_need_no_file(tmp_path):
    found = learned_from_bytes(sample(40), tmp_path)
    assert (list(tmp_path.iterdir()), found.places) == ([], ())


def test_only_what_itself_has_mapped_is_given_back(tmp_path, many):
    """What another reading of the same files had mapped may be anybody's memory by now."""
    other = learned_from_bytes(many, tmp_path)
    theirs = set(other.places)
    kept = learned_from_bytes(many, tmp_path)
    assert theirs
    assert not theirs & set(kept.places)
    del other
    lies_in = [place for path in tmp_path.glob("learned-*/*.npy") for place in mapped.places(path)]
    for begin, length in kept.places:
        assert any(start <= begin and begin + length <= start + size + mmap.PAGESIZE for start, size in lies_in)


def test_two_threads_read_the_signals_once(monkeypatch):
    there, calls = taught.Taught(signals.SHIPPED.file, "signals"), []
    read = taught.from_bytes
    monkeypatch.setattr(taught, "from_bytes", lambda *given: (calls.append(given), read(*given))[1])
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: there.weights(), range(2)))
    assert found[0] is found[1]
    assert len(calls) == 1


@pytest.mark.parametrize("length", [0, 70_000])
def test_a_broken_file_is_made_anew_at_the_next_start(tmp_path, caplog, many, length):
    learned_from_bytes(many, tmp_path)
    (here,) = tmp_path.iterdir()
    with (here / "rows.letters.places.npy").open("r+b") as file:
        file.truncate(length)
    found = learned_from_bytes(many, tmp_path)
    assert found.places == ()
    assert found.read("Kuh", {})[0] == pytest.approx(learned_from_bytes(many).read("Kuh", {})[0])
    assert "until the next start" in caplog.text
    assert learned_from_bytes(many, tmp_path).places


def test_where_no_file_can_be_written_it_is_kept_in_memory(tmp_path, caplog, many):
    (tmp_path / "full").write_text("not a folder")
    found = learned_from_bytes(many, tmp_path / "full")
    assert found.places == ()
    assert found.read("Kuh", {})[0] == pytest.approx(learned_from_bytes(many).read("Kuh", {})[0])
    assert "takes memory" in caplog.text


def test_what_is_no_such_file_is_said_so_with_a_folder_too(tmp_path):
    with pytest.raises(ValueError, match="no learned weights"):
        learned_from_bytes(b"nothing", tmp_path)
