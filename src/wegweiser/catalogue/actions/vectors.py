"""Vectors of entries. Computed first, outside any transaction, then written briefly."""

from collections.abc import Sequence

import numpy as np
from django.db import transaction

from wegweiser.catalogue import queries
from wegweiser.catalogue.matching import Encoder, Packed, pack
from wegweiser.catalogue.models import Entry, EntryVector
from wegweiser.catalogue.stored import text_hash, to_bytes
from wegweiser.kernel.actor import Actor

BATCH = 16


def encode(*, encoders: Sequence[Encoder], limit: int | None = None, by: Actor) -> int:
    """Make the vectors that are missing or out of date, at most `limit`; returns how many were made."""
    made = 0
    for encoder in encoders:
        known = {
            (row.entry_id, row.language): row.text_hash
            for row in EntryVector.objects.filter(encoder=encoder.name).defer("vector")
        }
        stale = [
            (entry_id, document.lang, document.passage)
            for entry_id, document in queries.corpus()
            if known.get((entry_id, document.lang)) != text_hash(document.passage)
        ]
        for start in range(0, len(stale), BATCH):
            if limit is not None and made >= limit:
                return made
            batch = stale[start : start + BATCH]
            packed = pack(np.asarray(encoder.encode_offers([passage for _, _, passage in batch])))
            _store(encoder.name, batch, packed)
            made += len(batch)
    return made


def _store(encoder: str, batch: Sequence[tuple[int, str, str]], packed: Packed) -> None:
    with transaction.atomic():
        present = set(Entry.objects.filter(pk__in=[entry for entry, _, _ in batch]).values_list("pk", flat=True))
        for row, (entry, language, passage) in enumerate(batch):
            if entry not in present:
                continue
            key = {"entry_id": entry, "encoder": encoder, "language": language}
            # A fresh row gets a new id: that is how an index notices that vectors came.
            EntryVector.objects.filter(**key).delete()
            EntryVector.objects.create(**key, text_hash=text_hash(passage), vector=to_bytes(packed, row))
