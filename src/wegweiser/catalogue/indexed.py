"""What an index is made of beside the entries: stored vectors, examples, and what the sample questions taught."""

import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import Max

from wegweiser.catalogue import queries
from wegweiser.catalogue.matching import Document, Encoder, Learned, Packed, learned_from_bytes
from wegweiser.catalogue.matching import Example as Routed
from wegweiser.catalogue.matching.shipped import key
from wegweiser.catalogue.models import HERE, EntryVector, Example, ExampleVector, LearnedWeights

log = logging.getLogger(__name__)

EXAMPLES = 1_000  # the newest that are used: a process encodes each of them once
WRITTEN = 3_000  # and of what editors wrote
COVERAGE = 0.5  # share of documents that need a vector before an encoder takes part


def folder() -> Path:
    """The folder in which the processes of an installation share large numbers."""
    return Path(settings.HOME) / "models"


def learned() -> Learned | None:
    newest = LearnedWeights.objects.order_by("id").values_list("id", "source").last()
    found = _read_learned(*newest) if newest else None
    return found.renamed(queries.renamed_keys()) if found else None


def forget() -> None:
    """Drop what this process holds, so that the next index reads it again."""
    _read_learned.cache_clear()


@lru_cache(maxsize=1)
def _read_learned(pk: int, source: str) -> Learned | None:
    """A row, which is replaced and never changed, by its key and what it was made of.

    It weighs tens of megabytes, so the next index has the same.
    """
    raw = LearnedWeights.objects.filter(pk=pk).values_list("weights", flat=True).first()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA shrink_memory")  # else this connection keeps what it read of the row
    try:
        return learned_from_bytes(bytes(raw), folder()) if raw else None
    except ValueError:  # of a version before
        log.warning("What the sample questions taught is of another version: set the centre up again from its file.")
        return None


def newest_encoded() -> int:
    """The id of the newest stored vector of an example; each that is stored later has a higher one."""
    return ExampleVector.objects.aggregate(newest=Max("id"))["newest"] or 0


def encoded(encoder: Encoder, *, since: int = 0) -> dict[str, np.ndarray]:
    """The stored vectors of examples by their text: those with a higher id than `since`."""
    rows = ExampleVector.objects.filter(encoder=encoder.name, version=encoder.version, pk__gt=since)
    return {text: np.frombuffer(bytes(raw), "<f4") for text, raw in rows.values_list("example__text", "vector")}


def examples() -> list[Routed]:
    """The newest examples; an offer is found by its id, so one that was renamed is still meant.

    What editors wrote for an offer leads to the topics it has now, and is silent while the offer is withdrawn.
    """
    rows = list(Example.objects.filter(entry=None).order_by("-id")[:EXAMPLES])
    named = queries.keys_of({uuid for row in rows for uuid in row.offers})
    written = Example.objects.filter(entry__withdrawn_at=None, entry__origin=HERE).exclude(entry=None)
    written = written.select_related("entry").prefetch_related("entry__topic_rows__topic").order_by("-id")[:WRITTEN]
    return [
        Routed(
            row.text,
            tuple(one.topic.slug for one in row.entry.topic_rows.all()),
            ((row.entry.kind, row.entry.slug),),
            "",
            written=True,
        )
        for row in written
        if row.entry
    ] + [
        Routed(
            row.text,
            tuple(row.topics),
            tuple(named[uuid] for uuid in row.offers if uuid in named),
            f"{row.source_kind}:{row.source_uuid}",
        )
        for row in rows
    ]


def vectors(encoder: Encoder, corpus: Sequence[tuple[int, Document]]) -> Packed | None:
    """The stored vectors of entries and their documents, in this order, zeros where one is still to come; None when too
    few are there.

    Those of another version of the encoder say nothing of a question that this one reads. One of a text before is taken
    until the worker has made the next.
    """
    passages = {(entry, document.lang): document.passage for entry, document in corpus}
    rows_of = EntryVector.objects.filter(encoder=encoder.name, entry_id__in={entry for entry, _ in corpus})
    stored = {
        text: bytes(row.vector)
        for row in rows_of
        if (text := (row.entry_id, row.language)) in passages
        and (row.version == encoder.version or row.text_hash == key(encoder, passages[text]))
    }
    if len(stored) < max(COVERAGE * len(corpus), 1):
        return None
    rows = np.zeros((len(corpus), encoder.dimensions), np.int8)
    scales = np.ones(len(corpus), np.float32)
    for place, (entry, document) in enumerate(corpus):
        if raw := stored.get((entry, document.lang)):
            scales[place] = np.frombuffer(raw[:4], "<f4")[0]
            rows[place] = np.frombuffer(raw[4:], np.int8)
    return Packed(rows, scales)
