"""The sample questions that come with a centre: what people say, and which topics and offers help them.

A file of lines, one JSON object each: `{"text": "…", "topics": ["slug", …], "offers": ["slug", …]}`, best first;
`"urgent": true` where it is an emergency.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wegweiser.catalogue import queries
from wegweiser.catalogue.matching import LEARNED_FORM, Encoder, Example, Learned, bound, fit, learned_from_bytes
from wegweiser.catalogue.matching.documents import CONTACT, TOPIC
from wegweiser.catalogue.matching.scope import mean_of
from wegweiser.catalogue.matching.topic_weights import ENOUGH_FOR_OFFERS
from wegweiser.catalogue.models import Entry, FormerSlug
from wegweiser.kernel.errors import DomainError

MOST = 20_000
KNOWN = frozenset({"text", "topics", "offers", "urgent"})
MOST_TOLD = 10  # mistakes of a file
FEW_FORM = "3"  # of weights that hold their questions; those of another form are made anew


@dataclass(frozen=True)
class Questions:
    """The lines of a file and its digest; offers by slug."""

    rows: tuple[dict[str, Any], ...]
    digest: str


def read(path: Path, *, topics: Collection[str] | None = None) -> Questions:
    """Read and check a file; `topics` are the slugs that a question may name, of any where there are none.

    Raises DomainError("centre_file_missing") or ("centre_file_invalid") with the line.
    """
    try:
        raw = path.read_bytes()
        lines = raw.decode().splitlines()
    except OSError as error:
        raise DomainError("centre_file_missing", f"{path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise DomainError("centre_file_invalid", f"{path}: {error}") from error
    rows = [_row(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if len(rows) > MOST:
        raise DomainError("centre_file_invalid", f"{path}: at most {MOST} questions.")
    if topics is not None:
        _check_topics(path, rows, topics)
    return Questions(tuple(rows), hashlib.sha256(raw).hexdigest())


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
        text, topics, offers = row["text"], row["topics"], row.get("offers", [])
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise DomainError("centre_file_invalid", f"{path}, line {number}: {error}") from error
    slugs = [*topics, *offers] if isinstance(topics, list) and isinstance(offers, list) else [None]
    said = bound(text) if isinstance(text, str) else ""
    if not (said and topics and all(isinstance(slug, str) for slug in slugs)):
        raise DomainError("centre_file_invalid", f"{path}, line {number}: a text, topics and offers are needed.")
    if unknown := sorted(row.keys() - KNOWN):
        raise DomainError("centre_file_invalid", f"{path}, line {number}: {unknown[0]!r} is not known here.")
    return {"text": said, "topics": topics, "offers": offers, "urgent": row.get("urgent") is True, "line": number}


def _check_topics(path: Path, rows: Sequence[dict[str, Any]], topics: Collection[str]) -> None:
    mistakes = [
        f"line {row['line']}: the topic {slug!r} is not known."
        for row in rows
        for slug in row["topics"]
        if slug not in topics
    ]
    if mistakes:
        known = f"Known are {', '.join(sorted(topics))}."
        raise DomainError("centre_file_invalid", f"{path}:\n  " + "\n  ".join([*mistakes[:MOST_TOLD], known]))


def unknown_offers(questions: Questions) -> list[tuple[int, str]]:
    """Line and slug of offers that questions name and that never were here: they teach nothing."""
    named = {slug for row in questions.rows for slug in row["offers"]}
    known = set(Entry.objects.filter(slug__in=named).values_list("slug", flat=True))
    known |= set(FormerSlug.objects.filter(slug__in=named).values_list("slug", flat=True))
    return [(row["line"], slug) for row in questions.rows for slug in row["offers"] if slug not in known]


def source(questions: Questions, encoders: Sequence[Encoder]) -> str:
    """What weights are told by: other ones for other questions, encoders of another version, and another form."""
    versions = sorted(f"{encoder.name} {encoder.version}" for encoder in encoders)
    form = LEARNED_FORM if len(questions.rows) >= ENOUGH_FOR_OFFERS else FEW_FORM
    return hashlib.sha256("\n".join([form, questions.digest, *versions]).encode()).hexdigest()


def made(path: Path, questions: Questions, encoders: Sequence[Encoder]) -> Learned | None:
    """The weights that ship with the questions; None when they were made of others or cannot be read."""
    try:
        learned = learned_from_bytes(path.read_bytes())
    except (OSError, ValueError):
        return None
    return learned if learned.source == source(questions, encoders) else None


def learn(questions: Questions, encoders: Sequence[Encoder]) -> Learned:
    """Weights for what the catalogue holds. Encodes each question: some 50 ms of CPU."""
    documents = [document for _, document in queries.corpus()]
    topics = sorted({document.key for document in documents if document.kind == TOPIC})
    keys = sorted({(one.kind, one.key) for one in documents if one.kind not in {TOPIC, CONTACT}})
    by_slug = {old: new for (_kind, old), new in queries.renamed_keys().items()}
    by_slug |= {slug: (kind, slug) for kind, slug in keys}
    examples = [
        Example(row["text"], tuple(row["topics"]), tuple(by_slug[slug] for slug in row["offers"] if slug in by_slug))
        for row in questions.rows
    ]
    texts = [example.text for example in examples]
    return fit(
        examples,
        {encoder.name: encoder.encode_questions(texts) for encoder in encoders},
        versions={encoder.name: encoder.version for encoder in encoders},
        topics=topics,
        offers=keys,
        source=source(questions, encoders),
        means={encoder.name: mean_of(encoder) for encoder in encoders},
    )
