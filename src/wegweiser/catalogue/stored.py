"""The form in which vectors are stored."""

import hashlib

from wegweiser.catalogue.matching import Packed


def text_hash(passage: str) -> str:
    return hashlib.sha256(passage.encode()).hexdigest()


def to_bytes(packed: Packed, row: int) -> bytes:
    """A vector as it is stored: its scale (float32, little-endian), then one byte per number."""
    return packed.scales[row].astype("<f4").tobytes() + packed.rows[row].tobytes()
