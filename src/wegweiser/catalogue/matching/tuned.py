"""What the sample questions changed in the sentence encoder: other scales and offsets on the same four-bit weights.

The encoder's file holds most numbers as four bits with a scale for each 32 of them, the rest (biases, norms) as floats.
`e5-tuned.npz`, which `python -m benchmarks.matching.tune` makes, has a factor for each scale and a difference for each
float: a hundredth of the file, and reading a question costs what it cost before.
"""

import contextlib
import io
import os
import shutil
import struct
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("e5-tuned.npz")
Numbers = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
MAGIC = b"E5S1"
BLOCK = 18  # bytes: a scale of two and 32 numbers of half a byte
GAIN, SHIFT = "gain.", "shift."


class ModelFileError(ValueError):
    """The encoder's file is not laid out as the one the changes were made for."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor lies in the file; `packed` is four bits with scales, else float32."""

    packed: bool
    offset: int
    size: int


def tensors(raw: bytes | Numbers) -> dict[str, Tensor]:
    """The directory of an encoder's file, by name. Raises ModelFileError."""
    try:
        return dict(_directory(raw if isinstance(raw, bytes) else raw.data))
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise ModelFileError(f"No encoder of a known layout: {error}") from error


def _directory(raw: bytes | memoryview) -> Iterator[tuple[str, Tensor]]:
    if bytes(raw[:4]) != MAGIC:
        raise ModelFileError("No encoder of a known layout.")
    at = 8 + 9 * 4  # the version, seven sizes, epsilon, numbers in a block
    (pieces,) = struct.unpack_from("<i", raw, at)
    (letters,) = struct.unpack_from("<Q", raw, at + 20)
    at += 28 + 4 * (pieces + 1) + 4 * pieces + letters
    (_, norms) = struct.unpack_from("<iI", raw, at)
    at += 8 + norms
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = bytes(raw[at + 2 : at + 2 + length]).decode()
        packed, _, offset, size = struct.unpack_from("<BIQQ", raw, at + 2 + length)
        at += 2 + length + 21
        yield name, Tensor(bool(packed), offset, size)


@cache
def digest() -> str:
    """Eight letters that tell one state of the changes from another; none where nothing is changed."""
    return f"{zlib.crc32(FILE.read_bytes()):08x}" if FILE.exists() else ""


def apply(path: Path, changes: bytes) -> None:
    """Apply the changes to a copy of the encoder's file. Raises ModelFileError when they are not made for it."""
    raw = np.memmap(path, np.uint8, mode="r+")  # 70 MB that need not be in memory at once
    there = tensors(raw)
    with np.load(io.BytesIO(changes), allow_pickle=False) as file:
        for name in file.files:
            tensor = there.get(name.removeprefix(GAIN).removeprefix(SHIFT))
            if tensor is None or tensor.packed is not name.startswith(GAIN):
                raise ModelFileError(f"The encoder has no {name}.")
            place = raw[tensor.offset : tensor.offset + tensor.size]
            values = file[name].astype(np.float32)
            if tensor.packed:
                blocks = place.reshape(-1, BLOCK)
                scales = blocks[:, :2].copy().view("<f2")[:, 0]
                if scales.shape != values.shape:
                    raise ModelFileError(f"{name} has {values.size} factors for {scales.size} scales.")
                blocks[:, :2] = (scales * (1 + values)).astype("<f2")[:, None].view(np.uint8)
            else:
                floats = place.copy().view("<f4")
                if floats.shape != values.shape:
                    raise ModelFileError(f"{name} has {values.size} differences for {floats.size} numbers.")
                place[:] = (floats + values).astype("<f4").view(np.uint8)
    raw.flush()


@contextlib.contextmanager
def model(original: Path, folder: Path | None) -> Iterator[Path]:
    """A file with the tuned encoder, to be loaded within: kept in `folder` for all processes, or gone afterwards."""
    if not digest():
        yield original
        return
    if folder is None:
        with tempfile.TemporaryDirectory() as passing:
            yield _write(original, Path(passing))
        return
    kept = folder / f"e5-{digest()}.bin"
    yield kept if kept.exists() else _write(original, folder)


def _write(original: Path, folder: Path) -> Path:
    """Under another name first, so that no process ever loads half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / f"e5-{digest()}.bin"
    handle, name = tempfile.mkstemp(dir=folder)
    os.close(handle)
    passing = Path(name)
    try:
        shutil.copyfile(original, passing)
        apply(passing, FILE.read_bytes())
        passing.replace(whole)
    finally:
        passing.unlink(missing_ok=True)
    for older in folder.glob("e5-*.bin"):
        if older != whole:
            older.unlink(missing_ok=True)
    return whole
