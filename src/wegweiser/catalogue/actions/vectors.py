"""Vectors of entries. Computed first, outside any transaction, then written briefly."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from wegweiser.catalogue import queries
from wegweiser.catalogue.matching import Document, Encoder, Packed, Shipped, pack
from wegweiser.catalogue.matching.shipped import key
from wegweiser.catalogue.matching.text import bound
from wegweiser.catalogue.models import Entry, EntryVector, Example, ExampleVector
from wegweiser.catalogue.stored import to_bytes
from wegweiser.kernel.actor import Actor

BATCH = 16


@dataclass(frozen=True)
class _Missing:
    """A passage without a vector that fits its text and the encoder's version."""

    entry_id: int
    language: str
    passage: str


def take(*, shipped: Shipped, encoders: Sequence[Encoder], by: Actor) -> int:
    """Take over the vectors that were made beforehand; returns how many fitted a passage without one."""
    taken = 0
    documents = queries.corpus()
    for encoder in encoders:
        found = [
            (missing, row)
            for missing in _missing(encoder, documents)
            if (row := shipped.get(encoder, missing.passage)) is not None
        ]
        if found:
            packed = Packed(
                np.concatenate([row.rows for _, row in found]), np.concatenate([row.scales for _, row in found])
            )
            _store(encoder, [missing for missing, _ in found], packed)
        taken += len(found)
    return taken


def encode(*, encoders: Sequence[Encoder], limit: int | None = None, by: Actor) -> int:
    """Make the vectors that are missing or out of date, at most `limit`; returns how many were made."""
    return _encode(queries.corpus(), encoders, limit)


def encode_likened(*, encoders: Sequence[Encoder], limit: int, by: Actor) -> int:
    """The same for what is only compared; an installation does not wait for it."""
    return _encode(queries.likened(), encoders, limit)


def _encode(documents: Sequence[tuple[int, Document]], encoders: Sequence[Encoder], limit: int | None) -> int:
    made = 0
    for encoder in encoders:
        missing = _missing(encoder, documents)
        for start in range(0, len(missing), BATCH):
            if limit is not None and made >= limit:
                return made
            batch = missing[start : start + BATCH]
            packed = pack(np.asarray(encoder.encode_offers([one.passage for one in batch])))
            _store(encoder, batch, packed)
            made += len(batch)
    return made


def encode_examples(*, encoders: Sequence[Encoder], limit: int, by: Actor) -> int:
    """Make the vectors of examples that are missing or of another version, at most `limit`; returns how many."""
    made = 0
    for encoder in encoders:
        there = ExampleVector.objects.filter(encoder=encoder.name, version=encoder.version)
        missing = Example.objects.exclude(pk__in=there.values("example")).order_by("-id")[: limit - made]
        rows = [(row, encoder.encode_questions([bound(row.text)])[0].astype("<f4").tobytes()) for row in missing]
        with transaction.atomic():
            present = set(Example.objects.filter(pk__in=[row.pk for row, _ in rows]).values_list("pk", flat=True))
            ExampleVector.objects.filter(encoder=encoder.name, example__in=present).delete()
            ExampleVector.objects.bulk_create(
                ExampleVector(example=row, encoder=encoder.name, version=encoder.version, vector=vector)
                for row, vector in rows
                if row.pk in present
            )
        made += len(rows)
    return made


def _missing(encoder: Encoder, documents: Sequence[tuple[int, Document]]) -> list[_Missing]:
    """What has no vector of its text and this version. What has one that does not say its version does so from now on:
    rows of before, and of code before that still runs."""
    known = {
        (row.entry_id, row.language): row for row in EntryVector.objects.filter(encoder=encoder.name).defer("vector")
    }
    missing, silent = [], []
    for entry_id, document in documents:
        row = known.get((entry_id, document.lang))
        if row is None or row.text_hash != key(encoder, document.passage):
            missing.append(_Missing(entry_id, document.lang, document.passage))
        elif row.version != encoder.version:
            silent.append(row.pk)
    if silent:
        EntryVector.objects.filter(encoder=encoder.name, pk__in=silent).update(version=encoder.version)
    return missing


def _store(encoder: Encoder, batch: Sequence[_Missing], packed: Packed) -> None:
    with transaction.atomic():
        present = set(Entry.objects.filter(pk__in={one.entry_id for one in batch}).values_list("pk", flat=True))
        fresh = []
        for row, one in enumerate(batch):
            if one.entry_id not in present:
                continue
            own = {"entry_id": one.entry_id, "encoder": encoder.name, "language": one.language}
            # A fresh row gets a new id: that is how an index notices that vectors came.
            EntryVector.objects.filter(**own).delete()
            made = {"text_hash": key(encoder, one.passage), "vector": to_bytes(packed, row)}
            fresh.append(EntryVector(**own, version=encoder.version, **made))
        EntryVector.objects.bulk_create(fresh)
