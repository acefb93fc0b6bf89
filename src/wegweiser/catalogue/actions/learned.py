"""What sample questions taught, as the processes of this installation read it."""

from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from wegweiser.catalogue import questions
from wegweiser.catalogue.matching import Encoder
from wegweiser.catalogue.models import LearnedWeights
from wegweiser.catalogue.questions import Questions
from wegweiser.kernel.actor import Actor


def learn(*, asked: Questions | None, made: Path | None, encoders: Sequence[Encoder], by: Actor) -> bool:
    """Keep what the centre's questions teach: taken over from `made` where it fits them, else worked out here.

    Nothing is done when they have not changed. Returns whether anything changed.
    """
    source = questions.source(asked, encoders) if asked and encoders else ""
    if list(LearnedWeights.objects.values_list("source", flat=True)) == ([source] if source else []):
        return False
    raw = b""
    if source and asked:  # before the transaction: it may take a minute
        found = questions.made(made, asked, encoders) if made else None
        raw = (found or questions.learn(asked, encoders)).to_bytes()
    with transaction.atomic():
        LearnedWeights.objects.all().delete()  # a fresh row gets a new id: that is how an index notices
        if raw:
            LearnedWeights.objects.create(source=source, weights=raw)
    return True
