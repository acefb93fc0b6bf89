"""Which entries are about the same as another one, by the stored vectors of one encoder. One table per encoder."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wegweiser.catalogue import held
from wegweiser.catalogue.matching import Encoder
from wegweiser.catalogue.models import Entry, EntryVector

LANGUAGE = "de"
_lock = threading.Lock()


@dataclass(frozen=True)
class _Table:
    """Unit vectors (n, dimensions), centred: what all entries share says nothing about any of them."""

    newest: int
    places: dict[int, int]
    ids: np.ndarray
    rows: np.ndarray


_held: dict[str, _Table] = {}  # by encoder: an entry without a vector of the first is looked for with the next


def nearest(entry: Entry, among: Sequence[int], *, encoder: Encoder) -> list[int]:
    """The ids of `among` that have a vector, the nearest to `entry` first; empty when it has none itself."""
    table = _table(encoder)
    if entry.pk not in table.places:
        return []
    likeness = table.rows @ table.rows[table.places[entry.pk]]
    known = [number for number in among if number in table.places and number != entry.pk]
    return sorted(known, key=lambda number: (-float(likeness[table.places[number]]), number))


def forget() -> None:
    """Drop what this process holds: for tests, which begin the same numbers again."""
    _held.clear()


def _table(encoder: Encoder) -> _Table:
    newest = held.newest_vector(encoder.name)
    kept = _held.get(encoder.name)
    if kept and kept.newest == newest:
        return kept
    with _lock:
        kept = _held.get(encoder.name)
        if kept is None or kept.newest != newest:
            kept = _held[encoder.name] = _read(encoder, newest)
        return kept


def _read(encoder: Encoder, newest: int) -> _Table:
    """Vectors of this version, and those that do not say theirs yet: the worker notes it within a minute."""
    stored = EntryVector.objects.filter(
        encoder=encoder.name, version__in=(encoder.version, ""), language=LANGUAGE
    ).order_by("entry_id")
    pairs = [(number, np.frombuffer(bytes(raw)[4:], np.int8)) for number, raw in stored.values_list("entry", "vector")]
    ids = np.array([number for number, _ in pairs], np.int64)
    rows = np.array([row for _, row in pairs], np.float32)
    if len(pairs):
        rows -= rows.mean(axis=0)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return _Table(newest, {number: place for place, number in enumerate(ids.tolist())}, ids, rows)
