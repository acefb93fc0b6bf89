"""Vectors made beforehand, in a file that ships with the texts they belong to, so that nobody has to wait for them.

A text that has changed since, or another version of an encoder, is simply not found and encoded as ever.
"""

import hashlib
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .encoders import Encoder
from .vectors import Packed, pack, unpack

KEY_BYTES = 32


def key(encoder: Encoder, text: str) -> str:
    """What a vector is found by; another one for another text, another encoder and another version of it."""
    return hashlib.sha256(f"{encoder.name}\n{encoder.version}\n{text}".encode()).hexdigest()


@dataclass(frozen=True)
class Shipped:
    """Vectors by their key: one row each."""

    found: Mapping[str, Packed] = field(default_factory=dict)

    def get(self, encoder: Encoder, text: str) -> Packed | None:
        """The vector of `text` as one row, None when it has to be made."""
        row = self.found.get(key(encoder, text))
        return row if row is not None and row.rows.shape[1] == encoder.dimensions else None

    def rows(self, encoder: Encoder, texts: Sequence[str], make: Callable[[Sequence[str]], np.ndarray]) -> np.ndarray:
        """Float rows (n, dimensions) of `texts`; those that are not here come from `make`."""
        known = [self.get(encoder, text) for text in texts]
        made = iter(make([text for text, row in zip(texts, known, strict=True) if row is None]))
        rows = [next(made) if row is None else unpack(row)[0] for row in known]
        return np.array(rows, np.float32).reshape(len(texts), encoder.dimensions)


def read(path: Path) -> Shipped:
    """The vectors in a file that `write` made. Raises OSError, or ValueError when it is no such file."""
    found: dict[str, Packed] = {}
    try:
        # Opened here: numpy leaves the file open when it is no archive.
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            for name in [name.removesuffix(".keys") for name in file.files if name.endswith(".keys")]:
                keys, rows, scales = (file[f"{name}.{part}"] for part in ("keys", "rows", "scales"))
                if not (keys.shape == (len(rows), KEY_BYTES) and scales.shape == (len(rows),) and rows.ndim == 2):
                    raise ValueError(f"{path}: keys, rows and scales of {name} do not belong together.")
                packed = Packed(rows.astype(np.int8), scales.astype(np.float32))
                for i, row in enumerate(keys.astype(np.uint8)):
                    found[row.tobytes().hex()] = Packed(packed.rows[i : i + 1], packed.scales[i : i + 1])
    except (KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path}: {error}") from error
    return Shipped(found)


def write(path: Path, made: Mapping[Encoder, Mapping[str, np.ndarray]]) -> None:
    """Write the vectors of texts, one byte per number, in the order of their keys: the same again is the same file."""
    arrays: dict[str, np.ndarray] = {}
    for encoder, vectors in made.items():
        ordered = sorted((key(encoder, text), vector) for text, vector in vectors.items())
        packed = pack(np.array([vector for _, vector in ordered]).reshape(len(ordered), encoder.dimensions))
        keys = b"".join(bytes.fromhex(name) for name, _ in ordered)
        arrays[f"{encoder.name}.keys"] = np.frombuffer(keys, np.uint8).reshape(len(ordered), KEY_BYTES)
        arrays[f"{encoder.name}.rows"] = packed.rows
        arrays[f"{encoder.name}.scales"] = packed.scales
    np.savez(path, **arrays)  # type: ignore[arg-type]  # the stub takes any name for its flag
