"""`python -m benchmarks.matching.vectors`: the vectors that ship, made again where a text or an encoder has changed.

Writes those of the model centre's catalogue beside its `centre.toml`, those of the matching's example sentences beside
`scope.toml`, and the weights of the sample questions, the signals and who asks (decisions 59 and 61). The passages come
from an installation in a folder of its own, so they are those of the program.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .__main__ import Remembered

if TYPE_CHECKING:
    from wegweiser.catalogue.matching import Example, Learned
    from wegweiser.catalogue.questions import Questions

EIGHTH, HARDEST = 8, 1_500


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"WEGWEISER_HOME": home, "DJANGO_SETTINGS_MODULE": "wegweiser.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        _make()


def _make() -> None:
    import django

    django.setup()
    from django.db import connections

    from wegweiser.catalogue import matches, queries, questions
    from wegweiser.catalogue.actions import offers
    from wegweiser.catalogue.matching import Encoder, enquirers, scope, shipped, signals
    from wegweiser.config import installation
    from wegweiser.consortium import centre_file
    from wegweiser.consortium.actions import centres
    from wegweiser.kernel.actor import Actor

    def renew(
        path: Path, texts: Iterable[str], how: Callable[[Encoder], Callable[[Sequence[str]], np.ndarray]]
    ) -> None:
        wanted = sorted(set(texts))
        known = shipped.read(path) if path.exists() else shipped.Shipped()
        made = {
            encoder: dict(zip(wanted, known.rows(encoder, wanted, how(encoder)), strict=True))
            for encoder in matches.encoders()
        }
        shipped.write(path, made)
        print(f"{path.name}: {len(wanted)} texts, {path.stat().st_size / 1_024:.0f} KiB")

    file = centre_file.read(centre_file.model_centre())
    if file.vectors is None:
        raise SystemExit(f"{file.path} names no file for its vectors.")
    installation.migrate()
    by = Actor.system("vectors")
    offers.load(file=file, centre=centres.load(file=file, by=by).centre, by=by)
    passages = [document.passage for _, document in queries.corpus()]
    renew(file.vectors, passages, lambda encoder: encoder.encode_offers)
    sentences = scope.sentences()
    renew(scope.VECTORS, sentences[scope.INSIDE], lambda it: it.encode_questions)
    if file.questions is None or file.learned is None:
        raise SystemExit(f"{file.path} names no files for questions and what they teach.")
    encoders = [Remembered(encoder) for encoder in matches.encoders()]
    asked = questions.read(file.questions)
    file.learned.write_bytes(questions.learn(asked, encoders).to_bytes())
    for shipped_weights, learned in (
        (signals.SHIPPED, _signalled(sentences, asked, encoders)),
        (enquirers.SHIPPED, _enquiring(asked, encoders)),
    ):
        shipped_weights.file.write_bytes(learned.to_bytes())
    for path in (file.learned, signals.SHIPPED.file, enquirers.SHIPPED.file):
        print(f"{path.name}: {path.stat().st_size / 1_024:.0f} KiB")
    connections.close_all()


def _signalled(sentences: Mapping[str, Sequence[str]], asked: "Questions", encoders: Sequence[Remembered]) -> "Learned":
    """What `signals` knows: all sentences, what people of all kinds wrote, the emergencies among the questions, every
    EIGHTH of the others, and the HARDEST of the rest: those that seem to lie outside to one who knows the former. All
    questions would tell as much.
    """
    from wegweiser.catalogue.matching import Example, enquirers, scope, signals

    known = {scope.OUTSIDE: (signals.OUTSIDE,), scope.URGENT: (signals.URGENT,)}
    first = [Example(text, known.get(name, ())) for name in scope.LISTS for text in sentences[name]]
    for row in enquirers.texts():
        told = (*(known[scope.OUTSIDE] if row.outside else ()), *(known[scope.URGENT] if row.urgent else ()))
        first.append(Example(row.text, told))
    first += [Example(row["text"], known[scope.URGENT]) for row in asked.rows if row["urgent"]]
    calm = [row["text"] for row in asked.rows if not row["urgent"]]
    first += [Example(text, ()) for text in calm[::EIGHTH]]
    told = [signals.OUTSIDE, signals.URGENT]
    before = _fitted(first, told, signals.digest(asked.digest), encoders)
    rest = [text for i, text in enumerate(calm) if i % EIGHTH]
    seems = [before.read(text, _vectors(text, encoders))[0][0] for text in rest]
    hard = sorted(zip(seems, rest, strict=True), reverse=True)[:HARDEST]
    more = [Example(text, ()) for _, text in hard]
    return _fitted([*first, *more], told, signals.digest(asked.digest), encoders)


def _enquiring(asked: "Questions", encoders: Sequence[Remembered]) -> "Learned":
    """What `enquirers` knows: all texts, every EIGHTH sample question as a firm's, and the HARDEST of the rest: those
    that seem somebody else's to one who knows the former. Where that is clear somebody else may well have asked.
    """
    from wegweiser.catalogue.matching import Example, enquirers
    from wegweiser.catalogue.matching.rules import Kind

    first = [Example(row.text, (row.kind,)) for row in enquirers.texts()]
    firms = [
        row["text"]
        for row in asked.rows
        if not row["urgent"] and enquirers.told(row["text"], None).kind is Kind.COMPANY
    ]
    first += [Example(text, (Kind.COMPANY,)) for text in firms[::EIGHTH]]
    told = [kind for kind in Kind if kind is not Kind.OTHER]
    before = _fitted(first, told, enquirers.digest(asked.digest), encoders)
    hard = []
    for i, text in enumerate(firms):
        if i % EIGHTH:
            likely = dict(zip(told, before.read(text, _vectors(text, encoders))[0], strict=True))
            lead = max(value for kind, value in likely.items() if kind is not Kind.COMPANY) - likely[Kind.COMPANY]
            if lead < enquirers.CLEAR:
                hard.append((lead, text))
    more = [Example(text, (Kind.COMPANY,)) for _, text in sorted(hard, reverse=True)[:HARDEST]]
    return _fitted([*first, *more], told, enquirers.digest(asked.digest), encoders)


def _vectors(text: str, encoders: Sequence[Remembered]) -> dict[str, np.ndarray]:
    return {encoder.name: encoder.encode_questions([text])[0] for encoder in encoders}


def _fitted(
    examples: "Sequence[Example]", told: Sequence[str], source: str, encoders: Sequence[Remembered]
) -> "Learned":
    from wegweiser.catalogue.matching import fit

    texts = [example.text for example in examples]
    return fit(
        examples,
        {encoder.name: encoder.encode_questions(texts) for encoder in encoders},
        versions={encoder.name: encoder.version for encoder in encoders},
        topics=told,
        source=source,
    )


if __name__ == "__main__":
    main()
