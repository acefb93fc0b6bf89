"""The form in which vectors are stored."""

from wegweiser.catalogue.matching import Packed


def to_bytes(packed: Packed, row: int) -> bytes:
    """A vector as it is stored: its scale (float32, little-endian), then one byte per number."""
    return packed.scales[row].astype("<f4").tobytes() + packed.rows[row].tobytes()
