"""Vectors in a small form: one byte per number and one scale per row."""

from dataclasses import dataclass

import numpy as np

BLOCK_ROWS = 256  # what stays near the processor while it is read


@dataclass(frozen=True, slots=True)
class Packed:
    """Rows (n, d) as int8 with `scales` (n,) float32; may lie in a memory-mapped file."""

    rows: np.ndarray
    scales: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)

    def dot(self, question: np.ndarray) -> np.ndarray:
        """Dot products (n,) of all rows with `question` (d,), a block at a time."""
        scores = np.empty(len(self.rows), np.float32)
        for start in range(0, len(self.rows), BLOCK_ROWS):
            block = self.rows[start : start + BLOCK_ROWS].astype(np.float32)
            scores[start : start + BLOCK_ROWS] = block @ question
        return scores * self.scales


def pack(vectors: np.ndarray) -> Packed:
    """Float rows (n, d) to int8; the error of a number is at most 1/254 of the row's largest."""
    vectors = np.asarray(vectors, np.float32)
    peaks = np.abs(vectors).max(axis=1, initial=0.0)
    scales = np.where(peaks > 0, peaks / 127.0, 1.0).astype(np.float32)
    return Packed(np.rint(vectors / scales[:, None]).astype(np.int8), scales)


def unpack(packed: Packed) -> np.ndarray:
    """Float32 rows (n, d)."""
    return packed.rows.astype(np.float32) * packed.scales[:, None]
